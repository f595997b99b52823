package check

import (
	"fmt"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeTypeConflict = "type-conflict"

// typeConflicts reports definitions that give a symbol another type than the
// first definition of the view does, as menu_set_type in
// scripts/kconfig/menu.c warns.
func typeConflicts() Check {
	return Check{Rules: rulesOf(Structure, Warning, codeTypeConflict), Run: func(p *Pass) {
		inView := p.inView()
		p.File.SharedSymbols(p.Sources, func(symbol menu.SymbolID) {
			file := p.File
			var first menu.Definition
			if inView {
				if p.View.Uniform(p.Sources, symbol) {
					return
				}
				_, file, first, _ = p.View.TypeOf(p.Sources, symbol)
			}
			p.File.DefinitionsOf(symbol, func(d *menu.Definition) bool {
				if first.Type == 0 { // only so in a file that is looked at alone
					first = *d
				}
				if first.Type != 0 {
					p.typeConflict(*d, file, first)
				}
				return true
			})
		})
	}}
}

// typeConflict reports the lines of a definition that give another type than
// the symbol's first definition does.
func (p *Pass) typeConflict(d menu.Definition, firstFile *menu.File, first menu.Definition) {
	if d.Type == first.Type && !d.Mixed {
		return
	}
	e := menu.Entry{File: p.File, Head: p.File.Tree.At(d.Statement)}
	firstAt := firstFile.Tree.At(first.TypeStatement)
	token := firstAt.Token(firstAt.First(0))
	for st := range e.Attributes() {
		keyword, ok := menu.TypeOf(st)
		if st.Kind != parser.Type && st.Kind != parser.TypedDefault || !ok || keyword == first.Type {
			continue
		}
		name := p.Sources.Name(d.Symbol)
		p.reportToken(codeTypeConflict, Warning, st.Token(st.First(0)), name,
			fmt.Sprintf("`%s` is %s since %s:%d; this %s is ignored: give it one type",
				name, menu.TypeName(first.Type), firstFile.Path, firstFile.Tree.Line(int(firstAt.Start))+1, menu.TypeName(keyword)),
			Related{firstFile, token.Start, token.End, "its type is given here"})
	}
}
