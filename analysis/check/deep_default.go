package check

import (
	"context"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

// overriddenDefaults finds defaults that never count, since one of those before them
// holds whenever they do. One without a condition, behind others, is left alone.
func overriddenDefaults() DeepCheck {
	const code = "dead-default-semantic"
	return DeepCheck{Rules: []Rule{{ID: code, Family: Deep, Severity: Information, Everywhere: true}}, Run: func(ctx context.Context, p *DeepPass) {
		var open []overridden
		for i := range p.Model.Symbols {
			if ctx.Err() != nil {
				return
			}
			s := &p.Model.Symbols[i]
			var before []expr.ID
			for k := range s.Properties {
				q := &s.Properties[k]
				if q.Kind != model.Default {
					continue
				}
				at := p.line(q.Node, q.Statement)
				switch {
				case q.Own == 0: // what is left over may be nothing: that is on the safe side
				case len(before) == 0 || !p.within(q.Node) || p.isRefuted(code, at):
				case p.isOverriddenByText(before, q) || p.counts(ctx, before, q):
					p.refute(code, at)
				default:
					facts := []solve.Fact{solve.Holds(q.Condition)}
					for _, id := range before {
						facts = append(facts, solve.Fails(id))
					}
					open = append(open, overridden{expr.Atom(i), at, facts})
				}
				before = append(before, q.Condition)
			}
		}
		p.overridden(ctx, code, open)
	}}
}

// overridden is a default that may never count, and the facts by which it does.
type overridden struct {
	symbol expr.Atom
	at     Line
	counts []solve.Fact
}

// overridden reports the defaults whose condition can hold, but never where those
// before them do not.
func (p *DeepPass) overridden(ctx context.Context, code string, among []overridden) {
	questions := make([][]solve.Fact, len(among))
	conditions := make([]expr.ID, len(among))
	for i, o := range among {
		questions[i], conditions[i] = o.counts, o.counts[0].Expr
	}
	counts, settled := p.Solver.CanHoldTogether(ctx, questions)
	possible, complete := p.canHold(ctx, conditions)
	for i, o := range among {
		switch {
		case counts[i]:
			p.refute(code, o.at)
		case settled && complete && possible[conditions[i]]:
			s := &p.Model.Symbols[o.symbol]
			what := "this default of `" + s.Name + "`"
			if s.Name == "" {
				what = "this default"
			}
			p.report(LineFinding{
				Code: code, Severity: Information, Symbol: s.Name, At: o.at, Unnecessary: true,
				Message: what + " never counts: one of those before it holds whenever it does",
				Related: []RelatedLine{{p.firstDefault(s), "the first default is here"}},
			})
		}
	}
}

// isOverriddenByText reports whether a default comes after one that holds always, or
// under the same condition: that is for other rules to tell.
func (p *DeepPass) isOverriddenByText(before []expr.ID, q *model.Property) bool {
	return slices.ContainsFunc(before, func(id expr.ID) bool {
		return p.Model.Pool.IsYes(id) || p.Model.Pool.Implies(p.Model, q.Condition, id) == expr.Holds
	})
}

// counts reports whether a default counts under a sampled configuration.
func (p *DeepPass) counts(ctx context.Context, before []expr.ID, q *model.Property) bool {
	for _, e := range p.sampled(ctx) {
		v, _ := e.Tristate(q.Condition)
		if !v.Can(expr.N) && !slices.ContainsFunc(before, func(id expr.ID) bool {
			v, _ := e.Tristate(id)
			return v != expr.N
		}) {
			return true
		}
	}
	return false
}

func (p *DeepPass) firstDefault(s *model.Symbol) Line {
	i := slices.IndexFunc(s.Properties, func(q model.Property) bool { return q.Kind == model.Default })
	return p.line(s.Properties[i].Node, s.Properties[i].Statement)
}
