package config

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Origin explains where the value of a symbol comes from: the user, a choice,
// what selects or implies it, a default, or nothing; followed down to where it
// began.
func (e *Evaluation) Origin(a expr.Atom) *Reason { return e.explainer().origin(a) }

func (x *explainer) origin(a expr.Atom) *Reason {
	key := seenReason{a, true}
	if x.seen[key] {
		return x.reason(Repeated, a)
	}
	if x.exhausted() {
		return x.reason(Left, a)
	}
	x.seen[key] = true
	x.depth++
	defer func() { x.depth-- }()
	s := &x.e.Model.Symbols[a]
	switch {
	case s.Kind == model.Answered:
		return x.reason(Answer, a)
	case s.Kind == model.Unanswered:
		return x.reason(NotAnswered, a)
	case s.Kind == model.Constant:
		return x.reason(FromConstant, a)
	case !s.Defined:
		return x.reason(NotDefined, a)
	}
	if state := x.e.State(a); !state.Known {
		r := x.reason(NotKnown, a)
		for _, cause := range state.Causes {
			r.Children = append(r.Children, x.reason(NotAnswered, cause))
		}
		return r
	}
	switch {
	case s.Type.IsLogical():
		return x.logicalOrigin(a)
	}
	return x.textOrigin(a)
}

func (x *explainer) logicalOrigin(a expr.Atom) *Reason {
	s, st := &x.e.Model.Symbols[a], &x.e.states[a]
	user := x.e.user.values[a]
	if s.Choice != model.NoNode {
		choice := x.e.Model.Nodes[s.Choice].Symbol
		chosen := x.e.states[choice].chosen
		if chosen == a || chosen != model.NoAtom && st.visible != expr.N {
			r := x.reason(FromChoice, a).at(s.Choice, x.e.Model.Nodes[s.Choice].Statement)
			r.Other, r.Line = chosen, x.e.user.values[chosen].Line
			return r
		}
	}
	if st.value != expr.N && st.reverse == st.value {
		if r := x.selectedBy(a, s.SelectedBy, FromSelect); r != nil {
			return r
		}
	}
	if user.Set && st.visible.Can(expr.M|expr.Y) {
		r := x.reason(FromUser, a)
		r.Line = user.Line
		return r
	}
	byDefault := x.defaultOf(a)
	if st.implied != expr.N && (byDefault == nil || highest(x.e.eval(byDefault.Value).tri) < st.value) {
		if r := x.selectedBy(a, s.ImpliedBy, FromImply); r != nil {
			return r
		}
	}
	if byDefault != nil {
		return x.fromDefault(a, byDefault)
	}
	return x.reason(FromNothing, a)
}

// selectedBy explains by the first selector that gives the value.
func (x *explainer) selectedBy(a expr.Atom, refs []model.PropertyRef, kind ReasonKind) *Reason {
	m := x.e.Model
	want := x.e.states[a].reverse
	if kind == FromImply {
		want = x.e.states[a].implied
	}
	for _, ref := range refs {
		p := m.Property(ref)
		v := x.e.states[ref.Symbol].value.And(x.e.eval(p.Condition).tri)
		if m.Symbols[a].Type == model.Bool {
			v = v.Bool()
		} else {
			v = x.e.limited(v)
		}
		if v != want {
			continue
		}
		r := x.reason(kind, a).at(p.Node, p.Statement)
		r.Other = ref.Symbol
		r.Children = []*Reason{x.origin(ref.Symbol)}
		return r
	}
	return nil
}

// defaultOf returns the default that counts, nil if none does.
func (x *explainer) defaultOf(a expr.Atom) *model.Property {
	s := &x.e.Model.Symbols[a]
	for i := range s.Properties {
		p := &s.Properties[i]
		if (p.Kind == model.Default || p.Kind == model.Env) && x.e.eval(p.Condition).tri != expr.N {
			return p
		}
	}
	return nil
}

func (x *explainer) fromDefault(a expr.Atom, p *model.Property) *Reason {
	r := x.reason(FromDefault, a).at(p.Node, p.Statement)
	r.Expr = p.Value
	x.e.Model.Pool.Atoms(p.Value, func(from expr.Atom) bool {
		if s := &x.e.Model.Symbols[from]; s.Defined || s.Kind == model.Answered || s.Kind == model.Unanswered {
			r.Children = append(r.Children, x.origin(from))
		}
		return len(r.Children) < maxSelectors
	})
	return r
}

func (x *explainer) textOrigin(a expr.Atom) *Reason {
	st := &x.e.states[a]
	user := x.e.user.values[a]
	fromUser := user.Set && st.visible.Can(expr.M|expr.Y)
	byDefault := x.defaultOf(a)
	if p, _, _ := x.e.activeRange(a); p != nil {
		before := user.Text
		if !fromUser {
			before = ""
			if byDefault != nil && x.e.Model.Pool.Op(byDefault.Value) == expr.OpLeaf {
				before = x.e.states[x.e.Model.Pool.Atom(byDefault.Value)].text
			}
		}
		if before != st.text && (fromUser || byDefault != nil) {
			r := x.reason(FromRange, a).at(p.Node, p.Statement)
			if fromUser {
				r.Line = user.Line
			}
			return r
		}
	}
	switch {
	case fromUser:
		r := x.reason(FromUser, a)
		r.Line = user.Line
		return r
	case byDefault != nil:
		return x.fromDefault(a, byDefault)
	}
	return x.reason(FromNothing, a)
}
