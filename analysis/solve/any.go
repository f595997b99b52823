package solve

import (
	"context"
	"slices"

	"github.com/go-air/gini/z"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
)

// CanAny reports which atoms can be on, not necessarily together, in
// configurations under which all assumptions hold. It reports false for complete
// if the context was done before that was known of all; then those that are true
// are still right.
func (s *Solver) CanAny(ctx context.Context, among []expr.Atom, assume ...Assumption) (can []bool, complete bool) {
	can = make([]bool, len(among))
	literals := s.assume(assume, among...)
	var left []candidate
	for i, a := range among {
		if on := s.literal(On(a)); on != s.no {
			left = append(left, candidate{i, on})
		}
	}
	for len(left) > 0 {
		// Each configuration tells of all that are on in it: so at first those are
		// looked for in which very many are, and at last those in which any is.
		verdict := s.most(ctx, literals, left)
		found := len(left)
		if verdict == Yes {
			left = s.withoutFound(left, can)
			found -= len(left)
		}
		if verdict == Yes && found > 0 {
			continue
		}
		switch s.any(ctx, literals, left) {
		case Open:
			return can, false
		case No:
			return can, true
		}
		left = s.withoutFound(left, can)
	}
	return can, true
}

// candidate is an atom of which it is not known whether it can be on.
type candidate struct {
	index int
	on    z.Lit
}

// withoutFound leaves out the candidates that are on in the model found last.
func (s *Solver) withoutFound(left []candidate, can []bool) []candidate {
	return slices.DeleteFunc(left, func(c candidate) bool {
		can[c.index] = s.holdsInFound(c.on)
		return can[c.index]
	})
}

// any looks for a model in which one of the candidates is on.
func (s *Solver) any(ctx context.Context, literals []z.Lit, left []candidate) Verdict {
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

// most looks for a model in which as many of the candidates are on as go together
// by propagation. It gives up with Open if there is none soon.
func (s *Solver) most(ctx context.Context, literals []z.Lit, left []candidate) Verdict {
	if slices.Contains(literals, s.no) {
		return No
	}
	t := together{Solver: s}
	if !t.add(slices.Clone(literals)) {
		t.drop(0)
		return Open // any tells
	}
	wanted := make([]z.Lit, 0, len(left))
	for _, c := range left {
		if c.on != s.yes {
			wanted = append(wanted, c.on)
		}
	}
	t.addMost(ctx, wanted)
	verdict := Open
	for ctx.Err() == nil && t.scopes > 0 {
		if s.sat.Try(slice) == 1 {
			s.keep()
			verdict = Yes
			break
		}
		if t.scopes == 1 {
			break
		}
		t.drop(max(1, t.scopes/2)) // they do not go together after all
	}
	t.drop(0)
	return verdict
}

// together is literals that are assumed in scopes, each of which propagates.
type together struct {
	*Solver
	scopes int
}

// add assumes literals, and reports false, with the scope gone, if they contradict
// those before by propagation.
func (t *together) add(literals []z.Lit) bool {
	literals = slices.DeleteFunc(literals, func(l z.Lit) bool { return l == t.yes })
	t.sat.Assume(literals...)
	result, _ := t.sat.Test(nil)
	t.scopes++
	if result == -1 {
		t.drop(t.scopes - 1)
		return false
	}
	return true
}

// addMost assumes what goes together of literals, in halves.
func (t *together) addMost(ctx context.Context, literals []z.Lit) {
	const whole = 64
	switch {
	case len(literals) == 0 || ctx.Err() != nil:
	case len(literals) <= whole && t.add(slices.Clone(literals)) || len(literals) == 1:
	default:
		t.addMost(ctx, literals[:len(literals)/2])
		t.addMost(ctx, literals[len(literals)/2:])
	}
}

// drop takes scopes back until only some are left, and no contradiction among them.
func (t *together) drop(left int) {
	for contradicts := false; t.scopes > left || contradicts && t.scopes > 0; t.scopes-- {
		contradicts = t.sat.Untest() == -1
	}
}
