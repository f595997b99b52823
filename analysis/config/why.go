package config

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// WhyNot explains why a symbol is not at least the needed value: only what
// fails, followed down to what the user said, to lines that cannot hold, and to
// tools. It returns nil if the symbol has the value.
func (e *Evaluation) WhyNot(a expr.Atom, needed expr.Tristate) *Reason {
	if lowest(e.states[a].value) >= needed {
		return nil
	}
	return e.explainer().low(a, needed)
}

// WhyHidden explains why a user cannot set a symbol to the needed value: what of
// the conditions of its prompts does not hold.
func (e *Evaluation) WhyHidden(a expr.Atom, needed expr.Tristate) *Reason {
	return e.explainer().hidden(a, needed)
}

// WhyBelow explains why an expression is not at least the needed value: what of
// it fails. There are no reasons if it has the value.
func (e *Evaluation) WhyBelow(id expr.ID, needed expr.Tristate) []*Reason {
	if lowest(e.eval(id).tri) >= needed {
		return nil
	}
	return decisive(e.explainer().below(id, needed))
}

// lowest returns the smallest value of a set.
func lowest(t expr.Tristate) expr.Tristate { return t & -t }

// low explains why a symbol may be below the needed value.
func (x *explainer) low(a expr.Atom, needed expr.Tristate) *Reason {
	key := seenReason{symbol: a}
	if x.seen[key] {
		return x.reason(Repeated, a)
	}
	if x.exhausted() {
		return x.reason(Left, a)
	}
	x.seen[key] = true
	x.depth++
	defer func() { x.depth-- }()
	r := x.lowOf(a, needed)
	r.Needed = needed
	return r
}

func (x *explainer) lowOf(a expr.Atom, needed expr.Tristate) *Reason {
	s, st := &x.e.Model.Symbols[a], &x.e.states[a]
	switch {
	case s.Kind == model.Answered:
		return x.reason(Answer, a)
	case s.Kind == model.Unanswered:
		return x.reason(NotAnswered, a)
	case s.Kind == model.Constant:
		return x.reason(Never, a)
	case !s.Defined:
		return x.reason(NotDefined, a)
	case !s.Type.IsLogical():
		return x.reason(NotLogical, a)
	case s.Kind != model.Choice && !hasPrompt(x.e.Model, a):
		return x.unprompted(a, needed)
	case lowest(st.visible) < needed:
		if s.Kind == model.Choice || !st.visible.Can(expr.M) || st.visible.Can(expr.N) || x.e.modules == expr.Y {
			return x.hidden(a, needed)
		}
		return x.reason(ModulesOff, a)
	}
	return x.shown(a)
}

// shown explains a symbol that a user can set.
func (x *explainer) shown(a expr.Atom) *Reason {
	s, st := &x.e.Model.Symbols[a], &x.e.states[a]
	user := x.e.user.values[a]
	if s.Choice != model.NoNode {
		choice := x.e.Model.Nodes[s.Choice].Symbol
		if chosen := x.e.states[choice].chosen; chosen != model.NoAtom && chosen != a {
			r := x.reason(OtherMember, a)
			r.Other, r.Line = chosen, x.e.user.values[chosen].Line
			return r.at(s.Choice, x.e.Model.Nodes[s.Choice].Statement)
		}
	}
	if user.Set {
		r := x.reason(SetByUser, a)
		r.Line = user.Line
		return r
	}
	if !st.value.Known() {
		return x.unprompted(a, expr.Y)
	}
	r := x.reason(NotSet, a)
	for _, id := range s.Nodes {
		if n := &x.e.Model.Nodes[id]; n.HasPrompt {
			return r.at(id, n.Statement)
		}
	}
	return r
}

// hidden explains why no prompt of a symbol is shown. With several prompts
// there is a child for each.
func (x *explainer) hidden(a expr.Atom, needed expr.Tristate) *Reason {
	s := &x.e.Model.Symbols[a]
	var all []*Reason
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind != model.Prompt {
			continue
		}
		r := x.reason(Unmet, a).at(p.Node, p.Statement)
		r.Needed = needed
		r.Children = x.conditions(p, needed)
		all = append(all, r)
	}
	if len(all) == 1 {
		return all[0]
	}
	r := x.reason(Alternatives, a)
	r.Children = all
	return r
}

