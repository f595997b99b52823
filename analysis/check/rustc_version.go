package check

import (
	"fmt"
	"strconv"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeRustcVersion = "rustc-version-out-of-date"

// rustcVersion reports comparisons of RUSTC_VERSION that come to the same with every
// version of rustc that the tree can be built with.
func rustcVersion() Check {
	return Check{Rules: rulesOf(Rust, Information, codeRustcVersion), Run: func(p *Pass) {
		symbol, ok := p.Sources.Lookup("RUSTC_VERSION")
		if !ok || p.LeastRustc == 0 || len(p.Sources.DefinedIn(symbol)) == 0 {
			return
		}
		for o := range p.File.OccurrencesOf(symbol) {
			st := p.File.Tree.At(o.Statement)
			if c, ok := comparisonAt(st, o.Token); ok {
				if always, sure := c.with(p.LeastRustc); sure {
					p.reportComparison(st, c, always)
				}
			}
		}
	}}
}

// versionComparison is a comparison of a version with a number.
type versionComparison struct {
	// op is the comparison with the version on its left.
	op     parser.TokenKind
	number int
	// from and to are its tokens, to exclusive.
	from, to int
}

// comparisonAt returns the comparison with a number that a token is an operand of.
func comparisonAt(st parser.Statement, token int) (c versionComparison, ok bool) {
	read := func(operator, number int) bool {
		if operator < 0 || number < 0 || number >= st.Len() || !st.Token(operator).Kind.IsComparison() {
			return false
		}
		n, err := strconv.Atoi(st.TokenText(number))
		c.op, c.number = st.Token(operator).Kind, n
		c.from, c.to = min(token, number), max(token, number)+1
		return err == nil
	}
	if read(token+1, token+2) {
		return c, true
	}
	if !read(token-1, token-2) {
		return versionComparison{}, false
	}
	switch c.op { // turned round
	case parser.Less:
		c.op = parser.Greater
	case parser.Greater:
		c.op = parser.Less
	case parser.LessEqual:
		c.op = parser.GreaterEqual
	case parser.GreaterEqual:
		c.op = parser.LessEqual
	}
	return c, true
}

// with returns what the comparison always is with versions from the least one on, and
// whether it is always the same.
func (c versionComparison) with(least int) (always, sure bool) {
	switch c.op {
	case parser.GreaterEqual:
		return true, c.number <= least
	case parser.Greater:
		return true, c.number < least
	case parser.Less:
		return false, c.number <= least
	case parser.LessEqual, parser.Equal:
		return false, c.number < least
	case parser.Unequal:
		return true, c.number < least
	}
	return false, false
}

// rustcText returns a version as people write it.
func rustcText(n int) string { return fmt.Sprintf("%d.%d.%d", n/100000, n/100%1000, n%100) }

func (p *Pass) reportComparison(st parser.Statement, c versionComparison, always bool) {
	f := Finding{
		Code: codeRustcVersion, Severity: Information, Symbol: "RUSTC_VERSION",
		Start: st.Token(c.from).Start, End: st.Token(c.to - 1).End,
	}
	f.Related = p.definedAt("RUSTC_VERSION")
	text := "`" + p.File.Tree.Slice(int(f.Start), int(f.End)) + "`"
	needs := ", as this tree needs rustc " + rustcText(p.LeastRustc) + " or newer"
	if !always {
		f.Message = text + " never holds where Rust can be used" + needs + ": remove what depends on it"
		p.report(f)
		return
	}
	f.Message = text + " always holds where Rust can be used" + needs + ": remove the condition"
	f.Fix = withoutOperand(p.File, st, c)
	p.report(f)
}

// definedAt returns the first definition of a symbol that the view reaches.
func (p *Pass) definedAt(name string) []Related {
	symbol, ok := p.Sources.Lookup(name)
	if !ok {
		return nil
	}
	for _, e := range p.View.Definitions(p.Sources, symbol) {
		if i, ok := e.Head.Operand(); ok {
			return []Related{{e.File, e.Head.Token(i).Start, e.Head.Token(i).End, "`" + name + "` is defined here"}}
		}
	}
	return nil
}

// withoutOperand returns the change that takes a comparison out of a dependency, nil
// if it is a part of something else than a conjunction.
func withoutOperand(f *menu.File, st parser.Statement, c versionComparison) *Fix {
	if _, _, conditional := st.Condition(); st.Kind != parser.DependsOn || conditional {
		return nil
	}
	operands := operandsOf(st)
	for i, operand := range operands {
		if operand != [2]int{c.from, c.to} {
			continue
		}
		kind := RemoveBehind
		switch {
		case len(operands) == 1:
			kind = RemoveLine
		case i == 0:
			kind = RemoveBefore
		}
		return fixOf("Remove the condition", LineOf(f, st).tokens(c.from, c.to), kind, "")
	}
	return nil
}
