package check

import (
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeUndefinedCompare = "undefined-compare"

// compared reports comparisons with symbols that nothing defines. As a value of its
// own such a symbol is n, but what is compared is its name: "X = n" is false. See
// sym_calc_value and expr_calc_value in scripts/kconfig.
func (u undefinedName) compared() (Finding, bool) {
	other, ok := u.comparedWith()
	if !ok {
		return Finding{}, false
	}
	operator := (u.Token + other) / 2
	left, right := min(u.Token, other), max(u.Token, other)
	comparison := LineOf(u.File, u.st).tokens(left, right+1)
	f := Finding{Code: codeUndefinedCompare, Message: u.nowhere() + ", so `" + comparison.written() + "` compares its name as a text"}
	kind := u.st.Token(operator).Kind
	if u.differs(other) {
		switch kind {
		case parser.Equal:
			f.Message += " and is never true"
		case parser.Unequal:
			f.Message += " and is always true"
		}
	}
	switch {
	case u.suggest(&f):
	case kind == parser.Equal && u.st.TokenText(other) == "n":
		not := "!" + u.name
		f.Message += ": write `" + not + "` for what holds without the symbol"
		f.Fix = fixOf("Write `"+not+"`", comparison, Replace, not)
	default:
		f.Message += ": correct the name or remove the comparison"
	}
	return f, true
}

// comparedWith returns the token that the name is compared with.
func (u undefinedName) comparedWith() (token int, ok bool) {
	isComparison := func(i int) bool { return i >= 0 && i < u.st.Len() && u.st.Token(i).Kind.IsComparison() }
	switch {
	case isComparison(u.Token-1) && u.Token-2 >= 0:
		return u.Token - 2, true
	case isComparison(u.Token+1) && u.Token+2 < u.st.Len():
		return u.Token + 2, true
	}
	return 0, false
}

// differs reports whether no value of what the name is compared with is the name.
func (u undefinedName) differs(other int) bool {
	text := u.st.TokenText(other)
	switch u.st.Token(other).Kind {
	case parser.String:
		return len(text) >= 2 && text[1:len(text)-1] != u.name
	case parser.Word:
		switch u.typeInTree(text) {
		case parser.KwBool, parser.KwTristate, parser.KwInt, parser.KwHex:
			return true
		}
		return !u.defined(text) && text != u.name
	}
	return false
}
