package analysis

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Target is a place that a name leads to.
type Target struct {
	// Location is all of it: an entry from its first line to its last
	// attribute, a statement, or the start of a file.
	Location
	// Selection is the name within it.
	Selection Location
	// InView tells that the default view reaches it.
	InView bool
}

// Definition returns where what stands at an offset is defined, and the bytes
// that stand there.
//
//   - A symbol leads to its definitions in the view, in the order in which conf
//     reads them. Only if it has none there, or from a file of another
//     architecture, the definitions that other architectures have count too.
//   - The name in a macro reference leads to the assignments to it.
//   - The path of a source statement leads to the files that it names.
//   - An endmenu, endchoice or endif leads to what it closes.
//
// It returns no targets where nothing is known.
func Definition(s *Snapshot, path string, offset int) (origin Location, targets []Target) {
	if c, ok := s.configScope(path); ok {
		origin, targets = c.configTargets(offset)
		return origin, inViewFirst(targets)
	}
	if c, ok := s.codeScope(path); ok {
		origin, targets = c.codeTargets(offset)
		return origin, inViewFirst(targets)
	}
	origin, targets = definitions(s, path, offset)
	if c, ok := s.scope(path); ok && c.view.Reaches(c.file.ID) {
		targets = inViewFirst(targets)
	}
	return origin, targets
}

// inViewFirst returns the targets that the view reaches, or all if there are
// none.
func inViewFirst(targets []Target) []Target {
	if slices.ContainsFunc(targets, func(t Target) bool { return t.InView }) {
		return slices.DeleteFunc(targets, func(t Target) bool { return !t.InView })
	}
	return targets
}

// definitions is Definition with the definitions of all architectures: those of
// the view first, then the others, sorted by place; from a file of another
// architecture that one's first.
func definitions(s *Snapshot, path string, offset int) (origin Location, targets []Target) {
	c, ok := s.scope(path)
	if !ok {
		return Location{}, nil
	}
	sub, ok := c.subjectAt(offset)
	if !ok {
		return Location{}, nil
	}
	origin = c.at(c.file, sub.start, sub.end)
	switch sub.kind {
	case subjectSymbol:
		targets = c.symbolTargets(sub)
	case subjectMacro:
		if targets = c.macroTargets(sub.names[0]); len(targets) == 0 && sub.statement.Kind == parser.Source {
			targets = c.sourceTargets(sub.statement)
		}
	case subjectPath:
		targets = c.sourceTargets(sub.statement)
	case subjectBlock:
		targets = c.blockTargets(sub.statement)
	}
	return origin, targets
}

// Declaration is like Definition, but leads to the definitions of a symbol in
// all architectures: those of the view first, and of these and of the others
// those with a prompt first, then those that give a type.
func Declaration(s *Snapshot, path string, offset int) (origin Location, targets []Target) {
	if c, ok := s.configScope(path); ok {
		return c.configTargets(offset)
	}
	if c, ok := s.codeScope(path); ok {
		return c.codeTargets(offset)
	}
	c, ok := s.scope(path)
	if !ok {
		return Location{}, nil
	}
	if sub, ok := c.subjectAt(offset); !ok || sub.kind != subjectSymbol {
		return Definition(s, path, offset)
	}
	origin, targets = definitions(s, path, offset)
	rank := func(t Target) int {
		f := c.root.File(t.Path)
		e, ok := f.EntryAt(f.Tree.IndexAt(t.Start))
		if !ok {
			return 3
		}
		if _, _, ok := e.Prompt(); ok {
			return 0
		}
		if _, _, ok := e.Type(); ok {
			return 1
		}
		return 2
	}
	slices.SortStableFunc(targets, func(a, b Target) int {
		if a.InView != b.InView {
			return compareBool(b.InView, a.InView)
		}
		return rank(a) - rank(b)
	})
	return origin, targets
}

