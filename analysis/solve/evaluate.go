package solve

import (
	"github.com/go-air/gini/z"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// evaluator returns what expressions come to. It can take an atom for something
// else than it is.
type evaluator struct {
	*Solver
	replaced expr.Atom
	by       pair
	memo     map[expr.ID]pair // nil for the solver's own
}

// as returns an evaluator that takes an atom for a value.
func (s *Solver) as(a expr.Atom, value pair) *evaluator {
	return &evaluator{s, a, value, map[expr.ID]pair{}}
}

func (s *Solver) eval(id expr.ID) pair { return s.plain.eval(id) }

// eval returns what an expression comes to. Expressions of a pool are so shallow
// that this can recurse. As expr_calc_value in scripts/kconfig/expr.c.
func (e *evaluator) eval(id expr.ID) pair {
	op := e.m.Pool.Op(id)
	switch op {
	case expr.OpNone:
		return e.certainly()
	case expr.OpLeaf:
		return e.leaf(e.m.Pool.Atom(id))
	}
	if e.memo == nil {
		if p := e.expressions[id]; p != (pair{}) {
			return p
		}
	} else if p, ok := e.memo[id]; ok {
		return p
	}
	args := e.m.Pool.Args(id)
	if e.memo == nil {
		p := e.operation(op, args)
		e.expressions[id] = p
		return p
	}
	p := e.plain.eval(id)
	if !e.isSame(op, args) {
		p = e.operation(op, args)
	}
	e.memo[id] = p
	return p
}

// isSame reports whether operands are what they are without the replacement.
func (e *evaluator) isSame(op expr.Op, args []expr.ID) bool {
	for _, arg := range args {
		if op.IsComparison() && e.m.Pool.Atom(arg) == e.replaced || !op.IsComparison() && e.eval(arg) != e.plain.eval(arg) {
			return false
		}
	}
	return true
}

func (e *evaluator) leaf(a expr.Atom) pair {
	if a == e.replaced {
		return e.by
	}
	return e.value(a)
}

func (e *evaluator) operation(op expr.Op, args []expr.ID) pair {
	switch op {
	case expr.OpNot:
		p := e.eval(args[0])
		return pair{p.y.Not(), p.m.Not()}
	case expr.OpAnd, expr.OpOr:
		join := e.all
		if op == expr.OpOr {
			join = e.some
		}
		m, y := make([]z.Lit, len(args)), make([]z.Lit, len(args))
		isBool := true
		for i, arg := range args {
			p := e.eval(arg)
			m[i], y[i] = p.m, p.y
			isBool = isBool && p.isBool()
		}
		least := join(m)
		if isBool {
			return pair{least, least}
		}
		return pair{least, join(y)}
	}
	holds := e.compare(op, e.m.Pool.Atom(args[0]), e.m.Pool.Atom(args[1]))
	return pair{holds, holds}
}

// noMod returns whether what is m is y for a type: always for a bool, and
// without modules for a tristate. As sym_get_type in scripts/kconfig/symbol.c.
func (s *Solver) noMod(t model.Type) z.Lit {
	switch {
	case t != model.Tristate:
		return s.yes
	case s.m.Modules == model.NoAtom:
		return s.yes
	}
	return s.value(s.m.Modules).m.Not()
}
