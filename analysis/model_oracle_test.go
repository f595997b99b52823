package analysis

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// modelOracle compares a model with what conf dumped.
type modelOracle struct {
	*symbolOracle
	model     *model.Model
	constants map[string]expr.Atom
	proved    int
}

// compareModel compares the dependencies of all symbols and the properties of
// all entries. That two expressions are equal is proved, not tried.
func (o *symbolOracle) compareModel() {
	m := &modelOracle{symbolOracle: o, model: o.root.Model(o.arch), constants: map[string]expr.Atom{}}
	for a := range m.model.Symbols {
		if s := &m.model.Symbols[a]; s.Kind == model.Constant {
			m.constants[s.Name] = expr.Atom(a)
		}
	}
	for name, row := range o.values {
		if row.Type == "unknown" {
			continue // it is mentioned, not defined
		}
		a, ok := m.model.Lookup(name)
		if !ok || !m.model.Symbols[a].Defined {
			o.differ("symbol", name, "not defined", row.Type)
			continue
		}
		s := &m.model.Symbols[a]
		if !s.ChoiceValue { // conf does not look at it for those
			m.equal("direct dependency", name, s.DirectDep, row.DirectDep, true)
		}
		m.equal("reverse dependency", name, s.ReverseDep, row.ReverseDep, false)
		m.equal("weak reverse dependency", name, s.Implied, row.Implied, false)
	}
	m.compareNodes()
	if m.proved < 50_000 {
		o.Errorf("only %d expressions were compared", m.proved)
	}
}

// compareNodes compares what the entries of symbols depend on, and their
// properties, in the order of reading.
func (o *modelOracle) compareNodes() {
	byPlace := map[string]*model.Node{}
	for i := range o.model.Nodes {
		n := &o.model.Nodes[i]
		if n.Symbol != model.NoAtom && n.File != nil {
			st := n.File.Tree.At(int(n.Statement))
			byPlace[o.place(n.File, int(st.Start))+" "+o.model.Symbols[n.Symbol].Name] = n
		}
	}
	for _, row := range o.entries {
		if row.Kind != "sym" {
			continue
		}
		n := byPlace[row.Place+" "+row.Name]
		if n == nil {
			o.differ("entry", row.Place, "none", row.Name)
			continue
		}
		o.equal("entry's dependency", row.Place, n.Dep, row.Depends, true)
		var properties []model.Property
		for _, p := range o.model.Symbols[n.Symbol].Properties {
			if &o.model.Nodes[p.Node] == n {
				properties = append(properties, p)
			}
		}
		if len(properties) != len(row.Props) {
			o.differ("number of properties", row.Place, row.Name, "")
			continue
		}
		for i, p := range properties {
			theirs := row.Props[i]
			o.equal("condition of a "+theirs.Kind, theirs.Place, p.Condition, theirs.Visible, true)
			if p.Kind == model.Default {
				o.equal("value of a default", theirs.Place, p.Value, theirs.Expr, true)
			}
		}
	}
}

// equal compares an expression with conf's text of it. An empty text stands for
// y, or for n.
func (o *modelOracle) equal(class, place string, ours expr.ID, text string, emptyIsYes bool) {
	theirs := o.model.Pool.No()
	switch {
	case text != "":
		theirs = o.parse(text)
	case emptyIsYes:
		theirs = 0
	}
	o.proved++
	if o.implies(ours, theirs) && o.implies(theirs, ours) {
		return
	}
	o.differ(class, place, o.model.Format(ours), text)
}

// implies proves an implication. Of long disjunctions each part is looked at by
// itself, and first beside the parts with the same beginning.
func (o *modelOracle) implies(a, b expr.ID) bool {
	pool := o.model.Pool
	disjuncts := func(id expr.ID) []expr.ID {
		if pool.Op(id) == expr.OpOr {
			return pool.Args(id)
		}
		return []expr.ID{id}
	}
	first := func(id expr.ID) (atom expr.Atom) {
		pool.Atoms(id, func(a expr.Atom) bool { atom = a; return false })
		return atom
	}
	parts := disjuncts(b)
	byFirst := map[expr.Atom][]expr.ID{}
	for _, p := range parts {
		byFirst[first(p)] = append(byFirst[first(p)], p)
	}
	for _, part := range disjuncts(a) {
		if slices.ContainsFunc(byFirst[first(part)], func(p expr.ID) bool { return pool.Implies(o.model, part, p) == expr.Holds }) {
			continue
		}
		if pool.Implies(o.model, part, b) != expr.Holds {
			return false
		}
	}
	return true
}

// parse reads an expression as conf prints it.
func (o *modelOracle) parse(text string) expr.ID {
	tree := parser.Parse("config A\n\tdepends on "+text+"\n", parser.Linux(6, 12))
	st := tree.At(1)
	from, to := st.Expression()
	e, ok := expr.Parse(st, from, to, 0)
	if !ok {
		o.Fatalf("%s cannot be read", text)
	}
	return o.pooled(e)
}

func (o *modelOracle) pooled(e expr.Expr) expr.ID {
	pool := o.model.Pool
	switch op := e.Op(); {
	case op == expr.OpLeaf:
		leaf, _ := e.Leaf()
		return pool.Leaf(o.atom(leaf))
	case op.IsComparison():
		a, _ := e.Arg(0).Leaf()
		b, _ := e.Arg(1).Leaf()
		return pool.Compare(op, o.atom(a), o.atom(b))
	case op == expr.OpNot:
		return pool.Not(o.pooled(e.Arg(0)))
	default:
		var parts []expr.ID
		for arg := range e.Args() {
			parts = append(parts, o.pooled(arg))
		}
		if op == expr.OpAnd {
			return pool.All(parts)
		}
		return pool.Any(parts)
	}
}

func (o *modelOracle) atom(leaf expr.Leaf) expr.Atom {
	name := leaf.Text()
	if leaf.Kind() == expr.Constant {
		if a, ok := o.constants[name]; ok {
			return a
		}
		if !strings.Contains(name, " ") {
			o.differ("constant", name, "none", name)
		}
		return model.AtomNo
	}
	a, ok := o.model.Lookup(name)
	if !ok {
		o.differ("name", name, "none", name)
	}
	return a
}
