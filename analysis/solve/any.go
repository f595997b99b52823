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
	search := s.searchAny(literals, candidates)
	weighed := len(search.left) // how many were left when a narrower solver was thought of
	for len(search.left) > 0 {
		if 2*len(search.left) <= weighed {
			weighed = len(search.left)
			rest := make([]expr.Atom, len(search.left))
			for i, c := range search.left {
				rest[i] = among[c.index]
			}
			if narrow := s.narrowed(rest, assume); narrow != nil {
				more, complete := narrow.CanAny(ctx, rest, assume...)
				for i, c := range search.left {
					search.can[c.index] = more[i]
				}
				return search.can, complete
			}
		}
		if verdict := search.round(ctx); verdict != Yes {
			return search.can, verdict == No
		}
	}
	return search.can, true
}

// narrowed returns a solver that has encoded what some atoms and assumptions are about
// and no more, nil if that is no less than half of what there is. Each configuration
// that is sought gives a value to all that is encoded, and most questions are about a
// few symbols that are left.
func (s *Solver) narrowed(among []expr.Atom, assume []Assumption) *Solver {
	options := s.options
	options.Guarded = false
	narrow := New(s.m, options)
	c := narrow.coneOf(nil, withAssumed(among, assume))
	if 2*narrow.countWanted() > s.countWanted() {
		return nil
	}
	narrow.encode(c)
	return narrow
}

// canAny reports which of some literals can be true where others are.
func (s *Solver) canAny(ctx context.Context, literals, among []z.Lit) (can []bool, complete bool) {
	search := s.searchAny(literals, among)
	for len(search.left) > 0 {
		if verdict := search.round(ctx); verdict != Yes {
			return search.can, verdict == No
		}
	}
	return search.can, true
}

// anySearch is a search for which of some literals can be true where others are.
type anySearch struct {
	*Solver
	literals []z.Lit
	can      []bool
	// left are those of which it is not known yet.
	left []candidate
}

func (s *Solver) searchAny(literals, among []z.Lit) *anySearch {
	search := &anySearch{Solver: s, literals: literals, can: make([]bool, len(among))}
	if s.isImpossible || slices.Contains(literals, s.no) {
		return search
	}
	for i, on := range among {
		if on != s.no {
			search.left = append(search.left, candidate{i, on})
		}
	}
	return search
}

// round searches for one configuration more in which any of what is left is true, and
// takes out what is. It returns No if nothing of it can be.
func (s *anySearch) round(ctx context.Context) Verdict {
	verdict := Open
	// Each configuration tells of as many as are on in it, so they are sought
	// with as many on as possible.
	if len(s.left) > 1 {
		verdict = s.greedy(ctx, s.literals, s.left)
	}
	if verdict == Open {
		verdict = s.oneOfGroup(ctx, s.literals, s.left)
	}
	if verdict == Yes {
		s.left = slices.DeleteFunc(s.left, func(c candidate) bool {
			s.can[c.index] = s.holdsInFound(c.on)
			return s.can[c.index]
		})
	}
	return verdict
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
