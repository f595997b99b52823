package expr

import "slices"

// ID is an expression of a [Pool]. Equal expressions of a pool have equal IDs.
// The zero ID is an expression that is not there, which means y.
type ID uint32

// Atom is what an expression of a [Pool] is made of: the number of a symbol or
// constant. What it stands for is up to the owner of the pool.
type Atom uint32

// maxPooledDepth is how deep the expressions of a pool may be, since what walks
// them recurses. Those of real trees are a dozen deep.
const maxPooledDepth = 2000

// Pool holds expressions so that equal ones exist once. It is not safe for
// concurrent use while expressions are added to it.
//
// Unlike an [Expr], a pooled expression knows no places and no spelling: its
// leaves are numbers. "&&" and "||" have two or more operands, in the order in
// which they were written; operands that cannot matter are dropped, nothing
// else is changed.
type Pool struct {
	nodes []pooled
	args  []ID
	table []ID // open addressing, the size a power of two
	no    Atom
	yes   Atom
	// tooDeep is the leaf that takes the place of what is nested too deeply.
	tooDeep Atom
	leaves  []ID // by atom
}

type pooled struct {
	hash  uint32
	first uint32 // of the operands in Pool.args, or the atom of a leaf
	n     uint32 // how many operands
	depth uint16
	op    Op
}

// NewPool returns an empty pool with room for about n expressions. no and yes
// are the constants; tooDeep is the leaf that takes the place of expressions
// that are nested more than some thousand levels deep.
func NewPool(no, yes, tooDeep Atom, n int) *Pool {
	size := 1024
	for size < 2*n {
		size *= 2
	}
	p := &Pool{no: no, yes: yes, tooDeep: tooDeep, table: make([]ID, size)}
	p.nodes = make([]pooled, 1, n+1)
	p.args = make([]ID, 0, 2*n)
	return p
}

// Len returns a number above all IDs of the pool.
func (p *Pool) Len() int { return len(p.nodes) }

// Op returns the operator at the top of an expression.
func (p *Pool) Op(id ID) Op { return p.nodes[id].op }

// Args returns the operands of an expression. The caller must not change them.
func (p *Pool) Args(id ID) []ID {
	n := &p.nodes[id]
	if n.op == OpLeaf || n.op == OpNone {
		return nil
	}
	return p.args[n.first : n.first+n.n : n.first+n.n]
}

// Atom returns the atom of a leaf.
func (p *Pool) Atom(id ID) Atom { return Atom(p.nodes[id].first) }

// Leaf returns the expression that is an atom alone.
func (p *Pool) Leaf(a Atom) ID {
	for int(a) >= len(p.leaves) {
		p.leaves = append(p.leaves, make([]ID, max(len(p.leaves), 1024))...)
	}
	if id := p.leaves[a]; id != 0 {
		return id
	}
	id := ID(len(p.nodes))
	p.nodes = append(p.nodes, pooled{op: OpLeaf, first: uint32(a)})
	p.leaves[a] = id
	return id
}

// No returns the constant n.
func (p *Pool) No() ID { return p.Leaf(p.no) }

// IsNo reports whether an expression is the constant n.
func (p *Pool) IsNo(id ID) bool {
	n := &p.nodes[id]
	return n.op == OpLeaf && Atom(n.first) == p.no
}

// IsYes reports whether an expression is the constant y, or not there.
func (p *Pool) IsYes(id ID) bool {
	n := &p.nodes[id]
	return id == 0 || n.op == OpLeaf && Atom(n.first) == p.yes
}

// And returns the conjunction of two expressions.
func (p *Pool) And(a, b ID) ID {
	switch {
	case p.IsYes(a) || a == b:
		return b
	case p.IsYes(b):
		return a
	case p.IsNo(a):
		return a
	case p.IsNo(b):
		return b
	}
	return p.add(OpAnd, a, b)
}

// Or returns the disjunction of two expressions.
func (p *Pool) Or(a, b ID) ID {
	switch {
	case p.IsNo(a) || a == b:
		return b
	case p.IsNo(b):
		return a
	case p.IsYes(a):
		return a
	case p.IsYes(b):
		return b
	}
	return p.add(OpOr, a, b)
}

// Any returns the disjunction of expressions in their order, n if there are
// none.
func (p *Pool) Any(operands []ID) ID { return p.join(OpOr, operands) }

// All returns the conjunction of expressions in their order, y if there are
// none.
func (p *Pool) All(operands []ID) ID { return p.join(OpAnd, operands) }

func (p *Pool) join(op Op, operands []ID) ID {
	var room [16]ID
	kept := room[:0]
	for _, id := range operands {
		yes, no := p.IsYes(id), p.IsNo(id)
		if op == OpOr {
			yes, no = no, yes
		}
		switch {
		case no:
			return id
		case !yes:
			kept = append(kept, id)
		}
	}
	switch len(kept) {
	case 0:
		if op == OpOr {
			return p.No()
		}
		return 0
	case 1:
		return kept[0]
	}
	return p.add(op, kept...)
}

// Not returns the negation of an expression.
func (p *Pool) Not(a ID) ID {
	switch {
	case p.IsYes(a):
		return p.No()
	case p.IsNo(a):
		return p.Leaf(p.yes)
	case p.nodes[a].op == OpNot:
		return p.args[p.nodes[a].first]
	}
	return p.add(OpNot, a)
}

// Compare returns the comparison of two atoms. It panics if op is no
// comparison.
func (p *Pool) Compare(op Op, a, b Atom) ID {
	if !op.IsComparison() {
		panic("expr: Compare with an operator that does not compare")
	}
	return p.add(op, p.Leaf(a), p.Leaf(b))
}

// add returns the expression with an operator at its top.
func (p *Pool) add(op Op, args ...ID) ID {
	hash := uint32(op) * 0x9e3779b1
	depth := uint16(0)
	for _, a := range args {
		hash = (hash ^ uint32(a)) * 0x85ebca6b
		hash ^= hash >> 15
		depth = max(depth, p.nodes[a].depth+1)
	}
	if depth > maxPooledDepth {
		return p.Leaf(p.tooDeep)
	}
	mask := uint32(len(p.table) - 1)
	i := hash & mask
	for ; p.table[i] != 0; i = (i + 1) & mask {
		n := &p.nodes[p.table[i]]
		if n.hash == hash && n.op == op && slices.Equal(p.args[n.first:n.first+n.n], args) {
			return p.table[i]
		}
	}
	id := ID(len(p.nodes))
	p.nodes = append(p.nodes, pooled{hash: hash, first: uint32(len(p.args)), n: uint32(len(args)), depth: depth, op: op})
	p.args = append(p.args, args...)
	p.table[i] = id
	if len(p.nodes) > len(p.table)/2 {
		p.grow()
	}
	return id
}

func (p *Pool) grow() {
	p.table = make([]ID, 2*len(p.table))
	mask := uint32(len(p.table) - 1)
	for id := 1; id < len(p.nodes); id++ {
		if p.nodes[id].op == OpLeaf {
			continue
		}
		i := p.nodes[id].hash & mask
		for p.table[i] != 0 {
			i = (i + 1) & mask
		}
		p.table[i] = ID(id)
	}
}

// Atoms calls yield for every atom of an expression, in written order, one that
// occurs several times as often. It stops and returns false when yield does.
func (p *Pool) Atoms(id ID, yield func(Atom) bool) bool {
	n := &p.nodes[id]
	if n.op == OpLeaf {
		return yield(Atom(n.first))
	}
	for _, a := range p.Args(id) {
		if !p.Atoms(a, yield) {
			return false
		}
	}
	return true
}
