package solve

import (
	"github.com/go-air/gini"
	"github.com/go-air/gini/z"
)

// gates turns formulas into clauses of a SAT solver. Each gate has a literal of
// its own that is equivalent to it, and gates of two literals exist once.
type gates struct {
	sat *gini.Gini
	// yes is always true, no always false.
	yes, no z.Lit
	ands    map[[2]z.Lit]z.Lit
	// isImpossible tells that the clauses contradict each other, as those of a
	// tree with circular dependencies may. Then the SAT solver is left alone, which
	// forgets about that when more is added.
	isImpossible bool
}

func newGates() gates {
	g := gates{sat: gini.New(), ands: map[[2]z.Lit]z.Lit{}}
	g.yes = g.sat.Lit()
	g.no = g.yes.Not()
	g.sat.Add(g.yes)
	g.sat.Add(z.LitNull)
	return g
}

// fresh returns a literal that nothing is said of.
func (g *gates) fresh() z.Lit { return g.sat.Lit() }

// clause says that one of the literals is true.
func (g *gates) clause(literals ...z.Lit) {
	if g.isImpossible {
		return
	}
	for _, l := range literals {
		if l == g.yes {
			return
		}
	}
	for _, l := range literals {
		if l != g.no {
			g.sat.Add(l)
		}
	}
	g.sat.Add(z.LitNull)
}

// equal says that two literals are the same.
func (g *gates) equal(a, b z.Lit) {
	if a != b {
		g.clause(a.Not(), b)
		g.clause(a, b.Not())
	}
}

// and returns the conjunction of two literals.
func (g *gates) and(a, b z.Lit) z.Lit {
	switch {
	case a == g.no || b == g.no || a == b.Not():
		return g.no
	case a == g.yes || a == b:
		return b
	case b == g.yes:
		return a
	case a > b:
		a, b = b, a
	}
	key := [2]z.Lit{a, b}
	if l, ok := g.ands[key]; ok {
		return l
	}
	l := g.fresh()
	g.clause(l.Not(), a)
	g.clause(l.Not(), b)
	g.clause(l, a.Not(), b.Not())
	g.ands[key] = l
	return l
}

func (g *gates) or(a, b z.Lit) z.Lit { return g.and(a.Not(), b.Not()).Not() }

// all returns the conjunction of literals. It changes the list.
func (g *gates) all(literals []z.Lit) z.Lit {
	kept := literals[:0]
	for _, l := range literals {
		if l == g.no {
			return g.no
		}
		if l != g.yes {
			kept = append(kept, l)
		}
	}
	switch len(kept) {
	case 0:
		return g.yes
	case 1:
		return kept[0]
	case 2:
		return g.and(kept[0], kept[1])
	}
	gate := g.fresh()
	for i, l := range kept {
		g.clause(gate.Not(), l)
		kept[i] = l.Not()
	}
	g.clause(append(kept, gate)...)
	return gate
}

// some returns the disjunction of literals. It changes the list.
func (g *gates) some(literals []z.Lit) z.Lit {
	for i := range literals {
		literals[i] = literals[i].Not()
	}
	return g.all(literals).Not()
}

// either returns "if c then a else b".
func (g *gates) either(c, a, b z.Lit) z.Lit {
	switch {
	case c == g.yes || a == b:
		return a
	case c == g.no:
		return b
	case a == g.yes:
		return g.or(c, b)
	case a == g.no:
		return g.and(c.Not(), b)
	case b == g.yes:
		return g.or(c.Not(), a)
	case b == g.no:
		return g.and(c, a)
	}
	return g.or(g.and(c, a), g.and(c.Not(), b))
}

// maxPairwise is up to how many literals every pair gets a clause.
const maxPairwise = 6

// atMostOne says that no two of the literals are true where another one is.
func (g *gates) atMostOne(literals []z.Lit, where z.Lit) {
	if len(literals) <= maxPairwise {
		for i, a := range literals {
			for _, b := range literals[:i] {
				g.clause(where.Not(), a.Not(), b.Not())
			}
		}
		return
	}
	before := g.no // one of those before is true
	for _, l := range literals {
		g.clause(where.Not(), l.Not(), before.Not())
		until := g.fresh()
		g.clause(l.Not(), until)
		g.clause(before.Not(), until)
		before = until
	}
}
