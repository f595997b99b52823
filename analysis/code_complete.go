package analysis

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
)

// completeCode returns the symbols whose names could be written at an offset, once
// the prefix is there that the build puts before them: without it nearly all words
// of code are something else.
func (c codeScope) completeCode(offset int, opts CompleteOptions) CompletionList {
	const prefix = "CONFIG_"
	text := c.text.text
	if offset < 0 || offset > len(text) {
		return CompletionList{}
	}
	start, end := offset, offset
	for start > 0 && isNameByte(text[start-1]) {
		start--
	}
	for end < len(text) && isNameByte(text[end]) {
		end++
	}
	typed, ok := strings.CutPrefix(text[start:offset], prefix)
	if !ok {
		return CompletionList{}
	}
	if use := kbuild.UseAt(text, c.text.language, offset); use != kbuild.Plain && use != kbuild.Cfg {
		return CompletionList{}
	}
	if opts.Limit <= 0 {
		opts.Limit = defaultLimit
	}
	p := completer{writing: writing{scope: c.scope, typed: typed}, opts: opts}
	add := func(s menu.NamedSymbol) bool {
		if len(p.list.Items) >= opts.Limit {
			p.list.Incomplete = true
			return false
		}
		kind, f, d, ok := p.definitionFor(s.Symbol)
		if !ok {
			return true
		}
		item, _ := p.symbolItem(s.Name, kind, f, d)
		item.Label = prefix + s.Name
		item.InsertText = item.Label
		item.Replace = Location{c.path, start, end}
		item.SortText = sortText(len(p.list.Items))
		p.list.Items = append(p.list.Items, item)
		return true
	}
	for _, matched := range p.matching(c.root.Sources.DefinedNames()) {
		var outside []menu.NamedSymbol // that the view does not define
		for _, s := range matched {
			if !p.reached(s.Symbol) {
				if len(outside) <= opts.Limit {
					outside = append(outside, s)
				}
			} else if !add(s) {
				return p.list
			}
		}
		for _, s := range outside {
			if !add(s) {
				return p.list
			}
		}
	}
	return p.list
}
