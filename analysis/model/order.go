package model

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
)

// evaluationOrder is in which order symbols can be evaluated so that what one
// needs was evaluated before it, and who needs whom. A choice comes before its
// members, and needs what they need.
type evaluationOrder struct {
	sequence []expr.Atom
	rank     []int32 // by atom: its place in sequence
	users    []expr.Atom
	first    []int32 // by atom: where its users begin; one more entry than atoms
	needs    []expr.Atom
	start    []int32 // by atom: where what it needs begins; one more entry than atoms
	later    bool    // some look at what comes behind them
	modules  int     // how many atoms of sequence the one for modules needs, itself included
	circular bool    // something needs itself
}

// ModulesNeeds returns what the symbol that decides whether there are modules
// needs, and that symbol: the beginning of Sequence. Real trees have but the one
// symbol there. The caller must not change them.
func (m *Model) ModulesNeeds() []expr.Atom { return m.order.sequence[:m.order.modules] }

// MayBeCircular reports whether there may be symbols that depend on themselves.
// It is false for trees that are surely without: which circles conf rejects is
// for package check to tell.
func (m *Model) MayBeCircular() bool { return m.order.circular }

// LooksAhead reports whether there are atoms whose evaluation looks at others
// that come behind them in Sequence: choices with a default that is no member.
func (m *Model) LooksAhead() bool { return m.order.later }

// Sequence returns all atoms in an order in which what one needs comes before
// it. What decides whether there are modules is first, as all tristate symbols
// look at it; those that it needs itself look at what it was before. In circles
// of dependencies that is not possible; then some order is kept. The caller must
// not change it.
func (m *Model) Sequence() []expr.Atom { return m.order.sequence }

// Rank returns the place of an atom in Sequence.
func (m *Model) Rank(a expr.Atom) int { return int(m.order.rank[a]) }

// Users returns the atoms whose evaluation looks at the given one: those it is
// mentioned by, and for a choice its members. That a tristate symbol looks at
// the one for modules is left out. The caller must not change them.
func (m *Model) Users(a expr.Atom) []expr.Atom {
	o := &m.order
	return o.users[o.first[a]:o.first[a+1]]
}

func orderOf(m *Model) evaluationOrder {
	n := len(m.Symbols)
	needs, start, later := needsOf(m)
	o := evaluationOrder{
		sequence: make([]expr.Atom, 0, n), rank: make([]int32, n), first: make([]int32, n+1),
		needs: slices.Clip(needs), start: start,
	}
	// Depth first, from each symbol to what it needs.
	next := make([]int32, n)
	copy(next, start[:n])
	const (
		unseen = iota
		open
		done
	)
	state := make([]uint8, n)
	var stack []expr.Atom
	begin := 0
	if m.Modules != NoAtom {
		begin = -1
	}
	for i := begin; i < n; i++ {
		root := expr.Atom(i)
		if i < 0 {
			root = m.Modules // all tristates look at it
		}
		if state[root] != unseen {
			continue
		}
		stack = append(stack[:0], root)
		state[root] = open
		for len(stack) > 0 {
			a := stack[len(stack)-1]
			if next[a] < start[a+1] {
				need := needs[next[a]]
				next[a]++
				switch {
				case state[need] == unseen:
					state[need] = open
					stack = append(stack, need)
				case state[need] == open && (need != a || m.Symbols[a].Kind != Choice):
					o.circular = true
				}
				continue
			}
			stack = stack[:len(stack)-1]
			state[a] = done
			o.rank[a] = int32(len(o.sequence))
			o.sequence = append(o.sequence, a)
		}
		if i < 0 {
			o.modules = len(o.sequence)
		}
	}
	o.circular = o.circular || circularWithoutValue(m, needs, start)
	for _, need := range needs {
		o.first[need+1]++
	}
	for _, l := range later {
		o.first[l.need+1]++
	}
	o.later = len(later) > 0
	for i := range n {
		o.first[i+1] += o.first[i]
	}
	o.users = make([]expr.Atom, len(needs)+len(later))
	fill := make([]int32, n)
	copy(fill, o.first[:n])
	for a := range n {
		for _, need := range needs[start[a]:start[a+1]] {
			o.users[fill[need]] = expr.Atom(a)
			fill[need]++
		}
	}
	for _, l := range later {
		o.users[fill[l.need]] = l.user
		fill[l.need]++
	}
	return o
}

// circularWithoutValue reports whether a symbol needs itself in a way that no value
// comes of: through one that nothing defines or gives a type, or by selecting a member
// of a choice. conf follows these in its search for circles.
func circularWithoutValue(m *Model, needs []expr.Atom, start []int32) bool {
	more := map[expr.Atom][]expr.Atom{}
	c := collector{m: m, mark: make([]int32, len(m.Symbols)), seen: make([]int32, m.Pool.Len())}
	stamp := int32(0)
	for i := range m.Symbols {
		if hasValue(&m.Symbols[i]) {
			continue
		}
		stamp++
		c.needs, c.stamp = nil, stamp
		if c.symbol(expr.Atom(i)); len(c.needs) > 0 {
			more[expr.Atom(i)] = c.needs
		}
	}
	for i := range m.Symbols {
		for j := range m.Symbols[i].Properties {
			p := &m.Symbols[i].Properties[j]
			if p.Kind != Select && p.Kind != Imply || p.Low == NoAtom || m.Symbols[p.Low].Choice == NoNode {
				continue
			}
			// Nothing comes of selecting a member, but it is followed as well.
			choice := m.Nodes[m.Symbols[p.Low].Choice].Symbol
			if more[choice] == nil {
				more[choice] = slices.Clone(needs[start[choice]:start[choice+1]])
			}
			stamp++
			c.needs, c.stamp = more[choice], stamp
			c.add(expr.Atom(i))
			c.expression(p.Condition)
			more[choice] = c.needs
		}
	}
	const (
		open = iota + 1
		done
	)
	state := make([]uint8, len(m.Symbols))
	type frame struct {
		atom expr.Atom
		left []expr.Atom
	}
	needed := func(a expr.Atom) []expr.Atom {
		if of, ok := more[a]; ok {
			return of
		}
		return needs[start[a]:start[a+1]]
	}
	for root := range more {
		if state[root] != 0 {
			continue
		}
		state[root] = open
		stack := []frame{{root, needed(root)}}
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if len(top.left) == 0 {
				state[top.atom] = done
				stack = stack[:len(stack)-1]
				continue
			}
			need := top.left[0]
			top.left = top.left[1:]
			switch state[need] {
			case open:
				if need != top.atom || m.Symbols[need].Kind != Choice {
					return true
				}
			case 0:
				state[need] = open
				stack = append(stack, frame{need, needed(need)})
			}
		}
	}
	return false
}

