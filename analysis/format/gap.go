package format

import "github.com/kconfig-ls/kconfig-ls/parser"

// blankLine is a line without text. Its bytes are [start, end), of which those from
// eol on are the line end.
type blankLine struct{ statement, start, eol, end int }

// comment is a comment that has a line of its own, and the blank lines before it.
type comment struct {
	gap              []blankLine
	statement, start int
	text             string
	attached         bool // to the statement before: no blank line is in between
}

// next is what comes behind comments and blank lines.
type next struct {
	// statement is its index, -1 for the end of the file.
	statement, start int
	// level is the nesting level of comments before it.
	level int
	// attribute tells that it belongs to the open entry.
	attribute bool
	// blankBefore and blankBehind tell that there has to be a blank line before it, and
	// behind what was before.
	blankBefore, blankBehind bool
}

// comment takes note of a comment that has a line of its own.
func (p *planner) comment(st parser.Statement, text string) {
	p.comments = append(p.comments, comment{
		gap: p.gap, statement: st.Index, start: int(st.Start), text: text,
		attached: len(p.gap) == 0 && (len(p.comments) == 0 || p.comments[len(p.comments)-1].attached),
	})
	p.gap = nil
}

// flush sets the comments and blank lines before a statement.
func (p *planner) flush(n next) {
	if len(p.comments) == 0 && len(p.gap) == 0 && !n.blankBefore && !n.blankBehind {
		return // as nearly always
	}
	before := -1 // the comment before which there has to be a blank line
	if n.blankBefore {
		before = p.firstAbove()
	}
	for i, c := range p.comments {
		p.blankLines(c.gap, before == i || n.blankBehind && i == 0, c.statement, c.start)
		p.setComment(c, n)
		p.started = true
	}
	wanted := before == len(p.comments) || n.blankBehind && len(p.comments) == 0
	p.blankLines(p.gap, wanted && n.statement >= 0, n.statement, n.start)
	p.gap, p.comments = nil, p.comments[:0]
}

// firstAbove returns the first of the comments that stand right above what comes next,
// in the first column, and so are about that; their number if there is none.
func (p *planner) firstAbove() int {
	above := len(p.comments)
	if len(p.gap) > 0 {
		return above
	}
	for i := above - 1; i >= 0 && leading(p.comments[i].text) == ""; i-- {
		above = i
		if len(p.comments[i].gap) > 0 {
			break
		}
	}
	return above
}

// blankLines leaves one of several blank lines, none at the start of the file, and puts
// one in before a statement if there has to be one.
func (p *planner) blankLines(gap []blankLine, wanted bool, statement, start int) {
	if len(gap) == 0 {
		if wanted && p.started {
			p.edit(MissingBlank, statement, start, start, p.eol)
		}
		return
	}
	if p.started {
		if first := gap[0]; first.start < first.eol && !p.style.KeepBlanks {
			p.edit(TrailingBlank, first.statement, first.start, first.eol, "")
		}
		gap = gap[1:]
	}
	for _, line := range gap {
		p.edit(BlankLines, line.statement, line.start, line.end, "")
	}
}

// setComment sets a comment. One in the first column stays there; others are indented
// as what they belong to.
func (p *planner) setComment(c comment, n next) {
	blanks := leading(c.text)
	if blanks != "" && !p.frozen {
		target := p.style.head(n.level, blanks)
		if n.attribute || c.attached && p.open {
			target = p.below
		}
		if blanks != target {
			p.edit(CommentIndent, c.statement, c.start, c.start+len(blanks), target)
		}
	}
	hash := len(blanks) + 1
	if p.style.CommentSpace && hash < len(c.text) && isWordByte(c.text[hash]) {
		p.edit(CommentSpace, c.statement, c.start+hash, c.start+hash, " ")
	}
	p.trimLine(c.statement, c.start, c.text)
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

// contentEnd returns where in a line, which may be the last one, the line end begins.
func contentEnd(line string) int {
	end := len(line)
	for end > 0 && (line[end-1] == '\n' || line[end-1] == '\r') {
		end--
	}
	return end
}

// leading returns the blanks that a line begins with.
func leading(line string) string {
	for i := range len(line) {
		if line[i] != ' ' && line[i] != '\t' {
			return line[:i]
		}
	}
	return line
}
