package menu

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Definitions returns the definitions of a symbol that the view reaches, in
// the order in which conf reads them.
func (v *View) Definitions(s *Sources, symbol SymbolID) []Entry {
	var entries []Entry
	for _, id := range s.DefinedIn(symbol) {
		if !v.Reaches(id) {
			continue
		}
		f := s.File(id)
		for o := range f.OccurrencesOf(symbol) {
			if o.Role == Defines {
				entries = append(entries, Entry{f, f.Tree.At(o.Statement)})
			}
		}
	}
	if len(entries) > 1 {
		slices.SortStableFunc(entries, func(a, b Entry) int { return v.Compare(s, a.File, a.Head.Index, b.File, b.Head.Index) })
	}
	return entries
}

// Compare tells which of two statements conf reads first, as -1, 0 or 1. Files
// that are included more than once count where they are included first.
func (v *View) Compare(s *Sources, fileA *File, a int, fileB *File, b int) int {
	if fileA == fileB {
		return a - b
	}
	pathA, pathB := v.reading(s, fileA, a), v.reading(s, fileB, b)
	for i := 0; i < len(pathA) && i < len(pathB); i++ {
		if pathA[i] != pathB[i] {
			return pathA[i] - pathB[i]
		}
	}
	return len(pathA) - len(pathB)
}

// reading returns the statements that conf is at, one per open file, when it
// reads a statement.
func (v *View) reading(s *Sources, f *File, statement int) []int {
	var path []int
	if first := v.firstOf(f.ID); first >= 0 {
		for _, place := range v.chain(first) {
			if parent := s.File(place.File); parent != nil {
				path = append(path, parent.source(place.Source).Index)
			}
		}
	}
	return append(path, statement)
}

// MacroNames yields the definitions whose name contains a macro reference.
func (f *File) MacroNames() func(yield func(parser.Statement) bool) {
	return func(yield func(parser.Statement) bool) {
		for st := range f.linking() {
			if st.Kind.IsSymbolDefinition() && !yield(st) {
				return
			}
		}
	}
}
