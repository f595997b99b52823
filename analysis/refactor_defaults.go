package analysis

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// joinDefaults writes neighbouring defaults with the same value as one with the "||" of
// their conditions. It is about the ladder that the cursor stands on.
//
// The first default whose condition is not n counts, and of a tristate the value is at
// most that condition: see sym_calc_value in scripts/kconfig/symbol.c. So "y if A" and
// "y if B" are not "y if A || B" for a tristate where A is m and B is y.
func joinDefaults(r *refactorScope) {
	ladder, at := r.ladder()
	if len(ladder) < 2 || !r.joinable(ladder) {
		return
	}
	var parts []string
	for _, st := range ladder {
		from, to, _ := st.Condition()
		parts = append(parts, tokensText(st, from, to))
	}
	value := valueText(ladder[at])
	r.offer(Refactoring{
		ID: "join-defaults", Title: "Join the defaults " + value + " to one", Kind: Rewrite, KeepsMeaning: true,
	}, Edit{int(ladder[0].Start), int(ladder[len(ladder)-1].End), indent(ladder[0]) + "default " + value + " if " + strings.Join(parts, " || ") + "\n"})
}

// ladder returns the defaults without anything in between that the cursor stands on
// one of, and have the same value under conditions.
func (r *refactorScope) ladder() (ladder []parser.Statement, at int) {
	if !r.inEntry || !rung(r.at) {
		return nil, 0
	}
	ladder = []parser.Statement{r.at}
	same := func(i int) (parser.Statement, bool) {
		if i < 0 || i >= r.tree.Len() {
			return parser.Statement{}, false
		}
		st := r.tree.At(i)
		return st, rung(st) && valueText(st) == valueText(r.at)
	}
	for i := r.at.Index - 1; ; i-- {
		st, ok := same(i)
		if !ok {
			break
		}
		ladder, at = append([]parser.Statement{st}, ladder...), at+1
	}
	for i := r.at.Index + 1; ; i++ {
		st, ok := same(i)
		if !ok {
			return ladder, at
		}
		ladder = append(ladder, st)
	}
}

// rung reports whether a statement is a default with a condition in one line.
func rung(st parser.Statement) bool {
	_, _, ok := st.Condition()
	return st.Kind == parser.Default && ok && plain(st)
}

// valueText returns the value of a default as it is written.
func valueText(st parser.Statement) string {
	from, to := st.Expression()
	return tokensText(st, from, to)
}

// joinable reports whether it does not matter which of the conditions holds. For
// anything but a tristate it does not.
func (r *refactorScope) joinable(ladder []parser.Statement) bool {
	if r.entry.Head.Kind == parser.Choice {
		return false // the default of a choice is a member, and the first visible one counts
	}
	keyword, ok := r.typeOfSymbol(r.entry.Name())
	return ok && (keyword != parser.KwTristate || r.yesOrNo(ladder))
}

// typeOfSymbol returns the type that all definitions of a symbol give it that give it
// one, in all of the tree.
func (r *refactorScope) typeOfSymbol(name string) (keyword parser.TokenKind, ok bool) {
	id, known := r.root.Sources.Lookup(name)
	if !known || !r.root.Complete && !r.root.Single {
		return 0, false
	}
	ok = true
	for _, file := range r.root.Sources.DefinedIn(id) {
		r.root.Sources.File(file).DefinitionsOf(id, func(d *menu.Definition) bool {
			ok = ok && !d.Mixed && (d.Type == 0 || keyword == 0 || d.Type == keyword)
			keyword = max(keyword, d.Type)
			return ok
		})
	}
	return keyword, ok && keyword != 0
}

// yesOrNo reports whether the conditions of defaults are made of bool symbols and
// comparisons alone, in all that the tree says of them.
func (r *refactorScope) yesOrNo(ladder []parser.Statement) bool {
	for _, st := range ladder {
		from, to, _ := st.Condition()
		e, ok := expr.Parse(st, from, to, 0)
		if !ok || !r.neverM(e) {
			return false
		}
	}
	return true
}

func (r *refactorScope) neverM(e expr.Expr) bool {
	switch op := e.Op(); {
	case op.IsComparison():
		return true
	case op == expr.OpLeaf:
		leaf, _ := e.Leaf()
		keyword, ok := r.typeOfSymbol(leaf.Text())
		return e.IsConstant("y") || e.IsConstant("n") || leaf.Kind() == expr.Symbol && ok && keyword == parser.KwBool
	}
	for arg := range e.Args() {
		if !r.neverM(arg) {
			return false
		}
	}
	return true
}

// splitDefault is the reverse of joinDefaults.
func splitDefault(r *refactorScope) {
	if !r.inEntry || !rung(r.at) || !r.joinable([]parser.Statement{r.at}) {
		return
	}
	from, to, _ := r.at.Condition()
	parts := disjuncts(r.at, from, to)
	if len(parts) < 2 {
		return
	}
	var text strings.Builder
	for _, part := range parts {
		text.WriteString(indent(r.at) + "default " + valueText(r.at) + " if " + tokensText(r.at, part[0], part[1]) + "\n")
	}
	r.offer(Refactoring{ID: "split-default", Title: "Split the default into one for each condition", Kind: Rewrite, KeepsMeaning: true}, replaceLine(r.at, text.String()))
}

// disjuncts returns the tokens of the operands of "||" outside of parentheses.
func disjuncts(st parser.Statement, from, to int) [][2]int {
	var all [][2]int
	depth, start := 0, from
	for i := from; i < to; i++ {
		switch st.Token(i).Kind {
		case parser.OpenParen:
			depth++
		case parser.CloseParen:
			depth--
		case parser.Or:
			if depth == 0 {
				all = append(all, [2]int{start, i})
				start = i + 1
			}
		}
	}
	return append(all, [2]int{start, to})
}
