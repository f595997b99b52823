package model

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// entryBuilder collects what the attributes of one entry say. The conditions
// of what is around it come in later, in finalize.
type entryBuilder struct {
	*builder
	id   NodeID
	node Node
	file *menu.File
}

// head takes in the entry's first line.
func (e *entryBuilder) head(st parser.Statement) {
	switch st.Kind {
	case parser.If:
		from, to := st.Expression()
		e.depends(st, e.expression(st, from, to))
	case parser.Menu, parser.MenuComment:
		if i, ok := st.PromptToken(); ok {
			e.node.HasPrompt = true
			text, _ := e.text(e.file, st, i)
			e.node.Text = e.trimPrompt(text)
		}
	}
}

// attribute takes in one line below the head.
func (e *entryBuilder) attribute(st parser.Statement) {
	switch st.Kind {
	case parser.Type, parser.Prompt:
		if keyword, ok := menu.TypeOf(st); ok {
			e.setType(keyword)
		}
		if i, ok := st.PromptToken(); ok {
			e.prompt(st, i)
		}
	case parser.Default, parser.TypedDefault:
		from, to := st.Expression()
		value, single := e.valueOf(st, from, to)
		e.add(st, Property{Kind: Default, Value: value, Low: single, Asks: len(e.asked) > 0})
		if keyword, ok := menu.TypeOf(st); ok {
			e.setType(keyword)
		}
	case parser.DependsOn:
		from, to := st.Expression()
		d := e.expression(st, from, to)
		if _, _, conditional := st.Condition(); conditional {
			d = e.m.Pool.Or(d, e.isNo(e.condition(st)))
		}
		e.depends(st, d)
	case parser.VisibleIf:
		from, to := st.Expression()
		condition := e.expression(st, from, to)
		e.node.VisibleIf = e.m.Pool.And(e.node.VisibleIf, condition)
		e.conditions = append(e.conditions, Condition{int32(st.Index), true, condition})
	case parser.Select, parser.Imply:
		if i, ok := st.Operand(); ok {
			kind := Select
			if st.Kind == parser.Imply {
				kind = Imply
			}
			target := e.leaf(e.file, st, i)
			e.add(st, Property{Kind: kind, Low: target, High: target})
		}
	case parser.Range:
		from, to := st.Expression()
		var room [2]expr.Atom
		bounds := room[:0]
		for i := from; i < to; i++ {
			if st.Token(i).Kind.IsSymbol() {
				bounds = append(bounds, e.leaf(e.file, st, i))
			}
		}
		if len(bounds) == 2 {
			e.add(st, Property{Kind: Range, Low: bounds[0], High: bounds[1]})
		}
	case parser.Modules:
		e.m.Modules = e.node.Symbol
	case parser.Transitional:
		if e.node.Symbol != NoAtom {
			e.m.Symbols[e.node.Symbol].Transitional = true
		}
	case parser.Optional:
		if e.node.Symbol != NoAtom {
			e.m.Symbols[e.node.Symbol].Optional = true
		}
	case parser.Option:
		e.option(st)
	}
}

// depends adds a condition of the entry.
func (e *entryBuilder) depends(st parser.Statement, condition expr.ID) {
	e.node.Dep = e.m.Pool.And(e.node.Dep, condition)
	e.conditions = append(e.conditions, Condition{int32(st.Index), false, condition})
}

// option takes in an "option" line, which Linux had up to 5.14.
func (e *entryBuilder) option(st parser.Statement) {
	i, ok := st.Operand()
	if !ok || e.node.Symbol == NoAtom {
		return
	}
	s := &e.m.Symbols[e.node.Symbol]
	switch st.TokenText(i) {
	case "modules":
		e.m.Modules = e.node.Symbol
	case "allnoconfig_y":
		s.AllNoYes = true
	case "defconfig_list":
		s.Unwritten = true
	case "env":
		for j := i + 1; j < st.Len(); j++ {
			if !st.Token(j).Kind.IsSymbol() {
				continue
			}
			name := parser.Unquote(st.TokenText(j))
			s.Unwritten = true
			if value, ok := e.preprocessor.Variable(name); ok {
				constant := e.constant(value)
				e.add(st, Property{Kind: Env, Value: e.m.Pool.Leaf(constant), Low: constant})
			}
			return
		}
	}
}

