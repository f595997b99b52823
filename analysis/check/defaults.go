package check

import (
	"fmt"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// The codes of findings about single default lines.
const (
	codeDefaultNotSingleSymbol = "default-not-single-symbol"
	codeDefaultMOnBool         = "default-m-on-bool"
	codeBoolDefaultLiteral     = "bool-default-literal"
	codeStringUnquotedDefault  = "string-unquoted-default"
)

// defaults reports default lines that do not fit the type of their symbol. That a text
// or number has to be a single symbol is what sym_check_prop in scripts/kconfig/menu.c
// warns about; about the others the kernel's tools are silent.
func defaults() FileCheck {
	kinds := kindsOf(parser.Default, parser.TypedDefault)
	return FileCheck{
		Rules: append(
			rulesOf(Structure, Warning, codeDefaultNotSingleSymbol, codeDefaultMOnBool),
			rulesOf(References, Hint, codeBoolDefaultLiteral, codeStringUnquotedDefault)...),
		Run: func(p *FilePass) {
			for i := range p.Entries {
				e := &p.Entries[i]
				if e.Kinds&kinds == 0 || e.Definition == nil {
					continue
				}
				kind := p.typeOf(e)
				for _, st := range e.Lines {
					switch {
					case !isDefault(st.Kind):
					case isLogic(kind):
						p.logicDefault(e, st, kind)
					case isNumber(kind) || kind == parser.KwString:
						p.textDefault(e, st, kind)
					}
				}
			}
		},
	}
}

// logicDefault looks at a default of a bool or tristate symbol.
func (p *FilePass) logicDefault(e *FileEntry, st parser.Statement, kind parser.TokenKind) {
	token, ok := valueOf(st).single()
	if !ok {
		return
	}
	written := st.TokenText(token)
	text := parser.Unquote(written)
	f := LineFinding{At: p.line(st).tokens(token, token+1), Symbol: e.Name()}
	switch isText := st.Token(token).Kind == parser.String; {
	case text == "m" && kind == parser.KwBool:
		f.Code, f.Severity = codeDefaultMOnBool, Warning
		f.Message = fmt.Sprintf("`%s` is bool and cannot be m: this default is y; write `y`", e.Name())
		f.Related = p.typeLine(e)
		f.Fix = fixOf("Write `y`", f.At, Replace, "y").keepingMeaning()
	case isText && (text == "y" || text == "m" || text == "n"):
		f.Code, f.Severity = codeBoolDefaultLiteral, Hint
		f.Message = fmt.Sprintf("`%s` is %s: write its default `%s` without quotes", e.Name(), menu.TypeName(kind), text)
		f.Fix = fixOf("Remove the quotes", f.At, Replace, text).keepingMeaning()
	case !isText && st.Token(token).Kind == parser.Word && p.spelledConstant(text) != "":
		constant := p.spelledConstant(text)
		f.Code, f.Severity = codeBoolDefaultLiteral, Hint
		f.Message = fmt.Sprintf("`%s` is n by default here, as no file of the tree defines a symbol `%s`: the constant is written `%s`", e.Name(), text, constant)
		f.Fix = fixOf("Write `"+constant+"`", f.At, Replace, constant)
		f.Fix.KeepsMeaning = constant == "n"
	default:
		return
	}
	p.report(f)
}

// spelledConstant returns the constant that a word is meant as that no file defines. In
// trees of which all files are known such a word is an undefined symbol.
func (p *FilePass) spelledConstant(word string) string {
	constant := ""
	switch word {
	case "true", "yes":
		constant = "y"
	case "false", "no":
		constant = "n"
	default:
		return ""
	}
	if _, defined := p.defined(word); defined || !p.Complete || Closed(p.Dialect) {
		return ""
	}
	return constant
}

// textDefault looks at a default of an int, hex or string symbol.
func (p *FilePass) textDefault(e *FileEntry, st parser.Statement, kind parser.TokenKind) {
	value := valueOf(st)
	if value.has(isOperator) {
		p.report(LineFinding{
			Code: codeDefaultNotSingleSymbol, Severity: Warning, At: value.trimmed(p.line(st)), Symbol: e.Name(),
			Message: fmt.Sprintf("`%s` is %s, and this default is an expression, which comes to no value: write one %s or symbol, and what decides about it behind `if`",
				e.Name(), menu.TypeName(kind), textWord(kind)),
			Related: p.typeLine(e),
		})
		return
	}
	token, ok := value.single()
	if !ok || kind != parser.KwString || st.Token(token).Kind != parser.Word || !p.Complete {
		return
	}
	text := st.TokenText(token)
	if _, defined := p.defined(text); defined || menu.IsConstant(text) || text == strings.ToUpper(text) {
		return
	}
	at := p.line(st).tokens(token, token+1)
	p.report(LineFinding{
		Code: codeStringUnquotedDefault, Severity: Hint, At: at, Symbol: e.Name(),
		Message: fmt.Sprintf("`%s` is a string, and `%s` is no symbol but stands for itself: put it in quotes", e.Name(), text),
		Fix:     fixOf("Put it in quotes", at, Replace, `"`+text+`"`).keepingMeaning(),
	})
}

// textWord returns what a constant of a type is called.
func textWord(kind parser.TokenKind) string {
	if isNumber(kind) {
		return "number"
	}
	return "text"
}
