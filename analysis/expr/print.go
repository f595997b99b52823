package expr

import "strings"

// String returns the expression as people write it, and as [Parse] reads it:
// one blank around binary operators, parentheses only where "||" is within
// "&&" and where a negation is not that of a leaf, and constants that were
// quoted in double quotes. An expression that is not there prints as "".
func (e Expr) String() string {
	var b strings.Builder
	// What is left to print, last first: a text, or an expression if there is one.
	type item struct {
		text string
		e    Expr
	}
	pending := []item{{e: e}}
	for len(pending) > 0 {
		next := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		b.WriteString(next.text)
		e := next.e
		if e.Op() == OpLeaf {
			b.WriteString(e.node.asLeaf().String())
			continue
		}
		for i := e.Len() - 1; i >= 0; i-- {
			arg := e.node.args[i]
			if needsParentheses(e.Op(), arg.Op()) {
				pending = append(pending, item{text: ")"}, item{e: arg}, item{text: "("})
			} else {
				pending = append(pending, item{e: arg})
			}
			switch {
			case e.Op() == OpNot:
				pending = append(pending, item{text: "!"})
			case i > 0:
				pending = append(pending, item{text: " " + e.Op().String() + " "})
			}
		}
	}
	return b.String()
}

// needsParentheses reports whether an operand is printed in parentheses. A
// negated comparison does not need them, but nobody reads it right without.
func needsParentheses(outer, inner Op) bool {
	switch outer {
	case OpNot:
		return inner == OpAnd || inner == OpOr || inner.IsComparison()
	case OpAnd:
		return inner == OpOr
	}
	return false
}
