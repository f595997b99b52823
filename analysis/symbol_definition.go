package analysis

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// maxContexts bounds how many inclusions of one file are looked at for what
// its entries depend on.
const maxContexts = 64

// maxSurroundings bounds how many conditions of blocks around an entry count.
// Real files nest a dozen; without a bound a file of nothing but nested ifs
// would cost the square of its length.
const maxSurroundings = 256

// surroundings are what everything at some place depends on, whatever it says itself.
type surroundings struct {
	conditions []SymbolCondition
	depends    expr.Expr // without "visible if"
	visible    expr.Expr // "visible if" alone
}

// with returns the context inside of something that brings in conditions.
func (x surroundings) with(c scope, conditions []menu.Condition) surroundings {
	if len(conditions) == 0 || len(x.conditions) >= maxSurroundings {
		return x
	}
	parts := x.conditions[:len(x.conditions):len(x.conditions)]
	depends, visible := []expr.Expr{x.depends}, []expr.Expr{x.visible}
	for _, condition := range conditions {
		if len(parts) >= maxSurroundings {
			break
		}
		e := conditionOf(condition)
		if condition.Kind == parser.VisibleIf {
			visible = append(visible, e)
		} else {
			depends = append(depends, e)
		}
		parts = c.appendConjuncts(parts, condition, e)
	}
	return surroundings{parts, expr.And(depends...), expr.And(visible...)}
}

// conditionOf returns the expression of a condition.
func conditionOf(condition menu.Condition) expr.Expr {
	e, _ := expr.Parse(condition.Statement, condition.From, condition.To, 0)
	if condition.Statement.Kind == parser.DependsOn {
		e = expr.ConditionalDependency(e, suffix(condition.Statement))
	}
	return e
}

// suffix returns the condition behind a statement's "if".
func suffix(st parser.Statement) expr.Expr {
	from, to, ok := st.Condition()
	if !ok {
		return expr.Expr{}
	}
	e, _ := expr.Parse(st, from, to, 0)
	return e
}

// appendConjuncts appends the conjuncts of a condition, with their places.
func (c scope) appendConjuncts(parts []SymbolCondition, condition menu.Condition, e expr.Expr) []SymbolCondition {
	block := menu.Entry{File: condition.File, Head: condition.Block}
	part := SymbolCondition{
		From: condition.Kind,
		File: condition.File.Path,
		Line: condition.File.Tree.Line(int(condition.Block.Start)) + 1,
	}
	if condition.Kind != parser.If && condition.Kind != parser.DependsOn {
		part.Title = c.promptOf(block)
	}
	for conjunct := range e.Conjuncts() {
		part.Expr = conjunct
		start, end := leavesRange(conjunct)
		part.Location = c.at(condition.File, start, end)
		parts = append(parts, part)
	}
	return parts
}

// leavesRange returns the bytes from the first to the last leaf of an
// expression.
func leavesRange(e expr.Expr) (start, end uint32) {
	for leaf := range e.Leaves() {
		s, t := leaf.Range()
		if s == t {
			continue // it was not written
		}
		if end == 0 || s < start {
			start = s
		}
		end = max(end, t)
	}
	return start, end
}

// contextOf returns what an entry depends on because of where it stands. If
// its file is included several times it is what any inclusion gives; the parts
// are those of the first.
func (c scope) contextOf(e menu.Entry) surroundings {
	var all []surroundings
	for _, conditions := range c.view.Context(c.root.Sources, e.File, e.Head.Index, maxContexts) {
		all = append(all, surroundings{}.with(c, conditions))
	}
	return anyOf(all)
}

// anyOf returns the context of an entry that is read in several.
func anyOf(all []surroundings) surroundings {
	if len(all) == 1 {
		return all[0]
	}
	depends, visible := make([]expr.Expr, len(all)), make([]expr.Expr, len(all))
	for i, x := range all {
		depends[i], visible[i] = x.depends, x.visible
	}
	return surroundings{all[0].conditions, expr.Or(depends...), expr.Or(visible...)}
}

