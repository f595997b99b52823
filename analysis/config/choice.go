package config

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// choice computes which member of a choice is chosen.
func (e *Evaluation) choice(a expr.Atom) {
	if e.Model.OldChoices() {
		e.oldChoice(a)
		return
	}
	st := &e.states[a]
	st.value, st.written, st.cause, st.chosen = expr.N, unwritten, 0, model.NoAtom
	for _, id := range e.Model.Symbols[a].Nodes {
		e.decide(id, st)
	}
}

// maxUndecided is how many unknown conditions of a choice are tried in all
// combinations. Of more, nothing is known.
const maxUndecided = 8

// decide computes the chosen member of a choice, by the rules since Linux 6.12.
// As sym_calc_choice in scripts/kconfig/symbol.c. What is not known is tried
// both ways.
func (e *Evaluation) decide(choice model.NodeID, st *state) {
	c := choiceInputs{e: e, choice: choice}
	c.gather()
	if len(c.undecided) == 0 {
		c.settle(c.pick())
		st.chosen = c.result
		return
	}
	cause := causeSet(0)
	for _, u := range c.undecided {
		cause = e.causes.union(cause, u.cause)
	}
	st.cause = cause
	if len(c.undecided) > maxUndecided {
		for i, m := range c.members {
			v := expr.N
			if c.visible[i] {
				v |= expr.Y
			}
			for _, u := range c.undecided {
				if u.flag == &c.visible[i] {
					v |= expr.Y
				}
			}
			e.states[m].decided, e.states[m].decidedCause = v, cause
		}
		return
	}
	values := make([]expr.Tristate, len(c.members))
	for bits := range 1 << len(c.undecided) {
		for i, u := range c.undecided {
			*u.flag = bits>>i&1 == 1
		}
		res := c.pick()
		for i, m := range c.members {
			if m == res {
				values[i] |= expr.Y
			} else {
				values[i] |= expr.N
			}
		}
	}
	for i, m := range c.members {
		e.states[m].decided = values[i]
		e.states[m].decidedCause = 0
		if !values[i].Known() {
			e.states[m].decidedCause = cause
		}
	}
}

// choiceInputs is what a choice is decided by.
type choiceInputs struct {
	e       *Evaluation
	choice  model.NodeID
	members []expr.Atom // in the order of the menu
	visible []bool
	// defaults are those of the choice, holds whether their conditions do.
	defaults  []expr.Atom
	holds     []bool
	undecided []undecided
	result    expr.Atom
}

// undecided is a condition that is not known to be n or not n.
type undecided struct {
	flag  *bool
	cause causeSet
}

func (c *choiceInputs) gather() {
	m := c.e.Model
	for id := m.Following(c.choice, c.choice); id != model.NoNode; id = m.Following(id, c.choice) {
		if a := m.Nodes[id].Symbol; a != model.NoAtom {
			c.members = append(c.members, a)
		}
	}
	c.visible = make([]bool, len(c.members))
	for i, a := range c.members {
		tri, cause := c.e.prompts(a)
		c.visible[i] = c.decided(&c.visible[i], tri, cause)
	}
	s := &m.Symbols[m.Nodes[c.choice].Symbol]
	for i := range s.Properties {
		if p := &s.Properties[i]; p.Kind == model.Default && p.Low != model.NoAtom {
			c.defaults = append(c.defaults, p.Low)
		}
	}
	c.holds = make([]bool, len(c.defaults))
	n := 0
	for i := range s.Properties {
		if p := &s.Properties[i]; p.Kind == model.Default && p.Low != model.NoAtom {
			v := c.e.eval(p.Condition)
			c.holds[n] = c.decided(&c.holds[n], v.tri, v.cause)
			n++
		}
	}
}

func (c *choiceInputs) decided(flag *bool, t expr.Tristate, cause causeSet) bool {
	yes := t.Can(expr.M | expr.Y)
	if yes && t.Can(expr.N) {
		c.undecided = append(c.undecided, undecided{flag, cause})
	}
	return yes
}

