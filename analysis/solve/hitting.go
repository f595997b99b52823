package solve

import (
	"math/bits"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
)

// leastHitting returns the smallest set, sorted, that has an atom of each core and
// not all of any list in without. It reports false if there is none. Where there are
// too many to look at, the set has as few as one finds who takes the most frequent one
// first.
func leastHitting(cores, without [][]expr.Atom) ([]expr.Atom, bool) {
	h := hitting{cores: cores, without: without}
	h.classify()
	for size := h.disjoint(); size <= len(cores); size++ {
		h.budget = maxHittingSteps
		if h.extend(nil, size) {
			slices.Sort(h.found)
			return h.found, true
		}
		if h.budget <= 0 {
			return h.greedy()
		}
	}
	return nil, false
}

// maxHittingSteps is how many sets are looked at for one size.
const maxHittingSteps = 200_000

type hitting struct {
	cores, without [][]expr.Atom
	// classes are, for each core, its atoms: of those that are in the same cores and
	// lists only the first one.
	classes [][]expr.Atom
	budget  int
	found   []expr.Atom
}

// classify makes the classes.
func (h *hitting) classify() {
	words := (len(h.cores)+len(h.without))/64 + 1
	signs := map[expr.Atom][]uint64{}
	for i, list := range slices.Concat(h.cores, h.without) {
		for _, a := range list {
			if signs[a] == nil {
				signs[a] = make([]uint64, words)
			}
			signs[a][i/64] |= 1 << (i % 64)
		}
	}
	for _, core := range h.cores {
		var class []expr.Atom
		for _, a := range core {
			if !slices.ContainsFunc(class, func(b expr.Atom) bool { return slices.Equal(signs[a], signs[b]) }) {
				class = append(class, a)
			}
		}
		// Those that are in most come first.
		slices.SortStableFunc(class, func(a, b expr.Atom) int { return ones(signs[b]) - ones(signs[a]) })
		h.classes = append(h.classes, class)
	}
}

func ones(sign []uint64) int {
	n := 0
	for _, word := range sign {
		n += bits.OnesCount64(word)
	}
	return n
}

// disjoint returns how many atoms there are at least: as many as cores that have none
// in common.
func (h *hitting) disjoint() int {
	n := 0
	seen := map[expr.Atom]bool{}
	for _, core := range h.cores {
		if slices.ContainsFunc(core, func(a expr.Atom) bool { return seen[a] }) {
			continue
		}
		n++
		for _, a := range core {
			seen[a] = true
		}
	}
	return n
}

// extend looks for a set of a size that has some atoms.
func (h *hitting) extend(set []expr.Atom, size int) bool {
	if h.budget--; h.budget < 0 || h.excluded(set) {
		return false
	}
	next := -1
	for i, core := range h.cores {
		if !meets(core, set) && (next < 0 || len(h.classes[i]) < len(h.classes[next])) {
			next = i
		}
	}
	if next < 0 {
		h.found = slices.Clone(set)
		return true
	}
	if len(set) == size {
		return false
	}
	for _, a := range h.classes[next] {
		if h.extend(append(set, a), size) {
			return true
		}
	}
	return false
}

func meets(core, set []expr.Atom) bool {
	return slices.ContainsFunc(set, func(a expr.Atom) bool { return slices.Contains(core, a) })
}

// excluded reports whether a set has all of a list that it must not have.
func (h *hitting) excluded(set []expr.Atom) bool {
	return slices.ContainsFunc(h.without, func(list []expr.Atom) bool {
		return !slices.ContainsFunc(list, func(a expr.Atom) bool { return !slices.Contains(set, a) })
	})
}

// greedy returns a set that need not be the smallest.
func (h *hitting) greedy() ([]expr.Atom, bool) {
	var set []expr.Atom
	for i, core := range h.cores {
		if meets(core, set) {
			continue
		}
		j := slices.IndexFunc(h.classes[i], func(a expr.Atom) bool { return !h.excluded(append(slices.Clone(set), a)) })
		if j < 0 {
			return nil, false
		}
		set = append(set, h.classes[i][j])
	}
	slices.Sort(set)
	return set, true
}
