package parser

import (
	"iter"
	"sort"
	"strings"
	"sync/atomic"
)

// Tree is the parse of one file. It never changes; Edit makes a new one. Its
// methods may be called from any number of goroutines.
type Tree struct {
	dialect Dialect
	chunks  []span
	blocks  *structure
	text    atomic.Pointer[string] // the whole text, once somebody asked for it
}

// span is a chunk at its place in a tree.
type span struct {
	*chunk
	start     uint32 // byte offset
	line      uint32 // number of "\n" before start
	statement uint32 // number of statements before it
}

// MaxSize is the longest text that Parse takes, in bytes: offsets are uint32,
// and no Kconfig file is remotely that long.
const MaxSize = 1 << 30

// Parse parses a text. It panics if the text is longer than MaxSize: callers
// refuse such files before they read them.
func Parse(text string, d Dialect) *Tree {
	if len(text) > MaxSize {
		panic("parser: text longer than MaxSize")
	}
	t := &Tree{dialect: d}
	t.text.Store(&text)
	k := newChunker(text, d, state{})
	k.expect(len(text))
	k.tokens = make([]Token, 0, 64)
	k.statements = make([]statement, 0, 32)
	n := len(text)/chunkSize + 1
	t.chunks = make([]span, 0, n)
	chunks := make([]chunk, 0, n)
	at := span{}
	for int(k.pos) < len(text) {
		chunks = append(chunks, chunk{})
		at.chunk = &chunks[len(chunks)-1]
		k.next(at.chunk)
		t.chunks = append(t.chunks, at)
		at = at.after()
	}
	t.blocks = newStructure(t)
	return t
}

// after returns the place behind the span, without a chunk.
func (s span) after() span {
	return span{
		start:     s.start + uint32(len(s.text)),
		line:      s.line + s.lines,
		statement: s.statement + uint32(len(s.statements)),
	}
}

// Text returns the text that was parsed. After an edit the first call puts it
// together, at the cost of a copy; Slice is cheaper for parts.
func (t *Tree) Text() string {
	if text := t.text.Load(); text != nil {
		return *text
	}
	text := t.Slice(0, t.Size())
	t.text.Store(&text)
	return text
}

// Size returns the length of the text in bytes.
func (t *Tree) Size() int { return int(t.end().start) }

// Slice returns the text between two offsets, which are clamped to the text.
// It costs no copy within a line.
func (t *Tree) Slice(start, end int) string {
	start = min(max(start, 0), t.Size())
	end = min(max(end, start), t.Size())
	if start == end {
		return ""
	}
	k := t.chunkAt(start)
	c := t.chunks[k]
	if from := start - int(c.start); end-int(c.start) <= len(c.text) {
		return c.text[from : end-int(c.start)]
	}
	var b strings.Builder
	b.Grow(end - start)
	for ; k < len(t.chunks) && int(t.chunks[k].start) < end; k++ {
		c := t.chunks[k]
		from, to := max(start-int(c.start), 0), min(end-int(c.start), len(c.text))
		b.WriteString(c.text[from:to])
	}
	return b.String()
}

// Dialect returns the dialect that the text was parsed as.
func (t *Tree) Dialect() Dialect { return t.dialect }

// Len returns the number of statements.
func (t *Tree) Len() int { return int(t.end().statement) }

// end returns the place behind the last chunk.
func (t *Tree) end() span {
	if len(t.chunks) == 0 {
		return span{}
	}
	return t.chunks[len(t.chunks)-1].after()
}

// At returns statement i, counted from 0.
func (t *Tree) At(i int) Statement {
	k := sort.Search(len(t.chunks), func(k int) bool { return int(t.chunks[k].statement) > i }) - 1
	return t.chunks[k].at(i - int(t.chunks[k].statement))
}

// at returns statement i of the chunk.
func (s span) at(i int) Statement {
	var before statement
	if i > 0 {
		before = s.statements[i-1]
	}
	st := s.statements[i]
	return Statement{
		Kind:   st.kind,
		Index:  int(s.statement) + i,
		Start:  s.start + before.end,
		End:    s.start + st.end,
		text:   s.text,
		tokens: s.tokens[before.tokenEnd:st.tokenEnd],
		base:   s.start,
	}
}

// IndexAt returns the index of the statement that holds the offset. Offsets
// at or past the end belong to the last statement. It is -1 in an empty tree.
func (t *Tree) IndexAt(offset int) int {
	k := t.chunkAt(offset)
	if k < 0 {
		return -1
	}
	c := t.chunks[k]
	i := sort.Search(len(c.statements), func(i int) bool { return int(c.start+c.statements[i].end) > offset })
	return int(c.statement) + min(i, len(c.statements)-1)
}

