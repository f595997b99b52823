package analysis

import (
	"math"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Symbol is everything that a view knows of a symbol.
type Symbol struct {
	Name string
	// Type is bool, tristate, int, hex, string, float, or unknown.
	Type string
	// InView tells that the view reaches a definition.
	InView bool
	// Definitions are those of the view in conf's order, then those outside of
	// it sorted by place. Only the former count for Type, DependsOn and the
	// like, unless there are none of them.
	Definitions []SymbolDefinition
	// Archs are the directories below arch/ that have definitions which the
	// view does not reach, sorted.
	Archs []string
	// DependsOn is the effective direct dependency: any of the dependencies that
	// its definitions have, as conf has it in sym->dir_dep. It is not there if
	// no definition depends on anything.
	DependsOn expr.Expr
	// SelectedBy and ImpliedBy are the entries of the view that select or imply
	// the symbol, in conf's order.
	SelectedBy, ImpliedBy []Selector
	// ReferenceCount is how many places of the whole tree mention the symbol
	// other than to define it.
	ReferenceCount int
}

// SymbolDefinition is one config or menuconfig entry of a symbol.
type SymbolDefinition struct {
	// Location is the name in the entry's first line.
	Location
	// File is the path relative to the tree's directory, Line counts from 1.
	File string
	Line int
	// Kind is parser.Config or parser.Menuconfig.
	Kind parser.StatementKind
	// Type is the type that this entry gives, "unknown" if it gives none.
	Type string
	// InView tells that the view reaches the entry.
	InView bool
	// Arch is the directory below arch/ that the file lies in, "" for others.
	Arch string
	// Prompt is the text without quotes, its macros expanded where that is
	// known. HasPrompt tells an empty prompt from none.
	Prompt    string
	HasPrompt bool
	// PromptCondition is the "if" of the prompt's own line.
	PromptCondition expr.Expr
	// Visibility is what the prompt is shown on besides DependsOn: its own
	// condition, and "visible if" of the menus around it.
	Visibility expr.Expr
	// DependsOn is what the entry and its properties depend on: its own lines
	// and all that is around it. In files that the view includes several times
	// it is what any inclusion gives.
	DependsOn expr.Expr
	// Conditions are the parts of DependsOn, and those of "visible if", from
	// the outermost to the entry's own lines.
	Conditions []SymbolCondition
	Defaults   []SymbolProperty
	Ranges     []SymbolProperty
	Selects    []SymbolProperty
	Implies    []SymbolProperty
	// Choice is the prompt of the choice that the entry is a member of, or its
	// line if it has none. InChoice tells whether there is one.
	InChoice bool
	Choice   string
	// Help is the help text without its indentation, "" if there is none.
	Help string
}

// SymbolCondition is one conjunct of what an entry depends on.
type SymbolCondition struct {
	// Location is the conjunct in the text.
	Location
	Expr expr.Expr
	// From says where the condition comes from: parser.DependsOn for the
	// entry's own line, parser.If, parser.Menu or parser.Choice for a block
	// around it, parser.VisibleIf for one that only restricts prompts.
	From parser.StatementKind
	// Title is the prompt of the menu or choice it comes from.
	Title string
	// File is the path of the block relative to the tree's directory, Line the
	// line of its opener, counted from 1.
	File string
	Line int
}

// SymbolProperty is a default, range, select or imply line.
type SymbolProperty struct {
	// Location is the whole line without its indentation.
	Location
	// Line counts from 1.
	Line int
	// Value is what is given: the expression of a default, the bounds of a
	// range separated by a blank, the name of the symbol for select and imply.
	Value string
	// Expr is the value of a default.
	Expr expr.Expr
	// Condition is the "if" of the line, without what the entry depends on.
	Condition expr.Expr
}

// Selector is a select or imply line that names a symbol.
type Selector struct {
	// Name is the symbol that selects.
	Name string
	// Location is the name of the selected symbol in the line.
	Location
	File string
	Line int
	// Condition is the "if" of the line, without what the entry depends on.
	Condition expr.Expr
}

// SymbolOf returns what the architecture's view of a tree knows of a symbol.
// The empty architecture stands for the default view. It reports false if no
// file mentions the symbol; one that is mentioned but not defined has no
// definitions.
func SymbolOf(s *Snapshot, root *Root, arch, name string) (Symbol, bool) {
	return s.viewScope(root, arch).symbol(name, math.MaxInt)
}

// viewScope returns the scope of a whole view, without a file.
func (s *Snapshot) viewScope(root *Root, arch string) scope {
	if arch == "" {
		arch = root.arch
	}
	return scope{s, root, nil, root.View(arch), arch}
}

// symbol is SymbolOf with only so many definitions in detail, and of the others
// their places and types: some boards' symbols have hundreds.
func (c scope) symbol(name string, detailed int) (Symbol, bool) {
	sym := Symbol{Name: name}
	order := c.view.Order(c.root.Sources)
	var inside []gatheredDefinition
	for _, e := range c.view.ExpandedEntries(c.root.Sources, name) {
		inside = addDefinition(inside, e.Entry, surroundings{}.with(c, e.Around))
	}
	id, mentioned := c.root.Sources.Lookup(name)
	if !mentioned && len(inside) == 0 {
		return Symbol{}, false
	}
	var outside []menu.Entry
	if mentioned {
		var defined []menu.Entry
		defined, outside = c.entriesOf(id)
		for _, e := range defined {
			inside = append(inside, gatheredDefinition{entry: e})
		}
		c.addUses(&sym, id, order)
	}
	slices.SortStableFunc(inside, func(a, b gatheredDefinition) int {
		return order.Compare(a.entry.File, a.entry.Head.Index, b.entry.File, b.entry.Head.Index)
	})
	for i, d := range inside {
		if i >= detailed {
			sym.Definitions = append(sym.Definitions, c.outline(d.entry))
			continue
		}
		if d.contexts == nil {
			d.contexts = []surroundings{c.contextOf(d.entry)}
		}
		sym.Definitions = append(sym.Definitions, c.definition(d.entry, anyOf(d.contexts)))
	}
	c.finish(&sym, outside, max(detailed-len(inside), 0))
	if !sym.InView && sym.ReferenceCount == 0 && len(sym.Definitions) == 0 {
		return Symbol{}, false // it was mentioned once, and is no more
	}
	return sym, true
}

// entriesOf returns the definitions of a symbol that are written with its plain
// name: those that the view reaches, in no useful order, and the others.
func (c scope) entriesOf(id menu.SymbolID) (inside, outside []menu.Entry) {
	for _, file := range c.root.Sources.DefinedIn(id) {
		f := c.root.Sources.File(file)
		f.DefinitionsOf(id, func(d *menu.Definition) bool {
			e := menu.Entry{File: f, Head: f.Tree.At(d.Statement)}
			if c.view.Reaches(file) {
				inside = append(inside, e)
			} else {
				outside = append(outside, e)
			}
			return true
		})
	}
	return inside, outside
}

// addUses counts the places that mention a symbol, and adds those of the view
// that select or imply it.
func (c scope) addUses(sym *Symbol, id menu.SymbolID, order *menu.Order) {
	type use struct {
		file *menu.File
		at   menu.Occurrence
	}
	var uses []use
	for _, file := range c.root.Sources.ReferencedIn(id) {
		f := c.root.Sources.File(file)
		reached := c.view.Reaches(file)
		for o := range f.OccurrencesOf(id) {
			if o.Role == menu.Defines {
				continue
			}
			sym.ReferenceCount++
			if reached && (o.Role == menu.Selects || o.Role == menu.Implies) {
				uses = append(uses, use{f, o})
			}
		}
	}
	slices.SortFunc(uses, func(a, b use) int {
		return order.Compare(a.file, a.at.Statement, b.file, b.at.Statement)
	})
	for _, u := range uses {
		st := u.file.Tree.At(u.at.Statement)
		e, ok := u.file.EntryAt(u.at.Statement)
		if !ok {
			continue
		}
		selector := c.selector(e.File, st, u.at.Token, e.Name())
		if u.at.Role == menu.Selects {
			sym.SelectedBy = append(sym.SelectedBy, selector)
		} else {
			sym.ImpliedBy = append(sym.ImpliedBy, selector)
		}
	}
}

// selector returns a select or imply line of an entry that defines a symbol.
func (c scope) selector(f *menu.File, st parser.Statement, token int, name string) Selector {
	return Selector{
		Name: name, Location: c.root.location(f, st.Token(token)),
		File: f.Path, Line: f.Tree.Line(int(st.Start)) + 1, Condition: suffix(st),
	}
}

// finish completes a symbol that has its definitions of the view: it adds the
// others, so many of them in detail, and what all of them together say.
func (c scope) finish(sym *Symbol, outside []menu.Entry, detailed int) {
	sym.InView = len(sym.Definitions) > 0
	slices.SortFunc(outside, func(a, b menu.Entry) int {
		if d := strings.Compare(a.File.Path, b.File.Path); d != 0 {
			return d
		}
		return a.Head.Index - b.Head.Index
	})
	for i, e := range outside {
		var d SymbolDefinition
		if i < detailed {
			d = c.definition(e, c.contextOf(e))
		} else {
			d = c.outline(e)
		}
		sym.Definitions = append(sym.Definitions, d)
		if d.Arch != "" {
			sym.Archs = append(sym.Archs, d.Arch)
		}
	}
	slices.Sort(sym.Archs)
	sym.Archs = slices.Compact(sym.Archs)

	sym.Type = menu.TypeName(0)
	var dependencies []expr.Expr
	for _, d := range sym.Definitions {
		if d.InView != sym.InView {
			break
		}
		if sym.Type == menu.TypeName(0) {
			sym.Type = d.Type
		}
		// A definition that depends on nothing does not count if another one
		// does: so has it expr_alloc_or in scripts/kconfig/expr.c.
		if !d.DependsOn.IsZero() {
			dependencies = append(dependencies, d.DependsOn)
		}
	}
	if len(dependencies) > 0 {
		sym.DependsOn = expr.Or(dependencies...)
	}
}
