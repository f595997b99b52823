package solve

import (
	"strings"

	"github.com/go-air/gini/z"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// define encodes what an atom is.
func (s *Solver) define(a expr.Atom) {
	sym := &s.m.Symbols[a]
	switch {
	case a <= model.AtomYes:
		s.set(a, s.constant(a))
	case sym.Kind == model.Answered || sym.Kind == model.Unanswered:
		s.set(a, s.answer(a))
	case !sym.Defined || sym.Type == model.UnknownType:
		s.set(a, s.nothing())
	case sym.Kind == model.Choice:
		s.choice(a)
	case s.free[a]:
		if sym.Type.IsLogical() {
			s.set(a, s.freshPair(s.noMod(sym.Type)))
			return
		}
		s.set(a, s.nothing())
		s.texts[a] = s.anyText(sym)
	case !sym.Type.IsLogical():
		s.set(a, s.nothing())
		s.texts[a] = s.textual(a)
	case s.m.OldChoices() && sym.Choice != model.NoNode:
		s.oldMember(a)
	case sym.Choice != model.NoNode:
		s.member(a)
	default:
		s.logical(a)
	}
}

// answer returns the value of a macro reference.
func (s *Solver) answer(a expr.Atom) pair {
	sym := &s.m.Symbols[a]
	switch {
	case sym.Kind == model.Unanswered && s.options.FreeAnswers:
		return s.freshPair(s.yes)
	case sym.Kind == model.Unanswered:
		return s.freshPair(s.no)
	case !s.options.FreeAnswers || !sym.AsksTool():
		return s.constant(sym.Answer)
	}
	reference := strings.Trim(sym.Name, `"`) // in quotes or not, it is the same answer
	p, ok := s.answers[reference]
	if !ok {
		p = s.freshPair(s.yes)
		s.answers[reference] = p
		if sym.Answer == model.AtomNo {
			s.answered(a, p.y.Not())
		} else {
			s.answered(a, p.y)
		}
	}
	return p
}

// bounds is what a value lies between.
type bounds struct {
	// shown is what the prompts come to, selected what selects the symbol, unset
	// the value that the symbol has without a user's.
	shown, selected, unset pair
	noMod                  z.Lit // whether m becomes y
}

// boundsOf returns the bounds of a symbol. As sym_calc_visibility in
// scripts/kconfig/symbol.c.
func (s *Solver) boundsOf(a expr.Atom) bounds {
	sym := &s.m.Symbols[a]
	b := bounds{shown: s.visible(sym, &s.plain), selected: s.nothing(), unset: s.defaults(sym), noMod: s.noMod(sym.Type)}
	if sym.Transitional {
		b.shown = s.certainly()
	}
	if !sym.ChoiceValue && !sym.Transitional {
		b.selected = s.raised(sym.ReverseDep, sym.SelectedBy)
		if implied := s.raised(sym.Implied, sym.ImpliedBy); implied.m != s.no && !s.rules.PlainDefaults {
			s.imply(&b, sym, implied)
		}
	}
	b.shown = s.without(b.noMod, b.shown)
	b.selected = s.without(b.noMod, b.selected)
	b.unset = s.without(b.noMod, b.unset)
	return b
}

// raised returns what selects a symbol, or implies it: all is what that comes to, of
// lines. Those of free symbols hold whatever these depend on.
func (s *Solver) raised(all expr.ID, lines []model.PropertyRef) pair {
	v := s.eval(all)
	for _, ref := range lines {
		if s.free[ref.Symbol] {
			v = s.greatest(v, s.least(s.value(ref.Symbol), s.eval(s.m.Property(ref).Own)))
		}
	}
	return v
}

// imply works what implies a symbol into its bounds.
func (s *Solver) imply(b *bounds, sym *model.Symbol, implied pair) {
	direct := s.eval(sym.DirectDep)
	if !s.rules.StrongImply {
		raised := s.least(s.greatest(b.unset, implied), s.without(b.noMod, direct))
		b.unset = s.choose(implied.m, raised, b.unset)
		return
	}
	implied = s.without(b.noMod, pair{s.and(implied.m, direct.m), s.and(implied.y, direct.m)})
	b.unset = s.greatest(b.unset, implied)
	b.noMod = s.or(b.noMod, implied.y)
}

// visible returns what the prompts of a symbol come to. As prompt properties in
// sym_calc_visibility.
func (s *Solver) visible(sym *model.Symbol, e *evaluator) pair {
	all := s.nothing()
	for i := range sym.Properties {
		p := &sym.Properties[i]
		if p.Kind != model.Prompt {
			continue
		}
		v := e.eval(p.Condition)
		if sym.Choice != model.NoNode && s.m.OldChoices() && !s.rules.Reading.LooseMembers && sym.Type == model.Tristate {
			// A member that can only be m is not shown where the choice is y.
			v.m = s.and(v.m, s.or(v.y, e.leaf(s.m.Nodes[sym.Choice].Symbol).y.Not()))
		}
		all = s.greatest(all, v)
	}
	return s.without(s.noMod(sym.Type), all)
}

// defaults returns what the defaults of a bool or tristate symbol come to: the
// first one whose condition is not n.
func (s *Solver) defaults(sym *model.Symbol) pair {
	all := s.nothing()
	for i := len(sym.Properties) - 1; i >= 0; i-- {
		p := &sym.Properties[i]
		if p.Kind != model.Default && p.Kind != model.Env {
			continue
		}
		condition, v := s.eval(p.Condition), s.eval(p.Value)
		if !s.rules.PlainDefaults {
			v = s.least(v, condition)
		}
		all = s.choose(condition.m, v, all)
	}
	return all
}

// logical encodes a bool or tristate symbol that is in no choice. As
// sym_calc_value in scripts/kconfig/symbol.c.
func (s *Solver) logical(a expr.Atom) {
	b := s.boundsOf(a)
	s.shown[a] = shown{b.shown, b.selected}
	if s.rules.PlainDefaults {
		s.plainLogical(a, b)
		return
	}
	if b.shown.m == s.no && !s.options.Guarded {
		s.set(a, s.greatest(b.unset, b.selected))
		return
	}
	v := s.freshPair(b.noMod)
	s.between(v, b, s.guardOf(a), s.no)
	s.set(a, v)
}

// between says that a value is within guarded bounds, unless a literal is true. Any value
// up to what the prompt allows can be the user's; without a prompt it is that of
// the defaults.
func (s *Solver) between(v pair, b bounds, g guard, unless z.Lit) {
	at := func(v, shown, selected, unset z.Lit) {
		s.clause(unless, g.least.Not(), selected.Not(), v)
		s.clause(unless, g.most.Not(), v.Not(), selected, shown, unset)
		s.clause(unless, g.least.Not(), b.shown.m, unset.Not(), v)
	}
	at(v.m, b.shown.m, b.selected.m, b.unset.m)
	if !v.isBool() || !b.shown.isBool() || !b.selected.isBool() || !b.unset.isBool() {
		at(v.y, b.shown.y, b.selected.y, b.unset.y)
	}
}

// plainLogical encodes a symbol by the rules of PlainDefaults.
func (s *Solver) plainLogical(a expr.Atom, b bounds) {
	counts := s.or(b.shown.m, b.selected.m)
	if b.shown.m == s.no {
		s.set(a, s.choose(counts, b.selected, b.unset))
		return
	}
	v := s.freshPair(b.noMod)
	at := func(v, shown, selected, unset z.Lit) {
		s.clause(selected.Not(), v)
		s.clause(counts.Not(), v.Not(), selected, shown)
		s.clause(counts, v.Not(), unset)
		s.clause(counts, v, unset.Not())
	}
	at(v.m, b.shown.m, b.selected.m, b.unset.m)
	at(v.y, b.shown.y, b.selected.y, b.unset.y)
	s.set(a, v)
}
