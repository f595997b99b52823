package model

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// maxTreeDepth is how deep the menu tree may nest. Those of real trees are some
// dozen levels deep; what is deeper stays as it stands in the text.
const maxTreeDepth = 5000

// tree builds automatic submenus below an entry. Conditions of all entries are
// settled by then.
//
// As the second half of menu_finalize in scripts/kconfig/menu.c, but for what
// that does with blocks without a prompt: see dissolve.
func (f *finalizer) tree(parent NodeID, insideChoice bool, depth int) {
	if depth > maxTreeDepth {
		return
	}
	nodes := f.m.Nodes
	n := &nodes[parent]
	isChoice := n.Kind == parser.Choice
	switch {
	case n.First != NoNode:
		for c := n.First; c != NoNode; c = nodes[c].Next {
			f.tree(c, isChoice && !f.old, depth+1)
		}
	case n.Symbol != NoAtom && !insideChoice && !isChoice:
		f.submenu(parent, depth)
	}
}

// submenu puts the entries behind a symbol that depend on it below it.
func (f *finalizer) submenu(parent NodeID, depth int) {
	nodes := f.m.Nodes
	n := &nodes[parent]
	var base expr.ID
	if n.HasPrompt {
		base = n.Visible
	}
	last := NoNode
	for c := n.Next; c != NoNode; c = nodes[c].Next {
		dep := nodes[c].Dep
		if nodes[c].HasPrompt {
			dep = nodes[c].Visible
		}
		if !f.contains(dep, n.Symbol) {
			break
		}
		if !f.requires(dep, n.Symbol, false) {
			if f.m.Dialect.Has(parser.StrictHelp) && f.negated(dep, n.Symbol, false) || !f.includes(dep, base) {
				break
			}
		}
		f.tree(c, false, depth+1)
		nodes[c].Parent = parent
		last = c
	}
	if last != NoNode {
		n.First = n.Next
		n.Next = nodes[last].Next
		nodes[last].Next = NoNode
	}
}

// dissolve puts what is below entries without a prompt behind them, and lets
// the choices of Linux up to 6.11 have their members. menu_finalize does so
// level by level, which moves the same entries again and again where ifs nest;
// here each is moved once.
func (f *finalizer) dissolve() {
	nodes := f.m.Nodes
	parents := []NodeID{0}
	// What is left of the lists that are being joined, and the choice without a
	// prompt that a list comes from, if any.
	type list struct{ node, choice NodeID }
	var rest []list
	for len(parents) > 0 {
		parent := parents[len(parents)-1]
		parents = parents[:len(parents)-1]
		oldChoice := f.old && nodes[parent].Kind == parser.Choice
		last := NoNode
		rest = append(rest[:0], list{nodes[parent].First, NoNode})
		for len(rest) > 0 {
			c, choice := rest[len(rest)-1].node, rest[len(rest)-1].choice
			if c == NoNode {
				rest = rest[:len(rest)-1]
				continue
			}
			rest[len(rest)-1].node = nodes[c].Next
			nodes[c].Parent, nodes[c].Next = parent, NoNode
			if last == NoNode {
				nodes[parent].First = c
			} else {
				nodes[last].Next = c
			}
			last = c
			if choice != NoNode {
				f.joinOldChoice(choice, c)
			}
			if oldChoice {
				f.joinOldChoice(parent, c)
			}
			switch {
			case nodes[c].First == NoNode:
			case nodes[c].HasPrompt:
				parents = append(parents, c)
			default:
				if f.old && nodes[c].Kind == parser.Choice {
					choice = c
				}
				rest = append(rest, list{nodes[c].First, choice})
				nodes[c].First = NoNode
			}
		}
	}
}

// joinOldChoice makes an entry that stands directly below a choice a member of
// it, by the rules up to Linux 6.11.
func (f *finalizer) joinOldChoice(choice, member NodeID) {
	m := f.m
	a := m.Nodes[member].Symbol
	if a == NoAtom || m.Symbols[a].ChoiceValue {
		return
	}
	s := &m.Symbols[a]
	s.ChoiceValue, s.Choice = true, choice
	m.Nodes[choice].Members = append(m.Nodes[choice].Members, a)
	choiceSymbol := m.Nodes[choice].Symbol
	if m.Symbols[choiceSymbol].Type != Tristate || s.Type == Tristate || f.rules.LooseMembers {
		return
	}
	// A member that is no tristate needs a choice that is y.
	isYes := m.Pool.Compare(expr.OpEqual, choiceSymbol, AtomYes)
	n := &m.Nodes[member]
	n.Dep = m.Pool.And(isYes, n.Dep)
	if n.HasPrompt {
		n.Visible = m.Pool.And(isYes, n.Visible)
	}
	for i := range s.Properties {
		if p := &s.Properties[i]; p.Node == member {
			p.Condition = m.Pool.And(isYes, p.Condition)
		}
	}
}

