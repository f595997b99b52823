package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeRecursiveDependency = "recursive-dependency"

// Cycles reports the symbols of a view that depend on themselves, each circle
// once, in the order of reading. It looks at the whole view, so it is no check
// that runs for each file.
//
// What counts as a dependency is what sym_check_deps in scripts/kconfig/symbol.c
// follows: what the conditions of prompts, defaults and ranges mention, what a
// default mentions, and, for a symbol that is selected or implied, who does so
// and when. The bounds of ranges do not count. The members of a choice count as
// one; in dialects with tristate choices, where members may depend on each
// other, they do not.
func Cycles(s *menu.Sources, v *menu.View, d parser.Dialect) []Finding {
	g := &dependencies{sources: s, choices: map[choiceKey]int32{}, single: d.Has(parser.OldChoices)}
	for visit := range v.Walk(s) {
		g.visit(visit)
	}
	return g.findings()
}

// maxEnclosures bounds how many blocks around an entry count. Real files nest a
// dozen; without a bound a file of nothing but nested ifs would cost the square
// of its length.
const maxEnclosures = 256

// dependency is an edge of the graph.
type dependency struct {
	to   int32
	file menu.FileID
	at   int32 // statement
	kind dependencyKind
}

type dependencyKind uint8

const (
	dependsOn dependencyKind = iota
	selectedBy
	impliedBy
	selectedIf // a select of the symbol depends on it
	impliedIf
)

// dependencies is the graph. Nodes are symbols by number, and behind them
// choices; a member of a choice is replaced by the choice.
type dependencies struct {
	sources *menu.Sources
	symbols int  // nodes below it are symbols
	single  bool // members of a choice do not count as one
	edges   [][]dependency
	first   []menu.Entry // of each node
	order   []int32      // when the node was read first, from 1
	count   int32
	choices map[choiceKey]int32 // node of each choice
	member  []int32             // node of the choice that a symbol belongs to, or -1
}

type choiceKey struct {
	file      *menu.File
	statement int
}

// node returns the node of a symbol.
func (g *dependencies) node(symbol menu.SymbolID) int32 {
	g.grow(int(symbol))
	return int32(symbol)
}

func (g *dependencies) grow(n int) {
	for len(g.edges) <= n {
		g.edges = append(g.edges, nil)
		g.first = append(g.first, menu.Entry{})
		g.order = append(g.order, 0)
		g.member = append(g.member, -1)
	}
}

// visit adds the edges that a menu entry makes.
func (g *dependencies) visit(visit menu.Visit) {
	if g.count == 0 {
		g.symbols = g.sources.Symbols.Len() // choices come behind all symbols
		g.grow(g.symbols)
	}
	var node int32
	switch {
	case visit.Head.Kind == parser.Choice:
		node = g.choiceNode(visit.File, visit.Head.Index)
	case visit.Name != "":
		id, ok := g.sources.Lookup(visit.Name)
		if !ok {
			return
		}
		node = g.node(id)
		if choice, ok := visit.File.InChoice(visit.Head.Index); ok && !g.single {
			g.member[node] = g.choiceNode(visit.File, choice.Head.Index)
		}
	default:
		return
	}
	g.count++
	if g.order[node] == 0 {
		g.order[node], g.first[node] = g.count, visit.Entry
	}
	g.entry(visit, node)
}

func (g *dependencies) choiceNode(f *menu.File, statement int) int32 {
	key := choiceKey{f, statement}
	node, ok := g.choices[key]
	if !ok {
		node = int32(len(g.edges))
		g.grow(int(node))
		g.choices[key] = node
	}
	return node
}

