package check

import (
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// The codes of findings about blocks with nothing in them.
const (
	codeEmptyChoice = "empty-choice"
	codeEmptyMenu   = "empty-menu"
	codeEmptyIf     = "empty-if"
)

// emptyBlocks reports blocks that hold nothing at all, not even a line that includes
// another file. The kernel's tools are silent about them.
func emptyBlocks() FileCheck {
	return FileCheck{
		Rules: rulesOf(Dead, Information, codeEmptyChoice, codeEmptyMenu, codeEmptyIf),
		Run: func(p *FilePass) {
			for _, b := range p.File.Tree.Blocks() {
				if b.Closed {
					p.emptyBlock(b)
				}
			}
		},
	}
}

func (p *FilePass) emptyBlock(b parser.Block) {
	comments := false
	for i := b.Open; i <= b.Close; i++ {
		st := p.File.Tree.At(i)
		if i > b.Open && i < b.Close && st.Kind != parser.Blank && (b.Kind == parser.If || !st.Kind.IsAttribute()) {
			return
		}
		if st.Kind == parser.Blank && st.Len() > 0 {
			comments = true
		}
	}
	open := p.File.Tree.At(b.Open)
	if open.Name() != "" {
		return // a choice that goes on elsewhere
	}
	f := LineFinding{At: p.line(open), Severity: Information, Unnecessary: true}
	switch b.Kind {
	case parser.Choice:
		f.Code, f.Message = codeEmptyChoice, "the choice has nothing to choose from: remove it"
	case parser.Menu:
		f.Code, f.Message = codeEmptyMenu, "the menu holds nothing: remove it"
	default:
		f.Code, f.Message = codeEmptyIf, "the if holds nothing: remove it"
	}
	if !comments {
		f.Fix = (&Fix{Title: "Remove it"}).keepingMeaning()
		for i := b.Open; i <= b.Close; i++ {
			f.Fix.Changes = append(f.Fix.Changes, Change{p.line(p.File.Tree.At(i)), RemoveLine, ""})
		}
	}
	p.report(f)
}
