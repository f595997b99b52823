package solve

import (
	"slices"

	"github.com/go-air/gini/z"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// findChoices notes which symbols stand in which choices, by the rules since
// Linux 6.12: all that the menu has below a choice.
func (s *Solver) findChoices() {
	if s.m.OldChoices() {
		return
	}
	for id := range s.m.Nodes {
		n := &s.m.Nodes[id]
		if n.Kind != parser.Choice {
			continue
		}
		for _, a := range s.below(model.NodeID(id)) {
			if !slices.Contains(s.choices[a], n.Symbol) {
				s.choices[a] = append(s.choices[a], n.Symbol)
			}
		}
	}
}

// below returns the symbols that the menu has below an entry, each once.
func (s *Solver) below(id model.NodeID) []expr.Atom {
	var found []expr.Atom
	for n := s.m.Following(id, id); n != model.NoNode; n = s.m.Following(n, id) {
		if a := s.m.Nodes[n].Symbol; a != model.NoAtom && !slices.Contains(found, a) {
			found = append(found, a)
		}
	}
	return found
}

// members returns those that a choice chooses from.
func (s *Solver) members(choice expr.Atom) []expr.Atom {
	var found []expr.Atom
	for _, id := range s.m.Symbols[choice].Nodes {
		if s.m.OldChoices() {
			found = append(found, s.m.Nodes[id].Members...)
		} else {
			found = append(found, s.below(id)...)
		}
	}
	return found
}

// choice encodes a choice, and which of its members is chosen.
func (s *Solver) choice(a expr.Atom) {
	sym := &s.m.Symbols[a]
	switch {
	case s.m.OldChoices() && !sym.Type.IsLogical():
		s.set(a, s.nothing())
	case s.m.OldChoices():
		s.oldChoice(a)
	default:
		s.set(a, s.nothing())
		s.shown[a] = shown{s.visible(sym, &s.plain), s.nothing()}
		for _, id := range sym.Nodes {
			s.choose612(a, s.below(id))
		}
	}
}

// choose612 encodes which member is chosen, by the rules since Linux 6.12: a user
// may choose any that is shown, and without that there is a default. As
// sym_calc_choice in scripts/kconfig/symbol.c.
func (s *Solver) choose612(a expr.Atom, members []expr.Atom) {
	choice := &s.m.Symbols[a]
	var chosen, visible []z.Lit
	for _, member := range members {
		if s.free[member] {
			continue
		}
		v := s.visible(&s.m.Symbols[member], &s.plain).m
		if v == s.no && !s.options.Guarded {
			s.chosen[member] = append(s.chosen[member], s.no)
			continue
		}
		l := s.fresh()
		s.clause(s.guardOf(member).most.Not(), l.Not(), v)
		s.chosen[member] = append(s.chosen[member], l)
		chosen, visible = append(chosen, l), append(visible, v)
	}
	g := s.guardOf(a)
	s.atMostOne(chosen, g.most)
	s.oneOf(chosen, visible, s.or(g.least.Not(), s.elsewhere(choice, members)))
}

// oneOf says that a member is chosen if one is shown, unless a literal is true.
func (s *Solver) oneOf(chosen, visible []z.Lit, unless z.Lit) {
	if len(chosen) == 0 {
		return
	}
	shown := s.some(slices.Clone(visible))
	s.clause(append(slices.Clone(chosen), shown.Not(), unless)...)
}

// elsewhere returns whether a default of a choice may be chosen that is none of
// its members.
func (s *Solver) elsewhere(choice *model.Symbol, members []expr.Atom) z.Lit {
	may := s.no
	for i := range choice.Properties {
		p := &choice.Properties[i]
		if p.Kind != model.Default || p.Low == model.NoAtom || slices.Contains(members, p.Low) && !s.free[p.Low] {
			continue
		}
		shown := s.visible(&s.m.Symbols[p.Low], &s.plain).m
		may = s.or(may, s.and(s.eval(p.Condition).m, shown))
	}
	return may
}

// member encodes a member of a choice since Linux 6.12.
func (s *Solver) member(a expr.Atom) {
	v := s.no
	switch chosen := s.chosen[a]; {
	case len(chosen) == 1:
		v = chosen[0]
	case len(chosen) > 1:
		// Of several choices that have it the one that is computed last decides.
		v = s.fresh()
		s.clause(append(slices.Clone(chosen), v.Not())...)
	}
	s.shown[a] = shown{s.visible(&s.m.Symbols[a], &s.plain), s.nothing()}
	s.set(a, pair{v, v})
}

// oldChoice encodes a choice by the rules up to Linux 6.11, where it has a value
// of its own: y with one member that is y, or m with any number of members that
// are m. As sym_calc_value and sym_calc_choice in scripts/kconfig/symbol.c there.
func (s *Solver) oldChoice(a expr.Atom) {
	sym := &s.m.Symbols[a]
	noMod := s.noMod(sym.Type)
	selected := s.without(noMod, s.raised(sym.ReverseDep, sym.SelectedBy))
	visible := s.visible(sym, &s.plain)
	mode := s.freshPair(noMod)
	s.between(mode, bounds{shown: visible, selected: selected, unset: s.nothing()}, s.guardOf(a), s.no)
	s.shown[a] = shown{visible, selected}
	s.modes[a] = mode

	// Which members are shown if the choice is y decides about whether it is.
	members := s.members(a)
	asYes := s.as(a, s.certainly())
	var chosen, shownMembers []z.Lit
	for _, member := range members {
		if s.free[member] {
			continue
		}
		v := s.visible(&s.m.Symbols[member], asYes).m
		l := s.no
		if v != s.no || s.options.Guarded {
			l = s.fresh()
			s.clause(s.guardOf(member).most.Not(), l.Not(), v)
			s.clause(l.Not(), mode.y)
			chosen, shownMembers = append(chosen, l), append(shownMembers, v)
		}
		s.chosen[member] = append(s.chosen[member], l)
	}
	g := s.guardOf(a)
	s.atMostOne(chosen, g.most)
	elsewhere := s.elsewhere(sym, members)
	some := s.or(s.some(slices.Clone(shownMembers)), elsewhere)
	isYes := s.and(mode.y, some)
	s.clause(append(chosen, g.least.Not(), isYes.Not(), elsewhere)...)
	s.set(a, pair{s.either(mode.y, isYes, mode.m), isYes})
}

// oldMember encodes a member of a choice up to Linux 6.11: that is chosen or not
// where the choice is y, and like any other symbol else.
func (s *Solver) oldMember(a expr.Atom) {
	b := s.boundsOf(a)
	s.shown[a] = shown{b.shown, b.selected}
	chosen := s.no
	if all := s.chosen[a]; len(all) > 0 {
		chosen = all[0]
	}
	v := s.freshPair(b.noMod)
	decided := b.shown.y
	for _, l := range []z.Lit{v.m, v.y} {
		s.clause(decided.Not(), l.Not(), chosen)
		s.clause(decided.Not(), l, chosen.Not())
	}
	s.between(v, b, s.guardOf(a), decided)
	s.set(a, v)
}
