package check

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

// alwaysOn finds symbols that are y in every configuration of a view.
func alwaysOn() DeepCheck {
	const code = "always-on"
	return DeepCheck{Rules: []Rule{{ID: code, Family: Deep, Severity: Information, Off: true}}, Run: func(ctx context.Context, p *DeepPass) {
		for i := range p.Model.Symbols {
			a, s := expr.Atom(i), &p.Model.Symbols[i]
			if !s.Defined || s.Kind != model.Plain || !s.Type.IsLogical() || !p.within(s.Nodes[0]) || p.isOffSometimes(ctx, a) {
				continue
			}
			if p.Solver.Can(ctx, solve.Assumption{Atom: a, Values: expr.N | expr.M}) == solve.No {
				p.report(LineFinding{
					Code: code, Severity: Information, Symbol: s.Name, At: p.head(s.Nodes[0]),
					Message: p.quoted(a) + " is y in every configuration",
				})
			}
		}
	}}
}

// isOffSometimes reports whether a symbol is less than y under a sampled
// configuration.
func (p *DeepPass) isOffSometimes(ctx context.Context, a expr.Atom) bool {
	for _, e := range p.sampled(ctx) {
		if !e.State(a).Value.Can(expr.Y) {
			return true
		}
	}
	return false
}
