package solve

import (
	"context"
	"slices"

	"github.com/go-air/gini/z"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Wish is what an atom is to be: one of some values, or, for an int, hex or string
// symbol, a text.
type Wish struct {
	Atom expr.Atom
	// Values are those of a bool or tristate symbol, 0 for any other one.
	Values expr.Tristate
	// Text is that of an int, hex or string symbol.
	Text string
}

// Change finds the fewest changes of what a user has set with which all wishes come
// true: the symbols of which the user would have to say something else, sorted, a
// choice for its members. Value, Text and Setting then tell what. The user must not
// change while the solver is in use.
//
// No solution has all changes of a list in without: with those that were found before
// it finds the next best ones. The verdict is No if there is none.
func (s *Solver) Change(ctx context.Context, user *config.User, wishes []Wish, without [][]expr.Atom) ([]expr.Atom, Verdict) {
	goals := s.goals(wishes)
	k := s.keepAll(user)
	for _, list := range without {
		goals = append(goals, s.oneKept(k, list))
	}
	c := changing{Solver: s, goals: goals, preferred: preferredOf(wishes)}
	return c.search(ctx, k)
}

// oneKept returns a literal that has one of some atoms be kept.
func (s *Solver) oneKept(k *kept, atoms []expr.Atom) z.Lit {
	one := s.fresh()
	clause := []z.Lit{one.Not()}
	for i, a := range k.atoms {
		if slices.Contains(atoms, a) {
			clause = append(clause, k.literals[i])
		}
	}
	s.clause(clause...)
	return one
}

// goals encodes what wishes are about, and returns their literals.
func (s *Solver) goals(wishes []Wish) []z.Lit {
	atoms := make([]expr.Atom, len(wishes))
	for i, w := range wishes {
		atoms[i] = w.Atom
	}
	s.demand(atoms...)
	goals := make([]z.Lit, len(wishes))
	for i, w := range wishes {
		if w.Values != 0 {
			goals[i] = s.literal(Assumption{w.Atom, w.Values})
		} else {
			goals[i] = s.hasText(w.Atom, w.Text)
		}
	}
	return goals
}

// hasText returns whether an int, hex or string symbol has a text.
func (s *Solver) hasText(a expr.Atom, text string) z.Lit {
	var parts []z.Lit
	if s.texts[a] == nil {
		return s.no
	}
	for _, c := range s.texts[a].cases {
		switch {
		case c.free != nil:
			parts = append(parts, s.and(c.when, s.against(c.free, operandOf(&s.m.Symbols[a], text)).equal))
		case c.text == text:
			parts = append(parts, c.when)
		}
	}
	return s.some(parts)
}

// changing is a search for the fewest changes, by cores: of those that contradict each
// other one is allowed to be changed, but no two, until that in turn is contradicted.
// Each core takes one change more, so that what is found first has the fewest. This is
// the algorithm OLL of solvers for MaxSAT.
type changing struct {
	*Solver
	goals []z.Lit
	// soft are the literals that are to be true if possible: that symbols are kept, and
	// that no more than so many of a core are changed.
	soft []z.Lit
	// limits are the second kind.
	limits map[z.Lit]limit
	// preferred is what tristates are to be that have to be on.
	preferred expr.Tristate
}

// limit is that fewer than some number are changed.
type limit struct {
	of *counter
	n  int
}

// search returns which of what is kept is changed in the solution with the fewest
// changes.
func (c *changing) search(ctx context.Context, k *kept) ([]expr.Atom, Verdict) {
	c.soft, c.limits = slices.Clone(k.literals), map[z.Lit]limit{}
	// What was encoded last is nearest to what is asked, and contradicts it first.
	slices.Reverse(c.soft)
	for {
		switch verdict := c.solve(ctx, slices.Concat(c.goals, c.soft)); verdict {
		case Open:
			return nil, Open
		case No:
			core := c.core()
			if len(core) == 0 {
				return nil, No
			}
			c.relax(core)
			continue
		}
		var changed []expr.Atom
		var same []z.Lit
		for i, l := range k.literals {
			if c.holdsInFound(l) {
				same = append(same, l)
			} else {
				changed = append(changed, k.atoms[i])
			}
		}
		slices.Sort(changed)
		c.prefer(ctx, changed, slices.Concat(c.goals, same))
		return changed, Yes
	}
}

// core returns the least part of what is soft that failed last.
func (c *changing) core() []z.Lit {
	soft := make(map[z.Lit]bool, len(c.soft))
	for _, l := range c.soft {
		soft[l] = true
	}
	core := slices.DeleteFunc(slices.Clone(c.failed), func(l z.Lit) bool { return !soft[l] })
	slices.Sort(core)
	return c.shrink(c.goals, slices.Compact(core))
}

// relax allows one change more among a core.
func (c *changing) relax(core []z.Lit) {
	c.soft = slices.DeleteFunc(c.soft, func(l z.Lit) bool { return slices.Contains(core, l) })
	var added []z.Lit
	add := func(l limit) {
		if l.n <= l.of.size {
			literal := l.of.atLeast(&c.gates, l.n).Not()
			c.limits[literal] = l
			added = append(added, literal)
		}
	}
	changed := make([]z.Lit, len(core))
	for i, l := range core {
		changed[i] = l.Not()
		if before, ok := c.limits[l]; ok {
			add(limit{before.of, before.n + 1})
		}
	}
	add(limit{newCounter(changed), 2})
	c.soft = append(added, c.soft...)
}

// maxShrunk is up to how many literals a core is made smaller.
const maxShrunk = 40

// shrink leaves out of a core what is not needed for a contradiction with goals that
// follows without a search.
func (s *Solver) shrink(goals, core []z.Lit) []z.Lit {
	if len(core) > maxShrunk {
		return core
	}
	for i := 0; i < len(core) && len(core) > 1 && !s.isImpossible; {
		rest := slices.Delete(slices.Clone(core), i, i+1)
		s.sat.Assume(goals...)
		s.sat.Assume(rest...)
		result, _ := s.sat.Test(nil)
		s.isImpossible = s.sat.Untest() != 0
		if result < 0 {
			core = rest
		} else {
			i++
		}
	}
	return core
}

// prefer looks for another solution with the same changes in which tristates that
// change are y, or m where that is wished for, and not the other.
func (c *changing) prefer(ctx context.Context, changed []expr.Atom, assume []z.Lit) {
	for _, a := range changed {
		s := &c.m.Symbols[a]
		if s.Type != model.Tristate || s.Kind != model.Plain || c.Value(a) == expr.N || c.Value(a) == c.preferred {
			continue
		}
		better := append(slices.Clone(assume), c.literal(Assumption{a, c.preferred}))
		if c.solve(ctx, better) == Yes {
			assume = better
		}
	}
}

// preferredOf returns what tristates are to be that have to be on.
func preferredOf(wishes []Wish) expr.Tristate {
	if slices.ContainsFunc(wishes, func(w Wish) bool { return w.Values == expr.M }) {
		return expr.M
	}
	return expr.Y
}

// Setting returns what a user has to set a symbol to for what was found last: for a
// choice, as Change returns it, the member that is y then. It reports false if there
// is no text that would do, as for a choice of which no member is to be y.
func (s *Solver) Setting(a expr.Atom) (expr.Atom, string, bool) {
	if s.m.Symbols[a].Kind != model.Choice {
		text, ok := s.userText(a)
		return a, text, ok
	}
	for _, member := range s.members(a) {
		if s.Value(member) == expr.Y {
			return member, "y", true
		}
	}
	return a, "", false
}
