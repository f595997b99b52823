package conftest

import (
	"fmt"
	"strconv"
	"strings"
)

// writeTree writes the whole file.
func (g *generator) writeTree(root *node) {
	if g.chance(30) {
		g.line("mainmenu " + g.prompt("Main"))
		g.line("")
	}
	for _, n := range root.children {
		g.write(n)
	}
}

// write writes a statement and what is in it.
func (g *generator) write(n *node) {
	switch n.form {
	case configForm:
		g.writeConfig(n)
	case menuForm:
		g.line("menu " + g.prompt("Menu"))
		g.depth++
		g.writeDepends(n.key, 30)
		if g.chance(35) {
			g.line("visible if " + g.condition(n.key))
		}
		g.writeBlock(n, "endmenu")
	case ifForm:
		g.line("if " + g.condition(n.key))
		g.depth++
		g.writeBlock(n, "endif")
	case choiceForm:
		g.writeChoice(n)
	case commentForm:
		g.line("comment " + g.prompt("Comment"))
		g.depth++
		g.writeDepends(n.key, 50)
		g.depth--
	case macroForm:
		name := "macro" + strconv.Itoa(len(g.macros))
		g.line(name + pick(g, []string{" := ", " = "}) + pick(g, []string{"y", "n", "10", "0x10"}))
		g.macros = append(g.macros, name)
	}
}

func (g *generator) writeBlock(n *node, end string) {
	for _, c := range n.children {
		g.write(c)
	}
	g.depth--
	g.line(end)
}

// writeConfig writes a definition of a symbol.
func (g *generator) writeConfig(n *node) {
	s := n.symbol
	word, usual := "config", true
	if n.inChoice == nil && g.chance(15) {
		word = "menuconfig"
	}
	g.line(word + " " + s.name)
	g.depth++
	defer func() { g.depth-- }()

	if s.early && !n.again && g.chance(80) {
		g.line("bool " + g.prompt("Modules"))
		if g.chance(60) {
			g.line("default y")
		}
		g.line("modules")
		return
	}
	var options []string
	hasPrompt := g.chance(75) || word == "menuconfig"
	switch {
	case n.inChoice != nil:
		hasPrompt = !g.old || g.chance(97)
	case s.choice != nil && !g.old:
		hasPrompt = false // conf wants a member's prompts to be in its choice
	}
	hasType := !n.again || n.inChoice != nil && !g.old || g.chance(50)
	if n.again && n.inChoice == nil {
		usual = false
	}
	prompt := ""
	if hasPrompt {
		prompt = g.prompt(s.name)
		if g.chance(25) {
			prompt += " if " + g.condition(s.key)
		}
	}
	k := s.kind
	if g.r.IntN(120) == 0 && n.inChoice == nil {
		k = pick(g, []kind{boolean, tristate, integer, hex, text})
	}
	switch {
	case k == none || !hasType:
		if hasPrompt {
			options = append(options, "prompt "+prompt)
		}
	case k.logical() && g.chance(15) && (s.choice == nil || g.old && g.chance(10)):
		options = append(options, "def_"+string(k)+" "+g.defaultValue(s)+g.maybeIf(s.key, 30))
		if hasPrompt {
			options = append(options, "prompt "+prompt)
		}
	case hasPrompt && g.chance(85):
		options = append(options, string(k)+" "+prompt)
	case hasPrompt:
		options = append(options, string(k), "prompt "+prompt)
	default:
		options = append(options, string(k))
	}
	rest := g.properties(s, usual)
	if g.chance(10) {
		options = append(options, rest...)
		g.r.Shuffle(len(options), func(i, j int) { options[i], options[j] = options[j], options[i] })
	} else {
		options = append(options, rest...)
	}
	for _, o := range options {
		g.line(o)
	}
	if s == g.modules && !n.again {
		g.line("modules")
	}
	g.writeHelp()
}

// properties returns the lines of a definition that are neither type nor prompt.
func (g *generator) properties(s *symbol, usual bool) []string {
	var lines []string
	if s.choice == nil || g.old && g.chance(4) {
		count := g.r.IntN(3)
		if s.kind == integer || s.kind == hex || s.kind == text {
			count = g.r.IntN(4)
		}
		for i := range count {
			percent := 80
			if i == count-1 {
				percent = 35
			}
			lines = append(lines, "default "+g.defaultValue(s)+g.maybeIf(s.key, percent))
		}
	}
	if g.chance(40) || !usual && g.chance(40) {
		for range 1 + g.r.IntN(2) {
			lines = append(lines, "depends on "+g.condition(s.key))
		}
	}
	if s.kind.logical() || g.r.IntN(60) == 0 {
		if after := g.after(s.key); len(after) > 0 {
			for g.chance(22) {
				target := pick(g, after)
				lines = append(lines, "select "+target.name+g.maybeIf(target.key, 40))
			}
			for g.chance(18) {
				target := pick(g, after)
				lines = append(lines, "imply "+target.name+g.maybeIf(target.key, 40))
			}
		}
		if g.r.IntN(50) == 0 {
			lines = append(lines, "select NOBODY")
		}
	}
	if s.kind == integer || s.kind == hex {
		for g.chance(40) {
			lines = append(lines, g.rangeOf(s))
		}
	}
	return lines
}