// contains reports whether a symbol occurs in an expression. As
// expr_contains_symbol in scripts/kconfig/expr.c. "A || !A" is not there for a
// bool symbol, see expr_join_or.
func (f *finalizer) contains(id expr.ID, a expr.Atom) bool {
	pool := f.m.Pool
	if pool.Atoms(id, func(other expr.Atom) bool { return other != a }) {
		return false
	}
	if f.m.Symbols[a].Type != Bool {
		return true
	}
	switch pool.Op(id) {
	case expr.OpOr:
		leaf := pool.Leaf(a)
		if args := pool.Args(id); slices.Contains(args, leaf) && slices.Contains(args, pool.Not(leaf)) {
			return false
		}
		fallthrough
	case expr.OpAnd:
		return slices.ContainsFunc(slices.Clone(pool.Args(id)), func(arg expr.ID) bool { return f.contains(arg, a) })
	}
	return true
}

// requires reports whether an expression, or the opposite of it, can only hold
// if a symbol is not n, as far as its conjuncts tell. As expr_depends_symbol in
// scripts/kconfig/expr.c, after expr_transform has brought negations down.
func (f *finalizer) requires(id expr.ID, a expr.Atom, opposite bool) bool {
	pool := f.m.Pool
	switch op := pool.Op(id); op {
	case expr.OpNot:
		return f.requires(pool.Args(id)[0], a, !opposite)
	case expr.OpAnd, expr.OpOr:
		required := func(arg expr.ID) bool { return f.requires(arg, a, opposite) }
		if (op == expr.OpAnd) != opposite {
			return slices.ContainsFunc(pool.Args(id), required)
		}
		same := f.withoutDuplicates(id)
		return same != id && f.requires(same, a, opposite)
	case expr.OpLeaf:
		return !opposite && pool.Atom(id) == a
	case expr.OpEqual, expr.OpUnequal:
		args := pool.Args(id)
		if pool.Atom(args[0]) != a {
			return false
		}
		right := pool.Atom(args[1])
		if (op == expr.OpEqual) != opposite {
			return right == AtomYes || right == AtomMod
		}
		return right == AtomNo
	}
	return false
}

// withoutDuplicates returns what the operands of a conjunction or disjunction
// are that are all the same. As expr_eliminate_dups in scripts/kconfig/expr.c.
func (f *finalizer) withoutDuplicates(id expr.ID) expr.ID {
	if op := f.m.Pool.Op(id); op != expr.OpAnd && op != expr.OpOr {
		return id
	}
	args := f.m.Pool.Args(id)
	first := f.withoutDuplicates(args[0])
	for _, arg := range args[1:] {
		if f.withoutDuplicates(arg) != first {
			return id
		}
	}
	return first
}

// negated reports whether an expression, or the opposite of it, has a symbol in
// it such that it can hold without the symbol: such an entry is not shown below
// the symbol since Linux 7.3. As expr_contains_symbol_negated in
// scripts/kconfig/expr.c.
func (f *finalizer) negated(id expr.ID, a expr.Atom, opposite bool) bool {
	pool := f.m.Pool
	switch op := pool.Op(id); op {
	case expr.OpNot:
		return f.negated(pool.Args(id)[0], a, !opposite)
	case expr.OpAnd, expr.OpOr:
		return slices.ContainsFunc(pool.Args(id), func(arg expr.ID) bool { return f.negated(arg, a, opposite) })
	case expr.OpLeaf:
		return opposite && pool.Atom(id) == a
	case expr.OpEqual, expr.OpUnequal:
		args := pool.Args(id)
		if pool.Atom(args[0]) != a {
			return false
		}
		right := pool.Atom(args[1])
		if (op == expr.OpEqual) != opposite {
			return right == AtomNo
		}
		return right == AtomYes || right == AtomMod
	}
	return false
}

// includes reports whether the conjuncts of an expression are among those of
// another one. As expr_eliminate_eq in scripts/kconfig/expr.c leaves nothing of
// the former.
func (f *finalizer) includes(id, part expr.ID) bool {
	have := f.conjuncts(id, nil)
	for _, p := range f.conjuncts(part, nil) {
		if !slices.Contains(have, p) {
			return false
		}
	}
	return true
}

func (f *finalizer) conjuncts(id expr.ID, all []expr.ID) []expr.ID {
	switch {
	case id == 0:
	case f.m.Pool.Op(id) == expr.OpAnd:
		for _, arg := range f.m.Pool.Args(id) {
			all = f.conjuncts(arg, all)
		}
	default:
		all = append(all, f.normal(id))
	}
	return all
}

// normal gives comparisons of bool symbols with n and y the form that they have
// without a comparison. As expr_transform in scripts/kconfig/expr.c.
func (f *finalizer) normal(id expr.ID) expr.ID {
	pool := f.m.Pool
	op := pool.Op(id)
	if op != expr.OpEqual && op != expr.OpUnequal {
		return id
	}
	args := pool.Args(id)
	left, right := pool.Atom(args[0]), pool.Atom(args[1])
	if f.m.Symbols[left].Type != Bool || right != AtomNo && right != AtomYes {
		return id
	}
	if (op == expr.OpEqual) == (right == AtomYes) {
		return pool.Leaf(left)
	}
	return pool.Not(pool.Leaf(left))
}
