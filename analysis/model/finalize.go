package model

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// finalize works in what is around each entry, and builds the menu tree. As
// menu_finalize in scripts/kconfig/menu.c, but for the order: what an entry
// depends on is settled from the top to the bottom of the text, before the tree
// is built.
func (b *builder) finalize() {
	f := finalizer{builder: b, modFree: make([]bool, 0, b.m.Pool.Len())}
	f.link()
	if b.old {
		f.choiceTypes()
	}
	for id := range b.m.Nodes {
		f.dependencies(NodeID(id))
	}
	f.tree(0, false, 0)
	f.dissolve()
	f.reverse()
	for _, a := range b.defined {
		b.m.Symbols[a].Choice = b.m.choiceOf(a)
	}
}

type finalizer struct {
	*builder
	modFree   []bool // by expression: it is known to contain no m
	rewritten map[expr.ID]expr.ID
	comparing map[expr.ID]bool // by expression: what comparesTristate reports
	terms     []expr.ID        // what is being put together
}

// link makes the tree that the blocks of the text are.
func (f *finalizer) link() {
	nodes := f.m.Nodes
	last := make([]NodeID, len(nodes))
	for i := range nodes {
		last[i] = NoNode
	}
	for i := 1; i < len(nodes); i++ {
		n := &nodes[i]
		n.Parent = n.Block
		if before := last[n.Block]; before == NoNode {
			nodes[n.Block].First = NodeID(i)
		} else {
			nodes[before].Next = NodeID(i)
		}
		last[n.Block] = NodeID(i)
	}
}

// choiceTypes gives choices without a type that of their first member, and the
// members without one that of the choice.
func (f *finalizer) choiceTypes() {
	for i := range f.m.Nodes {
		choice := &f.m.Nodes[i]
		if choice.Kind != parser.Choice {
			continue
		}
		s := &f.m.Symbols[choice.Symbol]
		for c := choice.First; c != NoNode && s.Type == UnknownType; c = f.m.Nodes[c].Next {
			if a := f.m.Nodes[c].Symbol; a != NoAtom {
				s.Type = f.m.Symbols[a].Type
				if f.rules.LooseMembers {
					break // what the others are does not matter
				}
			}
		}
		for c := choice.First; c != NoNode; c = f.m.Nodes[c].Next {
			if a := f.m.Nodes[c].Symbol; a != NoAtom && f.m.Symbols[a].Type == UnknownType {
				f.m.Symbols[a].Type = s.Type
			}
		}
	}
}

// dependencies settles what an entry and its properties depend on. Its block
// was settled before.
func (f *finalizer) dependencies(id NodeID) {
	n := &f.m.Nodes[id]
	pool := f.m.Pool
	var around expr.ID
	n.Depends = slices.ContainsFunc(n.Conditions, func(c Condition) bool { return !c.VisibleIf })
	if n.Block != NoNode {
		block := &f.m.Nodes[n.Block]
		n.Depends = n.Depends || block.Depends
		if around = block.Dep; f.old && block.Kind == parser.Choice {
			// The mode of the choice is the upper bound of its members.
			around, n.Depends = pool.Leaf(block.Symbol), true
		}
	}
	n.Dep = pool.And(around, f.withModules(n.Dep))
	for i := range n.Conditions {
		n.Conditions[i].Expr = f.withModules(n.Conditions[i].Expr)
	}
	if n.HasPrompt {
		n.Visible = pool.And(n.Dep, f.withModules(n.Visible))
	}
	if n.Symbol == NoAtom {
		return
	}
	s := &f.m.Symbols[n.Symbol]
	asBool := f.rules.TristateAsBool && s.Type != Tristate
	if asBool && n.HasPrompt {
		n.Visible = f.tristateAsBool(n.Visible, false)
	}
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Node != id {
			continue
		}
		if p.Condition = pool.And(n.Dep, f.withModules(p.Own)); asBool {
			p.Condition = f.tristateAsBool(p.Condition, false)
		}
	}
}

