package solve

import (
	"context"

	"github.com/go-air/gini/z"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Fact is that an expression of the model has one of some values.
type Fact struct {
	Expr   expr.ID
	Values expr.Tristate
}

// Holds is the fact that an expression is not n.
func Holds(id expr.ID) Fact { return Fact{id, expr.M | expr.Y} }

// Fails is the fact that an expression is n.
func Fails(id expr.ID) Fact { return Fact{id, expr.N} }

// CanHold reports whether there is a configuration under which all facts hold.
func (s *Solver) CanHold(ctx context.Context, facts ...Fact) Verdict {
	ids := make([]expr.ID, len(facts))
	for i, f := range facts {
		ids[i] = f.Expr
	}
	s.demandExpressions(ids)
	literals := make([]z.Lit, len(facts))
	for i, f := range facts {
		literals[i] = s.in(s.eval(f.Expr), f.Values)
	}
	return s.solve(ctx, literals)
}

// CanHoldAny reports which expressions can be other than n, not necessarily together.
// It reports false for complete if the context was done before that was known of all;
// then those that are true are still right.
func (s *Solver) CanHoldAny(ctx context.Context, among []expr.ID) (can []bool, complete bool) {
	s.demandExpressions(among)
	literals := make([]z.Lit, len(among))
	for i, id := range among {
		literals[i] = s.eval(id).m
	}
	return s.canAny(ctx, nil, literals)
}

// CanHoldTogether reports of which sets of facts all can hold at once. For complete see
// CanHoldAny.
func (s *Solver) CanHoldTogether(ctx context.Context, among [][]Fact) (can []bool, complete bool) {
	var ids []expr.ID
	for _, facts := range among {
		for _, f := range facts {
			ids = append(ids, f.Expr)
		}
	}
	s.demandExpressions(ids)
	literals := make([]z.Lit, len(among))
	for i, facts := range among {
		all := make([]z.Lit, len(facts))
		for k, f := range facts {
			all[k] = s.in(s.eval(f.Expr), f.Values)
		}
		literals[i] = s.all(all)
	}
	return s.canAny(ctx, nil, literals)
}

// Less is that an expression is less than another one.
type Less struct{ Expr, Than expr.ID }

// CanBeLess reports which of some inequalities can hold, not necessarily together. For
// complete see CanHoldAny.
func (s *Solver) CanBeLess(ctx context.Context, among []Less) (can []bool, complete bool) {
	var ids []expr.ID
	for _, l := range among {
		ids = append(ids, l.Expr, l.Than)
	}
	s.demandExpressions(ids)
	literals := make([]z.Lit, len(among))
	for i, l := range among {
		literals[i] = s.less(s.eval(l.Expr), s.eval(l.Than))
	}
	return s.canAny(ctx, nil, literals)
}

// CanBeUnmet reports whether there is a configuration under which a select makes its
// target higher than a part of what the target depends on: than all of it, conf warns
// of unmet direct dependencies then. A member of a choice is never selected. As
// sym_calc_value and sym_warn_unmet_dep in scripts/kconfig/symbol.c.
func (s *Solver) CanBeUnmet(ctx context.Context, selected model.PropertyRef, part expr.ID) Verdict {
	p := s.m.Property(selected)
	if p.Low == model.NoAtom {
		return No
	}
	target := &s.m.Symbols[p.Low]
	if !target.Defined || target.ChoiceValue || target.Transitional || !target.Type.IsLogical() {
		return No
	}
	s.demandExpressions([]expr.ID{p.Condition, part}, selected.Symbol)
	noMod := s.noMod(target.Type)
	by := s.without(noMod, s.least(s.value(selected.Symbol), s.eval(p.Condition)))
	return s.solve(ctx, []z.Lit{s.less(s.without(noMod, s.eval(part)), by)})
}

// less returns whether a value is less than another one.
func (s *Solver) less(a, b pair) z.Lit {
	return s.or(s.and(b.m, a.m.Not()), s.and(b.y, a.y.Not()))
}
