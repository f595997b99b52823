package config

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
)

// state is what an evaluation knows of one symbol.
type state struct {
	// value is that of a bool or tristate symbol. For all others it is n, which
	// they count as in logic.
	value expr.Tristate
	// visible, direct, reverse and implied are as visible, dir_dep.tri,
	// rev_dep.tri and implied.tri in struct symbol.
	visible, direct, reverse, implied expr.Tristate
	// written says whether the symbol can be part of a .config.
	written     writtenSet
	unknownText bool
	cause       causeSet // of the value, or the text
	text        string   // the value of an int, hex or string symbol
	chosen      expr.Atom
	// decided is the value that a member of a choice gets from the choice.
	decided      expr.Tristate
	decidedCause causeSet

	visibleCause, directCause, reverseCause, impliedCause causeSet
}

// sameFor reports whether nothing changed that other symbols look at.
func (s *state) sameFor(other *state) bool {
	return s.value == other.value && s.text == other.text && s.unknownText == other.unknownText &&
		s.cause == other.cause && s.chosen == other.chosen
}

// same reports whether nothing changed that a user sees.
func (s *state) same(other *state) bool {
	return s.sameFor(other) && s.visible == other.visible && s.direct == other.direct &&
		s.reverse == other.reverse && s.implied == other.implied && s.written == other.written
}

// writtenSet says whether a symbol is written to a .config, or may be.
type writtenSet uint8

const (
	unwritten writtenSet = 1 << iota
	written
)

func writtenOf(yes, no bool) writtenSet {
	var w writtenSet
	if yes {
		w |= written
	}
	if no {
		w |= unwritten
	}
	return w
}

// value is what an expression comes to, and why it is not known.
type value struct {
	tri   expr.Tristate
	cause causeSet
}

func known(t expr.Tristate) value { return value{tri: t} }

func (e *Evaluation) causeOf(v value) causeSet {
	if v.tri.Known() {
		return 0
	}
	return v.cause
}

func (e *Evaluation) or(a, b value) value {
	t := a.tri.Or(b.tri)
	if t.Known() {
		return known(t)
	}
	return value{t, e.causes.union(e.causeOf(a), e.causeOf(b))}
}

// eval returns what an expression comes to. As expr_calc_value in
// scripts/kconfig/expr.c.
func (e *Evaluation) eval(id expr.ID) value {
	pool := e.Model.Pool
	switch op := pool.Op(id); op {
	case expr.OpNone:
		return known(expr.Y)
	case expr.OpLeaf:
		st := &e.states[pool.Atom(id)]
		if st.value.Known() {
			return known(st.value)
		}
		return value{st.value, st.cause}
	case expr.OpNot:
		v := e.eval(pool.Args(id)[0])
		v.tri = v.tri.Not()
		return v
	case expr.OpAnd:
		all := known(expr.Y)
		for _, arg := range pool.Args(id) {
			v := e.eval(arg)
			all = value{all.tri.And(v.tri), e.causes.union(all.cause, v.cause)}
			if all.tri == expr.N {
				return known(expr.N)
			}
		}
		all.cause = e.causeOf(all)
		return all
	case expr.OpOr:
		all := known(expr.N)
		for _, arg := range pool.Args(id) {
			v := e.eval(arg)
			all = value{all.tri.Or(v.tri), e.causes.union(all.cause, v.cause)}
			if all.tri == expr.Y {
				return known(expr.Y)
			}
		}
		all.cause = e.causeOf(all)
		return all
	default:
		args := pool.Args(id)
		return e.compare(op, pool.Atom(args[0]), pool.Atom(args[1]))
	}
}

// compare returns what a comparison comes to.
func (e *Evaluation) compare(op expr.Op, a, b expr.Atom) value {
	left, right := e.possibleTexts(a), e.possibleTexts(b)
	if left == nil || right == nil {
		return value{expr.N | expr.Y, e.causes.union(e.states[a].cause, e.states[b].cause)}
	}
	leftType, rightType := e.Rules.comparedType(&e.Model.Symbols[a]), e.Rules.comparedType(&e.Model.Symbols[b])
	var all expr.Tristate
	for _, l := range left {
		for _, r := range right {
			all |= compared(op, compareTexts(l, leftType, r, rightType))
		}
	}
	if all.Known() {
		return known(all)
	}
	return value{all, e.causes.union(e.states[a].cause, e.states[b].cause)}
}

func compared(op expr.Op, order int) expr.Tristate {
	if op.Holds(order) {
		return expr.Y
	}
	return expr.N
}

// tristateTexts are the texts of the sets of values.
var tristateTexts = [...][]string{
	0:                {},
	expr.N:           {"n"},
	expr.M:           {"m"},
	expr.Y:           {"y"},
	expr.N | expr.M:  {"n", "m"},
	expr.N | expr.Y:  {"n", "y"},
	expr.M | expr.Y:  {"m", "y"},
	expr.AnyTristate: {"n", "m", "y"},
}

// possibleTexts returns the texts that a symbol counts as in a comparison, nil
// if they are not known.
func (e *Evaluation) possibleTexts(a expr.Atom) []string {
	st := &e.states[a]
	if e.Model.Symbols[a].Type.IsLogical() {
		return tristateTexts[st.value]
	}
	if st.unknownText {
		return nil
	}
	return []string{st.text}
}
