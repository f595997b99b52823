package check

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// definitions calls visit for each definition of a symbol in the tree until it
// returns false.
func (p *FilePass) definitions(symbol menu.SymbolID, visit func(*menu.File, *menu.Definition) bool) {
	more := true
	for _, id := range p.Sources.DefinedIn(symbol) {
		f := p.Sources.File(id)
		f.DefinitionsOf(symbol, func(d *menu.Definition) bool {
			more = visit(f, d)
			return more
		})
		if !more {
			return
		}
	}
}

// typeOf returns the type of an entry's symbol. It is 0 if there is none, or if the
// definitions in the tree do not agree: then it depends on which of them conf reads
// first.
func (p *FilePass) typeOf(e *FileEntry) parser.TokenKind {
	d := e.Definition
	switch {
	case d == nil || d.Mixed:
		return 0
	case e.macroNamed():
		return d.Type // others of the same text may be other symbols
	}
	if kind, ok := p.agreedType(d.Symbol); ok {
		return kind
	}
	return 0
}

// agreedType returns the type that all definitions of a symbol in the tree agree on, 0
// if none gives one. It reports false if they do not agree, or there is none.
func (p *FilePass) agreedType(symbol menu.SymbolID) (kind parser.TokenKind, ok bool) {
	p.definitions(symbol, func(_ *menu.File, d *menu.Definition) bool {
		ok = !d.Mixed && (kind == 0 || d.Type == 0 || d.Type == kind)
		if d.Type != 0 {
			kind = d.Type
		}
		return ok
	})
	return kind, ok
}

// definedOnce reports whether an entry is the only definition of its symbol in the
// tree.
func (p *FilePass) definedOnce(e *FileEntry) bool {
	if e.Definition == nil || !p.Complete || e.macroNamed() {
		return false
	}
	n := 0
	p.definitions(e.Definition.Symbol, func(*menu.File, *menu.Definition) bool {
		n++
		return n < 2
	})
	return n == 1
}

// macroNamed reports whether a macro decides what symbol an entry defines.
func (e *FileEntry) macroNamed() bool { return strings.Contains(e.Name(), "$") }

// defined returns the symbol with a name, and reports whether any file of the tree
// defines it.
func (p *FilePass) defined(name string) (menu.SymbolID, bool) {
	id, ok := p.Sources.Lookup(name)
	return id, ok && len(p.Sources.DefinedIn(id)) > 0
}

// isLogic reports whether symbols of a type are y, m or n.
func isLogic(kind parser.TokenKind) bool { return kind == parser.KwBool || kind == parser.KwTristate }

// isNumber reports whether symbols of a type are numbers.
func isNumber(kind parser.TokenKind) bool { return kind == parser.KwInt || kind == parser.KwHex }
