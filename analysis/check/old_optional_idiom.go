package check

import (
	"fmt"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeOldOptionalIdiom = "old-optional-idiom"

// oldOptionalIdiom reports "X || X=n", for which the kernel's documentation has
// "X || !X" by now. They are the same for bool and tristate symbols, but where X is not
// defined X=n is n, as the name is compared.
func oldOptionalIdiom() FileCheck {
	rule := Rule{ID: codeOldOptionalIdiom, Family: Style, Severity: Hint, Off: true}
	return FileCheck{Rules: []Rule{rule}, Run: func(p *FilePass) {
		for i := range p.Entries {
			e := &p.Entries[i]
			if !e.Kinds.Has(parser.DependsOn) {
				continue
			}
			for _, st := range e.Lines {
				if st.Kind == parser.DependsOn {
					p.optional(e, valueOf(st))
				}
			}
		}
	}}
}

// optional reports what is written in the old way in an expression.
func (p *FilePass) optional(e *FileEntry, s span) {
	for i := s.st.First(s.from); i < s.to; i = s.st.First(i + 1) {
		if s.st.Token(i).Kind != parser.Or {
			continue
		}
		left, right := s.operandBefore(i), s.operandBehind(i)
		for _, pair := range [...][2]span{{left, right}, {right, left}} {
			name, ok := pair[0].single()
			if !ok || s.st.Token(name).Kind != parser.Word || !pair[1].isN(s.st.TokenText(name)) {
				continue
			}
			symbol := s.st.TokenText(name)
			at := pair[1].trimmed(p.line(s.st))
			p.report(LineFinding{
				Code: codeOldOptionalIdiom, Severity: Hint, At: at, Symbol: e.Name(),
				Message: fmt.Sprintf("`%s` may be left out or be on: that is written `%s || !%s` by now, which holds as well where `%s` is not defined", symbol, symbol, symbol, symbol),
				Fix:     fixOf("Write `!"+symbol+"`", at, Replace, "!"+symbol),
			})
			break
		}
	}
}

// operandBefore returns the operand of "||" that ends before token i, empty if it is
// more than a symbol or a comparison.
func (s span) operandBefore(i int) span {
	from := i
	for j := s.from; j < i; j++ {
		switch s.st.Token(j).Kind {
		case parser.Or, parser.OpenParen:
			from = j + 1
		case parser.And, parser.Not, parser.CloseParen:
			from = i
		default:
			if j == s.from {
				from = j
			}
		}
	}
	return span{s.st, from, i}
}

// operandBehind returns the operand of "||" that begins behind token i, empty if it is
// more than a symbol or a comparison.
func (s span) operandBehind(i int) span {
	for j := i + 1; j < s.to; j++ {
		switch s.st.Token(j).Kind {
		case parser.Or, parser.CloseParen:
			return span{s.st, i + 1, j}
		case parser.And, parser.Not, parser.OpenParen:
			return span{s.st, i, i}
		}
	}
	return span{s.st, i + 1, s.to}
}

// isN reports whether a span is the comparison "name = n".
func (s span) isN(name string) bool {
	i := s.st.First(s.from)
	if i >= s.to || s.st.TokenText(i) != name {
		return false
	}
	i = s.st.First(i + 1)
	if i >= s.to || s.st.Token(i).Kind != parser.Equal {
		return false
	}
	n, ok := span{s.st, i + 1, s.to}.single()
	return ok && parser.Unquote(s.st.TokenText(n)) == "n"
}
