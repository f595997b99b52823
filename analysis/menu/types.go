package menu

import (
	"sync/atomic"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Definition is a definition of a symbol in a file and the type it gives.
type Definition struct {
	Symbol SymbolID
	// Mixed tells that the entry gives another type as well.
	Mixed bool
	// Statement is the index of the config or menuconfig statement.
	Statement int
	// Type is the first type the entry gives, as TypeOf has it, 0 if it gives
	// none; TypeStatement is the index of the statement that gives it.
	Type          parser.TokenKind
	TypeStatement int
}

// typeLine is a statement of a part that gives a type.
type typeLine struct {
	statement uint32
	kind      parser.TokenKind
}

// definitionTable is the definitions of one version of a file, with a hash
// table from symbols to them: a chain through next, from heads, of places in
// inOrder plus one.
type definitionTable struct {
	inOrder []Definition
	heads   []int32
	next    []int32
}

// first returns where the chain of a symbol begins.
func (t *definitionTable) first(symbol SymbolID) int32 {
	if len(t.heads) == 0 {
		return 0
	}
	return t.skip(t.heads[int(symbol)&(len(t.heads)-1)], symbol)
}

// skip returns the next definition of the symbol in a chain, from place at on.
func (t *definitionTable) skip(at int32, symbol SymbolID) int32 {
	for at != 0 && t.inOrder[at-1].Symbol != symbol {
		at = t.next[at-1]
	}
	return at
}

// index makes the hash table. Chains are in the order of the file.
func (t *definitionTable) index() {
	size := 8
	for size < 2*len(t.inOrder) {
		size *= 2
	}
	t.heads = make([]int32, size)
	t.next = make([]int32, len(t.inOrder))
	for i := len(t.inOrder) - 1; i >= 0; i-- {
		head := &t.heads[int(t.inOrder[i].Symbol)&(size-1)]
		t.next[i] = *head
		*head = int32(i) + 1
	}
}

// fileCache is what may be remembered with a file without changing it.
type fileCache struct {
	definitions atomic.Pointer[definitionTable]
}

// Definitions returns the definitions in the file with their types, in order.
// The caller must not change the slice.
func (f *File) Definitions() []Definition { return f.table().inOrder }

// DefinitionsOf calls visit for each definition of a symbol in the file, in
// order, until it returns false.
func (f *File) DefinitionsOf(symbol SymbolID, visit func(*Definition) bool) {
	t := f.table()
	for at := t.first(symbol); at != 0; at = t.skip(t.next[at-1], symbol) {
		if !visit(&t.inOrder[at-1]) {
			return
		}
	}
}

// SharedSymbols calls visit for each symbol that the file defines and that has
// another definition, in the file or elsewhere, or is given two types by one.
func (f *File) SharedSymbols(s *Sources, visit func(SymbolID)) {
	t := f.table()
	for i := range t.inOrder {
		d := &t.inOrder[i]
		at := int32(i) + 1
		switch {
		case d.Mixed, len(s.DefinedIn(d.Symbol)) > 1, t.skip(t.next[i], d.Symbol) != 0:
			if t.first(d.Symbol) == at {
				visit(d.Symbol)
			}
		}
	}
}

func (f *File) table() *definitionTable {
	if t := f.cache.definitions.Load(); t != nil {
		return t
	}
	n, parts := 0, f.parts()
	for _, p := range parts {
		n += len(p.heads)
	}
	t := &definitionTable{inOrder: make([]Definition, 0, n)}
	open := -1 // the definition that type lines belong to
	for i, p := range parts {
		base, _ := f.Tree.Chunk(i)
		open = t.add(p, base, open)
	}
	t.index()
	f.cache.definitions.Store(t)
	return t
}

// add appends the definitions of a part, of which the first type lines may
// belong to a definition of an earlier one, and returns the last open one.
func (t *definitionTable) add(p *part, base, open int) int {
	next := 0 // of the part's definitions
	for _, line := range p.types {
		for next < len(p.heads) && p.heads[next].statement < line.statement {
			open = t.open(p.heads[next], base)
			next++
		}
		if open < 0 {
			continue
		}
		d := &t.inOrder[open]
		switch {
		case d.Type == 0:
			d.Type, d.TypeStatement = line.kind, base+int(line.statement)
		case d.Type != line.kind:
			d.Mixed = true
		}
	}
	for ; next < len(p.heads); next++ {
		open = t.open(p.heads[next], base)
	}
	return open
}

// open starts a definition, or ends one where the head defines no symbol.
func (t *definitionTable) open(h head, base int) int {
	if !h.defines {
		return -1
	}
	t.inOrder = append(t.inOrder, Definition{Symbol: h.symbol, Statement: base + int(h.statement)})
	return len(t.inOrder) - 1
}

// head is a statement of a part that opens or ends an entry.
type head struct {
	symbol    SymbolID
	statement uint32
	defines   bool
}

// TypeOf returns the type that a symbol has in the view: that of the first of
// its definitions, in the order of reading, that gives one. It reports false
// if none does. The definition is the one that gives it, in its file.
func (v *View) TypeOf(s *Sources, symbol SymbolID) (kind parser.TokenKind, file *File, d Definition, ok bool) {
	for _, id := range s.DefinedIn(symbol) {
		if !v.Reaches(id) {
			continue
		}
		f := s.File(id)
		f.DefinitionsOf(symbol, func(candidate *Definition) bool {
			if candidate.Type == 0 {
				return true
			}
			if !ok || v.Compare(s, f, candidate.Statement, file, d.Statement) < 0 {
				kind, file, d, ok = candidate.Type, f, *candidate, true
			}
			return false
		})
	}
	return kind, file, d, ok
}

// Uniform reports whether all definitions of a symbol that the view reaches
// agree on its type.
func (v *View) Uniform(s *Sources, symbol SymbolID) bool {
	var kind parser.TokenKind
	uniform := true
	for _, id := range s.DefinedIn(symbol) {
		if !v.Reaches(id) {
			continue
		}
		s.File(id).DefinitionsOf(symbol, func(d *Definition) bool {
			if d.Mixed || kind != 0 && d.Type != 0 && d.Type != kind {
				uniform = false
			}
			if d.Type != 0 {
				kind = d.Type
			}
			return uniform
		})
	}
	return uniform
}
