package conftest

import (
	"strconv"
	"strings"
)

// condition returns an expression over symbols before the key.
func (g *generator) condition(key float64) string { return g.expr(key, 0) }

// expr returns an expression that is at most so deep that it can be read.
func (g *generator) expr(key float64, depth int) string {
	roll := g.r.IntN(100)
	if depth > 2 {
		roll %= 60
	}
	switch {
	case roll < 50:
		return g.logicalAtom(key)
	case roll < 60:
		return g.comparison(key)
	case roll < 70:
		return "!" + g.parenthesised(key, depth+1)
	case roll < 74:
		return "(" + g.expr(key, depth+1) + ")"
	case roll < 88:
		return g.operand(key, depth+1) + pick(g, []string{" && ", " && ", "&&"}) + g.operand(key, depth+1)
	default:
		return g.operand(key, depth+1) + pick(g, []string{" || ", " || ", "||"}) + g.operand(key, depth+1)
	}
}

// operand returns an expression with or without parentheses: precedence is
// part of what is compared.
func (g *generator) operand(key float64, depth int) string {
	e := g.expr(key, depth)
	if strings.ContainsAny(e, "&|") && g.chance(60) {
		return "(" + e + ")"
	}
	return e
}

func (g *generator) parenthesised(key float64, depth int) string {
	e := g.expr(key, depth)
	if strings.ContainsAny(e, "&|=<> ") {
		return "(" + e + ")"
	}
	return e
}

// logicalAtom returns a name that is, mostly, that of a bool or tristate.
func (g *generator) logicalAtom(key float64) string {
	switch g.r.IntN(40) {
	case 0:
		if g.mayUseM(key) {
			return pick(g, []string{"y", "m", "n", `"y"`, `"n"`, "'m'"})
		}
		return pick(g, []string{"y", "n", `"y"`, `"n"`})
	case 1:
		return "UNDEFINED"
	case 2:
		if all := g.before(key, func(*symbol) bool { return true }); len(all) > 0 {
			return pick(g, all).name
		}
	case 3:
		if g.mayUseM(key) {
			return "m"
		}
	case 4:
		if c := g.namedChoice(key); c != "" {
			return c
		}
	}
	list := g.before(key, func(s *symbol) bool { return s.kind.logical() })
	if len(list) == 0 {
		if g.mayUseM(key) && g.chance(30) {
			return "m"
		}
		return pick(g, []string{"y", "y", "n", "NOWHERE"})
	}
	// The nearest ones often, for automatic menus.
	if g.chance(35) {
		best := list[0]
		for _, s := range list {
			if s.key > best.key {
				best = s
			}
		}
		return best.name
	}
	return pick(g, list).name
}

// mayUseM tells whether an m may stand at a place: conf makes it depend on
// MODULES.
func (g *generator) mayUseM(key float64) bool { return g.modules == nil || g.modules.key < key }

// namedChoice returns the name of a choice, in the old language.
func (g *generator) namedChoice(key float64) string {
	for _, c := range g.choices {
		if c.name != "" && c.key < key {
			return c.name
		}
	}
	return ""
}

// comparison returns a comparison of two symbols or constants.
func (g *generator) comparison(key float64) string {
	op := pick(g, []string{"=", "=", "!=", "!=", "<", "<=", ">", ">="})
	if g.chance(80) {
		op = " " + op + " "
	}
	list := g.before(key, func(*symbol) bool { return true })
	if len(list) == 0 || g.r.IntN(30) == 0 {
		return g.constant(none) + op + g.constant(none)
	}
	s := pick(g, list)
	if !s.kind.logical() || g.chance(50) {
		// Comparing numbers and strings is what comparisons are for.
		if other := g.before(key, func(s *symbol) bool { return !s.kind.logical() }); len(other) > 0 {
			s = pick(g, other)
		}
	}
	other := g.constant(s.kind)
	if g.chance(25) {
		other = pick(g, list).name
	}
	if g.chance(10) {
		return other + op + s.name
	}
	if !g.old && s.kind != tristate && strings.Contains(op, "!=") && strings.Contains(other, "y") {
		// Linux 6.12 takes the symbol for an expression in "BOOL != y" and
		// crashes or reads what happens to be there.
		other = pick(g, []string{"n", `"n"`, `""`})
	}
	return s.name + op + other
}

// constant returns what a symbol of a type may be compared with or be set to.
func (g *generator) constant(k kind) string {
	if g.r.IntN(12) == 0 {
		k = none
	}
	switch k {
	case boolean, tristate:
		return pick(g, []string{"y", "y", "n", "m", `"y"`, `"n"`, `"m"`, "'y'", `""`, "UNDEFINED"})
	case integer:
		return g.quoted(g.number(false))
	case hex:
		return g.quoted(g.number(true))
	case text:
		return pick(g, []string{`""`, `"foo"`, `'foo'`, `"foo bar"`, "foo", `"10"`, `"0x10"`, `"y"`, `"FOO"`, `"a\"b"`, `"a\\b"`, `'it"s'`})
	default:
		return pick(g, []string{"y", "n", "m", `"y"`, `""`, "0", "1", "10", `"10"`, "0x10", "-1", "UNDEFINED", `"foo"`, "foo", "010", "1a", "NOWHERE", `"UNDEFINED"`})
	}
}

// quoted returns a number with quotes or without them.
func (g *generator) quoted(number string) string {
	if g.chance(12) {
		return `"` + number + `"`
	}
	return number
}

// number returns an int or a hex, in one of the ways people write them.
func (g *generator) number(hexadecimal bool) string {
	n := int64(g.r.IntN(40))
	switch g.r.IntN(12) {
	case 0:
		n = g.r.Int64N(1 << 40)
	case 1:
		n *= 100
	case 2:
		n = pick(g, []int64{1<<31 - 1, 1 << 31, 1<<32 - 1, 1 << 32, 1<<63 - 1})
	}
	if !hexadecimal {
		switch g.r.IntN(15) {
		case 0:
			return "-" + strconv.FormatInt(n, 10)
		case 1:
			return "0" + strconv.FormatInt(n, 10)
		case 2:
			return "0x" + strconv.FormatInt(n, 16)
		}
		return strconv.FormatInt(n, 10)
	}
	digits := strconv.FormatInt(n, 16)
	switch g.r.IntN(10) {
	case 0:
		return digits
	case 1:
		return "0X" + digits
	case 2:
		return "0x" + strings.ToUpper(digits)
	case 3:
		return "0x000" + digits
	}
	return "0x" + digits
}
