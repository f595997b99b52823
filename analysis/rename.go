package analysis

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// FileEdit is what changes in one file.
type FileEdit struct {
	Path string // absolute
	// Edits are sorted and do not overlap. All offsets are those of the text
	// before any of them.
	Edits []Edit
}

// PrepareRename returns the bytes of the symbol or macro name at an offset, and
// the name. The error says for people why it cannot be renamed.
func PrepareRename(s *Snapshot, path string, offset int) (Location, string, error) {
	c, sub, err := s.renamed(path, offset)
	if err != nil {
		return Location{}, "", err
	}
	return c.at(c.file, sub.start, sub.end), sub.names[0], nil
}

// Rename returns the edits that give the symbol or macro at an offset another
// name in all Kconfig files of the tree, also in those of other architectures,
// sorted by path. The error says for people why that is not possible.
//
// Only names that are written out are changed: not those that a macro puts
// together, nor what help texts and comments mention. Uses of CONFIG_NAME
// outside of Kconfig files, as in C code, Makefiles and configurations, are not
// changed either.
func Rename(s *Snapshot, path string, offset int, newName string) ([]FileEdit, error) {
	c, sub, err := s.renamed(path, offset)
	if err != nil {
		return nil, err
	}
	if newName == sub.names[0] {
		return nil, nil
	}
	var references []Reference
	if sub.kind == subjectMacro {
		if err := c.checkMacroName(newName); err != nil {
			return nil, err
		}
		references = c.macroReferences(sub, true)
	} else {
		if err := c.checkSymbolName(newName); err != nil {
			return nil, err
		}
		references = c.symbolReferences(sub.names, true)
	}
	var files []FileEdit
	for _, r := range references {
		if n := len(files); n == 0 || files[n-1].Path != r.Path {
			files = append(files, FileEdit{Path: r.Path})
		}
		last := &files[len(files)-1]
		last.Edits = append(last.Edits, Edit{r.Start, r.End, newName})
	}
	return files, nil
}

// errNothingToRename is the error for places without a name.
var errNothingToRename = errors.New("there is no symbol or macro here to rename")

// renamed returns the symbol or macro at an offset if it can be renamed.
func (s *Snapshot) renamed(path string, offset int) (scope, subject, error) {
	if _, ok := s.configScope(path); ok {
		return scope{}, subject{}, errors.New("symbols are renamed in Kconfig files: go to the definition first")
	}
	c, ok := s.scope(path)
	if !ok {
		return scope{}, subject{}, errNothingToRename
	}
	sub, ok := c.subjectAt(offset)
	switch {
	case !ok || sub.kind != subjectSymbol && sub.kind != subjectMacro:
		return scope{}, subject{}, errNothingToRename
	case c.root.Single && s.pending != nil || !c.root.Single && !c.root.Complete:
		return scope{}, subject{}, fmt.Errorf("%s cannot be renamed yet: the files of the tree are still being read; try again in a moment", sub.names[0])
	case sub.kind == subjectMacro:
		return c, sub, c.checkMacro(sub.names[0])
	}
	return c, sub, c.checkSymbol(sub)
}

// checkSymbol tells why a symbol cannot be renamed.
func (c scope) checkSymbol(sub subject) error {
	name := sub.names[0]
	if sub.statement.Token(sub.token).Kind == parser.MacroWord {
		return fmt.Errorf("%s cannot be renamed: a macro is part of its name", sub.statement.TokenText(sub.token))
	}
	if f, st, ok := c.macroDefinition(name); ok {
		return fmt.Errorf("%s cannot be renamed: its definition in %s on line %d has a macro in its name", name, f.Path, f.Tree.Line(int(st.Start))+1)
	}
	if sub.role == 0 {
		return fmt.Errorf("%s cannot be renamed here: this line is not understood", name)
	}
	return nil
}

// macroDefinition returns a definition with a macro in its name that stands for
// a symbol: in the view, or, as far as its text tells, elsewhere.
func (c scope) macroDefinition(name string) (*menu.File, parser.Statement, bool) {
	if inside := c.view.Expanded(c.root.Sources, name); len(inside) > 0 {
		return inside[0].File, inside[0].Head, true
	}
	for f := range c.root.Sources.Files() {
		if c.view.Reaches(f.ID) {
			continue
		}
		for st := range f.MacroNames() {
			if menu.MatchesMacroName(st.Name(), name) {
				return f, st, true
			}
		}
	}
	return nil, parser.Statement{}, false
}

