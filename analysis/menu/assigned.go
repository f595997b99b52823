package menu

import (
	"slices"
	"strings"
	"sync"
)

// assignedNames are the names of macros that the files of a set assign to.
type assignedNames struct {
	once   sync.Once
	sorted []string
	// open tells that some names are made by macros themselves.
	open bool
}

// AssignedNames returns the names of macros that any file of the set assigns to,
// sorted, and reports whether these are all: names can be made by macros themselves.
// The caller must not change the slice.
func (s *Sources) AssignedNames() (names []string, all bool) {
	a := s.assigned
	a.once.Do(func() {
		for f := range s.Files() {
			for st := range f.Assignments() {
				name := st.TokenText(st.First(0))
				a.open = a.open || strings.Contains(name, "$")
				a.sorted = append(a.sorted, name)
			}
		}
		slices.Sort(a.sorted)
		a.sorted = slices.Compact(a.sorted)
	})
	return a.sorted, !a.open
}