// setType gives the symbol a type. The first one counts, as in menu_set_type.
func (e *entryBuilder) setType(keyword parser.TokenKind) {
	if e.node.Symbol == NoAtom {
		return
	}
	s := &e.m.Symbols[e.node.Symbol]
	if s.Type != UnknownType {
		return
	}
	switch keyword {
	case parser.KwBool:
		s.Type = Bool
	case parser.KwTristate:
		s.Type = Tristate
	case parser.KwInt:
		s.Type = Int
	case parser.KwHex:
		s.Type = Hex
	case parser.KwString, parser.KwFloat:
		s.Type = String
	}
}

// prompt adds a prompt. What the menus around say of visibility applies to it.
func (e *entryBuilder) prompt(st parser.Statement, token int) {
	text, _ := e.text(e.file, st, token)
	own := e.condition(st)
	for block := e.m.Nodes[e.id].Block; block >= 0; block = e.m.Nodes[block].Block {
		own = e.m.Pool.And(own, e.m.Nodes[block].VisibleIf)
	}
	e.node.HasPrompt, e.node.Text, e.node.Visible = true, e.trimPrompt(text), own
	if e.node.Symbol != NoAtom {
		e.addWith(st, own, Property{Kind: Prompt, Text: e.node.Text})
	}
}

// trimPrompt removes what conf ignores with a warning.
func (b *builder) trimPrompt(text string) string {
	if b.rules.KeepsBlanks {
		return text
	}
	return strings.TrimLeft(text, " \t\n\v\f\r")
}

// add adds a property to the symbol of the entry.
func (e *entryBuilder) add(st parser.Statement, p Property) { e.addWith(st, e.condition(st), p) }

func (e *entryBuilder) addWith(st parser.Statement, own expr.ID, p Property) {
	if e.node.Symbol == NoAtom {
		return
	}
	p.Statement, p.Node, p.Own = int32(st.Index), e.id, own
	e.properties = append(e.properties, p)
}

// condition returns the condition behind the "if" of a line.
func (e *entryBuilder) condition(st parser.Statement) expr.ID {
	if from, to, ok := st.Condition(); ok {
		return e.expression(st, from, to)
	}
	return 0
}

// expression returns the expression that the tokens of a statement make.
func (e *entryBuilder) expression(st parser.Statement, from, to int) expr.ID {
	if to-from == 1 && st.Token(from).Kind.IsSymbol() { // most of them
		return e.operand(e.leaf(e.file, st, from))
	}
	if id, ok := e.plain(st, from, to); ok {
		return id
	}
	parsed, _ := expr.Parse(st, from, to, 0)
	return e.pooled(st, parsed, from, to)
}

// plain returns the expression of tokens without parentheses, which are nearly
// all, without a tree in between. It reports false for what is no whole
// expression, or not that plain.
func (e *entryBuilder) plain(st parser.Statement, from, to int) (expr.ID, bool) {
	if !isPlain(st, from, to) {
		return 0, false
	}
	pool := e.m.Pool
	var orRoom, andRoom [8]expr.ID
	or, and := orRoom[:0], andRoom[:0]
	for i := from; i < to; i++ {
		negations := 0
		for ; st.Token(i).Kind == parser.Not; i++ {
			negations++
		}
		left := e.leaf(e.file, st, i)
		i++
		var term expr.ID
		if i < to && st.Token(i).Kind.IsComparison() {
			term = pool.Compare(expr.OpEqual+expr.Op(st.Token(i).Kind-parser.Equal), left, e.leaf(e.file, st, i+1))
			i += 2
		} else {
			term = e.operand(left)
		}
		for ; negations > 0; negations-- {
			term = pool.Not(term)
		}
		and = append(and, term)
		if i == to || st.Token(i).Kind == parser.Or {
			or = append(or, pool.All(and))
			and = and[:0]
		}
	}
	return pool.Any(or), true
}

// isPlain reports whether tokens are operands, each perhaps negated or a
// comparison, between "&&" and "||". Those with macros are left to the general
// way, since a macro may come to nothing.
func isPlain(st parser.Statement, from, to int) bool {
	const (
		wantsOperand = iota
		afterOperand
		wantsRight
		afterComparison
	)
	state := wantsOperand
	for i := from; i < to; i++ {
		switch k := st.Token(i).Kind; {
		case k == parser.Not && state == wantsOperand:
		case k == parser.Word || k == parser.String:
			switch state {
			case wantsOperand:
				state = afterOperand
			case wantsRight:
				state = afterComparison
			default:
				return false
			}
		case k.IsComparison() && state == afterOperand:
			state = wantsRight
		case (k == parser.And || k == parser.Or) && (state == afterOperand || state == afterComparison):
			state = wantsOperand
		default:
			return false
		}
	}
	return state == afterOperand || state == afterComparison
}

