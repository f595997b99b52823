package parser

// maxDepth is how deep parentheses and negations may nest. The kernel's parser
// gives up at about as many (YYMAXDEPTH of bison).
const maxDepth = 5000

// operandState is what an expression has come to.
type operandState uint8

const (
	wantOperand     operandState = iota // a symbol, "!" or "(" must follow
	afterSymbol                         // a comparison may follow
	wantComparand                       // a symbol must follow
	afterExpression                     // only "&&", "||" and ")" may follow
)

// expression checks an expression: symbols, comparisons between two symbols,
// "!", "&&", "||" and parentheses. It does not build a tree, and it does not
// recurse, so no input is too deep for it.
func (c *checker) expression() {
	state, depth, negations := wantOperand, 0, 0
	for !c.failed {
		kind, ok := c.peek()
		if !ok {
			break
		}
		switch state {
		case wantOperand:
			switch {
			case kind.IsSymbol():
				state, negations = afterSymbol, 0
			case kind == Not:
				negations++
			case kind == OpenParen:
				depth++
			default:
				c.expected("a symbol, ! or (")
				return
			}
			if depth+negations > maxDepth {
				c.tooDeep()
				return
			}
		case wantComparand:
			if !kind.IsSymbol() {
				c.expected("a symbol or a constant to compare with")
				return
			}
			state = afterExpression
		default:
			switch {
			case kind == And || kind == Or:
				state = wantOperand
			case kind.IsComparison() && state == afterSymbol:
				state = wantComparand
			case kind == CloseParen && depth > 0:
				depth--
				state = afterExpression
			case kind == MacroWord:
				// It may stand for nothing; then the operand goes on.
			case kind.IsSymbol() && c.at > 0 && c.tokens[c.at-1].Kind == MacroWord:
				state = afterSymbol // the macro before it may stand for nothing
			default:
				if depth > 0 {
					c.expected("&&, || or )")
				}
				return // for the caller to judge
			}
		}
		c.at++
	}
	switch {
	case c.failed:
	case state == wantOperand:
		c.expected("a symbol, ! or (")
	case state == wantComparand:
		c.expected("a symbol or a constant to compare with")
	case depth > 0:
		c.expected(")")
	}
}

func (c *checker) tooDeep() {
	c.failed = true
	t := c.tokens[c.at]
	c.report(Error{
		Code: CodeExpressionTooDeep, Severity: SeverityError, Start: t.Start, End: t.End,
		Message: "the expression nests deeper than 5000 levels, which the kernel's tools cannot read",
	})
}