// checkMacro tells why a macro cannot be renamed.
func (c scope) checkMacro(name string) error {
	if isBuiltin(name) {
		return fmt.Errorf("%s cannot be renamed: it is a function of the language", name)
	}
	if isParameter(name) {
		return fmt.Errorf("$(%s) cannot be renamed: it stands for an argument by its number", name)
	}
	if len(c.assignments(name)) == 0 {
		return fmt.Errorf("%s cannot be renamed: no Kconfig file defines it, so its name is given from outside", name)
	}
	return nil
}

func isBuiltin(name string) bool {
	return slices.ContainsFunc(macro.Builtins(), func(b macro.Builtin) bool { return b.Name == name })
}

// checkSymbolName tells why a symbol cannot have a name: it is none, or it is
// taken.
func (c scope) checkSymbolName(name string) error {
	if menu.IsConstant(name) && name != "" {
		return fmt.Errorf("%s is no name for a symbol: it stands for a value", name)
	}
	if bare, ok := strings.CutPrefix(name, "CONFIG_"); ok {
		return fmt.Errorf("%s is no name for a symbol: in Kconfig files it is written without CONFIG_, as %s", name, quoted(bare))
	}
	tree := parser.Parse("config "+name+"\n", c.root.Dialect)
	if err := checkWord(tree, parser.Config, 1, name); err != nil {
		return err
	}
	if f, st, ok := c.macroDefinition(name); ok {
		return c.taken(name, f, st)
	}
	id, ok := c.root.Sources.Lookup(name)
	if !ok {
		return nil
	}
	for _, list := range [][]menu.FileID{c.root.Sources.DefinedIn(id), c.root.Sources.ReferencedIn(id)} {
		for _, file := range c.root.Sources.ByPath(list) {
			f := c.root.Sources.File(file)
			for o := range f.OccurrencesOf(id) {
				if st := f.Tree.At(o.Statement); o.Role == menu.Defines {
					return c.taken(name, f, st)
				} else if len(c.root.Sources.DefinedIn(id)) == 0 {
					return fmt.Errorf("%s is taken: nothing defines it, but %s uses it on line %d", name, f.Path, f.Tree.Line(int(st.Start))+1)
				}
			}
		}
	}
	return nil
}

func (c scope) taken(name string, f *menu.File, st parser.Statement) error {
	start, _ := wordRange(st)
	return fmt.Errorf("%s is taken: it is defined in %s on line %d", name, f.Path, f.Tree.Line(int(start))+1)
}

// checkMacroName tells why a macro cannot have a name.
func (c scope) checkMacroName(name string) error {
	tree := parser.Parse(name+" = x\n", c.root.Dialect)
	if err := checkWord(tree, parser.Assignment, 0, name); err != nil {
		return err
	}
	if isBuiltin(name) {
		return fmt.Errorf("%s is taken: it is a function of the language", name)
	}
	if isParameter(name) {
		return fmt.Errorf("%s is no name for a macro: $(%s) stands for an argument", name, name)
	}
	uses := c.macroUses(name)
	if len(uses) == 0 {
		return nil
	}
	if i := slices.IndexFunc(uses, func(use macroUse) bool { return use.assigns }); i >= 0 {
		return c.taken(name, uses[i].file, uses[i].statement)
	}
	use := uses[0]
	return fmt.Errorf("%s is taken: %s uses it on line %d", name, use.file.Path, use.file.Tree.Line(int(use.start))+1)
}

// checkWord tells why a name is no bare word: whether the statement that it was
// put in reads as one with exactly that word.
func checkWord(tree *parser.Tree, kind parser.StatementKind, token int, name string) error {
	if name == "" {
		return errors.New("a name cannot be empty")
	}
	st := tree.At(0)
	if tree.Len() == 1 && st.Kind == kind && token < st.Len() && st.TokenText(token) == name {
		switch k := st.Token(token).Kind; {
		case k == parser.Word && len(tree.Errors()) == 0:
			return nil
		case k.IsKeyword():
			return fmt.Errorf("%s is a word of the language and cannot be a name", name)
		}
	}
	if reserved := parser.Parse(name+"\n", tree.Dialect()).At(0); reserved.Keyword().IsKeyword() && reserved.TokenText(reserved.First(0)) == name {
		return fmt.Errorf("%s is a word of the language and cannot be a name", name)
	}
	return fmt.Errorf("%s is no name: letters, digits and _ are possible", quoted(name))
}

// quoted returns a text for a message in one line.
func quoted(text string) string { return fmt.Sprintf("%.60q", text) }
