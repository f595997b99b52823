package gate

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

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
func Excludes(ctx context.Context, m *model.Model, language expr.Atom, solver func(free []expr.Atom) Solver) (all []Excluded, complete bool) {
	among, sat := candidates(m, language), solver(nil)
	always, compilers := &premise{when: Always, gate: language}, compilersOf(m, language)
	var asking sync.WaitGroup
	for _, c := range compilers {
		asking.Go(func() { c.explore(ctx, sat, among) })
	}
	asking.Wait()
	// What is possible with one compiler is possible, so that little is left to ask.
	unsure := slices.DeleteFunc(slices.Clone(among), func(a expr.Atom) bool {
		return slices.ContainsFunc(compilers, func(c *premise) bool { return c.possible[a] })
	})
	always.explore(ctx, sat, unsure)
	for _, a := range unsure {
		if !always.possible[a] {
			always.impossible = append(always.impossible, a)
		}
	}
	// What no compiler allows is said, and need not be of each.
	for _, c := range compilers {
		for _, a := range among {
			if _, never := slices.BinarySearch(always.impossible, a); !never && !c.possible[a] {
				c.impossible = append(c.impossible, a)
			}
		}
	}
	complete = true
	for _, p := range append([]*premise{always}, compilers...) {
		for _, a := range p.excluded(ctx, sat) {
			all = append(all, Excluded{a, language, p.when, model.NoAtom})
		}
		complete = complete && p.complete
	}
	relate(m, all)
	slices.SortFunc(all, func(x, y Excluded) int {
		if x.Symbol != y.Symbol {
			return strings.Compare(m.Symbols[x.Symbol].Name, m.Symbols[y.Symbol].Name)
		}
		return int(x.When) - int(y.When)
	})
	return all, complete
}

// premise is which compiler there is when it is asked what a gate excludes.
type premise struct {
	when  When
	gate  expr.Atom
	given []Given
	// reachable tells that the gate can be on, possible what can be on beside it, and
	// impossible what cannot.
	reachable  bool
	possible   map[expr.Atom]bool
	impossible []expr.Atom
	// complete tells that all was settled.
	complete bool
}

// explore finds out which symbols can be on beside the gate.
func (p *premise) explore(ctx context.Context, sat Solver, among []expr.Atom) {
	can, settled := sat.CanBeOn(ctx, []expr.Atom{p.gate}, p.given...)
	p.complete = settled
	if p.reachable = settled && can[0]; !p.reachable {
		return
	}
	can, p.complete = sat.CanBeOn(ctx, among, p.with(true)...)
	p.possible = make(map[expr.Atom]bool, len(among))
	for i, a := range among {
		p.possible[a] = can[i]
	}
}

// excluded returns what is impossible beside the gate and possible without it.
func (p *premise) excluded(ctx context.Context, sat Solver) []expr.Atom {
	if !p.reachable {
		return nil
	}
	can, settled := sat.CanBeOn(ctx, p.impossible, p.with(false)...)
	p.complete = p.complete && settled
	var excluded []expr.Atom
	for i, a := range p.impossible {
		if can[i] {
			excluded = append(excluded, a)
		}
	}
	return excluded
}

// with returns what is given and that the gate is on, or off.
func (p *premise) with(on bool) []Given { return append(slices.Clone(p.given), Given{p.gate, on}) }

// relate finds out which of the excluded symbols are so because they need another
// one. Those that most others need come first.
func relate(m *model.Model, all []Excluded) {
	b := newBounds(m)
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
func candidates(m *model.Model, g expr.Atom) []expr.Atom {
	b := newBounds(m)
	var all []expr.Atom
	for i := range m.Symbols {
		a := expr.Atom(i)
		if u := &m.Symbols[i]; u.Kind == model.Plain && u.Defined && u.Type.IsLogical() && a != g && b.on(a) {
			all = append(all, a)
		}
	}
	return all
}

// compilersOf returns what is given with each compiler, for trees that have symbols for
// that as Linux has them. For others the question does not arise.
func compilersOf(m *model.Model, language expr.Atom) []*premise {
	gcc, hasGCC := m.Lookup("CC_IS_GCC")
	clang, hasClang := m.Lookup("CC_IS_CLANG")
	if !hasGCC || !hasClang || !m.Symbols[gcc].Defined || !m.Symbols[clang].Defined {
		return nil
	}
	return []*premise{
		{when: WithGCC, gate: language, given: []Given{{gcc, true}, {clang, false}}},
		{when: WithClang, gate: language, given: []Given{{gcc, false}, {clang, true}}},
	}
}
