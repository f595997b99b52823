package analysis

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// helpPlaceholder is what stands in a help text that somebody has yet to write.
const helpPlaceholder = "FIXME: say what this is for, and who wants it."

// addHelp gives the entry that the cursor stands on a help text to write.
func addHelp(r *refactorScope) {
	if r.at.Kind != parser.Config && r.at.Kind != parser.Menuconfig && r.at.Kind != parser.Choice {
		return
	}
	lines := attributesOf(r.entry)
	if _, _, prompt := r.entry.Prompt(); !prompt || len(lines) == 0 || r.assignmentFollows(lines[len(lines)-1]) {
		return
	}
	tab := r.root.indentation(r.file, r.at)
	for _, st := range lines {
		if st.Kind == parser.Help || st.Kind == parser.HelpText {
			return
		}
	}
	r.offer(Refactoring{ID: "add-help", Title: "Add a help text", Kind: Rewrite, KeepsMeaning: true},
		below(lines[len(lines)-1], tab+"help\n"+tab+"  "+helpPlaceholder+"\n"))
}

// addType gives the symbol of the entry that the cursor stands on a type.
func addType(r *refactorScope) {
	if r.at.Kind != parser.Config && r.at.Kind != parser.Menuconfig || r.at.Name() == "" || r.root.Single || !r.root.Complete {
		return
	}
	id, ok := r.root.Sources.Lookup(r.at.Name())
	if !ok || len(r.view.ExpandedDefinitions(r.at.Name())) > 0 {
		return
	}
	for _, file := range r.root.Sources.DefinedIn(id) {
		typed := false
		r.root.Sources.File(file).DefinitionsOf(id, func(d *menu.Definition) bool {
			typed = d.Type != 0
			return !typed
		})
		if typed {
			return
		}
	}
	tab := r.root.indentation(r.file, r.at)
	for _, name := range []string{"bool", "tristate"} {
		r.offer(Refactoring{ID: "add-" + name, Title: "Add the type " + name, Kind: Mend, Code: "no-type"}, below(r.at, tab+name+"\n"))
	}
}

// addMissingDefinition adds an entry for the symbol that the cursor stands on and that nothing
// in the tree defines, below the entry that mentions it or above the block that does.
func addMissingDefinition(r *refactorScope) {
	if !r.root.Complete || r.root.Single {
		return
	}
	name := ""
	for i := range r.at.Len() {
		t := r.at.Token(i)
		if int(t.Start) > r.offset || r.offset > int(t.End) {
			continue
		}
		if o, ok := r.file.OccurrenceAt(r.at.Index, i); ok && o.Role != menu.Defines {
			name = r.root.Sources.Name(o.Symbol)
		}
	}
	switch name {
	case "Y", "M", "N":
		return // a constant was meant
	}
	id, ok := r.root.Sources.Lookup(name)
	if !ok || menu.IsConstant(name) || strings.HasPrefix(name, "CONFIG_") || r.checkSymbolWord(name) != nil ||
		len(r.root.Sources.DefinedIn(id)) > 0 || len(r.view.ExpandedDefinitions(name)) > 0 {
		return
	}
	text := "config " + name + "\n\tbool \"" + name + "\"\n\thelp\n\t  " + helpPlaceholder + "\n"
	r.offer(Refactoring{ID: "add-definition", Title: "Add a definition of " + name, Kind: Mend, Code: check.CodeUndefinedSymbol}, r.newEntry(text))
}

// checkSymbolWord tells why a name cannot stand behind "config".
func (c scope) checkSymbolWord(name string) error {
	return checkWord(parser.Parse("config "+name+"\n", c.root.Dialect), parser.Config, 1, name)
}

// newEntry returns the edit that adds an entry near the cursor.
func (r *refactorScope) newEntry(text string) Edit {
	blocks := r.tree.Blocks()
	statement := r.at.Index
	if r.inEntry {
		statement = r.entry.Head.Index
	}
	head := r.tree.At(statement)
	for i := r.file.Enclosing(statement); i >= 0; i = blocks[i].Parent {
		if blocks[i].Choice >= 0 { // a member of it is meant, the entry goes before the choice
			head = r.tree.At(blocks[i].Open)
		}
	}
	if last := (menu.Entry{File: r.file, Head: head}).Last(); wrappable(menu.Entry{File: r.file, Head: head}) && !r.assignmentFollows(last) {
		return below(last, "\n"+text)
	}
	at := r.withComments(head)
	return Edit{at, at, text + "\n"}
}

// withComments returns where the comments begin that stand right above a statement, and
// seem to be about it.
func (r *refactorScope) withComments(st parser.Statement) int {
	at := int(st.Start)
	for i := st.Index - 1; i >= 0; i-- {
		before := r.tree.At(i)
		if before.Kind != parser.Blank || before.Len() == 0 || strings.Contains(before.Text(), "SPDX") {
			break
		}
		at = int(before.Start)
	}
	return at
}
