package scan

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

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
	var wanted []*report.Finding
	var diagnostics []analysis.Diagnostic
	for i := range r.Findings {
		f := &r.Findings[i]
		d := f.Diagnostic()
		if !f.Counts() || d.Fix == nil || !d.Fix.KeepsMeaning {
			continue
		}
		refused := ""
		for _, file := range d.Fix.Edits {
			if refused = o.refuses(file.Path, r.Views[f.View].Root); refused != "" {
				done.Refused = append(done.Refused, refused)
				break
			}
		}
		if refused == "" {
			wanted, diagnostics = append(wanted, f), append(diagnostics, d)
		}
	}
	slices.Sort(done.Refused)
	done.Refused = slices.Compact(done.Refused)
	fixed := analysis.FixAll(diagnostics)
	for _, i := range fixed.Made {
		done.Findings = append(done.Findings, wanted[i])
	}
	for _, file := range fixed.Files {
		if err := o.rewrite(file.Path, file.Edits); err != nil {
			return done, fmt.Errorf("%s cannot be written: %w", file.Path, err)
		}
	}
	return done, nil
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

// rewrite makes edits of a file, which are sorted: all of them, or none.
func (o Options) rewrite(path string, edits []analysis.Edit) error {
	text, info, err := o.FS.ReadFile(path, maxConfigSize)
	if err != nil {
		return err
	}
	at := 0
	for _, e := range edits {
		if e.Start < at || e.End > len(text) {
			return errors.New("it has changed meanwhile: run it again")
		}
		at = e.End
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return err
	}
	if err := WriteConfig(path, analysis.Apply(text, edits)); err != nil {
		return err
	}
	return os.Chmod(path, info.Mode().Perm())
}
