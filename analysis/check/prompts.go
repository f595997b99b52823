package check

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// The codes of findings about prompts.
const (
	codeMenuconfigNoPrompt = "menuconfig-no-prompt"
	codePromptRedefined    = "prompt-redefined"
	codePromptEmpty        = "prompt-empty"
)

// prompts reports entries with no prompt, an empty one, or two: see menuconfig_stmt in
// scripts/kconfig/parser.y and menu_add_prompt in scripts/kconfig/menu.c. About empty
// ones the kernel's tools are silent.
func prompts() FileCheck {
	return FileCheck{
		Rules: rulesOf(Structure, Warning, codeMenuconfigNoPrompt, codePromptRedefined, codePromptEmpty),
		Run: func(p *FilePass) {
			for i := range p.Entries {
				e := &p.Entries[i]
				if e.Head.Kind == parser.Menu || e.Head.Kind == parser.MenuComment {
					p.title(e)
				} else {
					p.entryPrompts(e)
				}
			}
		},
	}
}

// title looks at the title of a menu. Empty comments are used as blank lines.
func (p *FilePass) title(e *FileEntry) {
	token, ok := e.Head.PromptToken()
	if ok && e.Head.Kind == parser.Menu && isBlankText(e.Head, token) {
		p.report(LineFinding{
			Code: codePromptEmpty, Severity: Warning, At: p.line(e.Head).tokens(token, token+1),
			Message: "the menu has an empty title, so nobody sees what it is: write one",
		})
	}
}

func (p *FilePass) entryPrompts(e *FileEntry) {
	var last *parser.Statement
	lastToken := 0
	for i := range e.Lines {
		st := &e.Lines[i]
		token, ok := st.PromptToken()
		if !ok {
			continue
		}
		if isBlankText(*st, token) {
			p.report(LineFinding{
				Code: codePromptEmpty, Severity: Warning, At: p.line(*st).tokens(token, token+1), Symbol: e.Name(),
				Message: subject(e) + " has an empty prompt, so nobody sees what is asked: write a prompt, or remove it",
			})
		}
		if last != nil {
			p.secondPrompt(e, *last, lastToken, *st, token)
		}
		last, lastToken = st, token
	}
	if last != nil || e.Head.Kind != parser.Menuconfig || e.Kinds.Has(parser.Prompt) {
		return
	}
	keyword := e.Head.First(0)
	at := p.line(e.Head).tokens(keyword, keyword+1)
	p.report(LineFinding{
		Code: codeMenuconfigNoPrompt, Severity: Warning, At: at, Symbol: e.Name(),
		Message: subject(e) + " is a menuconfig without a prompt, so there is no menu to open: give it a prompt, or make it a config",
		Fix:     fixOf("Make it a config", at, Replace, "config").keepingMeaning(),
	})
}

// secondPrompt reports a prompt behind another one of the same entry. The last one is
// shown, but the conditions of all say when it is. So the fix that removes the first
// one keeps the values if both have the same condition.
func (p *FilePass) secondPrompt(e *FileEntry, first parser.Statement, firstToken int, st parser.Statement, token int) {
	at := p.line(first).tokens(firstToken, firstToken+1)
	f := LineFinding{
		Code: codePromptRedefined, Severity: Warning, At: p.line(st).tokens(token, token+1), Symbol: e.Name(),
		Message: subject(e) + " has another prompt already, which nobody sees because of this one: remove one of them",
		Related: []RelatedLine{{at, "the prompt before"}},
	}
	if conditionOf(first).equal(conditionOf(st)) {
		if first.Kind == parser.Prompt {
			f.Fix = fixOf("Remove the prompt before", p.line(first), RemoveLine, "").keepingMeaning()
		} else {
			keyword := first.TokenText(first.First(0))
			f.Fix = fixOf("Remove the prompt before", p.line(first), Replace, keyword).keepingMeaning()
		}
	}
	p.report(f)
}

// subject returns what an entry is called at the beginning of a message.
func subject(e *FileEntry) string {
	if e.Head.Kind == parser.Choice {
		return "the choice"
	}
	return "`" + e.Name() + "`"
}

// isBlankText reports whether a token is a text of nothing but blanks.
func isBlankText(st parser.Statement, token int) bool {
	text := st.TokenText(token)
	return len(text) > 1 && (text[0] == '"' || text[0] == '\'') && text[len(text)-1] == text[0] &&
		strings.Trim(text[1:len(text)-1], " \t") == ""
}
