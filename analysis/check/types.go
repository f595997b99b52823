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
	return Check{IDs: []string{codeTypeConflict}, Run: func(p *Pass) {
		for o := range p.File.Occurrences() {
			if o.Role == menu.Defines {
				p.typeConflict(o)
			}
		}
	}}
}

func (p *Pass) typeConflict(o menu.Occurrence) {
	e := menu.Entry{File: p.File, Head: p.File.Tree.At(o.Statement)}
	var first parser.TokenKind
	var firstFile *menu.File
	var firstAt parser.Statement
	if others := p.Sources.DefinedIn(o.Symbol); len(others) > 1 || p.definesTwice(o) {
		for _, d := range p.definitionsBefore(o) {
			if keyword, st, ok := d.Type(); ok {
				first, firstFile, firstAt = keyword, d.File, st
				break
			}
		}
	}
	for st := range e.Attributes() {
		keyword, ok := menu.TypeOf(st)
		if st.Kind != parser.Type && st.Kind != parser.TypedDefault || !ok {
			continue
		}
		if first == 0 {
			first, firstFile, firstAt = keyword, p.File, st
			continue
		}
		if keyword == first {
			continue
		}
		token := firstAt.Token(firstAt.First(0))
		name := p.Sources.Name(o.Symbol)
		p.reportToken(codeTypeConflict, Warning, st.Token(st.First(0)), name,
			fmt.Sprintf("`%s` is %s since %s:%d; this %s is ignored: give it one type",
				name, menu.TypeName(first), firstFile.Path, firstFile.Tree.Line(int(firstAt.Start))+1, menu.TypeName(keyword)),
			Related{firstFile, token.Start, token.End, "its type is given here"})
	}
}

// definesTwice reports whether the file has another definition of the symbol.
func (p *Pass) definesTwice(o menu.Occurrence) bool {
	for other := range p.File.OccurrencesOf(o.Symbol) {
		if other.Role == menu.Defines && other.Statement != o.Statement {
			return true
		}
	}
	return false
}

// definitionsBefore returns the definitions of the symbol that conf reads
// before the given one, in that order. A file outside of the view is looked at
// alone.
func (p *Pass) definitionsBefore(o menu.Occurrence) []menu.Entry {
	var before []menu.Entry
	for _, d := range p.View.Definitions(p.Sources, o.Symbol) {
		if d.File == p.File && d.Head.Index == o.Statement {
			return before
		}
		before = append(before, d)
	}
	if p.inView() {
		return before
	}
	before = nil
	for other := range p.File.OccurrencesOf(o.Symbol) {
		if other.Role == menu.Defines && other.Statement < o.Statement {
			before = append(before, menu.Entry{File: p.File, Head: p.File.Tree.At(other.Statement)})
		}
	}
	return before
}
