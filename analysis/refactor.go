package analysis

import (
	"errors"
	"fmt"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// RefactoringKind says what a refactoring is for.
type RefactoringKind uint8

// The kinds of refactorings.
const (
	// Rewrite says the same in another way.
	Rewrite RefactoringKind = iota + 1
	// Extract moves text to another place.
	Extract
	// Mend adds what is missing, where a check says that it is.
	Mend
	// SortSelects sorts lines of a whole file.
	SortSelects
)

// Refactoring is a change that somebody can make to a file without anything being
// wrong with it.
type Refactoring struct {
	// ID tells the refactorings of a place apart. It never changes.
	ID string
	// Title says what it does, for people to choose it.
	Title string
	Kind  RefactoringKind
	// Code is that of the diagnostics that it mends, "" if there are none.
	Code string
	// Files are what changes, sorted by path, New the files that are made.
	Files []FileEdit
	New   []NewFile
	// KeepsMeaning tells that every configuration comes to the same values before and
	// after it.
	KeepsMeaning bool
	// Effect says what else is another one after it, "" for nothing.
	Effect string
	// Unverified tells that a look at the whole tree has to show whether it keeps the
	// meaning; see Verify.
	Unverified bool
	// Refused says why it cannot be done, "" if it can.
	Refused string

	root *Root
	arch string
}

// refactorers find what can be done with what the cursor stands on, in the order in
// which it is shown.
func refactorers() []func(*refactorScope) {
	return []func(*refactorScope){
		addMissingDefinition, addType, addHelp, modernize, splitTypedDefault, joinTypedDefault,
		joinDefaults, splitDefault, unwrapIf, sortEntrySelects, convertMenuconfig,
	}
}

// selectionRefactorers find what can be done with a part of a file.
func selectionRefactorers() []func(*refactorScope) {
	return []func(*refactorScope){wrapInIf, extractFile, sortFileSelects}
}

// Refactorings returns what can be done in the bytes [start, end] of a Kconfig file, in
// the order in which it is shown. It takes no look at the whole tree: editors ask for it
// whenever the cursor moves.
func Refactorings(s *Snapshot, path string, start, end int) []Refactoring {
	c, ok := s.scope(path)
	if !ok || c.file.Tree.Len() == 0 {
		return nil
	}
	r := newRefactorScope(c, start, end)
	if r.at.Index == r.last.Index {
		for _, find := range refactorers() {
			find(r)
		}
	}
	for _, find := range selectionRefactorers() {
		find(r)
	}
	return r.found
}

// Verify looks at the whole tree as it would be after a refactoring that is Unverified:
// the same symbols with the same dependencies and properties must be there. The error
// says for people what would be another one. If only the menu looks different, Effect
// says where.
func Verify(r Refactoring) (Refactoring, error) {
	if !r.Unverified {
		return r, nil
	}
	difference := model.Differ(r.root.Model(r.arch), r.root.edited(r.Files, r.New).freshModel(r.arch))
	switch {
	case difference.Shown:
		r.Effect = "the menu shows something else: " + difference.What
	case difference.What != "":
		return r, errors.New("this would change " + difference.What)
	}
	r.Unverified = false
	return r, nil
}

// refactorScope is a part of a file, and what can be done there.
type refactorScope struct {
	scope
	tree *parser.Tree
	// at is the statement that the part begins in, last the one that it ends in.
	at, last parser.Statement
	// offset is where the part begins, selected tells that it has any bytes.
	offset   int
	selected bool
	// entry is the entry that at opens or belongs to, if inEntry.
	entry   menu.Entry
	inEntry bool

	found []Refactoring
}

func newRefactorScope(c scope, start, end int) *refactorScope {
	tree := c.file.Tree
	r := &refactorScope{scope: c, tree: tree, offset: start, selected: end > start}
	if r.selected && end > 0 && tree.Slice(end-1, end) == "\n" {
		end-- // whole lines were selected
	}
	r.at, r.last = tree.At(tree.IndexAt(start)), tree.At(tree.IndexAt(max(end, start)))
	r.entry, r.inEntry = c.file.EntryAt(r.at.Index)
	return r
}

// offer adds a refactoring of the file.
func (r *refactorScope) offer(f Refactoring, edits ...Edit) {
	if len(edits) > 0 {
		f.Files = append(f.Files, FileEdit{r.root.Path(r.file), edits})
	}
	f.root, f.arch = r.root, r.arch
	r.found = append(r.found, f)
}

// offerVerified is offer for what the model has to be asked about. A file that the view
// does not reach has no model.
func (r *refactorScope) offerVerified(f Refactoring, edits ...Edit) {
	f.Unverified, f.KeepsMeaning = true, true
	if f.Refused == "" && !r.view.Reaches(r.file.ID) {
		f.Refused = fmt.Sprintf("the view of %s does not include this file", r.arch)
	}
	if f.Refused != "" {
		f.Unverified = false
		r.offer(f)
		return
	}
	r.offer(f, edits...)
}

// attributes returns the attribute lines of an entry.
func attributesOf(e menu.Entry) []parser.Statement {
	var all []parser.Statement
	for st := range e.Attributes() {
		all = append(all, st)
	}
	return all
}

// plain reports whether a statement is one line without a comment and without
// characters that conf ignores, so that nothing is lost if it is written anew.
func plain(st parser.Statement) bool {
	for i := range st.Len() {
		if kind := st.Token(i).Kind; kind == parser.Comment || kind == parser.BadCharacter {
			return false
		}
	}
	text := st.Text()
	return strings.HasSuffix(text, "\n") && strings.Count(text, "\n") == 1
}

// indent returns the blanks that a statement begins with.
func indent(st parser.Statement) string {
	text := st.Text()
	return text[:len(text)-len(strings.TrimLeft(text, " \t"))]
}

// tokensText returns the text of the tokens [from, to) of a statement.
func tokensText(st parser.Statement, from, to int) string {
	if from >= to {
		return ""
	}
	text := st.Text()
	return text[st.Token(from).Start-st.Start : st.Token(to-1).End-st.Start]
}

// replaceLine returns the edit that replaces a whole statement.
func replaceLine(st parser.Statement, text string) Edit {
	return Edit{int(st.Start), int(st.End), text}
}

// textEnd returns where the lines of a statement end. A help text has the empty lines
// below it too, which do not count.
func textEnd(st parser.Statement) int {
	if st.Kind != parser.HelpText || st.Len() == 0 {
		return int(st.End)
	}
	text := int(st.Token(st.Len()-1).End - st.Start)
	if line := strings.IndexByte(st.Text()[text:], '\n'); line >= 0 {
		return int(st.Start) + text + line + 1
	}
	return int(st.End)
}

// below returns the edit that adds lines below a statement.
func below(st parser.Statement, text string) Edit {
	at := textEnd(st)
	if !strings.HasSuffix(st.Text()[:at-int(st.Start)], "\n") {
		text = "\n" + strings.TrimSuffix(text, "\n")
	}
	return Edit{at, at, text}
}

// assignmentFollows reports whether the next thing behind a statement is a macro
// definition: conf cannot read one right behind a help text.
func (r *refactorScope) assignmentFollows(st parser.Statement) bool {
	for next := range r.tree.From(st.Index + 1) {
		if next.Kind != parser.Blank {
			return next.Kind == parser.Assignment
		}
	}
	return false
}
