package solve

import (
	"github.com/go-air/gini/z"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// compare returns whether a comparison holds. As expr_calc_value in
// scripts/kconfig/expr.c.
func (e *evaluator) compare(op expr.Op, a, b expr.Atom) z.Lit {
	switch {
	case e.isLogical(a, b):
		return e.compareLogical(op, a, b)
	case e.isLogical(b, a):
		return e.compareLogical(reversed(op), b, a)
	}
	var parts []z.Lit
	for _, left := range e.textsOf(a) {
		for _, right := range e.textsOf(b) {
			when := e.and(left.when, right.when)
			if when == e.no {
				continue
			}
			parts = append(parts, e.and(when, e.compareTexts(op, a, left, b, right)))
		}
	}
	return e.some(parts)
}

// isLogical reports whether an atom counts as n, m or y where it is compared with
// another one.
func (e *evaluator) isLogical(a, other expr.Atom) bool {
	s := &e.m.Symbols[a]
	if s.Kind == model.Unanswered && e.options.FreeAnswers {
		return e.m.Symbols[other].Type.IsLogical()
	}
	return s.Type.IsLogical()
}

// compareLogical compares a bool or tristate with anything.
func (e *evaluator) compareLogical(op expr.Op, a, b expr.Atom) z.Lit {
	left := e.leaf(a)
	var parts []z.Lit
	if e.isLogical(b, a) {
		right := e.leaf(b)
		for v := expr.N; v <= expr.Y; v <<= 1 {
			parts = append(parts, e.and(e.in(right, v), e.in(left, e.satisfying(op, a, b, v.String()))))
		}
		return e.some(parts)
	}
	for _, right := range e.textsOf(b) {
		if right.free == nil {
			parts = append(parts, e.and(right.when, e.in(left, e.satisfying(op, a, b, right.text))))
			continue
		}
		for v := expr.N; v <= expr.Y; v <<= 1 {
			o := e.against(right.free, operandOf(&e.m.Symbols[a], v.String()))
			parts = append(parts, e.and(e.and(right.when, e.in(left, v)), e.holds(reversed(op), o)))
		}
	}
	return e.some(parts)
}

// satisfying returns the values of a tristate for which a comparison with a text
// holds.
func (e *evaluator) satisfying(op expr.Op, a, b expr.Atom, text string) expr.Tristate {
	var values expr.Tristate
	for v := expr.N; v <= expr.Y; v <<= 1 {
		if e.rules.Compares(op, operandOf(&e.m.Symbols[a], v.String()), operandOf(&e.m.Symbols[b], text)) {
			values |= v
		}
	}
	return values
}

func (e *evaluator) compareTexts(op expr.Op, a expr.Atom, left textCase, b expr.Atom, right textCase) z.Lit {
	switch {
	case left.free != nil && right.free != nil:
		return e.holds(op, e.againstFree(left.free, right.free))
	case left.free != nil:
		return e.holds(op, e.against(left.free, operandOf(&e.m.Symbols[b], right.text)))
	case right.free != nil:
		return e.holds(reversed(op), e.against(right.free, operandOf(&e.m.Symbols[a], left.text)))
	case e.rules.Compares(op, operandOf(&e.m.Symbols[a], left.text), operandOf(&e.m.Symbols[b], right.text)):
		return e.yes
	}
	return e.no
}

// reversed returns the comparison with its operands exchanged.
func reversed(op expr.Op) expr.Op {
	switch op {
	case expr.OpLess:
		return expr.OpGreater
	case expr.OpLessEqual:
		return expr.OpGreaterEqual
	case expr.OpGreater:
		return expr.OpLess
	case expr.OpGreaterEqual:
		return expr.OpLessEqual
	}
	return op
}
