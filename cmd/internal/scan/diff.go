package scan

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/cmd/internal/baseline"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/git"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
)

// Since takes out of a report what was there at a revision and does not lie in a line that
// has changed since. What is new stays wherever it lies: a change in another file has
// caused it. The names are those that were checked.
func Since(r *report.Report, names []string, o Options, then *git.Revision) {
	known := map[*report.Finding]bool{}
	baseline.Of(reportAt(names, o, then)).Mark(r, func(f *report.Finding) { known[f] = true })
	lines := map[string]func(from, to int) bool{}
	var kept []report.Finding
	for i := range r.Findings {
		f := &r.Findings[i]
		changed := lines[f.Path]
		if changed == nil {
			changed = changedLines(o, then, f.Path)
			lines[f.Path] = changed
		}
		last := f.EndLine
		if f.EndColumn == 1 && last > f.Line {
			last--
		}
		if !known[f] || changed(f.Line, last) {
			kept = append(kept, *f)
		}
	}
	r.Findings = kept
}

// reportAt returns what was found at a revision in what was there of the given names. It
// is nothing if the tree could not be looked at then.
func reportAt(names []string, o Options, then *git.Revision) *report.Report {
	o.FS, o.Note, o.Progress = then, nil, nil
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		_, err := o.Find(name)
		return err != nil
	})
	r, err := Check(names, o)
	if err != nil {
		return &report.Report{}
	}
	return r
}

// changedLines returns a function that reports whether any of some lines of a file,
// counted from 1, has changed.
func changedLines(o Options, then *git.Revision, path string) func(from, to int) bool {
	now, _, err := o.FS.ReadFile(path, maxConfigSize)
	if err != nil {
		return func(int, int) bool { return false }
	}
	before, _, err := then.ReadFile(path, maxConfigSize)
	if err != nil {
		return func(int, int) bool { return true } // it is new
	}
	changed := git.Changed(before, now)
	return func(from, to int) bool {
		for line := from; line <= to; line++ {
			if changed[line] {
				return true
			}
		}
		return false
	}
}
