package config

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

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