// Implementation returns what can make the symbol at an offset true other than
// the user: the lines that select or imply it, those that set it or give it a
// default from elsewhere (configdefault, set, default in a choice), and the
// defaults of its own definitions, but for those that are n. Those of the view
// come first, then the others, sorted by place. For anything but a symbol there
// are none.
func Implementation(s *Snapshot, path string, offset int) (origin Location, targets []Target) {
	if c, ok := s.configScope(path); ok {
		return c.configImplementation(offset)
	}
	if c, ok := s.codeScope(path); ok {
		return c.codeImplementation(offset)
	}
	c, ok := s.scope(path)
	if !ok {
		return Location{}, nil
	}
	sub, ok := c.subjectAt(offset)
	if !ok || sub.kind != subjectSymbol {
		return Location{}, nil
	}
	return c.at(c.file, sub.start, sub.end), c.raisers(sub.names)
}

// raisers returns what can make symbols true other than the user.
func (c scope) raisers(names []string) []Target {
	var targets []Target
	for _, name := range names {
		if id, ok := c.root.Sources.Lookup(name); ok {
			targets = append(targets, c.selectorTargets(id)...)
		}
	}
	for _, t := range c.targetsOf(names) {
		targets = append(targets, c.defaultTargets(t)...)
	}
	slices.SortStableFunc(targets, func(a, b Target) int {
		if a.InView != b.InView {
			return compareBool(b.InView, a.InView)
		}
		return compareLocations(a.Selection, b.Selection)
	})
	return targets
}

// selectorTargets returns the lines that raise a symbol.
func (c scope) selectorTargets(id menu.SymbolID) []Target {
	var targets []Target
	for _, file := range c.root.Sources.ReferencedIn(id) {
		f := c.root.Sources.File(file)
		for o := range f.OccurrencesOf(id) {
			switch o.Role {
			case menu.Selects, menu.Implies, menu.Redefaults, menu.Sets, menu.ChoiceDefaults:
				targets = append(targets, c.statementTarget(f, f.Tree.At(o.Statement), o.Token))
			}
		}
	}
	return targets
}

// defaultTargets returns the default lines of a definition.
func (c scope) defaultTargets(definition Target) []Target {
	f := c.root.File(definition.Path)
	e, ok := f.EntryAt(f.Tree.IndexAt(definition.Start))
	if !ok {
		return nil
	}
	var targets []Target
	for st := range e.Attributes() {
		if st.Kind != parser.Default && st.Kind != parser.TypedDefault {
			continue
		}
		from, to := st.Expression()
		if from < to && (to-from > 1 || parser.Unquote(st.TokenText(from)) != "n") {
			targets = append(targets, c.statementTarget(f, st, from))
		}
	}
	return targets
}

// statementTarget returns a statement as a target with one of its tokens as
// the name.
func (c scope) statementTarget(f *menu.File, st parser.Statement, token int) Target {
	start, end := statementRange(st)
	return Target{c.at(f, start, end), c.root.location(f, st.Token(token)), c.view.Reaches(f.ID)}
}

// symbolTargets returns the definitions of a symbol.
func (c scope) symbolTargets(sub subject) []Target {
	targets := c.targetsOf(sub.names)
	c.nearestFirst(sub, targets)
	return targets
}

// targetsOf returns the definitions of symbols: those of the view in the
// order of reading, then the others sorted by place.
func (c scope) targetsOf(names []string) []Target {
	var inside, outside []menu.Entry
	for _, name := range names {
		inside = append(inside, c.view.Expanded(c.root.Sources, name)...)
		if id, ok := c.root.Sources.Lookup(name); ok {
			defined, others := c.entriesOf(id)
			inside, outside = append(inside, defined...), append(outside, others...)
		}
	}
	if len(inside) > 1 {
		order := c.view.Order(c.root.Sources)
		slices.SortStableFunc(inside, func(a, b menu.Entry) int {
			return order.Compare(a.File, a.Head.Index, b.File, b.Head.Index)
		})
		inside = slices.CompactFunc(inside, sameEntry)
	}
	slices.SortFunc(outside, func(a, b menu.Entry) int {
		if d := strings.Compare(a.File.Path, b.File.Path); d != 0 {
			return d
		}
		return a.Head.Index - b.Head.Index
	})
	targets := make([]Target, 0, len(inside)+len(outside))
	for _, e := range append(inside, slices.CompactFunc(outside, sameEntry)...) {
		start, end := entryRange(e)
		targets = append(targets, Target{c.at(e.File, start, end), c.nameOf(e), c.view.Reaches(e.File.ID)})
	}
	return targets
}

