package config

import (
	"container/heap"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// worklist holds the atoms that are to be evaluated again, those first that
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

// undoLog remembers states as they were.
type undoLog struct {
	states map[expr.Atom]state
	values map[expr.Atom]UserValue
	mode   expr.Tristate
}
