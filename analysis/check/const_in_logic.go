package check

import (
	"fmt"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeConstInLogic = "const-in-logic"

// constInLogic reports numbers and texts that stand where y, m or n is asked for. They
// are n there: see sym_calc_value in scripts/kconfig/symbol.c for symbols without type.
func constInLogic() FileCheck {
	return FileCheck{Rules: rulesOf(References, Warning, codeConstInLogic), Run: func(p *FilePass) {
		for st := range p.File.Tree.OfKind(kindsOf(parser.If), 0, p.File.Tree.Len()) {
			p.logic(valueOf(st), nil, false)
		}
		for i := range p.Entries {
			e := &p.Entries[i]
			for j := range e.Lines {
				st := &e.Lines[j]
				switch st.Kind {
				case parser.DependsOn, parser.VisibleIf:
					p.logic(valueOf(*st), e, false)
				case parser.Default, parser.TypedDefault:
					if d := e.Definition; d != nil && (d.Type == 0 || isLogic(d.Type)) {
						p.logic(valueOf(*st), e, true)
					}
				case parser.HelpText:
					continue
				}
				if condition := conditionOf(*st); !condition.empty() {
					p.logic(condition, e, false)
				}
			}
		}
	}}
}

// logic reports the constants of an expression that are no operands of comparisons. The
// entry that it belongs to is nil for an if. byType tells that it is logic only if the
// entry's symbol is bool or tristate.
func (p *FilePass) logic(s span, e *FileEntry, byType bool) {
	before := parser.BadCharacter
	for i := s.st.First(s.from); i < s.to; {
		token, next := s.st.Token(i), s.st.First(i+1)
		compared := before.IsComparison() || next < s.to && s.st.Token(next).Kind.IsComparison()
		if !compared && (token.Kind == parser.Word || token.Kind == parser.String) {
			p.constant(s.st, i, e, byType)
		}
		before, i = token.Kind, next
	}
}

// constant reports a token that asks for y, m or n if it is another constant.
func (p *FilePass) constant(st parser.Statement, token int, e *FileEntry, byType bool) {
	written := st.TokenText(token)
	text := parser.Unquote(written)
	isWord := st.Token(token).Kind == parser.Word
	if text == "y" || text == "m" || text == "n" || isMacro(st, token) || isWord && !menu.IsConstant(text) {
		return
	}
	_, defined := p.defined(text)
	if isWord && defined || byType && !isLogic(p.typeOf(e)) {
		return
	}
	at := p.line(st).tokens(token, token+1)
	f := LineFinding{Code: codeConstInLogic, Severity: Warning, At: at}
	if e != nil {
		f.Symbol = e.Name()
	}
	switch {
	case isWord:
		f.Message = fmt.Sprintf("`%s` is a number, which is always n here: write y or n, or compare it with something", written)
		if strings.Trim(text, "-x0") == "" { // as people write who know that it is n
			f.Severity = Hint
			f.Message = fmt.Sprintf("`%s` is a number, and n here as all numbers are: write `n`", written)
			f.Fix = fixOf("Write `n`", at, Replace, "n").keepingMeaning()
		}
	case defined:
		f.Message = fmt.Sprintf("`%s` is a text because of its quotes, and a text is always n here: write `%s` for the symbol", written, text)
		f.Fix = fixOf("Remove the quotes", at, Replace, text)
	default:
		f.Message = fmt.Sprintf("`%s` is a text, which is always n here: write a symbol, or compare it with something", written)
	}
	p.report(f)
}
