package parser

import "strings"

// checker checks the tokens of one statement against the grammar of its kind
// (scripts/kconfig/parser.y) and reports the first thing that is wrong.
type checker struct {
	text    string
	base    uint32
	dialect Dialect
	tokens  []Token // of the statement, silent ones included
	at      int     // the next token
	failed  bool
	report  func(Error)
}

// peek returns the kind of the next token that counts; ok is false at the end.
func (c *checker) peek() (kind TokenKind, ok bool) {
	for c.at < len(c.tokens) && c.tokens[c.at].Kind.isSilent() {
		c.at++
	}
	if c.at == len(c.tokens) {
		return 0, false
	}
	return c.tokens[c.at].Kind, true
}

// take consumes the next token if it is of the kind.
func (c *checker) take(kind TokenKind) bool {
	if k, ok := c.peek(); ok && k == kind {
		c.at++
		return true
	}
	return false
}

func (c *checker) word(i int) string {
	t := c.tokens[i]
	return c.text[t.Start+c.base : t.End+c.base]
}

// expected reports that something else was expected at the next token.
func (c *checker) expected(what string) {
	if c.failed {
		return
	}
	c.failed = true
	if _, ok := c.peek(); ok {
		t := c.tokens[c.at]
		c.report(Error{
			Code: CodeUnexpectedToken, Severity: SeverityError, Start: t.Start, End: t.End,
			Message: quoteToken(c.word(c.at)) + " is unexpected here: expected " + what,
		})
		return
	}
	last := len(c.tokens) - 1
	for last > 0 && c.tokens[last].Kind.isSilent() {
		last--
	}
	t := c.tokens[last]
	c.report(Error{
		Code: CodeUnexpectedToken, Severity: SeverityError, Start: t.Start, End: t.End,
		Message: "the line ends after " + quoteToken(c.word(last)) + ": expected " + what,
	})
}

// end reports whatever is left on the line.
func (c *checker) end(what string) {
	for {
		kind, ok := c.peek()
		if !ok || c.failed {
			return
		}
		if kind != MacroWord { // a macro may stand for nothing
			c.expected(what)
			return
		}
		c.at++
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
		if c.dialect.Has(OldChoices) && c.dialect.Has(OldKeywords) {
			if k, ok := c.peek(); ok && k.IsSymbol() {
				c.at++
			}
		}
		c.end("the end of the line")
	case EndChoice, EndMenu, EndIf, Modules, Optional, Transitional_:
		c.end("the end of the line")
	case Help:
		c.end("the end of the line; the help text begins on the next line")
	case If:
		c.expression()
		c.end("&&, || or the end of the line")
	case Source:
		if !c.take(Path) {
			c.quotedText("a path in quotes")
		}
		c.end("the end of the line")
	case Type:
		c.typeLine(keyword, entry)
	case Prompt:
		c.quotedText("the prompt in quotes")
		c.condition("if or the end of the line")
	case Default, TypedDefault:
		if entry == Choice && !c.dialect.Has(OldChoices) {
			c.symbolName("the name of a symbol of the choice")
			c.condition("if or the end of the line")
			return
		}
		c.expression()
		c.condition("&&, ||, if or the end of the line")
	case DependsOn:
		if !c.take(KwOn) {
			c.expected("on")
			return
		}
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
		c.rangeBound("the lower bound")
		c.rangeBound("the upper bound")
		c.condition("if or the end of the line")
	case VisibleIf:
		if k, ok := c.peek(); ok && k != KwIf {
			c.expected("if")
		}
		c.condition("&&, || or the end of the line")
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
	if entry == Choice && !c.dialect.Has(OldChoices) {
		if keyword != KwBool {
			c.at--
			c.expected("bool or prompt: a choice is always bool")
			return
		}
		c.quotedText("the prompt of the choice in quotes")
		c.condition("if or the end of the line")
		return
	}
	if k, ok := c.peek(); ok && k.IsSymbol() {
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

// quotedText takes a text in quotes, or a bare word where the dialect has it.
func (c *checker) quotedText(what string) {
	kind, ok := c.peek()
	switch {
	case c.failed:
	case ok && kind == String:
		c.at++
	case ok && kind == MacroWord:
		c.at++
		c.take(String) // the macro may have stood for nothing
	case ok && kind == Word && c.dialect.Has(UnquotedText):
		c.at++
	default:
		c.expected(what)
	}
}

// symbolName takes the name of a symbol, which must not be quoted.
func (c *checker) symbolName(what string) {
	kind, ok := c.peek()
	switch {
	case c.failed:
	case ok && kind == Word:
		c.at++
	case ok && kind == MacroWord:
		c.at++
		c.take(Word)
	case ok && kind == String && c.dialect.Has(UnquotedText):
		c.at++
	case ok && kind == String:
		c.expected(what + ", without quotes")
	default:
		c.expected(what)
	}
}

// rangeBound takes one bound of a range.
func (c *checker) rangeBound(what string) {
	if kind, ok := c.peek(); c.failed || ok && kind.IsSymbol() {
		c.at++
		return
	}
	c.expected(what)
}

// condition checks an optional "if" with its expression, and the line's end.
func (c *checker) condition(what string) {
	for c.take(MacroWord) { // a macro may stand for nothing
	}
	if !c.failed && c.take(KwIf) {
		c.expression()
		what = "&&, || or the end of the line"
	}
	c.end(what)
}

func quoteToken(text string) string {
	const most = 40
	cut := ""
	if len(text) > most {
		text, cut = strings.ToValidUTF8(text[:most], ""), "..."
	}
	return "`" + strings.Map(printable, text) + cut + "`"
}

// printable replaces what would break a message out of its line.
func printable(r rune) rune {
	if r < ' ' || r == 0x7f {
		return '\ufffd'
	}
	return r
}
