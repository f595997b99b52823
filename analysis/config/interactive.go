package config

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Load returns the values under a configuration file as an interactive
// configurator has them after it has read the file, and what is wrong with its
// lines. A nil file stands for none: then all values are those by default.
func Load(m *model.Model, input *File, r Rules) (*Evaluation, []Issue) {
	if input == nil {
		return Evaluate(m, NewUser(m), r), nil
	}
	user, issues := Read(m, input, r)
	e := Evaluate(m, user, r)
	if r.DropsOutOfRange {
		e.dropOutOfRange(true)
	}
	return e, issues
}

// Shown reports whether an entry of the menu is shown, or may be: because its
// prompt is visible, or because it has a value and something below it is shown.
// As menu_is_visible in scripts/kconfig/menu.c.
func (e *Evaluation) Shown(id model.NodeID) bool { return e.entryVisible(id) }

// NodeVisible returns what the prompt or title of an entry comes to at its own
// place, n if it has none, and if that is not known the atoms that decide.
func (e *Evaluation) NodeVisible(id model.NodeID) (expr.Tristate, []expr.Atom) {
	n := &e.Model.Nodes[id]
	if !n.HasPrompt {
		return expr.N, nil
	}
	v := e.eval(n.Visible)
	if n.VisibleIf != 0 && n.Symbol == model.NoAtom {
		also := e.eval(n.VisibleIf)
		v = value{v.tri.And(also.tri), e.causes.union(e.causeOf(v), e.causeOf(also))}
	}
	if n.Symbol != model.NoAtom {
		// Of the symbol as a whole less may be visible: see [Evaluation.prompts].
		st := &e.states[n.Symbol]
		v.tri = e.effective(e.Model.Symbols[n.Symbol].Type)(v.tri).And(st.visible)
		v.cause = e.causes.union(v.cause, st.visibleCause)
	}
	if v.tri.Known() {
		return v.tri, nil
	}
	return v.tri, e.atoms(v.cause)
}

// Range returns the bounds that the value of an int or hex symbol has to lie
// in, as they are written. It reports false if there is no range, or if it is
// not known which one counts or what its bounds are.
func (e *Evaluation) Range(a expr.Atom) (low, high string, ok bool) {
	if t := e.Model.Symbols[a].Type; t != model.Int && t != model.Hex {
		return "", "", false
	}
	p, _, sure := e.activeRange(a)
	if p == nil || !sure || e.states[p.Low].unknownText || e.states[p.High].unknownText {
		return "", "", false
	}
	return e.states[p.Low].text, e.states[p.High].text, true
}
