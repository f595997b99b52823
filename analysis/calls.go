package analysis

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Node is a symbol in the graph of who selects, implies and depends on whom, or
// a block on whose condition everything inside of it depends.
type Node struct {
	// Symbol is the name, "" for a block.
	Symbol string
	// Title is what people call it.
	Title string
	// Detail says what the relation is, and under which condition.
	Detail string
	// Kind is parser.Config or Menuconfig, or what opens the block.
	Kind parser.StatementKind
	// Location is the entry, Selection the name in it.
	Location
	Selection Location
}

// Edge is a relation between two symbols.
type Edge struct {
	Node Node // at the other end
	// Places are where it is stated. For edges to a node they lie in the file
	// of the edge's node, for those from it in its own; statements elsewhere
	// are left out.
	Places []Location
}

// relation says how one symbol has to do with another one.
type relation uint8

const (
	selecting relation = iota
	implying
	depending
	prompting // the prompt depends on it
)

// NodeAt returns the symbol at an offset of a file: where it is defined, if it
// is. It reports false if there is none.
func NodeAt(s *Snapshot, path string, offset int) (Node, bool) {
	c, ok := s.scope(path)
	if !ok {
		return Node{}, false
	}
	sub, ok := c.subjectAt(offset)
	if !ok || sub.kind != subjectSymbol {
		return Node{}, false
	}
	name := sub.names[0]
	if sub.role == menu.Defines {
		return c.entryNode(menu.Entry{File: c.file, Head: sub.statement}, name), true
	}
	return c.symbolNode(name)
}

// symbolNode returns a symbol at its first definition in the view, else at its
// first one.
func (c scope) symbolNode(name string) (Node, bool) {
	entries := c.definitionsOf(name)
	if len(entries) == 0 {
		return Node{}, false
	}
	return c.entryNode(entries[0], name), true
}

// definitionsOf returns the entries that define a symbol: those of the view in
// the order of reading, then others by place.
func (c scope) definitionsOf(name string) []menu.Entry {
	inside := c.view.Expanded(c.root.Sources, name)
	var outside []menu.Entry
	if id, ok := c.root.Sources.Lookup(name); ok {
		plain, others := c.entriesOf(id)
		inside, outside = append(inside, plain...), others
	}
	order := c.view.Order(c.root.Sources)
	slices.SortStableFunc(inside, func(a, b menu.Entry) int {
		return order.Compare(a.File, a.Head.Index, b.File, b.Head.Index)
	})
	slices.SortFunc(outside, func(a, b menu.Entry) int {
		return cmp.Or(strings.Compare(a.File.Path, b.File.Path), a.Head.Index-b.Head.Index)
	})
	return append(inside, outside...)
}

// entryNode returns a symbol at one of its entries.
func (c scope) entryNode(e menu.Entry, name string) Node {
	start, end := entryRange(e)
	return Node{
		Symbol: name, Title: name, Detail: e.File.Path, Kind: e.Head.Kind,
		Location: c.at(e.File, start, end), Selection: c.nameOf(e),
	}
}

// blockNode returns what opens a block, or a comment.
func (c scope) blockNode(f *menu.File, head parser.Statement) Node {
	title := keywordOf(head)
	if head.Kind == parser.If {
		title += " " + written(head)
	} else if prompt := c.promptOf(menu.Entry{File: f, Head: head}); prompt != "" {
		title += ` "` + prompt + `"`
	}
	start, end := statementRange(head)
	from, to := wordRange(head)
	return Node{Title: shorten(title, maxReason), Kind: head.Kind, Location: c.at(f, start, end), Selection: c.at(f, from, to)}
}

// edgeKey is what the statements of one edge have in common.
type edgeKey struct {
	relation relation
	node     Location // of the node
	title    string
}

// edges collects relations: those of a kind between the same nodes are one.
type edges struct {
	scope
	all   map[edgeKey]*Edge
	order []edgeKey
}

// add adds a statement of a relation. The place may be missing.
func (g *edges) add(r relation, n Node, detail string, place *Location) {
	key := edgeKey{r, n.Location, n.Title}
	e := g.all[key]
	if e == nil {
		e = &Edge{Node: n}
		e.Node.Detail = ""
		if g.all == nil {
			g.all = map[edgeKey]*Edge{}
		}
		g.all[key] = e
		g.order = append(g.order, key)
	}
	if old := e.Node.Detail; old == "" {
		e.Node.Detail = detail
	} else if !slices.Contains(strings.Split(old, "; "), detail) {
		e.Node.Detail = old + "; " + detail
	}
	if place != nil {
		e.Places = append(e.Places, *place)
	}
}

// sorted returns the edges by relation, title and place.
func (g *edges) sorted() []Edge {
	slices.SortFunc(g.order, func(a, b edgeKey) int {
		return cmp.Or(cmp.Compare(a.relation, b.relation), strings.Compare(a.title, b.title), compareLocations(a.node, b.node))
	})
	result := make([]Edge, 0, len(g.order))
	for _, key := range g.order {
		e := g.all[key]
		e.Node.Detail = shorten(e.Node.Detail, maxReason)
		slices.SortFunc(e.Places, compareLocations)
		e.Places = slices.Compact(e.Places)
		result = append(result, *e)
	}
	return result
}

