package check

import (
	"fmt"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeSelectOnNonBool = "select-on-non-bool"

// selectOnNonBool reports selects and implies of symbols that are never y or m, as
// sym_check_prop in scripts/kconfig/menu.c does.
func selectOnNonBool() FileCheck {
	kinds := kindsOf(parser.Select, parser.Imply)
	return FileCheck{Rules: rulesOf(Structure, Warning, codeSelectOnNonBool), Run: func(p *FilePass) {
		for i := range p.Entries {
			e := &p.Entries[i]
			if e.Kinds&kinds == 0 || e.Definition == nil || isLogic(e.Definition.Type) {
				continue
			}
			kind := p.typeOf(e)
			if !isNumber(kind) && kind != parser.KwString {
				continue
			}
			for _, st := range e.Lines {
				if !kinds.Has(st.Kind) {
					continue
				}
				p.report(LineFinding{
					Code: codeSelectOnNonBool, Severity: Warning, At: p.line(st), Symbol: e.Name(),
					Message: fmt.Sprintf("`%s` is %s, so this does nothing: only bool and tristate symbols can %s others",
						e.Name(), menu.TypeName(kind), st.Kind),
					Related: p.typeLine(e),
					Fix:     fixOf("Remove the line", p.line(st), RemoveLine, ""),
				})
			}
		}
	}}
}

// typeLine returns the line that gives an entry's symbol its type, as a related one.
func (p *FilePass) typeLine(e *FileEntry) []RelatedLine {
	var related []RelatedLine
	p.definitions(e.Definition.Symbol, func(f *menu.File, d *menu.Definition) bool {
		if d.Type == 0 {
			return true
		}
		st := f.Tree.At(d.TypeStatement)
		token := st.First(0)
		related = []RelatedLine{{LineOf(f, st).tokens(token, token+1), "its type is given here"}}
		return false
	})
	return related
}