// tristateAsBool replaces "T != n" by T for tristate symbols in an expression, or
// in what it is when negated. As expr_trans_bool in scripts/kconfig/expr.c, which
// conf had up to Linux 6.8.
func (f *finalizer) tristateAsBool(id expr.ID, negated bool) expr.ID {
	pool := f.m.Pool
	if !f.comparesTristate(id) {
		if negated {
			return pool.Not(id)
		}
		return id
	}
	op := pool.Op(id)
	switch op {
	case expr.OpNot:
		return f.tristateAsBool(pool.Args(id)[0], !negated)
	case expr.OpAnd, expr.OpOr:
		parts := slices.Clone(pool.Args(id))
		for i := range parts {
			parts[i] = f.tristateAsBool(parts[i], negated)
		}
		if (op == expr.OpAnd) != negated {
			return pool.All(parts)
		}
		return pool.Any(parts)
	case expr.OpEqual, expr.OpUnequal:
		args := pool.Args(id)
		if a := pool.Atom(args[0]); (op == expr.OpUnequal) != negated && pool.Atom(args[1]) == AtomNo && f.m.Symbols[a].Type == Tristate {
			return pool.Leaf(a)
		}
	}
	if negated {
		return pool.Not(id)
	}
	return id
}

// comparesTristate reports whether a tristate symbol is compared with n
// somewhere in an expression.
func (f *finalizer) comparesTristate(id expr.ID) bool {
	if found, ok := f.comparing[id]; ok || id == 0 {
		return found
	}
	pool := f.m.Pool
	found := false
	switch op := pool.Op(id); op {
	case expr.OpNot, expr.OpAnd, expr.OpOr:
		found = slices.ContainsFunc(pool.Args(id), f.comparesTristate)
	case expr.OpEqual, expr.OpUnequal:
		args := pool.Args(id)
		found = pool.Atom(args[1]) == AtomNo && f.m.Symbols[pool.Atom(args[0])].Type == Tristate
	}
	if f.comparing == nil {
		f.comparing = map[expr.ID]bool{}
	}
	f.comparing[id] = found
	return found
}

// withModules replaces m by "m && MODULES". As rewrite_m in
// scripts/kconfig/menu.c.
func (f *finalizer) withModules(id expr.ID) expr.ID {
	if !f.containsMod(id) {
		return id
	}
	if done, ok := f.rewritten[id]; ok {
		return done
	}
	pool := f.m.Pool
	result := id
	switch op := pool.Op(id); op {
	case expr.OpLeaf:
		modules := pool.No()
		if f.m.Modules != NoAtom {
			modules = pool.Leaf(f.m.Modules)
		}
		result = pool.And(id, modules)
	case expr.OpNot:
		result = pool.Not(f.withModules(pool.Args(id)[0]))
	case expr.OpAnd, expr.OpOr:
		parts := slices.Clone(pool.Args(id))
		for i := range parts {
			parts[i] = f.withModules(parts[i])
		}
		if op == expr.OpAnd {
			result = pool.All(parts)
		} else {
			result = pool.Any(parts)
		}
	}
	if f.rewritten == nil {
		f.rewritten = map[expr.ID]expr.ID{}
	}
	f.rewritten[id] = result
	return result
}

// containsMod reports whether m is an operand somewhere in an expression.
// Comparisons with m do not count.
func (f *finalizer) containsMod(id expr.ID) bool {
	if id == 0 || int(id) < len(f.modFree) && f.modFree[id] {
		return false
	}
	pool := f.m.Pool
	found := false
	switch op := pool.Op(id); {
	case op == expr.OpLeaf:
		found = f.isMod(pool.Atom(id))
	case !op.IsComparison():
		for _, arg := range pool.Args(id) {
			found = found || f.containsMod(arg)
		}
	}
	if !found {
		for int(id) >= len(f.modFree) {
			f.modFree = append(f.modFree, false)
		}
		f.modFree[id] = true
	}
	return found
}