func sameEntry(a, b menu.Entry) bool { return a.File == b.File && a.Head.Index == b.Head.Index }

// nearestFirst moves the definitions to the front that the place at hand is
// surely about: those of its own architecture, where the view has another, and
// the members of the choice that it is a default of.
func (c scope) nearestFirst(sub subject, targets []Target) {
	arch := archOf(c.file.Path)
	near := func(t Target) bool { return archOf(relativeTo(c.root.Dir, t.Path)) == arch }
	switch {
	case sub.role == menu.ChoiceDefaults:
		e, ok := c.file.EntryAt(sub.statement.Index)
		if !ok {
			return
		}
		block, ok := blockOf(c.file.Tree, e.Head)
		if !ok {
			return
		}
		here := c.root.Path(c.file)
		near = func(t Target) bool {
			i := c.file.Tree.IndexAt(t.Start)
			return t.Path == here && i > block.Open && i < block.Close
		}
	case arch == "" || c.view.Reaches(c.file.ID):
		return
	}
	slices.SortStableFunc(targets, func(a, b Target) int { return compareBool(near(b), near(a)) })
}

// macroTargets returns the assignments to a macro.
func (c scope) macroTargets(name string) []Target {
	var targets []Target
	for _, use := range c.assignments(name) {
		start, end := statementRange(use.statement)
		targets = append(targets, Target{c.at(use.file, start, end), c.at(use.file, use.start, use.end), c.view.Reaches(use.file.ID)})
	}
	return targets
}

// sourceTargets returns the files that a source statement names, as far as they
// exist.
func (c scope) sourceTargets(st parser.Statement) []Target {
	var targets []Target
	for _, key := range c.sourced(st) {
		start := Location{Path: absoluteIn(c.root.Dir, key)}
		f := c.root.Sources.FileByPath(key)
		targets = append(targets, Target{start, start, f != nil && c.view.Reaches(f.ID)})
	}
	return targets
}

// sourced returns the paths, as menu.File has them, of the existing files that
// a source statement of the file names.
func (c scope) sourced(st parser.Statement) []string {
	n, ok := c.file.SourceNumber(st.Index)
	if !ok {
		return nil
	}
	return c.sourcedAs(st, c.view.Included(c.file.ID)[n])
}

// sourcedAs is sourced where it is known which files the view includes there.
// Where the view includes none the operand is expanded, in files of another
// architecture with the variables of that one.
func (c scope) sourcedAs(st parser.Statement, included []menu.FileID) []string {
	var keys []string
	for _, id := range included {
		if f := c.root.Sources.File(id); f != nil {
			keys = append(keys, f.Path)
		}
	}
	if len(keys) > 0 {
		return keys
	}
	found, _, known := menu.Targets(c.file, st, c.variablesHere(), c.root.loader)
	if !known {
		return nil
	}
	for _, target := range found {
		key := c.root.loader.key(target)
		if !slices.Contains(keys, key) && c.exists(key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// variablesHere returns the variables to expand paths in the file with.
func (c scope) variablesHere() menu.Variables {
	arch := archOf(c.file.Path)
	if c.view.Reaches(c.file.ID) || !slices.Contains(c.root.archs, arch) {
		return c.view.Variables()
	}
	return c.root.variables(arch)
}

// exists reports whether there is a file with a path as menu.File has it.
func (c scope) exists(key string) bool {
	return c.root.Sources.FileByPath(key) != nil || vfs.Exists(c.root.loader.fsys, c.root.loader.absolute(key))
}

// blockTargets returns the opener of the block that a statement ends.
func (c scope) blockTargets(st parser.Statement) []Target {
	block, ok := blockOf(c.file.Tree, st)
	if !ok || block.Open == st.Index {
		return nil
	}
	return []Target{c.statementTarget(c.file, c.file.Tree.At(block.Open), c.file.Tree.At(block.Open).First(0))}
}

// compareLocations orders locations by path and place.
func compareLocations(a, b Location) int {
	if d := strings.Compare(a.Path, b.Path); d != 0 {
		return d
	}
	if a.Start != b.Start {
		return a.Start - b.Start
	}
	return a.End - b.End
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
