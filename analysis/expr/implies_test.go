package expr_test

import (
	"math/rand/v2"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
)

// domain: atoms 0 and 2 are n and y, 1 is m; 3 is for what is too deep; of the
// others those divisible by 3 are tristates, by 5 texts, the rest bools.
type domain struct{}

func (domain) Values(a expr.Atom) expr.Tristate {
	switch {
	case a <= 2:
		return expr.N << a
	case a == 3 || a%3 == 0:
		return expr.AnyTristate
	case a%5 == 0:
		return expr.N
	}
	return expr.N | expr.Y
}

func (domain) IsLogical(a expr.Atom) bool { return a != atomS && a != 10 && a != 25 }

// The atoms of the tests.
const (
	atomT = 6 // tristates
	atomU = 9
	atomA = 4 // bools
	atomB = 7
	atomC = 8
	atomS = 5 // a text
)

func newPool() *expr.Pool { return expr.NewPool(0, 2, 3, 100) }

func TestImplies(t *testing.T) {
	p := newPool()
	leaf := p.Leaf
	a, b, c, tri := leaf(atomA), leaf(atomB), leaf(atomC), leaf(atomT)
	m := leaf(1)
	text := p.Compare(expr.OpEqual, atomS, 10)
	for _, test := range []struct {
		name string
		a, b expr.ID
		want expr.Verdict
	}{
		{"itself", a, a, expr.Holds},
		{"conjunct", p.And(a, b), a, expr.Holds},
		{"not the other way", a, p.And(a, b), expr.Refuted},
		{"disjunct", a, p.Or(b, a), expr.Holds},
		{"by distribution", p.And(a, p.Or(b, c)), p.Or(p.And(a, b), p.And(a, c)), expr.Holds},
		{"excluded middle of a bool", 0, p.Or(a, p.Not(a)), expr.Holds},
		{"not of a tristate", 0, p.Or(tri, p.Not(tri)), expr.Refuted}, // it is m
		{"a tristate is at least m", p.And(tri, m), tri, expr.Holds},
		{"equal to y", p.Compare(expr.OpEqual, atomT, 2), tri, expr.Holds},
		{"unequal to n is more than m", p.Compare(expr.OpUnequal, atomT, 0), tri, expr.Refuted},
		{"a bool unequal to n", p.Compare(expr.OpUnequal, atomA, 0), a, expr.Holds},
		{"a bool is never m", p.Compare(expr.OpEqual, atomA, 1), p.No(), expr.Holds},
		{"negated comparison", p.Not(p.Compare(expr.OpEqual, atomT, 2)), p.Compare(expr.OpUnequal, atomT, 2), expr.Holds},
		{"a fact", p.And(text, a), text, expr.Holds},
		{"another fact", text, p.Compare(expr.OpEqual, atomS, 25), expr.Refuted},
		{"a contradiction", p.And(a, p.Not(a)), b, expr.Holds},
	} {
		if got := p.Implies(domain{}, test.a, test.b); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

// A hard question ends without an answer rather than never: ten pigeons do not
// fit into nine holes.
func TestImpliesGivesUp(t *testing.T) {
	p := newPool()
	in := func(pigeon, hole int) expr.ID { return p.Leaf(expr.Atom(1000 + 30*(10*pigeon+hole) + 1)) }
	var all []expr.ID
	for pigeon := range 10 {
		var somewhere []expr.ID
		for hole := range 9 {
			somewhere = append(somewhere, in(pigeon, hole))
			for other := range pigeon {
				all = append(all, p.Not(p.And(in(pigeon, hole), in(other, hole))))
			}
		}
		all = append(all, p.Any(somewhere))
	}
	if got := p.Implies(domain{}, p.All(all), p.No()); got != expr.Open {
		t.Errorf("got %v, want it to be open", got)
	}
}

func randomExpression(r *rand.Rand, p *expr.Pool, depth int) expr.ID {
	atoms := []expr.Atom{0, 1, 2, atomT, atomU, atomA, atomB, atomC, atomS}
	leaf := func() expr.Atom { return atoms[r.IntN(len(atoms))] }
	switch k := r.IntN(6); {
	case depth == 0 || k == 0:
		return p.Leaf(leaf())
	case k == 1:
		return p.Compare(expr.OpEqual+expr.Op(r.IntN(6)), leaf(), leaf())
	case k == 2:
		return p.Not(randomExpression(r, p, depth-1))
	case k == 3:
		return p.Any([]expr.ID{randomExpression(r, p, depth-1), randomExpression(r, p, depth-1), randomExpression(r, p, depth-1)})
	case k == 4:
		return p.Or(randomExpression(r, p, depth-1), randomExpression(r, p, depth-1))
	}
	return p.And(randomExpression(r, p, depth-1), randomExpression(r, p, depth-1))
}

// allValues has every valuation of the test's atoms.
func allValues(yield func(fixed) bool) {
	sets := []expr.Atom{atomT, atomU, atomA, atomB, atomC}
	f := fixed{}
	var next func(i int) bool
	next = func(i int) bool {
		if i == len(sets) {
			return yield(f)
		}
		for v := expr.N; v <= expr.Y; v <<= 1 {
			if domain.Values(domain{}, sets[i])&v == 0 {
				continue
			}
			f[sets[i]] = v
			if !next(i + 1) {
				return false
			}
		}
		return true
	}
	next(0)
}

// fixed is a valuation.
type fixed map[expr.Atom]expr.Tristate

func (f fixed) Values(a expr.Atom) expr.Tristate {
	if v, ok := f[a]; ok {
		return v
	}
	return domain{}.Values(a)
}

func (fixed) IsLogical(a expr.Atom) bool { return domain{}.IsLogical(a) }

// What Simplify and Implies say holds under every valuation.
func TestSimplifyKeepsTheMeaning(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	shorter := 0
	for range 3000 {
		p := newPool()
		a, b := randomExpression(r, p, 4), randomExpression(r, p, 3)
		s := p.Simplify(domain{}, a)
		if s != a {
			shorter++
		}
		implies := p.Implies(domain{}, a, b)
		for f := range allValues {
			// With all symbols fixed what is left are facts: then both verdicts
			// have to hold by themselves.
			if p.Equivalent(f, a, s) != expr.Holds {
				t.Fatalf("simplified to something else under %v", f)
			}
			if implies == expr.Holds && p.Implies(f, a, b) != expr.Holds {
				t.Fatalf("implied, but not under %v", f)
			}
		}
		if implies == expr.Refuted {
			found := false
			for f := range allValues {
				found = found || p.Implies(f, a, b) != expr.Holds
			}
			if !found {
				t.Fatal("refuted, but no valuation refutes it")
			}
		}
	}
	if shorter < 500 {
		t.Errorf("only %d of 3000 expressions were simplified", shorter)
	}
}
