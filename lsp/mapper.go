package lsp

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
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
	text     analysis.Text
	encoding protocol.PositionEncoding
	// lines are the starts of an editor's lines, for texts with a lone "\r".
	lines []int
	// last is where the search for the next position can begin: offsets are
	// asked for in order most often, and a line can be very long. It makes a
	// mapper unfit for concurrent use.
	last *counted
}

// counted is a line, and how many characters lie between its start and an
// offset in it.
type counted struct {
	line               int
	start, end, next   int // as of mapper.bounds
	offset, characters int
}

func newMapper(text analysis.Text, encoding protocol.PositionEncoding) mapper {
	m := mapper{text: text, encoding: encoding, last: &counted{}}
	if text.HasLoneReturn() {
		m.lines = editorLines(text.Text())
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

// bounds returns where a line begins, where its text ends, before what ends the
// line, and where the next line begins. Lines past the end are empty and lie at
// the end.
func (m mapper) bounds(n int) (start, end, next int) {
	next = m.text.Size()
	if m.lines != nil {
		if n >= len(m.lines) {
			return next, next, next
		}
		start = m.lines[n]
		if n+1 < len(m.lines) {
			next = m.lines[n+1]
		}
	} else {
		if n >= m.text.Lines() {
			return next, next, next
		}
		start = m.text.LineStart(n)
		if n+1 < m.text.Lines() {
			next = m.text.LineStart(n + 1)
		}
	}
	tail := m.text.Slice(max(start, next-2), next)
	text := strings.TrimSuffix(strings.TrimSuffix(tail, "\n"), "\r")
	return start, next - (len(tail) - len(text)), next
}

// lineAt returns the number of the line that an offset lies in.
func (m mapper) lineAt(offset int) int {
	if m.lines == nil {
		return m.text.Line(offset)
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
	start, end, _ := m.bounds(int(p.Line))
	// No character is shorter than a byte in any encoding's count but UTF-8's
	// own, so a prefix of four bytes for each is enough to look at.
	if most := start + utf8.UTFMax*int(min(p.Character, math.MaxInt32/8)) + utf8.UTFMax; most < end {
		end = most
	}
	return start + m.bytes(m.text.Slice(start, end), int(p.Character))
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
	offset = min(max(offset, 0), m.text.Size())
	at := m.last
	if offset < at.start || offset >= at.next {
		*at = counted{line: m.lineAt(offset)}
		at.start, at.end, at.next = m.bounds(at.line)
		at.offset = at.start
	}
	offset = min(offset, at.end)
	if m.encoding == protocol.UTF8 {
		return protocol.Position{Line: uint32(at.line), Character: uint32(offset - at.start)}
	}
	if offset < at.offset {
		at.offset, at.characters = at.start, 0
	}
	text := m.text.Slice(at.offset, min(offset+1, at.end))
	n := offset - at.offset
	characters := at.characters + m.characters(text[:n])
	if n == len(text) || utf8.RuneStart(text[n]) {
		at.offset, at.characters = offset, characters
	}
	return protocol.Position{Line: uint32(at.line), Character: uint32(characters)}
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
