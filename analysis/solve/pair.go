package solve

import (
	"github.com/go-air/gini/z"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
)

// pair is a tristate: whether it is at least m, and whether it is y. Of what can
// only be n or y, both are the same literal.
type pair struct{ m, y z.Lit }

func (p pair) isBool() bool { return p.m == p.y }

func (g *gates) nothing() pair   { return pair{g.no, g.no} }
func (g *gates) certainly() pair { return pair{g.yes, g.yes} }

// constant returns the value n, m or y as 0, 1 and 2.
func (g *gates) constant(value expr.Atom) pair {
	p := g.nothing()
	if value > 0 {
		p.m = g.yes
	}
	if value > 1 {
		p.y = g.yes
	}
	return p
}

// freshPair returns a tristate that nothing is said of, one without m if noMod is
// true.
func (g *gates) freshPair(noMod z.Lit) pair {
	m := g.fresh()
	if noMod == g.yes {
		return pair{m, m}
	}
	y := g.fresh()
	g.clause(y.Not(), m)
	g.clause(noMod.Not(), m.Not(), y)
	return pair{m, y}
}

func (g *gates) least(a, b pair) pair {
	m := g.and(a.m, b.m)
	if a.isBool() && b.isBool() {
		return pair{m, m}
	}
	return pair{m, g.and(a.y, b.y)}
}

func (g *gates) greatest(a, b pair) pair {
	m := g.or(a.m, b.m)
	if a.isBool() && b.isBool() {
		return pair{m, m}
	}
	return pair{m, g.or(a.y, b.y)}
}

// choose returns "if c then a else b".
func (g *gates) choose(c z.Lit, a, b pair) pair {
	m := g.either(c, a.m, b.m)
	if a.isBool() && b.isBool() {
		return pair{m, m}
	}
	return pair{m, g.either(c, a.y, b.y)}
}

// without returns a value as it is where there is no m if noMod is true: y for m.
func (g *gates) without(noMod z.Lit, p pair) pair {
	if p.isBool() || noMod == g.no {
		return p
	}
	if noMod == g.yes {
		return pair{p.m, p.m}
	}
	return pair{p.m, g.or(p.y, g.and(p.m, noMod))}
}

// in returns whether a value is one of a set.
func (g *gates) in(p pair, values expr.Tristate) z.Lit {
	switch values & expr.AnyTristate {
	case 0:
		return g.no
	case expr.N:
		return p.m.Not()
	case expr.M:
		return g.and(p.m, p.y.Not())
	case expr.Y:
		return p.y
	case expr.N | expr.M:
		return p.y.Not()
	case expr.M | expr.Y:
		return p.m
	case expr.N | expr.Y:
		return g.and(p.m, p.y.Not()).Not()
	}
	return g.yes
}

// equalPairs says that two values are the same.
func (g *gates) equalPairs(a, b pair) {
	g.equal(a.m, b.m)
	g.equal(a.y, b.y)
}
