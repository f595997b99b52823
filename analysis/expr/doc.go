// Package expr has the expressions of Kconfig statements: symbols, constants
// and macro references joined by comparisons, "!", "&&" and "||".
//
// An [Expr] is an immutable tree. [Parse] builds it from the tokens of a
// statement as it is written: parentheses are gone, "A && (B && C)" has three
// operands in written order, and nothing else is simplified. The builders
// [And], [Or] and [Not] make conditions out of conditions, and drop what
// cannot matter.
//
// The package knows neither the values of symbols nor those of macros: it
// does not evaluate, and a macro reference stays as it is written until
// [Expr.Replace] puts something in its place.
//
// Expressions of real trees are over 1,000 terms long, and hostile ones are as
// deep as they are long. So nothing here recurses: every operation takes time
// proportional to the expression. An expression that uses one operand in many
// places is as large as if it were written out.
//
// Offsets are bytes, as in package parser. What is written like which meaning
// follows the grammar of scripts/kconfig/parser.y.
package expr
