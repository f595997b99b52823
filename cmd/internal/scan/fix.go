package scan

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
)

// Fixed is what Fix has done.
type Fixed struct {
	// Findings are those that were mended.
	Findings []*report.Finding
	// Refused says which files were left alone, and why.
	Refused []string
}

// Fix makes the fixes of findings that keep the meaning, as far as they do not get in
// each other's way, in files that lie in the directories of the report's trees. What is
// left can be looked for again.
func Fix(r *report.Report, o Options) (Fixed, error) {
	var done Fixed
	edits := map[string][]analysis.Edit{}
	for _, f := range compatible(r) {
		var refused string
		for _, file := range f.Diagnostic().Fix.Edits {
			if refused = o.refuses(file.Path, r.Views[f.View].Root); refused != "" {
				break
			}
		}
		if refused != "" {
			done.Refused = append(done.Refused, refused)
			continue
		}
		for _, file := range f.Diagnostic().Fix.Edits {
			edits[file.Path] = append(edits[file.Path], file.Edits...)
		}
		done.Findings = append(done.Findings, f)
	}
	slices.Sort(done.Refused)
	done.Refused = slices.Compact(done.Refused)
	for _, path := range slices.Sorted(maps.Keys(edits)) {
		if err := o.rewrite(path, edits[path]); err != nil {
			return done, fmt.Errorf("%s cannot be written: %w", path, err)
		}
	}
	return done, nil
}

// compatible returns the findings whose fixes keep the meaning and do not get in each
// other's way: neither do they change the same text, nor what another finding gives as
// its reason.
func compatible(r *report.Report) []*report.Finding {
	type span struct {
		path       string
		start, end int
	}
	touch := func(a span, all []span) bool {
		return slices.ContainsFunc(all, func(b span) bool { return a.path == b.path && a.start <= b.end && b.start <= a.end })
	}
	var written, read []span
	var chosen []*report.Finding
	for i := range r.Findings {
		f := &r.Findings[i]
		d := f.Diagnostic()
		if !f.Counts() || d.Fix == nil || !d.Fix.KeepsMeaning {
			continue
		}
		var writes, reads []span
		for _, file := range d.Fix.Edits {
			for _, e := range file.Edits {
				writes = append(writes, span{file.Path, e.Start, e.End})
			}
		}
		for _, related := range d.Related {
			reads = append(reads, span{related.Path, related.Start, related.End})
		}
		inTheWay := func(s span) bool { return touch(s, written) || touch(s, read) }
		if slices.ContainsFunc(writes, inTheWay) || slices.ContainsFunc(reads, func(s span) bool { return touch(s, written) }) {
			continue
		}
		written, read = append(written, writes...), append(read, reads...)
		chosen = append(chosen, f)
	}
	return chosen
}

// refuses says why a file is not written, "" if it is: one that a link or a source line
// leads to from the tree is none of the tree's.
func (o Options) refuses(path, root string) string {
	file, err := filepath.EvalSymlinks(path)
	if err != nil {
		return path + " is left alone: " + err.Error()
	}
	dir, err := filepath.EvalSymlinks(root)
	if err != nil || !below(dir, file) {
		return path + " is left alone: it lies outside of " + root
	}
	return ""
}

// rewrite makes edits of a file: all of them, or none.
func (o Options) rewrite(path string, edits []analysis.Edit) error {
	text, info, err := o.FS.ReadFile(path, maxConfigSize)
	if err != nil {
		return err
	}
	slices.SortFunc(edits, func(a, b analysis.Edit) int { return cmp.Compare(a.Start, b.Start) })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		if e.Start < at || e.End > len(text) {
			return fmt.Errorf("it has changed meanwhile: run it again")
		}
		b.WriteString(text[at:e.Start])
		b.WriteString(e.Text)
		at = e.End
	}
	b.WriteString(text[at:])
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return err
	}
	if err := WriteConfig(path, b.String()); err != nil {
		return err
	}
	return os.Chmod(path, info.Mode().Perm())
}