// conditions explains what of the conditions of a property does not hold: those
// of its own line, of its entry, and of what is around that.
func (x *explainer) conditions(p *model.Property, needed expr.Tristate) []*Reason {
	m := x.e.Model
	var found []*Reason
	for id := p.Node; id >= 0; id = m.Nodes[id].Block {
		n := &m.Nodes[id]
		var stated []*Reason
		for _, c := range n.Conditions {
			if c.VisibleIf && (p.Kind != model.Prompt || id == p.Node) {
				continue
			}
			stated = append(stated, x.condition(id, c.Statement, c.Expr, needed)...)
		}
		if id == p.Node {
			own := p.Own
			if p.Kind == model.Prompt {
				own = x.ownCondition(p)
			}
			stated = append(stated, x.condition(p.Node, p.Statement, own, needed)...)
		}
		mode := m.OldChoices() && n.Kind == parser.Choice && id != p.Node
		if mode && lowest(x.e.states[n.Symbol].value) < needed {
			stated = append(stated, x.low(n.Symbol, needed))
		}
		found = append(stated, found...)
		if mode {
			break // it stands for all that is around it
		}
	}
	return decisive(found)
}

// decisive returns the reasons that are known to fail, if there are any: then
// nothing hangs on those of which it is not known.
func decisive(all []*Reason) []*Reason {
	isKnown := func(r *Reason) bool { return !strings.Contains(r.Value, "/") }
	if !slices.ContainsFunc(all, isKnown) {
		return all
	}
	return slices.DeleteFunc(all, func(r *Reason) bool { return !isKnown(r) })
}

// ownCondition returns the "if" of a prompt's line without the "visible if" of
// the menus around it, which come first in the explanation anyway.
func (x *explainer) ownCondition(p *model.Property) expr.ID {
	pool := x.e.Model.Pool
	own := p.Own
	for id := x.e.Model.Nodes[p.Node].Block; id >= 0; id = x.e.Model.Nodes[id].Block {
		v := x.e.Model.Nodes[id].VisibleIf
		if v == 0 || own == 0 {
			continue
		}
		if own == v {
			return 0
		}
		if pool.Op(own) == expr.OpAnd && len(pool.Args(own)) == 2 && pool.Args(own)[1] == v {
			own = pool.Args(own)[0]
		}
	}
	return own
}

// condition explains the operands of "&&" that do not hold in an expression
// that a line states. There are none if the expression holds.
func (x *explainer) condition(node model.NodeID, statement int32, id expr.ID, needed expr.Tristate) []*Reason {
	var found []*Reason
	x.conjuncts(id, needed, func(part expr.ID) {
		if x.exhausted() {
			return
		}
		r := x.reason(Unmet, model.NoAtom).at(node, statement)
		r.Expr, r.Needed = part, needed
		r.Value = x.e.eval(part).tri.String()
		r.Children = x.below(part, needed)
		found = append(found, r)
	})
	return found
}

// conjuncts calls f for the operands of "&&" that may be below the needed value.
func (x *explainer) conjuncts(id expr.ID, needed expr.Tristate, f func(expr.ID)) {
	if lowest(x.e.eval(id).tri) >= needed {
		return
	}
	if x.e.Model.Pool.Op(id) != expr.OpAnd {
		f(id)
		return
	}
	for _, arg := range x.e.Model.Pool.Args(id) {
		x.conjuncts(arg, needed, f)
	}
}

// below explains why an expression may be below the needed value.
func (x *explainer) below(id expr.ID, needed expr.Tristate) []*Reason {
	pool := x.e.Model.Pool
	x.depth++
	defer func() { x.depth-- }()
	if x.exhausted() {
		return []*Reason{x.reason(Left, model.NoAtom)}
	}
	switch op := pool.Op(id); op {
	case expr.OpNone:
		return nil
	case expr.OpLeaf:
		return []*Reason{x.low(pool.Atom(id), needed)}
	case expr.OpNot:
		return x.above(pool.Args(id)[0])
	case expr.OpAnd:
		var all []*Reason
		x.conjuncts(id, needed, func(part expr.ID) { all = append(all, x.below(part, needed)...) })
		return all
	case expr.OpOr:
		r := x.reason(Alternatives, model.NoAtom)
		r.Expr = id
		for _, arg := range pool.Args(id) {
			child := x.reason(Unmet, model.NoAtom)
			child.Expr, child.Needed, child.Value = arg, needed, x.e.eval(arg).tri.String()
			child.Children = x.below(arg, needed)
			r.Children = append(r.Children, child)
		}
		return []*Reason{r}
	default:
		return []*Reason{x.comparison(id)}
	}
}

