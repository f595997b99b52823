package config

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Evaluation is the values of all symbols of a model under user values. It is
// not safe for concurrent use while it is changed.
type Evaluation struct {
	Model *model.Model
	Rules Rules

	user    *User
	states  []state
	causes  causeSets
	modules expr.Tristate // the value of the modules symbol
	// repeated tells that conf would have computed all values before.
	repeated bool
	// prompted is which prompts were shown before numbers out of range were
	// dropped, nil if none was: listnewconfig goes by that.
	prompted []bool
	queue    worklist
}

// Evaluate computes the values of all symbols. It takes over the user values,
// which the caller must not change any more.
func Evaluate(m *model.Model, u *User, r Rules) *Evaluation { return evaluate(m, u, r, settledRounds) }

// settledRounds is how often values are computed at most, for those that decide
// whether there are modules to agree with what they decide.
const settledRounds = 4

// evaluate is Evaluate with as many rounds as conf does, each of which begins
// with whether there were modules in the one before.
func evaluate(m *model.Model, u *User, r Rules, rounds int) *Evaluation {
	e := &Evaluation{Model: m, Rules: r, user: u, states: make([]state, len(m.Symbols)), causes: newCauseSets()}
	for a := range m.Symbols {
		s := &m.Symbols[a]
		st := &e.states[a]
		*st = state{
			value: expr.N, visible: expr.N, direct: expr.N, reverse: expr.N, implied: expr.N,
			written: unwritten, text: s.Name, chosen: model.NoAtom, decided: expr.N,
		}
		switch {
		case expr.Atom(a) <= model.AtomYes:
			st.value = expr.N << a
		case s.Kind == model.Answered:
			st.value, st.text = expr.N<<s.Answer, m.Symbols[s.Answer].Name
		case s.Kind == model.Unanswered:
			st.value, st.unknownText = expr.AnyTristate, true
			st.cause = e.causes.single(uint32(a))
		}
	}
	e.rounds(rounds)
	return e
}

// rounds computes all values, as often as it takes but no more than a number of
// times.
func (e *Evaluation) rounds(most int) {
	e.modules, e.repeated = expr.N, most > 1
	for round := range most {
		before := e.modules
		e.everything()
		if e.modules == before && (round > 0 || !e.Model.LooksAhead()) {
			break // another round would change nothing
		}
	}
}

// everything computes the values of all symbols. As in sym_clear_all_valid in
// scripts/kconfig/symbol.c, what decides whether there are modules comes first,
// and tristates among that go by whether there were any before.
func (e *Evaluation) everything() {
	for _, a := range e.Model.Sequence() {
		e.calculate(a)
		if a == e.Model.Modules {
			e.modules = e.states[a].value
		}
	}
}

// User returns the user values. The caller must not change them.
func (e *Evaluation) User() *User { return e.user }

// calculate computes the state of one symbol from those that it needs.
// As sym_calc_value in scripts/kconfig/symbol.c.
func (e *Evaluation) calculate(a expr.Atom) {
	s := &e.Model.Symbols[a]
	if !s.Defined || s.Type == model.UnknownType {
		return
	}
	e.visibility(a)
	switch {
	case s.Kind == model.Choice:
		e.choice(a)
	case s.Type.IsLogical():
		e.logical(a)
	default:
		e.textual(a)
	}
	if s.Unwritten || s.Transitional {
		e.states[a].written = unwritten
	}
}

// visibility computes what the prompts and dependencies of a symbol come to. As
// sym_calc_visibility.
func (e *Evaluation) visibility(a expr.Atom) {
	s, st := &e.Model.Symbols[a], &e.states[a]
	if s.Transitional {
		st.visible, st.visibleCause = expr.Y, 0
	} else {
		st.visible, st.visibleCause = e.prompts(a)
	}
	if s.ChoiceValue || s.Transitional {
		st.direct, st.reverse, st.implied = expr.N, expr.N, expr.N
		st.reverseCause = 0
		return
	}
	v := e.typed(s.Type, e.eval(s.DirectDep))
	st.direct, st.directCause = v.tri, v.cause
	v = e.typed(s.Type, e.eval(s.ReverseDep))
	st.reverse, st.reverseCause = v.tri, v.cause
	v = e.eval(s.Implied)
	if e.Rules.StrongImply && s.Implied != 0 {
		// What does not hold at all implies nothing.
		switch {
		case st.direct == expr.N:
			v = known(expr.N)
		case st.direct.Can(expr.N):
			v = value{v.tri | expr.N, e.causes.union(v.cause, st.directCause)}
		}
	}
	v = e.typed(s.Type, v)
	st.implied, st.impliedCause = v.tri, v.cause
}

// prompts returns what the prompts of a symbol come to.
func (e *Evaluation) prompts(a expr.Atom) (expr.Tristate, causeSet) {
	s := &e.Model.Symbols[a]
	all := known(expr.N)
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind != model.Prompt {
			continue
		}
		all = e.or(all, e.prompt(s, p.Condition))
	}
	if s.Type != model.Tristate {
		all.tri = all.tri.Bool()
	} else {
		all = e.limitedValue(all)
	}
	return all.tri, e.causeOf(all)
}

// prompt returns what one prompt of a symbol comes to.
func (e *Evaluation) prompt(s *model.Symbol, condition expr.ID) value {
	v := e.eval(condition)
	if v.tri.Can(expr.M) && s.Choice != model.NoNode && e.Model.OldChoices() && !e.Rules.Reading.LooseMembers && s.Type == model.Tristate {
		// A member that can only be m is not shown where the choice is y.
		switch choice := &e.states[e.Model.Nodes[s.Choice].Symbol]; {
		case choice.value == expr.Y:
			v.tri = v.tri&^expr.M | expr.N
		case choice.value.Can(expr.Y):
			v.tri |= expr.N
			v.cause = e.causes.union(v.cause, choice.cause)
		}
	}
	return v
}

// limited returns a value of a tristate as it is without modules: y for m.
func (e *Evaluation) limited(t expr.Tristate) expr.Tristate {
	switch {
	case e.modules == expr.N:
		return t.Bool()
	case e.modules.Can(expr.N):
		return t | t.Bool()
	}
	return t
}

// limitedValue is limited for a value with its cause.
func (e *Evaluation) limitedValue(v value) value {
	if t := e.limited(v.tri); t != v.tri {
		v.tri = t
		if !e.modules.Known() {
			v.cause = e.causes.union(v.cause, e.states[e.Model.Modules].cause)
		}
	}
	return v
}

// effective returns what turns a value into one of the type, which is bool for
// a tristate without modules. As sym_get_type.
func (e *Evaluation) effective(t model.Type) func(expr.Tristate) expr.Tristate {
	switch {
	case t == model.Bool:
		return expr.Tristate.Bool
	case t == model.Tristate:
		return e.limited
	}
	return func(t expr.Tristate) expr.Tristate { return t }
}

// typed returns a value as one of the type.
func (e *Evaluation) typed(t model.Type, v value) value {
	switch t {
	case model.Bool:
		v.tri = v.tri.Bool()
	case model.Tristate:
		v = e.limitedValue(v)
	}
	return v
}
