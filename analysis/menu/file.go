package menu

import (
	"iter"
	"slices"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// File is one file of a tree with what it contributes. It never changes.
type File struct {
	// ID is the number of Path.
	ID FileID
	// Path is the file's path relative to the tree's directory, with slashes.
	// A file outside of that directory has its absolute path.
	Path string
	// Tree is the parse of the file.
	Tree *parser.Tree

	symbols *Names
	// links are the indexes of the statements that matter to a view, in order.
	links   []uint32
	summary fileSummary
	cache   fileCache
	found   findings
}

// fileSummary is what the chunks of a file's tree contribute, one part for each.
// It is made when it is asked for first: a view does without.
type fileSummary struct {
	once  sync.Once
	parts []*part
}

// NewFile returns a file. It may run in parallel with others over the same
// Names.
func NewFile(id FileID, path string, tree *parser.Tree, symbols *Names) *File {
	return &File{ID: id, Path: path, Tree: tree, symbols: symbols, links: linksOf(tree, 0, tree.Len())}
}

// Summarize finds out what the file contributes, as whoever asks for it first
// would have to. It may run in parallel with others over the same Names.
func (f *File) Summarize() { f.parts() }

// parts returns what the chunks of the file's tree contribute.
func (f *File) parts() []*part {
	f.summary.once.Do(func() {
		all := make([]part, f.Tree.Chunks())
		f.summary.parts = make([]*part, len(all))
		z := summarizer{symbols: f.symbols, batch: min(f.Tree.Size()/80+8, 1024)}
		for i := range all {
			f.summary.parts[i] = &all[i]
			z.chunk(f.Tree, i, &all[i])
		}
	})
	return f.summary.parts
}

// Edit returns the file with an edited tree. Only the chunks that the edit
// replaced are looked at again.
func (f *File) Edit(tree *parser.Tree, change parser.Change) *File {
	edited := &File{ID: f.ID, Path: f.Path, Tree: tree, symbols: f.symbols}
	fresh := make([]*part, 0, change.NewEnd-change.First)
	z := summarizer{symbols: f.symbols}
	for i := change.First; i < change.NewEnd; i++ {
		p := &part{}
		z.chunk(tree, i, p)
		fresh = append(fresh, p)
	}
	old := f.parts()
	edited.summary.once.Do(func() {
		edited.summary.parts = slices.Concat(old[:change.First], fresh, old[change.OldEnd:])
	})

	from, oldEnd := f.statements(change.First, change.OldEnd)
	_, newEnd := edited.statements(change.First, change.NewEnd)
	before, after := f.linksIn(0, from), f.linksIn(oldEnd, f.Tree.Len())
	edited.links = slices.Concat(before, linksOf(tree, from, newEnd), after)
	for i := len(edited.links) - len(after); i < len(edited.links); i++ {
		edited.links[i] += uint32(newEnd - oldEnd)
	}
	return edited
}

// statements returns the range of the statements that the chunks [from, to) of
// the file's tree hold.
func (f *File) statements(from, to int) (first, end int) {
	if from < f.Tree.Chunks() {
		first, _ = f.Tree.Chunk(from)
	} else {
		first = f.Tree.Len()
	}
	if to == from {
		return first, first
	}
	_, end = f.Tree.Chunk(to - 1)
	return first, end
}

// linksOf returns which of the statements [from, to) matter to a view: source
// statements, macro assignments, definitions with a macro reference in their
// name, and modules lines.
func linksOf(t *parser.Tree, from, to int) []uint32 {
	var links []uint32
	for st := range t.OfKind(linkKinds, from, to) {
		if !st.Kind.IsSymbolDefinition() || namedByMacro(st) {
			links = append(links, uint32(st.Index))
		}
	}
	return links
}

// linkKinds are the kinds of the statements that may matter to a view.
const linkKinds = parser.KindSet(1<<parser.Source | 1<<parser.Assignment | 1<<parser.Modules | 1<<parser.Config | 1<<parser.Menuconfig)

// namedByMacro reports whether a definition has a macro reference for a name.
func namedByMacro(st parser.Statement) bool {
	first, _ := st.Operand()
	for i := first; i < st.Len(); i++ {
		switch st.Token(i).Kind {
		case parser.MacroWord:
			return true
		case parser.Word, parser.KwIf:
			return false
		}
	}
	return false
}

// linksIn returns the links among the statements [from, to).
func (f *File) linksIn(from, to int) []uint32 {
	first, _ := slices.BinarySearch(f.links, uint32(from))
	end, _ := slices.BinarySearch(f.links, uint32(to))
	return f.links[first:end]
}

// Occurrence is a place where a file mentions a symbol.
type Occurrence struct {
	Symbol SymbolID
	Role   Role
	// Statement is the statement's index in the file's tree, Token the token's
	// index in the statement.
	Statement, Token int
}

// Token returns the token of an occurrence, with absolute offsets.
func (f *File) Token(o Occurrence) parser.Token { return f.Tree.At(o.Statement).Token(o.Token) }

// Occurrences yields the places that mention any symbol, in order.
func (f *File) Occurrences() iter.Seq[Occurrence] {
	return func(yield func(Occurrence) bool) {
		for i, p := range f.parts() {
			base, _ := f.Tree.Chunk(i)
			for _, o := range p.occurrences {
				if !yield(Occurrence{o.symbol, o.role, base + int(o.statement), int(o.token)}) {
					return
				}
			}
		}
	}
}

// OccurrencesOf yields the places that mention one symbol, in order.
func (f *File) OccurrencesOf(symbol SymbolID) iter.Seq[Occurrence] {
	return func(yield func(Occurrence) bool) {
		for i, p := range f.parts() {
			for j := range p.occurrences {
				if o := &p.occurrences[j]; o.symbol == symbol {
					base, _ := f.Tree.Chunk(i)
					if !yield(Occurrence{o.symbol, o.role, base + int(o.statement), int(o.token)}) {
						return
					}
				}
			}
		}
	}
}

// linking yields the statements that matter to a view, in order.
func (f *File) linking() iter.Seq[parser.Statement] {
	return func(yield func(parser.Statement) bool) {
		for _, i := range f.links {
			if !yield(f.Tree.At(int(i))) {
				return
			}
		}
	}
}

// Sources yields the source statements in order.
func (f *File) Sources() iter.Seq[parser.Statement] {
	return func(yield func(parser.Statement) bool) {
		for st := range f.linking() {
			if st.Kind == parser.Source && !yield(st) {
				return
			}
		}
	}
}

// SameLinks reports whether two versions of a file are the same to a view.
func SameLinks(a, b *File) bool {
	return slices.Equal(a.linkTexts(a.links), b.linkTexts(b.links))
}

// sameLinks reports whether replacing chunks changed nothing that a view
// depends on: the text of the statements that linking yields.
func sameLinks(old, edited *File, change parser.Change) bool {
	a := old.linksIn(old.statements(change.First, change.OldEnd))
	b := edited.linksIn(edited.statements(change.First, change.NewEnd))
	return slices.Equal(old.linkTexts(a), edited.linkTexts(b))
}

func (f *File) linkTexts(links []uint32) []string {
	var texts []string
	for _, i := range links {
		texts = append(texts, f.Tree.At(int(i)).Text())
	}
	return texts
}
