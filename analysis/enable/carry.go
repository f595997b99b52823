package enable

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

// carryOut makes the changes that the solver found last. It reports false if they do
// not evaluate to what is wanted.
func (f *Finder) carryOut(before *config.Evaluation, changed []expr.Atom, wishes []solve.Wish) (Alternative, bool) {
	a := Alternative{After: before.Clone()}
	for _, c := range changed {
		symbol, to, ok := f.solver.Setting(c)
		if !ok {
			return a, false
		}
		from, _ := before.Value(symbol)
		a.Changes = append(a.Changes, Change{symbol, from, to})
	}
	touched := map[expr.Atom]bool{}
	if !f.make(&a, touched) {
		return a, false
	}
	for symbol := range touched {
		a.Touched = append(a.Touched, symbol)
	}
	isSure, isPossible := true, true
	for _, w := range wishes {
		sure, possible := comesTrue(a.After, w)
		isSure, isPossible = isSure && sure, isPossible && possible
	}
	switch {
	case isSure:
		return a, true
	case !isPossible:
		return a, false
	}
	return a, f.conditions(&a, wishes)
}

// make makes the changes in an order in which each can be made, and puts them into it:
// next comes the first one, in the order in which values are computed, that has its
// value at once.
func (f *Finder) make(a *Alternative, touched map[expr.Atom]bool) bool {
	slices.SortFunc(a.Changes, func(x, y Change) int { return f.m.Rank(x.Symbol) - f.m.Rank(y.Symbol) })
	left := a.Changes
	a.Changes = nil
	for len(left) > 0 {
		next := slices.IndexFunc(left, func(c Change) bool { return f.takes(a.After, c) })
		next = max(next, 0)
		symbols, err := a.After.Set(left[next].Symbol, left[next].To)
		if err != nil {
			return false
		}
		for _, symbol := range symbols {
			touched[symbol] = true
		}
		a.Changes = append(a.Changes, left[next])
		left = slices.Delete(left, next, next+1)
	}
	return true
}

// takes reports whether a symbol that is set to a value has it at once.
func (f *Finder) takes(e *config.Evaluation, c Change) bool {
	s, st := &f.m.Symbols[c.Symbol], e.State(c.Symbol)
	if !s.Type.IsLogical() {
		return st.Visible != expr.N
	}
	value := expr.ParseTristate(c.To)
	if s.Choice != model.NoNode && value == expr.Y {
		return st.Visible != expr.N
	}
	return st.Visible != expr.N && value <= st.Visible && (value >= st.Reverse || !st.Reverse.Known())
}

// comesTrue reports whether a wish surely comes true, and whether it may.
func comesTrue(e *config.Evaluation, w solve.Wish) (sure, possible bool) {
	st := e.State(w.Atom)
	if w.Values == 0 {
		return st.Known && st.Text == w.Text, !st.Known || st.Text == w.Text
	}
	return st.Value&^w.Values == 0, st.Value.Can(w.Values)
}

// conditions finds the answers of tools that were not asked on which the wishes hang:
// none that can be left out. It reports false if with what the solver took them for
// they do not come true.
func (f *Finder) conditions(a *Alternative, wishes []solve.Wish) bool {
	answers := map[expr.Atom]expr.Tristate{}
	var order []expr.Atom
	for _, w := range wishes {
		for _, cause := range a.After.State(w.Atom).Causes {
			if f.m.Symbols[cause].Kind != model.Unanswered {
				continue
			}
			if _, ok := answers[cause]; ok {
				continue
			}
			value := f.solver.Value(cause)
			if !value.Known() {
				value = expr.N
			}
			answers[cause] = value
			order = append(order, cause)
		}
	}
	if !f.holdWith(a.After, answers, wishes) {
		return false
	}
	for _, cause := range order { // tools say y rather than m
		if answers[cause] == expr.M {
			answers[cause] = expr.Y
			if !f.holdWith(a.After, answers, wishes) {
				answers[cause] = expr.M
			}
		}
	}
	slices.Sort(order)
	for _, cause := range order {
		value := answers[cause]
		delete(answers, cause)
		if !f.holdWith(a.After, answers, wishes) {
			answers[cause] = value
			a.Conditions = append(a.Conditions, Condition{cause, value})
		}
	}
	return true
}

// holdWith reports whether all wishes surely come true if tools answer so.
func (f *Finder) holdWith(e *config.Evaluation, answers map[expr.Atom]expr.Tristate, wishes []solve.Wish) bool {
	assumed := config.Evaluate(f.m.WithAnswers(answers), e.User().Clone(), f.rules)
	return !slices.ContainsFunc(wishes, func(w solve.Wish) bool {
		sure, _ := comesTrue(assumed, w)
		return !sure
	})
}
