package check

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
)

const codeUndefinedHere = "undefined-here"

// undefinedHere reports symbols that the tree defines, but not in the files that the
// view reaches. That is how entries say for which architectures they are.
func undefinedHere() ModelCheck {
	rules := rulesOf(References, Hint, codeUndefinedHere)
	rules[0].Off = true
	return ModelCheck{Rules: rules, Run: func(p *ModelPass) {
		if !p.Complete || p.View == nil {
			return
		}
		elsewhere := map[menu.SymbolID]bool{}
		for id := range p.View.Files() {
			f := p.Sources.File(id)
			if f == nil {
				continue
			}
			for o := range f.Occurrences() {
				if o.Role == menu.Defines {
					continue
				}
				is, known := elsewhere[o.Symbol]
				if !known {
					is = p.definedElsewhere(o.Symbol)
					elsewhere[o.Symbol] = is
				}
				if !is {
					continue
				}
				name := p.Sources.Name(o.Symbol)
				p.report(LineFinding{
					Code: codeUndefinedHere, Severity: Hint, Symbol: name,
					At:      LineOf(f, f.Tree.At(o.Statement)).tokens(o.Token, o.Token+1),
					Message: "`" + name + "` is defined only in files that are not part of this view, so it is n here; compared with something it is the text of its name",
				})
			}
		}
	}}
}

// definedElsewhere reports whether files define a symbol, but none that the view
// reaches, nor by a name with macros in it.
func (p *ModelPass) definedElsewhere(symbol menu.SymbolID) bool {
	files := p.Sources.DefinedIn(symbol)
	for _, id := range files {
		if p.View.Reaches(id) {
			return false
		}
	}
	return len(files) > 0 && len(p.View.ExpandedDefinitions(p.Sources.Name(symbol))) == 0
}
