package config

import (
	"slices"
	"strconv"

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

// logical computes the value of a bool or tristate symbol.
func (e *Evaluation) logical(a expr.Atom) {
	s, st := &e.Model.Symbols[a], &e.states[a]
	if s.Choice != model.NoNode {
		if !e.Model.OldChoices() {
			e.member(a)
			return
		}
		if st.visible == expr.Y {
			e.oldMember(a)
			return
		}
		if st.visible.Can(expr.Y) {
			defer e.mayBeOldMember(a, st.visible)
			st.visible &^= expr.Y
		}
	}
	if e.Rules.PlainDefaults {
		e.plainLogical(a)
		return
	}
	shown := st.visible &^ expr.N
	result, cause := expr.Tristate(0), causeSet(0)
	written := st.visible.Can(expr.M | expr.Y)
	canBeUnwritten := false
	if user := e.user.values[a]; user.Set && shown != 0 {
		result = user.Tristate.And(shown)
		cause = st.visibleCause
	} else {
		shown = 0
	}
	if shown == 0 || st.visible.Can(expr.N) {
		d := e.defaultValue(a)
		value, dCause := d.tri, d.cause
		anything := d.tri.Can(expr.M|expr.Y) || st.reverse.Can(expr.M|expr.Y) || st.implied.Can(expr.M|expr.Y)
		written = written || anything
		canBeUnwritten = st.visible.Can(expr.N) && d.tri.Can(expr.N) && st.reverse.Can(expr.N) && st.implied.Can(expr.N)
		if st.implied != expr.N {
			implied := d.tri.Or(st.implied &^ expr.N)
			if !e.Rules.StrongImply {
				implied = implied.And(st.direct)
			}
			if st.implied.Can(expr.N) {
				implied |= d.tri
			}
			value = implied
			dCause = e.causes.union(dCause, e.causes.union(st.impliedCause, st.directCause))
		}
		result |= value
		cause = e.causes.union(cause, e.causes.union(dCause, st.visibleCause))
	}
	result = result.Or(st.reverse)
	cause = e.causes.union(cause, st.reverseCause)
	if e.Rules.StrongImply && s.Type == model.Tristate {
		switch {
		case st.implied == expr.Y:
			result = result.Bool()
		case st.implied.Can(expr.Y):
			result |= result.Bool()
			cause = e.causes.union(cause, st.impliedCause)
		}
	}
	v := e.typed(s.Type, value{result, cause})
	result, cause = v.tri, v.cause
	st.value, st.cause = result, cause
	if result.Known() {
		st.cause = 0
	}
	st.written = writtenOf(written, canBeUnwritten || !written)
	st.text = "n" // what a string symbol gets that takes it as its default
}

// plainLogical computes the value of a bool or tristate symbol by the rules of
// PlainDefaults: a symbol that is shown or selected has its default bounded by
// whether it is shown, any other has it as it is.
func (e *Evaluation) plainLogical(a expr.Atom) {
	s, st := &e.Model.Symbols[a], &e.states[a]
	d := e.defaultValue(a)
	counts := st.visible.Or(st.reverse)
	v := d
	if user := e.user.values[a]; user.Set {
		v = known(user.Tristate)
	}
	result, cause := expr.Tristate(0), e.causes.union(st.visibleCause, st.reverseCause)
	if counts.Can(expr.M | expr.Y) {
		result = v.tri.And(st.visible).Or(st.reverse)
		cause = e.causes.union(cause, e.causeOf(v))
	}
	written, canBeUnwritten := counts.Can(expr.M|expr.Y), false
	if counts.Can(expr.N) {
		result |= d.tri
		cause = e.causes.union(cause, e.causeOf(d))
		for i := range s.Properties {
			p := &s.Properties[i]
			written = written || p.Kind == model.Default && e.eval(p.Condition).tri.Can(expr.M|expr.Y)
		}
		canBeUnwritten = !written || d.tri == expr.N
	}
	typed := e.typed(s.Type, value{result, cause})
	st.value, st.cause = typed.tri, typed.cause
	if st.value.Known() {
		st.cause = 0
	}
	st.written = writtenOf(written, canBeUnwritten)
	st.text = "n"
}

// defaultValue returns what the defaults of a bool or tristate symbol come to:
// the first one whose condition is not n.
func (e *Evaluation) defaultValue(a expr.Atom) value {
	s := &e.Model.Symbols[a]
	var all value
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind != model.Default && p.Kind != model.Env {
			continue
		}
		condition := e.eval(p.Condition)
		if condition.tri == expr.N {
			continue
		}
		v := e.eval(p.Value)
		if e.Rules.PlainDefaults {
			all.tri |= v.tri
		} else {
			all.tri |= v.tri.And(condition.tri &^ expr.N)
		}
		all.cause = e.causes.union(all.cause, e.causes.union(e.causeOf(v), e.causeOf(condition)))
		if !condition.tri.Can(expr.N) {
			return all
		}
	}
	all.tri |= expr.N
	return all
}