// valueOf returns an expression, and the symbol or constant that is all of it
// as it is written, NoAtom if it is more than that.
func (e *entryBuilder) valueOf(st parser.Statement, from, to int) (expr.ID, expr.Atom) {
	id := e.expression(st, from, to)
	if id == 0 || e.m.Pool.Op(id) != expr.OpLeaf {
		return id, NoAtom
	}
	if to-from > 1 { // else it is a leaf as it is written
		if parsed, _ := expr.Parse(st, from, to, 0); parsed.Op() != expr.OpLeaf {
			return id, NoAtom // operands that cannot matter were dropped
		}
	}
	return id, e.m.Pool.Atom(id)
}

// operand returns the expression that is one operand.
func (e *entryBuilder) operand(a expr.Atom) expr.ID {
	if a == AtomAbsent {
		return 0
	}
	return e.m.Pool.Leaf(a)
}

// pooled returns a parsed expression in the pool. It works bottom up with an
// explicit stack, since expressions may be nested deeply.
func (e *entryBuilder) pooled(st parser.Statement, parsed expr.Expr, from, to int) expr.ID {
	type frame struct {
		e    expr.Expr
		next int
		args []expr.ID
	}
	token := from
	atom := func(leaf expr.Leaf) expr.Atom {
		// The tokens are found again by their place, to be expanded.
		start, _ := leaf.Range()
		for ; token < to; token++ {
			if t := st.Token(token); t.Start == start && t.Kind.IsSymbol() {
				token++
				return e.leaf(e.file, st, token-1)
			}
		}
		return e.symbol(leaf.Raw())
	}
	pool := e.m.Pool
	var result expr.ID
	stack := []frame{{e: parsed}}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		switch op := top.e.Op(); {
		case op == expr.OpNone:
			result = 0
		case op == expr.OpLeaf:
			leaf, _ := top.e.Leaf()
			result = e.operand(atom(leaf))
		case op.IsComparison():
			left, _ := top.e.Arg(0).Leaf()
			right, _ := top.e.Arg(1).Leaf()
			l := atom(left)
			result = pool.Compare(op, l, atom(right))
		default:
			if top.next > 0 {
				top.args = append(top.args, result)
			}
			if top.next < top.e.Len() {
				top.next++
				stack = append(stack, frame{e: top.e.Arg(top.next - 1)})
				continue
			}
			switch op {
			case expr.OpNot:
				result = pool.Not(top.args[0])
			case expr.OpAnd:
				result = pool.All(top.args)
			default:
				result = pool.Any(top.args)
			}
		}
		stack = stack[:len(stack)-1]
	}
	return result
}

// isNo returns the expression "e = n" as expr_trans_compare in
// scripts/kconfig/expr.c makes it, see [expr.ConditionalDependency].
func (e *entryBuilder) isNo(id expr.ID) expr.ID { return e.comparedWithNo(id, expr.OpEqual) }

func (e *entryBuilder) comparedWithNo(id expr.ID, op expr.Op) expr.ID {
	pool := e.m.Pool
	switch o := pool.Op(id); {
	case id == 0:
		if op == expr.OpEqual {
			return pool.No()
		}
		return 0
	case o == expr.OpLeaf:
		return pool.Compare(op, pool.Atom(id), AtomNo)
	case o == expr.OpNot:
		return e.comparedWithNo(pool.Args(id)[0], expr.OpEqual+expr.OpUnequal-op)
	case o == expr.OpAnd || o == expr.OpOr:
		var parts []expr.ID
		for _, arg := range append([]expr.ID(nil), pool.Args(id)...) {
			parts = append(parts, e.comparedWithNo(arg, expr.OpEqual))
		}
		joined := pool.Any(parts)
		if o == expr.OpOr {
			joined = pool.All(parts)
		}
		if op == expr.OpUnequal {
			return pool.Not(joined)
		}
		return joined
	}
	if op == expr.OpEqual { // a comparison is n or y
		return pool.Not(id)
	}
	return id
}
