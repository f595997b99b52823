package analysis

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// writingKind says what is being written at a place.
type writingKind uint8

const (
	writingNothing writingKind = iota // free text, or nothing that can be helped
	writingKeyword                    // the first word of a statement
	writingOperand                    // what follows it
	writingMacro                      // the name of a macro behind "$("
	writingPath                       // the path of a source statement
)

// writing is a place of a file where something is being written.
type writing struct {
	scope
	kind writingKind
	// st is the statement at the place. Before tells its significant tokens in
	// front of the word that is being written.
	st     parser.Statement
	before []parser.TokenKind
	// suffix tells that an "if" behind operands is among them.
	suffix bool
	// index is where a new statement at the place would stand in the file.
	index int
	// typed is the part of the word in front of the place. Start and end are
	// the whole word.
	typed      string
	start, end uint32
	// indent is the white space that the line begins with.
	indent string
	// path is what stands in front of typed in the path of a source statement.
	path string
}

// maxLine is how long a line may be that is looked at, in bytes. Nobody writes
// longer ones by hand.
const maxLine = 4096

// writingAt tells what is being written at an offset.
func (c scope) writingAt(offset int) writing {
	tree := c.file.Tree
	w := writing{scope: c}
	if offset < 0 || offset > tree.Size() {
		return w
	}
	number := tree.Line(offset)
	lineStart, lineEnd := tree.LineStart(number), tree.LineStart(number+1)
	if lineEnd-lineStart > maxLine {
		return w
	}
	text := tree.Slice(lineStart, lineEnd)
	text = strings.TrimSuffix(text, "\n")
	at := min(offset-lineStart, len(text))
	// A place behind a "\r" is one of its own: what is replaced reaches up to it.
	text = text[:max(at, len(strings.TrimRight(text, "\r")))]
	start, end := wordAround(text, at)
	w.indent = text[:len(text)-len(strings.TrimLeft(text, " \t"))]
	w.typed = text[start:at]
	w.start, w.end = uint32(lineStart+start), uint32(lineStart+end)

	w.index = tree.Len()
	st, ok := statementAt(tree, lineStart, offset)
	if !ok {
		w.kind = writingKeyword // a new line at the end of the file
		return w
	}
	w.st, w.index = st, st.Index
	if inHelp(tree, st, lineStart, text[:at], w.indent) {
		return w
	}
	if st.Kind == parser.HelpText {
		w.index = st.Index + 1
		w.kind = writingKeyword
		return w
	}
	w.look(uint32(offset))
	return w
}

// statementAt returns the statement that the line belongs to. It reports false
// for the empty line behind the last line end.
func statementAt(tree *parser.Tree, lineStart, offset int) (parser.Statement, bool) {
	if tree.Len() == 0 || lineStart == tree.Size() && tree.Slice(lineStart-1, lineStart) == "\n" {
		return parser.Statement{}, false
	}
	at := offset
	if offset > lineStart {
		at = offset - 1 // the end of a line belongs to it
	}
	return tree.At(tree.IndexAt(at)), true
}

// inHelp reports whether the place is in a help text, or on a line that is
// indented as the help text above it is.
func inHelp(tree *parser.Tree, st parser.Statement, lineStart int, before, indent string) bool {
	switch st.Kind {
	case parser.HelpText:
		if st.Len() == 0 {
			return indent != ""
		}
		body := st.Token(0)
		if lineStart < int(body.End) {
			return true
		}
		return indent != "" && columns(indent) >= helpColumns(tree, body)
	case parser.Blank:
		if st.Index == 0 || strings.TrimLeft(before, " \t") != "" {
			return false
		}
		last := tree.At(st.Index - 1)
		return last.Kind == parser.HelpText && last.Len() > 0 && indent != "" && columns(indent) >= helpColumns(tree, last.Token(0))
	}
	return false
}