// chunkAt returns the index of the chunk that holds the offset.
func (t *Tree) chunkAt(offset int) int {
	return max(sort.Search(len(t.chunks), func(k int) bool { return int(t.chunks[k].start) > offset })-1, min(0, len(t.chunks)-1))
}

// All yields the statements in order.
func (t *Tree) All() iter.Seq[Statement] { return t.From(0) }

// From yields the statements from index i on.
func (t *Tree) From(i int) iter.Seq[Statement] {
	return func(yield func(Statement) bool) {
		if i >= t.Len() {
			return
		}
		k := sort.Search(len(t.chunks), func(k int) bool { return int(t.chunks[k].statement) > i }) - 1
		j := i - int(t.chunks[k].statement)
		for ; k < len(t.chunks); k, j = k+1, 0 {
			for ; j < len(t.chunks[k].statements); j++ {
				if !yield(t.chunks[k].at(j)) {
					return
				}
			}
		}
	}
}

// OfKind yields the statements from index from up to index to whose kind is in a
// set, in order. It costs little for those that it passes over.
func (t *Tree) OfKind(set KindSet, from, to int) iter.Seq[Statement] {
	return func(yield func(Statement) bool) {
		k := sort.Search(len(t.chunks), func(k int) bool { return int(t.chunks[k].statement) > from }) - 1
		for k = max(k, 0); k < len(t.chunks) && int(t.chunks[k].statement) < to; k++ {
			c := t.chunks[k]
			first, end := max(from-int(c.statement), 0), min(to-int(c.statement), len(c.statements))
			for j := first; j < end; j++ {
				if set.Has(c.statements[j].kind) && !yield(c.at(j)) {
					return
				}
			}
		}
	}
}

// Chunk returns the statement range [from, to) of chunk i.
func (t *Tree) Chunk(i int) (from, to int) {
	c := t.chunks[i]
	return int(c.statement), int(c.statement) + len(c.statements)
}

// Shared returns how many statements at the beginning and at the end of two trees are
// the same because one was made from the other by edits. It looks at chunks, not at
// text; the two ranges do not overlap in either tree.
func (t *Tree) Shared(other *Tree) (head, tail int) {
	n := min(len(t.chunks), len(other.chunks))
	first, last := 0, 0
	for first < n && t.chunks[first].chunk == other.chunks[first].chunk {
		first++
	}
	for last < n-first && t.chunks[len(t.chunks)-1-last].chunk == other.chunks[len(other.chunks)-1-last].chunk {
		last++
	}
	if first < len(t.chunks) {
		head = int(t.chunks[first].statement)
	} else {
		head = t.Len()
	}
	if last > 0 {
		tail = t.Len() - int(t.chunks[len(t.chunks)-last].statement)
	}
	return head, tail
}

// Chunks returns the number of chunks. Chunks matter to those who keep derived
// data along with a tree: see Edit.
func (t *Tree) Chunks() int { return len(t.chunks) }

// EntryBefore returns the kind of the entry that is open where chunk i begins,
// Blank if there is none.
func (t *Tree) EntryBefore(i int) StatementKind { return t.chunks[i].before.entry }

// Lines returns the number of lines, which is one more than the number of line
// ends.
func (t *Tree) Lines() int { return int(t.end().line) + 1 }

// Line returns the number of the line that holds the offset, counted from 0.
func (t *Tree) Line(offset int) int {
	offset = min(max(offset, 0), t.Size())
	k := t.chunkAt(offset)
	if k < 0 {
		return 0
	}
	c := t.chunks[k]
	return int(c.line) + strings.Count(c.text[:offset-int(c.start)], "\n")
}

// LineStart returns the offset of the first byte of a line, the text's length
// for lines past the end.
func (t *Tree) LineStart(line int) int {
	if line <= 0 {
		return 0
	}
	if line >= t.Lines() {
		return t.Size()
	}
	k := sort.Search(len(t.chunks), func(k int) bool { return int(t.chunks[k].line) > line }) - 1
	c := t.chunks[k]
	at := 0
	for n := line - int(c.line); n > 0; n-- {
		at += strings.IndexByte(c.text[at:], '\n') + 1
	}
	return int(c.start) + at
}

// EndsUnterminated reports whether the text ends inside a statement, without a
// line end, and returns that statement. Linux from 6.12 on rejects that in a
// root file and warns about it elsewhere.
func (t *Tree) EndsUnterminated() (Statement, bool) {
	if len(t.chunks) == 0 || !t.chunks[len(t.chunks)-1].unterminated {
		return Statement{}, false
	}
	return t.At(t.Len() - 1), true
}
