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
)

// choices reports what Linux from 6.12 on rejects about choices and their
// members, as config_stmt, choice_entry and choice_check_sanity in
// scripts/kconfig/parser.y do.
func choices() Check {
	return Check{
		IDs: []string{codeChoiceNoPrompt, codeChoiceMemberNoPrompt, codeChoiceMemberNotBool, codeChoiceMemberDefault},
		Run: func(p *Pass) {
			if p.Dialect.Has(parser.OldChoices) {
				return
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
	if keyword, ok := p.typeOf(name); ok && keyword != parser.KwBool || !ok {
		p.reportToken(codeChoiceMemberNotBool, Error, token, name,
			"`"+name+"` is a member of a choice and must be bool")
	}
	for st := range e.Attributes() {
		if st.Kind == parser.Default || st.Kind == parser.TypedDefault {
			p.reportToken(codeChoiceMemberDefault, Error, st.Token(st.First(0)), name,
				"`"+name+"` is a member of a choice and cannot have a default: put `default "+name+"` below the choice")
		}
	}
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
