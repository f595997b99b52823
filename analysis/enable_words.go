package analysis

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/enable"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

// condition says what a tool would have to answer.
func (e *enabling) condition(c enable.Condition) *Why {
	name := inQuotes(e.model.AtomText(c.Reference))
	return &Why{
		Kind: "tool-not-asked", Symbol: e.model.Symbols[c.Reference].Name, Value: c.Value.String(),
		Text: "if " + name + " is " + c.Value.String() + ": " + e.values.notAnswered(name, c.Reference),
	}
}

// explain says what makes it impossible, from what is wanted to what that comes from.
func (e *enabling) explain(found enable.Result, wishes []solve.Wish) {
	x := explainer{enabling: e, relevant: map[expr.Atom]bool{}}
	for _, p := range found.Core {
		x.relevant[p.Atom] = true
	}
	for _, w := range wishes {
		x.relevant[w.Atom] = true
	}
	for _, p := range slices.Backward(found.Core) {
		e.result.Reasons = append(e.result.Reasons, x.part(p)...)
	}
	for _, a := range found.Answers {
		e.result.Answers = append(e.result.Answers, x.answer(a))
	}
}

// explainer puts the parts of a core into words.
type explainer struct {
	*enabling
	relevant map[expr.Atom]bool // what the core is about
	depth    int                // of selectors
}

func (x *explainer) part(p solve.Part) []*Why {
	s := &x.model.Symbols[p.Atom]
	switch {
	case p.Kind == solve.Answer:
		return []*Why{x.answer(p.Atom)}
	case s.Kind == model.Choice:
		return []*Why{x.choice(p)}
	case p.Kind == solve.AtMost:
		return x.atMost(p.Atom)
	}
	return x.atLeast(p.Atom)
}

// answer says what a tool has answered.
func (x *explainer) answer(a expr.Atom) *Why {
	s := &x.model.Symbols[a]
	value := x.model.AtomText(s.Answer)
	w := &Why{Kind: "tool", Symbol: s.Name}
	if s.Kind == model.Plain {
		value, _ = x.values.evaluation.Value(a)
		w.Place = x.definition(a)
	} else {
		w.Causes = x.values.failing(a, No)
	}
	w.Value, w.Text = value, inQuotes(x.model.AtomText(a))+" is "+value+": so the tool has answered"
	return w
}

func (x *explainer) choice(p solve.Part) *Why {
	s := &x.model.Symbols[p.Atom]
	node := &x.model.Nodes[s.Nodes[0]]
	w := &Why{Kind: "choice", Place: x.root.placeOf(node, node.Statement)}
	name := x.values.choiceName(s.Nodes[0])
	if node.Text == "" {
		name = "a choice"
	}
	if w.Text = "only one member of " + name + " can be on"; p.Kind == solve.AtLeast {
		w.Text = "one member of " + name + " has to be on"
	}
	return w
}

func (x *explainer) definition(a expr.Atom) Place {
	nodes := x.model.Symbols[a].Nodes
	if len(nodes) == 0 {
		return Place{}
	}
	n := &x.model.Nodes[nodes[0]]
	return x.root.placeOf(n, n.Statement)
}

// maxSelectorDepth is how far selectors of selectors are followed.
const maxSelectorDepth = 3

// maxPartLines is how many lines of one symbol are told.
const maxPartLines = 6

// atMost says what a symbol needs to be on: the lines that it depends on that have to do
// with the rest, and what could turn it on without a prompt.
func (x *explainer) atMost(a expr.Atom) []*Why {
	for _, which := range []func(expr.ID) bool{x.matters, x.mayMatter, func(expr.ID) bool { return true }} {
		if all := x.needs(a, which); len(all) > 0 {
			return all
		}
	}
	name := inQuotes(x.model.Symbols[a].Name)
	return []*Why{{Kind: "bounds", Symbol: x.model.Symbols[a].Name, Text: name + " cannot be more than what selects it", Place: x.definition(a)}}
}