// isMod reports whether an atom is m, written or as what a macro came to.
func (f *finalizer) isMod(a expr.Atom) bool {
	s := &f.m.Symbols[a]
	return a == AtomMod || s.Kind == Answered && s.Answer == AtomMod
}

// reverse collects what selects and implies each symbol, and its direct
// dependency.
func (f *finalizer) reverse() {
	m, pool := f.m, f.m.Pool
	for _, a := range f.defined {
		s := &m.Symbols[a]
		for i := range s.Properties {
			p := &s.Properties[i]
			if p.Kind != Select && p.Kind != Imply || m.Symbols[p.Low].Kind != Plain {
				continue
			}
			target := &m.Symbols[p.Low]
			if p.Kind == Select {
				target.SelectedBy = append(target.SelectedBy, PropertyRef{a, int32(i)})
			} else {
				target.ImpliedBy = append(target.ImpliedBy, PropertyRef{a, int32(i)})
			}
		}
	}
	for i := range m.Symbols {
		s := &m.Symbols[i]
		s.ReverseDep, s.Implied = f.anyOf(s.SelectedBy), f.anyOf(s.ImpliedBy)
	}
	for _, a := range f.defined {
		f.directDependency(a)
		if s := &m.Symbols[a]; f.old && s.Kind == Choice && !s.Optional {
			// A choice that is shown cannot be n.
			for _, id := range s.Nodes {
				if n := &m.Nodes[id]; n.HasPrompt {
					s.ReverseDep = pool.Or(s.ReverseDep, pool.And(n.Visible, pool.Leaf(AtomMod)))
				}
			}
		}
	}
}

// anyOf returns the expression that one of some select or imply lines counts.
func (f *finalizer) anyOf(lines []PropertyRef) expr.ID {
	pool := f.m.Pool
	f.terms = f.terms[:0]
	for _, line := range lines {
		by, p := line.Symbol, f.m.Property(line)
		if configdefault := f.m.Nodes[p.Node].Symbol == NoAtom; configdefault {
			by = AtomYes
		}
		f.terms = append(f.terms, pool.And(pool.Leaf(by), p.Condition))
	}
	return pool.Any(f.terms)
}

// directDependency settles what a symbol depends on: what any of its entries
// does. One that depends on nothing does not count if another one does, as
// expr_alloc_or in scripts/kconfig/expr.c has it.
func (f *finalizer) directDependency(a expr.Atom) {
	s := &f.m.Symbols[a]
	f.terms = f.terms[:0]
	for _, id := range s.Nodes {
		n := &f.m.Nodes[id]
		if !f.old && n.Block != NoNode && f.m.Nodes[n.Block].Kind == parser.Choice {
			continue // its visibility decides
		}
		if n.Depends {
			f.terms = append(f.terms, n.Dep)
		}
	}
	if len(f.terms) > 0 {
		s.DirectDep = f.m.Pool.Any(f.terms)
	}
}

// choiceOf returns the choice that decides about a symbol: the one that its
// first entry with a prompt is in. As sym_get_choice_menu since Linux 6.12.
// Up to 6.11 it is the choice whose member the symbol is.
func (m *Model) choiceOf(a expr.Atom) NodeID {
	s := &m.Symbols[a]
	if m.OldChoices() {
		return s.Choice
	}
	for _, id := range s.Nodes {
		if !m.Nodes[id].HasPrompt {
			continue
		}
		for up := m.Nodes[id].Parent; up != NoNode; up = m.Nodes[up].Parent {
			if m.Nodes[up].Symbol == NoAtom {
				continue
			}
			if m.Symbols[m.Nodes[up].Symbol].Kind == Choice {
				return up
			}
			return NoNode
		}
		return NoNode
	}
	return NoNode
}
