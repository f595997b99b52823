package analysis

import (
	"slices"
	"strconv"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Lens is something that can be told of a symbol above one of its entries. What
// it is takes a look at the whole tree, so that it is found out only for those
// that are shown: see [LensOf].
type Lens struct {
	// Location is the name in the entry's first line, or the first line of a block.
	Location
	Kind   Annotations
	Symbol string
	// Title is what it says, if that takes no looking for; else it is "". For one
	// of kind LensGates it is there, and Symbol is the gate.
	Title string
}

// LensInfo is what a lens says.
type LensInfo struct {
	Title string
	// Places are the places that it counts, sorted. There are none for a value.
	Places []Location
}

// Lenses returns what can be told of the symbols that a file defines, sorted by
// place, as far as the user wants it. It looks at nothing but the file, and asks
// the index whether anything selects a symbol.
func Lenses(s *Snapshot, path string) []Lens {
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	inView := !c.root.Single && c.view.Reaches(c.file.ID)
	var lenses []Lens
	var marks *gateMarks
	if inView && c.wants(LensGates) {
		marks = c.root.gateMarks(c.arch)
		lenses = c.blockLenses(marks)
	}
	for st := range c.file.Tree.All() {
		if st.Kind != parser.Config && st.Kind != parser.Menuconfig {
			continue
		}
		name, token, ok := c.definedName(st)
		if !ok {
			continue
		}
		at := c.root.location(c.file, st.Token(token))
		add := func(kind Annotations) {
			if c.wants(kind) {
				lenses = append(lenses, Lens{Location: at, Kind: kind, Symbol: name})
			}
		}
		if summary, ok := marks.gate(name); ok {
			lenses = append(lenses, Lens{at, LensGates, name, summary.title()})
		}
		add(LensReferences)
		if c.isSelected(st, name) {
			add(LensSelectedBy)
		}
		if inView {
			add(LensValue)
		}
	}
	slices.SortStableFunc(lenses, func(x, y Lens) int { return x.Start - y.Start })
	return lenses
}

// isSelected reports whether anything selects the symbol of an entry. Nothing can
// select a member of a choice.
func (c scope) isSelected(head parser.Statement, name string) bool {
	id, ok := c.root.Sources.Lookup(name)
	if !ok || !c.root.Sources.Selected(id) {
		return false
	}
	_, inChoice := c.file.InChoice(head.Index)
	return !inChoice
}

// LensOf returns what a lens of a file says. It reports false if there is
// nothing to say any more.
func LensOf(s *Snapshot, path, symbol string, kind Annotations) (LensInfo, bool) {
	c, ok := s.scope(path)
	if !ok {
		return LensInfo{}, false
	}
	switch kind {
	case LensReferences:
		places := locationsOf(c.symbolReferences([]string{symbol}, false))
		return LensInfo{plural(len(places), "reference", "references"), places}, true
	case LensSelectedBy:
		var selecting []Reference
		for _, r := range c.symbolReferences([]string{symbol}, false) {
			if r.Role == menu.Selects {
				selecting = append(selecting, r)
			}
		}
		return LensInfo{"selected by " + strconv.Itoa(len(selecting)), locationsOf(selecting)}, true
	case LensValue:
		v := c.currentValues()
		if v == nil {
			return LensInfo{}, false
		}
		label, _, ok := v.describe(symbol)
		return LensInfo{Title: "value: " + label}, ok
	}
	return LensInfo{}, false
}

func locationsOf(references []Reference) []Location {
	locations := make([]Location, len(references))
	for i, r := range references {
		locations[i] = r.Location
	}
	return locations
}
