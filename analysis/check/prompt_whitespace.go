package check

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codePromptWhitespace = "prompt-whitespace"

// promptWhitespace reports prompts and titles that begin or end with blanks. The
// kernel's tools drop those at the beginning, with a warning, and show those at the
// end; see menu_add_prompt in scripts/kconfig/menu.c.
func promptWhitespace() FileCheck {
	return FileCheck{Rules: rulesOf(Structure, Warning, codePromptWhitespace), Run: func(p *FilePass) {
		for i := range p.Entries {
			e := &p.Entries[i]
			st, token, ok := shownPrompt(e)
			if !ok {
				continue
			}
			text := st.TokenText(token)
			if len(text) < 2 || text[0] != '"' && text[0] != '\'' || text[len(text)-1] != text[0] {
				continue
			}
			inner := text[1 : len(text)-1]
			trimmed := strings.Trim(inner, " \t")
			if trimmed == inner || trimmed == "" {
				continue
			}
			at := p.line(st).tokens(token, token+1)
			f := LineFinding{Code: codePromptWhitespace, Severity: Warning, At: at, Symbol: e.Name()}
			what := "the prompt"
			if e.Head.Kind == parser.Menu || e.Head.Kind == parser.MenuComment {
				what = "the title"
			}
			f.Message = what + " begins or ends with a blank: remove it"
			f.Fix = fixOf("Remove the blanks", at, Replace, text[:1]+trimmed+text[:1]).keepingMeaning()
			p.report(f)
		}
	}}
}
