package gate

import (
	"container/heap"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// span is the least and the greatest of the values n, m and y, as 0, 1 and 2,
// that something can have.
type span struct{ low, high uint8 }

const (
	valueN uint8 = iota
	valueM
	valueY
)

var anything = span{valueN, valueY}

func exactly(v uint8) span { return span{v, v} }

func (s span) and(t span) span { return span{min(s.low, t.low), min(s.high, t.high)} }
func (s span) or(t span) span  { return span{max(s.low, t.low), max(s.high, t.high)} }
func (s span) not() span       { return span{valueY - s.high, valueY - s.low} }

// bool returns the span of a bool symbol that takes the value: y for m.
func (s span) bool() span {
	if s.low == valueM {
		s.low = valueY
	}
	if s.high == valueM {
		s.high = valueY
	}
	return s
}

// bounds are the values that symbols can have at most and at least, whatever a
// user sets and, but for what is fixed, whatever tools answer. They are never
// too narrow.
type bounds struct {
	m      *model.Model
	values []span
	// fixed and compared are atoms and comparisons whose value is given.
	fixed    map[expr.Atom]span
	compared map[expr.ID]span
	// free are symbols that depend on nothing: what they select and imply hangs on
	// their values alone.
	free []expr.Atom
	// answered has what tools have answered stand, where else it is free.
	answered bool
	// shallow has a select look at the selector alone, and not at what that depends
	// on: for who wants to know by which way something follows.
	shallow bool
	// spare are values that nobody needs any longer, for clone to take, nil if values
	// are not handed back.
	spare *spareValues
}

// spareValues are used by one goroutine.
type spareValues struct{ all [][]span }

// newBounds returns the bounds of all symbols with some of them free.
func newBounds(m *model.Model, free ...expr.Atom) *bounds {
	b := &bounds{m: m, fixed: map[expr.Atom]span{}, free: free}
	for _, a := range free {
		b.fixed[a] = anything
	}
	b.fill()
	return b
}

// fill computes the bounds of all symbols.
func (b *bounds) fill() {
	b.values = make([]span, len(b.m.Symbols))
	for a := range b.m.Symbols {
		b.values[a] = b.constant(expr.Atom(a))
	}
	for _, a := range b.m.Sequence() {
		b.values[a] = b.compute(a)
	}
}

// constant returns the bounds of what has no definition.
func (b *bounds) constant(a expr.Atom) span {
	s := &b.m.Symbols[a]
	switch {
	case a <= model.AtomYes:
		return exactly(uint8(a))
	case s.Kind == model.Answered && (b.answered || !s.AsksTool()):
		return exactly(uint8(s.Answer))
	case s.Kind == model.Answered, s.Kind == model.Unanswered:
		return anything
	}
	return exactly(valueN)
}

// clone returns bounds that can be changed on their own.
func (b *bounds) clone() *bounds {
	c := *b
	var room []span
	if b.spare != nil && len(b.spare.all) > 0 {
		last := len(b.spare.all) - 1
		room, b.spare.all = b.spare.all[last], b.spare.all[:last]
	}
	c.values = append(room[:0], b.values...)
	return &c
}

// recycling returns bounds whose clones can be handed back, for who makes many of them
// one after the other.
func (b *bounds) recycling() *bounds {
	c := *b
	c.spare = &spareValues{}
	return &c
}

// handBack gives the values of clones back, if these are recycled. Nobody may look at
// them any longer.
func (b *bounds) handBack(clones ...*bounds) {
	if b.spare == nil {
		return
	}
	for _, c := range clones {
		if c != nil {
			b.spare.all = append(b.spare.all, c.values)
		}
	}
}

// compute returns the bounds of an atom from those of what it looks at. As
// sym_calc_value in scripts/kconfig/symbol.c, for all configurations at once.
func (b *bounds) compute(a expr.Atom) span {
	if v, ok := b.fixed[a]; ok {
		return v
	}
	s := &b.m.Symbols[a]
	switch {
	case s.Kind == model.Answered || s.Kind == model.Unanswered || !s.Defined || !s.Type.IsLogical():
		return b.constant(a)
	case s.Transitional:
		return b.typed(s.Type, anything)
	case s.Kind == model.Choice && !b.m.OldChoices():
		return anything
	}
	shown := b.prompts(s)
	if isMember := s.ChoiceValue || s.Choice != model.NoNode; isMember && (shown.low == valueY || !b.m.OldChoices()) {
		// The choice decides, within what is shown. Up to Linux 6.11 it does not for a
		// member that is not shown as y.
		return b.typed(s.Type, span{valueN, shown.high})
	}
	reverse, implied := exactly(valueN), exactly(valueN)
	if !s.ChoiceValue {
		reverse = b.reverse(s)
	}
	if !s.ChoiceValue && len(s.ImpliedBy) > 0 {
		implied = b.eval(s.Implied).or(b.byFree(s.ImpliedBy)).and(b.eval(s.DirectDep))
	}
	v := b.defaults(s).or(implied)
	v.high = max(v.high, shown.high)
	if shown.high > valueN {
		v.low = valueN // the user may say n
	}
	return b.typed(s.Type, v.or(reverse))
}

// reverse returns the bounds of what selects a symbol.
func (b *bounds) reverse(s *model.Symbol) span {
	if !b.shallow {
		return b.eval(s.ReverseDep).or(b.byFree(s.SelectedBy))
	}
	all := exactly(valueN)
	for _, ref := range s.SelectedBy {
		p := b.m.Property(ref)
		by := exactly(valueY)
		if b.m.Nodes[p.Node].Symbol != model.NoAtom {
			by = b.values[ref.Symbol]
		}
		all = all.or(by.and(b.eval(p.Own)))
	}
	return all
}

// byFree returns the bounds of what those of selects or implies come to that are
// lines of free symbols.
func (b *bounds) byFree(lines []model.PropertyRef) span {
	all := exactly(valueN)
	for _, ref := range lines {
		if slices.Contains(b.free, ref.Symbol) {
			all = all.or(b.values[ref.Symbol].and(b.eval(b.m.Property(ref).Own)))
		}
	}
	return all
}

// prompts returns the bounds of what the prompts of a symbol come to.
func (b *bounds) prompts(s *model.Symbol) span {
	all := exactly(valueN)
	for i := range s.Properties {
		if p := &s.Properties[i]; p.Kind == model.Prompt {
			all = all.or(b.eval(p.Condition))
		}
	}
	return b.typed(s.Type, all)
}

// defaults returns the bounds of the first default that applies.
func (b *bounds) defaults(s *model.Symbol) span {
	v, sure := span{valueY, valueN}, false
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind != model.Default && p.Kind != model.Env {
			continue
		}
		condition := b.eval(p.Condition)
		if condition.high == valueN {
			continue
		}
		d := b.eval(p.Value).and(span{max(condition.low, valueM), condition.high})
		v = span{min(v.low, d.low), max(v.high, d.high)}
		if condition.low > valueN {
			sure = true
			break
		}
	}
	if !sure {
		v.low = valueN
	}
	return v
}

