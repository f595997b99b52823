package gate_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// tool is the reference that asks a tool.
const tool = "$(shell,tool)"

// randomTree is a tree in pieces.
type randomTree struct {
	random *rand.Rand
	names  []string
	types  []string
	// below is how many of the symbols can be looked at, at is before which of them
	// RUST comes: what looks at what goes one way, for a circle is no tree.
	below, at int
	self      bool   // that is RUST
	rust      string // its definition in place
	body      []string
}

// text returns the tree, with free with RUST by itself at its beginning.
func (r *randomTree) text(free bool) string {
	var b strings.Builder
	rust := r.rust
	if free {
		rust = ""
		b.WriteString("config RUST\n\tbool \"RUST\"\n")
		for line := range strings.Lines(r.rust) {
			if strings.HasPrefix(line, "\tselect ") || strings.HasPrefix(line, "\timply ") {
				b.WriteString(line)
			}
		}
		b.WriteString("\n")
	}
	for _, piece := range r.body {
		b.WriteString(strings.ReplaceAll(piece, "@RUST@", rust))
	}
	return b.String()
}

func newRandomTree(seed uint64) *randomTree {
	r := &randomTree{random: rand.New(rand.NewPCG(seed, 7))}
	n := 4 + r.random.IntN(2)
	if r.chance(3) {
		r.body = append(r.body, "config MODULES\n\tbool \"modules\"\n\tmodules\n\n")
	}
	for i := range n {
		r.names = append(r.names, string(rune('A'+i)))
		kind := "bool"
		switch r.random.IntN(8) {
		case 0, 1:
			kind = "tristate"
		case 2:
			kind = "int"
		case 3:
			kind = "string"
		}
		r.types = append(r.types, kind)
	}
	at := 1 + r.random.IntN(n-1)
	r.at, r.below = at, at
	r.self = true
	r.rust = r.definition("RUST", "bool")
	r.self = false
	for i := 0; i < n; {
		r.below = i
		if i == at {
			r.body = append(r.body, r.rustAround())
		}
		if r.chance(4) && i+1 < n {
			r.types[i], r.types[i+1] = "bool", "bool"
			if r.chance(4) {
				r.types[i], r.types[i+1] = "tristate", "tristate"
			}
			r.body = append(r.body, r.around(r.choice(i)))
			if i+1 == at {
				r.body = append(r.body, r.rustAround())
			}
			i += 2
			continue
		}
		r.body = append(r.body, r.around(r.definition(r.names[i], r.types[i])))
		i++
	}
	r.random.Shuffle(len(r.body), func(i, k int) { r.body[i], r.body[k] = r.body[k], r.body[i] })
	if r.chance(3) { // again
		i := r.random.IntN(n)
		r.below = i
		r.body = append(r.body, r.around(r.definition(r.names[i], r.types[i])))
	}
	return r
}

func (r *randomTree) chance(n int) bool { return r.random.IntN(n) == 0 }

// around puts a piece into a block, or not.
func (r *randomTree) around(piece string) string {
	switch r.random.IntN(6) {
	case 0:
		return "if " + r.expression(1) + "\n" + piece + "endif\n\n"
	case 1:
		return "menu \"menu\"\n\tdepends on " + r.expression(1) + "\n" + piece + "endmenu\n\n"
	case 2:
		return "menu \"menu\"\n\tvisible if " + r.expression(1) + "\n" + piece + "endmenu\n\n"
	}
	return piece
}

func (r *randomTree) rustAround() string {
	r.self = true
	defer func() { r.self = false }()
	return r.around("@RUST@")
}

func (r *randomTree) choice(i int) string {
	kind := ""
	if r.types[i] == "tristate" {
		kind = "\ttristate\n"
	}
	s := "choice\n\tprompt \"choice\"\n" + kind
	if r.chance(2) {
		s += "\tdepends on " + r.expression(1) + "\n"
	}
	if r.chance(3) {
		s += "\tdefault " + r.names[i+r.random.IntN(2)] + "\n"
	}
	for k := i; k < i+2; k++ {
		s += "config " + r.names[k] + "\n\t" + r.types[k] + " \"member\"\n"
		if r.chance(3) {
			s += "\tdepends on " + r.expression(1) + "\n"
		}
	}
	return s + "endchoice\n\n"
}

// definition returns an entry. RUST is turned on by a user alone.
func (r *randomTree) definition(name, kind string) string {
	s := "config " + name + "\n\t" + kind
	shown := name == "RUST" || !r.chance(3)
	if shown {
		s += " \"" + name + "\""
		if r.chance(4) {
			s += " if " + r.expression(1)
		}
	}
	s += "\n"
	for range r.random.IntN(2) + map[bool]int{false: 1}[shown] {
		value := r.expression(1)
		switch kind {
		case "int":
			value = fmt.Sprint(r.random.IntN(3))
		case "string":
			value = []string{`"foo"`, `"bar"`, `""`}[r.random.IntN(3)]
		}
		s += "\tdefault " + value + r.condition()
		s += "\n"
	}
	for range r.random.IntN(3) {
		s += "\tdepends on " + r.expression(2) + "\n"
	}
	if kind == "bool" || kind == "tristate" {
		for range r.random.IntN(2) {
			other := r.below + r.random.IntN(len(r.names)-r.below)
			if r.names[other] == name || r.types[other] != "bool" && r.types[other] != "tristate" {
				continue
			}
			s += "\t" + []string{"select ", "select ", "imply "}[r.random.IntN(3)] + r.names[other] + r.condition() + "\n"
		}
	}
	return s + "\n"
}

func (r *randomTree) condition() string {
	if r.chance(2) {
		return " if " + r.expression(1)
	}
	return ""
}

func (r *randomTree) expression(depth int) string {
	if depth > 0 && r.chance(2) {
		op := []string{" && ", " || "}[r.random.IntN(2)]
		return "(" + r.expression(depth-1) + op + r.expression(depth-1) + ")"
	}
	switch r.random.IntN(12) {
	case 0:
		return `"` + tool + `"`
	case 1, 2, 3:
		if r.below >= r.at && !r.self {
			return "RUST"
		}
	case 4:
		if r.below < r.at || r.self {
			break
		}
		return []string{"!RUST", "RUST = y", "RUST != n", "RUST = n", "RUST != y"}[r.random.IntN(5)]
	}
	if r.below == 0 {
		return "y"
	}
	i := r.random.IntN(r.below)
	switch r.types[i] {
	case "int":
		return r.names[i] + []string{" = 1", " > 1", " != 0", " < 2"}[r.random.IntN(4)]
	case "string":
		return r.names[i] + []string{` = "foo"`, ` != ""`, ` = "bar"`}[r.random.IntN(3)]
	}
	if r.chance(4) {
		return r.names[i] + []string{" = y", " != n", " = n"}[r.random.IntN(3)]
	}
	if r.chance(4) {
		return "!" + r.names[i]
	}
	return r.names[i]
}
