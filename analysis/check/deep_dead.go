package check

import (
	"context"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

// The codes of symbols that can never be on: in no view of the tree, and in one.
const (
	codeDeadSymbol = "dead-symbol"
	codeDeadHere   = "dead-here"
)

// DeadSymbol is a bool or tristate symbol that can never be on in a view.
type DeadSymbol struct {
	Name string
	// Heads are its definitions.
	Heads []Line
	Why   DeadReason
	// Reason says why for people, in a clause.
	Reason  string
	Related []RelatedLine
}

// DeadReason is what keeps a symbol from being on. The later ones say more.
type DeadReason uint8

const (
	// Trivial is without prompt, default and anything that selects or implies it: that
	// is for another rule to tell.
	Trivial DeadReason = iota
	// Undefined depends on a symbol that nothing defines: that is for another rule, too.
	Undefined
	// Broken could be on if BROKEN could, or says "depends on n": it is off on purpose.
	Broken
	// Unset is a symbol that could be on but for that nothing turns it on.
	Unset
	// Needs is a symbol that depends on something that can never hold.
	Needs
	// Contradicts is a symbol that depends on things that exclude each other.
	Contradicts
)

// brokenSymbol is the symbol that kernels let things depend on that nobody should
// turn on.
const brokenSymbol = "BROKEN"

// deadSymbols finds the symbols that can never be on. It reports those of the view as
// hints; what holds in all views is put together by [DeadEverywhere].
func deadSymbols() DeepCheck {
	return DeepCheck{Rules: []Rule{
		{ID: codeDeadSymbol, Family: Deep, Severity: Warning, Everywhere: true},
		{ID: codeDeadHere, Family: Deep, Severity: Hint, OfUser: true},
	}, Run: func(ctx context.Context, p *DeepPass) {
		d := deadFinder{DeepPass: p}
		if d.find(ctx) && d.findParts(ctx) {
			for i, a := range d.dead {
				d.add(ctx, a, d.broken[i])
			}
		}
	}}
}

// deadFinder finds out which symbols are dead, and why.
type deadFinder struct {
	*DeepPass
	// here tells that what is dead in this view is to be reported.
	here   bool
	dead   []expr.Atom
	broken []bool
	// possible tells which of the operands can hold that dead symbols depend on.
	possible map[expr.ID]bool
}

// find finds the dead symbols. It reports false if the context was done before.
func (d *deadFinder) find(ctx context.Context) bool {
	here, _ := d.Policy.Rule(codeDeadHere)
	d.here = d.wants(here)
	var among []expr.Atom
	for i := range d.Model.Symbols {
		s := &d.Model.Symbols[i]
		if s.Kind != model.Plain || !s.Defined || !s.Type.IsLogical() || s.Transitional {
			continue
		}
		if d.here && slices.ContainsFunc(s.Nodes, d.within) || d.Others != nil && !d.Others.isLive(s.Name) {
			among = append(among, expr.Atom(i))
		}
	}
	can, complete := d.canBeOn(ctx, among)
	if !complete {
		return false
	}
	for i, a := range among {
		switch {
		case !can[i]:
			d.dead = append(d.dead, a)
		case d.Others != nil:
			d.Others.live(d.name(a))
		}
	}
	d.broken = make([]bool, len(d.dead))
	if solver := d.withBroken(); solver != nil {
		d.broken, complete = solver.CanAny(ctx, d.dead)
	}
	return complete
}

// withBroken returns a solver for which BROKEN may be on, nil if the tree has no such
// symbol.
func (p *DeepPass) withBroken() *solve.Solver {
	broken, ok := p.Model.Lookup(brokenSymbol)
	if !ok || !p.Model.Symbols[broken].Defined {
		return nil
	}
	if p.brokenSolver == nil {
		p.brokenSolver = solve.New(p.Model, solve.Options{Free: []expr.Atom{broken}, FreeAnswers: true, Rules: p.Rules})
	}
	return p.brokenSolver
}

// live notes that a symbol can be on in one of the views.
func (v *Views) live(symbol string) {
	v.refuted.Store(refutation{code: codeDeadSymbol, symbol: symbol}, true)
}

func (v *Views) isLive(symbol string) bool {
	_, ok := v.refuted.Load(refutation{code: codeDeadSymbol, symbol: symbol})
	return ok
}

// findParts finds out which operands of what dead symbols depend on can hold.
func (d *deadFinder) findParts(ctx context.Context) (complete bool) {
	var all []expr.ID
	for _, a := range d.dead {
		for _, id := range d.Model.Symbols[a].Nodes {
			for _, part := range d.allParts(id) {
				all = append(all, part.id)
			}
			all = append(all, d.Model.Nodes[id].Dep)
		}
	}
	d.possible, complete = d.canHold(ctx, all)
	return complete
}

// maxAround is how many blocks an entry may stand in for what it depends on to be taken
// apart: no tree that people write comes near that.
const maxAround = 100

// allParts returns the operands of what an entry depends on, with those of what is
// around it; none if that is too much.
func (p *DeepPass) allParts(id model.NodeID) []part {
	depth := 0
	for n := p.Model.Nodes[id].Block; n > 0; n = p.Model.Nodes[n].Block {
		if depth++; depth > maxAround {
			return nil
		}
	}
	var all []part
	for _, n := range append(p.around(id), id) {
		all = append(all, p.parts(n)...)
	}
	return all
}

// add adds a dead symbol to the results, and reports it as one of the view.
func (d *deadFinder) add(ctx context.Context, a expr.Atom, broken bool) {
	s := &d.Model.Symbols[a]
	dead := DeadSymbol{Name: s.Name}
	for _, id := range s.Nodes {
		dead.Heads = append(dead.Heads, d.head(id))
	}
	switch {
	case d.isTrivial(s):
		dead.Why, dead.Reason = Trivial, "nothing turns it on"
	default:
		dead.Why, dead.Reason, dead.Related = d.explain(ctx, a)
	}
	if broken && dead.Why > Broken {
		dead.Why = Broken
	}
	d.result.Dead = append(d.result.Dead, dead)
	if dead.Why <= Undefined || !d.here {
		return
	}
	where := ""
	if d.Arch != "" {
		where = " for " + d.Arch
	}
	for i, id := range s.Nodes {
		if d.within(id) {
			d.report(LineFinding{
				Code: codeDeadHere, Severity: Hint, Symbol: s.Name, At: dead.Heads[i], Unnecessary: true,
				Message: d.quoted(a) + " can never be on" + where + ": " + dead.Reason, Related: dead.Related,
			})
		}
	}
}

// isTrivial reports whether a symbol has nothing that could turn it on.
func (d *deadFinder) isTrivial(s *model.Symbol) bool {
	return len(s.SelectedBy) == 0 && len(s.ImpliedBy) == 0 && !slices.ContainsFunc(s.Properties, func(p model.Property) bool {
		return p.Kind == model.Prompt || p.Kind == model.Default || p.Kind == model.Env
	})
}

// explain says why a symbol is dead, by its last entry that says most.
func (d *deadFinder) explain(ctx context.Context, a expr.Atom) (why DeadReason, reason string, related []RelatedLine) {
	why, reason = Unset, d.unset(a)
	for _, id := range d.Model.Symbols[a].Nodes {
		parts := d.allParts(id)
		i := slices.IndexFunc(parts, func(p part) bool { return !d.possible[p.id] })
		switch {
		case d.possible[d.Model.Nodes[id].Dep]:
			if d.isPromptUndefined(a) {
				return Undefined, d.unset(a), nil
			}
			return Unset, d.unset(a), nil
		case i >= 0 && why < Needs:
			why, reason = Needs, "it depends on "+d.impossible(parts[i].id)
			switch {
			case d.Model.Pool.IsNo(parts[i].id):
				why = Broken
			case d.isUndefined(parts[i].id):
				why = Undefined
			}
			related = []RelatedLine{{parts[i].Line, "it depends on " + d.expression(parts[i].id) + " here"}}
		case i < 0 && len(parts) > 0 && why < Contradicts:
			core := d.core(ctx, parts)
			why, reason = Contradicts, "it depends on "+d.together(core)+", which exclude each other"
			related = d.coreLines(core)
		}
	}
	return why, reason, related
}

// isPromptUndefined reports whether a prompt of a symbol asks for one that nothing defines.
func (d *deadFinder) isPromptUndefined(a expr.Atom) bool {
	return slices.ContainsFunc(d.Model.Symbols[a].Properties, func(p model.Property) bool {
		return p.Kind == model.Prompt && d.isUndefined(p.Own)
	})
}

// isUndefined reports whether an expression asks for a symbol that no file of the tree
// defines.
func (p *DeepPass) isUndefined(id expr.ID) bool {
	return p.Complete && slices.ContainsFunc(p.Model.Pool.Conjuncts(id), func(operand expr.ID) bool {
		if p.Model.Pool.Op(operand) != expr.OpLeaf {
			return false
		}
		s := &p.Model.Symbols[p.Model.Pool.Atom(operand)]
		if s.Kind != model.Plain || s.Defined {
			return false
		}
		symbol, ok := p.Sources.Lookup(s.Name)
		return !ok || len(p.Sources.DefinedIn(symbol)) == 0
	})
}

// impossible says of an expression that it cannot hold, and what it is.
func (p *DeepPass) impossible(id expr.ID) string {
	if p.Model.Pool.Op(id) != expr.OpLeaf {
		return p.expression(id) + ", which never holds"
	}
	s := &p.Model.Symbols[p.Model.Pool.Atom(id)]
	switch {
	case s.Kind == model.Plain && !s.Defined:
		if symbol, ok := p.Sources.Lookup(s.Name); ok && len(p.Sources.DefinedIn(symbol)) > 0 {
			return p.expression(id) + ", which other architectures have"
		}
		return p.expression(id) + ", which nothing defines"
	case s.Kind == model.Plain && s.Type.IsLogical():
		return p.expression(id) + ", which can never be on"
	}
	return p.expression(id) + ", which never holds"
}

// unset says of a symbol that could be on by what it depends on why it is not.
func (d *deadFinder) unset(a expr.Atom) string {
	s := &d.Model.Symbols[a]
	var missing []string
	has := func(kind model.PropertyKind) bool {
		return slices.ContainsFunc(s.Properties, func(p model.Property) bool { return p.Kind == kind })
	}
	if has(model.Prompt) {
		missing = append(missing, "its prompt is never shown")
	} else {
		missing = append(missing, "it has no prompt")
	}
	if has(model.Default) {
		missing = append(missing, "its defaults never turn it on")
	}
	var by []string
	for _, ref := range slices.Concat(s.SelectedBy, s.ImpliedBy) {
		if name := d.quoted(ref.Symbol); !slices.Contains(by, name) && d.name(ref.Symbol) != "" {
			by = append(by, name)
		}
	}
	const most = 3
	switch {
	case len(by) == 0:
		missing = append(missing, "nothing selects it")
	case len(by) <= most:
		missing = append(missing, "what selects it never does ("+strings.Join(by, ", ")+")")
	default:
		missing = append(missing, "what selects it never does ("+strings.Join(by[:most], ", ")+" and more)")
	}
	return joined(missing)
}

// core returns a smallest part of some operands that cannot hold together.
func (p *DeepPass) core(ctx context.Context, parts []part) []part {
	kept := slices.Clone(parts)
	for i := len(kept) - 1; i >= 0; i-- {
		without := slices.Delete(slices.Clone(kept), i, i+1)
		facts := make([]solve.Fact, len(without))
		for k, part := range without {
			facts[k] = solve.Holds(part.id)
		}
		if p.Solver.CanHold(ctx, facts...) == solve.No {
			kept = without
		}
	}
	return kept
}

// together lists operands for a message.
func (p *DeepPass) together(parts []part) string {
	ids := make([]expr.ID, len(parts))
	for i, part := range parts {
		ids[i] = part.id
	}
	return p.all(ids)
}

// joined returns texts as in a sentence, "" for none.
func joined(texts []string) string {
	if len(texts) < 2 {
		return strings.Join(texts, "")
	}
	return strings.Join(texts[:len(texts)-1], ", ") + " and " + texts[len(texts)-1]
}

// coreLines returns the lines that operands stand in.
func (p *DeepPass) coreLines(parts []part) []RelatedLine {
	var lines []RelatedLine
	for _, part := range parts {
		lines = append(lines, RelatedLine{part.Line, p.expression(part.id) + " is needed here"})
	}
	return lines
}
