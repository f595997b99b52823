package config

import (
	"container/heap"
	"fmt"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Clone returns a copy that can be changed while the original is read.
func (e *Evaluation) Clone() *Evaluation {
	c := *e
	c.user = e.user.Clone()
	c.states = slices.Clone(e.states)
	c.causes = e.causes.clone()
	c.queue = worklist{}
	return &c
}

// Set makes a text the user value of a symbol and computes again what depends
// on it. It reports which symbols have another state than before, sorted by
// name. The text is as in a configuration, without quotes: n, m or y for a bool
// or tristate symbol. A member of a choice that is set to y has the others set
// to n.
//
// The error says for people why the symbol cannot be set at all; a value that
// has no effect as things are is none.
func (e *Evaluation) Set(a expr.Atom, text string) ([]expr.Atom, error) {
	s := &e.Model.Symbols[a]
	v := UserValue{Set: true, Line: -1}
	switch {
	case !s.Defined || s.Kind == model.Choice:
		return nil, fmt.Errorf("%s is no symbol that can be set", s.Name)
	case s.Type.IsLogical():
		v.Tristate = expr.ParseTristate(text)
		if v.Tristate == 0 || v.Tristate == expr.M && s.Type == model.Bool {
			return nil, fmt.Errorf("%s is %s: %q is no value for it", s.Name, s.Type, text)
		}
	case !ValidText(s.Type, text):
		return nil, fmt.Errorf("%s is %s: %q is no value for it", s.Name, s.Type, text)
	default:
		v.Text = text
	}
	if s.Choice != model.NoNode && v.Tristate == expr.Y {
		e.choose(s.Choice, a)
	} else {
		e.setUser(a, v)
	}
	return e.settle(), nil
}

// Unset takes the user value of a symbol away, and computes again what depends
// on it. It reports which symbols have another state than before, sorted by
// name.
func (e *Evaluation) Unset(a expr.Atom) []expr.Atom {
	e.setUser(a, UserValue{Line: -1})
	return e.settle()
}

func (e *Evaluation) setUser(a expr.Atom, v UserValue) {
	if v.Set {
		e.user.count++
		v.Order = e.user.count
	}
	e.user.values[a] = v
	e.prompted = nil
	e.push(a)
	if choice := e.Model.Symbols[a].Choice; choice != model.NoNode {
		e.push(e.Model.Nodes[choice].Symbol)
	}
}

// choose sets the members of a choice that are shown: one to y, the others to n.
// As choice_set_value in scripts/kconfig/symbol.c, and sym_set_tristate_value up
// to Linux 6.11.
func (e *Evaluation) choose(choice model.NodeID, a expr.Atom) {
	for _, member := range e.Model.Nodes[choice].Members {
		if member != a && e.states[member].visible.Can(expr.M|expr.Y) {
			e.setUser(member, UserValue{Set: true, Tristate: expr.N, Line: -1})
		}
	}
	e.setUser(a, UserValue{Set: true, Tristate: expr.Y, Line: -1})
	if e.Model.OldChoices() {
		v := &e.user.values[e.Model.Nodes[choice].Symbol]
		v.Set, v.chosen = true, a
		v.Tristate = max(v.Tristate, expr.Y)
	}
}

func (e *Evaluation) push(a expr.Atom) {
	if e.queue.queued == nil {
		e.queue = worklist{ranks: rankHeap{m: e.Model}, queued: map[expr.Atom]bool{}}
	}
	e.queue.push(a)
}

// settle computes what is queued, and what depends on what changes with it.
func (e *Evaluation) settle() []expr.Atom {
	var changed []expr.Atom
	rounds := map[expr.Atom]int{}
	for {
		a, ok := e.queue.pop()
		if !ok {
			break
		}
		if rounds[a]++; rounds[a] > maxRounds {
			continue // a circle of dependencies that does not come to rest
		}
		before := e.states[a]
		e.calculate(a)
		after := &e.states[a]
		if !before.same(after) {
			changed = append(changed, a)
		}
		if a == e.Model.Modules && after.value != e.modules {
			e.modules = after.value
			for user := range e.Model.Symbols {
				if e.Model.Symbols[user].Type == model.Tristate {
					e.push(expr.Atom(user))
				}
			}
		}
		if e.Model.Symbols[a].Kind == model.Choice {
			// The values of the members were decided with it.
			for _, id := range e.Model.Symbols[a].Nodes {
				for _, member := range e.Model.Nodes[id].Members {
					e.push(member)
				}
			}
		}
		if !before.sameFor(after) {
			for _, user := range e.Model.Users(a) {
				e.push(user)
			}
		}
	}
	slices.SortFunc(changed, func(a, b expr.Atom) int {
		return compareNames(&e.Model.Symbols[a], &e.Model.Symbols[b])
	})
	return slices.Compact(changed)
}

// maxRounds is how often one change may lead to a symbol. In trees without
// circles it does so once.
const maxRounds = 16

func compareNames(a, b *model.Symbol) int {
	switch {
	case a.Name < b.Name:
		return -1
	case a.Name > b.Name:
		return 1
	}
	return 0
}

// worklist holds the atoms that are to be computed again, those first that
// others need.
type worklist struct {
	ranks  rankHeap
	queued map[expr.Atom]bool
}

type rankHeap struct {
	m     *model.Model
	atoms []expr.Atom
}

func (h *rankHeap) Len() int           { return len(h.atoms) }
func (h *rankHeap) Less(i, j int) bool { return h.m.Rank(h.atoms[i]) < h.m.Rank(h.atoms[j]) }
func (h *rankHeap) Swap(i, j int)      { h.atoms[i], h.atoms[j] = h.atoms[j], h.atoms[i] }
func (h *rankHeap) Push(a any)         { h.atoms = append(h.atoms, a.(expr.Atom)) }
func (h *rankHeap) Pop() any {
	last := h.atoms[len(h.atoms)-1]
	h.atoms = h.atoms[:len(h.atoms)-1]
	return last
}

func (w *worklist) push(a expr.Atom) {
	if !w.queued[a] {
		w.queued[a] = true
		heap.Push(&w.ranks, a)
	}
}

func (w *worklist) pop() (expr.Atom, bool) {
	if len(w.ranks.atoms) == 0 {
		return 0, false
	}
	a := heap.Pop(&w.ranks).(expr.Atom)
	delete(w.queued, a)
	return a, true
}
