package config

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// State is what an evaluation knows of a symbol.
type State struct {
	// Value is the value of a bool or tristate symbol; n for all others.
	Value expr.Tristate
	// Text is the value as a configuration has it, without quotes. If it is not
	// known it is one of those that it can be.
	Text string
	// Known tells that there is but one value that it can be.
	Known bool
	// Causes are the atoms whose text is not known and decides about the value.
	Causes []expr.Atom
	// Visible is what the prompts come to: n if the user cannot set the symbol.
	Visible expr.Tristate
	// Direct is what the direct dependency comes to, Reverse what selects the
	// symbol, Implied what implies it. They are n for members of choices.
	Direct, Reverse, Implied expr.Tristate
	// Written tells that the symbol is part of a .config, MaybeWritten that it
	// may be.
	Written, MaybeWritten bool
}

// State returns what is known of a symbol.
func (e *Evaluation) State(a expr.Atom) State {
	st := &e.states[a]
	s := State{
		Value: st.value, Visible: st.visible, Direct: st.direct, Reverse: st.reverse, Implied: st.implied,
		Written: st.written == written, MaybeWritten: st.written&written != 0,
	}
	s.Text, s.Known = e.Value(a)
	if !s.Known {
		s.Causes = e.atoms(st.cause)
	}
	return s
}

// Tristate returns what an expression of the model comes to, and if that is
// not known the atoms that decide about it.
func (e *Evaluation) Tristate(id expr.ID) (expr.Tristate, []expr.Atom) {
	v := e.eval(id)
	if v.tri.Known() {
		return v.tri, nil
	}
	return v.tri, e.atoms(v.cause)
}

// Chosen returns the chosen member of a choice, NoAtom if there is none or if it
// is not known.
func (e *Evaluation) Chosen(choice expr.Atom) expr.Atom { return e.states[choice].chosen }

// Changeable reports whether a user can set a symbol as things are. As
// sym_is_changeable in scripts/kconfig/symbol.c.
func (e *Evaluation) Changeable(a expr.Atom) bool { return e.changeable(a) }

// IsDefault reports whether a defconfig that gives these values surely has no
// line for a symbol: it is not part of a .config, cannot be set, or is what it is
// by default.
func (e *Evaluation) IsDefault(a expr.Atom) bool {
	return e.states[a].written&written == 0 || e.isDefault(a) && e.sureDefault(a)
}

// sureDefault reports whether all that isDefault looks at is known.
func (e *Evaluation) sureDefault(a expr.Atom) bool {
	s, st := &e.Model.Symbols[a], &e.states[a]
	_, known := e.Value(a)
	if !known || !st.visible.Known() || !st.reverse.Known() || !st.implied.Known() || !e.modules.Known() {
		return false
	}
	if s.Choice != model.NoNode && !e.Model.OldChoices() {
		c := choiceInputs{e: e, choice: s.Choice}
		if c.gather(); len(c.undecided) > 0 {
			return false
		}
	}
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind != model.Default && p.Kind != model.Env {
			continue
		}
		switch condition := e.eval(p.Condition).tri; {
		case !condition.Known():
			return false
		case condition == expr.N:
			continue
		case s.Type.IsLogical():
			return e.eval(p.Value).tri.Known()
		}
		return e.Model.Pool.Op(p.Value) != expr.OpLeaf || !e.states[e.Model.Pool.Atom(p.Value)].unknownText
	}
	return true
}

// InRange reports whether a text can be the value of an int, hex or string
// symbol as things are.
func (e *Evaluation) InRange(a expr.Atom, text string) bool { return e.withinRange(a, text) }

// Default returns the value that a symbol has by default, as far as conf tells
// it when it writes a defconfig.
func (e *Evaluation) Default(a expr.Atom) string { return e.defaultText(a) }

// Unknown is a line of a .config that is not known.
type Unknown struct {
	// Symbol is the symbol, NoAtom for the title of a menu or comment.
	Symbol expr.Atom
	// Node is the entry that the line comes from.
	Node model.NodeID
	// Causes are the atoms whose text is not known and decides about it.
	Causes []expr.Atom
}

// Unknown returns the lines of a .config that are not known: what they say, or
// whether they are there. The order is that of the entries.
func (e *Evaluation) Unknown() []Unknown {
	var all []Unknown
	m := e.Model
	seen := make([]bool, len(m.Symbols))
	for id := range m.Nodes {
		n := &m.Nodes[id]
		switch {
		case id == 0:
		case n.Symbol == model.NoAtom:
			if n.HasPrompt {
				visible, visibleIf := e.eval(n.Visible), known(expr.Y)
				if n.VisibleIf != 0 {
					visibleIf = e.eval(n.VisibleIf)
				}
				if shown := visible.tri.And(visibleIf.tri); shown.Can(expr.N) && shown != expr.N {
					all = append(all, Unknown{model.NoAtom, model.NodeID(id), e.atoms(e.causes.union(e.causeOf(visible), e.causeOf(visibleIf)))})
				}
			}
		case m.Symbols[n.Symbol].Kind == model.Choice, seen[n.Symbol]:
		default:
			seen[n.Symbol] = true
			if causes, unknown := e.unknownLine(n.Symbol); unknown {
				all = append(all, Unknown{n.Symbol, model.NodeID(id), e.atoms(causes)})
			}
		}
	}
	return all
}

// unknownLine reports whether the line of a symbol is not known, and what
// decides about it.
func (e *Evaluation) unknownLine(a expr.Atom) (causeSet, bool) {
	st, s := &e.states[a], &e.Model.Symbols[a]
	if st.written&written == 0 || s.Type == model.UnknownType {
		return 0, false
	}
	cause, unknown := causeSet(0), false
	if _, ok := e.Value(a); !ok {
		cause, unknown = st.cause, true
	}
	if st.written == written || e.Rules.WritesAll {
		return cause, unknown
	}
	for _, c := range []causeSet{st.visibleCause, st.directCause, st.reverseCause, st.impliedCause} {
		cause = e.causes.union(cause, c)
	}
	for i := range s.Properties {
		if p := &s.Properties[i]; p.Kind == model.Default || p.Kind == model.Prompt {
			cause = e.causes.union(cause, e.causeOf(e.eval(p.Condition)))
		}
	}
	return cause, true
}

func (e *Evaluation) atoms(c causeSet) []expr.Atom {
	var atoms []expr.Atom
	for _, a := range e.causes.sets[c] {
		atoms = append(atoms, expr.Atom(a))
	}
	return atoms
}
