package check

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// The codes of findings about choices.
const (
	codeChoiceNoPrompt       = "choice-no-prompt"
	codeChoiceMemberNoPrompt = "choice-member-no-prompt"
	codeChoiceMemberNotBool  = "choice-member-not-bool"
	codeChoiceMemberDefault  = "choice-member-default"
	codeChoicePromptOutside  = "choice-prompt-outside"
)

// choices reports what Linux from 6.12 on rejects about choices and their
// members, as config_stmt, choice_entry and choice_check_sanity in
// scripts/kconfig/parser.y do.
func choices() Check {
	return Check{
		Rules: rulesOf(Structure, Error, codeChoiceNoPrompt, codeChoiceMemberNoPrompt, codeChoiceMemberNotBool, codeChoiceMemberDefault, codeChoicePromptOutside),
		Run: func(p *Pass) {
			if p.Dialect.Has(parser.OldChoices) {
				return
			}
			if p.inView() {
				p.promptsOutside()
			}
			for _, b := range p.File.Tree.Blocks() {
				if b.Kind == parser.Choice {
					p.choice(b)
				}
			}
		},
	}
}

func (p *Pass) choice(b parser.Block) {
	choice := menu.Entry{File: p.File, Head: p.File.Tree.At(b.Open)}
	if _, _, ok := choice.Prompt(); !ok {
		p.reportToken(codeChoiceNoPrompt, Error, choice.Head.Token(choice.Head.First(0)), "",
			"the choice has no prompt: add a line `prompt \"...\"` below it")
	}
	for st := range p.File.Tree.From(b.Open + 1) {
		if st.Index >= b.Close {
			return
		}
		if st.Kind == parser.Config {
			p.choiceMember(menu.Entry{File: p.File, Head: st})
		}
	}
}

func (p *Pass) choiceMember(e menu.Entry) {
	i, ok := e.Head.Operand()
	if !ok {
		return
	}
	name, token := e.Name(), e.Head.Token(i)
	if _, _, ok := e.Prompt(); !ok {
		p.reportToken(codeChoiceMemberNoPrompt, Error, token, name,
			"`"+name+"` is a member of a choice and has no prompt, so nobody could choose it: add one")
	}
	if keyword, ok := p.typeSoFar(e); !ok || keyword != parser.KwBool {
		message := "`" + name + "` is a member of a choice and must be bool"
		if !ok {
			message = "`" + name + "` is a member of a choice and has no type here: it must be bool before the next entry begins"
		}
		p.reportToken(codeChoiceMemberNotBool, Error, token, name, message)
	}
	for st := range e.Attributes() {
		if st.Kind == parser.Default || st.Kind == parser.TypedDefault {
			p.reportToken(codeChoiceMemberDefault, Error, st.Token(st.First(0)), name,
				"`"+name+"` is a member of a choice and cannot have a default: put `default "+name+"` below the choice")
		}
	}
}

// typeSoFar returns the type that an entry's symbol has when conf has read the
// entry: its own, or that of a definition before it.
func (p *Pass) typeSoFar(e menu.Entry) (parser.TokenKind, bool) {
	own, _, given := e.Type()
	if id, ok := p.Sources.Lookup(e.Name()); ok && p.inView() {
		keyword, file, d, ok := p.View.TypeOf(p.Sources, id)
		if ok && (given || p.View.Compare(p.Sources, file, d.Statement, p.File, e.Head.Index) <= 0) {
			return keyword, true
		}
		return own, given
	}
	if given {
		return own, true
	}
	return p.typeOf(e.Name())
}

// typeOf returns the type of a symbol in the view: that of its first
// definition that gives one.
func (p *Pass) typeOf(name string) (parser.TokenKind, bool) {
	id, ok := p.Sources.Lookup(name)
	if !ok {
		return 0, false
	}
	if p.inView() {
		keyword, _, _, ok := p.View.TypeOf(p.Sources, id)
		return keyword, ok
	}
	var keyword parser.TokenKind
	p.File.DefinitionsOf(id, func(d *menu.Definition) bool {
		keyword = d.Type
		return keyword == 0
	})
	return keyword, keyword != 0
}

// promptsOutside reports prompts of the file's symbols that are members of a
// choice elsewhere in the view.
func (p *Pass) promptsOutside() {
	p.File.SharedSymbols(p.Sources, func(symbol menu.SymbolID) {
		choice, ok := p.memberElsewhere(symbol, p.Sources.ByPath(p.Sources.DefinedIn(symbol)))
		if !ok {
			return
		}
		p.File.DefinitionsOf(symbol, func(d *menu.Definition) bool {
			e := menu.Entry{File: p.File, Head: p.File.Tree.At(d.Statement)}
			st, token, prompted := e.Prompt()
			if _, member := p.File.InChoice(d.Statement); !member && prompted {
				name := p.Sources.Name(symbol)
				at := choice.Head.Token(choice.Head.First(0))
				p.reportToken(codeChoicePromptOutside, Error, st.Token(token), name,
					"`"+name+"` is a member of a choice and has a prompt outside of it: remove the prompt",
					Related{choice.File, at.Start, at.End, "it is a member of this choice"})
			}
			return true
		})
	})
}

// memberElsewhere returns a choice of the view that a symbol is a member of.
func (p *Pass) memberElsewhere(symbol menu.SymbolID, files []menu.FileID) (choice menu.Entry, ok bool) {
	for _, id := range files {
		if !p.View.Reaches(id) {
			continue
		}
		f := p.Sources.File(id)
		f.DefinitionsOf(symbol, func(d *menu.Definition) bool {
			choice, ok = f.InChoice(d.Statement)
			return !ok
		})
		if ok {
			return choice, true
		}
	}
	return menu.Entry{}, false
}
