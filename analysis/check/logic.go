package check

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// logicLines calls visit for the lines of the view that have an expression in logic of
// which holds is true, or some part of it: conditions, what entries depend on, and the
// defaults of what is bool or tristate. A line may come up twice.
func (p *ModelPass) logicLines(holds func(expr.ID) bool, visit func(node model.NodeID, statement int32)) {
	known := make([]int8, p.Model.Pool.Len())
	var within func(id expr.ID) bool
	within = func(id expr.ID) bool {
		if id == 0 || known[id] != 0 {
			return known[id] > 0
		}
		found := holds(id)
		if op := p.Model.Pool.Op(id); !found && op != expr.OpLeaf && !op.IsComparison() {
			for _, arg := range p.Model.Pool.Args(id) {
				found = found || within(arg)
			}
		}
		if known[id] = -1; found {
			known[id] = 1
		}
		return found
	}
	for id := range p.Model.Nodes {
		n := &p.Model.Nodes[id]
		for i := range n.Conditions {
			if within(n.Conditions[i].Expr) {
				visit(model.NodeID(id), n.Conditions[i].Statement)
			}
		}
	}
	for a := range p.Model.Symbols {
		s := &p.Model.Symbols[a]
		for i := range s.Properties {
			property := &s.Properties[i]
			inLogic := property.Kind == model.Default && s.Type.IsLogical() && s.Kind == model.Plain
			if property.Node != model.NoNode && (within(property.Own) || inLogic && within(property.Value)) {
				visit(property.Node, property.Statement)
			}
		}
	}
}

// operands calls visit for each symbol or constant in the expression and the condition of
// a statement, with the operators on both sides of it. Of a default the condition is
// all if the value is no logic.
func operands(st parser.Statement, value bool, visit func(token int, before, behind parser.TokenKind)) {
	from, to := st.Expression()
	if _, end, ok := st.Condition(); ok {
		if !value {
			from = to
		}
		to = end
	} else if !value {
		return
	}
	for i := from; i < to; i++ {
		if !st.Token(i).Kind.IsSymbol() {
			continue
		}
		before, behind := parser.BadCharacter, parser.BadCharacter
		for j := i - 1; j >= from && before == parser.BadCharacter; j-- {
			if kind := st.Token(j).Kind; !isSilent(kind) {
				before = kind
			}
		}
		if j := st.First(i + 1); j < to {
			behind = st.Token(j).Kind
		}
		visit(i, before, behind)
	}
}

// valueInLogic reports whether the operands of a line are in logic, and not only its
// condition.
func (p *ModelPass) valueInLogic(id model.NodeID, st parser.Statement) bool {
	switch st.Kind {
	case parser.DependsOn, parser.If, parser.VisibleIf:
		return true
	case parser.Default, parser.TypedDefault:
		a := p.Model.Nodes[id].Symbol
		return a != model.NoAtom && p.Model.Symbols[a].Kind == model.Plain && p.Model.Symbols[a].Type.IsLogical()
	}
	return false
}