// textual computes the value of an int, hex or string symbol.
func (e *Evaluation) textual(a expr.Atom) {
	s, st := &e.Model.Symbols[a], &e.states[a]
	st.value = expr.N
	fallback := ""
	if !e.Rules.EmptyNumbers {
		switch s.Type {
		case model.Int:
			fallback = "0"
		case model.Hex:
			fallback = "0x0"
		}
	}
	var c candidates
	written, canBeUnwritten := st.visible.Can(expr.M|expr.Y), false
	user := e.user.values[a]
	if user.Set && written {
		c.add(user.Text, st.visibleCause)
	}
	if !user.Set || st.visible.Can(expr.N) {
		hasDefault, none := e.textDefaults(a, &c, st.visibleCause, fallback)
		canBeUnwritten = none && st.visible.Can(expr.N)
		written = written || hasDefault
	}
	for i := range c.texts {
		c.texts[i] = e.inRange(a, c.texts[i], &c)
	}
	st.written = writtenOf(written, canBeUnwritten || !written)
	st.text, st.unknownText, st.cause = c.result(e)
}

// textDefaults adds what the defaults of a symbol can come to. It reports
// whether one can count that gives a value, and whether it can be that none
// does. A default that is no single symbol gives none.
func (e *Evaluation) textDefaults(a expr.Atom, c *candidates, cause causeSet, fallback string) (some, none bool) {
	s := &e.Model.Symbols[a]
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind != model.Default && p.Kind != model.Env {
			continue
		}
		condition := e.eval(p.Condition)
		if condition.tri == expr.N {
			continue
		}
		cause = e.causes.union(cause, e.causeOf(condition))
		if p.Low != model.NoAtom {
			some = true
			c.addState(e, &e.states[p.Low], cause)
		} else {
			none = true
			c.add(fallback, cause)
		}
		if !condition.tri.Can(expr.N) {
			return some, none
		}
	}
	c.add(fallback, cause)
	return some, true
}

// activeRange returns the first range whose condition is not n, and whether
// that is known. As sym_get_range_prop.
func (e *Evaluation) activeRange(a expr.Atom) (p *model.Property, cause causeSet, sure bool) {
	s := &e.Model.Symbols[a]
	for i := range s.Properties {
		if p := &s.Properties[i]; p.Kind == model.Range {
			condition := e.eval(p.Condition)
			if condition.tri == expr.N {
				continue
			}
			return p, condition.cause, !condition.tri.Can(expr.N)
		}
	}
	return nil, 0, true
}

// inRange returns a number limited to the active range. As sym_validate_range.
func (e *Evaluation) inRange(a expr.Atom, text string, c *candidates) string {
	if t := e.Model.Symbols[a].Type; t != model.Int && t != model.Hex {
		return text
	}
	p, cause, sure := e.activeRange(a)
	if p == nil {
		return text
	}
	limited, boundCause := e.limit(p, a, text)
	if boundCause != 0 {
		c.unknown = true
		c.cause = e.causes.union(c.cause, boundCause)
	}
	if !sure && limited != text {
		c.unknown = true
		c.cause = e.causes.union(c.cause, cause)
	}
	return limited
}

// limit returns the text of a symbol limited to a range. A symbol that is a bound
// of its own is not limited by it.
func (e *Evaluation) limit(p *model.Property, a expr.Atom, text string) (string, causeSet) {
	low, high := &e.states[p.Low], &e.states[p.High]
	if p.Low != a && low.unknownText || p.High != a && high.unknownText {
		return text, e.causes.union(low.cause, high.cause)
	}
	var from, to Operand
	if p.Low != a {
		from = e.operand(p.Low)
	}
	if p.High != a {
		to = e.operand(p.High)
	}
	return e.Rules.Limited(e.Model.Symbols[a].Type, text, from, to), 0
}

func (e *Evaluation) operand(a expr.Atom) Operand {
	return Operand{&e.Model.Symbols[a], e.states[a].text}
}

// cutOff returns a number as conf has it.
func (r Rules) cutOff(n int64) int64 {
	if r.Int32 {
		return int64(int32(n)) //nolint:gosec // that is what it does
	}
	return n
}

// boundText returns what a number that is out of range becomes.
func (r Rules) boundText(text string, n int64, base int) string {
	switch {
	case !r.PrintsBounds:
		return text
	case base == 10:
		return strconv.FormatInt(n, 10)
	case r.Int32:
		return "0x" + strconv.FormatUint(uint64(uint32(n)), 16) //nolint:gosec // as printf does
	}
	return "0x" + strconv.FormatUint(uint64(n), 16) //nolint:gosec // as printf does
}

// candidates are the texts that a value can be.
type candidates struct {
	texts   []string
	cause   causeSet
	causes  []causeSet
	unknown bool
}

func (c *candidates) add(text string, cause causeSet) {
	c.texts = append(c.texts, text)
	c.causes = append(c.causes, cause)
}

func (c *candidates) addState(e *Evaluation, from *state, cause causeSet) {
	if from.unknownText {
		c.unknown = true
		cause = e.causes.union(cause, from.cause)
	}
	c.add(from.text, cause)
}

// result returns the text if there is but one that it can be.
func (c *candidates) result(e *Evaluation) (text string, unknown bool, cause causeSet) {
	if len(c.texts) > 0 {
		text = c.texts[0]
	}
	unknown = c.unknown || slices.ContainsFunc(c.texts, func(t string) bool { return t != text })
	if !unknown {
		return text, false, 0
	}
	cause = c.cause
	for _, other := range c.causes {
		cause = e.causes.union(cause, other)
	}
	return text, true, cause
}
