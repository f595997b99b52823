package config

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Value returns the value of a symbol as a configuration has it, without
// quotes, and whether it is known.
func (e *Evaluation) Value(a expr.Atom) (string, bool) {
	st := &e.states[a]
	if e.Model.Symbols[a].Type.IsLogical() {
		return st.value.String(), st.value.Known()
	}
	return st.text, !st.unknownText
}

// Write returns the text of the .config that the values give. As conf_write in
// scripts/kconfig/confdata.c. What is not known is written as if it were the
// smallest of what it can be; see [Evaluation.Unknown].
func (e *Evaluation) Write(prefix string) string {
	w := writer{e: e, prefix: prefix, done: make([]bool, len(e.states))}
	w.b.Grow(64 * len(e.Model.Nodes))
	w.heading()
	w.walk()
	return w.b.String()
}

type writer struct {
	e       *Evaluation
	prefix  string
	b       strings.Builder
	done    []bool // by atom: it is written
	newline bool   // a blank line comes before the next symbol
}

func (w *writer) heading() {
	if h := w.e.Rules.Heading; h != "" {
		version := ""
		if a, ok := w.e.Model.Lookup("KERNELVERSION"); ok {
			version = w.e.states[a].text
		}
		w.b.WriteString(strings.Replace(h, "%s", version, 1))
		return
	}
	w.b.WriteString("#\n# Automatically generated file; DO NOT EDIT.\n#")
	if w.e.Model.Title != "" || !w.e.Rules.BareTitle {
		w.b.WriteString(" " + w.e.Model.Title)
	}
	w.b.WriteString("\n#\n")
}

func (w *writer) walk() {
	nodes := w.e.Model.Nodes
	for id := nodes[0].First; id != model.NoNode; {
		w.entry(id)
		if nodes[id].First != model.NoNode {
			id = nodes[id].First
			continue
		}
		for {
			w.end(id)
			if nodes[id].Next != model.NoNode {
				id = nodes[id].Next
				break
			}
			if id = nodes[id].Parent; id == model.NoNode || id == 0 {
				return
			}
		}
	}
}

func (w *writer) entry(id model.NodeID) {
	n := &w.e.Model.Nodes[id]
	switch {
	case n.Symbol == model.NoAtom:
		if !w.e.blockVisible(n) {
			return
		}
		w.b.WriteString("\n#\n# ")
		w.b.WriteString(n.Text)
		w.b.WriteString("\n#\n")
		w.newline = false
	case w.e.Model.Symbols[n.Symbol].Kind != model.Choice && w.e.Rules.WritesAll:
		w.e.writeSymbol(&w.b, w.prefix, n.Symbol)
	case w.e.Model.Symbols[n.Symbol].Kind != model.Choice && !w.done[n.Symbol]:
		if w.e.states[n.Symbol].written&written == 0 {
			return
		}
		if w.newline {
			w.b.WriteByte('\n')
			w.newline = false
		}
		w.done[n.Symbol] = true
		w.e.writeSymbol(&w.b, w.prefix, n.Symbol)
	}
}

// end writes what comes behind a menu.
func (w *writer) end(id model.NodeID) {
	n := &w.e.Model.Nodes[id]
	if n.First == model.NoNode && w.e.Rules.BareMenus {
		return
	}
	if n.Kind == parser.Menu && !w.e.Rules.NoEndMarks && w.e.blockVisible(n) {
		w.b.WriteString("# end of ")
		w.b.WriteString(n.Text)
		w.b.WriteByte('\n')
		w.newline = true
	}
}

// blockVisible reports whether a menu or comment is shown. As menu_is_visible
// in scripts/kconfig/menu.c.
func (e *Evaluation) blockVisible(n *model.Node) bool {
	if !n.HasPrompt {
		return false
	}
	if n.VisibleIf != 0 && !e.eval(n.VisibleIf).tri.Can(expr.M|expr.Y) {
		return false
	}
	return e.eval(n.Visible).tri.Can(expr.M | expr.Y)
}

// writeSymbol writes the line of one symbol.
func (e *Evaluation) writeSymbol(b *strings.Builder, prefix string, a expr.Atom) {
	s := &e.Model.Symbols[a]
	value, _ := e.Value(a)
	switch {
	case s.Type == model.UnknownType:
		return
	case s.Type.IsLogical() && value[0] == 'n':
		b.WriteString("# ")
		b.WriteString(prefix)
		b.WriteString(s.Name)
		b.WriteString(" is not set\n")
		return
	case s.Type == model.String:
		value = e.Rules.Quote(value)
	case s.Type.IsLogical():
		value = value[:1]
	case value == "" && s.Type == model.Int && e.Rules.ZeroInts:
		value = "0"
	}
	b.WriteString(prefix)
	b.WriteString(s.Name)
	b.WriteByte('=')
	b.WriteString(value)
	b.WriteByte('\n')
}

// WriteMinimal returns the text of the defconfig that gives the same values: the
// symbols that differ from what they are by default. As conf_write_defconfig in
// scripts/kconfig/confdata.c.
func (e *Evaluation) WriteMinimal(prefix string) string {
	var b strings.Builder
	m := e.Model
	v := newMemberVisits(e)
	done := v.done
	for id := m.Nodes[0].First; id != model.NoNode; id = m.Following(id, 0) {
		if m.Nodes[id].Symbol == model.NoAtom && !e.Model.OldChoices() {
			continue
		}
		a := m.Nodes[id].Symbol
		if a == model.NoAtom || m.Symbols[a].Kind == model.Choice {
			continue
		}
		v.visit(a)
		if done[a] {
			continue
		}
		st := &e.states[a]
		if st.written&written == 0 {
			continue
		}
		done[a] = true
		if !e.isDefault(a) {
			e.writeSymbol(&b, prefix, a)
		}
	}
	return b.String()
}