// EdgesTo returns who selects, implies and depends on a symbol of the tree that
// a file belongs to, in this order: all over the tree, as references are. Where
// it is a condition of a block, the block is named and not all that is inside
// of it.
func EdgesTo(s *Snapshot, path, symbol string) []Edge {
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	id, ok := c.root.Sources.Lookup(symbol)
	if !ok {
		return nil
	}
	g := edges{scope: c}
	for _, file := range c.root.Sources.ReferencedIn(id) {
		f := c.root.Sources.File(file)
		for o := range f.OccurrencesOf(id) {
			g.use(f, o)
		}
	}
	return g.sorted()
}

// use adds a place that mentions the symbol, if it states a relation.
func (g *edges) use(f *menu.File, o menu.Occurrence) {
	st := f.Tree.At(o.Statement)
	var r relation
	detail := ""
	switch o.Role {
	case menu.Selects, menu.Implies:
		r, detail = conditional(st)
	case menu.DependsOn:
		r, detail = depending, "depends on "+written(st)
	case menu.Ifs:
		r, detail = depending, "all inside of it depends on it"
	case menu.VisibleIfs:
		r, detail = prompting, "visible if "+written(st)
	case menu.Conditions:
		if _, ok := st.PromptToken(); !ok {
			return // of a default and the like, or of a relation to another symbol
		}
		r, detail = prompting, "prompt if "+suffix(st).String()
	default:
		return
	}
	if !g.root.Single && !g.view.Reaches(f.ID) {
		detail += " (outside of this view)"
	}
	place := g.root.location(f, f.Token(o))
	if o.Role == menu.Ifs {
		g.add(r, g.blockNode(f, st), detail, &place)
		return
	}
	e, ok := f.EntryAt(o.Statement)
	switch {
	case !ok:
	case e.Head.Kind.IsSymbolDefinition():
		if name, _, known := g.in(f).definedName(e.Head); known {
			g.add(r, g.entryNode(e, name), detail, &place)
		}
	default:
		g.add(r, g.blockNode(f, e.Head), detail, &place)
	}
}

// conditional describes a select or imply line.
func conditional(st parser.Statement) (relation, string) {
	r, detail := selecting, "selects"
	if st.Kind == parser.Imply {
		r, detail = implying, "implies"
	}
	if condition := suffix(st); !condition.IsZero() {
		detail += ", if " + condition.String()
	}
	return r, detail
}

// EdgesFrom returns what a symbol of the tree that a file belongs to selects,
// implies and depends on, in this order, by all of its definitions in the view;
// by all there are if the view has none.
func EdgesFrom(s *Snapshot, path, symbol string) []Edge {
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	g := edges{scope: c}
	entries := c.definitionsOf(symbol)
	inView := slices.ContainsFunc(entries, func(e menu.Entry) bool { return c.view.Reaches(e.File.ID) })
	for _, e := range entries {
		if inView && !c.view.Reaches(e.File.ID) {
			break
		}
		g.stated(e)
	}
	return g.sorted()
}

// stated adds the relations that an entry states, and those to the conditions
// around it.
func (g *edges) stated(e menu.Entry) {
	for st := range e.Attributes() {
		switch st.Kind {
		case parser.Select, parser.Imply:
			if i, ok := st.Operand(); ok {
				r, detail := conditional(st)
				g.to(r, g.expanded(e.File, st, st.TokenText(i)), detail, g.root.location(e.File, st.Token(i)))
			}
		case parser.Prompt, parser.Type:
			if _, ok := st.PromptToken(); ok {
				condition := suffix(st)
				g.toAll(prompting, condition, "prompt if "+condition.String(), e.File)
			}
		}
	}
	for _, condition := range g.contextOf(e).with(g.scope, e.Own()).conditions {
		r, detail := depending, "depends on "+condition.Expr.String()
		if condition.From == parser.VisibleIf {
			r, detail = prompting, "visible if "+condition.Expr.String()
		}
		if condition.From != parser.DependsOn {
			detail += " (at " + condition.File + ":" + strconv.Itoa(condition.Line) + ")"
		}
		if f := g.root.Sources.FileByPath(condition.File); f != nil {
			g.toAll(r, condition.Expr, detail, f)
		}
	}
}

// toAll adds a relation to all symbols of an expression in a file.
func (g *edges) toAll(r relation, e expr.Expr, detail string, f *menu.File) {
	for leaf := range e.Symbols() {
		start, end := leaf.Range()
		g.to(r, leaf.Text(), detail, g.at(f, start, end))
	}
}

// to adds a relation to a symbol.
func (g *edges) to(r relation, name, detail string, place Location) {
	n, ok := g.symbolNode(name)
	if !ok {
		return
	}
	here := &place
	if place.Path != g.root.Path(g.file) {
		here = nil
	}
	g.add(r, n, detail, here)
}
