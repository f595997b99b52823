package analysis

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// FoldKind says what a fold hides.
type FoldKind uint8

// The kinds of folds.
const (
	FoldRegion  FoldKind = iota + 1 // a block, entry, or continued line
	FoldComment                     // help text or a run of comments
	FoldImports                     // a run of source statements
)

// Fold is a part of a file that can be hidden: from the end of its first line,
// which stays, to the end of its last. It spans more than one line.
type Fold struct {
	Start, End int // byte offsets
	Kind       FoldKind
}

// Folding returns the folds of a file, sorted by place: blocks without the line
// that ends them, entries with their attributes, help texts, and runs of
// comments, of macro definitions and of source statements. No two begin in the
// same line: the longer one counts.
func Folding(s *Snapshot, path string) []Fold {
	if c, ok := s.configScope(path); ok {
		return c.foldConfig()
	}
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	b := folder{tree: c.file.Tree}
	b.blocks()
	b.statements(c.file)
	return b.sorted()
}

type folder struct {
	tree  *parser.Tree
	folds []Fold
}

// add adds a fold from the line of one offset to the line of another.
func (b *folder) add(start, end int, kind FoldKind) {
	line := b.tree.Line(start)
	if b.tree.Line(end) > line {
		b.folds = append(b.folds, Fold{b.lineEnd(line), end, kind})
	}
}

// lineEnd returns where a line ends, without what ends it.
func (b *folder) lineEnd(line int) int {
	start, next := b.tree.LineStart(line), b.tree.LineStart(line+1)
	text := b.tree.Slice(start, next)
	for len(text) > 0 && (text[len(text)-1] == '\n' || text[len(text)-1] == '\r') {
		text = text[:len(text)-1]
	}
	return start + len(text)
}

// blocks adds the menus, choices and ifs.
func (b *folder) blocks() {
	for _, block := range b.tree.Blocks() {
		end := b.tree.Size()
		if block.Close < b.tree.Len() {
			end = int(b.tree.At(block.Close).Start)
		}
		if end == 0 {
			continue
		}
		start, _ := wordRange(b.tree.At(block.Open))
		if end = b.lineEnd(b.tree.Line(end - 1)); end > int(start) {
			b.add(int(start), end, FoldRegion)
		}
	}
}

// statements adds what a pass over the statements finds.
func (b *folder) statements(f *menu.File) {
	var r run
	for st := range b.tree.All() {
		kind, blank := runKind(st)
		if kind != r.kind && !(blank && r.kind == parser.Source) {
			b.endRun(&r)
			r.kind = kind
		}
		start, end := statementRange(st)
		if kind != parser.Unknown && kind == r.kind {
			if r.count == 0 {
				r.start = int(start)
			}
			if kind == parser.Blank {
				end = st.Token(st.Len() - 1).End
			}
			r.end, r.count = int(end), r.count+1
		}
		switch {
		case st.Kind == parser.Config, st.Kind == parser.Menuconfig, st.Kind == parser.Configdefault, st.Kind == parser.MenuComment:
			_, last := entryRange(menu.Entry{File: f, Head: st})
			b.add(int(start), int(last), FoldRegion)
		case st.Kind == parser.HelpText && st.Len() > 0:
			if st.Index > 0 {
				help, _ := wordRange(b.tree.At(st.Index - 1))
				b.add(int(help), int(end), FoldComment)
			}
		case end > start && st.Kind != parser.Blank:
			b.add(int(start), int(end), FoldRegion)
		}
	}
	b.endRun(&r)
}

// run is a number of statements of the same sort after each other: comments,
// assignments or source statements.
type run struct {
	kind       parser.StatementKind
	start, end int
	count      int
}

// runKind returns the sort of run that a statement belongs to, Unknown for none,
// and whether it is an empty line.
func runKind(st parser.Statement) (kind parser.StatementKind, empty bool) {
	switch st.Kind {
	case parser.Assignment, parser.Source:
		return st.Kind, false
	case parser.Blank:
		if st.Len() > 0 && st.Token(0).Kind == parser.Comment {
			return parser.Blank, false
		}
		return parser.Unknown, true
	}
	return parser.Unknown, false
}

func (b *folder) endRun(r *run) {
	if r.count > 1 {
		kind := FoldRegion
		switch r.kind {
		case parser.Blank:
			kind = FoldComment
		case parser.Source:
			kind = FoldImports
		}
		b.add(r.start, r.end, kind)
	}
	*r = run{}
}

// sorted returns the folds by place, of those that begin in the same line the
// longest.
func (b *folder) sorted() []Fold {
	slices.SortStableFunc(b.folds, func(x, y Fold) int {
		if x.Start != y.Start {
			return x.Start - y.Start
		}
		return y.End - x.End
	})
	return slices.CompactFunc(b.folds, func(x, y Fold) bool { return x.Start == y.Start })
}
