package config

import (
	"maps"
	"slices"
)

// causeSet is a set of atoms whose text is not known, as its index in
// causeSets. The empty set is 0.
type causeSet uint32

// maxCauses is how many causes a set names.
const maxCauses = 16

// causeSets holds sets of causes, each once.
type causeSets struct {
	sets   [][]uint32 // sorted
	index  map[string]causeSet
	unions map[[2]causeSet]causeSet
}

func newCauseSets() causeSets {
	return causeSets{sets: [][]uint32{nil}, index: map[string]causeSet{}, unions: map[[2]causeSet]causeSet{}}
}

func (c *causeSets) single(atom uint32) causeSet { return c.intern([]uint32{atom}) }

func (c *causeSets) intern(set []uint32) causeSet {
	key := make([]byte, 0, 4*len(set))
	for _, a := range set {
		key = append(key, byte(a), byte(a>>8), byte(a>>16), byte(a>>24))
	}
	if id, ok := c.index[string(key)]; ok {
		return id
	}
	id := causeSet(len(c.sets))
	c.sets = append(c.sets, set)
	c.index[string(key)] = id
	return id
}

func (c *causeSets) union(a, b causeSet) causeSet {
	switch {
	case a == b || b == 0:
		return a
	case a == 0:
		return b
	case a > b:
		a, b = b, a
	}
	if id, ok := c.unions[[2]causeSet{a, b}]; ok {
		return id
	}
	all := slices.Concat(c.sets[a], c.sets[b])
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) > maxCauses {
		all = all[:maxCauses]
	}
	id := c.intern(all)
	c.unions[[2]causeSet{a, b}] = id
	return id
}

func (c *causeSets) clone() causeSets {
	return causeSets{slices.Clone(c.sets), maps.Clone(c.index), maps.Clone(c.unions)}
}
