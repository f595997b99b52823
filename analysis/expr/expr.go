package expr

import (
	"iter"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Op says what an expression is at its top.
type Op uint8

// The operators. Comparisons are those from OpEqual on.
const (
	// OpNone is an expression that is not there, such as the condition of a
	// property without "if". It has no operands and means y.
	OpNone Op = iota
	// OpLeaf is a symbol, a constant or a macro reference: see [Expr.Leaf].
	OpLeaf
	OpNot // one operand
	OpAnd // two or more operands, none of which is an OpAnd
	OpOr  // two or more operands, none of which is an OpOr

	OpEqual // a comparison has two operands, both leaves
	OpUnequal
	OpLess
	OpLessEqual
	OpGreater
	OpGreaterEqual
)

// IsComparison reports whether the operator compares two leaves.
func (o Op) IsComparison() bool { return o >= OpEqual }

// Holds reports whether a comparison holds of two operands of which the left one is
// less (order below 0), equal (0) or greater (above 0). No other operator holds.
func (o Op) Holds(order int) bool {
	switch o {
	case OpEqual:
		return order == 0
	case OpUnequal:
		return order != 0
	case OpLess:
		return order < 0
	case OpLessEqual:
		return order <= 0
	case OpGreater:
		return order > 0
	case OpGreaterEqual:
		return order >= 0
	}
	return false
}

// String returns the operator as it is written, "" for OpNone and OpLeaf.
func (o Op) String() string {
	switch o {
	case OpNot:
		return "!"
	case OpAnd:
		return "&&"
	case OpOr:
		return "||"
	case OpEqual:
		return "="
	case OpUnequal:
		return "!="
	case OpLess:
		return "<"
	case OpLessEqual:
		return "<="
	case OpGreater:
		return ">"
	case OpGreaterEqual:
		return ">="
	}
	return ""
}

// opOf returns the comparison that a token stands for.
func opOf(kind parser.TokenKind) Op { return OpEqual + Op(kind-parser.Equal) }

// Expr is an expression. The zero value is an expression that is not there,
// which means y. Values are small, immutable, and safe for use by any number
// of goroutines; == on them is identity, [Equal] compares.
type Expr struct{ node *node }

// node is what an Expr points to: a leaf, or an operator with operands.
type node struct {
	args []Expr
	text string
	leaf leaf
	op   Op
}

// Op returns the operator at the top.
func (e Expr) Op() Op {
	if e.node == nil {
		return OpNone
	}
	return e.node.op
}

// IsZero reports whether the expression is not there.
func (e Expr) IsZero() bool { return e.node == nil }

// Len returns the number of operands. A leaf has none.
func (e Expr) Len() int {
	if e.node == nil {
		return 0
	}
	return len(e.node.args)
}

// Arg returns operand i, counted from 0 in written order.
func (e Expr) Arg(i int) Expr { return e.node.args[i] }

// Args yields the operands in written order.
func (e Expr) Args() iter.Seq[Expr] {
	return func(yield func(Expr) bool) {
		for i := range e.Len() {
			if !yield(e.node.args[i]) {
				return
			}
		}
	}
}

// Leaf returns the leaf that the expression is. It reports false if the
// expression is no leaf.
func (e Expr) Leaf() (Leaf, bool) {
	if e.Op() != OpLeaf {
		return Leaf{}, false
	}
	return e.node.asLeaf(), true
}

// IsConstant reports whether the expression is the constant n, m or y, in
// quotes or not. An expression that is not there is no constant.
func (e Expr) IsConstant(value string) bool {
	return e.Op() == OpLeaf && e.node.leaf.kind == Constant && !e.node.leaf.macros && e.node.asLeaf().Text() == value
}

// Conjuncts yields the operands of a top-level "&&"; any other expression is
// its own only conjunct. An expression that is not there has none.
func (e Expr) Conjuncts() iter.Seq[Expr] { return e.parts(OpAnd) }

// Disjuncts yields the operands of a top-level "||"; any other expression is
// its own only disjunct. An expression that is not there has none.
func (e Expr) Disjuncts() iter.Seq[Expr] { return e.parts(OpOr) }

func (e Expr) parts(op Op) iter.Seq[Expr] {
	if e.Op() == op {
		return e.Args()
	}
	return func(yield func(Expr) bool) {
		if e.node != nil {
			yield(e)
		}
	}
}

// Leaves yields the leaves in written order.
func (e Expr) Leaves() iter.Seq[Leaf] {
	return func(yield func(Leaf) bool) {
		pending := []Expr{e}
		for len(pending) > 0 {
			next := pending[len(pending)-1]
			pending = pending[:len(pending)-1]
			if next.Op() == OpLeaf && !yield(next.node.asLeaf()) {
				return
			}
			for i := next.Len() - 1; i >= 0; i-- {
				pending = append(pending, next.node.args[i])
			}
		}
	}
}

// Symbols yields the leaves that name a symbol, in written order. A number
// without quotes, as in "X > 4", is among them: only the symbols of a tree
// tell whether one is called so.
func (e Expr) Symbols() iter.Seq[Leaf] {
	return func(yield func(Leaf) bool) {
		for leaf := range e.Leaves() {
			if leaf.Kind() == Symbol && !yield(leaf) {
				return
			}
		}
	}
}

// Equal reports whether two expressions are the same but for the places of
// their leaves and the way their constants are quoted. The order of operands
// counts, and nothing is simplified: for equivalence see a solver.
func Equal(a, b Expr) bool {
	type pair struct{ a, b Expr }
	pending := []pair{{a, b}}
	for len(pending) > 0 {
		p := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if p.a == p.b {
			continue
		}
		if p.a.Op() != p.b.Op() || p.a.Len() != p.b.Len() {
			return false
		}
		if p.a.Op() == OpLeaf && !sameLeaf(p.a.node.asLeaf(), p.b.node.asLeaf()) {
			return false
		}
		for i := p.a.Len() - 1; i >= 0; i-- {
			pending = append(pending, pair{p.a.node.args[i], p.b.node.args[i]})
		}
	}
	return true
}
