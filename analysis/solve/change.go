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
	c := changing{Solver: s, kept: s.keepAll(user), goals: goals, without: without, preferred: preferredOf(wishes)}
	return c.search(ctx)
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

// changing is a search for the fewest changes. It collects sets of which at least one
// has to be changed, and looks for a solution among the smallest sets that have one of
// each: what is found first is the least.
type changing struct {
	*Solver
	*kept
	goals   []z.Lit
	without [][]expr.Atom
	cores   [][]expr.Atom
	index   map[z.Lit]expr.Atom
	// preferred is what tristates are to be that have to be on.
	preferred expr.Tristate
}

func (c *changing) search(ctx context.Context) ([]expr.Atom, Verdict) {
	if c.isImpossible || slices.Contains(c.goals, c.no) {
		return nil, No
	}
	c.index = make(map[z.Lit]expr.Atom, len(c.literals))
	for i, l := range c.literals {
		c.index[l] = c.atoms[i]
	}
	for {
		changed, ok := leastHitting(c.cores, c.without)
		if !ok {
			return nil, No
		}
		if ctx.Err() != nil {
			return nil, Open
		}
		verdict := c.try(ctx, changed)
		if verdict == Yes {
			c.prefer(ctx, changed)
			return changed, Yes
		}
		if verdict == Open {
			return nil, Open
		}
		for verdict == No {
			core := c.core()
			if len(core) == 0 {
				return nil, No
			}
			c.cores = append(c.cores, core)
			// What else speaks against it, without all of these?
			changed = append(slices.Clone(changed), core...)
			verdict = c.propagate(changed)
		}
	}
}

// assumptions returns the goals, and that all is kept but some.
func (c *changing) assumptions(changed []expr.Atom) []z.Lit {
	all := make([]z.Lit, 0, len(c.goals)+len(c.literals))
	all = append(all, c.goals...)
	for i := len(c.literals) - 1; i >= 0; i-- {
		if !slices.Contains(changed, c.atoms[i]) {
			all = append(all, c.literals[i])
		}
	}
	return all
}

// try searches for a solution with some changes.
func (c *changing) try(ctx context.Context, changed []expr.Atom) Verdict {
	return c.solve(ctx, c.assumptions(changed))
}

// propagate returns No if it follows at once that some changes are not enough.
func (c *changing) propagate(changed []expr.Atom) Verdict {
	c.failed = c.failed[:0]
	c.sat.Assume(c.assumptions(changed)...)
	result, _ := c.sat.Test(nil)
	if result < 0 {
		c.failed = c.sat.Why(c.failed)
	}
	c.isImpossible = c.sat.Untest() != 0
	if result < 0 {
		return No
	}
	return Open
}

// core returns the least part of what failed last of which something has to be changed.
func (c *changing) core() []expr.Atom {
	core := slices.DeleteFunc(slices.Clone(c.failed), func(l z.Lit) bool { return c.index[l] == 0 })
	slices.SortFunc(core, func(a, b z.Lit) int { return c.m.Rank(c.index[a]) - c.m.Rank(c.index[b]) })
	core = c.shrink(c.goals, slices.Compact(core))
	atoms := make([]expr.Atom, len(core))
	for i, l := range core {
		atoms[i] = c.index[l]
	}
	slices.Sort(atoms)
	return atoms
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
func (c *changing) prefer(ctx context.Context, changed []expr.Atom) {
	assume := c.assumptions(changed)
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
