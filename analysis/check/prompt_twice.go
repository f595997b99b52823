package check

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

const codePromptInTwoDefinitions = "prompt-in-two-definitions"

// repeatedPrompts reports symbols that two definitions of one view give a prompt, of which
// one is shown whenever the other is. Whether others can be shown at the same time takes a
// look at all configurations.
func repeatedPrompts() ModelCheck {
	return ModelCheck{Rules: rulesOf(Structure, Information, codePromptInTwoDefinitions), Run: func(p *ModelPass) {
		for a := range p.Model.Symbols {
			s := &p.Model.Symbols[a]
			if len(s.Nodes) < 2 || s.Kind != model.Plain || s.ChoiceValue {
				continue
			}
			for i, id := range s.Nodes {
				before := slices.IndexFunc(s.Nodes[:i], func(other model.NodeID) bool { return p.shownWith(other, id) })
				if before < 0 {
					continue
				}
				p.report(LineFinding{
					Code: codePromptInTwoDefinitions, Severity: Information, At: p.head(id), Symbol: s.Name,
					Message: p.quoted(expr.Atom(a)) + " has a prompt in another definition, too, so it is shown in two places: keep one of the prompts",
					Related: []RelatedLine{{p.head(s.Nodes[before]), "the other prompt is here"}},
				})
			}
		}
	}}
}

// shownWith reports whether the prompt of one of two definitions is shown whenever that of
// the other one is, and that it can be.
func (p *ModelPass) shownWith(a, b model.NodeID) bool {
	x, y := &p.Model.Nodes[a], &p.Model.Nodes[b]
	if !x.HasPrompt || !y.HasPrompt || p.sameEntry(a, b) {
		return false
	}
	return (p.includes(x.Visible, y.Visible) || p.includes(y.Visible, x.Visible)) &&
		p.valuesOf(x.Visible) != expr.N && p.valuesOf(y.Visible) != expr.N
}

// includes reports whether the operands of "&&" in a condition are all among those of
// another one.
func (p *ModelPass) includes(id, part expr.ID) bool {
	all := p.Model.Pool.Conjuncts(id)
	for _, operand := range p.Model.Pool.Conjuncts(part) {
		if !slices.Contains(all, operand) {
			return false
		}
	}
	return true
}
