package analysis

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// completeConfig returns what could be written at an offset of a configuration:
// symbols that it does not set yet, values of the symbol in the line, and behind
// "# " the lines that say that a symbol is not set.
func (c configScope) completeConfig(offset int, opts CompleteOptions) CompletionList {
	if c.root == nil || offset < 0 || offset > len(c.conf.Text) {
		return CompletionList{}
	}
	if opts.Limit <= 0 {
		opts.Limit = defaultLimit
	}
	p := configCompleter{completer: completer{writing: writing{scope: c.scope}, opts: opts, marks: c.root.gateMarks(c.arch)}, configScope: c, offset: offset}
	p.line = config.Line{Start: uint32(len(c.conf.Text)), End: uint32(len(c.conf.Text))}
	if i := c.conf.LineAt(offset); i < len(c.conf.Lines) {
		p.line = c.conf.Lines[i]
	}
	if offset > int(p.line.End) {
		return CompletionList{} // within "\r\n", where no line can be written
	}
	if p.judgement = c.judgement(); p.judgement != nil {
		var done func()
		p.values, done = c.values(p.judgement)
		defer done()
	}
	before := c.conf.Text[p.line.Start:p.offset]
	switch name, _, isValue := strings.Cut(before, "="); {
	case strings.HasPrefix(before, "#"):
		p.unsetLines(strings.TrimLeft(before[1:], " \t"))
	case isValue:
		p.valuesFor(strings.TrimPrefix(name, c.conf.Prefix), int(p.line.Start)+len(name)+1)
	default:
		p.names(strings.TrimLeft(before, " \t"))
	}
	return p.completer.list
}

// configCompleter collects the completions at one place of a configuration.
type configCompleter struct {
	completer completer
	configScope
	offset    int
	line      config.Line
	judgement *judgement // nil if the values are not known
	values    *Values
}

// add appends an item that replaces the bytes [start, end), unless the list is
// full.
func (p *configCompleter) add(item CompletionItem, start, end int) bool {
	list := &p.completer.list
	if len(list.Items) >= p.completer.opts.Limit {
		list.Incomplete = true
		return false
	}
	item.Replace = Location{p.path, start, end}
	item.SortText = sortText(len(list.Items))
	list.Items = append(list.Items, item)
	return true
}

// names adds lines that set symbols. What is typed may have the prefix, a part
// of it, or none.
func (p *configCompleter) names(typed string) {
	if !isName(typed) {
		return
	}
	bare, filterBare := p.bareName(typed)
	start, end := p.offset-len(typed), p.offset
	for end < int(p.line.End) && isNameByte(p.conf.Text[end]) {
		end++
	}
	assigned := strings.HasPrefix(p.conf.Text[end:p.line.End], "=")
	p.symbols(bare, false, func(item CompletionItem, name string, a expr.Atom) bool {
		item.Label = p.conf.Prefix + name
		item.InsertText = item.Label
		if !assigned {
			item.InsertText, item.Snippet = p.assignment(item.Label, item.Detail, a)
		}
		if filterBare {
			item.FilterText = name
		}
		return p.add(item, start, end)
	})
}

// bareName returns what is typed of a symbol's name without the prefix, and
// whether it was typed without one.
func (p *configCompleter) bareName(typed string) (bare string, without bool) {
	if rest, ok := strings.CutPrefix(typed, p.conf.Prefix); ok {
		return rest, false
	}
	if len(typed) <= len(p.conf.Prefix) && strings.EqualFold(typed, p.conf.Prefix[:len(typed)]) {
		return "", false
	}
	return typed, true
}

// assignment returns the line that sets a symbol to what users most often set it
// to.
func (p *configCompleter) assignment(name, typeName string, a expr.Atom) (text string, snippet bool) {
	value := ""
	if p.judgement != nil && a != model.NoAtom {
		value = p.values.evaluation.Default(a)
	}
	switch typeName {
	case model.Bool.String():
		return name + "=y", false
	case model.Tristate.String():
		if p.completer.opts.Snippets {
			return name + "=${1|y,m|}", true
		}
		return name + "=y", false
	case model.String.String():
		if p.completer.opts.Snippets {
			quoted := config.Quote(value)
			return name + `="${1:` + snippetText(quoted[1:len(quoted)-1]) + `}"`, true
		}
		return name + "=", false
	}
	if p.completer.opts.Snippets {
		return name + "=${1:" + snippetText(value) + "}", true
	}
	return name + "=", false
}

