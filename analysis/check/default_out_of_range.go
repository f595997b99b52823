package check

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeDefaultOutOfRange = "default-out-of-range"

// defaultOutOfRange reports constant defaults that lie outside of the constant range
// that holds whenever the default does. The nearest bound is taken instead, without a
// word: see sym_validate_range in scripts/kconfig/symbol.c.
func defaultOutOfRange() FileCheck {
	return FileCheck{Rules: rulesOf(Structure, Warning, codeDefaultOutOfRange), Run: func(p *FilePass) {
		for i := range p.Entries {
			e := &p.Entries[i]
			if !e.Kinds.Has(parser.Range) || e.Kinds&kindsOf(parser.Default, parser.TypedDefault) == 0 || e.Definition == nil {
				continue
			}
			if len(e.Lines) > maxRangeLines {
				continue
			}
			kind := p.typeOf(e)
			if !isNumber(kind) || !p.definedOnce(e) {
				continue // a range of another definition may come first
			}
			for _, st := range e.Lines {
				if isDefault(st.Kind) {
					p.rangeOfDefault(e, st, kind)
				}
			}
		}
	}}
}

// maxRangeLines is how many lines an entry may have for its defaults to be held against
// its ranges, each with each, and with each dependency.
const maxRangeLines = 500

// rangeOfDefault holds a default against the ranges of its entry. The first one whose
// condition is met counts; which that is may be open, so the default has to be outside
// of all up to one whose condition is met whenever that of the default is.
func (p *FilePass) rangeOfDefault(e *FileEntry, st parser.Statement, kind parser.TokenKind) {
	token, ok := valueOf(st).single()
	if !ok {
		return
	}
	value, ok := p.number(st, token, kind)
	if !ok {
		return
	}
	first := true
	for _, r := range e.Lines {
		if r.Kind != parser.Range {
			continue
		}
		low, high, ok := bounds(r)
		if !ok {
			return
		}
		from, okFrom := p.number(r, low, kind)
		to, okTo := p.number(r, high, kind)
		if !okFrom || !okTo || from > to || from <= value && value <= to {
			return
		}
		condition := conditionOf(r)
		if !e.ensures(condition, conditionOf(st)) {
			first = false
			continue
		}
		bound, at := to, high
		if value < from {
			bound, at = from, low
		}
		f := LineFinding{
			Code: codeDefaultOutOfRange, Severity: Warning, At: p.line(st).tokens(token, token+1), Symbol: e.Name(),
			Message: fmt.Sprintf("`%s` cannot be %s by default, as its range is from %s to %s: it is %s then",
				e.Name(), st.TokenText(token), r.TokenText(low), r.TokenText(high), r.TokenText(at)),
			Related: []RelatedLine{{p.line(r), "the range is given here"}},
		}
		if first {
			text := numberText(bound, kind)
			f.Message += "; write that, or another range"
			f.Fix = fixOf("Write `"+text+"`", f.At, Replace, text).keepingMeaning()
		} else {
			f.Message = fmt.Sprintf("`%s` cannot be %s by default, as that is outside of all its ranges: the nearest bound is taken instead; change the default or the ranges", e.Name(), st.TokenText(token))
		}
		p.report(f)
		return
	}
}

// ensures reports whether a condition holds at an entry whenever a given one does: each
// operand of "&&" in it is written there, or in what the entry depends on.
func (e *FileEntry) ensures(condition, given span) bool {
	return condition.empty() || condition.conjuncts(func(wanted span) bool {
		return given.hasConjunct(wanted) || slices.ContainsFunc(e.Lines, func(st parser.Statement) bool {
			_, _, suffix := st.Condition()
			return st.Kind == parser.DependsOn && !suffix && valueOf(st).hasConjunct(wanted)
		})
	})
}

// numberText returns a number as the kernel's tools write it for a symbol of a type.
func numberText(value int64, kind parser.TokenKind) string {
	if kind == parser.KwHex {
		return "0x" + strconv.FormatInt(value, 16)
	}
	return strconv.FormatInt(value, 10)
}
