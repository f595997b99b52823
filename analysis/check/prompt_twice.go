package check

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

const codePromptInTwoDefinitions = "prompt-in-two-definitions"

// repeatedPrompts reports symbols that two definitions of one view give a prompt, of which
// both can be shown at the same time.
func repeatedPrompts() ModelCheck {
	return ModelCheck{Rules: rulesOf(Structure, Information, codePromptInTwoDefinitions), Run: func(p *ModelPass) {
		for a := range p.Model.Symbols {
			s := &p.Model.Symbols[a]
			if len(s.Nodes) < 2 || s.Kind != model.Plain || s.ChoiceValue {
				continue
			}
			shown := func(id model.NodeID) bool {
				n := &p.Model.Nodes[id]
				return n.HasPrompt && p.valuesOf(n.Visible) != expr.N
			}
			for i, id := range s.Nodes {
				if !shown(id) {
					continue
				}
				before := slices.IndexFunc(s.Nodes[:i], func(other model.NodeID) bool {
					return shown(other) && !p.sameEntry(other, id) && !p.exclude(p.Model.Nodes[other].Visible, p.Model.Nodes[id].Visible)
				})
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

// exclude reports whether two conditions cannot both hold because one asks for a bool
// symbol and the other for its opposite.
func (p *ModelPass) exclude(a, b expr.ID) bool {
	pool := p.Model.Pool
	opposite := func(x, y expr.ID) bool {
		if pool.Op(x) != expr.OpNot {
			return false
		}
		arg := pool.Args(x)[0]
		return arg == y && pool.Op(y) == expr.OpLeaf && p.Model.Symbols[pool.Atom(y)].Type == model.Bool
	}
	for _, x := range pool.Conjuncts(a) {
		for _, y := range pool.Conjuncts(b) {
			if opposite(x, y) || opposite(y, x) {
				return true
			}
		}
	}
	return false
}
