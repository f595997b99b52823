package check

import "github.com/kconfig-ls/kconfig-ls/parser"

// Conjuncts returns the tokens [from, to) of the operands of "&&" outside of parentheses
// in the expression of a statement. An expression with a "||" outside of parentheses is
// one operand.
func Conjuncts(st parser.Statement) [][2]int { return operandsOf(st) }
