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
		for _, ref := range lines {
			q := p.Model.Property(ref)
			dep := p.Model.Nodes[q.Node].Dep
			if !possible[dep] {
				continue // that is told of the entry
			}
			at, _ := p.conditionTokens(q)
			if possible[q.Condition] {
				p.refute(codeNever, at)
			}
			f := LineFinding{Severity: Information, Symbol: p.name(ref.Symbol), At: at, Unnecessary: true}
			switch {
			case !possible[q.Condition]:
				f.Code = codeNever
				f.Message = p.expression(q.Own) + " never holds where this entry does: the line does nothing"
				f.At, f.Related = p.line(q.Node, q.Statement), []RelatedLine{{p.head(q.Node), "by what the entry depends on"}}
			case p.Policy.On(codeAlways) && !p.isRefuted(codeAlways, at) && p.always(ctx, dep, q.Own):
				f.Code = codeAlways
				f.Message = p.expression(q.Own) + " always holds where this entry does: the condition does nothing"
				f.Related = []RelatedLine{{p.head(q.Node), "by what the entry depends on"}}
			default:
				p.refute(codeNever, at)
				p.refute(codeAlways, at)
				continue
			}
			p.report(f)
		}
	}}
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

// always reports whether a condition is never less than what its entry depends on, and
// no one can see that by the lines alone.
func (p *DeepPass) always(ctx context.Context, dep, condition expr.ID) bool {
	if p.fallsShort(ctx, condition, dep) || p.Model.Pool.Implies(p.Model, dep, condition) == expr.Holds {
		return false
	}
	return p.Solver.CanFallShort(ctx, condition, dep) == solve.No
}