// pick returns the chosen member, NoAtom if there is none.
func (c *choiceInputs) pick() expr.Atom {
	user := c.e.user.values
	// The visible member that was set to y last.
	best := model.NoAtom
	for i, a := range c.members {
		if c.visible[i] && user[a].Set && user[a].Tristate == expr.Y && (best == model.NoAtom || user[a].Order > user[best].Order) {
			best = a
		}
	}
	if best != model.NoAtom {
		return best
	}
	if a := c.byDefault(); a != model.NoAtom && (!user[a].Set || user[a].Tristate != expr.N) {
		return a
	}
	for i, a := range c.members {
		if c.visible[i] && !user[a].Set {
			return a
		}
	}
	// All are set to n: the one of the lowest priority, which is the one that
	// was set first.
	for _, a := range c.members {
		if !c.isVisible(a) {
			continue
		}
		if best == model.NoAtom || user[a].Order <= user[best].Order {
			best = a
		}
	}
	return best
}

// byDefault returns the member that counts without a user's choice. As
// sym_choice_default.
func (c *choiceInputs) byDefault() expr.Atom {
	for i, a := range c.defaults {
		if c.holds[i] && (c.isVisible(a) || c.isVisibleOutside(a)) {
			return a
		}
	}
	for i, a := range c.members {
		if c.visible[i] {
			return a
		}
	}
	return model.NoAtom
}

func (c *choiceInputs) isVisible(a expr.Atom) bool {
	for i, member := range c.members {
		if member == a && c.visible[i] {
			return true
		}
	}
	return false
}

// isVisibleOutside reports whether a default is a symbol that is shown and no
// member: it is the chosen one then, and no member is. conf does not ask whether
// it is shown, but goes by what it knows of that.
func (c *choiceInputs) isVisibleOutside(a expr.Atom) bool {
	return !slices.Contains(c.members, a) && c.e.knownVisible(a, c.choice)
}

// knownVisible reports whether conf has found a symbol to be shown by the time
// at which it computes a choice: those that stand above it, unless it computes
// all values again.
func (e *Evaluation) knownVisible(a expr.Atom, choice model.NodeID) bool {
	s := &e.Model.Symbols[a]
	if !s.Defined || s.Type == model.UnknownType || !e.repeated && s.Nodes[0] > choice {
		return false
	}
	visible, _ := e.prompts(a)
	return visible.Can(expr.M | expr.Y)
}

func (c *choiceInputs) settle(chosen expr.Atom) {
	c.result = chosen
	for _, a := range c.members {
		v := expr.N
		if a == chosen {
			v = expr.Y
		}
		c.e.states[a].decided, c.e.states[a].decidedCause = v, 0
	}
}

// member computes the rest of a member of a choice, whose value was decided
// with the choice.
func (e *Evaluation) member(a expr.Atom) {
	st := &e.states[a]
	st.value, st.cause = st.decided, st.decidedCause
	st.written = writtenOf(st.visible.Can(expr.M|expr.Y), st.visible.Can(expr.N))
	st.text = "n"
}

// oldChoice computes the mode of a choice and its chosen member, by the rules up
// to Linux 6.11.
func (e *Evaluation) oldChoice(a expr.Atom) {
	s, st := &e.Model.Symbols[a], &e.states[a]
	if !s.Type.IsLogical() { // that of its first member
		e.textual(a)
		st.chosen, st.written = model.NoAtom, unwritten
		return
	}
	result, cause := expr.N, causeSet(0)
	if user := e.user.values[a]; user.Set && st.visible != expr.N {
		result, cause = user.Tristate.And(st.visible), st.visibleCause
	}
	result = result.Or(st.reverse)
	cause = e.causes.union(cause, st.reverseCause)
	if s.Type == model.Tristate {
		v := e.limitedValue(value{result, cause})
		result, cause = v.tri, v.cause
	} else {
		result = result.Bool()
	}
	st.value, st.cause, st.chosen, st.written = result, cause, model.NoAtom, unwritten
	if !result.Can(expr.Y) {
		e.decideOld(s, nil, 0)
		return
	}
	c := chosenMembers{}
	if user := e.user.values[a]; user.chosen != 0 {
		tri, why := e.prompts(user.chosen)
		c.add(e, user.chosen, value{tri, why})
	}
	e.oldDefaults(s, &c)
	if !c.sure {
		st.value |= expr.N
		if len(c.members) == 0 {
			st.value = result&^expr.Y | expr.N
		}
	}
	st.cause = e.causes.union(cause, c.cause)
	if st.value.Known() && len(c.members) == 1 && c.sure {
		st.chosen = c.members[0]
	}
	if result.Known() && c.sure {
		e.decideOld(s, c.members, c.cause)
	} else {
		e.decideOld(s, append(c.members, model.NoAtom), st.cause)
	}
}

