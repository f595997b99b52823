package gate

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Gated is a symbol that cannot be on while its gate is off.
type Gated struct {
	Symbol expr.Atom
	// Direct tells that what the symbol itself needs, the blocks around its
	// entries included, names the gate; else it needs another gated symbol.
	Direct bool
	// Chain leads from the symbol to the gate by the fewest steps: each is a line
	// that needs the symbol of the next one. The last one is about the gate's
	// user; the gate itself is not among them. It is empty if no single line is
	// to blame, or it would have more than 64 steps.
	Chain []Step
}

// Step is a line of a Kconfig file that makes one symbol need another one.
type Step struct {
	// Symbol is what the line belongs to, or what it applies to: a symbol inside
	// of an if or menu.
	Symbol expr.Atom
	// Needs is the symbol that it needs. It is NoAtom if that is no symbol but a
	// test of the toolchain.
	Needs expr.Atom
	// Node is the entry that the line stands in, Statement its index in the file.
	Node      model.NodeID
	Statement int32
}

// closing is what follows from a gate that is off.
type closing struct {
	open, closed *bounds
	// alone are the bounds with what is off, before anything follows from that.
	alone *bounds
	// off are the atoms that are fixed, and level is after how many steps each
	// atom has become what it is; those that are off have 0.
	off   []expr.Atom
	level map[expr.Atom]int
	// changed are the atoms with other bounds than before, in the order of
	// evaluation.
	changed []expr.Atom
	// users look at a comparison that is fixed.
	users []expr.Atom
	// steps are those that were found, for chains share them.
	steps map[expr.Atom]Step
	// single is what only returned last for an atom, singled that atom.
	single  *bounds
	singled expr.Atom
}

// close returns what follows when atoms, or a comparison, are fixed. users are
// who mentions the comparison.
func (b *bounds) close(off map[expr.Atom]span, compared map[expr.ID]span, users []expr.Atom) *closing {
	c := &closing{open: b, closed: b.clone(), level: map[expr.Atom]int{}, users: users}
	c.closed.fixed, c.closed.compared = off, compared
	for a, v := range off {
		c.closed.values[a] = v
		c.off = append(c.off, a)
		c.level[a] = 0
	}
	slices.Sort(c.off)
	for _, a := range users {
		if v := c.closed.compute(a); v != c.closed.values[a] || !b.m.Symbols[a].Type.IsLogical() {
			c.closed.values[a] = v
			c.changed = append(c.changed, a)
		}
	}
	direct := slices.Clone(c.changed)
	c.changed = append(c.changed, c.closed.spread(append(slices.Clone(c.off), direct...)...)...)
	rank := func(x, y expr.Atom) int { return b.m.Rank(x) - b.m.Rank(y) }
	slices.SortFunc(c.changed, rank)
	c.changed = slices.Compact(c.changed)
	return c
}

// gated returns the symbols that are on in some configuration and in none while
// the gate is off, as far as bounds tell.
func (c *closing) gated() []expr.Atom {
	var all []expr.Atom
	for _, a := range c.changed {
		s := &c.open.m.Symbols[a]
		if s.Kind == model.Plain && s.Defined && s.Type != model.UnknownType && c.open.on(a) && !c.closed.on(a) {
			all = append(all, a)
		}
	}
	return all
}

// settle finds out by how few steps each change follows.
func (c *closing) settle() {
	view := c.open.clone()
	view.compared = c.closed.compared
	for _, a := range c.off {
		view.values[a] = c.closed.values[a]
	}
	view.fixed, view.shallow = c.closed.fixed, true
	c.alone = view.clone()
	left := slices.Clone(c.changed)
	for round := 1; len(left) > 0; round++ {
		var reached, rest []expr.Atom
		for _, a := range left {
			if c.reached(view, a) {
				reached = append(reached, a)
			} else {
				rest = append(rest, a)
			}
		}
		if len(reached) == 0 && view.shallow {
			view.shallow = false
			continue
		}
		if len(reached) == 0 {
			break // a circle
		}
		for _, a := range reached {
			c.level[a] = round
			view.values[a] = c.closed.values[a]
		}
		left = rest
	}
}

// reached reports whether an atom becomes what it is with what a view knows.
func (c *closing) reached(view *bounds, a expr.Atom) bool {
	if !c.open.m.Symbols[a].Type.IsLogical() {
		return view.on(a) == c.closed.on(a)
	}
	return view.compute(a) == c.closed.values[a]
}

