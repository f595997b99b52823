package analysis

import (
	"strings"
	"unicode/utf8"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// OutlineKind says what an item of an outline is.
type OutlineKind uint8

// The kinds of items.
const (
	OutlineMainmenu OutlineKind = iota + 1
	OutlineMenu
	OutlineChoice
	OutlineIf
	OutlineConfig
	OutlineMenuconfig
	OutlineConfigdefault
	OutlineComment
	OutlineSource
	OutlineMacro
)

// OutlineItem is a statement of a file's outline with what it encloses.
type OutlineItem struct {
	// Location is all of it: an entry with its attributes, a block with its end.
	Location
	// Selection is the name or title within it.
	Selection Location
	Kind      OutlineKind
	// Name is the symbol, title, condition or path. It is never empty and has no
	// line ends.
	Name string
	// Detail is the type and prompt of a symbol, the condition of a menu, the
	// value of a macro; it may be empty. For a symbol it ends in what that is gated
	// on.
	Detail   string
	Children []OutlineItem
}

// maxOutlineDepth is how deep the items of an outline nest. What lies deeper is
// put at that depth: real files nest a dozen blocks, and those who turn an
// outline into text recurse.
const maxOutlineDepth = 200

// maxOutlineText is how many bytes of a name or detail are shown.
const maxOutlineText = 200

// Outline returns the menus, choices, ifs, entries, source statements and macro
// definitions of a file, nested by its blocks, in the order of the text.
func Outline(s *Snapshot, path string) []OutlineItem {
	if c, ok := s.configScope(path); ok {
		return c.outlineConfig()
	}
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	b := outliner{scope: c, path: c.root.Path(c.file), marks: c.root.gateMarks(c.arch), levels: make([][]OutlineItem, 1), ends: map[int]int{}}
	return b.outline()
}

// outliner builds an outline in one pass over the statements.
type outliner struct {
	scope
	path  string
	marks *gateMarks
	// levels are the items of the file and of each open block; the last item of
	// each level but the last is the block that the next level is in.
	levels [][]OutlineItem
	// closes are the statements that end the open blocks, also of those that
	// are too deep for a level of their own.
	closes []int
	ends   map[int]int // see lastBefore
}

func (b *outliner) outline() []OutlineItem {
	blocks := b.file.Tree.Blocks()
	next := 0 // of the blocks
	for st := range b.file.Tree.All() {
		for n := len(b.closes); n > 0 && b.closes[n-1] <= st.Index; n-- {
			b.leave()
		}
		item, ok := b.item(st)
		if next < len(blocks) && blocks[next].Open == st.Index {
			item.End = b.blockEnd(blocks[next])
			b.add(item)
			b.closes = append(b.closes, blocks[next].Close)
			if len(b.closes) <= maxOutlineDepth {
				b.levels = append(b.levels, nil)
			}
			next++
		} else if ok {
			b.add(item)
		}
	}
	for len(b.closes) > 0 {
		b.leave()
	}
	return b.levels[0]
}

func (b *outliner) add(item OutlineItem) {
	last := &b.levels[len(b.levels)-1]
	*last = append(*last, item)
}

// leave ends the innermost open block.
func (b *outliner) leave() {
	if len(b.closes) <= maxOutlineDepth {
		n := len(b.levels) - 1
		outer := b.levels[n-1]
		outer[len(outer)-1].Children = b.levels[n]
		b.levels = b.levels[:n]
	}
	b.closes = b.closes[:len(b.closes)-1]
}

// blockEnd returns where a block ends: behind its own end, else before what ends
// it.
func (b *outliner) blockEnd(block parser.Block) int {
	tree := b.file.Tree
	if block.Closed {
		_, end := statementRange(tree.At(block.Close))
		return int(end)
	}
	_, opener := statementRange(tree.At(block.Open))
	return max(int(opener), b.lastBefore(block.Close))
}

// lastBefore returns where the last statement before another one ends. Blocks
// without an end mostly share what ends them, so that the answer is kept.
func (b *outliner) lastBefore(statement int) int {
	if end, ok := b.ends[statement]; ok {
		return end
	}
	end := 0
	for i := statement - 1; i >= 0 && end == 0; i-- {
		if st := b.file.Tree.At(i); st.Kind != parser.Blank && st.Len() > 0 {
			_, last := statementRange(st)
			end = int(last)
		}
	}
	b.ends[statement] = end
	return end
}

// item returns the item of a statement, and reports false if it has none.
func (b *outliner) item(st parser.Statement) (OutlineItem, bool) {
	item := OutlineItem{Kind: outlineKind(st.Kind)}
	if item.Kind == 0 {
		return item, false
	}
	e := menu.Entry{File: b.file, Head: st}
	start, end := statementRange(st)
	selectionStart, selectionEnd := wordRange(st)
	if st.Kind != parser.Assignment {
		if i, ok := st.Operand(); ok && st.Kind != parser.Choice {
			selectionStart, selectionEnd = st.Token(i).Start, st.Token(i).End
			item.Name = parser.Unquote(st.TokenText(i))
		}
	}
	switch st.Kind {
	case parser.Config, parser.Menuconfig, parser.Configdefault:
		_, end = entryRange(e)
		item.Detail = entryDetail(e)
	case parser.MenuComment:
		_, end = entryRange(e)
		item.Detail = b.dependencies(e)
	case parser.Menu:
		item.Detail = b.dependencies(e)
	case parser.Choice:
		item.Name, item.Detail = e.PromptText(), b.dependencies(e)
		if i, ok := st.Operand(); ok && item.Name == "" {
			item.Name = parser.Unquote(st.TokenText(i))
		}
	case parser.If:
		if from, to := st.Expression(); from < to {
			selectionEnd = max(selectionEnd, end)
			item.Name = b.file.Tree.Slice(int(selectionStart), int(selectionEnd))
		}
	case parser.Assignment:
		item.Name = st.TokenText(st.First(0))
		if _, _, value, ok := assignment(st); ok {
			item.Detail = value
		}
	}
	item.Name, item.Detail = oneLine(item.Name), oneLine(item.Detail)
	if item.Name == "" {
		item.Name = st.Kind.String()
	}
	if item.Kind == OutlineConfig || item.Kind == OutlineMenuconfig {
		item.Detail = b.marks.of(item.Name).beside(item.Detail)
	}
	item.Location = Location{b.path, int(start), int(end)}
	item.Selection = Location{b.path, int(selectionStart), int(selectionEnd)}
	return item, true
}

func outlineKind(kind parser.StatementKind) OutlineKind {
	switch kind {
	case parser.Mainmenu:
		return OutlineMainmenu
	case parser.Menu:
		return OutlineMenu
	case parser.Choice:
		return OutlineChoice
	case parser.If:
		return OutlineIf
	case parser.Config:
		return OutlineConfig
	case parser.Menuconfig:
		return OutlineMenuconfig
	case parser.Configdefault:
		return OutlineConfigdefault
	case parser.MenuComment:
		return OutlineComment
	case parser.Source:
		return OutlineSource
	case parser.Assignment:
		return OutlineMacro
	}
	return 0
}

// entryDetail returns the type and the prompt of an entry, as in `bool "Text"`.
func entryDetail(e menu.Entry) string {
	var detail string
	if keyword, _, ok := e.Type(); ok {
		detail = menu.TypeName(keyword)
	}
	if st, i, ok := e.Prompt(); ok {
		detail += " " + st.TokenText(i)
	}
	return strings.TrimSpace(detail)
}

// dependencies returns the depends on lines of an entry as they are written.
func (b *outliner) dependencies(e menu.Entry) string {
	var parts []string
	for st := range e.Attributes() {
		if st.Kind == parser.DependsOn || st.Kind == parser.VisibleIf {
			start, end := statementRange(st)
			parts = append(parts, b.file.Tree.Slice(int(start), int(end)))
		}
	}
	return strings.Join(parts, ", ")
}

// oneLine returns a text without line ends and continuations, cut off where it
// gets too long to be read.
func oneLine(text string) string {
	cut := len(text) > maxOutlineText
	if cut {
		end := maxOutlineText
		for end > 0 && !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end]
	}
	if strings.ContainsAny(text, "\n\r") {
		text = strings.Join(strings.Fields(strings.ReplaceAll(text, "\\\n", " ")), " ")
	}
	if cut {
		text += "..."
	}
	return text
}
