package solve

import "github.com/go-air/gini/z"

// counter counts how many of some literals are true: a totalizer, of which only as
// many outputs are encoded as are asked for.
type counter struct {
	size        int
	left, right *counter // nil for a single literal
	// reached are literals that are true if at least 1, 2, ... of them are.
	reached []z.Lit
}

// newCounter returns a counter of literals, of which there is at least one.
func newCounter(literals []z.Lit) *counter {
	if len(literals) == 1 {
		return &counter{size: 1, reached: literals[:1:1]}
	}
	half := len(literals) / 2
	return &counter{size: len(literals), left: newCounter(literals[:half]), right: newCounter(literals[half:])}
}

// atLeast returns a literal that is true if at least n of the literals are.
func (c *counter) atLeast(g *gates, n int) z.Lit {
	if n > c.size {
		return g.no
	}
	for len(c.reached) < n {
		total := len(c.reached) + 1
		out := g.fresh()
		for i := max(0, total-c.right.size); i <= min(total, c.left.size); i++ {
			clause := []z.Lit{out}
			if i > 0 {
				clause = append(clause, c.left.atLeast(g, i).Not())
			}
			if total-i > 0 {
				clause = append(clause, c.right.atLeast(g, total-i).Not())
			}
			g.clause(clause...)
		}
		c.reached = append(c.reached, out)
	}
	return c.reached[n-1]
}
