package model

import "github.com/kconfig-ls/kconfig-ls/analysis/expr"

// Values returns the values that an atom can have in logic, whatever the
// configuration is. A Model is an [expr.Domain].
func (m *Model) Values(a expr.Atom) expr.Tristate {
	s := &m.Symbols[a]
	switch {
	case a <= AtomYes:
		return expr.N << a
	case s.Kind == Answered:
		return expr.N << s.Answer
	case s.Kind == Unanswered:
		return expr.AnyTristate
	case !s.Defined:
		return expr.N
	case s.Type == Bool:
		return expr.N | expr.Y
	case s.Type == Tristate:
		return expr.AnyTristate
	}
	return expr.N
}

// IsLogical reports whether comparisons look at the values that an atom has in
// logic, and not at a number or text.
func (m *Model) IsLogical(a expr.Atom) bool {
	s := &m.Symbols[a]
	return s.Type.IsLogical() && (s.Defined || s.Kind == Constant || s.Kind == Answered)
}
