package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeStylePromptEnable = "style-prompt-enable"

// stylePromptEnable reports prompts of bool symbols that begin with "Enable", as
// check_compliance.py of Zephyr does: what else could a checkbox do?
func stylePromptEnable() FileCheck {
	rule := Rule{ID: codeStylePromptEnable, Family: Style, Severity: Hint, Only: []string{"zephyr"}}
	return FileCheck{Rules: []Rule{rule}, Run: func(p *FilePass) {
		for _, e := range p.Entries {
			if !e.Head.Kind.IsSymbolDefinition() || !isBool(e) {
				continue
			}
			st, token, ok := e.Prompt()
			if !ok {
				continue
			}
			text := st.TokenText(token)
			if len(text) < 2 || !strings.HasPrefix(text[1:], "Enable") && !strings.HasPrefix(text[1:], "enable") {
				continue
			}
			f := LineFinding{Code: codeStylePromptEnable, Severity: Hint, At: p.line(st).tokens(token, token+1), Symbol: e.Name()}
			f.Message = "`" + f.Symbol + "`: the prompt of a bool symbol begins with \"Enable\": say what it is, since to enable it is all one can do"
			if rest := strings.TrimLeft(text[1+len("Enable"):], " "); len(rest) > 1 && text[1+len("Enable")] == ' ' {
				r, size := utf8.DecodeRuneInString(rest)
				f.Fix = fixOf("Leave out \"Enable\"", f.At, Replace, text[:1]+string(unicode.ToUpper(r))+rest[size:]).keepingMeaning()
			}
			p.report(f)
		}
	}}
}

// isBool reports whether an entry says that its symbol is bool.
func isBool(e FileEntry) bool {
	for _, st := range e.Lines {
		switch {
		case st.Kind == parser.Type, st.Kind == parser.TypedDefault:
			return st.Keyword() == parser.KwBool || st.Keyword() == parser.KwBoolean || st.Keyword() == parser.KwDefBool
		}
	}
	return false
}
