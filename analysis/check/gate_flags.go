package check

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

const codeConditionMissing = "toolchain-condition-missing"

// GivenFlag is a flag that a Makefile gives to a tool without asking whether the tool
// knows it.
type GivenFlag struct {
	// Test is the macro of Kconfig files that asks for such flags: "cc-option".
	Test string
	// Text is the flag.
	Text  string
	Place FilePlace
	// Conditions are all that must hold for it, the nearest to the flag first.
	Conditions []BuildCondition
}

// conditionMissing reports symbols under which a flag is given to a compiler although
// they can be on with one that does not know it, where the tree has a symbol that
// tells.
func conditionMissing() GateCheck {
	return GateCheck{Rules: rulesOf(Rust, Warning, codeConditionMissing), Run: func(p *GatePass) {
		if !p.Complete {
			return
		}
		reported := map[string]bool{}
		for _, flag := range p.Flags {
			for _, test := range p.Gates.TestsOf("$(" + flag.Test + "," + flag.Text + ")") {
				if named := p.Gates.Tests[test].Named; named != model.NoAtom {
					p.flagWithout(flag, test, named, reported)
					break
				}
			}
		}
	}}
}

func (p *GatePass) flagWithout(flag GivenFlag, test int, named expr.Atom, reported map[string]bool) {
	for _, c := range flag.Conditions {
		if len(c.Symbols) == 0 && mayBeAboutTools(c.Text) || p.dependsOnTools(c) {
			return
		}
	}
	symbol, ok := p.blamed(flag.Conditions)
	key := p.name(symbol) + " " + flag.Text
	if !ok || reported[key] {
		return
	}
	reported[key] = true
	f := LineFinding{
		Code: codeConditionMissing, Severity: Warning, At: p.head(p.Model.Symbols[symbol].Nodes[0]), Symbol: p.name(symbol),
		Message: p.quoted(symbol) + " can be on with a " + toolOfTest(flag.Test) + " that does not know `" + flag.Text + "`, which " + flag.Place.Name +
			" gives it then: add `depends on " + p.name(named) + "`",
		Related: p.definition(named, p.quoted(named)+" tells whether the flag is known"),
		Files:   []RelatedFile{{flag.Place, "the flag is given here"}},
	}
	p.report(f)
}

// mayBeAboutTools reports whether a condition of a Makefile that is not understood may
// have to do with what tools are like. Those that tell one run of make from another,
// such as ifeq ($(need-sub-make),), do not.
func mayBeAboutTools(text string) bool {
	if text == "" || strings.Contains(text, "$(call") || strings.Contains(text, "$(shell") {
		return true
	}
	lower := strings.ToLower(text)
	for _, word := range []string{"cc", "clang", "llvm", "ld-", "(ld", "as-", "gnu", "version", "option", "flag", "rustc", "plugin", "target"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

// toolOfTest returns what a test asks.
func toolOfTest(test string) string {
	switch test {
	case "ld-option":
		return "linker"
	case "rustc-option":
		return "rustc"
	}
	return "compiler"
}

// dependsOnTools reports whether a condition has to do with what tools are like: then
// it may stand for the flag in a way that cannot be told.
func (p *GatePass) dependsOnTools(c BuildCondition) bool {
	for _, name := range c.Symbols {
		a, ok := p.Model.Lookup(name)
		if !ok || !p.Model.Symbols[a].Defined {
			return true // nothing is known of it
		}
		if p.mentionsTools(a, map[expr.Atom]bool{}) {
			return true
		}
	}
	return false
}

// mentionsTools reports whether what a symbol depends on, or for one without a prompt
// what else it comes from, asks tools, directly or over other symbols.
func (p *GatePass) mentionsTools(a expr.Atom, seen map[expr.Atom]bool) bool {
	s := &p.Model.Symbols[a]
	if seen[a] {
		return false
	}
	seen[a] = true
	if s.AsksTool() || len(s.Asks) > 0 || len(p.Gates.Required(a)) > 0 {
		return true
	}
	found := false
	look := func(id expr.ID) {
		if id == 0 {
			return
		}
		p.Model.Pool.Atoms(id, func(atom expr.Atom) bool {
			found = found || p.mentionsTools(atom, seen)
			return !found
		})
	}
	look(s.DirectDep)
	prompted := slices.ContainsFunc(s.Properties, func(property model.Property) bool { return property.Kind == model.Prompt })
	for i := range s.Properties {
		switch property := &s.Properties[i]; {
		case property.Kind == model.Prompt:
			look(property.Condition) // of a member of a choice it is all that is known
		case property.Kind == model.Default && !prompted:
			look(property.Value)
			look(property.Condition)
		}
	}
	return found
}
