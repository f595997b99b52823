package expr

// Domain says what the atoms of a pool can be.
type Domain interface {
	// Values returns the values that an atom can have in logic: one for a
	// constant, n and y for a bool symbol, n alone for a number or a text.
	Values(a Atom) Tristate
	// IsLogical reports whether comparisons look at these values. They do not for
	// numbers and texts, which are n in logic.
	IsLogical(a Atom) bool
}

// Verdict is the answer to a question that may take too long to settle.
type Verdict uint8

// The verdicts.
const (
	Refuted Verdict = iota
	Holds
	Open // it was given up
)

// maxValuations is how many partial valuations are tried before a question is
// given up.
const maxValuations = 20_000

// Implies tells whether an expression is at least another one under every
// valuation of the symbols: whether "b" can be left out beside "a" in a
// conjunction. It goes by what symbols can be, not by how the expressions are
// written. Numbers and texts that are compared may be less, equal or greater,
// whatever they are compared with elsewhere; so a Holds is always right, and a
// refutation is right but for what comparisons have to do with each other.
func (p *Pool) Implies(d Domain, a, b ID) Verdict {
	return p.impliesPart(d, a, b, 0)
}

// impliesPart takes a question apart as far as that is exact, and settles the
// rest by trying.
func (p *Pool) impliesPart(d Domain, a, b ID, depth int) Verdict {
	if a == b {
		return Holds
	}
	if depth < maxPooledDepth {
		switch {
		case p.Op(b) == OpAnd:
			return all(p.Args(b), func(part ID) Verdict { return p.impliesPart(d, a, part, depth+1) })
		case p.Op(a) == OpOr:
			return all(p.Args(a), func(part ID) Verdict { return p.impliesPart(d, part, b, depth+1) })
		}
	}
	if p.Op(a) == OpAnd {
		if near := p.about(a, b); near != a && p.tries(d, near, b) == Holds {
			return Holds // with less than what is given
		}
	}
	return p.tries(d, a, b)
}

// all returns Holds if every part holds, else the verdict of one that does not.
func all(parts []ID, holds func(ID) Verdict) Verdict {
	verdict := Holds
	for _, part := range parts {
		switch holds(part) {
		case Refuted:
			return Refuted
		case Open:
			verdict = Open
		}
	}
	return verdict
}

// about returns the operands of a conjunction that mention an atom of another
// expression.
func (p *Pool) about(conjunction, other ID) ID {
	mentioned := map[Atom]bool{}
	p.Atoms(other, func(a Atom) bool { mentioned[a] = true; return true })
	var kept []ID
	for _, part := range p.flattened(OpAnd, conjunction, nil) {
		if !p.Atoms(part, func(a Atom) bool { return !mentioned[a] }) {
			kept = append(kept, part)
		}
	}
	return p.All(kept)
}

func (p *Pool) tries(d Domain, a, b ID) Verdict {
	v := valuation{pool: p, domain: d, values: map[Atom]Tristate{}, facts: map[pair]order{}, left: maxValuations}
	return v.implies(a, b)
}

// valuation is a partial valuation: what is chosen for some atoms and facts.
type valuation struct {
	pool   *Pool
	domain Domain
	values map[Atom]Tristate
	facts  map[pair]order
	left   int
}

func (v *valuation) implies(a, b ID) Verdict {
	if v.left--; v.left < 0 {
		return Open
	}
	x, y := v.eval(a), v.eval(b)
	switch {
	case highestOf(x) <= lowestOf(y):
		return Holds
	case lowestOf(x) > highestOf(y):
		return Refuted
	}
	if atom, ok := v.undecidedAtom(a, b); ok {
		values := v.domain.Values(atom)
		for t := N; t <= Y; t <<= 1 {
			if values&t == 0 {
				continue
			}
			v.values[atom] = t
			if verdict := v.implies(a, b); verdict != Holds {
				delete(v.values, atom)
				return verdict
			}
		}
		delete(v.values, atom)
		return Holds
	}
	fact, ok := v.undecidedFact(a, b)
	if !ok {
		return Open
	}
	for _, o := range [...]order{less, equal, greater} {
		v.facts[fact] = o
		if verdict := v.implies(a, b); verdict != Holds {
			delete(v.facts, fact)
			return verdict
		}
	}
	delete(v.facts, fact)
	return Holds
}

// pair is two atoms that are compared as numbers or texts, the smaller atom
// first; order is how they compare.
type pair struct{ a, b Atom }

type order int8

const (
	less order = iota - 1
	equal
	greater
)

func lowestOf(t Tristate) Tristate { return t & -t }

func highestOf(t Tristate) Tristate {
	switch {
	case t&Y != 0:
		return Y
	case t&M != 0:
		return M
	}
	return N
}

func (v *valuation) atom(a Atom) Tristate {
	if t, ok := v.values[a]; ok {
		return t
	}
	return v.domain.Values(a)
}

func (v *valuation) eval(id ID) Tristate {
	p := v.pool
	switch op := p.Op(id); op {
	case OpNone:
		return Y
	case OpLeaf:
		return v.atom(p.Atom(id))
	case OpNot:
		return v.eval(p.Args(id)[0]).Not()
	case OpAnd:
		t := Y
		for _, arg := range p.Args(id) {
			t = t.And(v.eval(arg))
		}
		return t
	case OpOr:
		t := N
		for _, arg := range p.Args(id) {
			t = t.Or(v.eval(arg))
		}
		return t
	}
	return v.comparison(id)
}

