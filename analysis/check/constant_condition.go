package check

import "github.com/kconfig-ls/kconfig-ls/parser"

const codeConstantCondition = "constant-condition"

// conditionalKinds are the kinds of properties that may have an "if".
const conditionalKinds = parser.KindSet(1<<parser.Type | 1<<parser.Prompt | 1<<parser.Default | 1<<parser.TypedDefault |
	1<<parser.Select | 1<<parser.Imply | 1<<parser.Range | 1<<parser.Set)

// constantConditions reports an "if" behind a property that asks for nothing but what the
// entry depends on anyway.
func constantConditions() PlacedCheck {
	return PlacedCheck{Rules: rulesOf(Dead, Warning, codeConstantCondition), Run: func(p *PlacedPass, e *placedEntry) {
		for _, st := range e.Lines {
			if conditionalKinds.Has(st.Kind) {
				if from, to, ok := st.Condition(); ok {
					p.constantCondition(e, st, from, to)
				}
			}
		}
	}}
}

// constantCondition looks at the condition of a property, the tokens [from, to).
func (p *PlacedPass) constantCondition(e *placedEntry, st parser.Statement, from, to int) {
	n := len(p.held)
	p.held = conditionsOf(p.line(st), st, from, to, p.held)
	parts := p.held[n:]
	p.held = p.held[:n]
	if len(parts) == 0 {
		return
	}
	f := LineFinding{Code: codeConstantCondition, Severity: Warning, Symbol: e.Name(), Unnecessary: true}
	certain, where := true, ""
	note := func(c *condition) bool {
		before := p.heldBefore(n, c)
		if before == nil {
			return false
		}
		certain = certain && before.File == p.File && !c.hasMacros()
		f.Related = append(f.Related, RelatedLine{before.Line, "`" + c.written() + "` is asked for here"})
		where = p.placeOf(e, c, before)
		return true
	}
	if !note(&parts[0]) {
		if parts[0].single {
			return
		}
		for i := range parts[1:] {
			if !note(&parts[1+i]) {
				return
			}
		}
	}
	if len(f.Related) > 1 {
		where = "its other conditions"
	}
	whole := parts[0]
	f.At = whole.Line.tokens(from-1, whole.To)
	f.Message = "the `if` changes nothing: " + subjectOf(e.FileEntry) + " depends on `" + whole.written() +
		"` already, by " + where + "; remove it"
	if certain {
		f.Fix = fixOf("Remove the `if`", f.At, RemoveBehind, "").keepingMeaning()
	}
	p.report(f)
}
