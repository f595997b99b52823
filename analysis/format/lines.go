package format

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// lines sets the lines of a statement, the first of which is to be indented by target.
func (p *planner) lines(st parser.Statement, text, target string) {
	blanks := leading(text)
	if blanks != target && !p.frozen {
		p.edit(Indent, st.Index, int(st.Start), int(st.Start)+len(blanks), target)
	}
	first := st.First(0)
	if first > 0 || !st.Token(0).Kind.IsKeyword() { // an assignment, or behind references
		p.trim(st, text)
		return
	}
	line := 0 // where the current line begins
	more := strings.Contains(text[:contentEnd(text)], "\n")
	for i := range st.Len() {
		t := st.Token(i)
		if more && i > 0 {
			line = p.lineStarts(st, text, int(st.Token(i-1).End-st.Start), int(t.Start-st.Start), line, target)
		}
		if i == 0 || t.Kind == parser.KwIf || t.Kind == parser.KwOn {
			p.keywordSpace(st, text, i)
		}
	}
	p.trimLine(st.Index, int(st.Start)+line, text[line:])
}

// lineStarts sets the lines of a statement that begin between two tokens, which end and
// begin at offsets of the statement. It returns where the last of them begins, line if
// there is none. What is inside of a token stays as it is.
func (p *planner) lineStarts(st parser.Statement, text string, from, to, line int, target string) int {
	for {
		at := strings.IndexByte(text[from:to], '\n')
		if at < 0 {
			return line
		}
		from += at + 1
		line = from
		p.continued(st, text, line, target)
	}
}

// continued sets a continued line, which begins at an offset of its statement, whose
// first line is to be indented by target.
func (p *planner) continued(st parser.Statement, text string, at int, target string) {
	if p.frozen {
		return
	}
	first, is := leading(text), leading(text[at:])
	wanted := is
	switch deeper := width(is) - width(first); {
	case p.style.OneUnit || deeper <= 0:
		wanted = target + p.style.Unit
	case first != target:
		wanted = p.style.ofWidth(width(target) + deeper)
	}
	if is != wanted {
		start := int(st.Start) + at
		p.edit(ContinuedIndent, st.Index, start, start+len(is), wanted)
	}
}

// keywordSpace sets one space behind token i, which is a keyword.
func (p *planner) keywordSpace(st parser.Statement, text string, i int) {
	if i+1 == st.Len() {
		return
	}
	keyword, behind := st.Token(i), st.Token(i+1)
	if behind.Kind == parser.Comment || behind.Kind == parser.BadCharacter {
		return
	}
	between := text[keyword.End-st.Start : behind.Start-st.Start]
	if between != " " && strings.Trim(between, " \t") == "" {
		p.edit(KeywordSpace, st.Index, int(keyword.End), int(behind.Start), " ")
	}
}

// trim sets the line ends of a statement whose lines stay as they are otherwise.
func (p *planner) trim(st parser.Statement, text string) {
	if strings.Count(text, "\n") > 1 {
		return // blanks at the end of a line may be inside of a token
	}
	if n := st.Len(); n > 0 && st.Token(n-1).Kind == parser.Value {
		return // they are part of it
	}
	p.trimLine(st.Index, int(st.Start), text)
}

// trimLine takes the blanks off the end of a line.
func (p *planner) trimLine(statement, start int, line string) {
	end := contentEnd(line)
	if end == 0 || line[end-1] != ' ' && line[end-1] != '\t' {
		return // as nearly always
	}
	text := strings.TrimRight(line[:end], " \t")
	if !p.style.KeepBlanks && !strings.HasSuffix(text, `\`) {
		p.edit(TrailingBlank, statement, start+len(text), start+end, "")
	}
}

// help sets a help text and counts the blank lines behind it. If its keyword is unsound
// or belongs to no entry it does no more than that.
func (p *planner) help(st parser.Statement, text string) {
	target := p.keyword + p.style.Help
	bodyEnd := 0
	if st.Len() > 0 {
		bodyEnd = int(st.Token(0).End - st.Start)
	}
	first := -1 // the width of the first line's indentation
	at := 0
	for line := range strings.Lines(text) {
		start := int(st.Start) + at
		end := contentEnd(line)
		switch blanks := leading(line[:end]); {
		case at >= bodyEnd:
			p.gap = append(p.gap, blankLine{st.Index, start, start + end, start + len(line)})
		case p.unsound[st.Index-1], !p.open:
		default:
			if first < 0 && len(blanks) < end {
				first = width(blanks)
			}
			if len(blanks) < end {
				p.helpLine(st.Index, start, blanks, target, first)
			}
			p.trimLine(st.Index, start, line)
		}
		at += len(line)
	}
	p.attributed, p.started = true, true
}

// helpLine sets the indentation of a line of a help text whose first line has an
// indentation of so many columns. A text in the first column stays there, since it
// ends elsewhere than others.
func (p *planner) helpLine(statement, start int, blanks, target string, first int) {
	deeper := width(blanks) - first
	if p.frozen || first == 0 || deeper < 0 {
		return
	}
	wanted := target + strings.Repeat(" ", deeper)
	if blanks == wanted {
		return
	}
	if w := width(wanted); width(blanks) == w && (strings.HasPrefix(blanks, target) || blanks == p.style.ofWidth(w)) {
		return
	}
	p.edit(HelpIndent, statement, start, start+len(blanks), wanted)
}
