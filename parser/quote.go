package parser

import "strings"

// Unquote returns the text that a token stands for: without its quotes, with
// backslash escapes resolved, macro references as they are written. A text
// without quotes comes back as it is.
func Unquote(token string) string {
	if token == "" || token[0] != '"' && token[0] != '\'' {
		return token
	}
	if strings.IndexByte(token, '\\') < 0 && strings.IndexByte(token, '$') < 0 {
		return strings.TrimSuffix(token[1:], token[:1])
	}
	return Expand(token, func(reference string) string { return reference })
}

// Expand returns the text that a word or a quoted token stands for, with every
// macro reference, such as $(cc-option,-fx), replaced by what expand returns
// for it. As in the kernel's lexer, a backslash stands for the character behind
// it, but not inside a reference; and neither "\$" nor a "$" without a
// parenthesis begins one.
func Expand(token string, expand func(reference string) string) string {
	var quote byte
	i := 0
	if token != "" && (token[0] == '"' || token[0] == '\'') {
		quote = token[0]
		i++
	}
	var b strings.Builder
	b.Grow(len(token))
	for i < len(token) {
		c := token[i]
		switch {
		case c == '$' && strings.HasPrefix(token[i:], "$("):
			n := referenceLength(token[i:])
			b.WriteString(expand(token[i : i+n]))
			i += n
			continue
		case quote == 0:
		case c == quote:
			return b.String()
		case c == '\\':
			i++
			if n := lineEnd(token[i:]); n > 0 || i == len(token) {
				i += n // the line goes on
				continue
			}
			c = token[i]
		}
		b.WriteByte(c)
		i++
	}
	return b.String()
}

// referenceLength returns the length of the macro reference that a text begins
// with, all of it if it has no closing parenthesis.
func referenceLength(text string) int {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// lineEnd returns the length of the line end that a text begins with.
func lineEnd(text string) int {
	switch {
	case strings.HasPrefix(text, "\n"):
		return 1
	case strings.HasPrefix(text, "\r\n"):
		return 2
	}
	return 0
}
