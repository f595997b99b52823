package parser

// maxDepth is how deep parentheses and negations may nest. The stack of the
// kernel's parser ends at 10,000 entries (YYMAXDEPTH of bison), of which the
// statement itself takes a few.
const maxDepth = 9991

// operandStates is the set of states that an expression can be in. There is
// more than one because a macro reference may stand for a symbol or nothing.
type operandStates uint8

const (
	wantOperand     operandStates = 1 << iota // a symbol, "!" or "(" must follow
	afterSymbol                               // a comparison may follow
	wantComparand                             // a symbol must follow
	afterExpression                           // only "&&", "||" and ")" may follow

	complete = afterSymbol | afterExpression
)

// expression checks an expression: symbols, comparisons between two symbols,
// "!", "&&", "||" and parentheses. It does not build a tree, and it does not
// recurse, so no input is too deep for it. It stops at the first token that
// cannot continue a complete expression, for the caller to judge.
func (c *checker) expression() {
	if c.failed {
		return
	}
	states, depth, negations := wantOperand, 0, 0
	for {
		kind, ok := c.peek()
		if !ok {
			break
		}
		next := states.step(kind)
		if c.tokens[c.at].vanishes {
			next |= states
		}
		switch kind {
		case OpenParen:
			depth++
		case Not:
			negations++
		case CloseParen:
			if depth--; depth < 0 {
				return
			}
			negations = 0
		default:
			negations = 0
		}
		if next == 0 {
			break
		}
		if depth+negations > maxDepth {
			c.fail(findingTooDeep, "")
			return
		}
		states = next
		c.at++
	}
	switch {
	case states&complete != 0 && depth == 0:
	case states&complete != 0:
		c.expected("&&, || or )")
	case states&wantComparand != 0:
		c.expected("a symbol or a constant to compare with")
	default:
		c.expected("a symbol, ! or (")
	}
}

// step returns the states behind a token, none if it has no place here.
func (s operandStates) step(kind TokenKind) operandStates {
	switch {
	case kind.IsSymbol():
		// From wantOperand to afterSymbol, from wantComparand to afterExpression.
		return (s & (wantOperand | wantComparand)) << 1
	case kind == And || kind == Or:
		if s&complete != 0 {
			return wantOperand
		}
	case kind == Not || kind == OpenParen:
		return s & wantOperand
	case kind == CloseParen:
		if s&complete != 0 {
			return afterExpression
		}
	case kind.IsComparison():
		return (s & afterSymbol) << 1
	}
	return 0
}
