// Package check finds what is wrong with the files of a Kconfig tree.
//
// A [Rule] is a kind of finding: an id that never changes, a family and a
// severity. A check is a function that reports the findings of some rules; each
// has a file of its own here. Checks differ in what they look at, and so in when
// there is time for them:
//
//   - a [Check] at a file that is being edited, at every key ([All]);
//   - a [FileCheck] at a file and the symbols of the tree ([FileChecks]);
//   - a [PlacedCheck] at a file with what is around it ([PlacedChecks]);
//   - a [ModelCheck] at the model of a view ([ModelChecks]);
//   - a [GateCheck] at what tools have answered ([GateChecks]);
//   - a [DeepCheck] at all configurations of a view ([DeepChecks]).
//
// [Rules] has all rules, and a [Policy] says which of them are wanted. Checks
// report only what they are sure of: where an answer depends on a tool, on a file
// that is generated, or on another architecture, they stay silent.
//
// The package reads nothing and changes nothing. Offsets are byte offsets.
package check

import (
	"sort"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Severity says how bad a finding is.
type Severity uint8

// The severities. The kernel's tools reject a tree with an Error.
const (
	Error Severity = iota + 1
	Warning
	Information
	Hint
)

// String returns the severity's name as it stands in JSON output.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Information:
		return "information"
	case Hint:
		return "hint"
	}
	return "unknown"
}

// Check looks for kinds of mistakes at every key, so what it takes must not grow with
// the file: it goes by what is kept per part of a file.
type Check struct {
	// Rules are those of the check's findings.
	Rules []Rule
	// Run reports the findings in pass.File.
	Run func(pass *Pass)
}

// All returns the checks in the order in which they run.
func All() []Check {
	return []Check{
		syntax(),
		sources(),
		undefinedSymbols(),
		typeConflicts(),
		choices(),
		macros(),
		modules(),
		rustcVersion(),
	}
}

// atEveryKey are the checks of All, made once: they are run for each file in each view.
var atEveryKey = All()

// DocumentationURL returns the address of the page that explains a code.
func DocumentationURL(code string) string {
	return "https://github.com/kconfig-ls/kconfig-ls/blob/main/docs/checks/" + code + ".md"
}

// Pass is one file to look at, with the tree and the view it is looked at in.
type Pass struct {
	Sources *menu.Sources
	View    *menu.View
	File    *menu.File
	Dialect parser.Dialect
	// Root tells that the file is the tree's root file, or a single file that
	// is looked at as if it were one.
	Root bool
	// Single tells that the file is looked at alone, so that macros may be
	// defined elsewhere.
	Single bool
	// Complete tells that Sources holds every file of the tree.
	Complete bool
	// LeastRustc is the oldest rustc that the tree can be built with, as
	// RUSTC_VERSION has it, 0 if the tree does not say.
	LeastRustc int
	// Allowed are names that may be used without a definition.
	Allowed map[string]bool
	// Suggest asks for proposals that take a look at the whole tree.
	Suggest bool

	findings []Finding
}

// Finding is something wrong at a byte range of a file.
type Finding struct {
	Code     string
	Severity Severity
	File     *menu.File
	Start    uint32
	End      uint32
	// Message says what is wrong, why, and what to do.
	Message string
	// Symbol is the name of the symbol it is about, "" if there is none.
	Symbol  string
	Related []Related
	// Fix is a change that mends it, nil if there is none that is safe.
	Fix *Fix
}

// Related is a place that explains a finding.
type Related struct {
	File       *menu.File
	Start, End uint32
	Message    string
}

// Run runs all checks over the file of the pass. The findings are sorted.
func Run(pass *Pass) []Finding {
	pass.findings = nil
	for _, c := range atEveryKey {
		c.Run(pass)
	}
	sort.SliceStable(pass.findings, func(i, j int) bool {
		a, b := &pass.findings[i], &pass.findings[j]
		if a.Start != b.Start {
			return a.Start < b.Start
		}
		return a.Code < b.Code
	})
	return pass.findings
}

// report adds a finding in the file of the pass.
func (p *Pass) report(f Finding) {
	f.File = p.File
	p.findings = append(p.findings, f)
}

// reportToken adds a finding at a token of the file.
func (p *Pass) reportToken(code string, severity Severity, t parser.Token, symbol, message string, related ...Related) {
	p.report(Finding{
		Code: code, Severity: severity, Start: t.Start, End: t.End,
		Message: message, Symbol: symbol, Related: related,
	})
}

// inView reports whether the view reaches the file of the pass, so that what
// the rest of the view says about it counts.
func (p *Pass) inView() bool { return p.View.Reaches(p.File.ID) }