// typed returns the bounds of a value as one of the type. A tristate is a bool
// where there are no modules.
func (b *bounds) typed(t model.Type, v span) span {
	if t != model.Tristate {
		return v.bool()
	}
	modules := exactly(valueN)
	if b.m.Modules != model.NoAtom {
		modules = b.values[b.m.Modules]
	}
	switch {
	case modules.high == valueN:
		return v.bool()
	case modules.low == valueN && v.high == valueM:
		v.high = valueY
	}
	return v
}

// on reports whether a symbol can be on: m or y, or for numbers and texts whether
// it can have a value that is written.
func (b *bounds) on(a expr.Atom) bool {
	s := &b.m.Symbols[a]
	if s.Type.IsLogical() {
		return b.values[a].high > valueN
	}
	for i := range s.Properties {
		switch p := &s.Properties[i]; p.Kind {
		case model.Prompt, model.Default, model.Env:
			if b.eval(p.Condition).high > valueN {
				return true
			}
		}
	}
	return false
}

// eval returns the bounds of an expression.
func (b *bounds) eval(id expr.ID) span {
	pool := b.m.Pool
	switch op := pool.Op(id); op {
	case expr.OpNone:
		return exactly(valueY)
	case expr.OpLeaf:
		return b.values[pool.Atom(id)]
	case expr.OpNot:
		return b.eval(pool.Args(id)[0]).not()
	case expr.OpAnd:
		v := exactly(valueY)
		for _, arg := range pool.Args(id) {
			if v = v.and(b.eval(arg)); v.high == valueN {
				break
			}
		}
		return v
	case expr.OpOr:
		v := exactly(valueN)
		for _, arg := range pool.Args(id) {
			if v = v.or(b.eval(arg)); v.low == valueY {
				break
			}
		}
		return v
	}
	return b.comparison(id)
}

// spread computes what looks at the given atoms again, and what looks at that,
// and returns the atoms whose bounds are others than before, in the order of
// evaluation. The given atoms were changed already; they are not among them
// unless they changed again.
func (b *bounds) spread(from ...expr.Atom) []expr.Atom {
	q := &queue{m: b.m, waiting: map[expr.Atom]bool{}}
	push := func(a expr.Atom) {
		for _, user := range b.m.Users(a) {
			q.add(user)
		}
		if a == b.m.Modules {
			for i := range b.m.Symbols {
				if b.m.Symbols[i].Type == model.Tristate {
					q.add(expr.Atom(i))
				}
			}
		}
	}
	for _, a := range from {
		push(a)
	}
	var changed []expr.Atom
	// In a circle of dependencies an atom may come again; a bounded number of
	// times is enough for bounds that are never too narrow to stay so.
	for steps := 0; q.Len() > 0 && steps < 4*len(b.m.Symbols); steps++ {
		a := q.take()
		v := b.compute(a)
		if v == b.values[a] {
			if !b.m.Symbols[a].Type.IsLogical() {
				changed = append(changed, a) // what it is on by may have changed
			}
			continue
		}
		b.values[a] = v
		changed = append(changed, a)
		push(a)
	}
	return changed
}

// queue holds atoms in the order of evaluation, each once.
type queue struct {
	m       *model.Model
	atoms   []expr.Atom
	waiting map[expr.Atom]bool
}

func (q *queue) add(a expr.Atom) {
	if !q.waiting[a] {
		q.waiting[a] = true
		heap.Push(q, a)
	}
}

func (q *queue) take() expr.Atom {
	a := heap.Pop(q).(expr.Atom)
	delete(q.waiting, a)
	return a
}

func (q *queue) Len() int           { return len(q.atoms) }
func (q *queue) Less(i, j int) bool { return q.m.Rank(q.atoms[i]) < q.m.Rank(q.atoms[j]) }
func (q *queue) Swap(i, j int)      { q.atoms[i], q.atoms[j] = q.atoms[j], q.atoms[i] }
func (q *queue) Push(x any)         { q.atoms = append(q.atoms, x.(expr.Atom)) }
func (q *queue) Pop() any {
	last := q.atoms[len(q.atoms)-1]
	q.atoms = q.atoms[:len(q.atoms)-1]
	return last
}