// chosenMembers are those members of a choice that may be the chosen one.
type chosenMembers struct {
	members []expr.Atom
	cause   causeSet
	sure    bool // it is one of them
}

// add adds a member that is the chosen one if it is shown, unless it is known
// to be another one. A default that is none is not shown.
func (c *chosenMembers) add(e *Evaluation, a expr.Atom, visible value) {
	if c.sure || !visible.tri.Can(expr.M|expr.Y) {
		return
	}
	if !slices.Contains(c.members, a) {
		c.members = append(c.members, a)
	}
	if c.sure = !visible.tri.Can(expr.N); !c.sure {
		c.cause = e.causes.union(c.cause, visible.cause)
	}
}

// decideOld gives the members of a choice the values that they have where the
// choice is y, when the chosen one is one of some.
func (e *Evaluation) decideOld(s *model.Symbol, chosen []expr.Atom, cause causeSet) {
	for _, id := range s.Nodes {
		for _, a := range e.Model.Nodes[id].Members {
			st := &e.states[a]
			st.decided, st.decidedCause = expr.N, 0
			if !slices.Contains(chosen, a) {
				continue
			}
			if st.decided = expr.Y; len(chosen) > 1 {
				st.decided, st.decidedCause = expr.N|expr.Y, cause
			}
		}
	}
}

// oldDefaults adds the members that may count without a user's choice. As
// sym_choice_default up to Linux 6.11.
func (e *Evaluation) oldDefaults(s *model.Symbol, c *chosenMembers) {
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind != model.Default || p.Low == model.NoAtom {
			continue
		}
		condition := e.eval(p.Condition)
		if condition.tri == expr.N {
			continue
		}
		var visible value
		if choice := e.Model.Symbols[p.Low].Choice; choice != model.NoNode && slices.Contains(s.Nodes, choice) {
			visible.tri, visible.cause = e.prompts(p.Low)
		} else if e.knownVisible(p.Low, s.Nodes[0]) {
			visible.tri, visible.cause = e.prompts(p.Low)
		}
		visible.tri |= condition.tri & expr.N
		visible.cause = e.causes.union(visible.cause, e.causeOf(condition))
		c.add(e, p.Low, visible)
	}
	for _, id := range s.Nodes {
		for _, a := range e.Model.Nodes[id].Members {
			tri, cause := e.prompts(a)
			c.add(e, a, value{tri, cause})
		}
	}
}

// oldDefault returns the member that counts without a user's choice, NoAtom if
// there is none.
func (e *Evaluation) oldDefault(s *model.Symbol) expr.Atom {
	var c chosenMembers
	if e.oldDefaults(s, &c); len(c.members) == 0 {
		return model.NoAtom
	}
	return c.members[0]
}

// oldMember computes a member that is shown where its choice is y, by the rules
// up to Linux 6.11.
func (e *Evaluation) oldMember(a expr.Atom) {
	st := &e.states[a]
	st.value, st.cause = st.decided, st.decidedCause
	st.written = written
	st.text = "n"
}

// mayBeOldMember adds what a member is if it is shown where its choice is y to
// what it is if not.
func (e *Evaluation) mayBeOldMember(a expr.Atom, visible expr.Tristate) {
	st := &e.states[a]
	st.visible = visible
	st.value |= st.decided
	st.written |= written
	if st.value.Known() {
		st.cause = 0
		return
	}
	st.cause = e.causes.union(st.cause, e.causes.union(st.decidedCause, st.visibleCause))
}
