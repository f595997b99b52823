package analysis

import (
	"path"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Reference is a place that mentions something.
type Reference struct {
	Location
	// Role is what a symbol does there, 0 for references to other things.
	Role menu.Role
	// Write tells that the place gives what it mentions a value: it defines or
	// assigns it, selects or implies it, or makes it the default of a choice.
	Write bool
}

// References returns all places in the whole tree that mention what stands at
// an offset, sorted by path and place: of a symbol all its uses in statements,
// of a macro all references and assignments, of the path of a source statement
// all statements that include the same file, and of a word that opens or ends a
// block both words. Texts such as help, comments and prompts mention nothing,
// and where a macro puts a symbol's name together only definitions are found.
// Definitions, assignments and openers are left out unless asked for. Of a
// symbol the lines of open configurations that set it are among the uses.
func References(s *Snapshot, path string, offset int, includeDeclaration bool) []Reference {
	if c, ok := s.configScope(path); ok {
		return c.references(offset, includeDeclaration)
	}
	if c, ok := s.codeScope(path); ok {
		return c.codeReferences(offset, includeDeclaration)
	}
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	sub, ok := c.subjectAt(offset)
	if !ok {
		return nil
	}
	switch sub.kind {
	case subjectSymbol:
		found := c.symbolReferences(sub.names, includeDeclaration)
		return sortedReferences(append(found, c.configReferences(sub.names)...))
	case subjectMacro:
		return c.macroReferences(sub, includeDeclaration)
	case subjectPath:
		return c.sourceReferences(sub.statement)
	case subjectBlock:
		return c.blockReferences(sub.statement, includeDeclaration)
	}
	return nil
}

// ReferencesOf returns all places in a tree that mention a symbol, as References
// does.
func ReferencesOf(s *Snapshot, root *Root, name string, includeDeclaration bool) []Reference {
	return s.viewScope(root, "").symbolReferences([]string{name}, includeDeclaration)
}

// writes reports whether an occurrence gives the symbol a value.
func writes(role menu.Role) bool {
	switch role {
	case menu.Defines, menu.Redefaults, menu.Selects, menu.Implies, menu.Sets, menu.ChoiceDefaults:
		return true
	}
	return false
}

func (c scope) symbolReferences(names []string, includeDeclaration bool) []Reference {
	var references []Reference
	for _, name := range names {
		if id, ok := c.root.Sources.Lookup(name); ok {
			references = c.appendOccurrences(references, id, includeDeclaration)
		}
		if !includeDeclaration {
			continue
		}
		for _, e := range c.view.Expanded(c.root.Sources, name) {
			references = append(references, Reference{c.nameOf(e), menu.Defines, true})
		}
	}
	return sortedReferences(references)
}

// sortedReferences sorts references by place and drops repeated ones.
func sortedReferences(references []Reference) []Reference {
	slices.SortFunc(references, func(a, b Reference) int { return compareLocations(a.Location, b.Location) })
	return slices.CompactFunc(references, func(a, b Reference) bool { return a.Location == b.Location })
}

// appendOccurrences appends the places that mention a symbol by its plain name.
// Only files that do are looked at.
func (c scope) appendOccurrences(references []Reference, id menu.SymbolID, includeDeclaration bool) []Reference {
	files := c.root.Sources.ReferencedIn(id)
	if includeDeclaration {
		files = slices.Concat(files, c.root.Sources.DefinedIn(id))
		slices.Sort(files)
		files = slices.Compact(files)
	}
	for _, file := range files {
		f := c.root.Sources.File(file)
		absolute := c.root.Path(f)
		for o := range f.OccurrencesOf(id) {
			if o.Role == menu.Defines && !includeDeclaration {
				continue
			}
			t := f.Token(o)
			references = append(references, Reference{Location{absolute, int(t.Start), int(t.End)}, o.Role, writes(o.Role)})
		}
	}
	return references
}

// macroUse is a place that refers or assigns to a macro.
type macroUse struct {
	file       *menu.File
	statement  parser.Statement
	start, end uint32 // of the name
	assigns    bool
}

// macroUses returns the places of the tree that mention a macro: those of the
// files of the view in their order, then those of other files by path.
func (c scope) macroUses(name string) []macroUse {
	var uses []macroUse
	for f := range c.root.Sources.Files() {
		uses = appendMacroUses(uses, f, name)
	}
	if len(uses) < 2 {
		return uses
	}
	order := c.view.Order(c.root.Sources)
	slices.SortStableFunc(uses, func(a, b macroUse) int {
		if in := c.view.Reaches(b.file.ID); in != c.view.Reaches(a.file.ID) {
			return compareBool(in, !in)
		} else if !in && a.file != b.file {
			return strings.Compare(a.file.Path, b.file.Path)
		}
		return order.Compare(a.file, a.statement.Index, b.file, b.statement.Index)
	})
	return uses
}

// appendMacroUses appends the places of one file that mention a macro.
func appendMacroUses(uses []macroUse, f *menu.File, name string) []macroUse {
	for _, place := range f.MacroTokens() {
		st := f.Tree.At(place.Statement)
		uses = appendTokenUses(uses, f, st, place.Token, name)
	}
	return uses
}

// appendTokenUses appends the places of one token that mention a macro.
func appendTokenUses(uses []macroUse, f *menu.File, st parser.Statement, token int, name string) []macroUse {
	text, t := st.TokenText(token), st.Token(token)
	if !strings.Contains(text, name) {
		return uses
	}
	if st.Kind == parser.Assignment && token == st.First(0) && text == name {
		return append(uses, macroUse{f, st, t.Start, t.End, true})
	}
	for _, r := range macro.References(text) {
		span := text[r.Name.Start:r.Name.End]
		if strings.TrimSpace(span) != name {
			continue
		}
		start := t.Start + r.Name.Start + uint32(strings.Index(span, name))
		uses = append(uses, macroUse{f, st, start, start + uint32(len(name)), false})
	}
	return uses
}

// assignments returns the assignments to a macro in the whole tree, in the order
// of macroUses.
func (c scope) assignments(name string) []macroUse {
	return slices.DeleteFunc(c.macroUses(name), func(use macroUse) bool { return !use.assigns })
}

// isParameter reports whether a macro's name stands for an argument, as in
// $(1), which means something only within its own definition.
func isParameter(name string) bool { return strings.Trim(name, "0123456789") == "" }

func (c scope) macroReferences(sub subject, includeDeclaration bool) []Reference {
	var uses []macroUse
	if name := sub.names[0]; isParameter(name) {
		uses = appendTokenUses(nil, c.file, sub.statement, sub.token, name)
	} else {
		uses = c.macroUses(name)
	}
	var references []Reference
	for _, use := range uses {
		if !use.assigns || includeDeclaration {
			references = append(references, Reference{c.at(use.file, use.start, use.end), 0, use.assigns})
		}
	}
	return sortedReferences(references)
}

// sourceReferences returns the source statements that include what one of them
// does, itself included.
func (c scope) sourceReferences(st parser.Statement) []Reference {
	var references []Reference
	keys := c.sourced(st)
	for _, key := range keys {
		f := c.root.Sources.FileByPath(key)
		if f == nil {
			continue
		}
		for _, place := range c.view.Includers(f.ID) {
			if parent, source, ok := c.root.Sources.Source(place); ok {
				references = append(references, c.sourceReference(parent, source))
			}
		}
	}
	if len(keys) == 0 {
		return nil
	}
	for f := range c.root.Sources.Files() {
		if c.view.Reaches(f.ID) && !c.root.Single {
			continue
		}
		other := c.in(f)
		variables := other.variablesHere()
		for source := range f.Sources() {
			_, pattern, known := menu.Targets(f, source, variables, noFiles{})
			if known && slices.ContainsFunc(keys, func(key string) bool { return c.names(pattern, key) }) {
				references = append(references, c.sourceReference(f, source))
			}
		}
	}
	return sortedReferences(references)
}

// names reports whether the expanded operand of a source statement, which may
// be a pattern, stands for a path as menu.File has it.
func (c scope) names(pattern, key string) bool {
	if matched, err := path.Match(c.root.loader.key(pattern), key); err == nil && matched {
		return true
	}
	return c.root.loader.key(pattern) == key
}

// noFiles is a loader for questions that no file has to be looked at for.
type noFiles struct{}

func (noFiles) Load(string) (*menu.File, error) { return nil, menu.ErrNotFollowed }
func (noFiles) Glob(string) []string            { return nil }

// sourceReference returns the operand of a source statement.
func (c scope) sourceReference(f *menu.File, st parser.Statement) Reference {
	i, ok := st.Operand()
	if !ok {
		i = st.First(0)
	}
	return Reference{Location: c.root.location(f, st.Token(i))}
}

// blockReferences returns the words that open and end a block.
func (c scope) blockReferences(st parser.Statement, includeDeclaration bool) []Reference {
	block, ok := blockOf(c.file.Tree, st)
	if !ok {
		return nil
	}
	var references []Reference
	add := func(statement int) {
		start, end := wordRange(c.file.Tree.At(statement))
		references = append(references, Reference{Location: c.at(c.file, start, end)})
	}
	if includeDeclaration {
		add(block.Open)
	}
	if block.Closed {
		add(block.Close)
	}
	return references
}
