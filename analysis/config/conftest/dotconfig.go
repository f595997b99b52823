package conftest

import "strings"

// dotConfig returns the text of a .config for the tree that was written.
func (g *generator) dotConfig() string {
	var lines []string
	style := g.r.IntN(10)
	if g.modules != nil && g.chance(75) {
		lines = append(lines, "CONFIG_MODULES=y")
	}
	for _, s := range g.symbols {
		if s == g.modules && len(lines) > 0 && !g.chance(5) || style < 8 && !g.chance(60) {
			continue
		}
		lines = append(lines, g.setting(s, style))
		if style > 2 && g.r.IntN(25) == 0 {
			lines = append(lines, g.setting(s, 9)) // once more
		}
	}
	for _, c := range g.choices {
		if !g.chance(40) {
			continue
		}
		for _, s := range c.members {
			lines = append(lines, "CONFIG_"+s.name+pick(g, []string{"=y", "=y", "=m", "=n"}))
		}
	}
	if style > 2 {
		for g.chance(50) {
			lines = append(lines, g.oddLine())
		}
	}
	if g.chance(40) {
		g.r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	}
	if g.chance(30) {
		lines = append([]string{"#", "# Automatically generated file; DO NOT EDIT.", "#"}, lines...)
	}
	end := "\n"
	if g.r.IntN(25) == 0 {
		end = "\r\n"
	}
	text := strings.Join(lines, end)
	if g.r.IntN(10) != 0 && text != "" {
		text += end
	}
	return text
}

// setting returns a line about a symbol. The higher the style, the more often
// the line is not as conf writes it.
func (g *generator) setting(s *symbol, style int) string {
	name := "CONFIG_" + s.name
	k := s.kind
	if style > 2 && g.r.IntN(15) == 0 {
		k = pick(g, []kind{boolean, tristate, integer, hex, text})
	}
	switch k {
	case boolean, tristate, none:
		if style > 4 && g.r.IntN(12) == 0 {
			return name + pick(g, []string{"=", "=yes", "=Y", `="y"`, "=1", "=0", " = y", "=y ", "= y", "=mod", "=n", "=nn"})
		}
		if k == tristate || g.r.IntN(20) == 0 {
			switch g.r.IntN(3) {
			case 0:
				return name + "=m"
			}
		}
		if g.chance(55) {
			return name + "=y"
		}
		if g.chance(10) {
			return name + "=n"
		}
		return g.notSet(s.name, style)
	case integer, hex:
		if style > 2 && g.r.IntN(10) == 0 {
			return name + pick(g, []string{"=", "=x", `="10"`, "=0x", "=-", "=--1", "=+1", "=1 ", "= 1", "=0b1", "=1e3", "=99999999999999999999", "=0xffffffffffffffffff", "=-0", "=00", "=y", "=08"})
		}
		if style > 4 && g.r.IntN(15) == 0 {
			return g.notSet(s.name, style)
		}
		return name + "=" + g.number(k == hex)
	default:
		if style > 2 && g.r.IntN(6) == 0 {
			return name + pick(g, []string{"=", "=plain", `="open`, `="a"b"`, `="a" tail`, `=""`, `="\"`, `="a\"b\\c"`, `="\n\x"`, "='single'", `= "x"`, `="é"`, "=y", `="$(UNDEFINED)"`, `=" "`, `="#"`, `=""""`})
		}
		if style > 4 && g.r.IntN(15) == 0 {
			return g.notSet(s.name, style)
		}
		return name + "=" + pick(g, []string{`"foo"`, `""`, `"bar baz"`, `"10"`, `"y"`, `"a\\b"`, `"say \"hi\""`, `"FOO"`})
	}
}

// notSet returns a line that says that a symbol is n, or nearly does.
func (g *generator) notSet(name string, style int) string {
	if style > 4 && g.r.IntN(10) == 0 {
		switch g.r.IntN(8) {
		case 0:
			return "#CONFIG_" + name + " is not set"
		case 1:
			return "# CONFIG_" + name + " is not set "
		case 2:
			return "#  CONFIG_" + name + " is not set"
		case 3:
			return "# CONFIG_" + name + "  is not set"
		case 4:
			return "# CONFIG_" + name + " is not set yet"
		case 5:
			return "# CONFIG_" + name + " is"
		case 6:
			return "# CONFIG_" + name
		case 7:
			return "# CONFIG_" + name + " IS NOT SET"
		}
	}
	return "# CONFIG_" + name + " is not set"
}

// oddLine returns a line that is about no symbol of the tree, or is broken.
func (g *generator) oddLine() string {
	s := pick(g, g.symbols)
	return pick(g, []string{
		"CONFIG_UNKNOWN=y", "# CONFIG_UNKNOWN is not set", `CONFIG_UNKNOWN="x"`,
		"CONFIG_UNDEFINED=y", "CONFIG_NOBODY=y", "CONFIG_NOWHERE=10", "# CONFIG_UNDEFINED is not set",
		"CONFIG_", "CONFIG_=y", "# CONFIG_ is not set", "CONFIG_" + s.name,
		s.name + "=y", " CONFIG_" + s.name + "=y", "export CONFIG_" + s.name + "=y",
		"", "   ", "\t", "#", "# a remark", "#CONFIG_" + s.name + "=y", "garbage",
		"config_" + s.name + "=y", "CONFIG_" + strings.ToLower(s.name) + "=y",
		"CONFIG_" + s.name + "=y=y", "CONFIG_" + s.name + "=y # remark", "CONFIG_" + s.name + " is not set",
		"CONFIG_" + s.name + "=\"" + strings.Repeat("long ", 900) + "\"",
	})
}
