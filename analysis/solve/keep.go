package solve

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-air/gini/z"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// keepKey is a symbol or choice, and what a user says of it.
type keepKey struct {
	atom  expr.Atom
	isSet bool
	value expr.Tristate
	text  string
}

// kept is what a user has set, as literals: if that of an atom is true, it has the
// value that it gets from what the user says of it. Those of atoms that no user can
// set are left out.
type kept struct {
	user     *config.User
	atoms    []expr.Atom
	literals []z.Lit
	seen     int // how many of Solver.settable are in it
}

// keepAll returns the literals of all atoms that are encoded.
func (s *Solver) keepAll(user *config.User) *kept {
	if s.kept == nil || s.kept.user != user {
		s.kept = &kept{user: user}
	}
	k := s.kept
	for ; k.seen < len(s.settable); k.seen++ {
		a := s.settable[k.seen]
		if l := s.keeping(a, user); l != s.yes {
			k.atoms, k.literals = append(k.atoms, a), append(k.literals, l)
		}
	}
	return k
}

// keeping returns the literal of one atom, which is always true if no user can set it.
func (s *Solver) keeping(a expr.Atom, user *config.User) z.Lit {
	sym := &s.m.Symbols[a]
	switch {
	case sym.Kind == model.Choice:
	case s.shown[a].shown.m == s.no, sym.Choice != model.NoNode && !s.m.OldChoices():
		return s.yes // nobody can set it, or its choice decides
	}
	u := user.Value(a)
	key := keepKey{atom: a, isSet: u.Set, value: u.Tristate, text: u.Text}
	if !u.Set {
		key.value, key.text = 0, ""
	}
	if sym.Kind == model.Choice {
		key.text = s.choiceKey(a, user)
	}
	l, ok := s.keeps[key]
	if ok {
		return l
	}
	l = s.fresh()
	switch {
	case sym.Kind == model.Choice && s.m.OldChoices():
		s.keepOldChoice(l, a, user)
	case sym.Kind == model.Choice:
		for _, id := range sym.Nodes {
			s.keepChoice(l, sym, s.below(id), user)
		}
	case !sym.Type.IsLogical():
		s.keepText(l, a, u)
	default:
		s.keepLogical(l, a, u)
	}
	s.keeps[key] = l
	return l
}

// choiceKey returns what the user says of a choice by its members, as a text that is
// the same for what comes to the same.
func (s *Solver) choiceKey(a expr.Atom, user *config.User) string {
	members := slices.Clone(s.members(a))
	slices.SortStableFunc(members, func(a, b expr.Atom) int { return cmp.Compare(user.Value(a).Order, user.Value(b).Order) })
	var b strings.Builder
	for _, member := range members {
		if u := user.Value(member); u.Set {
			b.WriteString(strconv.Itoa(int(member)) + u.Tristate.String() + " ")
		}
	}
	if s.m.OldChoices() {
		chosen, _ := user.Chosen(a)
		b.WriteString("/" + strconv.Itoa(int(chosen)))
	}
	return b.String()
}

// keepLogical says what a bool or tristate symbol is, where a literal is true. As
// sym_calc_value in scripts/kconfig/symbol.c.
func (s *Solver) keepLogical(keep z.Lit, a expr.Atom, u config.UserValue) {
	b, v := s.boundsOf(a), s.values[a]
	if s.rules.PlainDefaults {
		own := b.unset
		if u.Set {
			own = s.constantOf(u.Tristate)
		}
		counts := s.or(b.shown.m, b.selected.m)
		s.keepPair(keep, v, s.choose(counts, s.greatest(s.least(own, b.shown), b.selected), b.unset))
		return
	}
	decided := s.no // by a choice
	if s.m.OldChoices() && s.m.Symbols[a].Choice != model.NoNode {
		decided = b.shown.y
	}
	at := func(v, user, shown, selected, unset z.Lit) {
		if !u.Set {
			s.clause(keep.Not(), decided, v.Not(), selected, unset)
			s.clause(keep.Not(), decided, unset.Not(), v)
			return
		}
		own := s.and(user, shown)
		s.clause(keep.Not(), decided, own.Not(), v)
		s.clause(keep.Not(), decided, b.shown.m.Not(), v.Not(), selected, own)
	}
	user := s.without(b.noMod, s.constantOf(u.Tristate))
	at(v.m, user.m, b.shown.m, b.selected.m, b.unset.m)
	if !v.isBool() || !b.shown.isBool() || !b.selected.isBool() || !b.unset.isBool() || !user.isBool() {
		at(v.y, user.y, b.shown.y, b.selected.y, b.unset.y)
	}
}

// constantOf returns a value that is known.
func (s *Solver) constantOf(t expr.Tristate) pair {
	switch t {
	case expr.Y:
		return s.certainly()
	case expr.M:
		return pair{s.yes, s.no}
	}
	return s.nothing()
}

