package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
)

// configTargets returns the definitions of the symbol that the line at an offset
// sets, and the name in the line.
func (c configScope) configTargets(offset int) (origin Location, targets []Target) {
	i, name, ok := c.lineAt(offset)
	if !ok || c.root == nil {
		return Location{}, nil
	}
	return name, c.targetsOf([]string{c.conf.Name(c.conf.Lines[i])})
}

// configImplementation is Implementation for a line of a configuration.
func (c configScope) configImplementation(offset int) (origin Location, targets []Target) {
	i, name, ok := c.lineAt(offset)
	if !ok || c.root == nil {
		return Location{}, nil
	}
	return name, c.raisers([]string{c.conf.Name(c.conf.Lines[i])})
}

// references is References for a line of a configuration. Outside of trees only
// the lines of the same file are known.
func (c configScope) references(offset int, includeDeclaration bool) []Reference {
	i, _, ok := c.lineAt(offset)
	if !ok {
		return nil
	}
	names := []string{c.conf.Name(c.conf.Lines[i])}
	if c.root == nil {
		return c.lineReferences(nil, names)
	}
	found := c.symbolReferences(names, includeDeclaration)
	return sortedReferences(append(found, c.configReferences(names)...))
}

// configReferences returns the lines of the tree's open configurations that set
// any of the symbols.
func (c scope) configReferences(names []string) []Reference {
	var found []Reference
	for _, d := range c.documents {
		if d.config == nil || d.dir != c.root.Dir {
			continue
		}
		if other, ok := c.configScope(d.Path); ok {
			found = other.lineReferences(found, names)
		}
	}
	return found
}

// lineReferences appends the lines that set any of the symbols.
func (c configScope) lineReferences(found []Reference, names []string) []Reference {
	for _, name := range names {
		for _, l := range c.linesOf(name) {
			found = append(found, Reference{Location: c.nameAt(l), Write: true})
		}
	}
	return found
}

// linesOf returns the lines that set a symbol.
func (c configScope) linesOf(name string) []config.Line {
	var found []config.Line
	for _, l := range c.conf.Lines {
		if (l.Kind == config.Assign || l.Kind == config.Unset) && c.conf.Name(l) == name {
			found = append(found, l)
		}
	}
	return found
}

// configHighlights returns the names in the lines that set the same symbol as
// the one at an offset.
func (c configScope) configHighlights(offset int) []Highlight {
	i, name, ok := c.lineAt(offset)
	if !ok || offset < name.Start || offset > name.End {
		return nil
	}
	var highlights []Highlight
	for _, l := range c.linesOf(c.conf.Name(c.conf.Lines[i])) {
		highlights = append(highlights, Highlight{c.nameAt(l), HighlightWrite})
	}
	return highlights
}

// configSelections is Selections for a configuration: name or value, line,
// sections, file.
func (c configScope) configSelections(offset int) []Location {
	offset = min(max(offset, 0), len(c.conf.Text))
	var found []Location
	add := func(start, end int) {
		l := Location{c.path, start, end}
		if n := len(found); n == 0 || found[n-1].Start >= start && found[n-1].End <= end && found[n-1] != l {
			found = append(found, l)
		}
	}
	if i, name, ok := c.lineAt(offset); ok {
		l := c.conf.Lines[i]
		if value := c.valueAt(l); offset >= value.Start && l.Kind == config.Assign {
			add(value.Start, value.End)
		} else if offset >= name.Start && offset <= name.End {
			add(name.Start, name.End)
		}
	}
	if i := c.conf.LineAt(offset); i < len(c.conf.Lines) {
		if l := c.conf.Lines[i]; offset <= int(l.End) {
			add(int(l.Start), int(l.End))
		}
		sections := c.sections()
		for k := len(sections) - 1; k >= 0; k-- {
			if s := sections[k]; s.first <= i && i <= s.last {
				add(int(c.conf.Lines[s.first].Start), int(c.conf.Lines[s.last].End))
			}
		}
	}
	add(0, len(c.conf.Text))
	return found
}