// comparison returns what a comparison can be. Those of a symbol with n, m or y
// follow from the symbol.
func (v *valuation) comparison(id ID) Tristate {
	p := v.pool
	args := p.Args(id)
	a, b := p.Atom(args[0]), p.Atom(args[1])
	if !v.domain.IsLogical(a) || !v.domain.IsLogical(b) {
		return v.fact(p.Op(id), a, b)
	}
	var all Tristate
	for x := N; x <= Y; x <<= 1 {
		for y := N; y <= Y; y <<= 1 {
			if v.atom(a)&x == 0 || v.atom(b)&y == 0 || a == b && x != y {
				continue
			}
			all |= compared(p.Op(id), x, y)
		}
	}
	return all
}

// fact returns what a comparison of numbers or texts can be.
func (v *valuation) fact(op Op, a, b Atom) Tristate {
	if a == b {
		return compared(op, N, N)
	}
	flipped := a > b
	if flipped {
		a, b = b, a
	}
	o, ok := v.facts[pair{a, b}]
	if !ok {
		return N | Y
	}
	if flipped {
		o = -o
	}
	return compared(op, Tristate(o+1), 1)
}

func compared(op Op, x, y Tristate) Tristate {
	if op.Holds(int(x) - int(y)) {
		return Y
	}
	return N
}

// undecidedAtom returns an atom of either expression that can still be several
// things.
func (v *valuation) undecidedAtom(a, b ID) (found Atom, ok bool) {
	for _, id := range [...]ID{a, b} {
		v.pool.Atoms(id, func(atom Atom) bool {
			if !v.atom(atom).Known() {
				found, ok = atom, true
			}
			return !ok
		})
		if ok {
			return found, true
		}
	}
	return 0, false
}

// undecidedFact returns two atoms of either expression that are compared, and
// of which nothing was chosen yet.
func (v *valuation) undecidedFact(a, b ID) (pair, bool) {
	for _, id := range [...]ID{a, b} {
		if fact, ok := v.factIn(id); ok {
			return fact, true
		}
	}
	return pair{}, false
}

func (v *valuation) factIn(id ID) (pair, bool) {
	p := v.pool
	if p.Op(id).IsComparison() {
		args := p.Args(id)
		fact := pair{min(p.Atom(args[0]), p.Atom(args[1])), max(p.Atom(args[0]), p.Atom(args[1]))}
		return fact, !v.comparison(id).Known()
	}
	for _, arg := range p.Args(id) {
		if fact, ok := v.factIn(arg); ok {
			return fact, true
		}
	}
	return pair{}, false
}

// Equivalent tells whether two expressions have the same value under every
// valuation. See [Pool.Implies].
func (p *Pool) Equivalent(d Domain, a, b ID) Verdict {
	if a == b {
		return Holds
	}
	if verdict := p.Implies(d, a, b); verdict != Holds {
		return verdict
	}
	return p.Implies(d, b, a)
}

// maxSimplified is how many operands an expression may have whose operands are
// compared with each other.
const maxSimplified = 24

// Simplify returns an expression with the same value under every valuation that
// says nothing twice: operands that follow from others are left out. The order
// of what is left stays.
func (p *Pool) Simplify(d Domain, id ID) ID {
	op := p.Op(id)
	if op != OpAnd && op != OpOr {
		if op == OpNot {
			return p.Not(p.Simplify(d, p.Args(id)[0]))
		}
		return p.constant(d, id)
	}
	var operands []ID
	for _, arg := range p.flattened(op, id, nil) {
		operands = append(operands, p.Simplify(d, arg))
	}
	if len(operands) <= maxSimplified {
		operands = p.independent(d, op, operands)
	}
	if op == OpAnd {
		return p.constant(d, p.All(operands))
	}
	return p.constant(d, p.Any(operands))
}

// constant returns n or y for an expression that is never anything else.
func (p *Pool) constant(d Domain, id ID) ID {
	if p.Op(id) == OpLeaf || id == 0 {
		return id
	}
	v := valuation{pool: p, domain: d}
	switch v.eval(id) {
	case N:
		return p.No()
	case Y:
		return 0
	}
	return id
}

// Conjuncts returns the operands of "&&" of an expression, those of "&&" in them
// included, in their order: the expression itself if there is no "&&", and none if
// it is not there.
func (p *Pool) Conjuncts(id ID) []ID {
	if id == 0 {
		return nil
	}
	return p.flattened(OpAnd, id, nil)
}

// flattened returns the operands of an operator, those of the same operator
// below it included.
func (p *Pool) flattened(op Op, id ID, all []ID) []ID {
	if p.Op(id) != op {
		return append(all, id)
	}
	for _, arg := range p.Args(id) {
		all = p.flattened(op, arg, all)
	}
	return all
}

// independent leaves out operands that follow from others: in a conjunction
// those that another one implies, in a disjunction those that imply another one.
func (p *Pool) independent(d Domain, op Op, operands []ID) []ID {
	dropped := make([]bool, len(operands))
	for i, a := range operands {
		for j, b := range operands {
			if i == j || dropped[i] || dropped[j] {
				continue
			}
			stronger, weaker := b, a
			if op == OpOr {
				stronger, weaker = a, b
			}
			dropped[i] = p.Implies(d, stronger, weaker) == Holds
		}
	}
	var kept []ID
	for i, a := range operands {
		if !dropped[i] {
			kept = append(kept, a)
		}
	}
	return kept
}
