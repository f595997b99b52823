package model

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Difference tells two models apart.
type Difference struct {
	// What says which symbol or entry is another one, "" if none is.
	What string
	// Shown tells that the values of all configurations are the same, and only the
	// menu is another one.
	Shown bool
}

// Differ returns a difference between two models of one view, before and after an
// edit. Expressions are the same if they are proved to be, whatever they look like, and
// so are lists of defaults that give the same value under the same conditions. That a
// config is a menuconfig makes no difference.
//
// The pool of the second model gets the expressions of the first one.
func Differ(before, after *Model) Difference {
	c := newComparer(before, after)
	if what := c.symbols(); what != "" {
		return Difference{What: what}
	}
	if what := c.menus(); what != "" {
		return Difference{What: what, Shown: true}
	}
	return Difference{}
}

// comparer holds one model against another.
type comparer struct {
	before, after *Model
	atoms         map[expr.Atom]expr.Atom // of after, by those of before
	exprs         map[expr.ID]expr.ID
	same          map[[2]expr.ID]bool // what was proved, of after
	// unnamed are the atoms of after that Lookup does not know.
	unnamed map[atomKey]expr.Atom
	keys    map[expr.Atom]atomKey // of before
}

// atomKey is what a constant, a macro reference or a choice is known by.
type atomKey struct {
	kind   Kind
	name   string
	answer expr.Atom
	number int // of a choice
}

func newComparer(before, after *Model) *comparer {
	c := &comparer{
		before: before, after: after, atoms: map[expr.Atom]expr.Atom{}, exprs: map[expr.ID]expr.ID{},
		same: map[[2]expr.ID]bool{}, unnamed: map[atomKey]expr.Atom{}, keys: map[expr.Atom]atomKey{},
	}
	for a, key := range keysOf(after) {
		c.unnamed[key] = a
	}
	c.keys = keysOf(before)
	return c
}

// keysOf returns the keys of the atoms that Lookup does not know.
func keysOf(m *Model) map[expr.Atom]atomKey {
	keys := map[expr.Atom]atomKey{}
	choices := 0
	for i := range m.Symbols {
		s := &m.Symbols[i]
		if s.Kind == Plain || expr.Atom(i) < firstAtom {
			continue
		}
		key := atomKey{kind: s.Kind, name: s.Name, answer: s.Answer}
		if s.Kind == Choice {
			choices++
			key.number = choices
		}
		keys[expr.Atom(i)] = key
	}
	return keys
}

// atom returns the atom of the model after that stands for the same, NoAtom if there is
// none.
func (c *comparer) atom(a expr.Atom) expr.Atom {
	if a == NoAtom || a < firstAtom {
		return a
	}
	if to, ok := c.atoms[a]; ok {
		return to
	}
	var to expr.Atom
	var ok bool
	if key, unnamed := c.keys[a]; unnamed {
		to, ok = c.unnamed[key]
	} else {
		to, ok = c.after.Lookup(c.before.Symbols[a].Name)
	}
	if !ok {
		to = NoAtom
	}
	c.atoms[a] = to
	return to
}

// expr returns an expression of the model before as one of the model after. What has no
// counterpart is too deep, which is like nothing else.
func (c *comparer) expr(id expr.ID) expr.ID {
	if id == 0 {
		return 0
	}
	if to, ok := c.exprs[id]; ok {
		return to
	}
	from, pool := c.before.Pool, c.after.Pool
	var to expr.ID
	switch op := from.Op(id); {
	case op == expr.OpLeaf:
		to = pool.Leaf(c.known(from.Atom(id)))
	case op.IsComparison():
		args := from.Args(id)
		to = pool.Compare(op, c.known(from.Atom(args[0])), c.known(from.Atom(args[1])))
	case op == expr.OpNot:
		to = pool.Not(c.expr(from.Args(id)[0]))
	default:
		var parts []expr.ID
		for _, arg := range from.Args(id) {
			parts = append(parts, c.expr(arg))
		}
		if op == expr.OpAnd {
			to = pool.All(parts)
		} else {
			to = pool.Any(parts)
		}
	}
	c.exprs[id] = to
	return to
}

func (c *comparer) known(a expr.Atom) expr.Atom {
	if to := c.atom(a); to != NoAtom {
		return to
	}
	return AtomTooDeep
}

// equal reports whether an expression of the model before is proved to be one of the
// model after.
func (c *comparer) equal(before, after expr.ID) bool {
	a := c.expr(before)
	if a == after || c.after.Pool.IsYes(a) && c.after.Pool.IsYes(after) {
		return true
	}
	key := [2]expr.ID{a, after}
	if same, ok := c.same[key]; ok {
		return same
	}
	c.same[key] = c.implies(a, after) && c.implies(after, a)
	return c.same[key]
}

// implies proves an implication part by part, each beside the parts that begin alike
// before it is held against all of them: there are hundreds where a symbol is selected
// from everywhere.
func (c *comparer) implies(a, b expr.ID) bool {
	known := map[expr.ID]bool{}
	alike := map[expr.Atom][]expr.ID{}
	for _, part := range c.disjuncts(b, nil) {
		known[part] = true
		first := c.first(part)
		alike[first] = append(alike[first], part)
	}
	proved := func(part, whole expr.ID) bool { return c.after.Pool.Implies(c.after, part, whole) == expr.Holds }
	for _, part := range c.disjuncts(a, nil) {
		if known[part] || slices.ContainsFunc(alike[c.first(part)], func(other expr.ID) bool { return proved(part, other) }) {
			continue
		}
		if !proved(part, b) {
			return false
		}
	}
	return true
}

