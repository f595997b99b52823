package config

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Operand is one side of a comparison, or a bound of a range: a symbol or
// constant, and its text. That of a bool or tristate symbol is n, m or y.
type Operand struct {
	Symbol *model.Symbol
	Text   string
}

// Compares reports whether a comparison of two operands holds. As
// expr_calc_value in scripts/kconfig/expr.c.
func (r Rules) Compares(op expr.Op, a, b Operand) bool {
	return compared(op, compareTexts(a.Text, r.comparedType(a.Symbol), b.Text, r.comparedType(b.Symbol))) == expr.Y
}

// Number returns the bits of the number that an operand of a comparison counts
// as, and whether it has a sign. It reports false for what counts as a text.
func (r Rules) Number(o Operand) (bits uint64, isSigned, ok bool) {
	t := r.comparedType(o.Symbol)
	if t == model.String && r.TextComparisons {
		return 0, false, false
	}
	kind, bits := numberOf(o.Text, t)
	return bits, kind == signed, kind != notANumber
}

// comparedType returns the type that a symbol or constant counts as in a
// comparison.
func (r Rules) comparedType(s *model.Symbol) model.Type {
	switch {
	case r.TextComparisons:
		return model.String
	case r.UntypedConstants && (s.Kind == model.Constant || s.Kind == model.Answered):
		return model.UnknownType
	}
	return s.Type
}

// Limited returns the text of an int or hex symbol of a type limited to a range.
// A bound without a symbol does not limit. As sym_validate_range in
// scripts/kconfig/symbol.c.
func (r Rules) Limited(t model.Type, text string, low, high Operand) string {
	base := 10
	if t == model.Hex {
		base = 16
	}
	value, _, _, _ := parseInt(text, base)
	value = r.cutOff(value)
	if low.Symbol != nil {
		if n := r.bound(low, base); value < n {
			return r.boundText(low.Text, n, base)
		}
	}
	if high.Symbol != nil {
		if n := r.bound(high, base); value > n {
			return r.boundText(high.Text, n, base)
		}
	}
	return text
}

// bound returns the number that a bound of a range is. As sym_get_range_val.
func (r Rules) bound(o Operand, base int) int64 {
	switch o.Symbol.Type {
	case model.Int:
		base = 10
	case model.Hex:
		base = 16
	}
	n, _, _, _ := parseInt(o.Text, base)
	return r.cutOff(n)
}