// isDefault reports whether a defconfig can leave a symbol out that a .config
// has.
func (e *Evaluation) isDefault(a expr.Atom) bool {
	if !e.changeable(a) {
		return true
	}
	value, _ := e.Value(a)
	return value == e.defaultText(a) || e.isChoiceDefault(a)
}

// memberVisits follows which symbols conf has computed while it writes a
// defconfig. From Linux 6.12 to 7.2 a member of a choice that is not shown has the
// choice computed when it is first looked at, and that marks all members that
// are shown as to be written, also those that were: if they have another entry
// further down, they are written again.
type memberVisits struct {
	e    *Evaluation
	done []bool        // by atom: it is written
	seen []bool        // by atom: it is computed; nil if it does not matter
	need [][]expr.Atom // by atom: what it needs
}

func newMemberVisits(e *Evaluation) *memberVisits {
	v := &memberVisits{e: e, done: make([]bool, len(e.states))}
	if e.Model.OldChoices() || e.Rules.WritesOnce {
		return v
	}
	repeated := func(a expr.Atom) bool { return len(e.Model.Symbols[a].Nodes) > 1 }
	if !slices.ContainsFunc(e.Model.Nodes, func(n model.Node) bool { return slices.ContainsFunc(n.Members, repeated) }) {
		return v
	}
	v.seen = make([]bool, len(e.states))
	v.need = make([][]expr.Atom, len(e.states))
	for a := range e.states {
		for _, user := range e.Model.Users(expr.Atom(a)) {
			v.need[user] = append(v.need[user], expr.Atom(a))
		}
	}
	for _, a := range e.Model.ModulesNeeds() {
		v.visit(a)
	}
	return v
}

// visit notes that a symbol and what it needs is computed.
func (v *memberVisits) visit(a expr.Atom) {
	if v.seen == nil || v.seen[a] {
		return
	}
	v.seen[a] = true
	for _, need := range v.need[a] {
		v.visit(need)
	}
	s := &v.e.Model.Symbols[a]
	if s.Choice == model.NoNode {
		return
	}
	for id := v.e.Model.Following(s.Choice, s.Choice); id != model.NoNode; id = v.e.Model.Following(id, s.Choice) {
		if member := v.e.Model.Nodes[id].Symbol; member != model.NoAtom && v.e.states[member].visible.Can(expr.M|expr.Y) {
			v.seen[member], v.done[member] = true, false
		}
	}
}

// changeable reports whether a user can set a symbol. As sym_is_changeable.
func (e *Evaluation) changeable(a expr.Atom) bool {
	st := &e.states[a]
	if e.Model.Symbols[a].Kind == model.Choice && !e.Model.OldChoices() {
		return false
	}
	return highest(st.visible) > highest(st.reverse)
}

// highest returns the greatest value of a set.
func highest(t expr.Tristate) expr.Tristate {
	switch {
	case t&expr.Y != 0:
		return expr.Y
	case t&expr.M != 0:
		return expr.M
	}
	return expr.N
}

// isChoiceDefault reports whether a symbol is the chosen member of its choice
// and would be without a user's choice.
func (e *Evaluation) isChoiceDefault(a expr.Atom) bool {
	s := &e.Model.Symbols[a]
	if s.Choice == model.NoNode || e.states[a].value != expr.Y {
		return false
	}
	choice := &e.Model.Symbols[e.Model.Nodes[s.Choice].Symbol]
	if e.Model.OldChoices() {
		return !choice.Optional && s.Type == model.Bool && e.oldDefault(choice) == a
	}
	c := choiceInputs{e: e, choice: s.Choice}
	c.gather()
	return c.byDefault() == a
}

// defaultText returns the value that a symbol has by default, as conf tells it
// when it writes a defconfig: sym_get_string_default in
// scripts/kconfig/symbol.c, which sees less than the evaluation does.
func (e *Evaluation) defaultText(a expr.Atom) string {
	s, st := &e.Model.Symbols[a], &e.states[a]
	val, text := expr.N, ""
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind != model.Default && p.Kind != model.Env {
			continue
		}
		condition := e.eval(p.Condition).tri
		if condition == expr.N {
			continue
		}
		if s.Type.IsLogical() {
			val = e.eval(p.Value).tri.And(condition)
		} else if p.Low != model.NoAtom {
			text = e.states[p.Low].text
		}
		break
	}
	val = val.Or(st.reverse)
	if val == expr.M && !s.ChoiceValue && e.modules == expr.N {
		val = expr.Y
	}
	if s.Type == model.Bool && val == expr.M {
		val = expr.Y
	}
	val = val.Or(st.implied)
	switch {
	case s.Type.IsLogical():
		return val.String()
	case text == "" && !e.Rules.EmptyNumbers && s.Type == model.Int:
		return "0"
	case text == "" && !e.Rules.EmptyNumbers && s.Type == model.Hex:
		return "0x0"
	}
	return text
}
