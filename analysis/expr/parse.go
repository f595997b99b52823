package expr

import "github.com/kconfig-ls/kconfig-ls/parser"

// Parse builds the expression that the tokens [from, to) of a statement make,
// as [parser.Statement.Expression] and [parser.Statement.Condition] give them.
//
// Comparisons bind tightest and join two leaves, then come "!", "&&" and "||",
// as in the kernel's grammar (scripts/kconfig/parser.y). Comments and
// characters that the lexer ignores are skipped.
//
// It reports whether the tokens were a whole expression. If they were not, the
// expression is the best that they give: what makes no sense is left out, a
// missing operator is "&&", missing parentheses are put at the end. A macro
// beside another operand counts as a missing operator: the kernel's tools
// accept it if the macro expands to nothing. Without any operand there is no
// expression.
//
// The byte ranges of leaves count from origin: 0 gives offsets in the file,
// the start of a statement or chunk gives ranges that stay true while the text
// before it is edited. It must not be behind the statement.
func Parse(st parser.Statement, from, to int, origin uint32) (e Expr, complete bool) {
	from, to = max(from, 0), min(to, st.Len())
	n := 0
	for i := from; i < to; i++ {
		if k := st.Token(i).Kind; k != parser.OpenParen && k != parser.CloseParen {
			n++
		}
	}
	b := builder{complete: true, nodes: make([]node, 0, n), frames: make([]frame, 1, 8), terms: make([]Expr, 0, n)}
	for i := from; i < to; i++ {
		switch k := st.Token(i).Kind; {
		case k == parser.Comment || k == parser.BadCharacter:
		case k.IsSymbol():
			l, _ := LeafAt(st, i, origin)
			b.leaf(l)
		case k.IsComparison():
			b.comparison(opOf(k))
		case k == parser.Not:
			b.prefix()
			b.top().negations++
		case k == parser.OpenParen:
			b.open()
		case k == parser.CloseParen && len(b.frames) > 1:
			b.close()
		case k == parser.And:
			b.and()
		case k == parser.Or:
			b.or()
		default:
			b.complete = false
		}
	}
	return b.finish()
}

// builder makes an expression in one pass. The operands that wait for their
// operator are on a stack; a group is a run of them on top of it. Since
// operands of "&&" in "&&" lie side by side, joining them is free however they
// are nested.
type builder struct {
	nodes    []node // room that nodes are taken from
	terms    []Expr
	frames   []frame // the outermost expression, and one for each "("
	held     operand // waits for what follows its operator
	compare  Op      // a comparison that waits for its right side, or OpNone
	skip     bool    // the next leaf is the right side of a comparison without a left one
	complete bool
}

// frame is what is known about the expression within one pair of parentheses.
type frame struct {
	or, and   int   // how many operands of "||", and of the "&&" after them, are on the stack
	value     group // the operand after them, if there is one
	negations int   // how many "!" apply to the value, or wait for it
	bare      bool  // the value is a leaf that a comparison may follow
}

// group is the operands of one operator on top of the stack, or a single
// operand of any kind if count is 1. There is no group if count is 0.
type group struct {
	op    Op
	count int
}

// operand is a group with the "&&" or "||" behind it, in one of the frames.
// It only becomes an operand when there is another, so that an operator too
// many leaves no trace. There can be but one at a time, on top of the stack.
type operand struct {
	group
	before Op
	frame  int
}

func (b *builder) top() *frame { return &b.frames[len(b.frames)-1] }

// add makes a node.
func (b *builder) add(n node) Expr {
	if len(b.nodes) == cap(b.nodes) { // missing operators make nodes without a token
		b.nodes = make([]node, 0, 16)
	}
	b.nodes = append(b.nodes, n)
	return Expr{&b.nodes[len(b.nodes)-1]}
}

// collapse makes one operand of a group, which must be on top of the stack.
func (b *builder) collapse(g group) {
	if g.count > 1 {
		first := len(b.terms) - g.count
		args := append([]Expr(nil), b.terms[first:]...)
		b.terms = append(b.terms[:first], b.add(node{op: g.op, args: args}))
	}
}

// merge adds the group to the operands of op and returns how many there are
// more.
func (b *builder) merge(g group, op Op) int {
	if g.count > 1 && g.op == op {
		return g.count
	}
	b.collapse(g)
	return 1
}