// needs returns those lines that a symbol depends on of which the expression is wanted.
func (x *explainer) needs(a expr.Atom, isWanted func(expr.ID) bool) []*Why {
	s := &x.model.Symbols[a]
	name := inQuotes(s.Name)
	var all []*Why
	seen := map[Place]bool{}
	needs := func(n *model.Node, statement int32, id expr.ID, text string) {
		place := x.root.placeOf(n, statement)
		if len(all) == maxPartLines || seen[place] || !isWanted(id) {
			return
		}
		seen[place] = true
		all = append(all, &Why{Kind: "needs", Symbol: s.Name, Text: text + inQuotes(x.model.Format(id)), Place: place, Causes: x.undefined(id)})
	}
	hasPrompt := false
	for _, id := range s.Nodes {
		for n := id; n > 0; n = x.model.Nodes[n].Block {
			node := &x.model.Nodes[n]
			for _, c := range node.Conditions {
				needs(node, c.Statement, c.Expr, name+" needs ")
			}
		}
	}
	for i := range s.Properties {
		p := &s.Properties[i]
		node := &x.model.Nodes[p.Node]
		switch p.Kind {
		case model.Prompt:
			hasPrompt = true
			if p.Own != 0 {
				needs(node, p.Statement, p.Own, name+" can be set only if ")
			}
		case model.Default:
			if !hasPrompt && p.Value != 0 {
				needs(node, p.Statement, p.Value, name+" is by default ")
			}
			if p.Own != 0 {
				needs(node, p.Statement, p.Own, name+" has this default only if ")
			}
		}
	}
	if !hasPrompt && x.depth < maxSelectorDepth {
		x.depth++
		all = append(all, x.noPrompt(a))
		x.depth--
	}
	return all
}

// noPrompt says what alone could turn a symbol on.
func (x *explainer) noPrompt(a expr.Atom) *Why {
	s := &x.model.Symbols[a]
	w := &Why{Kind: "no-prompt", Symbol: s.Name, Place: x.definition(a)}
	var names []string
	for _, ref := range slices.Concat(s.SelectedBy, s.ImpliedBy) {
		if name := inQuotes(x.model.Symbols[ref.Symbol].Name); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	hasDefault := slices.ContainsFunc(s.Properties, func(p model.Property) bool { return p.Kind == model.Default })
	switch {
	case len(names) == 0 && hasDefault:
		w.Text = inQuotes(s.Name) + " has no prompt, and nothing selects it: only its defaults count"
	case len(names) == 0:
		w.Kind, w.Text = "nothing-sets", inQuotes(s.Name)+" is n: "+x.values.nothingSets(s.Name)
	default:
		if len(names) > maxTitled {
			names = append(names[:maxTitled-1], strconv.Itoa(len(names)-maxTitled+1)+" more")
		}
		verb := " selects it"
		if len(names) > 1 {
			verb = " select it"
		}
		w.Text = inQuotes(s.Name) + " has no prompt: only " + inWords(names) + verb
		w.Causes = x.selectorsNeed(s)
		if hasDefault {
			w.Text += ", or a default turns it on"
		}
	}
	return w
}

// selectorsNeed says why symbols that would select another one cannot be on, unless
// that is told elsewhere, or there are many.
func (x *explainer) selectorsNeed(s *model.Symbol) []*Why {
	var all []*Why
	for i, ref := range s.SelectedBy {
		if i == maxTitled {
			return nil
		}
		if !x.relevant[ref.Symbol] {
			all = append(all, x.needs(ref.Symbol, x.matters)...)
		}
	}
	return all
}

// atLeast says what turns a symbol on.
func (x *explainer) atLeast(a expr.Atom) []*Why {
	s := &x.model.Symbols[a]
	name := inQuotes(s.Name)
	var all []*Why
	for _, ref := range s.SelectedBy {
		if !x.relevant[ref.Symbol] || len(all) == maxPartLines {
			continue
		}
		p := x.model.Property(ref)
		text := inQuotes(x.model.Symbols[ref.Symbol].Name) + " selects " + name
		if p.Own != 0 {
			text += " if " + inQuotes(x.model.Format(p.Own))
		}
		all = append(all, &Why{Kind: "selects", Symbol: x.model.Symbols[ref.Symbol].Name, Text: text, Place: x.root.placeOf(&x.model.Nodes[p.Node], p.Statement)})
	}
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind != model.Default || len(all) == maxPartLines {
			continue
		}
		text := name + " is by default " + inQuotes(x.model.Format(p.Value))
		if p.Own != 0 {
			text += " if " + inQuotes(x.model.Format(p.Own))
		}
		all = append(all, &Why{Kind: "default", Symbol: s.Name, Text: text + ", and cannot be set otherwise", Place: x.root.placeOf(&x.model.Nodes[p.Node], p.Statement)})
	}
	if len(all) == 0 {
		all = append(all, &Why{Kind: "bounds", Symbol: s.Name, Text: name + " cannot be turned off: it is selected", Place: x.definition(a)})
	}
	return all
}

