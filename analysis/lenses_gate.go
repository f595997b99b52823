package analysis

import (
	"sort"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// title returns what is told above the entry of a gate.
func (g gateSummary) title() string {
	state := map[GateState]string{GateOpen: "on", GateClosed: "off", GateUnknown: "unknown"}[g.state]
	return g.language + ": " + state + ", " + plural(g.gated, "symbol needs", "symbols need") + " it"
}

// gate returns what is told of a gate, and reports false for other symbols.
func (g *gateMarks) gate(name string) (gateSummary, bool) {
	if g == nil {
		return gateSummary{}, false
	}
	summary, ok := g.languages[name]
	return summary, ok
}

// blockLenses returns what is told above blocks: how many symbols they define, if
// all of them are gated on one language. Of blocks in each other the outermost is
// told of.
func (c scope) blockLenses(marks *gateMarks) []Lens {
	if marks == nil || len(marks.languages) == 0 {
		return nil
	}
	var lenses []Lens
	entries := c.markedEntries(marks)
	blocks := c.file.Tree.Blocks()
	for i := 0; i < len(blocks); {
		b := blocks[i]
		i++
		if b.Kind == parser.Choice {
			continue
		}
		mark, symbols := blockMark(entries, b)
		if symbols == 0 {
			continue
		}
		title := mark.language + ": " + plural(symbols, "symbol", "symbols")
		switch mark.languageState {
		case GateClosed:
			title += ", gate closed"
		case GateUnknown:
			title += ", gate not known"
		}
		start, end := statementRange(c.file.Tree.At(b.Open))
		lenses = append(lenses, Lens{c.at(c.file, start, end), LensGates, mark.gate, title})
		for i < len(blocks) && blocks[i].Open < b.Close {
			i++ // inside of it
		}
	}
	return lenses
}

// markedEntry is an entry of a file with how its symbol is gated.
type markedEntry struct {
	statement int
	mark      gateMark
	// first is the entry from which on all are gated on the same language.
	first int
}

// markedEntries returns the entries of the file that define symbols, in its order.
func (c scope) markedEntries(marks *gateMarks) []markedEntry {
	var all []markedEntry
	for st := range c.file.Tree.All() {
		if st.Kind != parser.Config && st.Kind != parser.Menuconfig {
			continue
		}
		name, _, _ := c.definedName(st)
		e := markedEntry{st.Index, marks.of(name), len(all)}
		if n := len(all); n > 0 && all[n-1].mark.gate == e.mark.gate {
			e.first = all[n-1].first
		}
		all = append(all, e)
	}
	return all
}

// blockMark returns how the symbols that a block defines are gated, and how many
// they are; none if they are not all gated on one language.
func blockMark(entries []markedEntry, b parser.Block) (mark gateMark, symbols int) {
	from := sort.Search(len(entries), func(i int) bool { return entries[i].statement > b.Open })
	to := sort.Search(len(entries), func(i int) bool { return entries[i].statement >= b.Close })
	if from == to || entries[to-1].mark.gate == "" || entries[to-1].first > from {
		return gateMark{}, 0
	}
	return entries[from].mark, to - from
}