// hold keeps the group until an operand follows.
func (b *builder) hold(g group, before Op) { b.held = operand{g, before, len(b.frames) - 1} }

// release makes an operand of what is held.
func (b *builder) release() {
	g := b.held.group
	if g.count == 0 {
		return
	}
	b.held.group = group{}
	f := &b.frames[b.held.frame]
	if b.held.before == OpAnd {
		f.and += b.merge(g, OpAnd)
	} else {
		f.or += b.merge(g, OpOr)
	}
}

// prefix gets ready for an operand. If there is one already, the operator
// between them is missing.
func (b *builder) prefix() {
	b.dropComparison()
	if b.top().value.count > 0 {
		b.complete = false
		b.and()
	}
}

// dropComparison gives up a comparison without a right side.
func (b *builder) dropComparison() {
	if b.compare != OpNone || b.skip {
		b.compare, b.skip, b.complete = OpNone, false, false
	}
}

// leaf takes a leaf.
func (b *builder) leaf(l Leaf) {
	if _, closed := references(l.raw); !closed {
		b.complete = false
	}
	n := node{op: OpLeaf, text: l.raw, leaf: l.leaf}
	switch {
	case b.skip:
		b.skip = false
	case b.compare != OpNone:
		last := len(b.terms) - 1
		b.terms[last] = b.add(node{op: b.compare, args: []Expr{b.terms[last], b.add(n)}})
		b.compare = OpNone
	default:
		b.prefix()
		b.release()
		b.terms = append(b.terms, b.add(n))
		f := b.top()
		f.value, f.bare = group{count: 1}, true
	}
}

// comparison takes a comparison operator.
func (b *builder) comparison(op Op) {
	f := b.top()
	if f.bare && b.compare == OpNone {
		f.bare, b.compare = false, op
		return
	}
	b.complete = false
	b.skip = b.compare == OpNone && f.value.count > 0
}

// settle applies the negations to the value, and reports whether there is one.
func (b *builder) settle() bool {
	b.dropComparison()
	f := b.top()
	n := f.negations
	f.negations, f.bare = 0, false
	if f.value.count == 0 {
		b.complete = false
		if b.held.count > 0 && b.held.frame == len(b.frames)-1 {
			f.value, b.held.group = b.held.group, group{}
		}
		return f.value.count > 0
	}
	if n > 0 {
		b.collapse(f.value)
		f.value = group{count: 1}
		last := len(b.terms) - 1
		for ; n > 0; n-- {
			b.terms[last] = b.add(node{op: OpNot, args: []Expr{b.terms[last]}})
		}
	}
	return true
}

// and takes "&&".
func (b *builder) and() {
	if b.settle() {
		f := b.top()
		b.hold(f.value, OpAnd)
		f.value = group{}
	}
}

// conjunction ends the operands of "&&". The group is empty if there are none.
func (b *builder) conjunction() group {
	if !b.settle() {
		return group{}
	}
	f := b.top()
	g := f.value
	if f.and > 0 {
		g = group{OpAnd, f.and + b.merge(g, OpAnd)}
	}
	f.and, f.value = 0, group{}
	return g
}

// or takes "||".
func (b *builder) or() {
	if g := b.conjunction(); g.count > 0 {
		b.hold(g, OpOr)
	}
}

// disjunction ends the operands of "||". The group is empty if there are none.
func (b *builder) disjunction() group {
	g := b.conjunction()
	if f := b.top(); f.or > 0 {
		g = group{OpOr, f.or + b.merge(g, OpOr)}
	}
	return g
}

// open takes "(".
func (b *builder) open() {
	b.prefix()
	b.frames = append(b.frames, frame{})
}

// close takes ")".
func (b *builder) close() {
	g := b.disjunction()
	b.frames = b.frames[:len(b.frames)-1]
	b.top().value = g
}

// finish ends the expression.
func (b *builder) finish() (Expr, bool) {
	for len(b.frames) > 1 {
		b.complete = false
		b.close()
	}
	g := b.disjunction()
	if g.count == 0 {
		return Expr{}, false
	}
	b.collapse(g)
	return b.terms[0], b.complete
}
