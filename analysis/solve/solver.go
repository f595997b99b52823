package solve

import (
	"context"
	"slices"
	"time"

	"github.com/go-air/gini/z"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Options say what is free. The zero value asks what configurations of the tree
// there are with the tools that were asked.
type Options struct {
	// Free are symbols that can have any value of their type, whatever they depend
	// on and whatever selects them, and select and imply by that value alone. Choices cannot be free; a member of one that
	// is free does not count as a member.
	Free []expr.Atom
	// FreeAnswers has every answer of a tool be free: references of macros that ask
	// one are n or y, those with the same text the same, and texts of symbols that
	// are a tool's answer are any. Without it only what is not known is free.
	FreeAnswers bool
	// Guarded has Solver.Core and Solver.Blame say what makes something impossible.
	// Such a solver is slower.
	Guarded bool
	// Rules are those of the tree's conf.
	Rules config.Rules
}

// Verdict is an answer.
type Verdict uint8

// The verdicts.
const (
	// Open is no answer: the context was done before there was one.
	Open Verdict = iota
	// No means that there is no such configuration.
	No
	// Yes means that there is one, which Value tells.
	Yes
)

// String returns open, no or yes.
func (v Verdict) String() string { return [...]string{"open", "no", "yes"}[v] }

// Assumption is that an atom has one of some values. An int, hex or string symbol
// has y if it has a value that is written to a configuration, else n; so has,
// since Linux 6.12, a choice that is shown.
type Assumption struct {
	Atom   expr.Atom
	Values expr.Tristate
}

// On is the assumption that an atom is not n.
func On(a expr.Atom) Assumption { return Assumption{a, expr.M | expr.Y} }

// Off is the assumption that an atom is n.
func Off(a expr.Atom) Assumption { return Assumption{a, expr.N} }

// Solver answers questions about all configurations of a model. It is not safe
// for concurrent use. What it encodes and learns for one question it keeps for
// the next.
type Solver struct {
	gates
	m       *model.Model
	options Options
	rules   config.Rules
	free    []bool

	plain       evaluator
	expressions []pair // by expression; zero if not encoded
	values      []pair // by atom; zero if not encoded
	wanted      []bool // by atom: it is encoded, or is about to be
	visited     []bool // by expression: its atoms are wanted
	late        []expr.Atom

	shown map[expr.Atom]shown
	texts map[expr.Atom]*textValue
	loose map[expr.Atom]*freeText
	// answerTexts are what tools answer where that is the value of symbols.
	answerTexts map[answerKey]*freeText
	answers     map[string]pair // by the text of the reference
	// choices are those that a symbol stands in, chosen whether it is the member
	// that is chosen in each.
	choices     map[expr.Atom][]expr.Atom
	chosen      map[expr.Atom][]z.Lit
	typeSymbols map[typeKey]*model.Symbol
	// modes are what users set choices to, up to Linux 6.11.
	modes map[expr.Atom]pair

	found []bool // the model found last, by variable
	// failed are the assumptions that contradicted each other last.
	failed []z.Lit

	// settable are the atoms that a user may set, in the order in which they were
	// encoded; keeps what has them be what a user has set.
	settable []expr.Atom
	keeps    map[keepKey]z.Lit
	// guards are those of atoms, parts what the literals are about that rules are
	// guarded by.
	guards map[expr.Atom]guard
	parts  map[z.Lit]Part
	kept   *kept
}

// shown is what decides about whether a user's value counts.
type shown struct{ shown, selected pair }

// New returns a solver for a model. It encodes nothing yet.
func New(m *model.Model, o Options) *Solver {
	s := &Solver{
		gates: newGates(), m: m, options: o, rules: o.Rules, free: make([]bool, len(m.Symbols)),
		expressions: make([]pair, m.Pool.Len()), values: make([]pair, len(m.Symbols)),
		wanted: make([]bool, len(m.Symbols)), visited: make([]bool, m.Pool.Len()),
		shown: map[expr.Atom]shown{}, texts: map[expr.Atom]*textValue{}, loose: map[expr.Atom]*freeText{}, answerTexts: map[answerKey]*freeText{},
		answers: map[string]pair{}, choices: map[expr.Atom][]expr.Atom{}, chosen: map[expr.Atom][]z.Lit{},
		typeSymbols: map[typeKey]*model.Symbol{}, modes: map[expr.Atom]pair{}, keeps: map[keepKey]z.Lit{},
		guards: map[expr.Atom]guard{}, parts: map[z.Lit]Part{},
	}
	s.plain = evaluator{Solver: s, replaced: model.NoAtom}
	for _, a := range o.Free {
		s.free[a] = true
	}
	s.findChoices()
	return s
}

// Size returns how many variables there are, which grows with what is asked.
func (s *Solver) Size() int { return int(s.sat.MaxVar()) }

// value returns the value of an atom.
func (s *Solver) value(a expr.Atom) pair {
	if p := s.values[a]; p != (pair{}) {
		return p
	}
	if !s.wanted[a] {
		s.wanted[a] = true
		s.late = append(s.late, a)
	}
	// What is defined later on, in a circle, is tied to this then.
	noMod := s.no
	if t := s.m.Symbols[a].Type; t == model.Bool || t == model.Tristate && s.m.Modules == model.NoAtom {
		noMod = s.yes
	}
	s.values[a] = s.freshPair(noMod)
	return s.values[a]
}

// set makes a value that of an atom.
func (s *Solver) set(a expr.Atom, p pair) {
	if before := s.values[a]; before != (pair{}) {
		s.equalPairs(before, p)
		return
	}
	s.values[a] = p
}

// literal returns whether an assumption holds.
func (s *Solver) literal(a Assumption) z.Lit {
	return s.in(s.answerOf(a.Atom), a.Values)
}

// answerOf returns the value of an atom as assumptions have it.
func (s *Solver) answerOf(a expr.Atom) pair {
	if v := s.texts[a]; v != nil {
		return pair{v.on, v.on}
	}
	if s.m.Symbols[a].Kind == model.Choice && !s.m.OldChoices() {
		on := s.shown[a].shown.m
		return pair{on, on}
	}
	return s.value(a)
}

// assume encodes what assumptions are about, and returns their literals.
func (s *Solver) assume(assume []Assumption, also ...expr.Atom) []z.Lit {
	s.demand(withAssumed(also, assume)...)
	literals := make([]z.Lit, len(assume))
	for i, a := range assume {
		literals[i] = s.literal(a)
	}
	return literals
}

// withAssumed returns atoms and those that assumptions are about.
func withAssumed(atoms []expr.Atom, assume []Assumption) []expr.Atom {
	all := slices.Clone(atoms)
	for _, a := range assume {
		all = append(all, a.Atom)
	}
	return all
}

// Can reports whether there is a configuration under which all assumptions hold.
func (s *Solver) Can(ctx context.Context, assume ...Assumption) Verdict {
	return s.solve(ctx, s.assume(assume))
}

// slice is how long the search goes on between two looks at the context.
const slice = 100 * time.Millisecond

// solve searches for a model in which all literals are true.
func (s *Solver) solve(ctx context.Context, literals []z.Lit) Verdict {
	if s.isImpossible || slices.Contains(literals, s.no) {
		s.failed = s.failed[:0]
		return No
	}
	for ctx.Err() == nil {
		s.sat.Assume(literals...)
		switch s.sat.Try(slice) {
		case 1:
			s.keep()
			return Yes
		case -1:
			s.failed = s.sat.Why(s.failed[:0])
			s.isImpossible = len(s.failed) == 0
			return No
		}
	}
	return Open
}

// keep copies the model found, which goes away when something is added.
func (s *Solver) keep() {
	n := int(s.sat.MaxVar()) + 1
	s.found = slices.Grow(s.found[:0], n)[:n]
	for v := 1; v < n; v++ {
		s.found[v] = s.sat.Value(z.Var(v).Pos())
	}
}

// holdsInFound reports whether a literal is true in the model found last.
func (s *Solver) holdsInFound(l z.Lit) bool {
	if l == s.yes || l == s.no {
		return l == s.yes
	}
	v := int(l.Var())
	return v < len(s.found) && s.found[v] == l.IsPos()
}

// Value returns the value of an atom in the configuration found last: by the last
// question that was answered with yes, or by the last call of CanAny that found
// any. It is not known for an atom that no question had to do with, or before one
// was answered: any value goes with what was found.
func (s *Solver) Value(a expr.Atom) expr.Tristate {
	if !s.wanted[a] {
		return expr.AnyTristate
	}
	p := s.answerOf(a)
	for _, l := range []z.Lit{p.m, p.y} {
		if l != s.yes && l != s.no && int(l.Var()) >= len(s.found) {
			return expr.AnyTristate
		}
	}
	switch {
	case s.holdsInFound(p.y):
		return expr.Y
	case s.holdsInFound(p.m):
		return expr.M
	}
	return expr.N
}
