package check

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

// The codes of conditions of which the dependencies of their entry decide.
const (
	codeNever  = "condition-never"
	codeAlways = "condition-always"
)

// decidedConditions finds conditions behind "if" that never hold, or always do, where
// the entry that they stand in does. What can be read off the lines is left to the
// rules that do so.
func decidedConditions() DeepCheck {
	return DeepCheck{Rules: []Rule{
		{ID: codeNever, Family: Deep, Severity: Information, Everywhere: true},
		{ID: codeAlways, Family: Deep, Severity: Information, Everywhere: true},
	}, Run: func(ctx context.Context, p *DeepPass) {
		var lines []model.PropertyRef
		var ids []expr.ID
		p.properties(ctx, func(ref model.PropertyRef, q *model.Property) {
			if at, ok := p.conditionTokens(q); ok && !(p.isRefuted(codeNever, at) && p.isRefuted(codeAlways, at)) {
				lines = append(lines, ref)
				ids = append(ids, q.Condition, p.Model.Nodes[q.Node].Dep)
			}
		})
		possible, complete := p.canHold(ctx, ids)
		if !complete {
			return
		}
		var open, never []decided
		for _, ref := range lines {
			q := p.Model.Property(ref)
			dep := p.Model.Nodes[q.Node].Dep
			at, _ := p.conditionTokens(q)
			switch {
			case !possible[dep]: // that is told of the entry
			case !possible[q.Condition]:
				if !p.isUndefined(q.Own) { // that is told of the symbol
					never = append(never, decided{ref: ref, at: at})
				}
			default:
				p.refute(codeNever, at)
				if p.Policy.On(codeAlways) && !p.isRefuted(codeAlways, at) {
					open = append(open, decided{ref, at, solve.Less{Expr: q.Own, Than: dep}})
				}
			}
		}
		p.never(ctx, never)
		p.always(ctx, open)
	}}
}

// decided is a condition that may be decided by what its entry depends on: it is if it
// can never be less than that.
type decided struct {
	ref model.PropertyRef
	at  Line
	solve.Less
}

// never reports the conditions that cannot hold, but for those that could if BROKEN did:
// they are off on purpose.
func (p *DeepPass) never(ctx context.Context, among []decided) {
	ids := make([]expr.ID, len(among))
	for i, d := range among {
		ids[i] = p.Model.Property(d.ref).Condition
	}
	broken := make([]bool, len(among))
	if solver := p.withBroken(); solver != nil {
		var complete bool
		if broken, complete = solver.CanHoldAny(ctx, ids); !complete {
			return
		}
	}
	for i, d := range among {
		if broken[i] {
			continue
		}
		q := p.Model.Property(d.ref)
		p.report(LineFinding{
			Code: codeNever, Severity: Information, Symbol: p.name(d.ref.Symbol), At: p.line(q.Node, q.Statement), Unnecessary: true,
			Message: p.expression(q.Own) + " never holds where this entry does: the line does nothing",
			Related: []RelatedLine{{p.head(q.Node), "by what the entry depends on"}},
		})
	}
}

// always reports the conditions that are never less than what their entry depends on,
// unless anyone can see that by the lines alone.
func (p *DeepPass) always(ctx context.Context, among []decided) {
	var open []decided
	var questions []solve.Less
	for _, d := range among {
		if p.fallsShort(ctx, d.Expr, d.Than) || p.Model.Pool.Implies(p.Model, d.Than, d.Expr) == expr.Holds {
			p.refute(codeAlways, d.at)
			continue
		}
		open, questions = append(open, d), append(questions, d.Less)
	}
	can, complete := p.Solver.CanBeLess(ctx, questions)
	for i, d := range open {
		switch {
		case can[i]:
			p.refute(codeAlways, d.at)
		case complete:
			p.report(LineFinding{
				Code: codeAlways, Severity: Information, Symbol: p.name(d.ref.Symbol), At: d.at, Unnecessary: true,
				Message: p.expression(d.Expr) + " always holds where this entry does: the condition does nothing",
				Related: []RelatedLine{{p.head(p.Model.Property(d.ref).Node), "by what the entry depends on"}},
			})
		}
	}
}

// conditionTokens returns the condition of a line, for those whose property has no
// more conditions than that. It reports false if there is none, or if it holds
// nothing but constants.
func (p *DeepPass) conditionTokens(q *model.Property) (Line, bool) {
	if q.Own == 0 || p.Model.Pool.IsYes(q.Own) || p.Model.Pool.IsNo(q.Own) || q.Kind == model.Prompt {
		return Line{}, false
	}
	line := p.line(q.Node, q.Statement)
	from, to, ok := line.statement().Condition()
	if !ok || from >= to {
		return Line{}, false
	}
	return line.tokens(from, to), true
}
