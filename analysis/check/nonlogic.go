package check

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeNonlogicInLogic = "nonlogic-in-logic"

// nonlogicInLogic reports numbers and texts that are asked whether they are on, which
// they never are: expr_calc_value in scripts/kconfig/expr.c takes them for n.
func nonlogicInLogic() ModelCheck {
	return ModelCheck{Rules: rulesOf(References, Warning, codeNonlogicInLogic), Run: func(p *ModelPass) {
		isNumberOrText := func(a expr.Atom) bool {
			s := &p.Model.Symbols[a]
			return s.Kind == model.Plain && s.Defined && s.Type != model.UnknownType && !s.Type.IsLogical()
		}
		p.logicLines(func(id expr.ID) bool {
			return p.Model.Pool.Op(id) == expr.OpLeaf && isNumberOrText(p.Model.Pool.Atom(id))
		}, func(id model.NodeID, statement int32) {
			st := p.statement(id, statement)
			operands(st, p.valueInLogic(id, st), func(token int, before, behind parser.TokenKind) {
				a, ok := p.Model.Lookup(st.TokenText(token))
				if !ok || st.Token(token).Kind != parser.Word || before.IsComparison() || behind.IsComparison() || !isNumberOrText(a) {
					return
				}
				kind, compared := p.Model.Symbols[a].Type, "0"
				if kind == model.String {
					compared = `""`
				}
				p.report(LineFinding{
					Code: codeNonlogicInLogic, Severity: Warning, At: p.line(id, statement).tokens(token, token+1), Symbol: p.name(a),
					Message: p.quoted(a) + " has the type " + kind.String() + " and is always n as a condition: compare it with something, as in `" +
						p.name(a) + " != " + compared + "`",
					Related: p.definition(a, p.quoted(a)+" is defined here"),
				})
			})
		})
	}}
}
