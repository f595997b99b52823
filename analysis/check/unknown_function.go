package check

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeUnknownFunction = "unknown-function"

// unknownFunctions reports calls of macros that are no built-in functions and that no
// file of the tree assigns to: they expand to nothing. Without arguments it may be a
// variable of the environment, with some it is not. See eval_clause in
// scripts/kconfig/preprocess.c.
func unknownFunctions() FileCheck {
	return FileCheck{Rules: rulesOf(References, Warning, codeUnknownFunction), Run: func(p *FilePass) {
		if !p.Complete || !Closed(p.Dialect) || p.Dialect.Has(parser.JoinedLines) {
			return
		}
		for _, place := range p.File.MacroTokens() {
			st := p.File.Tree.At(place.Statement)
			text := st.TokenText(place.Token)
			if !strings.Contains(text, ",") {
				continue
			}
			for _, r := range macro.References(text) {
				if len(r.Args) > 0 && !r.Open {
					p.call(st, place, r, text[r.Name.Start:r.Name.End])
				}
			}
		}
	}}
}

// call looks at the name of a macro that is given arguments.
func (p *FilePass) call(st parser.Statement, place menu.TokenPlace, r macro.Reference, name string) {
	if name == "" || strings.ContainsAny(name, "$ \t") || strings.Trim(name, "0123456789") == "" {
		return
	}
	functions := macro.Builtins()
	if slices.ContainsFunc(functions, func(f macro.Builtin) bool { return f.Name == name }) {
		return
	}
	assigned, all := p.Sources.AssignedNames()
	if _, ok := slices.BinarySearch(assigned, name); ok || !all {
		return
	}
	from := st.Token(place.Token).Start
	at := p.line(st).bytes(from+r.Name.Start, from+r.Name.End)
	f := LineFinding{
		Code: codeUnknownFunction, Severity: Warning, At: at,
		Message: "`" + name + "` is no function, and no Kconfig file of the tree assigns to it, so this expands to nothing",
	}
	candidates := slices.Clone(assigned)
	for _, function := range functions {
		candidates = append(candidates, function.Name)
	}
	if near := nearestOf(name, candidates); near != "" {
		f.Message += ": did you mean `" + near + "`?"
		f.Fix = fixOf("Replace it by `"+near+"`", at, Replace, near)
	}
	p.report(f)
}

// nearestOf returns the candidate that is closest to a misspelt name: at most two edits
// away, one for short names. It is "" if none is.
func nearestOf(name string, candidates []string) string {
	most := 2
	if len(name) < 6 {
		most = 1
	}
	best, distance := "", most+1
	for _, candidate := range candidates {
		if d := parser.Distance(name, candidate, most); d < distance {
			best, distance = candidate, d
		}
	}
	return best
}
