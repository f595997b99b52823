package check

import (
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// condition is what a statement asks for, or an operand of "&&" in it, as it is written.
type condition struct {
	// Line has the tokens of the condition, parentheses around all of it included.
	Line
	// hash is equal for conditions with equal tokens.
	hash uint64
	// whole tells that it is all that the statement asks for, single that it is no
	// "&&".
	whole, single bool
}

// conditionsOf appends what the tokens [from, to) of a statement ask for: all of it, and
// the operands of "&&" if there is one.
func conditionsOf(line Line, st parser.Statement, from, to int, all []condition) []condition {
	from, to = trimmed(st, from, to)
	if from >= to {
		return all
	}
	i := len(all)
	all = append(all, condition{Line: line.tokens(from, to), hash: hashOf(st, from, to), whole: true, single: true})
	all = operandsIn(line, st, from, to, 0, all)
	all[i].single = len(all) == i+1
	return all
}

// maxOperandDepth is how many parentheses within each other are looked into.
const maxOperandDepth = 20

// operandsIn appends the operands of "&&" of an expression, those in parentheses
// included, and nothing if there is no "&&".
func operandsIn(line Line, st parser.Statement, from, to, depth int, all []condition) []condition {
	from, to = withoutParentheses(st, from, to)
	if to-from < 3 || depth > maxOperandDepth || !isConjunction(st, from, to) {
		return all
	}
	for start := from; start < to; {
		end := nextAnd(st, start, to)
		a, b := trimmed(st, start, end)
		if a < b {
			n := len(all)
			if all = operandsIn(line, st, a, b, depth+1, all); len(all) == n {
				all = append(all, condition{Line: line.tokens(a, b), hash: hashOf(st, a, b), single: true})
			}
		}
		start = end + 1
	}
	return all
}

// isConjunction reports whether the tokens [from, to) are operands of "&&".
func isConjunction(st parser.Statement, from, to int) bool {
	depth, found := 0, false
	for i := from; i < to; i++ {
		switch st.Token(i).Kind {
		case parser.OpenParen:
			depth++
		case parser.CloseParen:
			depth--
		case parser.Or:
			if depth == 0 {
				return false
			}
		case parser.And:
			found = found || depth == 0
		}
	}
	return found
}

// nextAnd returns the first "&&" outside of parentheses in the tokens [from, to), or to.
func nextAnd(st parser.Statement, from, to int) int {
	depth := 0
	for i := from; i < to; i++ {
		switch st.Token(i).Kind {
		case parser.OpenParen:
			depth++
		case parser.CloseParen:
			depth--
		case parser.And:
			if depth == 0 {
				return i
			}
		}
	}
	return to
}

// trimmed returns the tokens [from, to) without comments and characters without use at
// both ends.
func trimmed(st parser.Statement, from, to int) (int, int) {
	for from < to && isSilent(st.Token(from).Kind) {
		from++
	}
	for from < to && isSilent(st.Token(to-1).Kind) {
		to--
	}
	return from, to
}

func isSilent(kind parser.TokenKind) bool {
	return kind == parser.Comment || kind == parser.BadCharacter
}

// withoutParentheses returns the tokens [from, to) without parentheses around all of
// them.
func withoutParentheses(st parser.Statement, from, to int) (int, int) {
	for range maxOperandDepth {
		if from >= to || st.Token(from).Kind != parser.OpenParen || closing(st, from, to) != to-1 {
			break
		}
		from, to = trimmed(st, from+1, to-1)
	}
	return from, to
}

// closing returns the token that closes the parenthesis at token open, to if none does.
func closing(st parser.Statement, open, to int) int {
	depth := 0
	for i := open; i < to; i++ {
		switch st.Token(i).Kind {
		case parser.OpenParen:
			depth++
		case parser.CloseParen:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return to
}

// hashOf returns the hash of the tokens [from, to), without parentheses around all of
// them: FNV-1a of their kinds and texts.
func hashOf(st parser.Statement, from, to int) uint64 {
	const prime = 1099511628211
	from, to = withoutParentheses(st, from, to)
	hash := uint64(14695981039346656037)
	for i := from; i < to; i++ {
		kind := st.Token(i).Kind
		if isSilent(kind) {
			continue
		}
		hash = (hash ^ uint64(kind)) * prime
		if kind.IsSymbol() {
			for _, c := range []byte(st.TokenText(i)) {
				hash = (hash ^ uint64(c)) * prime
			}
		}
	}
	return hash
}

// sameCondition reports whether two conditions are written alike, but for blanks, line
// ends and parentheses around all of it.
func sameCondition(a, b *condition) bool {
	if a.hash != b.hash {
		return false
	}
	x, y := a.statement(), b.statement()
	i, endA := withoutParentheses(x, a.From, a.To)
	j, endB := withoutParentheses(y, b.From, b.To)
	for {
		i, j = x.First(i), y.First(j)
		if i >= endA || j >= endB {
			return i >= endA && j >= endB
		}
		kind := x.Token(i).Kind
		if kind != y.Token(j).Kind || kind.IsSymbol() && x.TokenText(i) != y.TokenText(j) {
			return false
		}
		i, j = i+1, j+1
	}
}

// hasMacros reports whether a condition has a macro reference in it, so that equal texts
// need not mean the same at every place.
func (c *condition) hasMacros() bool {
	return span{c.statement(), c.From, c.To}.hasMacro()
}