// keepPair says that two values are the same where a literal is true.
func (s *Solver) keepPair(keep z.Lit, a, b pair) {
	for _, l := range [][2]z.Lit{{a.m, b.m}, {a.y, b.y}} {
		s.clause(keep.Not(), l[0].Not(), l[1])
		s.clause(keep.Not(), l[0], l[1].Not())
	}
}

// keepText says what an int, hex or string symbol is, where a literal is true.
func (s *Solver) keepText(keep z.Lit, a expr.Atom, u config.UserValue) {
	v, sym := s.texts[a], &s.m.Symbols[a]
	if !u.Set {
		s.clause(keep.Not(), v.user.Not())
		return
	}
	s.clause(keep.Not(), s.shown[a].shown.m.Not(), v.user)
	for _, c := range v.cases {
		if !c.isUsers {
			continue
		}
		text := u.Text
		if c.limited {
			text = s.rules.Limited(sym.Type, text, c.low, c.high)
		}
		s.clause(keep.Not(), c.when.Not(), s.against(c.free, operandOf(sym, text)).equal)
	}
}

// keepChoice says which member of a choice is chosen, where a literal is true, by the
// rules since Linux 6.12. As sym_calc_choice in scripts/kconfig/symbol.c.
func (s *Solver) keepChoice(keep z.Lit, choice *model.Symbol, members []expr.Atom, user *config.User) {
	members = slices.DeleteFunc(members, func(a expr.Atom) bool { return s.free[a] })
	p := picking{s, keep, s.yes}
	visible := func(a expr.Atom) z.Lit { return s.visible(&s.m.Symbols[a], &s.plain).m }

	byOrder := slices.Clone(members)
	slices.SortStableFunc(byOrder, func(a, b expr.Atom) int { return cmp.Compare(user.Value(b).Order, user.Value(a).Order) })
	for _, a := range byOrder { // set to y, the last one first
		if u := user.Value(a); u.Set && u.Tristate == expr.Y {
			p.pick(visible(a), a)
		}
	}
	// The default counts unless it is set to n.
	refused := s.no
	byDefault := func(when z.Lit, a expr.Atom) {
		if u := user.Value(a); u.Set && u.Tristate == expr.N {
			refused = s.or(refused, s.and(p.open, when))
			p.open = s.and(p.open, when.Not())
			return
		}
		p.pick(when, a)
	}
	for i := range choice.Properties {
		if d := &choice.Properties[i]; d.Kind == model.Default && d.Low != model.NoAtom {
			byDefault(s.and(s.eval(d.Condition).m, visible(d.Low)), d.Low)
		}
	}
	for _, a := range members {
		byDefault(visible(a), a)
	}
	p.open = refused
	for _, a := range members {
		if !user.Value(a).Set {
			p.pick(visible(a), a)
		}
	}
	slices.Reverse(byOrder) // of those set to n the one that was set first
	for _, a := range byOrder {
		p.pick(visible(a), a)
	}
}

// picking says which member of a choice is chosen: the first one of some that can be.
type picking struct {
	*Solver
	keep z.Lit
	open z.Lit // none of those before could be
}

func (p *picking) pick(when z.Lit, a expr.Atom) {
	if chosen := p.chosen[a]; len(chosen) > 0 {
		p.clause(p.keep.Not(), p.and(p.open, when).Not(), chosen[0])
	}
	p.open = p.and(p.open, when.Not())
}

// keepOldChoice says what a choice is and which member is chosen, where a literal is
// true, by the rules up to Linux 6.11. As sym_calc_value and sym_calc_choice there.
func (s *Solver) keepOldChoice(keep z.Lit, a expr.Atom, user *config.User) {
	sym := &s.m.Symbols[a]
	bounds, mode := s.shown[a], s.modes[a]
	if mode == (pair{}) {
		return // it has no mode: its first member is no bool or tristate
	}
	own := s.nothing()
	if u := user.Value(a); u.Set {
		own = s.least(s.constantOf(u.Tristate), bounds.shown)
	}
	s.keepPair(keep, mode, s.without(s.noMod(sym.Type), s.greatest(own, bounds.selected)))

	asYes := s.as(a, s.certainly())
	visible := func(a expr.Atom) z.Lit { return s.visible(&s.m.Symbols[a], asYes).m }
	p := picking{s, keep, mode.y}
	if chosen, ok := user.Chosen(a); ok {
		p.pick(visible(chosen), chosen)
	}
	for i := range sym.Properties {
		if d := &sym.Properties[i]; d.Kind == model.Default && d.Low != model.NoAtom {
			p.pick(s.and(asYes.eval(d.Condition).m, visible(d.Low)), d.Low)
		}
	}
	for _, member := range s.members(a) {
		p.pick(visible(member), member)
	}
}