// helpColumns returns how far a help text is indented.
func helpColumns(tree *parser.Tree, body parser.Token) int {
	for line := range strings.Lines(tree.Slice(int(body.Start), int(body.End))) {
		if rest := strings.TrimLeft(line, " \t"); strings.TrimSpace(rest) != "" {
			start := tree.LineStart(tree.Line(int(body.Start)))
			if int(body.Start) > start { // the token begins behind the blanks
				line = tree.Slice(start, int(body.Start)) + line
				rest = strings.TrimLeft(line, " \t")
			}
			return columns(line[:len(line)-len(rest)])
		}
	}
	return 0
}

// columns returns how wide white space is, tabs counting to multiples of eight.
func columns(indent string) int {
	width := 0
	for i := range len(indent) {
		if indent[i] == '\t' {
			width = width&^7 + 8
		} else {
			width++
		}
	}
	return width
}

// look finds out what is written from the tokens before the place.
func (w *writing) look(offset uint32) {
	for i := range w.st.Len() {
		t := w.st.Token(i)
		if t.Start >= offset {
			break
		}
		inside := offset < t.End || offset == t.End && !closed(w.st.TokenText(i))
		switch t.Kind {
		case parser.Comment:
			return
		case parser.BadCharacter:
			continue
		case parser.String, parser.Path, parser.Value, parser.MacroWord:
			// A token may end with an open macro in front of the place: conf reads no
			// further than a NUL.
			if offset <= t.End && w.inMacro(w.st.TokenText(i)[:offset-t.Start], t.Start) {
				return
			}
			if inside && w.st.Kind == parser.Source {
				w.inPath(t, i, offset)
				return
			}
			if inside && t.Kind != parser.MacroWord || t.Kind == parser.Value {
				return // text is free
			}
		}
		if t.End > w.start || t.End == offset && t.Kind == parser.Path {
			break // the word itself
		}
		if t.Kind == parser.KwIf && len(w.before) > 0 && w.st.Kind != parser.If && w.st.Kind != parser.VisibleIf {
			w.suffix = true
		}
		w.before = append(w.before, t.Kind)
	}
	w.kind = writingOperand
	if len(w.before) == 0 {
		w.kind = writingKeyword
	}
}

// closed reports whether a token is not in quotes, or has its closing quote.
func closed(text string) bool {
	if text == "" || text[0] != '"' && text[0] != '\'' {
		return true
	}
	return len(text) > 1 && text[len(text)-1] == text[0] && !strings.HasSuffix(text[:len(text)-1], `\`)
}

// inMacro notes that the name of a macro is being written, or one of its
// arguments, if the text ends so. The text goes from start up to the place; the
// word at the place ends where any other would.
func (w *writing) inMacro(text string, start uint32) bool {
	refs := macro.References(text)
	for i := len(refs) - 1; i >= 0; i-- {
		ref := refs[i]
		if !ref.Open {
			continue
		}
		w.kind = writingMacro
		w.typed = text[ref.Name.Start:]
		w.start = start + ref.Name.Start
		if len(ref.Args) > 0 {
			w.kind = writingNothing
		}
		return true
	}
	return false
}

// inPath notes that a path is being written.
func (w *writing) inPath(t parser.Token, i int, offset uint32) {
	text := w.st.TokenText(i)
	begin := uint32(0)
	if text[0] == '"' || text[0] == '\'' {
		begin = 1
	}
	at := offset - t.Start
	if at < begin {
		return
	}
	typed := text[begin:at]
	slash := strings.LastIndexByte(typed, '/') + 1
	w.kind = writingPath
	w.path, w.typed = typed[:slash], typed[slash:]
	w.start, w.end = t.Start+begin+uint32(slash), offset
	for rest := text[at:]; rest != "" && strings.IndexByte("/\"' \t\r\n", rest[0]) < 0; rest = rest[1:] {
		w.end++
	}
}

// wordAround returns the range of the word that contains or touches an offset
// of a line.
func wordAround(text string, at int) (start, end int) {
	start, end = at, at
	for start > 0 && isWordByte(text[start-1]) {
		start--
	}
	for end < len(text) && isWordByte(text[end]) {
		end++
	}
	return start, end
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}
