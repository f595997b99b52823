package menu

import (
	"iter"
	"slices"
	"strings"
	"sync"
)

// NamedSymbol is a symbol that is defined, as searches by name see it.
type NamedSymbol struct {
	Name   string
	Symbol SymbolID
	// Letters are the characters of the name, as LettersOf gives them.
	Letters uint64
}

// maxTableChanges is how many changes a table is brought up to date with. With
// more of them it is made anew.
const maxTableChanges = 256

// nameTable is the symbols that are defined, by name. It belongs to a set of
// symbols: Sources that define the same ones share it.
type nameTable struct {
	mu    sync.Mutex
	table []NamedSymbol // sorted by name, nil until somebody asks
	// from is the table of an older set, and changes what happened since then;
	// from is nil if there was none.
	from    []NamedSymbol
	changes []definitionChange

	nearest nearestNames
}

// definitionChange is a symbol that was defined for the first time, or is no
// more.
type definitionChange struct {
	symbol  SymbolID
	defined bool
}

// next returns the table of the set after a change.
func (g *nameTable) next(c definitionChange) *nameTable {
	if !g.mu.TryLock() {
		return &nameTable{} // it is being made, and edits wait for nothing
	}
	defer g.mu.Unlock()
	if g.table != nil {
		return &nameTable{from: g.table, changes: []definitionChange{c}}
	}
	if g.from == nil || len(g.changes) == maxTableChanges {
		return &nameTable{}
	}
	return &nameTable{from: g.from, changes: append(slices.Clip(g.changes), c)}
}

// DefinedNames returns the symbols that have a definition, sorted by name. It
// is made once for a set of symbols, however often their files change; where
// few symbols were added or removed it is made from the table before. The
// caller must not change the slice.
func (s *Sources) DefinedNames() []NamedSymbol {
	g := s.names
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.table != nil {
		return g.table
	}
	if g.from != nil {
		g.table = s.changedTable(g.from, g.changes)
	} else {
		g.table = s.newTable()
	}
	g.from, g.changes = nil, nil
	return g.table
}

func (s *Sources) newTable() []NamedSymbol {
	table := make([]NamedSymbol, 0, s.Symbols.Len())
	for id := range s.Defined() {
		table = append(table, s.named(id))
	}
	slices.SortFunc(table, byName)
	return table
}

// changedTable returns a table with symbols added and removed.
func (s *Sources) changedTable(from []NamedSymbol, changes []definitionChange) []NamedSymbol {
	table := make([]NamedSymbol, len(from), len(from)+len(changes))
	copy(table, from)
	for _, c := range changes {
		entry := s.named(c.symbol)
		i, found := slices.BinarySearchFunc(table, entry, byName)
		switch {
		case c.defined && !found:
			table = slices.Insert(table, i, entry)
		case !c.defined && found:
			table = slices.Delete(table, i, i+1)
		}
	}
	return table
}

func (s *Sources) named(id SymbolID) NamedSymbol {
	name := s.Name(id)
	return NamedSymbol{name, id, LettersOf(name)}
}

func byName(a, b NamedSymbol) int { return strings.Compare(a.Name, b.Name) }

// Referenced yields the symbols that are mentioned other than to define them,
// in no useful order.
func (s *Sources) Referenced() iter.Seq[SymbolID] {
	return func(yield func(SymbolID) bool) {
		for i, page := range s.uses().pages {
			if page == nil {
				continue
			}
			for j, p := range page {
				if p != nil && len(p[references]) > 0 && !yield(SymbolID(i*pageSize+j)) {
					return
				}
			}
		}
	}
}
