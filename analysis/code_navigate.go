package analysis

// hoverCode explains the symbol that is named at an offset, as hovers in Kconfig
// files do.
func (c codeScope) hoverCode(offset int) (HoverInfo, bool) {
	name, where, ok := c.symbolAt(offset)
	if !ok {
		return HoverInfo{}, false
	}
	d := &document{}
	if !c.symbolDocument(d, name) {
		return HoverInfo{}, false
	}
	return HoverInfo{where, d.documentation()}, true
}

// codeTargets returns the definitions of the symbol that is named at an offset.
func (c codeScope) codeTargets(offset int) (origin Location, targets []Target) {
	name, where, ok := c.symbolAt(offset)
	if !ok {
		return Location{}, nil
	}
	return where, c.targetsOf([]string{name})
}

// codeImplementation is Implementation for a file of code.
func (c codeScope) codeImplementation(offset int) (origin Location, targets []Target) {
	name, where, ok := c.symbolAt(offset)
	if !ok {
		return Location{}, nil
	}
	return where, c.raisers([]string{name})
}

// codeReferences returns the places in Kconfig files, and in open configurations,
// that mention the symbol that is named at an offset.
func (c codeScope) codeReferences(offset int, includeDeclaration bool) []Reference {
	name, _, ok := c.symbolAt(offset)
	if !ok {
		return nil
	}
	names := []string{name}
	return sortedReferences(append(c.symbolReferences(names, includeDeclaration), c.configReferences(names)...))
}
