package solve

import (
	"context"
	"slices"
	"time"

	"github.com/go-air/gini/z"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
)

// CanAny reports which atoms can be on, not necessarily together, in
// configurations under which all assumptions hold. It reports false for complete
// if the context was done before that was known of all; then those that are true
// are still right.
func (s *Solver) CanAny(ctx context.Context, among []expr.Atom, assume ...Assumption) (can []bool, complete bool) {
	literals := s.assume(assume, among...)
	candidates := make([]z.Lit, len(among))
	for i, a := range among {
		candidates[i] = s.literal(On(a))
	}
	return s.canAny(ctx, literals, candidates)
}

// canAny reports which of some literals can be true where others are.
func (s *Solver) canAny(ctx context.Context, literals, among []z.Lit) (can []bool, complete bool) {
	can = make([]bool, len(among))
	if s.isImpossible || slices.Contains(literals, s.no) {
		return can, true
	}
	var left []candidate
	for i, on := range among {
		if on != s.no {
			left = append(left, candidate{i, on})
		}
	}
	for len(left) > 0 {
		verdict := Open
		// Each configuration tells of as many as are on in it, so they are sought
		// with as many on as possible.
		if len(left) > 1 {
			verdict = s.greedy(ctx, literals, left)
		}
		if verdict == Open {
			verdict = s.oneOfGroup(ctx, literals, left)
		}
		switch verdict {
		case Open:
			return can, false
		case No:
			return can, true
		}
		left = slices.DeleteFunc(left, func(c candidate) bool {
			can[c.index] = s.holdsInFound(c.on)
			return can[c.index]
		})
	}
	return can, true
}

// candidate is an atom of which it is not known yet whether it can be on.
type candidate struct {
	index int
	on    z.Lit
}

// oneOfGroup searches for a model in which one of the candidates is on. If there
// is none, none of them can be.
func (s *Solver) oneOfGroup(ctx context.Context, literals []z.Lit, left []candidate) Verdict {
	group := s.fresh()
	clause := make([]z.Lit, 0, len(left)+1)
	for _, c := range left {
		clause = append(clause, c.on)
	}
	s.clause(append(clause, group.Not())...)
	verdict := s.solve(ctx, append(slices.Clone(literals), group))
	s.clause(group.Not())
	return verdict
}

// greedyTime is how long a model is sought for what greedy has put together.
const greedyTime = 500 * time.Millisecond

// batch is how many candidates are put on at once.
const batch = 64

// greedy searches for a model in which many candidates are on: it puts one after
// the other on as long as nothing speaks against it. It returns Open if that does
// not lead to a model in which any is.
func (s *Solver) greedy(ctx context.Context, literals []z.Lit, left []candidate) Verdict {
	if s.isImpossible {
		return No
	}
	g := greedySearch{Solver: s}
	defer g.undo()
	if !g.test(literals) {
		return No
	}
	for some := range slices.Chunk(left, batch) {
		if ctx.Err() != nil {
			return Open
		}
		on := make([]z.Lit, len(some))
		for i, c := range some {
			on[i] = c.on
		}
		g.put(on)
	}
	if g.isStuck || s.sat.Try(greedyTime) != 1 {
		return Open
	}
	s.keep()
	if !slices.ContainsFunc(left, func(c candidate) bool { return s.holdsInFound(c.on) }) {
		return Open
	}
	return Yes
}

type greedySearch struct {
	*Solver
	depth int
	// isStuck tells that what was assumed turned out to be impossible.
	isStuck bool
}

// test assumes literals for the searches that follow, if propagation finds
// nothing against that.
func (g *greedySearch) test(literals []z.Lit) bool {
	g.sat.Assume(literals...)
	result, _ := g.sat.Test(nil)
	if result >= 0 {
		g.depth++
		return true
	}
	if g.sat.Untest() != 0 {
		g.isStuck = true
		g.isImpossible = g.depth == 0
	}
	return false
}

// put assumes as many of some literals as it can.
func (g *greedySearch) put(literals []z.Lit) {
	open := literals[:0]
	for _, l := range literals {
		if !g.sat.Value(l) && !g.sat.Value(l.Not()) {
			open = append(open, l)
		}
	}
	if len(open) == 0 || g.isStuck || g.test(open) || len(open) == 1 {
		return
	}
	half := len(open) / 2
	g.put(open[:half])
	g.put(open[half:])
}

// undo forgets all that was assumed.
func (g *greedySearch) undo() {
	for ; g.depth > 0; g.depth-- {
		g.sat.Untest()
	}
}
