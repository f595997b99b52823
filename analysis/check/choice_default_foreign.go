package check

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeChoiceDefaultForeign = "choice-default-foreign"

// choiceDefaultForeign reports defaults of choices that are none of their members, as
// sym_check_prop in scripts/kconfig/menu.c does.
func choiceDefaultForeign() FileCheck {
	return FileCheck{Rules: rulesOf(Structure, Warning, codeChoiceDefaultForeign), Run: func(p *FilePass) {
		for i := range p.Entries {
			e := &p.Entries[i]
			if e.Head.Kind != parser.Choice || !e.Kinds.Has(parser.Default) {
				continue
			}
			members, ok := p.members(e)
			if !ok {
				continue
			}
			for _, st := range e.Lines {
				if st.Kind == parser.Default {
					p.choiceDefault(st, members)
				}
			}
		}
	}}
}

// members returns the names of the members of a choice. It reports false if there may
// be others: in files that it includes, under names that macros decide about, or in
// another choice of the same name.
func (p *FilePass) members(e *FileEntry) (members map[string]bool, ok bool) {
	if e.Name() != "" {
		return nil, false
	}
	blocks := p.File.Tree.Blocks()
	i, ok := slices.BinarySearchFunc(blocks, e.Head.Index, func(b parser.Block, open int) int { return cmp.Compare(b.Open, open) })
	if !ok || !blocks[i].Closed {
		return nil, false
	}
	block := blocks[i]
	members = map[string]bool{}
	for st := range p.File.Tree.From(block.Open + 1) {
		if st.Index >= block.Close {
			break
		}
		switch st.Kind {
		case parser.Source, parser.MacroCall:
			return nil, false
		case parser.Config, parser.Menuconfig:
			if name, ok := st.Operand(); ok && isMacro(st, name) {
				return nil, false
			}
			members[st.Name()] = true
		}
	}
	return members, true
}

func (p *FilePass) choiceDefault(st parser.Statement, members map[string]bool) {
	token, ok := valueOf(st).single()
	if !ok || isMacro(st, token) {
		return
	}
	name := parser.Unquote(st.TokenText(token))
	if members[name] {
		return
	}
	p.report(LineFinding{
		Code: codeChoiceDefaultForeign, Severity: Warning, At: p.line(st).tokens(token, token+1), Symbol: name,
		Message: fmt.Sprintf("`%s` is no member of the choice, so it is never its default: name one of its members", name),
	})
}
