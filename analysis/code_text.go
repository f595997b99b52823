package analysis

import (
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
)

// codeText is the text of a file that a build reads rather than a configurator: a
// Makefile, or code in C, Rust, assembly and the like. What is found in it is
// looked for when somebody asks.
type codeText struct {
	text       string
	language   kbuild.Language
	starts     []int32 // of the lines
	loneReturn bool

	references func() []kbuild.Reference
	makefile   func() *kbuild.Makefile
}

func newCodeText(text string, language kbuild.Language) *codeText {
	return codeTextWith(text, language, appendLineStarts([]int32{0}, text, 0))
}

// codeTextWith is newCodeText for a text whose lines are known.
func codeTextWith(text string, language kbuild.Language, starts []int32) *codeText {
	t := &codeText{text: text, language: language, starts: starts, loneReturn: hasLoneReturn(text)}
	t.references = sync.OnceValue(func() []kbuild.Reference { return kbuild.References(t.text, t.language) })
	t.makefile = sync.OnceValue(func() *kbuild.Makefile { return kbuild.Parse(t.text) })
	return t
}

// appendLineStarts appends where lines begin behind the line ends of a text, which
// is at an offset of a longer one.
func appendLineStarts(starts []int32, text string, offset int) []int32 {
	for at := 0; ; {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return starts
		}
		at += n + 1
		starts = append(starts, int32(offset+at))
	}
}

// edit returns the text after an edit. It costs copies of the text and of its
// lines, and nothing is looked for in it.
func (t *codeText) edit(e Edit) *codeText {
	e.Start = min(max(e.Start, 0), len(t.text))
	e.End = min(max(e.End, e.Start), len(t.text))
	first, last := t.Line(e.Start), t.Line(e.End)
	starts := make([]int32, 0, len(t.starts)+strings.Count(e.Text, "\n"))
	starts = appendLineStarts(append(starts, t.starts[:first+1]...), e.Text, e.Start)
	moved := int32(len(e.Text) - (e.End - e.Start))
	for _, start := range t.starts[last+1:] {
		starts = append(starts, start+moved)
	}
	return codeTextWith(t.text[:e.Start]+e.Text+t.text[e.End:], t.language, starts)
}

func (t *codeText) Text() string        { return t.text }
func (t *codeText) Size() int           { return len(t.text) }
func (t *codeText) Lines() int          { return len(t.starts) }
func (t *codeText) HasLoneReturn() bool { return t.loneReturn }

func (t *codeText) Slice(start, end int) string {
	start = min(max(start, 0), len(t.text))
	return t.text[start:min(max(end, start), len(t.text))]
}

func (t *codeText) Line(offset int) int {
	return max(sort.Search(len(t.starts), func(i int) bool { return int(t.starts[i]) > offset })-1, 0)
}

func (t *codeText) LineStart(line int) int {
	if line >= len(t.starts) {
		return len(t.text)
	}
	return int(t.starts[max(line, 0)])
}

// referenceAt returns the name of a symbol that an offset is in or at the end of.
func (t *codeText) referenceAt(offset int) (kbuild.Reference, bool) {
	found := t.references()
	i, _ := slices.BinarySearchFunc(found, offset, func(r kbuild.Reference, offset int) int { return r.End - offset })
	if i == len(found) || found[i].Start > offset {
		return kbuild.Reference{}, false
	}
	return found[i], true
}
