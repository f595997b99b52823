package expr

// Yes returns the constant y, No the constant n.
func Yes() Expr { return NewSymbol("y").Expr() }

// No returns the constant n.
func No() Expr { return NewSymbol("n").Expr() }

// And returns the conjunction of the expressions, in their order. Operands
// that are y or not there are dropped, an n makes it n, and "&&" inside "&&"
// becomes one. Without any operand that counts it is y, or an expression that
// is not there if no y was written.
func And(operands ...Expr) Expr { return join(OpAnd, "y", "n", operands) }

// Or returns the disjunction of the expressions, in their order. Operands that
// are n are dropped, one that is y or not there makes it that, and "||" inside
// "||" becomes one. Without any operand that counts it is n.
func Or(operands ...Expr) Expr {
	if e := join(OpOr, "n", "y", operands); len(operands) > 0 {
		return e
	}
	return No()
}

// join builds an n-ary operator with its neutral and its absorbing constant.
func join(op Op, neutral, absorbing string, operands []Expr) Expr {
	var empty, single Expr
	terms, n := 0, 0
	for _, e := range operands {
		switch {
		case e.IsZero() && op == OpOr:
			return e
		case e.IsZero():
		case e.IsConstant(absorbing):
			return e
		case e.IsConstant(neutral):
			empty = e
		default:
			single = e
			n++
			terms++
			if e.Op() == op {
				terms += e.Len() - 1
			}
		}
	}
	switch n {
	case 0:
		return empty
	case 1:
		return single
	}
	args := make([]Expr, 0, terms)
	for _, e := range operands {
		switch {
		case e.IsZero() || e.IsConstant(neutral):
		case e.Op() == op:
			args = append(args, e.node.args...)
		default:
			args = append(args, e)
		}
	}
	return Expr{&node{op: op, args: args}}
}

// Not returns the negation: n for y, y for n, and the operand of what is
// negated already. What is not there means y, so its negation is n. The
// negation of m stays: it is m.
func Not(e Expr) Expr {
	switch {
	case e.IsZero() || e.IsConstant("y"):
		return No()
	case e.IsConstant("n"):
		return Yes()
	case e.Op() == OpNot:
		return e.Arg(0)
	}
	return Expr{&node{op: OpNot, args: []Expr{e}}}
}

// Compare returns the comparison of two leaves. It panics if op is no
// comparison.
func Compare(op Op, a, b Leaf) Expr {
	if !op.IsComparison() {
		panic("expr: Compare with an operator that does not compare")
	}
	return Expr{&node{op: op, args: []Expr{a.Expr(), b.Expr()}}}
}

// ConditionalDependency returns what "depends on A if CONDITION" means: A, or
// the condition is n. Without a condition it is A. The comparison with n is
// pushed down to the leaves as expr_trans_compare in scripts/kconfig/expr.c
// does it, which reads "!B = n" as "B != n": for a tristate B of m that is not
// what "!B" compared with n gives, but it is what the kernel's tools do.
func ConditionalDependency(a, condition Expr) Expr {
	if condition.IsZero() {
		return a
	}
	return Or(a, isNo(condition))
}

// isNo returns the expression "e = n", with comparisons of leaves only.
func isNo(e Expr) Expr {
	type frame struct {
		e     Expr
		op    Op // OpEqual or OpUnequal, to be compared with n
		next  int
		parts []Expr
	}
	var result Expr
	stack := []frame{{e: e, op: OpEqual}}
	for len(stack) > 0 {
		f := &stack[len(stack)-1]
		if f.next > 0 {
			f.parts = append(f.parts, result)
		}
		switch f.e.Op() {
		case OpNot:
			// Nothing but the operator changes, so the frame is used again.
			f.e, f.op = f.e.Arg(0), OpEqual+OpUnequal-f.op
			continue
		case OpAnd, OpOr:
			if f.next < f.e.Len() {
				f.next++
				stack = append(stack, frame{e: f.e.Arg(f.next - 1), op: OpEqual})
				continue
			}
			if f.e.Op() == OpAnd {
				result = Or(f.parts...)
			} else {
				result = And(f.parts...)
			}
			if f.op == OpUnequal {
				result = Not(result)
			}
		case OpLeaf:
			result = Compare(f.op, f.e.node.asLeaf(), NewSymbol("n"))
		default: // a comparison is n or y
			result = f.e
			if f.op == OpEqual {
				result = Not(f.e)
			}
		}
		stack = stack[:len(stack)-1]
	}
	return result
}

// Replace returns the expression with every leaf replaced by what the function
// makes of it, called in written order; it is how macro references get their
// values. Operands of a comparison can only become leaves: there the function
// must return a leaf, and if it does not, the comparison keeps the old one.
// Operators are built as by [And], [Or] and [Not] where an operand changed;
// what did not change is shared.
func (e Expr) Replace(f func(Leaf) Expr) Expr {
	type frame struct {
		e       Expr
		next    int
		parts   []Expr
		changed bool
	}
	result := e
	var stack []frame
	visit := func(e Expr) {
		if e.Op() == OpLeaf {
			result = f(e.node.asLeaf())
			if leaf, ok := result.Leaf(); ok && leaf == e.node.asLeaf() {
				result = e
			}
			return
		}
		result = e
		if e.Len() > 0 {
			stack = append(stack, frame{e: e})
		}
	}
	visit(e)
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if top.next > 0 {
			old := top.e.Arg(top.next - 1)
			if top.e.Op().IsComparison() && result.Op() != OpLeaf {
				result = old
			}
			top.changed = top.changed || result != old
			top.parts = append(top.parts, result)
		}
		if top.next < top.e.Len() {
			top.next++
			visit(top.e.Arg(top.next - 1))
			continue
		}
		result = top.e
		if top.changed {
			switch op := top.e.Op(); op {
			case OpNot:
				result = Not(top.parts[0])
			case OpAnd:
				result = And(top.parts...)
			case OpOr:
				result = Or(top.parts...)
			default:
				result = Expr{&node{op: op, args: top.parts}}
			}
		}
		stack = stack[:len(stack)-1]
	}
	return result
}
