package check

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeNoType = "no-type"

// noType reports symbols that none of their definitions in the view gives a type, as
// menu_finalize in scripts/kconfig/menu.c warns. Members of choices are left to
// choice-member-not-bool.
func noType() ModelCheck {
	return ModelCheck{Rules: rulesOf(Structure, Warning, codeNoType), Run: func(p *ModelPass) {
		for a := range p.Model.Symbols {
			s := &p.Model.Symbols[a]
			if s.Type != model.UnknownType || !s.Defined || s.Kind != model.Plain || s.ChoiceValue || len(s.Nodes) == 0 ||
				slices.ContainsFunc(s.Nodes, p.hasOddLines) {
				continue
			}
			if !p.whole() {
				return // the type may be given where nobody has looked
			}
			f := LineFinding{
				Code: codeNoType, Severity: Warning, At: p.head(s.Nodes[0]), Symbol: s.Name,
				Message: p.quoted(expr.Atom(a)) + " has no type, so it is always n: add a line such as `bool` to it",
			}
			if len(s.Nodes) > 1 {
				f.Message = p.quoted(expr.Atom(a)) + " is given a type by none of its definitions, so it is always n: add a line such as `bool` to one of them"
				for _, id := range s.Nodes[1:] {
					if p.sameEntry(s.Nodes[0], id) {
						continue
					}
					f.Related = append(f.Related, RelatedLine{p.head(id), "it is defined here, too"})
				}
			}
			if n := &p.Model.Nodes[s.Nodes[0]]; n.File != nil {
				f.Fix = fixOf("Make it bool", p.line(s.Nodes[0], n.Statement), InsertBelow, "bool")
			}
			p.report(f)
		}
	}}
}

// whole reports whether the model has all that the view says: no file is missing, and
// the name of each symbol is known.
func (p *ModelPass) whole() bool {
	if p.View.Unresolved(p.Sources) {
		return false
	}
	return !slices.ContainsFunc(p.Model.Gaps, func(g model.Gap) bool {
		return g.File.Tree.At(int(g.Statement)).Kind.IsSymbolDefinition()
	})
}

// hasOddLines reports whether lines of an entry are not known for what they are: one may
// be a type that is misspelt, or is written as in another dialect.
func (p *ModelPass) hasOddLines(id model.NodeID) bool {
	n := &p.Model.Nodes[id]
	if n.File == nil {
		return true
	}
	for st := range n.File.Tree.From(int(n.Statement) + 1) {
		switch {
		case st.Kind == parser.Unknown, st.Kind == parser.MacroCall:
			return true
		case st.Kind.IsEntry():
			return false
		}
	}
	return false
}
