package menu

import (
	"slices"
	"sync/atomic"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Definition is a definition of a symbol in a file and the type it gives.
type Definition struct {
	Symbol SymbolID
	// Statement is the index of the config or menuconfig statement.
	Statement int
	// Type is the first type the entry gives, as TypeOf has it, 0 if it gives
	// none; TypeStatement is the index of the statement that gives it.
	Type          parser.TokenKind
	TypeStatement int
	// Mixed tells that the entry gives another type as well.
	Mixed bool
}

// typeLine is a statement of a part that gives a type.
type typeLine struct {
	statement uint32
	kind      parser.TokenKind
}

// definitionTable is the definitions of one version of a file.
type definitionTable struct {
	inOrder  []Definition
	bySymbol []int32 // indexes of inOrder, sorted by symbol, then by place
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
	i, _ := slices.BinarySearchFunc(t.bySymbol, symbol, func(i int32, s SymbolID) int {
		return int(t.inOrder[i].Symbol) - int(s)
	})
	for ; i < len(t.bySymbol) && t.inOrder[t.bySymbol[i]].Symbol == symbol; i++ {
		if !visit(&t.inOrder[t.bySymbol[i]]) {
			return
		}
	}
}

// DefinedSymbols calls visit for each symbol that the file defines, with its
// definitions in the file in order.
func (f *File) DefinedSymbols(visit func(symbol SymbolID, definitions func(yield func(Definition) bool))) {
	t := f.table()
	for from := 0; from < len(t.bySymbol); {
		symbol := t.inOrder[t.bySymbol[from]].Symbol
		to := from + 1
		for to < len(t.bySymbol) && t.inOrder[t.bySymbol[to]].Symbol == symbol {
			to++
		}
		group := t.bySymbol[from:to]
		visit(symbol, func(yield func(Definition) bool) {
			for _, i := range group {
				if !yield(t.inOrder[i]) {
					return
				}
			}
		})
		from = to
	}
}

func (f *File) table() *definitionTable {
	if t := f.cache.definitions.Load(); t != nil {
		return t
	}
	t := &definitionTable{}
	open := -1 // the definition that type lines belong to
	for i, p := range f.parts {
		base, _ := f.Tree.Chunk(i)
		open = t.add(p, base, open)
	}
	t.bySymbol = make([]int32, len(t.inOrder))
	for i := range t.bySymbol {
		t.bySymbol[i] = int32(i)
	}
	slices.SortFunc(t.bySymbol, func(a, b int32) int {
		if d := int(t.inOrder[a].Symbol) - int(t.inOrder[b].Symbol); d != 0 {
			return d
		}
		return int(a - b)
	})
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
