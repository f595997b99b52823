package analysis

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Text is the text of a file with its lines, which is all that has to be known
// to turn offsets into positions. Lines end at "\n" only and count from 0. It
// never changes.
type Text interface {
	// Text returns the whole text, Size how many bytes it has.
	Text() string
	Size() int
	// Slice returns the bytes [start, end).
	Slice(start, end int) string
	// Lines returns how many lines there are: behind a line end there is always
	// another one. Line returns the one that holds an offset, LineStart where
	// one begins.
	Lines() int
	Line(offset int) int
	LineStart(line int) int
	// HasLoneReturn reports whether there is a "\r" that no "\n" follows.
	HasLoneReturn() bool
}

var (
	_ Text = (*parser.Tree)(nil)
	_ Text = (*configLines)(nil)
	_ Text = (*codeText)(nil)
)

// configLines is the text of a configuration file with its parse.
type configLines struct {
	file       *config.File
	loneReturn bool
}

func newConfigLines(f *config.File) *configLines { return &configLines{f, hasLoneReturn(f.Text)} }

func (t *configLines) edit(e Edit) *configLines {
	return newConfigLines(t.file.Edit(e.Start, e.End, e.Text))
}

func (t *configLines) Text() string { return t.file.Text }
func (t *configLines) Size() int    { return len(t.file.Text) }

func (t *configLines) Slice(start, end int) string {
	start = min(max(start, 0), t.Size())
	return t.file.Text[start:min(max(end, start), t.Size())]
}

func (t *configLines) Line(offset int) int { return t.file.LineAt(offset) }
func (t *configLines) HasLoneReturn() bool { return t.loneReturn }

func (t *configLines) Lines() int {
	if text := t.file.Text; text == "" || strings.HasSuffix(text, "\n") {
		return len(t.file.Lines) + 1
	}
	return len(t.file.Lines)
}

func (t *configLines) LineStart(line int) int {
	if line >= len(t.file.Lines) {
		return len(t.file.Text)
	}
	return int(t.file.Lines[max(line, 0)].Start)
}

func hasLoneReturn(text string) bool {
	for {
		at := strings.IndexByte(text, '\r')
		if at < 0 {
			return false
		}
		text = text[at+1:]
		if text == "" || text[0] != '\n' {
			return true
		}
	}
}