// definition returns what an entry says of the symbol that it defines.
func (c scope) definition(e menu.Entry, around surroundings) SymbolDefinition {
	x := around.with(c, e.Own())
	d := c.outline(e)
	d.DependsOn, d.Conditions = x.depends, x.conditions
	for st := range e.Attributes() {
		if _, ok := st.PromptToken(); ok {
			d.HasPrompt, d.PromptCondition = true, suffix(st)
		}
		switch st.Kind {
		case parser.Default, parser.TypedDefault:
			p := c.property(e.File, st)
			from, to := st.Expression()
			p.Expr, _ = expr.Parse(st, from, to, 0)
			p.Value = p.Expr.String()
			d.Defaults = append(d.Defaults, p)
		case parser.Range:
			p := c.property(e.File, st)
			p.Value = bounds(st)
			d.Ranges = append(d.Ranges, p)
		case parser.Select:
			d.Selects = append(d.Selects, c.target(e.File, st))
		case parser.Imply:
			d.Implies = append(d.Implies, c.target(e.File, st))
		}
	}
	if d.HasPrompt {
		d.Prompt = c.promptOf(e)
		d.Visibility = expr.And(x.visible, d.PromptCondition)
	}
	d.Help, _, _ = e.Help()
	if choice, ok := e.File.InChoice(e.Head.Index); ok {
		d.InChoice, d.Choice = true, c.promptOf(choice)
	}
	return d
}

// outline returns where an entry is and the type that it gives.
func (c scope) outline(e menu.Entry) SymbolDefinition {
	keyword, _, _ := e.Type()
	return SymbolDefinition{
		Location: c.nameOf(e), File: e.File.Path, Line: e.File.Tree.Line(int(e.Head.Start)) + 1,
		Kind: e.Head.Kind, Type: menu.TypeName(keyword), InView: c.view.Reaches(e.File.ID), Arch: archOf(e.File.Path),
	}
}

// nameOf returns the place of the name that an entry's first line gives, or
// that of its keyword.
func (c scope) nameOf(e menu.Entry) Location {
	i := e.Head.First(0)
	if name, ok := e.Head.Operand(); ok {
		i = name
	}
	if i >= e.Head.Len() {
		return c.at(e.File, e.Head.Start, e.Head.Start)
	}
	return c.root.location(e.File, e.Head.Token(i))
}

// promptOf returns the prompt or title of an entry without quotes, its macros
// expanded where that is known.
func (c scope) promptOf(e menu.Entry) string {
	st, token, ok := e.Prompt()
	if !ok {
		return ""
	}
	return c.expanded(e.File, st, st.TokenText(token))
}

// expanded returns the text that a token stands for, with the macros in it
// expanded if that is known.
func (c scope) expanded(f *menu.File, st parser.Statement, token string) string {
	if strings.Contains(token, "$") {
		if text, known := c.view.Variables().Expand(f, st, token); known {
			return text
		}
	}
	return parser.Unquote(token)
}

// property returns a line of an entry without its value.
func (c scope) property(f *menu.File, st parser.Statement) SymbolProperty {
	first, last := st.First(0), st.Len()-1
	for last > first && st.Token(last).Kind == parser.Comment {
		last--
	}
	return SymbolProperty{
		Location:  c.at(f, st.Token(first).Start, st.Token(last).End),
		Line:      f.Tree.Line(int(st.Start)) + 1,
		Condition: suffix(st),
	}
}

// target returns a select or imply line.
func (c scope) target(f *menu.File, st parser.Statement) SymbolProperty {
	p := c.property(f, st)
	p.Value = c.expanded(f, st, st.Name())
	return p
}

// bounds returns the operands of a range, separated by blanks.
func bounds(st parser.Statement) string {
	var words []string
	from, to := st.Expression()
	for i := from; i < to; i++ {
		if leaf, ok := expr.LeafAt(st, i, 0); ok {
			words = append(words, leaf.String())
		}
	}
	return strings.Join(words, " ")
}

// archOf returns the directory below arch/ that a file of a tree lies in, ""
// for files elsewhere.
func archOf(file string) string {
	rest, ok := strings.CutPrefix(file, "arch/")
	if !ok {
		return ""
	}
	arch, _, ok := strings.Cut(rest, "/")
	if !ok {
		return ""
	}
	return arch
}
