package analysis

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// HighlightKind says what a place does with what it mentions.
type HighlightKind uint8

// The kinds of highlights.
const (
	HighlightText HighlightKind = iota + 1
	HighlightRead
	HighlightWrite
)

// Highlight is a place in a file that mentions what another one does.
type Highlight struct {
	Location
	Kind HighlightKind
}

// Highlights returns the places in the file that mention what stands at an
// offset, in order. A symbol is written where it is defined, selected, implied
// or made the default of a choice, and a macro where it is assigned to. Of a
// block the words that open and end it are highlighted.
func Highlights(s *Snapshot, path string, offset int) []Highlight {
	if c, ok := s.configScope(path); ok {
		return c.configHighlights(offset)
	}
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	sub, ok := c.subjectAt(offset)
	if !ok {
		return nil
	}
	var highlights []Highlight
	add := func(start, end uint32, kind HighlightKind) {
		highlights = append(highlights, Highlight{c.at(c.file, start, end), kind})
	}
	switch sub.kind {
	case subjectSymbol:
		highlights = c.symbolHighlights(sub)
	case subjectMacro:
		name := sub.names[0]
		uses := appendMacroUses(nil, c.file, name)
		if isParameter(name) {
			uses = appendTokenUses(nil, c.file, sub.statement, sub.token, name)
		}
		for _, use := range uses {
			add(use.start, use.end, readOrWrite(use.assigns))
		}
	case subjectBlock:
		for _, r := range c.blockReferences(sub.statement, true) {
			highlights = append(highlights, Highlight{r.Location, HighlightText})
		}
	case subjectPath:
		add(sub.start, sub.end, HighlightRead)
	}
	return highlights
}

func readOrWrite(write bool) HighlightKind {
	if write {
		return HighlightWrite
	}
	return HighlightRead
}

func (c scope) symbolHighlights(sub subject) []Highlight {
	var highlights []Highlight
	for _, name := range sub.names {
		id, ok := c.root.Sources.Lookup(name)
		if !ok {
			continue
		}
		for o := range c.file.OccurrencesOf(id) {
			highlights = append(highlights, Highlight{c.root.location(c.file, c.file.Token(o)), readOrWrite(writes(o.Role))})
		}
	}
	// A word that stands for the symbol in another way: with macros in it, or
	// in a line that is not understood.
	here := c.at(c.file, sub.start, sub.end)
	if sub.statement.Token(sub.token).Kind == parser.MacroWord || sub.role == 0 {
		highlights = append(highlights, Highlight{here, readOrWrite(writes(sub.role))})
	}
	slices.SortFunc(highlights, func(a, b Highlight) int { return compareLocations(a.Location, b.Location) })
	return slices.CompactFunc(highlights, func(a, b Highlight) bool { return a.Location == b.Location })
}
