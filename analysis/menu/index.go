package menu

import (
	"slices"
	"sync"
)

// index says which files mention a symbol. It is made when it is asked for
// first: reading a view and computing values do without.
type index struct {
	once sync.Once
	uses vector[*posting]
}

// posting lists the files that mention a symbol, in the order of their numbers.
type posting [listings][]FileID

// listing is one of the lists of a posting.
type listing uint8

const (
	definitions listing = iota
	references          // all that do not define
	selections          // those of the references that select
	listings
)

// holds reports whether files with an occurrence in the role are listed.
func (l listing) holds(role Role) bool {
	switch l {
	case definitions:
		return role == Defines
	case references:
		return role != Defines
	}
	return role == Selects
}

// Index finds out which files mention which symbols, as whoever asks for it
// first would have to. Its cost grows with the files.
func (s *Sources) Index() { s.uses() }

// uses returns the index from symbols to files.
func (s *Sources) uses() vector[*posting] {
	s.index.once.Do(func() { s.index.uses = indexOf(s.Symbols, slices.Collect(s.Files())) })
	return s.index.uses
}

// indexOf makes the index of files, which are in the order of their numbers.
func indexOf(symbols *Names, files []*File) vector[*posting] {
	for _, f := range files {
		f.Summarize() // now all symbols have numbers
	}
	// Two passes: count, then fill, so that all lists share one array.
	n := symbols.Len()
	counts := make([][listings]uint32, n)
	lastSeen := make([][listings]uint32, n)
	total := uint32(0)
	each := func(visit func(symbol SymbolID, l listing, id FileID)) {
		clear(lastSeen)
		for _, f := range files {
			for _, p := range f.parts() {
				for i := range p.occurrences {
					o := &p.occurrences[i]
					l := references
					if o.role == Defines {
						l = definitions
					}
					if last := &lastSeen[o.symbol][l]; *last != uint32(f.ID)+1 {
						*last = uint32(f.ID) + 1
						visit(o.symbol, l, f.ID)
					}
					if o.role != Selects {
						continue
					}
					if last := &lastSeen[o.symbol][selections]; *last != uint32(f.ID)+1 {
						*last = uint32(f.ID) + 1
						visit(o.symbol, selections, f.ID)
					}
				}
			}
		}
	}
	each(func(symbol SymbolID, l listing, _ FileID) {
		counts[symbol][l]++
		total++
	})
	array := make([]FileID, total)
	postings := make([]posting, n)
	for i := range postings {
		for l, count := range counts[i] {
			postings[i][l], array = array[:0:count], array[count:]
		}
	}
	each(func(symbol SymbolID, l listing, id FileID) {
		list := &postings[symbol][l]
		*list = append(*list, id)
	})
	pointers := make([]*posting, n)
	for i := range postings {
		pointers[i] = &postings[i]
	}
	return vectorOf(pointers)
}

// mentions reports whether any part mentions the symbol of an occurrence in a
// role that the listing holds.
func mentions(parts []*part, as *occurrence, l listing) bool {
	for _, p := range parts {
		for i := range p.occurrences {
			if o := &p.occurrences[i]; o.symbol == as.symbol && l.holds(o.role) {
				return true
			}
		}
	}
	return false
}

// note makes a listing of the index hold the file, or not, for an occurrence.
func (s *Sources) note(o *occurrence, l listing, id FileID, present bool) {
	var p posting
	if old := s.uses().at(uint32(o.symbol)); old != nil {
		p = *old
	}
	list := &p[l]
	i, found := slices.BinarySearch(*list, id)
	if found == present {
		return
	}
	before := len(*list)
	if present {
		*list = slices.Insert(slices.Clone(*list), i, id)
	} else {
		*list = slices.Delete(slices.Clone(*list), i, i+1)
	}
	if l == definitions && (before == 0 || len(*list) == 0) {
		s.definitions = new(generation)
		s.names = s.names.next(definitionChange{o.symbol, present})
	}
	s.index.uses = s.index.uses.with(uint32(o.symbol), &p)
}
