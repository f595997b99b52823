package menu

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Included returns the files that the source statements of a file include in
// the view, by the number of the statement, each once and in order. There are
// none if the view does not reach the file.
func (v *View) Included(file FileID) map[int][]FileID {
	parents := map[int32]bool{}
	for i := v.firstOf(file); i >= 0; i = v.inclusions[i].next {
		parents[i] = true
	}
	if len(parents) == 0 {
		return nil
	}
	included := map[int][]FileID{}
	for _, in := range v.inclusions {
		if !parents[in.parent] {
			continue
		}
		source := int(in.source)
		if !slices.Contains(included[source], in.file) {
			included[source] = append(included[source], in.file)
		}
	}
	return included
}

// Unresolved reports whether there is a source statement in the view of which no
// file came: what it names is not known, does not exist, or matches nothing.
func (v *View) Unresolved(s *Sources) bool {
	type statement struct{ inclusion, source int32 }
	followed := make(map[statement]bool, len(v.inclusions))
	for _, in := range v.inclusions {
		followed[statement{in.parent, in.source}] = true
	}
	for i, in := range v.inclusions {
		f := s.File(in.file)
		if f == nil {
			return true
		}
		n := int32(0)
		for range f.Sources() {
			if !followed[statement{int32(i), n}] {
				return true
			}
			n++
		}
	}
	return false
}

// Includers returns the source statements of the view that include a file, each
// once, in the order in which conf reads them.
func (v *View) Includers(file FileID) []Place {
	var places []Place
	seen := map[Place]bool{}
	for i := v.firstOf(file); i >= 0; i = v.inclusions[i].next {
		in := v.inclusions[i]
		if in.parent < 0 {
			continue
		}
		place := Place{v.inclusions[in.parent].file, int(in.source)}
		if !seen[place] {
			seen[place] = true
			places = append(places, place)
		}
	}
	return places
}

// SourceNumber returns which source statement of the file a statement is,
// counted from 0, and reports false if it is none.
func (f *File) SourceNumber(statement int) (int, bool) {
	n := 0
	for st := range f.Sources() {
		switch {
		case st.Index == statement:
			return n, true
		case st.Index > statement:
			return 0, false
		}
		n++
	}
	return 0, false
}

// Assignments yields the file's macro definitions in order.
func (f *File) Assignments() func(yield func(parser.Statement) bool) {
	return func(yield func(parser.Statement) bool) {
		for st := range f.linking() {
			if st.Kind == parser.Assignment && !yield(st) {
				return
			}
		}
	}
}

// ExpandedNames returns the names that a definition of the file, whose name
// contains macro references, has in the view, sorted.
func (v *View) ExpandedNames(f *File, st parser.Statement) []string {
	var names []string
	for name, places := range v.expanded {
		for _, p := range places {
			if p.File != f.ID {
				continue
			}
			if at, ok := f.MacroName(p.Ordinal); ok && at.Index == st.Index {
				names = append(names, name)
				break
			}
		}
	}
	slices.Sort(names)
	return names
}

// MacroName returns definition n, counted from 0, of those that MacroNames
// yields.
func (f *File) MacroName(n int) (parser.Statement, bool) {
	for st := range f.MacroNames() {
		if n == 0 {
			return st, true
		}
		n--
	}
	return parser.Statement{}, false
}
