package format

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// planner goes through a file and collects what the style would have otherwise.
type planner struct {
	tree  *parser.Tree
	style Style
	// unsound are statements with an error, which stay as they are.
	unsound map[int]bool
	// frozen tells that indentation stays as it is, since nobody knows what blocks
	// there are.
	frozen bool
	// hopeless tells that nothing can be said of the file.
	hopeless bool
	eol      string

	// blocks are the kinds of those that are open, in nested styles with a mainmenu.
	blocks  []parser.StatementKind
	started bool // whether there was a statement or comment
	// last is the kind of the statement before, leaving out attributes.
	last parser.StatementKind
	// open tells that it is the head of an entry, to which attributes belong;
	// attributed that it has any. These are indented by below, the last one by keyword.
	open, attributed bool
	below, keyword   string
	// outerIf tells that it is an if in no other block, or the end of one.
	outerIf bool
	// gap are the blank lines before what comes next.
	gap []blankLine
	// comments are those that wait for the next statement.
	comments []comment

	edits []Edit
}

func newPlanner(t *parser.Tree, s Style) *planner {
	p := &planner{tree: t, style: s, eol: "\n"}
	if end := t.LineStart(1); t.Dialect().Has(parser.JoinedLines) && end > 1 && t.Slice(end-2, end) == "\r\n" {
		p.eol = "\r\n"
	}
	for _, e := range t.Errors() {
		switch e.Code {
		case parser.CodeMissingFinalNewline, parser.CodeBlankHelp, parser.CodeRepeatedHelp:
		case parser.CodeMissingBlockEnd, parser.CodeUnexpectedBlockEnd:
			p.frozen = p.frozen || s.Nested
		case parser.CodeCarriageReturn, parser.CodeTooManyErrors:
			p.hopeless = true
		default:
			if p.unsound == nil {
				p.unsound = map[int]bool{}
			}
			p.unsound[t.IndexAt(int(e.Start))] = true
		}
	}
	return p
}

// plan returns the edits, in order.
func (p *planner) plan() []Edit {
	if p.hopeless {
		return nil
	}
	for st := range p.tree.All() {
		text := st.Text()
		switch {
		case p.unsound[st.Index]:
			p.leave(st)
		case st.Kind == parser.HelpText:
			p.help(st, text)
		case st.Kind != parser.Blank:
			p.statement(st, text)
		case st.Len() == 0 && strings.Count(text, "\n") <= 1:
			p.gap = append(p.gap, blankLine{st.Index, int(st.Start), int(st.Start) + contentEnd(text), int(st.End)})
		case st.Len() == 1 && st.Token(0).Kind == parser.Comment && strings.Count(text, "\n") <= 1:
			p.comment(st, text)
		default:
			p.leave(st)
		}
	}
	p.finish()
	return p.edits
}

// edit adds an edit.
func (p *planner) edit(kind Kind, statement, start, end int, text string) {
	p.edits = append(p.edits, Edit{start, end, text, kind, statement})
}

// leave takes note of a statement that stays as it is.
func (p *planner) leave(st parser.Statement) {
	attribute := p.open && (st.Kind.IsAttribute() || st.Kind == parser.Unknown) // most likely misspelt
	p.flush(next{statement: st.Index, start: int(st.Start), level: len(p.blocks), attribute: attribute})
	p.note(st)
	if attribute {
		p.attributed = true
		return
	}
	p.last, p.open, p.outerIf = parser.Unknown, isHead(st.Kind), false
}

// statement sets one statement that is sound.
func (p *planner) statement(st parser.Statement, text string) {
	kind := st.Kind
	attribute := kind.IsAttribute() && p.open
	level := len(p.blocks)
	if kind.ClosesBlock() {
		level = max(level-1, 0)
	}
	outerIf := (kind == parser.If || kind == parser.EndIf) && level == 0
	n := next{statement: st.Index, start: int(st.Start), level: level, attribute: attribute}
	if kind.ClosesBlock() {
		n.level = len(p.blocks) // of comments before it
	}
	if p.started && !attribute {
		n.blankBefore = p.style.AroundIfs && outerIf || p.style.BetweenEntries && isHead(kind) && p.entryEnds()
		n.blankBehind = p.style.AroundIfs && p.outerIf
	}
	p.flush(n)

	switch {
	case attribute:
		target := p.below
		if !p.style.Nested && !p.style.Flat && leading(text) == p.style.Unit {
			target = p.style.Unit // to the letter of the coding style
		}
		p.lines(st, text, target)
		p.attributed, p.keyword = true, target
		return
	case kind == parser.MacroCall || kind == parser.Unknown || kind.IsAttribute():
		p.trim(st, text) // nobody knows where it belongs
	default:
		head := p.style.head(level, leading(text))
		if kind == parser.MenuComment && p.style.Nested {
			// For kconfcheck a comment is no entry: it stands where an attribute of the
			// entry before would, and so do its own attributes.
			head = leading(text)
			p.lines(st, text, head)
			p.below = head
			break
		}
		p.lines(st, text, head)
		p.below = head + p.style.Unit
	}
	p.note(st)
	p.last, p.open, p.attributed, p.outerIf = kind, isHead(kind), false, outerIf
}

// note follows the nesting of blocks.
func (p *planner) note(st parser.Statement) {
	p.started = true
	switch {
	case st.Kind.OpensBlock(), st.Kind == parser.Mainmenu && p.style.Nested && len(p.blocks) == 0:
		p.blocks = append(p.blocks, st.Kind)
	case st.Kind.ClosesBlock() && len(p.blocks) > 0:
		p.blocks = p.blocks[:len(p.blocks)-1]
	}
}

// isHead reports whether a statement begins an entry that can have attributes.
func isHead(kind parser.StatementKind) bool {
	switch kind {
	case parser.Config, parser.Menuconfig, parser.Configdefault, parser.Choice, parser.Menu, parser.MenuComment:
		return true
	}
	return false
}

// entryEnds reports whether the last statement is the end of an entry that has to be
// apart from what follows. Right below its first line a menu or choice does not end:
// there it begins; and a comment is a heading.
func (p *planner) entryEnds() bool {
	switch {
	case !p.open || p.last == parser.Unknown:
		return false
	case p.last == parser.Menu, p.last == parser.Choice, p.last == parser.MenuComment:
		return p.attributed
	}
	return p.style.BetweenMembers || !p.inChoice()
}

// inChoice reports whether the innermost block but for ifs is a choice.
func (p *planner) inChoice() bool {
	for i := len(p.blocks) - 1; i >= 0; i-- {
		if p.blocks[i] != parser.If {
			return p.blocks[i] == parser.Choice
		}
	}
	return false
}

// finish sets the end of the file.
func (p *planner) finish() {
	size := p.tree.Size()
	final := p.gap
	p.gap = nil
	p.flush(next{statement: -1, level: len(p.blocks)})
	for _, line := range final {
		p.edit(FinalBlank, line.statement, line.start, line.end, "")
	}
	last := p.tree.Len() - 1
	if len(final) > 0 || p.style.KeepEnd || last < 0 || p.unsound[last] {
		return
	}
	if end := p.tree.Slice(size-1, size); end != "\n" && end != "\\" && end != "\r" {
		p.edit(FinalNewline, last, size, size, p.eol)
	}
}
