package solve

import (
	"cmp"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// demand encodes the definitions of atoms, and of all that they look at.
func (s *Solver) demand(atoms ...expr.Atom) { s.demandExpressions(nil, atoms...) }

// demandExpressions encodes the definitions of atoms, and of those in expressions, and
// of all that they look at.
func (s *Solver) demandExpressions(ids []expr.ID, atoms ...expr.Atom) {
	s.encode(s.coneOf(ids, atoms))
}

// coneOf returns what atoms, and those in expressions, look at, as far as it is not
// encoded yet. It has to be encoded before anything else is.
func (s *Solver) coneOf(ids []expr.ID, atoms []expr.Atom) *cone {
	c := &cone{Solver: s}
	for _, a := range atoms {
		c.add(a)
	}
	for _, id := range ids {
		c.expression(id)
	}
	if s.m.Modules != model.NoAtom {
		c.add(s.m.Modules)
	}
	c.close()
	return c
}

// encode encodes the definitions of a cone.
func (s *Solver) encode(c *cone) {
	for len(c.atoms) > 0 {
		// What an atom looks at is encoded before it, so that what only follows from
		// others needs no variables of its own.
		slices.SortFunc(c.atoms, func(a, b expr.Atom) int { return cmp.Compare(s.m.Rank(a), s.m.Rank(b)) })
		for _, a := range c.atoms {
			s.define(a)
			if _, ok := s.shown[a]; ok || s.m.Symbols[a].Kind == model.Choice && !s.free[a] {
				s.settable = append(s.settable, a)
			}
		}
		c.atoms, s.late = s.late, nil
		c.close()
	}
}

// countWanted returns how many atoms are encoded, or about to be.
func (s *Solver) countWanted() int {
	n := 0
	for _, wanted := range s.wanted {
		if wanted {
			n++
		}
	}
	return n
}

// cone collects the atoms that others look at, and that are not encoded yet.
type cone struct {
	*Solver
	atoms []expr.Atom
}

func (c *cone) add(a expr.Atom) {
	if a != model.NoAtom && !c.wanted[a] {
		c.wanted[a] = true
		c.atoms = append(c.atoms, a)
	}
}

// close adds what the atoms look at.
func (c *cone) close() {
	for i := 0; i < len(c.atoms); i++ {
		c.needs(c.atoms[i])
	}
}

func (c *cone) expression(id expr.ID) {
	if id == 0 || c.visited[id] {
		return
	}
	c.visited[id] = true
	if c.m.Pool.Op(id) == expr.OpLeaf {
		c.add(c.m.Pool.Atom(id))
		return
	}
	for _, arg := range c.m.Pool.Args(id) {
		c.expression(arg)
	}
}

func (c *cone) needs(a expr.Atom) {
	s := &c.m.Symbols[a]
	if !s.Defined || s.Type == model.UnknownType || c.free[a] {
		return
	}
	for i := range s.Properties {
		switch p := &s.Properties[i]; p.Kind {
		case model.Default, model.Env:
			if s.Kind == model.Choice {
				c.prompts(p.Low)
			} else {
				c.expression(p.Value)
				c.add(p.Low)
			}
			c.expression(p.Condition)
		case model.Range:
			c.add(p.Low)
			c.add(p.High)
			c.expression(p.Condition)
		case model.Prompt:
			c.expression(p.Condition)
		}
	}
	c.expression(s.DirectDep)
	c.expression(s.ReverseDep)
	c.expression(s.Implied)
	for _, lines := range [][]model.PropertyRef{s.SelectedBy, s.ImpliedBy} {
		for _, ref := range lines {
			if c.free[ref.Symbol] {
				c.add(ref.Symbol)
				c.expression(c.m.Property(ref).Own)
			}
		}
	}
	if s.Choice != model.NoNode {
		c.add(c.m.Nodes[s.Choice].Symbol)
	}
	for _, choice := range c.choices[a] {
		c.add(choice)
	}
	if s.Kind == model.Choice {
		for _, member := range c.members(a) {
			c.prompts(member)
			c.add(member) // whose value tells which one is chosen
		}
	}
}

// prompts adds what decides about whether a symbol is shown.
func (c *cone) prompts(a expr.Atom) {
	if a == model.NoAtom {
		return
	}
	s := &c.m.Symbols[a]
	for i := range s.Properties {
		if p := &s.Properties[i]; p.Kind == model.Prompt {
			c.expression(p.Condition)
		}
	}
	if s.Choice != model.NoNode {
		c.add(c.m.Nodes[s.Choice].Symbol)
	}
}
