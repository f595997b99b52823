package conftest

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// generator is the state of one call of Generate.
type generator struct {
	r    *rand.Rand
	old  bool
	text strings.Builder

	symbols []*symbol
	choices []*choice
	modules *symbol
	macros  []string
	depth   int // of blocks, for the indent
}

// chance is true in so many of 100 cases.
func (g *generator) chance(percent int) bool { return g.r.IntN(100) < percent }

// pick returns one of a list.
func pick[T any](g *generator, list []T) T { return list[g.r.IntN(len(list))] }

// kind is the type of a symbol.
type kind string

const (
	boolean  kind = "bool"
	tristate kind = "tristate"
	integer  kind = "int"
	hex      kind = "hex"
	text     kind = "string"
	none     kind = ""
)

func (k kind) logical() bool { return k == boolean || k == tristate }

// symbol is one that is defined at least once.
type symbol struct {
	name   string
	kind   kind
	choice *choice
	early  bool    // it comes before all others and depends on nothing
	key    float64 // its place in the order of what may depend on what
}

// choice is a choice with its members.
type choice struct {
	name     string
	tristate bool
	members  []*symbol
	key      float64
}

// makeSymbols decides on names and types.
func (g *generator) makeSymbols(size int) {
	kinds := []kind{boolean, boolean, boolean, boolean, tristate, tristate, tristate, tristate, integer, hex, text}
	if g.chance(25) {
		kinds = []kind{boolean, tristate}
	}
	seen := map[string]bool{}
	for len(g.symbols) < size {
		name := g.name(len(g.symbols))
		if seen[name] {
			continue
		}
		seen[name] = true
		s := &symbol{name: name, kind: pick(g, kinds)}
		if g.r.IntN(150) == 0 {
			s.kind = none
		}
		g.symbols = append(g.symbols, s)
	}
	if g.chance(80) {
		at := 0
		if g.chance(30) {
			at = g.r.IntN(len(g.symbols))
		}
		g.modules = g.symbols[at]
		g.modules.name, g.modules.kind = "MODULES", boolean
		if g.r.IntN(60) == 0 {
			g.modules.kind = tristate
		}
	}
}

// name returns a name for the symbol number i, mostly an ordinary one.
func (g *generator) name(i int) string {
	letter := string(rune('A' + i%26))
	if i >= 26 {
		letter += strconv.Itoa(i / 26)
	}
	switch g.r.IntN(30) {
	case 0:
		return strconv.Itoa(32*(1+g.r.IntN(4))) + "BIT"
	case 1:
		return strings.ToLower(letter) + "x"
	case 2:
		return "X_" + letter + "_86"
	case 3:
		return letter + "-" + letter
	case 4:
		return "HAVE_" + letter + "_"
	case 5:
		return "3" + letter
	case 6:
		return "_" + letter
	case 7:
		return "If" + letter
	}
	if letter == "Y" || letter == "M" || letter == "N" {
		return letter
	}
	return letter + letter
}

// before returns the symbols that something with this key may depend on.
func (g *generator) before(key float64, ok func(*symbol) bool) []*symbol {
	var list []*symbol
	for _, s := range g.symbols {
		if s.key < key && ok(s) {
			list = append(list, s)
		}
	}
	return list
}

// after returns the logical symbols that something with this key may select.
func (g *generator) after(key float64) []*symbol {
	var list []*symbol
	for _, s := range g.symbols {
		if s.key > key && s.kind.logical() && (s.choice == nil || g.chance(8)) {
			list = append(list, s)
		}
	}
	return list
}
