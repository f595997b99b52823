package check

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeBoolCompareRedundant = "bool-compare-redundant"

// redundantComparisons reports comparisons of bool symbols with y and n. Those of tristate
// symbols mean something.
func redundantComparisons() ModelCheck {
	rule := Rule{ID: codeBoolCompareRedundant, Family: References, Severity: Hint, Off: true}
	return ModelCheck{Rules: []Rule{rule}, Run: func(p *ModelPass) {
		p.logicLines(func(id expr.ID) bool {
			op := p.Model.Pool.Op(id)
			if op != expr.OpEqual && op != expr.OpUnequal {
				return false
			}
			args := p.Model.Pool.Args(id)
			right := p.Model.Pool.Atom(args[1])
			return p.isBool(p.Model.Pool.Atom(args[0])) && (right == model.AtomNo || right == model.AtomYes)
		}, p.redundantComparison)
	}}
}

func (p *ModelPass) isBool(a expr.Atom) bool {
	s := &p.Model.Symbols[a]
	return s.Kind == model.Plain && s.Defined && s.Type == model.Bool
}

// redundantComparison reports the comparisons of a line.
func (p *ModelPass) redundantComparison(id model.NodeID, statement int32) {
	st := p.statement(id, statement)
	operands(st, p.valueInLogic(id, st), func(left int, before, behind parser.TokenKind) {
		a, ok := p.Model.Lookup(st.TokenText(left))
		if !ok || st.Token(left).Kind != parser.Word || !p.isBool(a) || behind != parser.Equal && behind != parser.Unequal {
			return
		}
		right := st.First(st.First(left+1) + 1)
		if right >= st.Len() {
			return
		}
		value := parser.Unquote(st.TokenText(right))
		if value != "y" && value != "n" {
			return
		}
		short := p.name(a)
		if (behind == parser.Equal) != (value == "y") {
			short = "!" + short
		}
		at := p.line(id, statement).tokens(left, right+1)
		f := LineFinding{
			Code: codeBoolCompareRedundant, Severity: Hint, At: at, Symbol: p.name(a),
			Message: p.quoted(a) + " is bool, so `" + at.written() + "` is the same as `" + short + "`",
			Related: p.definition(a, p.quoted(a)+" is defined here"),
		}
		if before != parser.Not {
			f.Fix = fixOf("Write `"+short+"`", at, Replace, short)
			// Where an architecture does not define the symbol, its name is compared with n:
			// "FOO = n" does not hold, and "!FOO" does.
			f.Fix.KeepsMeaning = value == "y" && p.boolEverywhere(p.name(a))
		}
		p.report(f)
	})
}

// boolEverywhere reports whether no definition in the tree gives a symbol another type
// than bool.
func (p *ModelPass) boolEverywhere(name string) bool {
	symbol, ok := p.Sources.Lookup(name)
	if !ok || !p.Complete {
		return false
	}
	same := true
	for _, id := range p.Sources.DefinedIn(symbol) {
		p.Sources.File(id).DefinitionsOf(symbol, func(d *menu.Definition) bool {
			same = same && !d.Mixed && (d.Type == 0 || d.Type == parser.KwBool)
			return same
		})
	}
	return same
}
