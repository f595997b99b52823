package menu

import (
	"sync"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// nearestNames remembers what Nearest has found for a set of symbols.
type nearestNames struct {
	mu    sync.Mutex
	known map[string]string // "" for none
}

// Nearest returns the defined symbol whose name is closest to a misspelt one:
// at most two edits away, one for short names, with the same digits. Of equally
// close ones the first in the alphabet counts. The first call for a name looks at
// all symbols.
func (s *Sources) Nearest(name string) (string, bool) {
	near, known := s.KnownNearest(name)
	if known {
		return near, near != ""
	}
	near, ok := s.nearest(name)
	n := &s.names.nearest
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.known == nil {
		n.known = map[string]string{}
	}
	n.known[name] = near
	return near, ok
}

// KnownNearest returns what Nearest has found before for a name, "" for nothing, and
// reports whether it was asked. It looks at nothing.
func (s *Sources) KnownNearest(name string) (near string, asked bool) {
	n := &s.names.nearest
	n.mu.Lock()
	defer n.mu.Unlock()
	near, asked = n.known[name]
	return near, asked
}

// nearest is Nearest without memory.
func (s *Sources) nearest(name string) (string, bool) {
	most := 2
	if len(name) < 6 {
		most = 1
	}
	if len(name) < 3 {
		return "", false // everything is close to it
	}
	best, distance := "", most+1
	letters := LettersOf(name)
	for _, symbol := range s.DefinedNames() {
		candidate := symbol.Name
		if d := len(candidate) - len(name); d > most || -d > most {
			continue
		}
		// Each edit changes at most two letters of the set.
		if differing := letters ^ symbol.Letters; onesAbove(differing, 2*most) {
			continue
		}
		d := parser.Distance(name, candidate, most)
		if d > most || d == distance && candidate >= best || d > distance || !sameDigits(name, candidate) {
			continue
		}
		best, distance = candidate, d
	}
	return best, best != ""
}

// sameDigits reports whether two names have the same digits in the same order. Names
// that differ in a digit are those of two chips or boards, not one name and its
// misspelling.
func sameDigits(a, b string) bool {
	i, j := nextDigit(a, 0), nextDigit(b, 0)
	for i < len(a) && j < len(b) && a[i] == b[j] {
		i, j = nextDigit(a, i+1), nextDigit(b, j+1)
	}
	return i == len(a) && j == len(b)
}

// nextDigit returns the offset of the first digit of a name at or behind an offset,
// the length of the name for none.
func nextDigit(name string, from int) int {
	for from < len(name) && (name[from] < '0' || name[from] > '9') {
		from++
	}
	return from
}

// onesAbove reports whether more than n bits are set.
func onesAbove(set uint64, n int) bool {
	for ; n >= 0 && set != 0; n-- {
		set &= set - 1
	}
	return set != 0
}
