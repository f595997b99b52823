package expr

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
)

// Quote returns the text as a constant in double quotes, such that the kernel's
// lexer reads exactly the text: quotes, backslashes and the "$" of a "$(" are
// escaped. Line ends cannot be quoted; they come back as they are.
func Quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	quoteInto(&b, text, "")
	b.WriteByte('"')
	return b.String()
}

// quoteInto writes a literal text with escapes. next is what follows it.
func quoteInto(b *strings.Builder, text, next string) {
	for i := 0; i < len(text); i++ {
		c := text[i]
		after := next
		if i+1 < len(text) {
			after = text[i+1:]
		}
		if c == '"' || c == '\\' || c == '$' && strings.HasPrefix(after, "(") {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
}

// requoted returns a quoted token in double quotes, with no more escapes than
// are needed and its macro references untouched.
func requoted(token string) string {
	var b strings.Builder
	var literal strings.Builder // put off, because it matters what follows
	b.WriteByte('"')
	for p := range macro.Pieces(token) {
		if !p.Reference {
			literal.WriteString(p.Text)
			continue
		}
		quoteInto(&b, literal.String(), p.Text)
		b.WriteString(p.Text)
		literal.Reset()
	}
	quoteInto(&b, literal.String(), "")
	b.WriteByte('"')
	return b.String()
}

// unquoted returns the text of a quoted token.
func unquoted(token string) string {
	var b strings.Builder
	for p := range macro.Pieces(token) {
		b.WriteString(p.Text)
	}
	return b.String()
}

// references reports whether a token holds a macro reference, and whether all
// of them are closed.
func references(token string) (any, closed bool) {
	if strings.Contains(token, "$(") {
		for p := range macro.Pieces(token) {
			any = any || p.Reference
			if p.Open {
				return true, false
			}
		}
	}
	return any, true
}

func isQuoted(token string) bool { return token != "" && (token[0] == '"' || token[0] == '\'') }
