package lsp

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// mapper translates between byte offsets of a text and positions of an editor.
// It is the only code that knows about either's units.
//
// Four notations meet here. The analysis has byte offsets. An editor has a line
// and a character, the latter counted in bytes, UTF-16 units or runes as was
// agreed at initialize. For an editor a line ends at "\n", "\r\n" or a "\r"
// alone; for the parser, as for the kernel's tools, at "\n" only. Texts without
// a lone "\r", which is to say all real ones, share the parser's lines.
//
// Nothing here fails: positions outside the text are clamped to the line or the
// text, and invalid UTF-8 counts one character per byte.
type mapper struct {
	tree     *parser.Tree
	encoding protocol.PositionEncoding
	// lines are the starts of an editor's lines, for texts with a lone "\r".
	lines []int
	// last is where the search for the next position can begin: offsets are
	// asked for in order most often, and a line can be very long. It makes a
	// mapper unfit for concurrent use.
	last *counted
}

// counted is how many characters lie between the start of a line and an offset.
type counted struct{ start, offset, characters int }

func newMapper(tree *parser.Tree, encoding protocol.PositionEncoding) mapper {
	m := mapper{tree: tree, encoding: encoding, last: &counted{start: -1}}
	if tree.HasLoneReturn() {
		m.lines = editorLines(tree.Text())
	}
	return m
}

// editorLines returns where the lines of a text begin for an editor.
func editorLines(text string) []int {
	lines := []int{0}
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\n', text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n'):
			lines = append(lines, i+1)
		}
	}
	return lines
}

// line returns where a line begins and where its text ends, before what ends
// the line. Lines past the end are empty and lie at the end.
func (m mapper) line(n int) (start, end int) {
	end = m.tree.Size()
	if m.lines != nil {
		if n >= len(m.lines) {
			return end, end
		}
		start = m.lines[n]
		if n+1 < len(m.lines) {
			end = m.lines[n+1]
		}
	} else {
		if n >= m.tree.Lines() {
			return end, end
		}
		start = m.tree.LineStart(n)
		if n+1 < m.tree.Lines() {
			end = m.tree.LineStart(n + 1)
		}
	}
	tail := m.tree.Slice(max(start, end-2), end)
	text := strings.TrimSuffix(strings.TrimSuffix(tail, "\n"), "\r")
	return start, end - (len(tail) - len(text))
}

// lineAt returns the number of the line that an offset lies in.
func (m mapper) lineAt(offset int) int {
	if m.lines == nil {
		return m.tree.Line(offset)
	}
	low, high := 0, len(m.lines)
	for high-low > 1 {
		if middle := (low + high) / 2; m.lines[middle] <= offset {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// offset returns the byte offset of a position.
func (m mapper) offset(p protocol.Position) int {
	start, end := m.line(int(p.Line))
	// No character is shorter than a byte in any encoding's count but UTF-8's
	// own, so a prefix of four bytes for each is enough to look at.
	if most := start + utf8.UTFMax*int(min(p.Character, math.MaxInt32/8)) + utf8.UTFMax; most < end {
		end = most
	}
	return start + m.bytes(m.tree.Slice(start, end), int(p.Character))
}

// bytes returns how many bytes the first n characters of a line have. A
// position inside of a character counts as before it.
func (m mapper) bytes(text string, n int) int {
	if m.encoding == protocol.UTF8 {
		n = min(n, len(text))
		for n > 0 && n < len(text) && !utf8.RuneStart(text[n]) && validAround(text, n) {
			n--
		}
		return n
	}
	at := 0
	for at < len(text) && n > 0 {
		r, size := utf8.DecodeRuneInString(text[at:])
		if n -= m.units(r, size); n < 0 {
			break
		}
		at += size
	}
	return at
}

// validAround reports whether the byte at n continues a valid character.
func validAround(text string, n int) bool {
	for back := 1; back < utf8.UTFMax && n-back >= 0; back++ {
		if utf8.RuneStart(text[n-back]) {
			_, size := utf8.DecodeRuneInString(text[n-back:])
			return size > back
		}
	}
	return false
}

// units returns how many characters of the editor a rune is.
func (m mapper) units(r rune, size int) int {
	switch {
	case m.encoding == protocol.UTF8:
		return size
	case m.encoding == protocol.UTF16 && r > 0xffff:
		return 2
	}
	return 1
}

// position returns the position of a byte offset.
func (m mapper) position(offset int) protocol.Position {
	offset = min(max(offset, 0), m.tree.Size())
	n := m.lineAt(offset)
	start, end := m.line(n)
	offset = min(offset, end)
	if m.encoding == protocol.UTF8 {
		return protocol.Position{Line: uint32(n), Character: uint32(offset - start)}
	}
	from := counted{start, start, 0}
	if m.last.start == start && m.last.offset <= offset {
		from = *m.last
	}
	text := m.tree.Slice(from.offset, min(offset+1, end))
	characters := from.characters + m.characters(text[:offset-from.offset])
	if offset == end || utf8.RuneStart(text[offset-from.offset]) {
		*m.last = counted{start, offset, characters}
	}
	return protocol.Position{Line: uint32(n), Character: uint32(characters)}
}

// characters returns how many characters of the editor a text is.
func (m mapper) characters(text string) int {
	if m.encoding == protocol.UTF8 {
		return len(text)
	}
	n := 0
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			n++
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		n += m.units(r, size)
		i += size
	}
	return n
}

// span returns the range between two byte offsets.
func (m mapper) span(start, end int) protocol.Range {
	return protocol.Range{Start: m.position(start), End: m.position(end)}
}
