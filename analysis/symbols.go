package analysis

import (
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Symbols yields the symbols that the architecture's view of a tree defines, in
// the order of their names. The empty architecture stands for the default view.
// It walks the view once; [SymbolOf] is for single symbols.
func Symbols(s *Snapshot, root *Root, arch string) iter.Seq[Symbol] {
	return func(yield func(Symbol) bool) {
		c := s.viewScope(root, arch)
		g := gatherer{scope: c, contexts: map[*menu.Enclosure]surroundings{}, symbols: map[string]*gathered{}}
		g.walk()
		names := make([]string, 0, len(g.symbols))
		for name := range g.symbols {
			names = append(names, name)
		}
		slices.SortFunc(names, strings.Compare)
		counts := c.referenceCounts()
		for _, name := range names {
			sym := Symbol{Name: name}
			seen := g.symbols[name]
			for _, d := range seen.definitions {
				sym.Definitions = append(sym.Definitions, c.definition(d.entry, anyOf(d.contexts)))
			}
			sym.SelectedBy, sym.ImpliedBy = seen.selectedBy, seen.impliedBy
			var outside []menu.Entry
			if id, ok := root.Sources.Lookup(name); ok {
				_, outside = c.entriesOf(id)
				if int(id) < len(counts) {
					sym.ReferenceCount = counts[id]
				}
			}
			c.finish(&sym, outside, math.MaxInt)
			if len(seen.definitions) > 0 && !yield(sym) {
				return
			}
		}
	}
}

// gatherer collects the symbols of a view in one walk.
type gatherer struct {
	scope
	contexts map[*menu.Enclosure]surroundings
	symbols  map[string]*gathered
}

// gathered is what a walk finds out about a symbol.
type gathered struct {
	definitions           []gatheredDefinition
	selectedBy, impliedBy []Selector
}

// gatheredDefinition is an entry with the contexts it is read in.
type gatheredDefinition struct {
	entry    menu.Entry
	contexts []surroundings
}

// addDefinition adds an entry that is read in some context, or the context to
// the entry if it was read before.
func addDefinition(definitions []gatheredDefinition, e menu.Entry, x surroundings) []gatheredDefinition {
	for i := range definitions {
		d := &definitions[i]
		if d.entry.File == e.File && d.entry.Head.Index == e.Head.Index {
			if len(d.contexts) < maxContexts {
				d.contexts = append(d.contexts, x)
			}
			return definitions
		}
	}
	return append(definitions, gatheredDefinition{e, []surroundings{x}})
}

func (g *gatherer) walk() {
	for visit := range g.view.Walk(g.root.Sources) {
		if !visit.Head.Kind.IsSymbolDefinition() || visit.Name == "" {
			continue
		}
		sym := g.of(visit.Name)
		x := g.context(visit.Around)
		before := len(sym.definitions)
		sym.definitions = addDefinition(sym.definitions, visit.Entry, x)
		if len(sym.definitions) == before {
			continue // another inclusion of the same lines
		}
		g.addSelectors(visit)
	}
}

// addSelectors notes what the entry selects and implies.
func (g *gatherer) addSelectors(visit menu.Visit) {
	for st := range visit.Attributes() {
		if st.Kind != parser.Select && st.Kind != parser.Imply {
			continue
		}
		i, ok := st.Operand()
		if !ok || st.Token(i).Kind != parser.Word {
			continue
		}
		target := g.of(st.TokenText(i))
		selector := g.selector(visit.File, st, i, visit.Name)
		if st.Kind == parser.Select {
			target.selectedBy = append(target.selectedBy, selector)
		} else {
			target.impliedBy = append(target.impliedBy, selector)
		}
	}
}

func (g *gatherer) of(name string) *gathered {
	sym := g.symbols[name]
	if sym == nil {
		sym = &gathered{}
		g.symbols[name] = sym
	}
	return sym
}

// context returns what everything in an enclosure depends on. It is worked out
// once for each.
func (g *gatherer) context(around *menu.Enclosure) surroundings {
	var pending []*menu.Enclosure
	x := surroundings{}
	for e := around; e != nil; e = e.Outer {
		if known, ok := g.contexts[e]; ok {
			x = known
			break
		}
		pending = append(pending, e)
	}
	for i := len(pending) - 1; i >= 0; i-- {
		x = x.with(g.scope, pending[i].Conditions)
		g.contexts[pending[i]] = x
	}
	return x
}

// referenceCounts returns how often each symbol is mentioned in the whole tree
// other than to define it.
func (c scope) referenceCounts() []int {
	c.root.Sources.Index() // so that all symbols have numbers
	counts := make([]int, c.root.Sources.Symbols.Len())
	for f := range c.root.Sources.Files() {
		for o := range f.Occurrences() {
			if o.Role != menu.Defines && int(o.Symbol) < len(counts) {
				counts[o.Symbol]++
			}
		}
	}
	return counts
}
