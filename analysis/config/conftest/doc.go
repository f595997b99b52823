// Package conftest makes small Kconfig trees and .config files at random, to
// compare what an engine computes from them with what conf, the kernel's own
// program, does. It is support for tests; no program links it.
//
// The trees are such that conf accepts nearly all of them. They have what real
// trees have: several definitions of a symbol, choices with blocks in them,
// conditions at every place, comparisons, selects against dependencies, ranges
// from other symbols. And they have what nobody should write and conf accepts:
// defaults of the wrong type, names nobody defines, empty strings, escapes.
// The .config files are what people feed to conf: partly for another tree,
// partly written by hand, partly broken.
//
// There are no dependency cycles, as every group, which is a symbol or a choice
// with its members, has a place in an order of its own, and what it depends on
// comes before it there. That order is nearly, but not quite, that of the text.
package conftest

import "math/rand/v2"

// Options say for whom to generate.
type Options struct {
	// Old asks for what was in the language before Linux 6.9: choices that are
	// tristate, optional, named or without a type or prompt.
	Old bool
	// Size is about how many symbols there are: 0 for something between 3 and 30.
	Size int
}

// Generate returns the text of a Kconfig file and that of a .config file for
// it. It returns the same for the same arguments.
func Generate(seed uint64, o Options) (kconfig, config string) {
	g := &generator{r: rand.New(rand.NewPCG(seed, 0x6b636f6e66)), old: o.Old}
	size := o.Size
	if size == 0 {
		size = 3 + g.r.IntN(10)
		if g.chance(40) {
			size += g.r.IntN(18)
		}
	}
	g.makeSymbols(size)
	root := g.makeTree()
	g.orderGroups(root)
	g.writeTree(root)
	return g.text.String(), g.dotConfig()
}