// snippetText returns a text as it is written in the placeholder of a snippet.
func snippetText(text string) string {
	return strings.NewReplacer(`\`, `\\`, "$", `\$`, "}", `\}`).Replace(text)
}

// unsetLines adds lines that say that a symbol is not set.
func (p *configCompleter) unsetLines(typed string) {
	if typed == "" || !isName(typed) {
		return
	}
	bare, without := p.bareName(typed)
	if without {
		return // any comment begins like this
	}
	p.symbols(bare, true, func(item CompletionItem, name string, _ expr.Atom) bool {
		item.Label = "# " + p.conf.Prefix + name + " is not set"
		item.InsertText = item.Label
		return p.add(item, int(p.line.Start), int(p.line.End))
	})
}

// symbols calls add for the symbols that fit what is typed and have no line yet:
// those that fit best first, and of these first those that can be set as things
// are. It ends when add returns false.
func (p *configCompleter) symbols(typed string, logical bool, add func(item CompletionItem, name string, a expr.Atom) bool) {
	set := map[string]bool{}
	for _, l := range p.conf.Lines {
		if (l.Kind == config.Assign || l.Kind == config.Unset) && l != p.line {
			set[p.conf.Name(l)] = true
		}
	}
	p.completer.typed = typed
	for _, matched := range p.completer.matching(p.root.Sources.DefinedNames()) {
		var later []candidate
		for _, s := range matched {
			a, ok := p.settable(s)
			if !ok || set[s.Name] {
				continue
			}
			unavailable := p.completer.marks.of(s.Name).unavailable()
			if a != model.NoAtom {
				unavailable = !p.values.evaluation.Changeable(a)
			}
			if c := (candidate{s, a}); unavailable {
				later = append(later, c)
			} else if !p.symbol(c, logical, add) {
				return
			}
		}
		for _, c := range later {
			if !p.symbol(c, logical, add) {
				return
			}
		}
	}
}

// candidate is a symbol that may fit, as the files and as the model know it.
type candidate struct {
	menu.NamedSymbol
	atom expr.Atom // NoAtom if there is no model
}

// settable reports whether the view defines a symbol that can be set at all, as
// far as that is known.
func (p *configCompleter) settable(s menu.NamedSymbol) (expr.Atom, bool) {
	if p.judgement == nil {
		return model.NoAtom, slices.ContainsFunc(p.root.Sources.DefinedIn(s.Symbol), p.view.Reaches)
	}
	m := p.judgement.model.model
	a, ok := m.Lookup(s.Name)
	return a, ok && promptEntry(m, a) != model.NoNode
}

// symbol calls add for a symbol, unless it is of the wrong type.
func (p *configCompleter) symbol(s candidate, logical bool, add func(CompletionItem, string, expr.Atom) bool) bool {
	kind, f, d, ok := p.completer.definitionFor(s.Symbol)
	if !ok {
		return true
	}
	item, _ := p.completer.symbolItem(s.Name, kind, f, d)
	if t := modelType(kind); logical && t != model.Bool && t != model.Tristate {
		return true
	}
	if s.atom == model.NoAtom && item.Description == "" {
		return true // it has no prompt
	}
	return add(item, s.Name, s.atom)
}

// valuesFor adds the values that a symbol can have. They replace the line from
// the offset on.
func (p *configCompleter) valuesFor(name string, start int) {
	id, ok := p.root.Sources.Lookup(name)
	if !ok {
		return
	}
	kind, _, _, _ := p.completer.definitionFor(id)
	a, state := model.NoAtom, config.State{Visible: expr.AnyTristate, Reverse: expr.AnyTristate}
	if p.judgement != nil {
		if known, ok := p.judgement.model.model.Lookup(name); ok && p.judgement.model.model.Symbols[known].Defined {
			a, state = known, p.values.evaluation.State(known)
		}
	}
	add := func(value, detail string) {
		if value != "" {
			p.add(CompletionItem{Label: value, Kind: CompletionConstant, Detail: detail, InsertText: value}, start, int(p.line.End))
		}
	}
	t := modelType(kind)
	switch {
	case t == model.Bool || t == model.Tristate:
		p.tristates(t, a, state, add)
	case a == model.NoAtom:
		if t == model.String {
			add(`""`, "")
		}
	case t == model.String:
		add(config.Quote(p.values.evaluation.Default(a)), "default")
	default:
		value := p.values.evaluation.Default(a)
		add(value, "default")
		if low, high, ok := p.values.evaluation.Range(a); ok {
			if low != value {
				add(low, "least")
			}
			if high != value {
				add(high, "greatest")
			}
		}
	}
}

// tristates adds y, m and n as far as a symbol can have them. One that cannot be
// set as things are has all that its type allows.
func (p *configCompleter) tristates(t model.Type, a expr.Atom, state config.State, add func(value, detail string)) {
	hidden := state.Visible == expr.N
	standard := ""
	if a != model.NoAtom {
		standard = p.values.evaluation.Default(a)
	}
	for _, v := range []struct {
		value, detail string
		fits          bool
	}{
		{"y", "yes", state.Visible.Can(expr.Y)},
		{"m", "module", t == model.Tristate && state.Visible.Can(expr.M|expr.Y) && !p.withoutModules() && state.Reverse.Can(expr.N|expr.M)},
		{"n", "no", state.Reverse.Can(expr.N)},
	} {
		if !v.fits && (!hidden || v.value == "m" && t != model.Tristate) {
			continue
		}
		if v.value == standard {
			v.detail += ", default"
		}
		add(v.value, v.detail)
	}
}

// withoutModules reports whether modules are off.
func (p *configCompleter) withoutModules() bool {
	if p.judgement == nil {
		return false
	}
	modules := p.judgement.model.model.Modules
	return modules == model.NoAtom || p.values.evaluation.State(modules).Value == expr.N
}

// isName reports whether a text can be the beginning of a symbol's name.
func isName(text string) bool {
	for i := range len(text) {
		if !isNameByte(text[i]) {
			return false
		}
	}
	return true
}
