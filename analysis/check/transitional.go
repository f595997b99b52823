package check

import (
	"fmt"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeTransitionalHasProps = "transitional-has-props"

// transitionalProperties reports symbols that are only kept for old configurations and
// have more than a type and a help text, as Linux from 6.18 on rejects: see
// transitional_check_sanity in scripts/kconfig/parser.y there.
func transitionalProperties() FileCheck {
	return FileCheck{Rules: rulesOf(Structure, Error, codeTransitionalHasProps), Run: func(p *FilePass) {
		if !p.Dialect.Has(parser.TransitionalSymbols) {
			return
		}
		for i := range p.Entries {
			e := &p.Entries[i]
			if e.Definition == nil || !e.Kinds.Has(parser.Transitional) {
				continue
			}
			if slices.ContainsFunc(p.sameSymbol(i), func(j int) bool { return j < i && p.Entries[j].Kinds.Has(parser.Transitional) }) {
				continue // came up with that one
			}
			line := slices.IndexFunc(e.Lines, func(st parser.Statement) bool { return st.Kind == parser.Transitional })
			p.transitional(e, e.Lines[line])
		}
	}}
}

// transitional looks at what else belongs to the symbol of an entry that a line makes
// transitional: the lines of all its definitions in the file, and what is around them.
func (p *FilePass) transitional(e *FileEntry, line parser.Statement) {
	related := []RelatedLine{{p.line(line), "it is transitional because of this line"}}
	p.File.DefinitionsOf(e.Definition.Symbol, func(d *menu.Definition) bool {
		other := menu.Entry{File: p.File, Head: p.File.Tree.At(d.Statement)}
		for st := range other.Attributes() {
			if isProperty(st) {
				p.report(LineFinding{
					Code: codeTransitionalHasProps, Severity: Error, At: p.line(st), Symbol: e.Name(), Related: related,
					Message: fmt.Sprintf("`%s` is transitional and can have nothing but a type and a help text: remove this", e.Name()),
				})
			}
		}
		if around, ok := p.conditionAround(d.Statement); ok {
			name, _ := other.Head.Operand()
			p.report(LineFinding{
				Code: codeTransitionalHasProps, Severity: Error, At: p.line(other.Head).tokens(name, name+1), Symbol: e.Name(),
				Message: fmt.Sprintf("`%s` is transitional and cannot depend on anything: move it out of what is around it", e.Name()),
				Related: append([]RelatedLine{{p.line(around), "it depends on this"}}, related...),
			})
		}
		return true
	})
}

// isProperty reports whether a line is more than a type or a help text.
func isProperty(st parser.Statement) bool {
	switch st.Kind {
	case parser.Prompt, parser.Default, parser.TypedDefault, parser.DependsOn, parser.Select, parser.Imply, parser.Range, parser.VisibleIf:
		return true
	case parser.Type:
		_, prompted := st.PromptToken()
		return prompted
	}
	return false
}

// conditionAround returns a line around a statement that makes all inside of it depend
// on something.
func (p *FilePass) conditionAround(statement int) (parser.Statement, bool) {
	blocks := p.File.Tree.Blocks()
	for i := p.File.Enclosing(statement); i >= 0; i = blocks[i].Parent {
		open := p.File.Tree.At(blocks[i].Open)
		if open.Kind == parser.If {
			return open, true
		}
		for st := range (menu.Entry{File: p.File, Head: open}).Attributes() {
			if st.Kind == parser.DependsOn {
				return st, true
			}
		}
	}
	return parser.Statement{}, false
}
