package gate

import (
	"context"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Set is which symbols of a model are gated, and on what. It never changes.
type Set struct {
	// Model is what it was found out from.
	Model *model.Model
	// Languages are the gates that stand for languages, see [Languages].
	Languages []expr.Atom
	// Tests are the questions about the toolchain.
	Tests []Test

	// bounds are those of all configurations, with nothing free but what tools answer.
	bounds   *bounds
	gated    []map[expr.Atom]Gated // by language
	closings []*closing            // by language
	required map[expr.Atom][]Required
}

// Required is a test that a symbol stands and falls with.
type Required struct {
	// Test is the index of the test in Tests.
	Test int
	// Holds is what the test has to come to for the symbol to be on.
	Holds bool
	Gated
}

// Options say how a set is made.
type Options struct {
	// Named are gates that the user names besides those that are found.
	Named []string
	// Solver settles what bounds cannot, nil to leave it at bounds.
	Solver func(free []expr.Atom) Solver
	// ProveTests has the solver settle what stands and falls with the toolchain, too,
	// and not only what is gated on languages.
	ProveTests bool
}

// Solver answers whether symbols can be on. Every answer of a tool and the
// symbols that it was made with are free for it. It is safe for concurrent use.
type Solver interface {
	// CanBeOn tells for each symbol whether there is a configuration in which it
	// is on, and what is given holds. It reports false if it was interrupted; then
	// what is not yet known counts as possible.
	CanBeOn(ctx context.Context, among []expr.Atom, given ...Given) (can []bool, complete bool)
}

// Given is a symbol that is on, or is not.
type Given struct {
	Symbol expr.Atom
	On     bool
}

// Compute finds out which symbols are gated. It reports false in complete if the
// context ended before everything was settled by the solver.
func Compute(ctx context.Context, m *model.Model, o Options) (set *Set, complete bool) {
	set = &Set{Model: m, Languages: Languages(m, o.Named), Tests: tests(m), required: map[expr.Atom][]Required{}}
	if len(set.Languages)+len(set.Tests) > 0 {
		set.bounds = newBounds(m)
	}
	complete = true
	for _, g := range set.Languages {
		gated, settled := set.language(ctx, g, o)
		complete = complete && settled
		set.gated = append(set.gated, gated)
	}
	set.toolchain()
	if o.Solver != nil && o.ProveTests && len(set.Tests) > 0 {
		complete = set.settleTests(ctx, o.Solver(nil)) && complete
	}
	return set, complete
}

// language finds what is gated on a symbol.
func (s *Set) language(ctx context.Context, g expr.Atom, o Options) (gated map[expr.Atom]Gated, complete bool) {
	b := newBounds(s.Model, g)
	c := b.close(map[expr.Atom]span{g: exactly(valueN)}, nil, nil)
	c.settle()
	s.closings = append(s.closings, c)
	found := c.gated()
	complete = true
	if o.Solver != nil {
		found, complete = s.settle(ctx, g, c, found, o.Solver([]expr.Atom{g}))
	}
	gated = make(map[expr.Atom]Gated, len(found))
	for _, a := range found {
		gated[a] = c.explain(a)
	}
	return gated, complete
}

// settle leaves out what can never be on, and adds what is gated by more than
// bounds see. Only what looks at the gate, directly or not, comes into question.
func (s *Set) settle(ctx context.Context, g expr.Atom, c *closing, found []expr.Atom, solver Solver) (gated []expr.Atom, complete bool) {
	alive, complete := solver.CanBeOn(ctx, found, Given{g, true})
	for i, a := range found {
		if alive[i] {
			gated = append(gated, a)
		}
	}
	var open []expr.Atom
	for _, a := range s.cone(g) {
		if c.closed.on(a) {
			open = append(open, a)
		}
	}
	without, settled := solver.CanBeOn(ctx, open, Given{g, false})
	complete = complete && settled
	var suspects []expr.Atom
	for i, a := range open {
		if !without[i] {
			suspects = append(suspects, a)
		}
	}
	with, settled := solver.CanBeOn(ctx, suspects, Given{g, true})
	complete = complete && settled
	for i, a := range suspects {
		if with[i] {
			gated = append(gated, a)
		}
	}
	return gated, complete
}

// cone returns the symbols whose values can depend on that of another one, sorted.
func (s *Set) cone(g expr.Atom) []expr.Atom {
	seen := map[expr.Atom]bool{g: true}
	stack := []expr.Atom{g}
	var all []expr.Atom
	for len(stack) > 0 {
		a := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, user := range s.Model.Users(a) {
			if seen[user] {
				continue
			}
			seen[user] = true
			stack = append(stack, user)
			if u := &s.Model.Symbols[user]; u.Kind == model.Plain && u.Defined && u.Type != model.UnknownType {
				all = append(all, user)
			}
		}
	}
	slices.Sort(all)
	return all
}

// toolchain finds which symbols stand and fall with a test.
func (s *Set) toolchain() {
	if len(s.Tests) == 0 {
		return
	}
	b := s.bounds.recycling()
	for i := range s.Tests {
		t := &s.Tests[i]
		outcomes := []bool{true, false}
		if t.Atom != model.NoAtom {
			outcomes = outcomes[:1] // nobody needs a probe to fail
		}
		for _, holds := range outcomes {
			c := b.closeTest(t, holds)
			if gated := c.gated(); len(gated) > 0 {
				c.settle()
				for _, a := range gated {
					s.required[a] = append(s.required[a], Required{i, holds, c.explain(a)})
				}
			}
			c.handBack()
		}
	}
}

// settleTests leaves out what can never be on, and adds what stands and falls with a
// reference by more than bounds see: of those symbols that are off when all tests
// fail.
func (s *Set) settleTests(ctx context.Context, solver Solver) (complete bool) {
	var found []expr.Atom
	for a := range s.required {
		found = append(found, a)
	}
	slices.Sort(found)
	alive, complete := solver.CanBeOn(ctx, found)
	for i, a := range found {
		if !alive[i] {
			delete(s.required, a)
		}
	}
	b := s.bounds
	off := map[expr.Atom]span{}
	for _, t := range s.Tests {
		if t.Atom != model.NoAtom {
			off[t.Atom] = exactly(valueN)
		}
	}
	suspects := map[expr.Atom]bool{}
	for _, a := range b.close(off, nil, nil).gated() {
		suspects[a] = true
	}
	for i := range s.Tests {
		t := &s.Tests[i]
		if t.Atom == model.NoAtom {
			continue
		}
		var among []expr.Atom
		for _, a := range s.cone(t.Atom) {
			if suspects[a] && !slices.ContainsFunc(s.required[a], func(r Required) bool { return r.Test == i }) {
				among = append(among, a)
			}
		}
		without, settled := solver.CanBeOn(ctx, among, Given{t.Atom, false})
		complete = complete && settled
		var more []expr.Atom
		for k, a := range among {
			if !without[k] {
				more = append(more, a)
			}
		}
		with, settled := solver.CanBeOn(ctx, more, Given{t.Atom, true})
		complete = complete && settled
		c := b.closeTest(t, true)
		c.settle()
		for k, a := range more {
			if with[k] {
				s.require(a, Required{i, true, c.explain(a)})
			}
		}
	}
	return complete
}

// require adds a test that a symbol stands and falls with in the order of Tests.
func (s *Set) require(a expr.Atom, r Required) {
	all := s.required[a]
	i, _ := slices.BinarySearchFunc(all, r.Test, func(r Required, test int) int { return r.Test - test })
	s.required[a] = slices.Insert(all, i, r)
}

// closeTest returns what follows from a test that does not come to what it has to.
func (b *bounds) closeTest(t *Test, holds bool) *closing {
	v := exactly(valueN)
	if !holds {
		v = exactly(valueY)
	}
	if t.Atom != model.NoAtom {
		return b.close(map[expr.Atom]span{t.Atom: v}, nil, nil)
	}
	return b.close(nil, map[expr.ID]span{t.Comparison: v}, t.users)
}

// Gated returns the symbols that are gated on a language, sorted by name.
func (s *Set) Gated(language int) []Gated {
	all := make([]Gated, 0, len(s.gated[language]))
	for _, g := range s.gated[language] {
		all = append(all, g)
	}
	slices.SortFunc(all, func(x, y Gated) int {
		return strings.Compare(s.Model.Symbols[x.Symbol].Name, s.Model.Symbols[y.Symbol].Name)
	})
	return all
}

// Of returns how a symbol is gated on a language.
func (s *Set) Of(a expr.Atom, language int) (Gated, bool) {
	g, ok := s.gated[language][a]
	return g, ok
}

// Required returns the tests that a symbol stands and falls with, in the order of
// Tests.
func (s *Set) Required(a expr.Atom) []Required { return s.required[a] }

// TestText returns a test as it is written.
func (s *Set) TestText(test int) string {
	t := &s.Tests[test]
	if t.Atom != model.NoAtom {
		return s.Model.Symbols[t.Atom].Name
	}
	return s.Model.Format(t.Comparison)
}
