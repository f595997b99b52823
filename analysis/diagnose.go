package analysis

import (
	"slices"
	"sort"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Diagnostic is something wrong at a place.
type Diagnostic struct {
	Location
	// Code names the kind of finding. It never changes.
	Code     string
	Severity check.Severity
	// Message says what is wrong, why, and what to do.
	Message string
	// Symbol is the name of the symbol it is about, "" if there is none.
	Symbol string
	// Unnecessary tells that the text could as well not be there.
	Unnecessary bool
	Related     []RelatedLocation
	// Fix is a change that mends it, nil if there is none that is safe.
	Fix *Fix
	// Suppressed tells that somebody does not want it. Only DiagnoseAll returns such.
	Suppressed Suppression
}

// Suppression says where somebody has said that a finding is not wanted.
type Suppression uint8

// The places. A finding that is wanted has none of them.
const (
	NotSuppressed Suppression = iota
	// InComment is a comment at the place.
	InComment
	// InPolicy is the file in which a tree says what it wants of checks.
	InPolicy
)

// RelatedLocation is a place that explains a diagnostic.
type RelatedLocation struct {
	Location
	Message string
}

// Diagnose returns what is wrong with a file, sorted by place. With suggest it
// also looks through the whole tree for what was meant; for a configuration it
// also computes the values that it gives.
func Diagnose(s *Snapshot, path string, suggest bool) []Diagnostic {
	if c, ok := s.configScope(path); ok {
		return c.wanted(c.text, withUnknownChecks(c.path, c.text, c.diagnoseConfig(suggest)))
	}
	if c, ok := s.codeScope(path); ok {
		return c.wanted(c.text, withUnknownChecks(c.path, c.text, c.diagnoseCode(suggest)))
	}
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	return c.diagnose(suggest)
}

// DiagnoseRoot returns what is wrong with all files that the architecture's
// view of a tree reaches, sorted by path and place. The empty architecture
// stands for the default view.
func DiagnoseRoot(s *Snapshot, r *Root, arch string) []Diagnostic {
	if arch == "" {
		arch = r.arch
	}
	view := r.View(arch)
	r.findCycles(arch)
	r.findInView(arch)
	r.findGates(s, arch)
	styles := r.newStyles()
	var all []Diagnostic
	for id := range view.Files() {
		if f := r.Sources.File(id); f != nil {
			c := scope{s, r, f, view, arch}
			c.findLines(styles)
			all = append(all, c.diagnose(true)...)
		}
	}
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].Path != all[j].Path {
			return all[i].Path < all[j].Path
		}
		return all[i].Start < all[j].Start
	})
	return all
}

// diagnose returns what is wrong with a file, as far as that was looked for.
func (c scope) diagnose(suggest bool) []Diagnostic {
	found := append(c.quick(suggest), c.lineDiagnostics()...)
	if len(c.root.archs) > 1 {
		found = slices.DeleteFunc(found, c.needsAllViews)
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].Start < found[j].Start })
	return c.wanted(c.file.Tree, found)
}

// quick returns what checks find that run at every key, and the circular dependencies
// that were found.
func (c scope) quick(suggest bool) []Diagnostic {
	return append(c.atEveryKey(suggest), c.circles()...)
}

// atEveryKey returns what checks find that run at every key.
func (c scope) atEveryKey(suggest bool) []Diagnostic {
	return c.convertAll(check.Run(&check.Pass{
		Sources:  c.root.Sources,
		View:     c.view,
		File:     c.file,
		Dialect:  c.root.Dialect,
		Root:     c.root.Single || c.file.Path == c.root.Kconfig,
		Single:   c.root.Single,
		Complete: c.root.Complete,
		Allowed:  c.root.allowed,
		Suggest:  suggest,

		LeastRustc: c.root.leastRustc,
	}))
}

// circles returns the circular dependencies that were found and are reported in the
// file.
func (c scope) circles() []Diagnostic {
	if c.root.Single {
		return c.convertAll(check.Cycles(c.root.Sources, c.view, c.root.Dialect))
	}
	cycles, _ := c.root.cycles.known(c.root, c.arch, c.view)
	var here []check.Finding
	for _, f := range cycles {
		if f.File == c.file {
			here = append(here, f)
		}
	}
	return c.convertAll(here)
}

func (c scope) convertAll(findings []check.Finding) []Diagnostic {
	diagnostics := make([]Diagnostic, 0, len(findings))
	for _, f := range findings {
		diagnostics = append(diagnostics, c.convert(f))
	}
	return diagnostics
}

// convert gives a finding the form in which it leaves the package.
func (c scope) convert(f check.Finding) Diagnostic {
	d := Diagnostic{
		Location: c.at(f.File, f.Start, f.End),
		Code:     f.Code, Severity: f.Severity, Message: f.Message, Symbol: f.Symbol,
	}
	for _, r := range f.Related {
		d.Related = append(d.Related, RelatedLocation{c.at(r.File, r.Start, r.End), r.Message})
	}
	if f.Fix != nil {
		d.Fix = currentLines{scope: c, sources: c.root.Sources, kept: map[*menu.File]*keptStatements{}}.fix(f.Fix)
	}
	return d
}

// at returns the location of a byte range of a file of the tree.
func (c scope) at(f *menu.File, start, end uint32) Location {
	return c.root.location(f, parser.Token{Start: start, End: end})
}
