package toolchain

import (
	"fmt"
	"strings"
)

// The part of the shell's language that is understood: lists, pipelines,
// groups in braces, redirections, here-documents, quotes, and expansions of
// parameters. Everything else is an error.

// list is commands, one after the other.
type list []conditional

// conditional is pipelines with && and || between them.
type conditional []link

// link is one pipeline of a conditional.
type link struct {
	or       bool // || stands before it, else && or nothing
	negated  bool // ! stands before it
	pipeline []command
}

// command is a simple command, or a group if it has a body.
type command struct {
	words     []word
	body      list
	group     bool
	redirects []redirect
}

// redirect is a redirection of a file descriptor.
type redirect struct {
	fd       int
	operator string // "<", ">", ">>", ">&" or "<<"
	target   *word  // of "<<" the text
}

// word is what makes up an argument, with quotes taken off.
type word []piece

// piece is a part of a word: a text or a parameter to be expanded.
type piece struct {
	text      string
	parameter bool // text is the name of a parameter
	quoted    bool
}

// literal returns the word's text if nothing in it is expanded.
func (w word) literal() (string, bool) {
	var b strings.Builder
	for _, p := range w {
		if p.parameter {
			return "", false
		}
		b.WriteString(p.text)
	}
	return b.String(), true
}

// reserved returns the word if it may be one of the language's own.
func (w word) reserved() string {
	if len(w) == 1 && !w[0].parameter && !w[0].quoted {
		return w[0].text
	}
	return ""
}

// The limits of a command's text.
const (
	maxCommand = 64 << 10 // bytes
	maxGroups  = 50       // groups within groups
)

// syntaxError says what is not understood.
type syntaxError string

func (e syntaxError) Error() string { return string(e) }

// parse takes a text apart.
func parse(text string) (list, error) {
	if len(text) > maxCommand {
		return nil, syntaxError(fmt.Sprintf("it is longer than %d KiB", maxCommand>>10))
	}
	if strings.IndexByte(text, 0) >= 0 {
		return nil, syntaxError("it has a zero byte in it")
	}
	p := &reader{text: text}
	l, err := p.list(0)
	if err != nil {
		return nil, err
	}
	if p.pos < len(p.text) {
		return nil, p.unexpected()
	}
	if len(p.pending) > 0 {
		return nil, syntaxError("a here-document has no text")
	}
	return l, nil
}

type reader struct {
	text    string
	pos     int
	pending []pendingText
}

// pendingText is a here-document whose text begins on the next line.
type pendingText struct {
	text      *word
	delimiter string
	quoted    bool
	tabs      bool // tabs at the start of lines are removed
}

func (p *reader) peek(prefix string) bool { return strings.HasPrefix(p.text[p.pos:], prefix) }

func (p *reader) take(prefix string) bool {
	if p.peek(prefix) {
		p.pos += len(prefix)
		return true
	}
	return false
}

func (p *reader) unexpected() error {
	end := min(p.pos+20, len(p.text))
	return syntaxError("it has " + shorten(p.text[p.pos:end]) + " where that is not understood")
}

// blanks skips blanks, joined lines and a comment.
func (p *reader) blanks() {
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case c == ' ' || c == '\t':
			p.pos++
		case p.peek("\\\n"):
			p.pos += 2
		case c == '#' && (p.pos == 0 || strings.IndexByte(" \t\n;&|", p.text[p.pos-1]) >= 0):
			for p.pos < len(p.text) && p.text[p.pos] != '\n' {
				p.pos++
			}
		default:
			return
		}
	}
}

// lines skips blanks and line ends, with the here-documents behind them.
func (p *reader) lines() error {
	for {
		p.blanks()
		if !p.take("\n") {
			return nil
		}
		if err := p.hereDocuments(); err != nil {
			return err
		}
	}
}

// list parses commands up to the end of the text or of the group.
func (p *reader) list(depth int) (list, error) {
	if depth > maxGroups {
		return nil, syntaxError("its groups nest too deeply")
	}
	var l list
	for {
		if err := p.lines(); err != nil {
			return nil, err
		}
		if p.pos == len(p.text) || depth > 0 && p.closes() {
			return l, nil
		}
		c, err := p.conditional(depth)
		if err != nil {
			return nil, err
		}
		l = append(l, c)
		p.blanks()
		if p.peek(";;") || !p.take(";") && !p.peek("\n") {
			return l, nil
		}
	}
}

// closes reports whether a closing brace is next that ends a group.
func (p *reader) closes() bool {
	if !p.peek("}") {
		return false
	}
	return p.pos+1 == len(p.text) || strings.IndexByte(" \t\n;&|>", p.text[p.pos+1]) >= 0
}

func (p *reader) conditional(depth int) (conditional, error) {
	var c conditional
	or := false
	for {
		l := link{or: or}
		p.blanks()
		if p.take("! ") {
			l.negated = true
		}
		for {
			command, err := p.command(depth)
			if err != nil {
				return nil, err
			}
			l.pipeline = append(l.pipeline, command)
			p.blanks()
			if p.peek("||") || !p.take("|") {
				break
			}
			if err := p.lines(); err != nil {
				return nil, err
			}
		}
		c = append(c, l)
		switch {
		case p.take("&&"):
			or = false
		case p.take("||"):
			or = true
		default:
			return c, nil
		}
		if err := p.lines(); err != nil {
			return nil, err
		}
	}
}

// unsupported are the words that begin what is not understood.
var unsupported = map[string]bool{
	"if": true, "then": true, "else": true, "elif": true, "fi": true, "case": true, "esac": true,
	"for": true, "while": true, "until": true, "do": true, "done": true, "function": true,
	"select": true, "[[": true, "}": true, "!": true, "time": true, "coproc": true,
}

func (p *reader) command(depth int) (command, error) {
	p.blanks()
	var c command
	if p.peek("{ ") || p.peek("{\n") || p.peek("{\t") {
		p.pos++
		body, err := p.list(depth + 1)
		if err != nil {
			return c, err
		}
		if !p.take("}") {
			return c, syntaxError("a group is not closed")
		}
		if len(body) == 0 {
			return c, syntaxError("a group is empty")
		}
		c.group, c.body = true, body
	}
	for {
		p.blanks()
		r, ok, err := p.redirect()
		if err != nil {
			return c, err
		}
		if ok {
			c.redirects = append(c.redirects, r)
			continue
		}
		if p.pos == len(p.text) || strings.IndexByte(";&|\n()<>", p.text[p.pos]) >= 0 {
			break
		}
		if c.group {
			return c, p.unexpected()
		}
		w, err := p.word()
		if err != nil {
			return c, err
		}
		if len(c.words) == 0 && unsupported[w.reserved()] {
			return c, syntaxError("the shell's `" + w.reserved() + "` is not understood")
		}
		c.words = append(c.words, w)
	}
	if !c.group && len(c.words) == 0 {
		return c, p.unexpected()
	}
	return c, nil
}
