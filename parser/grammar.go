package parser

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// checker checks the tokens of one statement against the grammar of its kind
// (scripts/kconfig/parser.y) and reports the first thing that is wrong.
type checker struct {
	dialect Dialect
	tokens  []Token // of the statement, silent ones included
	at      int     // the next token
	failed  bool
	report  func(finding)
}

// peek returns the kind of the next token that counts; ok is false at the end.
func (c *checker) peek() (kind TokenKind, ok bool) {
	for c.at < len(c.tokens) && c.tokens[c.at].isSilent() {
		c.at++
	}
	if c.at == len(c.tokens) {
		return 0, false
	}
	return c.tokens[c.at].Kind, true
}

// peekPast is peek behind macro references that may stand for nothing. It
// reports whether there were any.
func (c *checker) peekPast() (kind TokenKind, ok, skipped bool) {
	for {
		kind, ok = c.peek()
		if !ok || !c.tokens[c.at].vanishes {
			return kind, ok, skipped
		}
		c.at++
		skipped = true
	}
}

// fail reports the next token.
func (c *checker) fail(kind findingKind, what string) {
	c.failed = true
	t := c.tokens[c.at]
	c.report(finding{start: t.Start, end: t.End, kind: kind, what: what})
}

// expected reports that something else was expected at the next token.
func (c *checker) expected(what string) {
	if c.failed {
		return
	}
	if _, ok := c.peek(); ok {
		c.fail(findingUnexpected, what)
		return
	}
	for c.at--; c.at > 0 && c.tokens[c.at].isSilent(); c.at-- {
	}
	c.fail(findingLineEnds, what)
}

// end reports whatever is left on the line.
func (c *checker) end(what string) {
	if c.failed {
		return
	}
	if _, ok, _ := c.peekPast(); ok {
		c.expected(what)
	}
}

// statement checks a whole statement of the kind, the keyword included.
func (c *checker) statement(kind StatementKind, entry StatementKind) {
	c.peek()
	keyword := c.tokens[c.at].Kind
	c.at++
	switch kind {
	case Mainmenu, Menu, MenuComment:
		c.quotedText("a text in quotes")
		c.endOrOldCondition(kind)
	case Config, Menuconfig, Configdefault:
		c.symbolName("the name of the symbol")
		c.end("the end of the line")
	case Choice:
		if c.dialect.Has(OldChoices) {
			if k, ok, _ := c.peekPast(); ok && (k == Word || k == MacroWord || k == String && c.dialect.Has(UnquotedText)) {
				c.at++
			}
		}
		c.end("the end of the line")
	case EndChoice, EndMenu, EndIf, Modules, Optional, Transitional:
		c.end("the end of the line")
	case Help:
		c.end("the end of the line; the help text begins on the next line")
	case If:
		c.expression()
		c.end("&&, || or the end of the line")
	case Source:
		if kind, ok := c.peek(); ok && kind == Path {
			c.at++
		} else {
			c.quotedText("a path in quotes")
		}
		c.end("the end of the line")
	case Type:
		c.typeLine(keyword, entry)
	case Prompt:
		c.quotedText("the prompt in quotes")
		c.condition("if or the end of the line")
	case Default, TypedDefault:
		if entry == Choice && !c.dialect.Has(LooseProperties) {
			c.symbolName("the name of a symbol of the choice")
			c.condition("if or the end of the line")
			return
		}
		c.expression()
		c.condition("&&, ||, if or the end of the line")
	case DependsOn:
		if kind, _, _ := c.peekPast(); kind != KwOn {
			c.expected("on")
			return
		}
		c.at++
		c.expression()
		if c.dialect.Has(ConditionalDepends) {
			c.condition("&&, ||, if or the end of the line")
		} else {
			c.end("&&, || or the end of the line")
		}
	case Select, Imply:
		c.symbolName("the name of a symbol")
		c.condition("if or the end of the line")
	case Range:
		c.rangeBounds()
		c.condition("if or the end of the line")
	case Option, Set, Output:
		if _, ok := c.peek(); !ok {
			c.expected("its value")
		}
	case Warning:
		c.quotedText("the text in quotes")
		c.condition("if or the end of the line")
	case Insert:
		c.end("the end of the line")
	case VisibleIf:
		c.condition("if")
	}
}