// entry adds the edges of one entry. What it depends on counts for each of its
// properties, and for the targets of its selects.
func (g *dependencies) entry(visit menu.Visit, node int32) {
	var around []dependency
	prompts := false
	collect := func(into []dependency, f *menu.File, st parser.Statement, from, to int) []dependency {
		for i := from; i < to; i++ {
			if st.Token(i).Kind != parser.Word || menu.IsConstant(st.TokenText(i)) {
				continue
			}
			if id, ok := g.sources.Lookup(st.TokenText(i)); ok {
				into = append(into, dependency{g.node(id), f.ID, int32(st.Index), dependsOn})
			}
		}
		return into
	}
	var visible []dependency
	depth := 0
	for e := visit.Around; e != nil && depth < maxEnclosures; e = e.Outer {
		depth++
		for _, c := range e.Conditions {
			if c.Kind == parser.VisibleIf {
				visible = collect(visible, c.File, c.Statement, c.From, c.To)
			} else {
				around = collect(around, c.File, c.Statement, c.From, c.To)
			}
		}
	}
	for st := range visit.Attributes() {
		if st.Kind == parser.DependsOn {
			from, _ := st.Expression()
			around = collect(around, visit.File, st, from, st.Len())
		}
	}
	properties := false
	for st := range visit.Attributes() {
		_, hasPrompt := st.PromptToken()
		from, to := st.Expression()
		ifFrom, ifTo, conditional := st.Condition()
		var when []dependency
		if conditional {
			when = collect(nil, visit.File, st, ifFrom, ifTo)
		}
		switch st.Kind {
		case parser.Type, parser.Prompt:
			properties = properties || hasPrompt
			prompts = prompts || hasPrompt
			g.edges[node] = append(g.edges[node], when...)
		case parser.Range:
			properties = true
			g.edges[node] = append(g.edges[node], when...)
		case parser.Default, parser.TypedDefault:
			properties = true
			g.edges[node] = append(g.edges[node], when...)
			if visit.Head.Kind != parser.Choice {
				g.edges[node] = collect(g.edges[node], visit.File, st, from, to)
			}
		case parser.Select, parser.Imply:
			by, only := selectedBy, selectedIf
			if st.Kind == parser.Imply {
				by, only = impliedBy, impliedIf
			}
			for _, target := range collect(nil, visit.File, st, from, to) {
				edges := append(g.edges[target.to], dependency{node, visit.File.ID, int32(st.Index), by})
				for _, conditions := range [][]dependency{around, when} {
					for _, c := range conditions {
						edges = append(edges, dependency{c.to, visit.File.ID, int32(st.Index), only})
					}
				}
				g.edges[target.to] = edges
			}
		}
	}
	if properties {
		g.edges[node] = append(g.edges[node], around...)
	}
	if prompts {
		g.edges[node] = append(g.edges[node], visible...)
	}
}

// findings returns one finding for each set of nodes that depend on each other.
func (g *dependencies) findings() []Finding {
	g.mergeMembers()
	var found []Finding
	for _, component := range g.components() {
		start := component[0]
		for _, n := range component {
			if g.order[n] > 0 && (g.order[start] == 0 || g.order[n] < g.order[start]) {
				start = n
			}
		}
		if g.order[start] == 0 {
			continue // of symbols that nothing defines: conf cannot get there
		}
		if circle := g.circle(start, component); len(circle) > 0 {
			found = append(found, g.finding(start, circle))
		}
	}
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.File.Path, b.File.Path), cmp.Compare(a.Start, b.Start))
	})
	return found
}

// mergeMembers lets the members of a choice and the choice be one node.
func (g *dependencies) mergeMembers() {
	// In the order of reading, so that the same tree gives the same findings.
	var members []int32
	for n := range g.edges {
		if g.member[n] >= 0 {
			members = append(members, int32(n))
		}
	}
	slices.SortFunc(members, func(a, b int32) int { return cmp.Compare(g.order[a], g.order[b]) })
	for _, n := range members {
		choice := g.member[n]
		g.edges[choice] = append(g.edges[choice], g.edges[n]...)
		g.edges[n] = nil
		if g.order[choice] == 0 {
			g.order[choice], g.first[choice] = g.order[n], g.first[n]
		}
	}
	for n := range g.edges {
		for i := range g.edges[n] {
			if choice := g.member[g.edges[n][i].to]; choice >= 0 {
				g.edges[n][i].to = choice
			}
		}
	}
}

