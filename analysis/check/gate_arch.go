package check

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

const codeArchWithoutGate = "arch-without-rust"

// archWithoutGate reports symbols that depend on Rust and on something that only
// architectures have which Rust is not supported on, so that they are never on.
func archWithoutGate() GateCheck {
	return GateCheck{Rules: rulesOf(Rust, Warning, codeArchWithoutGate), Run: func(p *GatePass) {
		if !p.Complete || len(p.Archs) < 2 {
			return
		}
		p.languages(func(language int, a expr.Atom) {
			if dep := p.Model.Symbols[a].DirectDep; dep != 0 && len(p.Model.Symbols[a].SelectedBy) == 0 {
				p.deadOnArchs(language, a)
			}
		})
	}}
}

func (p *GatePass) deadOnArchs(language int, a expr.Atom) {
	suspects := p.needing(language, a)
	here := archView{GatePass: p, view: p.View, free: a}
	if here.can(p.Model.Symbols[a].DirectDep) {
		// What can be on here is fine, and needs no look at other views.
		suspects = slices.DeleteFunc(suspects, here.canBeOn)
	}
	if len(suspects) == 0 {
		return
	}
	var with, without []archView
	for _, arch := range p.Archs {
		v := archView{p, p.ViewOf(arch), arch, a}
		if v.can(p.Model.Symbols[a].DirectDep) {
			with = append(with, v)
		} else {
			without = append(without, v)
		}
	}
	if len(with) == 0 {
		return
	}
	for _, symbol := range suspects {
		if slices.ContainsFunc(with, func(v archView) bool { return v.canBeOn(symbol) }) {
			continue
		}
		var on []string
		for _, v := range without {
			if v.canBeOn(symbol) {
				on = append(on, v.arch)
			}
		}
		if len(on) > 0 {
			p.reportDeadOnArchs(symbol, a, on, with, without)
		}
	}
}

// needing returns the symbols that depend on a gate or on what is gated, be it that
// they can be on in this view or not.
func (p *GatePass) needing(language int, a expr.Atom) []expr.Atom {
	var all []expr.Atom
	for i := range p.Model.Symbols {
		symbol, s := expr.Atom(i), &p.Model.Symbols[i]
		if symbol == a || s.Kind != model.Plain || !s.Defined || len(s.Nodes) == 0 {
			continue
		}
		_, needs := p.Gates.Of(symbol, language)
		for _, operand := range p.Model.Pool.Conjuncts(s.DirectDep) {
			if p.Model.Pool.Op(operand) != expr.OpLeaf {
				continue
			}
			_, gated := p.Gates.Of(p.Model.Pool.Atom(operand), language)
			needs = needs || gated || p.is(operand, a)
		}
		if needs {
			all = append(all, symbol)
		}
	}
	return all
}

func (p *GatePass) reportDeadOnArchs(symbol, language expr.Atom, on []string, with, without []archView) {
	id := p.Model.Symbols[symbol].Nodes[0]
	f := LineFinding{Code: codeArchWithoutGate, Severity: Warning, At: p.head(id), Symbol: p.name(symbol)}
	what := "is defined for " + listed(on) + " only"
	for _, entry := range append(p.around(id), id) {
		for _, part := range p.parts(entry) {
			dead := !slices.ContainsFunc(with, func(v archView) bool { return v.can(part.id) })
			if dead && slices.ContainsFunc(without, func(v archView) bool { return v.can(part.id) }) {
				f.At, what = part.Line, "depends on `"+part.Line.written()+"`, which can hold on "+listed(on)+" only"
			}
		}
	}
	f.Message = p.quoted(symbol) + " can never be on: it needs " + p.quoted(language) + " and " + what +
		", where " + p.quoted(language) + " cannot be on: remove one of the two dependencies"
	f.Related = p.definition(language, p.quoted(language)+" is defined here")
	p.report(f)
}

// listed returns names for a sentence.
func listed(names []string) string {
	switch n := len(names); {
	case n == 1:
		return names[0]
	case n > 4:
		return strings.Join(names[:3], ", ") + " and other architectures"
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}

// archView is the view of an architecture, as far as the index of all files tells
// what it has.
type archView struct {
	*GatePass
	view *menu.View
	arch string
	// free is a gate, which is on or off as one likes.
	free expr.Atom
}

// canBeOn reports whether what a symbol depends on can hold.
func (v archView) canBeOn(a expr.Atom) bool {
	can, _ := v.symbol(a, 0)
	return can
}

// can reports whether an expression can be other than n.
func (v archView) can(id expr.ID) bool {
	can, _ := v.possible(id, 0)
	return can
}

// maxDependencies is how far dependencies of dependencies are followed.
const maxDependencies = 12

// possible reports whether an expression can hold, and whether it can fail. Both are
// true where nothing is known.
func (v archView) possible(id expr.ID, depth int) (holds, fails bool) {
	pool := v.Model.Pool
	switch op := pool.Op(id); op {
	case expr.OpNone:
		return true, false
	case expr.OpLeaf:
		return v.symbol(pool.Atom(id), depth)
	case expr.OpNot:
		holds, fails = v.possible(pool.Args(id)[0], depth)
		return fails, holds
	case expr.OpAnd:
		holds, fails = true, false
		for _, arg := range pool.Args(id) {
			h, f := v.possible(arg, depth)
			holds, fails = holds && h, fails || f
		}
		return holds, fails
	case expr.OpOr:
		holds, fails = false, true
		for _, arg := range pool.Args(id) {
			h, f := v.possible(arg, depth)
			holds, fails = holds || h, fails && f
		}
		return holds, fails
	}
	return true, true
}

// symbol reports whether a symbol can be on, and off. One that no file of the view
// defines is off; so is one that only selects turn on if no file of the view does.
func (v archView) symbol(a expr.Atom, depth int) (on, off bool) {
	s := &v.Model.Symbols[a]
	switch {
	case a == model.AtomNo:
		return false, true
	case a == model.AtomYes:
		return true, false
	case s.Kind != model.Plain, a == v.free:
		return true, true
	}
	symbol, ok := v.Sources.Lookup(s.Name)
	if !ok || len(v.Sources.DefinedIn(symbol)) == 0 {
		return true, true // a macro may define it
	}
	defined := func(file menu.FileID) bool { return v.view.Reaches(file) }
	if !slices.ContainsFunc(v.Sources.DefinedIn(symbol), defined) {
		return false, true
	}
	if depth > maxDependencies || !v.sameEverywhere(symbol) {
		return true, true
	}
	selected := slices.ContainsFunc(v.Sources.ReferencedIn(symbol), func(file menu.FileID) bool {
		return v.view.Reaches(file) && v.turnsOn(file, symbol)
	})
	if selected {
		return true, true
	}
	if !hasValueOfItsOwn(s) {
		return false, true
	}
	if s.DirectDep == 0 {
		return true, true
	}
	on, _ = v.possible(s.DirectDep, depth+1)
	return on, true
}

// sameEverywhere reports whether all definitions of a symbol are in the model.
func (v archView) sameEverywhere(symbol menu.SymbolID) bool {
	return !slices.ContainsFunc(v.Sources.DefinedIn(symbol), func(file menu.FileID) bool { return !v.View.Reaches(file) })
}

// hasValueOfItsOwn reports whether a symbol can be on without being selected.
func hasValueOfItsOwn(s *model.Symbol) bool {
	return slices.ContainsFunc(s.Properties, func(p model.Property) bool {
		return p.Kind == model.Prompt || p.Kind == model.Default || p.Kind == model.Env
	})
}