// endOrOldCondition checks what follows the text of a menu or comment.
func (c *checker) endOrOldCondition(kind StatementKind) {
	if kind != Mainmenu && c.dialect.Has(LooseProperties) {
		c.condition("if or the end of the line")
		return
	}
	c.end("the end of the line")
}

// typeLine checks a type, with the prompt that may follow.
func (c *checker) typeLine(keyword TokenKind, entry StatementKind) {
	if entry == Choice && !c.dialect.Has(LooseProperties) {
		old := c.dialect.Has(OldChoices)
		switch {
		case keyword == KwBool || keyword == KwBoolean || keyword == KwTristate && old:
		case old:
			c.at--
			c.expected("bool, tristate or prompt: a choice has no other type")
			return
		default:
			c.at--
			c.expected("bool or prompt: a choice is always bool")
			return
		}
		if !old {
			c.quotedText("the prompt of the choice in quotes")
			c.condition("if or the end of the line")
			return
		}
	}
	if c.hasText() {
		c.quotedText("the prompt in quotes")
		c.condition("if or the end of the line")
		return
	}
	if c.dialect.Has(LooseProperties) {
		c.condition("a prompt in quotes, if, or the end of the line")
		return
	}
	c.end("a prompt in quotes or the end of the line")
}

// hasText reports whether a quoted text follows, or a word in its place.
func (c *checker) hasText() bool {
	for i := c.at; i < len(c.tokens); i++ {
		t := c.tokens[i]
		if !t.isSilent() && (!t.vanishes || c.dialect.Has(UnquotedText)) {
			return t.Kind.IsSymbol()
		}
	}
	return false
}

// quotedText takes a text in quotes, or a bare word where the dialect has it.
func (c *checker) quotedText(what string) {
	kind, ok, skipped := c.peekPast()
	switch {
	case c.failed:
	case ok && kind == String:
		c.at++
	case c.dialect.Has(UnquotedText) && ok && kind.IsSymbol():
		c.at++
	case c.dialect.Has(UnquotedText) && skipped:
	default:
		c.expected(what)
	}
}

// symbolName takes the name of a symbol, which must not be quoted.
func (c *checker) symbolName(what string) {
	kind, ok, skipped := c.peekPast()
	switch {
	case c.failed:
	case ok && (kind == Word || kind == MacroWord):
		c.at++
	case ok && kind == String && c.dialect.Has(UnquotedText):
		c.at++
	case skipped:
	case ok && kind == String:
		c.expected(what + ", without quotes")
	default:
		c.expected(what)
	}
}

// rangeBounds takes the two bounds of a range.
func (c *checker) rangeBounds() {
	bounds, macros := 0, 0
	for bounds < 2 {
		kind, ok := c.peek()
		switch {
		case ok && c.tokens[c.at].vanishes:
			macros++
		case ok && kind.IsSymbol():
			bounds++
		case bounds+macros == 0:
			c.expected("the lower bound")
			return
		case bounds+macros == 1:
			c.expected("the upper bound")
			return
		default:
			return
		}
		c.at++
	}
}

// condition checks an optional "if" with its expression, and the line's end.
func (c *checker) condition(what string) {
	if c.failed {
		return
	}
	if kind, ok, _ := c.peekPast(); ok && kind == KwIf {
		c.at++
		c.expression()
		what = "&&, || or the end of the line"
	}
	c.end(what)
}

// quoteToken quotes a piece of the text for a message, on one line and not too
// long.
func quoteToken(text string) string {
	const most = 40
	cut := ""
	if len(text) > most {
		text, cut = strings.ToValidUTF8(text[:most], ""), "..."
	}
	var b strings.Builder
	b.WriteByte('`')
	for i, r := range text {
		if n := len(string(r)); r == utf8.RuneError && text[i:min(i+n, len(text))] != string(r) {
			fmt.Fprintf(&b, "\\x%02x", text[i])
		} else if strconv.IsPrint(r) {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		}
	}
	b.WriteString(cut + "`")
	return b.String()
}
