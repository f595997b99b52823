package check

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// The codes of findings about numbers.
const (
	codeBadNumber       = "bad-number"
	codeRangeNotNumeric = "range-not-numeric"
	codeBadRangeBound   = "bad-range-bound"
	codeRangeBackwards  = "range-backwards"
)

// numbers reports defaults and ranges of int and hex symbols that are no numbers, and
// ranges that hold none, as sym_check_prop in scripts/kconfig/menu.c does. About a
// range whose bounds are in the wrong order the kernel's tools are silent.
func numbers() FileCheck {
	kinds := kindsOf(parser.Default, parser.TypedDefault, parser.Range)
	return FileCheck{
		Rules: rulesOf(Structure, Warning, codeBadNumber, codeRangeNotNumeric, codeBadRangeBound, codeRangeBackwards),
		Run: func(p *FilePass) {
			for i := range p.Entries {
				e := &p.Entries[i]
				if e.Kinds&kinds == 0 || e.Definition == nil {
					continue
				}
				kind := p.typeOf(e)
				if kind == 0 || !isNumber(kind) && !e.Kinds.Has(parser.Range) {
					continue
				}
				for _, st := range e.Lines {
					switch {
					case st.Kind == parser.Range:
						p.rangeLine(e, st, kind)
					case isDefault(st.Kind) && isNumber(kind):
						p.numberDefault(e, st, kind)
					}
				}
			}
		},
	}
}

func (p *FilePass) numberDefault(e *FileEntry, st parser.Statement, kind parser.TokenKind) {
	token, ok := valueOf(st).single()
	if !ok {
		return
	}
	why := p.notNumber(st, token, kind)
	if why == "" {
		return
	}
	f := LineFinding{
		Code: codeBadNumber, Severity: Warning, At: p.line(st).tokens(token, token+1), Symbol: e.Name(),
		Message: fmt.Sprintf("`%s` is %s, and its default `%s` %s: %s", e.Name(), menu.TypeName(kind), st.TokenText(token), why, numberAdvice(kind)),
		Related: p.typeLine(e),
	}
	digits, isHex := strings.CutPrefix(strings.ToLower(parser.Unquote(st.TokenText(token))), "0x")
	if value, err := strconv.ParseInt(digits, 16, 64); isHex && err == nil && kind == parser.KwInt {
		decimal := strconv.FormatInt(value, 10)
		f.Fix = fixOf("Write `"+decimal+"`", f.At, Replace, decimal)
	}
	p.report(f)
}

func (p *FilePass) rangeLine(e *FileEntry, st parser.Statement, kind parser.TokenKind) {
	switch {
	case isNumber(kind):
	case isLogic(kind), kind == parser.KwString:
		p.report(LineFinding{
			Code: codeRangeNotNumeric, Severity: Warning, At: p.line(st), Symbol: e.Name(),
			Message: fmt.Sprintf("`%s` is %s, so the range does nothing: only int and hex symbols can have one", e.Name(), menu.TypeName(kind)),
			Related: p.typeLine(e),
			Fix:     fixOf("Remove the line", p.line(st), RemoveLine, "").keepingMeaning(),
		})
		return
	default:
		return
	}
	low, high, ok := bounds(st)
	if !ok {
		return
	}
	good := true
	for _, token := range [...]int{low, high} {
		if why := p.notNumber(st, token, kind); why != "" {
			good = false
			p.report(LineFinding{
				Code: codeBadRangeBound, Severity: Warning, At: p.line(st).tokens(token, token+1), Symbol: e.Name(),
				Message: fmt.Sprintf("`%s` is %s, and the bound `%s` of its range %s: %s", e.Name(), menu.TypeName(kind), st.TokenText(token), why, numberAdvice(kind)),
				Related: p.typeLine(e),
			})
		}
	}
	from, okFrom := p.number(st, low, kind)
	to, okTo := p.number(st, high, kind)
	if !good || !okFrom || !okTo || from <= to {
		return
	}
	lowText, highText := st.TokenText(low), st.TokenText(high)
	p.report(LineFinding{
		Code: codeRangeBackwards, Severity: Warning, At: p.line(st).tokens(low, high+1), Symbol: e.Name(),
		Message: fmt.Sprintf("`%s` has a range from %s down to %s, which no value lies in: write the lower bound first", e.Name(), lowText, highText),
		Fix: &Fix{Title: "Swap the bounds", Changes: []Change{
			{p.line(st).tokens(low, low+1), Replace, highText}, {p.line(st).tokens(high, high+1), Replace, lowText},
		}},
	})
}

// bounds returns the tokens of the two bounds of a range, false if there are not two.
func bounds(st parser.Statement) (low, high int, ok bool) {
	value := valueOf(st)
	low = st.First(value.from)
	if low >= value.to {
		return 0, 0, false
	}
	high, ok = span{st, low + 1, value.to}.single()
	return low, high, ok
}

// number returns the number that a token stands for as the value of an int or hex
// symbol, and reports whether it surely is one and does not depend on a symbol.
func (p *FilePass) number(st parser.Statement, token int, kind parser.TokenKind) (int64, bool) {
	text := parser.Unquote(st.TokenText(token))
	if isMacro(st, token) || !p.validNumber(kind, text) {
		return 0, false
	}
	if st.Token(token).Kind == parser.Word {
		if _, defined := p.defined(text); defined || !p.Complete && !menu.IsConstant(text) {
			return 0, false
		}
	}
	base := 10
	if kind == parser.KwHex {
		base = 16
		text = strings.TrimPrefix(strings.ToLower(text), "0x")
	}
	value, err := strconv.ParseInt(text, base, 64)
	return value, err == nil
}

// notNumber returns why a token is no value of an int or hex symbol, "" if it can be
// one, as menu_validate_number in scripts/kconfig/menu.c decides.
func (p *FilePass) notNumber(st parser.Statement, token int, kind parser.TokenKind) string {
	text := parser.Unquote(st.TokenText(token))
	switch {
	case isMacro(st, token), p.validNumber(kind, text):
		return ""
	case st.Token(token).Kind == parser.String, text == "y", text == "m", text == "n":
		return "is no number"
	}
	if symbol, defined := p.defined(text); defined {
		other, ok := p.agreedType(symbol)
		if ok && (isLogic(other) || other == parser.KwString) {
			return "is a " + menu.TypeName(other) + " symbol"
		}
		return ""
	}
	switch _, isHex := strings.CutPrefix(strings.ToLower(strings.TrimPrefix(text, "-")), "0x"); {
	case !menu.IsConstant(text):
		if p.Complete && Closed(p.Dialect) {
			return "is neither a number nor a symbol of the tree"
		}
		return ""
	case isHex && kind == parser.KwInt:
		return "is not decimal"
	}
	return "is no number as it is written"
}

// validNumber reports whether a text is a number as the value of an int or hex symbol
// has to be written. Kconfiglib takes decimal numbers with zeros in front of them.
func (p *FilePass) validNumber(kind parser.TokenKind, text string) bool {
	if kind == parser.KwHex {
		return config.ValidText(model.Hex, text)
	}
	if p.Dialect.Has(parser.LooseProperties) {
		_, err := strconv.ParseInt(text, 10, 64)
		return err == nil
	}
	return config.ValidText(model.Int, text)
}

// numberAdvice says how numbers of a type are written.
func numberAdvice(kind parser.TokenKind) string {
	if kind == parser.KwHex {
		return "write a number such as `0x1f`, or an int or hex symbol"
	}
	return "write a decimal number without zeros in front, or an int or hex symbol"
}