// matters reports whether an expression has to do with what is impossible: with other
// parts of it, or with what cannot hold.
func (x *explainer) matters(id expr.ID) bool {
	return x.mentions(id, func(a expr.Atom) bool {
		s := &x.model.Symbols[a]
		return x.relevant[a] || a == model.AtomNo || a == model.AtomMod || s.Kind == model.Answered ||
			s.Kind == model.Plain && !s.Defined && !isNumber(s.Name)
	})
}

// mayMatter reports whether an expression is about a number or a text, of which parts do
// not tell.
func (x *explainer) mayMatter(id expr.ID) bool {
	return x.mentions(id, func(a expr.Atom) bool {
		s := &x.model.Symbols[a]
		return s.Kind == model.Plain && s.Defined && !s.Type.IsLogical()
	})
}

func (x *explainer) mentions(id expr.ID, what func(expr.Atom) bool) bool {
	if id == 0 {
		return false
	}
	if x.model.Pool.Op(id) != expr.OpLeaf {
		return slices.ContainsFunc(x.model.Pool.Args(id), func(arg expr.ID) bool { return x.mentions(arg, what) })
	}
	return what(x.model.Pool.Atom(id))
}

// isNumber reports whether a name is a number, as expressions have them without quotes.
func isNumber(name string) bool {
	return config.ValidText(model.Int, name) || config.ValidText(model.Hex, name) && strings.HasPrefix(name, "0x")
}

// undefined says of the symbols of an expression that the view does not have them.
func (x *explainer) undefined(id expr.ID) []*Why {
	if id == 0 {
		return nil
	}
	if x.model.Pool.Op(id).IsComparison() {
		return nil // with a number or a text
	}
	if x.model.Pool.Op(id) != expr.OpLeaf {
		var all []*Why
		for _, arg := range x.model.Pool.Args(id) {
			all = append(all, x.undefined(arg)...)
		}
		return all
	}
	s := &x.model.Symbols[x.model.Pool.Atom(id)]
	if s.Kind != model.Plain || s.Defined {
		return nil
	}
	return []*Why{{Kind: "not-defined", Symbol: s.Name, Value: "n", Text: x.values.notDefined(s.Name)}}
}

// maxSummaryReasons is how many reasons a summary names.
const maxSummaryReasons = 3

// Summary says in a sentence why what is wanted is not possible, without a full stop; ""
// if it is.
func (e Enabled) Summary() string {
	var names, reasons []string
	for _, w := range e.Wanted {
		name := w.Symbol
		if w.Value != "" {
			name += "=" + w.Value
		}
		names = append(names, inQuotes(name))
	}
	text := inWords(names)
	switch e.Verdict {
	case EnablePossible:
		return ""
	case EnableOpen:
		return text + ": no way was found in time"
	case EnableNever:
		text += " is never possible"
		if e.Arch != "" {
			text += " for " + e.Arch
		}
	case EnableNotWithTools:
		text += " is not possible with what your tools have answered"
	}
	for i, w := range e.Reasons {
		if i == maxSummaryReasons {
			reasons = append(reasons, "and "+plural(len(e.Reasons)-i, "other line", "other lines"))
			break
		}
		reason := w.Text
		if w.Place.File != "" {
			reason += " (" + w.Place.File + ":" + strconv.Itoa(w.Place.Line) + ")"
		}
		reasons = append(reasons, reason)
	}
	return text + ": " + strings.Join(reasons, ", ")
}
