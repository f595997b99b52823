package gate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// When says under which compiler something is excluded.
type When uint8

// Always is with any compiler, WithGCC and WithClang with this one only.
const (
	Always When = iota
	WithGCC
	WithClang
)

// String returns always, gcc or clang.
func (w When) String() string {
	switch w {
	case Always:
		return "always"
	case WithGCC:
		return "gcc"
	case WithClang:
		return "clang"
	}
	return fmt.Sprintf("When(%d)", uint8(w))
}

// Excluded is a symbol that cannot be on while a gate is on.
type Excluded struct {
	Symbol, Gate expr.Atom
	When         When
	// Through is another excluded symbol that it needs to be on, NoAtom if it is not
	// excluded for that.
	Through expr.Atom
}

// Excludes returns the symbols that cannot be on while a language's gate is on but
// could be without it, sorted by name. Here the gate is not free: what it depends on
// is what excludes most. Nothing is excluded by a gate that can never be on. It
// reports false if the context ended before everything was settled.
func (s *Set) Excludes(ctx context.Context, language int, solver func(free []expr.Atom) Solver) (all []Excluded, complete bool) {
	g := s.Languages[language]
	questions := []struct {
		when  When
		given []Given
	}{{when: Always}}
	if gcc, clang, ok := s.compilers(); ok {
		questions = append(questions,
			struct {
				when  When
				given []Given
			}{WithGCC, []Given{{gcc, true}, {clang, false}}},
			struct {
				when  When
				given []Given
			}{WithClang, []Given{{gcc, false}, {clang, true}}})
	}
	complete = true
	sat := solver(nil)
	among := s.candidates(g)
	for _, q := range questions {
		excluded, possible, settled := s.excludedGiven(ctx, g, sat, among, q.given)
		complete = complete && settled
		for _, a := range excluded {
			all = append(all, Excluded{a, g, q.when, model.NoAtom})
		}
		if q.when == Always {
			// With one compiler nothing is possible that is not with any, and what no
			// compiler allows is said.
			among = possible
		}
	}
	s.relate(all)
	slices.SortFunc(all, func(x, y Excluded) int {
		if x.Symbol != y.Symbol {
			return strings.Compare(s.Model.Symbols[x.Symbol].Name, s.Model.Symbols[y.Symbol].Name)
		}
		return int(x.When) - int(y.When)
	})
	return all, complete
}

// relate finds out which of the excluded symbols are so because they need another
// one. Those that most others need come first.
func (s *Set) relate(all []Excluded) {
	b := newBounds(s.Model)
	at := map[expr.Atom][]int{}
	for i, x := range all {
		at[x.Symbol] = append(at[x.Symbol], i)
	}
	needed := make([][]int, len(all)) // those that need the one at the index
	order := make([]int, len(all))
	for i, x := range all {
		order[i] = i
		for _, a := range b.close(map[expr.Atom]span{x.Symbol: exactly(valueN)}, nil, nil).gated() {
			for _, k := range at[a] {
				if k != i && (all[k].When == x.When || x.When == Always) {
					needed[i] = append(needed[i], k)
				}
			}
		}
	}
	slices.SortStableFunc(order, func(i, k int) int { return len(needed[k]) - len(needed[i]) })
	for _, i := range order {
		if all[i].Through != model.NoAtom {
			continue
		}
		for _, k := range needed[i] {
			if all[k].Through == model.NoAtom {
				all[k].Through = all[i].Symbol
			}
		}
	}
}

// candidates returns the symbols that bounds say can be on.
func (s *Set) candidates(g expr.Atom) []expr.Atom {
	b := newBounds(s.Model)
	var all []expr.Atom
	for i := range s.Model.Symbols {
		a := expr.Atom(i)
		if u := &s.Model.Symbols[i]; u.Kind == model.Plain && u.Defined && u.Type.IsLogical() && a != g && b.on(a) {
			all = append(all, a)
		}
	}
	return all
}

// excludedGiven returns which of some symbols a gate excludes where something is
// given, and which can be on beside it.
func (s *Set) excludedGiven(ctx context.Context, g expr.Atom, sat Solver, among []expr.Atom, given []Given) (excluded, possible []expr.Atom, complete bool) {
	on := append(slices.Clone(given), Given{g, true})
	off := append(slices.Clone(given), Given{g, false})
	if can, settled := sat.CanBeOn(ctx, []expr.Atom{g}, given...); !settled || !can[0] {
		return nil, nil, settled
	}
	with, settled := sat.CanBeOn(ctx, among, on...)
	complete = settled
	var without []expr.Atom
	for i, a := range among {
		if with[i] {
			possible = append(possible, a)
		} else {
			without = append(without, a)
		}
	}
	can, settled := sat.CanBeOn(ctx, without, off...)
	for i, a := range without {
		if can[i] {
			excluded = append(excluded, a)
		}
	}
	return excluded, possible, complete && settled
}

// compilers returns the symbols that tell which compiler there is, as Linux has
// them. Where there are none the question does not arise.
func (s *Set) compilers() (gcc, clang expr.Atom, ok bool) {
	gcc, hasGCC := s.Model.Lookup("CC_IS_GCC")
	clang, hasClang := s.Model.Lookup("CC_IS_CLANG")
	return gcc, clang, hasGCC && hasClang && s.Model.Symbols[gcc].Defined && s.Model.Symbols[clang].Defined
}
