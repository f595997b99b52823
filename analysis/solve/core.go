package solve

import (
	"cmp"
	"context"
	"slices"

	"github.com/go-air/gini/z"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Part is a part of what makes something impossible: one side of what decides about
// an atom.
type Part struct {
	Kind PartKind
	Atom expr.Atom
}

// PartKind says which side.
type PartKind uint8

// The kinds of parts.
const (
	// AtMost is what an atom cannot be more than: its prompts, defaults and what
	// selects it. Of a choice it is that no two members are chosen.
	AtMost PartKind = iota + 1
	// AtLeast is what an atom cannot be less than: what selects it, and its defaults
	// where no prompt is shown. Of a choice it is that a member is chosen.
	AtLeast
	// Answer is what a tool has answered: to a macro reference, or for the text of a
	// symbol.
	Answer
)

// guard is a pair of literals for the two sides of what decides about an atom, which
// hold where the literals are true. Without Options.Guarded they always are.
type guard struct{ most, least z.Lit }

// guardOf returns the guard of an atom.
func (s *Solver) guardOf(a expr.Atom) guard {
	if !s.options.Guarded {
		return guard{s.yes, s.yes}
	}
	g, ok := s.guards[a]
	if !ok {
		g = guard{s.fresh(), s.fresh()}
		s.guards[a] = g
		s.parts[g.most], s.parts[g.least] = Part{AtMost, a}, Part{AtLeast, a}
	}
	return g
}

// answered notes the literal for what a tool has answered.
func (s *Solver) answered(a expr.Atom, l z.Lit) {
	if s.options.Guarded && l != s.yes {
		s.parts[l] = Part{Answer, a}
	}
}

// answeredText has the text of a default be what the tool has answered, where a
// literal is true that it makes.
func (s *Solver) answeredText(a expr.Atom, p *model.Property, when z.Lit, f *freeText) {
	answer := &s.m.Symbols[p.Low]
	if !s.options.Guarded || answer.Kind == model.Unanswered {
		return
	}
	text := answer.Name
	if answer.Kind == model.Answered {
		text = s.m.Symbols[answer.Answer].Name
	}
	l := s.fresh()
	s.clause(l.Not(), when.Not(), s.against(f, operandOf(&s.m.Symbols[a], text)).equal)
	s.answered(a, l)
}

// Core says what makes it impossible that all wishes come true: parts none of which
// can be left out, unless the context is done before that is known; in the order in
// which values are computed. With answers, what tools have answered is taken for
// granted. The solver must be made with Options.Guarded. The verdict is Yes if
// it is possible, and there is no core then.
func (s *Solver) Core(ctx context.Context, wishes []Wish, answers bool) ([]Part, Verdict) {
	goals := s.goals(wishes)
	rules := s.partLiterals(func(p Part) bool { return answers || p.Kind != Answer })
	verdict := s.solve(ctx, slices.Concat(goals, rules))
	if verdict != No {
		return nil, verdict
	}
	core := slices.DeleteFunc(slices.Clone(s.failed), func(l z.Lit) bool { return s.parts[l] == Part{} })
	core = s.shrink(goals, core)
	for i := 0; i < len(core) && ctx.Err() == nil; {
		rest := slices.Delete(slices.Clone(core), i, i+1)
		if s.solve(ctx, slices.Concat(goals, rest)) == No {
			core = rest
		} else {
			i++
		}
	}
	parts := make([]Part, len(core))
	for i, l := range core {
		parts[i] = s.parts[l]
	}
	slices.SortFunc(parts, s.compareParts)
	return slices.Compact(parts), No
}

// partLiterals returns the literals of some parts, in a fixed order.
func (s *Solver) partLiterals(wanted func(Part) bool) []z.Lit {
	var literals []z.Lit
	for l, p := range s.parts {
		if wanted(p) {
			literals = append(literals, l)
		}
	}
	// What is behind is nearer to what is asked.
	slices.SortFunc(literals, func(a, b z.Lit) int { return cmp.Compare(b, a) })
	return literals
}

func (s *Solver) compareParts(a, b Part) int {
	return cmp.Or(cmp.Compare(s.m.Rank(a.Atom), s.m.Rank(b.Atom)), cmp.Compare(a.Kind, b.Kind))
}

// Blame finds the fewest answers of tools that would have to be others for all wishes
// to come true: references of macros, and symbols whose text is an answer; sorted. The
// solver must be made with Options.Guarded and Options.FreeAnswers. The verdict is No
// if no answers would do. Value tells of a reference what it would have to be.
func (s *Solver) Blame(ctx context.Context, wishes []Wish) ([]expr.Atom, Verdict) {
	goals := s.goals(wishes)
	rules := s.partLiterals(func(p Part) bool { return p.Kind != Answer })
	answers := &kept{literals: s.partLiterals(func(p Part) bool { return p.Kind == Answer })}
	for _, l := range answers.literals {
		answers.atoms = append(answers.atoms, s.parts[l].Atom)
	}
	c := changing{Solver: s, goals: slices.Concat(goals, rules), preferred: expr.Y}
	return c.search(ctx, answers)
}
