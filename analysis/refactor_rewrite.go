package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// modernize writes a line of older versions as all versions have it. Where the dialect
// has dropped what is written, that is a finding with a fix.
func modernize(r *refactorScope) {
	first := r.at.First(0)
	if first >= r.at.Len() {
		return
	}
	replace := func(id, title string, at parser.Token, text string) {
		r.offer(Refactoring{ID: id, Title: title, Kind: Rewrite, KeepsMeaning: true}, Edit{int(at.Start), int(at.End), text})
	}
	word := r.at.TokenText(first)
	switch {
	case r.at.Kind == parser.Help && word == "---help---":
		replace("help", "Replace ---help--- by help", r.at.Token(first), "help")
		return
	case r.at.Kind == parser.Type && word == "boolean":
		replace("bool", "Replace boolean by bool", r.at.Token(first), "bool")
		return
	}
	operand, ok := r.at.Operand()
	if !ok {
		return
	}
	at := r.at.Token(operand)
	switch kind := at.Kind; {
	case r.at.Kind == parser.Source && (kind == parser.Path || kind == parser.Word):
		replace("quote", "Put the path in quotes", at, expr.Quote(r.at.TokenText(operand)))
	case kind == parser.Word:
		if prompt, ok := r.at.PromptToken(); ok && prompt == operand {
			replace("quote", "Put the text in quotes", at, expr.Quote(r.at.TokenText(operand)))
		}
	}
}

// splitTypedDefault writes "def_bool VALUE" as a type and a default.
func splitTypedDefault(r *refactorScope) {
	if r.at.Kind != parser.TypedDefault || !plain(r.at) {
		return
	}
	keyword, ok := menu.TypeOf(r.at)
	operand, has := r.at.Operand()
	if !ok || !has {
		return
	}
	name := menu.TypeName(keyword)
	r.offer(Refactoring{
		ID: "split-type", Title: "Split " + r.at.TokenText(r.at.First(0)) + " into " + name + " and default", Kind: Rewrite, KeepsMeaning: true,
	}, replaceLine(r.at, indent(r.at)+name+"\n"+indent(r.at)+"default "+tokensText(r.at, operand, r.at.Len())+"\n"))
}

// joinTypedDefault is the reverse of it, for lines that follow each other.
func joinTypedDefault(r *refactorScope) {
	if !r.inEntry || r.entry.Head.Kind == parser.Choice {
		return
	}
	lines := attributesOf(r.entry)
	for i := 1; i < len(lines); i++ {
		a, b := lines[i-1], lines[i]
		if a.Kind != parser.Type || b.Kind != parser.Default || b.Index != a.Index+1 || r.at.Index != a.Index && r.at.Index != b.Index || !plain(a) || !plain(b) {
			continue
		}
		keyword, ok := menu.TypeOf(a)
		if _, has := a.Operand(); has || !ok {
			continue // it has a prompt
		}
		operand, has := b.Operand()
		logical := keyword == parser.KwBool || keyword == parser.KwTristate
		if !has || !logical && (keyword == parser.KwFloat || !r.root.Dialect.Has(parser.TypedDefaults)) {
			continue
		}
		joined := "def_" + menu.TypeName(keyword)
		r.offer(Refactoring{ID: "join-type", Title: "Join the type and the default to " + joined, Kind: Rewrite, KeepsMeaning: true},
			Edit{int(a.Start), int(b.End), indent(a) + joined + " " + tokensText(b, operand, b.Len()) + "\n"})
		return
	}
}

// convertMenuconfig makes a config a menuconfig and the other way round. It changes
// only how menus show what is below.
func convertMenuconfig(r *refactorScope) {
	head := r.at
	if head.Kind != parser.Config && head.Kind != parser.Menuconfig {
		return
	}
	word := head.Token(head.First(0))
	if head.Kind == parser.Menuconfig {
		r.offer(Refactoring{ID: "config", Title: "Convert to config", Kind: Rewrite, KeepsMeaning: true}, Edit{int(word.Start), int(word.End), "config"})
		return
	}
	if _, _, ok := r.entry.Prompt(); !ok {
		return // conf warns about a menuconfig without one
	}
	if _, inChoice := r.file.InChoice(head.Index); !inChoice {
		r.offer(Refactoring{ID: "menuconfig", Title: "Convert to menuconfig", Kind: Rewrite, KeepsMeaning: true}, Edit{int(word.Start), int(word.End), "menuconfig"})
	}
}