// components returns the sets of nodes that reach each other, and nodes that
// reach themselves, by Tarjan's algorithm without recursion.
func (g *dependencies) components() [][]int32 {
	n := len(g.edges)
	index, low := make([]int32, n), make([]int32, n)
	onStack := make([]bool, n)
	var stack []int32
	type frame struct {
		node int32
		edge int
	}
	var found [][]int32
	next := int32(1)
	for root := range g.edges {
		if index[root] != 0 || len(g.edges[root]) == 0 {
			continue
		}
		calls := []frame{{int32(root), 0}}
		for len(calls) > 0 {
			top := &calls[len(calls)-1]
			v := top.node
			if top.edge == 0 && index[v] == 0 {
				index[v], low[v] = next, next
				next++
				stack = append(stack, v)
				onStack[v] = true
			}
			if top.edge < len(g.edges[v]) {
				w := g.edges[v][top.edge].to
				top.edge++
				if index[w] == 0 {
					calls = append(calls, frame{w, 0})
				} else if onStack[w] {
					low[v] = min(low[v], index[w])
				}
				continue
			}
			calls = calls[:len(calls)-1]
			if len(calls) > 0 {
				parent := calls[len(calls)-1].node
				low[parent] = min(low[parent], low[v])
			}
			if low[v] != index[v] {
				continue
			}
			var component []int32
			for {
				w := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				onStack[w] = false
				component = append(component, w)
				if w == v {
					break
				}
			}
			if len(component) > 1 || slices.ContainsFunc(g.edges[v], func(d dependency) bool { return d.to == v }) {
				found = append(found, component)
			}
		}
	}
	return found
}

// circle returns the edges of a shortest way from a node back to itself within
// a set of nodes.
func (g *dependencies) circle(start int32, component []int32) []dependency {
	inside := map[int32]bool{}
	for _, n := range component {
		inside[n] = true
	}
	type step struct {
		from int32
		edge int
	}
	came := map[int32]step{}
	queue := []int32{start}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for i, edge := range g.edges[n] {
			if !inside[edge.to] {
				continue
			}
			if edge.to == start {
				circle := []dependency{edge}
				for n != start {
					from := came[n]
					circle = append(circle, g.edges[from.from][from.edge])
					n = from.from
				}
				slices.Reverse(circle)
				return circle
			}
			if _, seen := came[edge.to]; !seen {
				came[edge.to] = step{n, i}
				queue = append(queue, edge.to)
			}
		}
	}
	return nil
}

func (g *dependencies) finding(start int32, circle []dependency) Finding {
	e := g.first[start]
	f := Finding{Code: codeRecursiveDependency, Severity: Error, File: e.File, Symbol: e.Name()}
	if i, ok := e.Head.Operand(); ok {
		f.Start, f.End = e.Head.Token(i).Start, e.Head.Token(i).End
	} else {
		t := e.Head.Token(e.Head.First(0))
		f.Start, f.End = t.Start, t.End
	}
	var steps []string
	from := g.name(start)
	for _, edge := range circle {
		to := g.name(edge.to)
		verb := "depends on"
		switch edge.kind {
		case selectedBy:
			verb = "is selected by"
		case impliedBy:
			verb = "is implied by"
		case selectedIf:
			verb = "is selected by what depends on"
		case impliedIf:
			verb = "is implied by what depends on"
		}
		file := g.sources.File(edge.file)
		st := file.Tree.At(int(edge.at))
		steps = append(steps, fmt.Sprintf("%s %s %s (%s:%d)", from, verb, to, file.Path, file.Tree.Line(int(st.Start))+1))
		token := st.Token(st.First(0))
		f.Related = append(f.Related, Related{file, token.Start, token.End, from + " " + verb + " " + to})
		from = to
	}
	f.Message = fmt.Sprintf("%s depends on itself, and the kernel's tools reject that: %s; remove one of these",
		g.name(start), strings.Join(steps, ", "))
	return f
}

// name returns what a node is called in messages.
func (g *dependencies) name(node int32) string {
	if int(node) < g.symbols {
		return "`" + g.sources.Name(menu.SymbolID(node)) + "`"
	}
	e := g.first[node]
	if title := e.PromptText(); title != "" && e.Head.Kind == parser.Choice {
		return fmt.Sprintf("the choice %q", title)
	}
	if name := e.Name(); name != "" {
		return "the choice of `" + name + "`"
	}
	return "a choice"
}

func cycleRule() Rule {
	return Rule{ID: codeRecursiveDependency, Family: Structure, Severity: Error}
}
