package check

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeImplicitSubmenuBreak = "implicit-submenu-break"

// maxBreakers is how many entries that do not depend on a menuconfig may stand between
// its menu and one that does for that to be an oversight. Those far behind are where
// they are on purpose.
const maxBreakers = 3

// brokenSubmenus reports entries that keep others, which depend on the menuconfig before
// them, out of its menu. That goes on as long as entries depend on the menuconfig: see
// menu_finalize in scripts/kconfig/menu.c.
func brokenSubmenus() ModelCheck {
	return ModelCheck{Rules: rulesOf(Structure, Information, codeImplicitSubmenuBreak), Run: func(p *ModelPass) {
		for id := range p.Model.Nodes {
			if n := &p.Model.Nodes[id]; n.Kind == parser.Menuconfig && n.HasPrompt {
				p.brokenSubmenu(model.NodeID(id))
			}
		}
	}}
}

func (p *ModelPass) brokenSubmenu(id model.NodeID) {
	nodes := p.Model.Nodes
	symbol, breaker := nodes[id].Symbol, nodes[id].Next
	if breaker == model.NoNode || nodes[breaker].File != nodes[id].File || nodes[breaker].Kind == parser.If {
		return
	}
	out := nodes[breaker].Next
	for n := 1; n <= maxBreakers && out != model.NoNode; n++ {
		if nodes[out].HasPrompt && p.asksFor(nodes[out].Dep, symbol) {
			p.report(LineFinding{
				Code: codeImplicitSubmenuBreak, Severity: Information, At: p.head(breaker), Symbol: p.name(symbol),
				Message: p.quoted(symbol) + " has a menu that ends before this, so that entries behind it that depend on " + p.quoted(symbol) +
					" are not shown in it: move this behind them, or let it depend on " + p.quoted(symbol),
				Related: []RelatedLine{{p.head(id), "the menu is that of this"}, {p.head(out), "this is not shown in it"}},
			})
			return
		}
		if nodes[out].Kind == parser.If {
			n-- // what is in it comes behind it
		}
		out = nodes[out].Next
	}
}

// asksFor reports whether an operand of "&&" in an expression is a symbol, or a comparison
// that holds only if the symbol is not n.
func (p *ModelPass) asksFor(id expr.ID, a expr.Atom) bool {
	pool := p.Model.Pool
	switch op := pool.Op(id); op {
	case expr.OpAnd:
		return slices.ContainsFunc(pool.Args(id), func(arg expr.ID) bool { return p.asksFor(arg, a) })
	case expr.OpEqual, expr.OpUnequal:
		args := pool.Args(id)
		right := pool.Atom(args[1])
		return pool.Atom(args[0]) == a && (op == expr.OpEqual && (right == model.AtomYes || right == model.AtomMod) ||
			op == expr.OpUnequal && right == model.AtomNo)
	}
	return p.is(id, a)
}