// chain returns the steps from a symbol to what is off. What a choice needs its
// members do.
func (c *closing) chain(a expr.Atom) []Step {
	const longest = 64
	var steps []Step
	needing := a
	for c.level[a] != 0 {
		if len(steps) == longest {
			return nil
		}
		step, ok := c.step(a)
		if !ok {
			return nil
		}
		a = step.Needs
		if a != model.NoAtom && c.open.m.Symbols[a].Kind == model.Choice {
			continue
		}
		step.Symbol, needing = needing, a
		steps = append(steps, step)
		if a == model.NoAtom {
			break
		}
	}
	return steps
}

// step finds the line that makes a symbol need another one that is nearer to what
// is off. Steps that were found are kept.
func (c *closing) step(a expr.Atom) (Step, bool) {
	if step, ok := c.steps[a]; ok {
		return step, true
	}
	step, ok := c.findStep(a)
	if ok {
		if c.steps == nil {
			c.steps = map[expr.Atom]Step{}
		}
		c.steps[a] = step
	}
	return step, ok
}

func (c *closing) findStep(a expr.Atom) (Step, bool) {
	var best Step
	found := false
	for _, need := range c.nearer(a) {
		view := c.only(need)
		reached := c.reached(view, a)
		if reached || !found {
			if line, ok := c.line(a, need, view); ok {
				if reached {
					return line, true
				}
				best, found = line, true
			}
		}
	}
	if c.level[a] == 1 && len(c.closed.compared) > 0 {
		view := c.only(model.NoAtom)
		if line, ok := c.line(a, model.NoAtom, view); ok {
			return line, true
		}
	}
	return best, found
}

// nearer returns the atoms that a symbol looks at and that changed by fewer steps,
// the fewest first.
func (c *closing) nearer(a expr.Atom) []expr.Atom {
	var all []expr.Atom
	seen := map[expr.Atom]bool{}
	c.open.m.Mentions(a, func(need expr.Atom) {
		if level, ok := c.level[need]; ok && level < c.level[a] && !seen[need] {
			seen[need] = true
			all = append(all, need)
		}
	})
	slices.SortStableFunc(all, func(x, y expr.Atom) int { return c.level[x] - c.level[y] })
	return all
}

// only returns the bounds in which nothing but one atom, or the comparison, is
// what it is with the gate off. They hold until it is called again.
func (c *closing) only(a expr.Atom) *bounds {
	if a == model.NoAtom {
		view := *c.open
		view.compared, view.shallow = c.closed.compared, true
		return &view
	}
	if c.single == nil {
		c.single = c.open.clone()
		c.single.shallow = true
	} else {
		c.single.values[c.singled] = c.open.values[c.singled]
	}
	c.single.values[a], c.singled = c.closed.values[a], a
	return c.single
}

// line finds the line that needs an atom: one that cannot hold in the view but
// can while the gate is open. A dependency goes before what is around the entry,
// and that before selects and defaults.
func (c *closing) line(a, need expr.Atom, view *bounds) (Step, bool) {
	m := c.open.m
	s := &m.Symbols[a]
	fails := func(id expr.ID) bool {
		return id != 0 && view.eval(id).high == valueN && c.open.eval(id).high > valueN
	}
	for _, id := range s.Nodes {
		for n := id; n > 0; n = m.Nodes[n].Block {
			for _, condition := range m.Nodes[n].Conditions {
				if !condition.VisibleIf && fails(condition.Expr) {
					return Step{a, need, n, condition.Statement}, true
				}
			}
		}
	}
	for _, ref := range s.SelectedBy {
		p := m.Property(ref)
		if ref.Symbol == need || fails(p.Condition) {
			return Step{a, need, p.Node, p.Statement}, true
		}
	}
	for i := range s.Properties {
		p := &s.Properties[i]
		switch p.Kind {
		case model.Prompt, model.Default, model.Env:
			if fails(p.Condition) || p.Kind != model.Prompt && s.Type.IsLogical() && fails(p.Value) {
				return Step{a, need, p.Node, p.Statement}, true
			}
		}
	}
	for _, ref := range s.ImpliedBy {
		p := m.Property(ref)
		if ref.Symbol == need || fails(p.Condition) {
			return Step{a, need, p.Node, p.Statement}, true
		}
	}
	return Step{}, false
}

// explain returns a gated symbol with its chain. settle must have been called.
func (c *closing) explain(a expr.Atom) Gated {
	return Gated{Symbol: a, Direct: c.isDirect(a), Chain: c.chain(a)}
}

// isDirect reports whether what a symbol or its choice depends on cannot hold by what
// is off alone. What selects the symbol may be off for other reasons.
func (c *closing) isDirect(a expr.Atom) bool {
	m := c.open.m
	s := &m.Symbols[a]
	if c.level[a] == 1 || s.DirectDep != 0 && c.alone.eval(s.DirectDep).high == valueN {
		return true
	}
	return s.Kind == model.Plain && s.Choice != model.NoNode && c.isDirect(m.Nodes[s.Choice].Symbol)
}
