package config

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Answer computes all values as they were if tools had answered: each atom that is
// not known for want of an answer has the given text, where there is one. Others stay
// as they are.
func (e *Evaluation) Answer(texts map[expr.Atom]string) {
	for a, text := range texts {
		if e.Model.Symbols[a].Kind != model.Unanswered {
			continue
		}
		st := &e.states[a]
		st.text, st.unknownText, st.cause = text, false, 0
		if st.value = expr.ParseTristate(text); st.value == 0 {
			st.value = expr.N
		}
	}
	e.rounds(settledRounds)
}

// Restore makes a value what the user says of a symbol, as when it was read from a
// configuration, and computes again what depends on it. Unlike with [Evaluation.Set]
// what is said of other members of a choice stays.
func (e *Evaluation) Restore(a expr.Atom, v UserValue) {
	e.user.values[a] = v
	e.prompted = nil
	e.push(a)
	if choice := e.Model.Symbols[a].Choice; choice != model.NoNode {
		e.push(e.Model.Nodes[choice].Symbol)
	}
	e.settle()
}
