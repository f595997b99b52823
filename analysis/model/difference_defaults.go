package model

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
)

// step is a value that a symbol has if nothing above gives it one.
type step struct {
	value expr.ID
	// condition is all that has to hold: any of own, the conditions of the lines, and dep,
	// what their entry depends on.
	condition, dep expr.ID
	own            []expr.ID
	node           NodeID
}

// defaults compares lists of defaults. Neighbours with the same value count as one
// where either of them gives the symbol the same: that is not so of a tristate whose
// conditions can be m, as it is at most what the condition is that holds first.
func (c *comparer) defaults(s, t *Symbol) bool {
	before := c.steps(c.before, s, c.expr)
	after := c.steps(c.after, t, func(id expr.ID) expr.ID { return id })
	return slices.EqualFunc(before, after, func(p, q step) bool {
		switch {
		case p.value != q.value && !(c.implies(p.value, q.value) && c.implies(q.value, p.value)):
			return false
		case p.condition == q.condition:
			return true
		case sameOperands(p.own, q.own) && c.implies(p.dep, q.dep) && c.implies(q.dep, p.dep):
			return true
		}
		return c.implies(p.condition, q.condition) && c.implies(q.condition, p.condition)
	})
}

// steps returns the defaults of a symbol with what translate makes of their expressions.
func (c *comparer) steps(m *Model, s *Symbol, translate func(expr.ID) expr.ID) []step {
	var steps []step
	for _, p := range s.Properties {
		if p.Kind != Default {
			continue
		}
		next := step{
			value: translate(p.Value), condition: translate(p.Condition), dep: translate(m.Nodes[p.Node].Dep),
			own: c.disjuncts(translate(p.Own), nil), node: p.Node,
		}
		if n := len(steps); n > 0 && steps[n-1].joins(next) && (s.Type != Tristate || c.yesOrNo(steps[n-1].own) && c.yesOrNo(next.own)) {
			last := &steps[n-1]
			last.condition = c.after.Pool.Or(last.condition, next.condition)
			last.own = append(last.own, next.own...)
			continue
		}
		steps = append(steps, next)
	}
	return steps
}

// joins reports whether the next step is of the same entry and gives the same value.
func (s step) joins(next step) bool { return s.value == next.value && s.node == next.node }

// sameOperands reports whether two lists have the same members.
func sameOperands(a, b []expr.ID) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// yesOrNo reports whether expressions of the model after are never m.
func (c *comparer) yesOrNo(ids []expr.ID) bool {
	return !slices.ContainsFunc(ids, func(id expr.ID) bool { return !c.after.IsYesOrNo(id) })
}

// IsYesOrNo reports whether an expression is never m, as far as what it is made of
// tells.
func (m *Model) IsYesOrNo(id expr.ID) bool {
	switch op := m.Pool.Op(id); {
	case id == 0 || op.IsComparison():
		return true
	case op == expr.OpLeaf:
		return m.Values(m.Pool.Atom(id))&expr.M == 0
	}
	for _, arg := range m.Pool.Args(id) {
		if !m.IsYesOrNo(arg) {
			return false
		}
	}
	return true
}
