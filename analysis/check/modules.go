package check

import (
	"fmt"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeModulesTwice = "modules-twice"

// modules reports a second symbol for modules, as config_option in
// scripts/kconfig/parser.y does.
func modules() Check {
	return Check{Rules: rulesOf(Structure, Error, codeModulesTwice), Run: func(p *Pass) {
		lines := p.View.ModulesLines()
		if len(lines) < 2 || p.Dialect.Has(parser.LooseProperties) {
			return
		}
		first, firstAt := p.modulesLine(lines[0])
		for _, line := range lines[1:] {
			if line.File != p.File.ID || first == nil {
				continue
			}
			if _, st := p.modulesLine(line); st.Kind == parser.Modules {
				token := firstAt.Token(firstAt.First(0))
				p.reportToken(codeModulesTwice, Error, st.Token(st.First(0)), "",
					fmt.Sprintf("the symbol for modules is given by %s:%d already: remove this line", first.Path, first.Tree.Line(int(firstAt.Start))+1),
					Related{first, token.Start, token.End, "it is given here"})
			}
		}
	}}
}

// modulesLine returns the statement of a modules line, nil if it is gone.
func (p *Pass) modulesLine(line menu.ModulesLine) (*menu.File, parser.Statement) {
	f := p.Sources.File(line.File)
	if f == nil {
		return nil, parser.Statement{}
	}
	n := 0
	for st := range f.ModulesLines() {
		if n == line.Number {
			return f, st
		}
		n++
	}
	return nil, parser.Statement{}
}
