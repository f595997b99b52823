package config

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// asker answers the questions of conf one after the other, as versions with the
// rule Asks do in all modes. Each answer becomes a user value, with all that
// follows from it before the next question comes.
type asker struct {
	e *Evaluation
	// answer is what bool and tristate symbols get, 0 for what they are.
	answer expr.Tristate
	again  bool // a question has come up behind the last one
	// stale tells that values are as they were before choices were dropped. Conf
	// computes them anew when something changes.
	stale bool
}

// maxAsked is how often all questions are gone through. The real conf has no
// bound: it asks the same thing for ever if there is no valid answer.
const maxAsked = 20

// ask carries out a mode. stale is as in asker. As main in scripts/kconfig/conf.c.
func (e *Evaluation) ask(mode Mode, stale bool) {
	a := asker{e: e, stale: stale}
	switch mode {
	case AllYesConfig:
		a.answer = expr.Y
	case AllModConfig:
		a.answer = expr.M
	case AllNoConfig:
		a.answer = expr.N
	}
	a.menu(0, 0)
	if a.answer != 0 {
		a.menu(0, 0)
	}
	for range maxAsked {
		a.again = false
		a.rest(0, 0)
		if !a.again {
			return
		}
	}
}

// maxAskedDepth is how deep the menu may nest for questions to come up.
const maxAskedDepth = 5000

// menu asks for an entry and all below it. As conf.
func (a *asker) menu(id model.NodeID, depth int) {
	e := a.e
	if depth > maxAskedDepth || id != 0 && !e.entryVisible(id) {
		return
	}
	n := &e.Model.Nodes[id]
	if n.Symbol != model.NoAtom {
		switch s := &e.Model.Symbols[n.Symbol]; {
		case s.Kind == model.Choice:
			a.choice(id, depth)
			if e.states[n.Symbol].value != expr.M {
				return
			}
		case s.Type.IsLogical():
			a.logical(n.Symbol)
		default:
			a.text(n.Symbol)
		}
	}
	for c := n.First; c != model.NoNode; c = e.Model.Nodes[c].Next {
		a.menu(c, depth+1)
	}
}

// rest asks once more in menus with symbols that have no value yet. As
// check_conf.
func (a *asker) rest(id model.NodeID, depth int) {
	e := a.e
	if depth > maxAskedDepth || id != 0 && !e.entryVisible(id) {
		return
	}
	n := &e.Model.Nodes[id]
	if n.Symbol != model.NoAtom && !e.user.values[n.Symbol].Set &&
		(e.changeable(n.Symbol) || e.Model.Symbols[n.Symbol].Kind == model.Choice && e.states[n.Symbol].value == expr.Y) {
		a.again = true
		top := id
		for top != 0 && (e.Model.Nodes[top].Symbol != model.NoAtom || !e.Model.Nodes[top].HasPrompt) {
			top = e.Model.Nodes[top].Parent
		}
		a.menu(top, depth+1)
	}
	for c := n.First; c != model.NoNode; c = e.Model.Nodes[c].Next {
		a.rest(c, depth+1)
	}
}

// logical answers for a bool or tristate symbol. As conf_askvalue.
func (a *asker) logical(symbol expr.Atom) {
	e := a.e
	if e.changeable(symbol) {
		tristate := e.effective(e.Model.Symbols[symbol].Type)(expr.M) == expr.M
		for _, v := range [...]expr.Tristate{expr.Y, expr.M, expr.N} {
			if v > a.answer {
				continue
			}
			if v == expr.M && !tristate {
				v = expr.Y
			}
			if e.tristateWithinRange(symbol, v) {
				a.set(symbol, v)
				return
			}
		}
	}
	a.set(symbol, lowest(e.states[symbol].value))
}

// text answers for a symbol of another type with what it is.
func (a *asker) text(symbol expr.Atom) {
	text := a.e.states[symbol].text
	if a.e.Model.Symbols[symbol].Type == model.Hex && !strings.HasPrefix(text, "0x") && !strings.HasPrefix(text, "0X") {
		text = "0x" + text
	}
	a.e.setUser(symbol, UserValue{Set: true, Text: text, Line: a.e.user.values[symbol].Line})
	a.e.settle()
}

// choice chooses the member that is chosen. As conf_choice.
func (a *asker) choice(id model.NodeID, depth int) {
	e := a.e
	symbol := e.Model.Nodes[id].Symbol
	if e.changeable(symbol) {
		a.logical(symbol)
	}
	if e.states[symbol].value != expr.Y {
		return
	}
	chosen, shown := model.NoNode, 0
	for c := e.Model.Nodes[id].First; c != model.NoNode; c = e.Model.Nodes[c].Next {
		member := e.Model.Nodes[c].Symbol
		if member == model.NoAtom || !e.entryVisible(c) {
			continue
		}
		shown++
		if chosen == model.NoNode || member == e.states[symbol].chosen {
			chosen = c
		}
	}
	if chosen == model.NoNode || shown > 1 && e.Model.Nodes[chosen].Symbol != e.states[symbol].chosen {
		return // conf would ask for ever
	}
	a.set(e.Model.Nodes[chosen].Symbol, expr.Y)
	if below := e.Model.Nodes[chosen].First; below != model.NoNode {
		a.menu(below, depth+1)
	}
}

// tristateWithinRange reports whether a user can give a bool or tristate symbol
// a value. As sym_tristate_within_range in scripts/kconfig/symbol.c.
func (e *Evaluation) tristateWithinRange(a expr.Atom, v expr.Tristate) bool {
	s, st := &e.Model.Symbols[a], &e.states[a]
	visible, reverse := highest(st.visible), highest(st.reverse)
	switch {
	case visible == expr.N || v == expr.M && e.effective(s.Type)(expr.M) != expr.M || visible <= reverse:
		return false
	case s.ChoiceValue && visible == expr.Y:
		return v == expr.Y
	}
	return v >= reverse && v <= visible
}

// set gives a bool or tristate symbol a user value, if it can have it. As
// sym_set_tristate_value in scripts/kconfig/symbol.c.
func (a *asker) set(symbol expr.Atom, v expr.Tristate) {
	e := a.e
	changes := lowest(e.states[symbol].value) != v
	if changes && !e.tristateWithinRange(symbol, v) {
		return
	}
	set := func(a expr.Atom, change func(*UserValue)) {
		u := e.user.values[a]
		if !u.Set {
			u.Set, u.Line = true, -1
		}
		if u.Tristate == 0 {
			u.Tristate = expr.N
		}
		change(&u)
		e.setUser(a, u)
	}
	set(symbol, func(u *UserValue) { u.Tristate = v })
	if s := &e.Model.Symbols[symbol]; s.ChoiceValue && s.Choice != model.NoNode && v == expr.Y {
		choice := &e.Model.Nodes[s.Choice]
		set(choice.Symbol, func(u *UserValue) { u.chosen = symbol })
		for _, member := range choice.Members {
			if e.states[member].visible != expr.N {
				set(member, func(*UserValue) {})
			}
		}
	}
	e.settle()
	if changes && a.stale {
		a.stale = false
		*e = *Evaluate(e.Model, e.user, e.Rules)
	}
}
