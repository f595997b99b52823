package menu

import (
	"iter"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Sources is the set of files of one tree, with an index from symbols to the
// files that mention them. It never changes.
type Sources struct {
	// Symbols and Paths number the names of symbols and files. All versions of
	// a tree's Sources share them.
	Symbols, Paths *Names

	files vector[*File]
	index *index
	// definitions changes with the set of names that are defined, so that what
	// was derived from that set can be kept while it holds.
	definitions *generation
	names       *nameTable // of what is defined
	// dependencies changes with what the statements of the tree say of symbols,
	// apart from where they say it.
	dependencies *generation
	// meaning changes with anything that a tool reads of the statements, apart
	// from where they stand.
	meaning  *generation
	assigned *assignedNames
}

// generation is an identity.
type generation struct{ _ byte }

// NewSources returns the set of the given files, which were made with the
// given numberings. With is for single files.
func NewSources(symbols, paths *Names, files []*File) *Sources {
	s := &Sources{Symbols: symbols, Paths: paths, definitions: new(generation), names: new(nameTable), dependencies: new(generation), meaning: new(generation), index: &index{}, assigned: &assignedNames{}}
	byID := make([]*File, paths.Len())
	for _, f := range files {
		byID[f.ID] = f
	}
	s.files = vectorOf(byID)
	return s
}

// File returns the file with the number, nil if it is not in the set.
func (s *Sources) File(id FileID) *File { return s.files.at(uint32(id)) }

// FileByPath returns the file with the path, nil if it is not in the set.
func (s *Sources) FileByPath(path string) *File {
	if id, ok := s.Paths.Lookup(path); ok {
		return s.files.at(id)
	}
	return nil
}

// Files yields the files in the order of their numbers.
func (s *Sources) Files() iter.Seq[*File] {
	return func(yield func(*File) bool) {
		for _, page := range s.files.pages {
			if page == nil {
				continue
			}
			for _, f := range page {
				if f != nil && !yield(f) {
					return
				}
			}
		}
	}
}

// DefinedIn returns the files that define the symbol. The caller must not
// change the slice.
func (s *Sources) DefinedIn(symbol SymbolID) []FileID {
	if p := s.uses().at(uint32(symbol)); p != nil {
		return p[definitions]
	}
	return nil
}

// ReferencedIn returns the files that mention the symbol other than to define
// it. The caller must not change the slice.
func (s *Sources) ReferencedIn(symbol SymbolID) []FileID {
	if p := s.uses().at(uint32(symbol)); p != nil {
		return p[references]
	}
	return nil
}

// ByPath returns files in the order of their paths. Their numbers are those of the order
// in which they happened to be read, so who takes the first of several needs it.
func (s *Sources) ByPath(files []FileID) []FileID {
	if len(files) < 2 {
		return files
	}
	return slices.SortedFunc(slices.Values(files), func(a, b FileID) int { return strings.Compare(s.File(a).Path, s.File(b).Path) })
}

// Selected reports whether any file selects the symbol.
func (s *Sources) Selected(symbol SymbolID) bool {
	p := s.uses().at(uint32(symbol))
	return p != nil && len(p[selections]) > 0
}

// Lookup returns the number of a symbol that is mentioned anywhere.
func (s *Sources) Lookup(name string) (SymbolID, bool) {
	s.Index() // so that all have numbers
	id, ok := s.Symbols.Lookup(name)
	return SymbolID(id), ok
}

// Name returns the name of a symbol.
func (s *Sources) Name(symbol SymbolID) string { return s.Symbols.String(uint32(symbol)) }

// Defined yields the symbols that have a definition, in no useful order.
func (s *Sources) Defined() iter.Seq[SymbolID] {
	return func(yield func(SymbolID) bool) {
		for i, page := range s.uses().pages {
			if page == nil {
				continue
			}
			for j, p := range page {
				if p != nil && len(p[definitions]) > 0 && !yield(SymbolID(i*pageSize+j)) {
					return
				}
			}
		}
	}
}

// With returns the set with a file added or replaced as a whole.
func (s *Sources) With(f *File) *Sources {
	old := s.File(f.ID)
	var removed []*part
	if old != nil {
		removed = old.parts()
	}
	return s.replace(f, removed, f.parts())
}

// WithEdit returns the set with the edited version of a file, and reports
// whether views stay as they are.
func (s *Sources) WithEdit(edited *File, change parser.Change) (_ *Sources, viewsHold bool) {
	old := s.File(edited.ID)
	after := s.replace(edited, old.parts()[change.First:change.OldEnd], edited.parts()[change.First:change.NewEnd])
	if sameMeaning(old, edited, change) {
		after.meaning = s.meaning
	}
	return after, sameLinks(old, edited, change)
}

// Without returns the set without the file.
func (s *Sources) Without(id FileID) *Sources {
	old := s.File(id)
	if old == nil {
		return s
	}
	gone := NewFile(id, old.Path, parser.Parse("", old.Tree.Dialect()), s.Symbols)
	after := s.replace(gone, old.parts(), nil)
	after.files = after.files.with(uint32(id), nil)
	return after
}

// replace puts a file in the set and moves the index along, given the parts
// that its old version had and that its new version has.
func (s *Sources) replace(f *File, removed, added []*part) *Sources {
	after := &Sources{
		Symbols: s.Symbols, Paths: s.Paths,
		files: s.files.with(uint32(f.ID), f), index: &index{}, definitions: s.definitions, names: s.names,
		dependencies: s.dependencies, meaning: new(generation), assigned: &assignedNames{},
	}
	after.index.once.Do(func() { after.index.uses = s.uses() })
	if !sameOccurrences(removed, added) {
		after.dependencies = new(generation)
	}
	for _, p := range removed {
		for i := range p.occurrences {
			o := &p.occurrences[i]
			for l := range listings {
				if l.holds(o.role) && !mentions(added, o, l) && !mentions(f.parts(), o, l) {
					after.note(o, l, f.ID, false)
				}
			}
		}
	}
	for _, p := range added {
		for i := range p.occurrences {
			o := &p.occurrences[i]
			for l := range listings {
				if l.holds(o.role) {
					after.note(o, l, f.ID, true)
				}
			}
		}
	}
	return after
}

// SameDependencies reports whether two versions of a tree's sources say the
// same of symbols, so that what follows from that is the same.
func (s *Sources) SameDependencies(other *Sources) bool { return s.dependencies == other.dependencies }

// SameMeaning reports whether two versions of a tree's sources differ in nothing
// but comments, help texts and blanks, so that what follows from the statements
// is the same. It may report false where it would be true.
func (s *Sources) SameMeaning(other *Sources) bool { return s.meaning == other.meaning }

// sameMeaning reports whether an edit changed nothing but comments, help texts
// and blanks.
func sameMeaning(old, edited *File, change parser.Change) bool {
	next, stop := iter.Pull(meaningfulTokens(edited, change.First, change.NewEnd))
	defer stop()
	for a := range meaningfulTokens(old, change.First, change.OldEnd) {
		if b, ok := next(); !ok || a != b {
			return false
		}
	}
	_, more := next()
	return !more
}

// meaningfulToken is a token without its place, or the end of a statement.
type meaningfulToken struct {
	kind parser.TokenKind
	text string
	end  bool
}

// meaningfulTokens yields what the statements of a file's chunks say.
func meaningfulTokens(f *File, from, to int) iter.Seq[meaningfulToken] {
	return func(yield func(meaningfulToken) bool) {
		for chunk := from; chunk < to; chunk++ {
			first, end := f.Tree.Chunk(chunk)
			for i := first; i < end; i++ {
				st := f.Tree.At(i)
				if isMeaningless(st.Kind) {
					continue
				}
				for j := range st.Len() {
					t := st.Token(j)
					if t.Kind == parser.Comment || t.Kind == parser.BadCharacter {
						continue
					}
					if !yield(meaningfulToken{kind: t.Kind, text: st.TokenText(j)}) {
						return
					}
				}
				if !yield(meaningfulToken{end: true}) {
					return
				}
			}
		}
	}
}

// sameOccurrences reports whether two lists of parts mention the same symbols
// in the same roles and order.
func sameOccurrences(a, b []*part) bool {
	next := func(parts []*part, part, i int) (int, int, *occurrence) {
		for part < len(parts) && i >= len(parts[part].occurrences) {
			part, i = part+1, 0
		}
		if part == len(parts) {
			return part, i, nil
		}
		return part, i, &parts[part].occurrences[i]
	}
	for pa, ia, pb, ib := 0, 0, 0, 0; ; ia, ib = ia+1, ib+1 {
		var x, y *occurrence
		pa, ia, x = next(a, pa, ia)
		pb, ib, y = next(b, pb, ib)
		if x == nil || y == nil {
			return x == y
		}
		if x.symbol != y.symbol || x.role != y.role {
			return false
		}
	}
}

// undefinedCache remembers which occurrences of a part name symbols that
// nothing defines, for one set of definitions.
type undefinedCache struct {
	at    *generation
	found []uint32
}

// Undefined yields the places where a file refers to a symbol that no file of
// the set defines. Parts that were looked at before under the same set of
// definitions are not looked at again.
func (s *Sources) Undefined(f *File) iter.Seq[Occurrence] {
	return func(yield func(Occurrence) bool) {
		for i, p := range f.parts() {
			known := p.undefined.Load()
			if known == nil || known.at != s.definitions {
				known = &undefinedCache{at: s.definitions}
				for j := range p.occurrences {
					if o := &p.occurrences[j]; o.role != Defines && len(s.DefinedIn(o.symbol)) == 0 {
						known.found = append(known.found, uint32(j))
					}
				}
				p.undefined.Store(known)
			}
			base, _ := f.Tree.Chunk(i)
			for _, j := range known.found {
				o := p.occurrences[j]
				if !yield(Occurrence{o.symbol, o.role, base + int(o.statement), int(o.token)}) {
					return
				}
			}
		}
	}
}

// partCache is what may be remembered with a part without changing it.
type partCache struct {
	undefined atomic.Pointer[undefinedCache]
}
