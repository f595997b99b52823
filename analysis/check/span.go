package check

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// span is a run of tokens of a statement, to exclusive. Comments and characters
// without use in it do not count.
type span struct {
	st       parser.Statement
	from, to int
}

// valueOf returns what a line says, up to its "if".
func valueOf(st parser.Statement) span {
	from, to := st.Expression()
	return span{st, from, to}
}

// conditionOf returns what stands behind a line's "if". It is empty if there is none.
func conditionOf(st parser.Statement) span {
	from, to, _ := st.Condition()
	return span{st, from, to}
}

// empty reports whether there is no token that counts.
func (s span) empty() bool { return s.st.First(s.from) >= s.to }

// trimmed returns the span as a part of a line, without comments around it.
func (s span) trimmed(line Line) Line {
	last := s.st.First(s.from)
	for i := last; i < s.to; i = s.st.First(i + 1) {
		last = i
	}
	return line.tokens(s.st.First(s.from), last+1)
}

// single returns the one token that the span consists of.
func (s span) single() (token int, ok bool) {
	i := s.st.First(s.from)
	return i, i < s.to && s.st.First(i+1) >= s.to
}

// equal reports whether two spans are written alike, blanks aside.
func (s span) equal(o span) bool {
	i, j := s.st.First(s.from), o.st.First(o.from)
	for i < s.to && j < o.to {
		if s.st.Token(i).Kind != o.st.Token(j).Kind || s.st.TokenText(i) != o.st.TokenText(j) {
			return false
		}
		i, j = s.st.First(i+1), o.st.First(j+1)
	}
	return i >= s.to && j >= o.to
}

// conjuncts calls visit for each operand of "&&" outside of parentheses, until it
// returns false: for the whole span if it is no conjunction. It reports whether visit
// never did.
func (s span) conjuncts(visit func(span) bool) bool {
	if !isConjunction(s.st, s.from, s.to) {
		return visit(s)
	}
	for from := s.from; ; {
		end := nextAnd(s.st, from, s.to)
		if !visit(span{s.st, from, end}) {
			return false
		}
		if end == s.to {
			return true
		}
		from = end + 1
	}
}

// holdsWith reports whether a condition holds whenever another one does, because each
// operand of "&&" in it is written in that one as well. An empty condition always holds.
func (s span) holdsWith(other span) bool {
	return s.empty() || s.conjuncts(func(wanted span) bool { return other.hasConjunct(wanted) })
}

// hasConjunct reports whether a span is written as an operand of "&&" in a condition.
func (s span) hasConjunct(wanted span) bool {
	return !s.conjuncts(func(given span) bool { return !given.equal(wanted) })
}

// has reports whether there is a token of a kind that ok accepts.
func (s span) has(ok func(parser.TokenKind) bool) bool {
	for i := s.st.First(s.from); i < s.to; i = s.st.First(i + 1) {
		if ok(s.st.Token(i).Kind) {
			return true
		}
	}
	return false
}

// hasMacro reports whether a macro decides what the span says.
func (s span) hasMacro() bool {
	for i := s.from; i < s.to; i++ {
		if isMacro(s.st, i) {
			return true
		}
	}
	return false
}

// text returns the span as it is written, on one line.
func (s span) text() string {
	var words []string
	for i := s.st.First(s.from); i < s.to; i = s.st.First(i + 1) {
		words = append(words, s.st.TokenText(i))
	}
	return strings.Join(words, " ")
}

// isMacro reports whether a token holds a macro reference, or one to a variable of the
// environment such as Kconfiglib knows.
func isMacro(st parser.Statement, token int) bool {
	switch st.Token(token).Kind {
	case parser.Word, parser.MacroWord, parser.String:
		return strings.Contains(st.TokenText(token), "$")
	}
	return false
}

// isOperator reports whether tokens of a kind join symbols to an expression.
func isOperator(kind parser.TokenKind) bool {
	return kind == parser.Or || kind == parser.And || kind == parser.Not || kind.IsComparison()
}

// isDefault reports whether a line gives a default.
func isDefault(kind parser.StatementKind) bool {
	return kind == parser.Default || kind == parser.TypedDefault
}

// kindsOf returns a set of kinds of statements.
func kindsOf(kinds ...parser.StatementKind) parser.KindSet {
	var set parser.KindSet
	for _, kind := range kinds {
		set |= parser.KindSet(1) << kind
	}
	return set
}
