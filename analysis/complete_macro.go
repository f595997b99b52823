package analysis

import (
	"maps"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
)

// macros adds the names that can follow "$(": the tree's own macros, the
// built-in functions, and the variables of the environment.
func (p *completer) macros() {
	v, ok := p.preprocessor()
	if !ok {
		return
	}
	seen := map[string]bool{}
	add := func(item CompletionItem) {
		if seen[item.Label] || !p.matches(item.Label) {
			return
		}
		seen[item.Label] = true
		item.Data = CompletionData{Dir: p.dataDir(), Kind: item.Kind, Name: item.Label}
		p.add(item)
	}
	for _, name := range v.Names() {
		definition, _ := v.Lookup(name)
		item := CompletionItem{Label: name, Kind: CompletionVariable, InsertText: name, Detail: shorten(definition.Value, 60)}
		if n := macro.Parameters(definition.Value); n > 0 {
			item.Kind, item.InsertText = CompletionFunction, name+","
			item.Detail = userSignature(name, n).Label
		}
		add(item)
	}
	for _, b := range macro.Builtins() {
		insert := b.Name
		if len(b.Parameters) > 0 {
			insert += ","
		}
		add(CompletionItem{Label: b.Name, Kind: CompletionFunction, InsertText: insert, Detail: builtinLabel(b), Description: strings.TrimSuffix(b.Doc, ".")})
	}
	environment := p.root.environment(p.arch)
	for _, name := range slices.Sorted(maps.Keys(environment)) {
		add(CompletionItem{Label: name, Kind: CompletionVariable, InsertText: name, Detail: "environment", Description: shorten(environment[name], maxHelpColumns)})
	}
}