// needsOf returns what each atom needs: needs[start[a]:start[a+1]].
func needsOf(m *Model) (needs []expr.Atom, start []int32, later []laterNeed) {
	n := len(m.Symbols)
	start = make([]int32, n+1)
	mark := make([]int32, n)            // the atom that needed it last, plus one
	seen := make([]int32, m.Pool.Len()) // the same for expressions
	for a := range n {
		c := collector{m: m, needs: needs, mark: mark, seen: seen, stamp: int32(a) + 1}
		if hasValue(&m.Symbols[a]) {
			c.symbol(expr.Atom(a))
		}
		needs = c.needs
		later = append(later, c.later...)
		start[a+1] = int32(len(needs))
	}
	return needs, start, later
}

// collector gathers what one atom needs, each once.
type collector struct {
	m     *Model
	needs []expr.Atom
	mark  []int32
	seen  []int32
	stamp int32
	later []laterNeed
}

func (c *collector) add(a expr.Atom) {
	if c.mark[a] != c.stamp && c.m.Symbols[a].Kind != Constant {
		c.mark[a] = c.stamp
		c.needs = append(c.needs, a)
	}
}

func (c *collector) expression(id expr.ID) {
	if id == 0 || c.seen[id] == c.stamp {
		return
	}
	c.seen[id] = c.stamp
	if c.m.Pool.Op(id) == expr.OpLeaf {
		c.add(c.m.Pool.Atom(id))
		return
	}
	for _, arg := range c.m.Pool.Args(id) {
		c.expression(arg)
	}
}

// hasValue reports whether a symbol has a value of its own, so that there is
// something to evaluate.
func hasValue(s *Symbol) bool { return s.Defined && s.Type != UnknownType }

// symbol gathers what a symbol needs if it has a value.
func (c *collector) symbol(a expr.Atom) {
	m := c.m
	s := &m.Symbols[a]
	for i := range s.Properties {
		p := &s.Properties[i]
		switch p.Kind {
		case Select, Imply:
			continue
		case Default:
			if s.Kind != Choice {
				c.expression(p.Value)
			} else if p.Low != NoAtom {
				c.choiceDefault(a, p.Low)
			}
		case Range:
			c.add(p.Low)
			c.add(p.High)
		}
		c.expression(p.Condition)
	}
	c.expression(s.DirectDep)
	c.expression(s.ReverseDep)
	c.expression(s.Implied)
	if s.Choice != NoNode {
		c.add(m.Nodes[s.Choice].Symbol)
	}
	if s.Kind != Choice {
		return
	}
	for _, id := range s.Nodes {
		for _, member := range m.Nodes[id].Members {
			c.prompts(member)
		}
	}
}

// choiceDefault adds what decides about whether a default of a choice is shown.
// Of one that stands below the choice, and so is no member, conf knows that only
// after it has computed everything once.
func (c *collector) choiceDefault(choice, a expr.Atom) {
	s := &c.m.Symbols[a]
	if len(s.Nodes) == 0 || s.Nodes[0] < c.m.Symbols[choice].Nodes[0] || s.Choice != NoNode && c.m.Nodes[s.Choice].Symbol == choice {
		c.prompts(a)
		return
	}
	later := collector{m: c.m, mark: make([]int32, len(c.mark)), seen: make([]int32, len(c.seen)), stamp: 1}
	later.prompts(a)
	for _, need := range later.needs {
		c.later = append(c.later, laterNeed{need, choice})
	}
}

// laterNeed is an atom that the evaluation of another one looks at, but does not
// wait for.
type laterNeed struct{ need, user expr.Atom }

// prompts adds what decides about whether a symbol is shown.
func (c *collector) prompts(a expr.Atom) {
	s := &c.m.Symbols[a]
	for i := range s.Properties {
		if p := &s.Properties[i]; p.Kind == Prompt {
			c.expression(p.Condition)
		}
	}
}

// Mentions calls yield for every atom that the evaluation of the given one looks
// at, each once: what its conditions, defaults, selectors and implying symbols
// mention, and for a member its choice.
func (m *Model) Mentions(a expr.Atom, yield func(expr.Atom)) {
	o := &m.order
	needs := o.needs[o.start[a]:o.start[a+1]]
	if !hasValue(&m.Symbols[a]) { // which the order passes over
		c := collector{m: m, mark: make([]int32, len(m.Symbols)), seen: make([]int32, m.Pool.Len()), stamp: 1}
		c.symbol(a)
		needs = c.needs
	}
	for _, need := range needs {
		yield(need)
	}
}
