package menu

import (
	"iter"
	"slices"

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

	parts []*part // one per chunk of Tree
	cache fileCache
	found findings
}

// NewFile returns a file with its contribution. It may run in parallel with
// others over the same Names.
func NewFile(id FileID, path string, tree *parser.Tree, symbols *Names) *File {
	f := &File{ID: id, Path: path, Tree: tree, parts: make([]*part, tree.Chunks())}
	parts := make([]part, len(f.parts))
	z := summarizer{symbols: symbols, batch: min(tree.Size()/80+8, 1024)}
	for i := range f.parts {
		f.parts[i] = &parts[i]
		z.chunk(tree, i, f.parts[i])
	}
	return f
}

// Edit returns the file with an edited tree. Only the chunks that the edit
// replaced are looked at again.
func (f *File) Edit(tree *parser.Tree, change parser.Change, symbols *Names) *File {
	edited := &File{ID: f.ID, Path: f.Path, Tree: tree}
	fresh := make([]*part, 0, change.NewEnd-change.First)
	z := summarizer{symbols: symbols}
	for i := change.First; i < change.NewEnd; i++ {
		p := &part{}
		z.chunk(tree, i, p)
		fresh = append(fresh, p)
	}
	edited.parts = slices.Concat(f.parts[:change.First], fresh, f.parts[change.OldEnd:])
	return edited
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
		for i, p := range f.parts {
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
		for i, p := range f.parts {
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

// links yields the statements that matter to a view, in order.
func (f *File) links() iter.Seq[parser.Statement] {
	return func(yield func(parser.Statement) bool) {
		for i, p := range f.parts {
			base, _ := f.Tree.Chunk(i)
			for _, n := range p.links {
				if !yield(f.Tree.At(base + int(n))) {
					return
				}
			}
		}
	}
}

// Sources yields the source statements in order.
func (f *File) Sources() iter.Seq[parser.Statement] {
	return func(yield func(parser.Statement) bool) {
		for st := range f.links() {
			if st.Kind == parser.Source && !yield(st) {
				return
			}
		}
	}
}

// SameLinks reports whether two versions of a file are the same to a view.
func SameLinks(a, b *File) bool {
	return slices.Equal(a.linkTexts(0, len(a.parts)), b.linkTexts(0, len(b.parts)))
}

// sameLinks reports whether replacing the parts changed nothing that a view
// depends on: the text of the statements that links yields.
func sameLinks(old, edited *File, change parser.Change) bool {
	a, b := old.linkTexts(change.First, change.OldEnd), edited.linkTexts(change.First, change.NewEnd)
	return slices.Equal(a, b)
}

func (f *File) linkTexts(from, to int) []string {
	var texts []string
	for i := from; i < to; i++ {
		base, _ := f.Tree.Chunk(i)
		for _, n := range f.parts[i].links {
			texts = append(texts, f.Tree.At(base+int(n)).Text())
		}
	}
	return texts
}
