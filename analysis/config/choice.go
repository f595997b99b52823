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
		result = e.limited(result)
	} else {
		result = result.Bool()
	}
	st.value, st.cause, st.chosen, st.written = result, cause, model.NoAtom, unwritten
	if !result.Can(expr.Y) {
		return
	}
	if user := e.user.values[a]; user.chosen != 0 {
		if visible, _ := e.prompts(user.chosen); visible.Can(expr.M | expr.Y) {
			st.chosen = user.chosen
			return
		}
	}
	if st.chosen = e.oldDefault(s); st.chosen == model.NoAtom {
		st.value = expr.N
	}
}

// oldDefault returns the member that counts without a user's choice. As
// sym_choice_default up to Linux 6.11.
func (e *Evaluation) oldDefault(s *model.Symbol) expr.Atom {
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind != model.Default || p.Low == model.NoAtom || e.eval(p.Condition).tri == expr.N {
			continue
		}
		a := p.Low
		if c := e.Model.Symbols[a].Choice; slices.Contains(s.Nodes, c) {
			if visible, _ := e.prompts(a); visible.Can(expr.M | expr.Y) {
				return a
			}
		} else if e.knownVisible(a, s.Nodes[0]) {
			return a
		}
	}
	for _, id := range s.Nodes {
		for _, a := range e.Model.Nodes[id].Members {
			if visible, _ := e.prompts(a); visible.Can(expr.M | expr.Y) {
				return a
			}
		}
	}
	return model.NoAtom
}

// oldMember computes a member that is shown where its choice is y, by the rules
// up to Linux 6.11.
func (e *Evaluation) oldMember(a expr.Atom) {
	st := &e.states[a]
	choice := &e.states[e.Model.Nodes[e.Model.Symbols[a].Choice].Symbol]
	st.value, st.cause = expr.N, 0
	if choice.chosen == a {
		st.value = expr.Y
	}
	st.written = written
	st.text = "n"
	if e.Model.Symbols[a].Type == model.Bool {
		st.value = st.value.Bool()
	}
}
