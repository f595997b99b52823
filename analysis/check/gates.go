package check

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/gate"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
)

// GateCheck looks for one kind of mistake about gates: symbols that stand for Rust
// or the toolchain. Unlike a [Check] it looks at a whole view with its values, which
// takes too long while somebody types.
type GateCheck struct {
	// Rules are those of the check's findings.
	Rules []Rule
	// Run reports the findings in the view of the pass.
	Run func(pass *GatePass)
}

// GateChecks returns the checks about gates in the order in which they run.
func GateChecks() []GateCheck {
	return []GateCheck{
		gateClosed(),
		missingDependency(),
		redundantDependency(),
		gateConflict(),
		archWithoutGate(),
		conditionMissing(),
		toolAnswers(),
	}
}

// GatePass is a view with what is known of its gates.
type GatePass struct {
	ModelPass
	Gates *gate.Set
	// Archs are the architectures that the tree has, ViewOf their views.
	Archs  []string
	ViewOf func(arch string) *menu.View
	// Shut are the gates that are closed in this view for sure.
	Shut []ShutGate
	// Objects are what is built of sources of Rust, Flags those that are given to
	// compilers without a test, by the Makefiles beside the Kconfig files of the view.
	Objects []BuiltObject
	Flags   []GivenFlag
	// Explain says why a reference that asks a tool is n or not known, and what to
	// do about it, in sentences; both may be "". It is nil if tools are not looked at.
	Explain func(reference expr.Atom) (reason, fix string)

	// turningOn is what turnsOn has found, since it is asked for each architecture.
	turningOn map[fileAndSymbol]bool
}

type fileAndSymbol struct {
	file   menu.FileID
	symbol menu.SymbolID
}

// ShutGate is the gate of a language that is closed.
type ShutGate struct {
	// Language is its index in the languages of the set.
	Language int
	// Reason says why, in a sentence without a full stop, Fix what to do, in one with
	// it. Both may be "".
	Reason, Fix string
}

// RunGates runs all checks about gates that the policy wants. The findings are sorted.
func RunGates(pass *GatePass) []LineFinding {
	pass.findings, pass.turningOn = nil, map[fileAndSymbol]bool{}
	for _, c := range GateChecks() {
		if pass.Policy.anyOn(c.Rules) {
			c.Run(pass)
		}
	}
	sortLines(pass.findings)
	return pass.findings
}

// languages calls f with the gates that stand for Rust, for checks whose findings
// have its name.
func (p *GatePass) languages(f func(language int, a expr.Atom)) {
	for i, a := range p.Gates.Languages {
		if strings.Contains(p.name(a), "RUST") {
			f(i, a)
		}
	}
}
