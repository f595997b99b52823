package parser

import "strings"

// helpText reads a help text from pos, the start of the line after the help
// keyword, and leaves pos behind it. It adds a HelpBody token unless the text
// is blank. Blank lines behind the text belong to it, as in the HELP state of
// scripts/kconfig/lexer.l, but not to the token.
func (x *lexer) helpText() {
	if x.dialect.Has(JoinedLines) {
		x.helpTextByIndent()
		return
	}
	bodyStart, bodyEnd := uint32(0), uint32(0)
	indent := 0 // of the first line with text; 0 until there is one with any
	for first := true; int(x.pos) < len(x.text); first = false {
		start, width := x.indentation()
		switch c := x.byteAt(start); {
		case c == '\n' || c == 0 && int(start) >= len(x.text):
			x.pos = start
			x.skipNewline()
			continue
		case start == x.pos && !first:
			// Text in the first column ends a help text, except on the line
			// right after the keyword.
			x.addHelpBody(bodyStart, bodyEnd)
			return
		case indent > 0 && width < indent:
			x.addHelpBody(bodyStart, bodyEnd)
			return
		}
		if indent == 0 {
			indent = width
		}
		if bodyEnd == 0 {
			bodyStart = x.pos
		}
		x.pos = start
		x.toLineEnd()
		bodyEnd = x.pos
		x.skipNewline()
	}
	x.addHelpBody(bodyStart, bodyEnd)
}

// helpTextByIndent reads a help text as Kconfiglib does: the first line with
// text sets the indentation, and a text without indentation is none.
func (x *lexer) helpTextByIndent() {
	bodyStart, bodyEnd := uint32(0), uint32(0)
	indent := 0
	for int(x.pos) < len(x.text) {
		start, width := x.indentation()
		c := x.byteAt(start)
		if c == '\n' || int(start) >= len(x.text) || c == '\r' && x.byteAt(start+1) == '\n' {
			x.pos = start
			x.toLineEnd()
			x.skipNewline()
			continue
		}
		if indent == 0 {
			indent = width
			bodyStart = x.pos
		}
		if width < indent || width == 0 {
			break
		}
		x.pos = start
		x.toLineEnd()
		bodyEnd = x.pos
		x.skipNewline()
	}
	x.addHelpBody(bodyStart, bodyEnd)
}

// indentation returns where the line at pos has its first byte that is no
// blank, and the width of what is before it, tabs counting to the next
// multiple of eight.
func (x *lexer) indentation() (start uint32, width int) {
	start = x.pos
	for int(start) < len(x.text) {
		switch x.text[start] {
		case ' ':
			width++
		case '\t':
			width = width&^7 + 8
		default:
			return start, width
		}
		start++
	}
	return start, width
}

func (x *lexer) byteAt(i uint32) byte {
	if int(i) < len(x.text) {
		return x.text[i]
	}
	return 0
}

func (x *lexer) skipNewline() {
	if int(x.pos) < len(x.text) {
		x.pos++
	}
}

func (x *lexer) addHelpBody(start, end uint32) {
	if end <= start {
		return
	}
	n := uint32(len(strings.TrimRight(x.text[start:end], " \t\r\n\v\f")))
	if n == 0 {
		return
	}
	end = start + n
	x.tokens = append(x.tokens, Token{Start: start - x.base, End: end - x.base, Kind: HelpBody})
}
