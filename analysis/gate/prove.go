package gate

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Implies reports whether an expression can hold, and cannot while a language's
// gate is off. What bounds do not see is not implied.
func (s *Set) Implies(id expr.ID, language int) bool {
	c := s.closings[language]
	return c.open.eval(id).high > valueN && c.closed.eval(id).high == valueN
}

// OnWithout reports whether a symbol can be on while a language's gate is off.
func (s *Set) OnWithout(a expr.Atom, language int) bool { return s.closings[language].closed.on(a) }

// Reachable reports whether a language's gate can be on in the model's view,
// whatever a user sets, and with what tools have answered so far. It is true where
// bounds cannot tell.
func (s *Set) Reachable(language int) bool {
	b := &bounds{m: s.Model, answered: true}
	b.fill()
	return b.values[s.Languages[language]].high > valueN
}

// Conflict is a symbol that is gated on a language and needs something that the
// language's gate excludes, so that it can never be on.
type Conflict struct {
	Symbol expr.Atom
	// Node is the entry, of the symbol or around it, whose line Statement needs what
	// is excluded. Part is the operand of "&&" in it that cannot hold. Part is 0 if it
	// takes several operands together, and Statement is the entry's head then.
	Node      model.NodeID
	Statement int32
	Part      expr.ID
	// Excludes is the operand of what the gate depends on that excludes it, 0 if it
	// takes several.
	Excludes expr.ID
}

// Conflicts returns the symbols that can never be on since their gate excludes what
// they need, sorted by symbol. All answers of tools are free, and only what bounds
// prove is returned. A symbol that needs another one of them is left out. There are
// none on a gate that can never be on itself.
func (s *Set) Conflicts(language int) []Conflict {
	g := s.Languages[language]
	open := s.closings[language].open
	needs := s.Model.Symbols[g].DirectDep
	if needs == 0 || len(s.Model.Symbols[g].SelectedBy) > 0 || s.bounds.values[g].high == valueN {
		return nil
	}
	facts := map[expr.Atom]span{g: exactly(valueY)}
	if !addFacts(s.Model, needs, true, facts) {
		return nil
	}
	on := open.close(facts, nil, nil).closed
	var all []Conflict
	for _, gated := range s.Gated(language) {
		switch {
		case gated.Symbol == g || !open.on(gated.Symbol):
		case on.on(gated.Symbol):
			if c, ok := s.together(gated.Symbol, needs, open); ok {
				all = append(all, c)
			}
		default:
			if c, ok := s.conflict(gated.Symbol, open, on); ok {
				c.Excludes = s.excluding(g, c.Part, open)
				all = append(all, c)
			}
		}
	}
	return all
}

// together finds an operand of what a gate needs that cannot hold where all holds
// that a symbol depends on. What selects turn on does not need that.
func (s *Set) together(a expr.Atom, needs expr.ID, open *bounds) (Conflict, bool) {
	u := &s.Model.Symbols[a]
	facts := map[expr.Atom]span{}
	if len(u.SelectedBy) > 0 || len(u.Nodes) != 1 || !addFacts(s.Model, u.DirectDep, true, facts) {
		return Conflict{}, false
	}
	assumed := open.clone()
	for fact, v := range facts {
		assumed.values[fact] = v
	}
	for _, operand := range s.Model.Pool.Conjuncts(needs) {
		if open.eval(operand).high > valueN && assumed.eval(operand).high == valueN {
			node := u.Nodes[0]
			return Conflict{Symbol: a, Node: node, Statement: s.Model.Nodes[node].Statement, Excludes: operand}, true
		}
	}
	return Conflict{}, false
}

// conflict finds the line of a symbol that asks for what is excluded.
func (s *Set) conflict(a expr.Atom, open, on *bounds) (Conflict, bool) {
	m := s.Model
	for _, id := range m.Symbols[a].Nodes {
		for n := id; n > 0; n = m.Nodes[n].Block {
			for _, condition := range m.Nodes[n].Conditions {
				if condition.VisibleIf {
					continue
				}
				for _, part := range m.Pool.Conjuncts(condition.Expr) {
					if open.eval(part).high == valueN || on.eval(part).high > valueN || s.needsGated(part) {
						continue
					}
					return Conflict{Symbol: a, Node: n, Statement: condition.Statement, Part: part}, true
				}
			}
		}
	}
	return Conflict{}, false
}

// needsGated reports whether an expression is a symbol that is gated itself: what
// is wrong is said there.
func (s *Set) needsGated(id expr.ID) bool {
	if s.Model.Pool.Op(id) != expr.OpLeaf {
		return false
	}
	for _, gated := range s.gated {
		if _, ok := gated[s.Model.Pool.Atom(id)]; ok {
			return true
		}
	}
	return false
}

// excluding returns the operand of what a gate depends on that an expression cannot
// hold beside, the first one that does by itself, 0 if it takes several.
func (s *Set) excluding(g expr.Atom, part expr.ID, open *bounds) expr.ID {
	for _, operand := range s.Model.Pool.Conjuncts(s.Model.Symbols[g].DirectDep) {
		facts := map[expr.Atom]span{g: exactly(valueY)}
		if addFacts(s.Model, operand, true, facts) && open.close(facts, nil, nil).closed.eval(part).high == valueN {
			return operand
		}
	}
	return 0
}

// addFacts adds what symbols must be for an expression to hold, or not to hold, as
// far as single symbols are bound by it. It reports false if a symbol would have to
// be two things.
func addFacts(m *model.Model, id expr.ID, holds bool, facts map[expr.Atom]span) bool {
	pool := m.Pool
	switch op := pool.Op(id); {
	case op == expr.OpNot:
		return addFacts(m, pool.Args(id)[0], !holds, facts)
	case op == expr.OpAnd && holds, op == expr.OpOr && !holds:
		for _, arg := range pool.Args(id) {
			if !addFacts(m, arg, holds, facts) {
				return false
			}
		}
		return true
	case op != expr.OpLeaf:
		return true
	}
	a := pool.Atom(id)
	s := &m.Symbols[a]
	if s.Kind != model.Plain || !s.Defined || !s.Type.IsLogical() {
		return true
	}
	fact := span{valueM, valueY}
	if !holds {
		fact = span{valueN, valueM} // "!X" is m where X is
	}
	if s.Type == model.Bool {
		fact = exactly(valueY)
		if !holds {
			fact = exactly(valueN)
		}
	}
	if before, ok := facts[a]; ok {
		fact = span{max(fact.low, before.low), min(fact.high, before.high)}
	}
	facts[a] = fact
	return fact.low <= fact.high
}

// TestsOf returns the tests that a reference is by its text. There can be several,
// for the same text may come to other things in other places.
func (s *Set) TestsOf(text string) []int {
	var all []int
	for i := range s.Tests {
		if t := &s.Tests[i]; t.Atom != model.NoAtom && s.Model.Symbols[t.Atom].Name == text {
			all = append(all, i)
		}
	}
	return slices.Clip(all)
}