// above explains why an expression is not n.
func (x *explainer) above(id expr.ID) []*Reason {
	pool := x.e.Model.Pool
	x.depth++
	defer func() { x.depth-- }()
	if x.exhausted() {
		return []*Reason{x.reason(Left, model.NoAtom)}
	}
	switch op := pool.Op(id); op {
	case expr.OpNone:
		return nil
	case expr.OpLeaf:
		return []*Reason{x.origin(pool.Atom(id))}
	case expr.OpNot:
		return x.below(pool.Args(id)[0], expr.Y)
	case expr.OpAnd, expr.OpOr:
		var all []*Reason
		for _, arg := range pool.Args(id) {
			if x.e.eval(arg).tri.Can(expr.M | expr.Y) {
				all = append(all, x.above(arg)...)
			}
		}
		return all
	default:
		return []*Reason{x.comparison(id)}
	}
}

// comparison explains where the values come from that a comparison looks at.
func (x *explainer) comparison(id expr.ID) *Reason {
	pool := x.e.Model.Pool
	r := x.reason(Comparison, model.NoAtom)
	r.Expr = id
	r.Value = x.e.eval(id).tri.String()
	for _, arg := range pool.Args(id) {
		a := pool.Atom(arg)
		if s := &x.e.Model.Symbols[a]; s.Kind == model.Unanswered || s.Defined {
			r.Children = append(r.Children, x.origin(a))
		}
	}
	return r
}

// unprompted explains why nothing sets a symbol that has no prompt.
func (x *explainer) unprompted(a expr.Atom, needed expr.Tristate) *Reason {
	s := &x.e.Model.Symbols[a]
	r := x.reason(NoPrompt, a)
	if len(s.Nodes) > 0 {
		r.at(s.Nodes[0], x.e.Model.Nodes[s.Nodes[0]].Statement)
	}
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind != model.Default && p.Kind != model.Env {
			continue
		}
		r.Children = append(r.Children, x.defaultLine(a, p, needed))
		if lowest(x.e.eval(p.Condition).tri) >= expr.M {
			break // the ones behind it do not count
		}
	}
	x.selectors(r, s.SelectedBy, needed)
	x.selectors(r, s.ImpliedBy, needed)
	if len(r.Children) == 0 {
		r.Kind = NothingSets
	}
	return r
}

// defaultLine explains why a default does not give the needed value.
func (x *explainer) defaultLine(a expr.Atom, p *model.Property, needed expr.Tristate) *Reason {
	r := x.reason(LowDefault, a).at(p.Node, p.Statement)
	r.Expr, r.Needed = p.Value, needed
	r.Children = x.conditions(p, needed)
	if len(r.Children) > 0 {
		r.Kind = DefaultUnmet
		return r
	}
	r.Children = x.below(p.Value, needed)
	return r
}

// selectors adds why those that select or imply a symbol do not.
func (x *explainer) selectors(r *Reason, refs []model.PropertyRef, needed expr.Tristate) {
	m := x.e.Model
	for i, ref := range refs {
		if i == maxSelectors {
			left := x.reason(Left, model.NoAtom)
			left.Count = len(refs) - i
			r.Children = append(r.Children, left)
			return
		}
		p := m.Property(ref)
		child := x.reason(SelectorOff, r.Symbol).at(p.Node, p.Statement)
		child.Other = ref.Symbol
		r.Children = append(r.Children, child)
		if x.exhausted() {
			continue
		}
		if lowest(x.e.states[ref.Symbol].value) < needed {
			if len(refs) <= 2 {
				child.Children = append(child.Children, x.low(ref.Symbol, needed))
			}
			continue
		}
		child.Children = x.condition(p.Node, p.Statement, p.Own, needed)
	}
}
