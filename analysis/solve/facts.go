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

// CanFallShort reports whether there is a configuration under which an expression is
// less than another one.
func (s *Solver) CanFallShort(ctx context.Context, id, of expr.ID) Verdict {
	s.demandExpressions([]expr.ID{id, of})
	return s.solve(ctx, []z.Lit{s.less(s.eval(id), s.eval(of))})
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
