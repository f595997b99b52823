package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/gate"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// closedLines says of lines of a configuration that set symbols whose gate is closed
// under it. Lines that follow each other are one finding.
func (b *configLinter) closedLines(lines []judged) []Diagnostic {
	set := b.root.gateSet(b.judgement.model)
	v := gateView{b.values, set}
	var all []Diagnostic
	for _, shut := range v.shut(b.judgement.sure) {
		last := -2
		for i, line := range lines {
			if !b.setsGated(set, i, line, shut.Language) {
				continue
			}
			if last == i-1 {
				last = i
				continue
			}
			last = i
			all = append(all, b.closedLine(b.conf.Lines[i], v, shut))
		}
	}
	return all
}

// closedLine says of a line that its symbol's gate is closed.
func (b *configLinter) closedLine(l config.Line, v gateView, shut check.ShutGate) Diagnostic {
	gate := v.set.Languages[shut.Language]
	name := v.set.Model.Symbols[gate].Name
	d := Diagnostic{
		Location: b.nameAt(l), Code: check.CodeGateClosed, Severity: check.Information, Symbol: b.conf.Name(l),
		Message: check.ClosedMessage(b.own(l)+" needs ", name, shut),
	}
	if place := v.placeOfSymbol(gate); place.Path != "" {
		d.Related = []RelatedLocation{{place.Location, inQuotes(name) + " is defined here"}}
	}
	return d
}

// setsGated reports whether a line gives a symbol that is gated on a language
// another value than n.
func (b *configLinter) setsGated(set *gate.Set, i int, line judged, language int) bool {
	if line.atom == model.NoAtom || b.conf.Lines[i].Kind != config.Assign || b.conf.Value(b.conf.Lines[i]) == "n" {
		return false
	}
	switch line.verdict {
	case lineInvalid, lineInvalidText, lineOverridden:
		return false
	}
	_, gated := set.Of(line.atom, language)
	return gated
}
