package check

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeMenuconfigNoChildren = "menuconfig-no-children"

// emptyMenuconfigs reports menuconfigs below which no architecture has an entry.
func emptyMenuconfigs() ModelCheck {
	rule := Rule{ID: codeMenuconfigNoChildren, Family: Structure, Severity: Hint, Everywhere: true}
	return ModelCheck{Rules: []Rule{rule}, Run: func(p *ModelPass) {
		checked := false
		for id := range p.Model.Nodes {
			n := &p.Model.Nodes[id]
			if n.Kind != parser.Menuconfig || !n.HasPrompt || n.First != model.NoNode || p.Model.Symbols[n.Symbol].ChoiceValue {
				continue
			}
			if !checked && !p.whole() {
				return // what is missing may be below it
			}
			checked = true
			st := p.statement(model.NodeID(id), n.Statement)
			token := st.First(0)
			at := p.line(model.NodeID(id), n.Statement).tokens(token, token+1)
			f := LineFinding{
				Code: codeMenuconfigNoChildren, Severity: Hint, At: at, Symbol: p.name(n.Symbol),
				Message: p.quoted(n.Symbol) + " opens a menu that nothing is in, since the entry behind it does not depend on it: make it a `config`, or move what depends on it here",
			}
			f.Fix = fixOf("Make it a `config`", at, Replace, "config").keepingMeaning()
			p.report(f)
		}
	}}
}
