package check

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// valuesOf returns the values that an expression can have by what each symbol in it can
// be on its own: those that are not defined in the view, or that nothing sets, are n, and
// those that nobody can choose and that are y by an unconditional default are y.
func (p *ModelPass) valuesOf(id expr.ID) expr.Tristate {
	pool := p.Model.Pool
	switch op := pool.Op(id); {
	case op == expr.OpNone:
		return expr.Y
	case op == expr.OpLeaf:
		switch a := pool.Atom(id); {
		case p.alwaysOn(a):
			return expr.Y
		case p.neverSet(a):
			return expr.N
		default:
			return p.Model.Values(a)
		}
	case op == expr.OpNot:
		return p.valuesOf(pool.Args(id)[0]).Not()
	case op == expr.OpAnd:
		values := expr.Y
		for _, arg := range pool.Args(id) {
			values = values.And(p.valuesOf(arg))
		}
		return values
	case op == expr.OpOr:
		values := expr.N
		for _, arg := range pool.Args(id) {
			values = values.Or(p.valuesOf(arg))
		}
		return values
	}
	return expr.N | expr.Y
}

// alwaysOn reports whether a symbol is y whatever the configuration is, because no prompt
// lets users choose, nothing is asked for, and its first default is y.
func (p *ModelPass) alwaysOn(a expr.Atom) bool {
	s := &p.Model.Symbols[a]
	if s.Kind != model.Plain || s.Type != model.Bool || s.DirectDep != 0 {
		return false
	}
	first := true
	for i := range s.Properties {
		switch property := &s.Properties[i]; property.Kind {
		case model.Prompt:
			return false
		case model.Default:
			if first && (property.Condition != 0 || !p.Model.Pool.IsYes(property.Value)) {
				return false
			}
			first = false
		}
	}
	return !first
}

// neverSet reports whether a symbol of the view has no prompt and no default, and nothing
// selects or implies it.
func (p *ModelPass) neverSet(a expr.Atom) bool {
	s := &p.Model.Symbols[a]
	if s.Kind != model.Plain || s.ChoiceValue || len(s.SelectedBy) > 0 || len(s.ImpliedBy) > 0 {
		return false
	}
	for i := range s.Properties {
		switch s.Properties[i].Kind {
		case model.Prompt, model.Default, model.Env:
			return false
		}
	}
	return true
}
