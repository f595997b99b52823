package check

import (
	"fmt"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// The codes of findings about defaults that could be written with fewer lines.
const (
	codeDupDefaultValue   = "dup-default-value"
	codeRedundantDefaultN = "redundant-default-n"
)

// defaultValues reports conditional defaults that follow each other and have the same
// value: one with "||" between the conditions says the same. Not so for tristate
// symbols: with one condition m and the other y it makes a difference which is asked
// first.
func defaultValues() FileCheck {
	rule := Rule{ID: codeDupDefaultValue, Family: Dead, Severity: Hint, Off: true}
	return FileCheck{Rules: []Rule{rule}, Run: func(p *FilePass) {
		for i := range p.Entries {
			e := &p.Entries[i]
			if !e.Repeated.Has(parser.Default) {
				continue
			}
			if kind := p.typeOf(e); e.Head.Kind != parser.Choice && (kind == 0 || kind == parser.KwTristate) {
				continue
			}
			var before parser.Statement
			for _, st := range e.Lines {
				if !isDefault(st.Kind) {
					continue
				}
				if before.Kind == parser.Default && st.Kind == parser.Default {
					p.sameValue(e, before, st)
				}
				before = st
			}
		}
	}}
}

func (p *FilePass) sameValue(e *FileEntry, before, st parser.Statement) {
	first, second := conditionOf(before), conditionOf(st)
	value := valueOf(st)
	if first.empty() || second.empty() || first.equal(second) || value.empty() || !valueOf(before).equal(value) {
		return
	}
	joined := first.text() + " || " + second.text()
	p.report(LineFinding{
		Code: codeDupDefaultValue, Severity: Hint, At: p.line(st), Symbol: e.Name(),
		Message: fmt.Sprintf("%s has the default %s in the line before as well: join the conditions with `||`", subject(e), value.text()),
		Related: []RelatedLine{{p.line(before), "the line before"}},
		Fix: (&Fix{Title: "Join the two lines", Changes: []Change{
			{first.trimmed(p.line(before)), Replace, joined}, {p.line(st), RemoveLine, ""},
		}}).keepingMeaning(),
	})
}

// redundantDefault reports a last default n without a condition: n is what a bool or
// tristate symbol is without any default. Where the symbol has other definitions it can
// be there to keep their defaults from being used.
func redundantDefault() FileCheck {
	rule := Rule{ID: codeRedundantDefaultN, Family: Dead, Severity: Hint, Off: true}
	return FileCheck{Rules: []Rule{rule}, Run: func(p *FilePass) {
		for i := range p.Entries {
			e := &p.Entries[i]
			if e.Kinds&kindsOf(parser.Default, parser.TypedDefault) == 0 || e.Definition == nil || !isLogic(e.Definition.Type) {
				continue
			}
			st, ok := lastDefault(e)
			if !ok || e.Definition.Mixed || !p.definedOnce(e) || p.redefaulted(e.Definition.Symbol) {
				continue
			}
			f := LineFinding{
				Code: codeRedundantDefaultN, Severity: Hint, At: p.line(st), Symbol: e.Name(), Unnecessary: true,
				Message: fmt.Sprintf("`%s` is n without a default as well: remove the line", e.Name()),
			}
			f.Fix = fixOf("Remove the line", f.At, RemoveLine, "").keepingMeaning()
			if st.Kind == parser.TypedDefault {
				kind := menu.TypeName(e.Definition.Type)
				f.Message = fmt.Sprintf("`%s` is n without a default as well: write `%s`", e.Name(), kind)
				f.Fix = fixOf("Write `"+kind+"`", f.At, Replace, kind).keepingMeaning()
			}
			p.report(f)
		}
	}}
}

// lastDefault returns the last default of an entry if it is an n without a condition
// that an earlier one does not keep from being used.
func lastDefault(e *FileEntry) (last parser.Statement, ok bool) {
	for _, st := range e.Lines {
		if isDefault(st.Kind) {
			if last.Len() > 0 && conditionOf(last).empty() {
				return last, false
			}
			last = st
		}
	}
	if last.Len() == 0 {
		return last, false
	}
	token, single := valueOf(last).single()
	return last, single && parser.Unquote(last.TokenText(token)) == "n" && conditionOf(last).empty()
}

// redefaulted reports whether a configdefault of the tree gives a symbol defaults.
func (p *FilePass) redefaulted(symbol menu.SymbolID) bool {
	if !p.Dialect.Has(parser.ConfigDefault) {
		return false
	}
	for _, id := range p.Sources.ReferencedIn(symbol) {
		for o := range p.Sources.File(id).OccurrencesOf(symbol) {
			if o.Role == menu.Redefaults {
				return true
			}
		}
	}
	return false
}