func (g *generator) rangeOf(s *symbol) string {
	low, high := g.number(s.kind == hex), g.number(s.kind == hex)
	if a, err := strconv.ParseInt(low, 0, 64); err == nil {
		if b, err := strconv.ParseInt(high, 0, 64); err == nil && a > b && g.chance(90) {
			low, high = high, low
		}
	}
	if list := g.before(s.key, func(o *symbol) bool { return o.kind == s.kind }); len(list) > 0 {
		if g.chance(20) {
			low = pick(g, list).name
		}
		if g.chance(25) {
			high = pick(g, list).name
		}
	}
	return "range " + low + " " + high + g.maybeIf(s.key, 50)
}

// defaultValue returns what may stand after default.
func (g *generator) defaultValue(s *symbol) string {
	if len(g.macros) > 0 && g.chance(5) {
		return "$(" + pick(g, g.macros) + ")"
	}
	if s.kind.logical() {
		switch g.r.IntN(10) {
		case 0, 1, 2, 3:
			return pick(g, []string{"y", "y", "y", "m", "n"})
		case 4, 5, 6:
			return g.condition(s.key)
		case 7:
			return g.constant(s.kind)
		default:
			return g.logicalAtom(s.key)
		}
	}
	if g.chance(20) {
		if list := g.before(s.key, func(o *symbol) bool { return o.kind == s.kind || g.chance(5) }); len(list) > 0 {
			return pick(g, list).name
		}
	}
	if s.kind == text && g.chance(50) {
		return g.prompt("text")
	}
	if g.r.IntN(60) == 0 {
		return g.condition(s.key)
	}
	return g.constant(s.kind)
}

func (g *generator) maybeIf(key float64, percent int) string {
	if !g.chance(percent) {
		return ""
	}
	return " if " + g.condition(key)
}

func (g *generator) writeDepends(key float64, percent int) {
	for g.chance(percent) {
		g.line("depends on " + g.condition(key))
	}
}

// writeChoice writes a choice with its members.
func (g *generator) writeChoice(n *node) {
	c := n.choice
	head := "choice"
	if c.name != "" {
		head += " " + c.name
	}
	g.line(head)
	g.depth++
	prompt := g.prompt("Choice")
	if g.chance(30) {
		prompt += " if " + g.condition(c.key)
	}
	var options []string
	switch {
	case !g.old:
		options = append(options, pick(g, []string{"prompt ", "prompt ", "bool "})+prompt)
	case c.tristate && g.chance(50):
		options = append(options, "tristate "+prompt)
	case c.tristate && g.chance(50):
		options = append(options, "tristate", "prompt "+prompt)
	case g.chance(5):
		options = append(options, "bool") // without a prompt: a warning
	default:
		options = append(options, pick(g, []string{"prompt ", "bool "})+prompt)
	}
	if g.old && g.chance(20) {
		options = append(options, "optional")
	}
	for g.chance(40) {
		options = append(options, "depends on "+g.condition(c.key))
	}
	for g.chance(45) && len(c.members) > 0 {
		name := pick(g, c.members).name
		if g.r.IntN(40) == 0 {
			name = pick(g, g.symbols).name
		}
		options = append(options, "default "+name+g.maybeIf(c.key, 55))
	}
	if g.chance(20) {
		g.r.Shuffle(len(options), func(i, j int) { options[i], options[j] = options[j], options[i] })
	}
	for _, o := range options {
		g.line(o)
	}
	if g.chance(10) {
		g.writeHelp()
	}
	g.line("")
	g.writeBlock(n, "endchoice")
}

// writeHelp writes a help text now and then, deeper than any line that may
// follow: else that would be part of it.
func (g *generator) writeHelp() {
	if !g.chance(12) {
		return
	}
	g.line("help")
	indent := strings.Repeat("\t", g.depth+1)
	g.text.WriteString(indent + "Some text with words: depends on, select, endif.\n\n")
	if g.chance(30) {
		g.text.WriteString(indent + "  config NOT_A_SYMBOL\n")
	}
}

// prompt returns a quoted text, mostly plain.
func (g *generator) prompt(about string) string {
	switch g.r.IntN(30) {
	case 0:
		return `"` + about + ` \"quoted\""`
	case 1:
		return `"` + about + ` back\\slash"`
	case 2:
		return `'` + about + ` "single"'`
	case 3:
		return `"` + about + ` é # no comment"`
	case 4:
		return `""`
	case 5:
		return `"` + about + ` \n \$ \'"`
	case 6:
		return `" ` + about + `  "`
	case 7:
		return `"` + about + `	tab"`
	case 8:
		if len(g.macros) > 0 {
			return fmt.Sprintf(`"%s $(%s)"`, about, pick(g, g.macros))
		}
	case 9:
		return `"` + about + ` $(undefined)"`
	}
	return `"` + about + `"`
}

// line writes a line with an indent, and now and then something that says
// nothing.
func (g *generator) line(s string) {
	if s == "" {
		g.text.WriteByte('\n')
		return
	}
	for range g.depth {
		g.text.WriteString(pick(g, []string{"\t", "\t", "\t", "  "}))
	}
	if g.r.IntN(80) == 0 && !strings.ContainsAny(s, `"'`) && !strings.HasPrefix(s, "macro") {
		s = strings.Replace(s, " ", " \\\n\t", 1)
	}
	g.text.WriteString(s)
	if g.r.IntN(60) == 0 && !strings.HasPrefix(s, "macro") {
		g.text.WriteString(" # remark")
	}
	g.text.WriteByte('\n')
}