// first returns the atom that an expression begins with.
func (c *comparer) first(id expr.ID) (first expr.Atom) {
	c.after.Pool.Atoms(id, func(a expr.Atom) bool { first = a; return false })
	return first
}

// disjuncts appends the operands of "||" of an expression, however they are nested.
func (c *comparer) disjuncts(id expr.ID, all []expr.ID) []expr.ID {
	if c.after.Pool.Op(id) != expr.OpOr {
		return append(all, id)
	}
	for _, arg := range c.after.Pool.Args(id) {
		all = c.disjuncts(arg, all)
	}
	return all
}

// symbols returns the first symbol that is another one.
func (c *comparer) symbols() string {
	if c.atom(c.before.Modules) != c.after.Modules || c.before.Title != c.after.Title ||
		len(c.before.Messages) != len(c.after.Messages) || (c.before.Err == nil) != (c.after.Err == nil) {
		return "what the tree says of itself"
	}
	count := 0
	for i := range c.before.Symbols {
		s := &c.before.Symbols[i]
		if !s.Defined {
			continue
		}
		count++
		a := c.atom(expr.Atom(i))
		if a == NoAtom || !c.after.Symbols[a].Defined {
			return fmt.Sprintf("%s is not defined", c.before.AtomText(expr.Atom(i)))
		}
		if what := c.symbol(s, &c.after.Symbols[a]); what != "" {
			return what + " of " + c.before.AtomText(expr.Atom(i))
		}
	}
	for i := range c.after.Symbols {
		if c.after.Symbols[i].Defined {
			count--
		}
	}
	if count != 0 {
		return "the number of symbols"
	}
	return ""
}

// symbol returns in what two symbols differ.
func (c *comparer) symbol(s, t *Symbol) string {
	switch {
	case s.Type != t.Type:
		return "the type"
	case s.ChoiceValue != t.ChoiceValue || s.Optional != t.Optional || s.AllNoYes != t.AllNoYes || s.Unwritten != t.Unwritten || s.Transitional != t.Transitional:
		return "the nature"
	case (s.Choice == NoNode) != (t.Choice == NoNode):
		return "the choice"
	case !c.equal(s.DirectDep, t.DirectDep):
		return "the dependency"
	case !c.equal(s.ReverseDep, t.ReverseDep):
		return "what selects, "
	case !c.equal(s.Implied, t.Implied):
		return "what implies, "
	}
	for _, kind := range []PropertyKind{Prompt, Range, Env, Select, Imply} {
		if !c.properties(c.of(c.before, s, kind), c.of(c.after, t, kind), kind) {
			return "a " + kind.word()
		}
	}
	if !c.defaults(s, t) {
		return "a default"
	}
	return ""
}

// word names a kind of properties.
func (k PropertyKind) word() string {
	return [...]string{"prompt", "default", "select", "imply", "range", "variable"}[k]
}

// of returns the properties of a kind; of selects and implies the order does not
// matter, so they are sorted by target.
func (c *comparer) of(m *Model, s *Symbol, kind PropertyKind) []Property {
	var all []Property
	for _, p := range s.Properties {
		if p.Kind == kind {
			all = append(all, p)
		}
	}
	if kind == Select || kind == Imply {
		slices.SortStableFunc(all, func(p, q Property) int { return cmp.Compare(m.Symbols[p.Low].Name, m.Symbols[q.Low].Name) })
	}
	return all
}

func (c *comparer) properties(before, after []Property, kind PropertyKind) bool {
	return slices.EqualFunc(before, after, func(p, q Property) bool {
		switch {
		case !c.equal(p.Condition, q.Condition):
			return false
		case kind == Prompt:
			return p.Text == q.Text
		case kind == Env:
			return c.equal(p.Value, q.Value)
		}
		return c.atom(p.Low) == q.Low && c.atom(p.High) == q.High
	})
}

// menus returns the first entry of the menu tree that is shown elsewhere, or otherwise.
func (c *comparer) menus() string {
	before, after := shown(c.before), shown(c.after)
	for i, p := range before {
		if i >= len(after) {
			return "the end of the menu"
		}
		m, n := &c.before.Nodes[p.id], &c.after.Nodes[after[i].id]
		if p.depth != after[i].depth || m.Text != n.Text || c.atom(m.Symbol) != n.Symbol || m.HasPrompt != n.HasPrompt ||
			!c.equal(m.Visible, n.Visible) || !c.equal(m.Dep, n.Dep) {
			return "the place or condition of " + c.title(m)
		}
	}
	if len(after) > len(before) {
		return "the end of the menu"
	}
	return ""
}

// title returns what an entry is known by.
func (c *comparer) title(n *Node) string {
	if n.Symbol != NoAtom {
		return c.before.AtomText(n.Symbol)
	}
	return expr.Quote(n.Text)
}

// shownEntry is an entry of the menu tree and how deep it stands.
type shownEntry struct {
	id    NodeID
	depth int
}

// shown returns the entries from top to bottom, but for ifs.
func shown(m *Model) []shownEntry {
	var all []shownEntry
	for id := m.Following(0, 0); id != NoNode; id = m.Following(id, 0) {
		if m.Nodes[id].Kind == parser.If {
			continue
		}
		depth := 0
		for up := m.Nodes[id].Parent; up > 0; up = m.Nodes[up].Parent {
			depth++
		}
		all = append(all, shownEntry{id, depth})
	}
	return all
}
