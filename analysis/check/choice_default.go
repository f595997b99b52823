package check

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

const codeChoiceDefaultForeign = "choice-default-foreign"

// foreignChoiceDefaults reports defaults of choices that are none of their members, as
// sym_check_prop in scripts/kconfig/menu.c warns.
func foreignChoiceDefaults() ModelCheck {
	return ModelCheck{Rules: rulesOf(Structure, Warning, codeChoiceDefaultForeign), Run: func(p *ModelPass) {
		for a := range p.Model.Symbols {
			s := &p.Model.Symbols[a]
			if s.Kind != model.Choice {
				continue
			}
			for i := range s.Properties {
				if d := &s.Properties[i]; d.Kind == model.Default {
					p.choiceDefault(expr.Atom(a), d)
				}
			}
		}
	}}
}

func (p *ModelPass) choiceDefault(choice expr.Atom, d *model.Property) {
	if d.Low == model.NoAtom {
		return
	}
	member := &p.Model.Symbols[d.Low]
	switch {
	case member.Kind != model.Plain && member.Kind != model.Constant:
		return
	case member.Choice != model.NoNode && p.Model.Nodes[member.Choice].Symbol == choice:
		return
	case !p.whole():
		return
	}
	st := p.statement(d.Node, d.Statement)
	from, to := st.Expression()
	if from, to = trimmed(st, from, to); from >= to {
		return
	}
	f := LineFinding{
		Code: codeChoiceDefaultForeign, Severity: Warning,
		At:      p.line(d.Node, d.Statement).tokens(from, to),
		Message: "`" + member.Name + "` is no member of this choice, so the default does nothing: name one of its members, or remove the line",
		Related: []RelatedLine{{p.head(d.Node), "the choice begins here"}},
	}
	if member.Kind == model.Plain {
		f.Symbol = member.Name
		f.Related = append(f.Related, p.definition(d.Low, "`"+member.Name+"` is defined here")...)
	}
	f.Fix = fixOf("Remove the line", p.line(d.Node, d.Statement), RemoveLine, "")
	p.report(f)
}
