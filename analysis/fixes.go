package analysis

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Fix is a change of files that mends what a diagnostic is about.
type Fix struct {
	// Title says what it does, for people to choose it.
	Title string
	// Edits are sorted by path.
	Edits []FileEdit
	// KeepsMeaning tells that every configuration comes to the same values before and
	// after it.
	KeepsMeaning bool
}

// Fixes returns the diagnostics of a file that have a fix and lie in the bytes
// [start, end] or touch them, sorted by place. It takes no look at the whole tree:
// editors ask for it whenever the cursor moves.
func Fixes(s *Snapshot, path string, start, end int) []Diagnostic {
	return slices.DeleteFunc(Diagnose(s, path, false), func(d Diagnostic) bool {
		return d.Fix == nil || d.End < start || d.Start > end
	})
}

// fix returns a fix with the edits that it is made of, nil if it cannot be made in the
// tree as it is.
func (l currentLines) fix(f *check.Fix) *Fix {
	if f == nil {
		return nil
	}
	edits := map[string][]Edit{}
	for _, change := range f.Changes {
		file, st, ok := l.statement(change.At)
		if !ok {
			return nil
		}
		e, ok := l.edit(file, st, change)
		if !ok {
			return nil
		}
		path := l.root.Path(file)
		edits[path] = append(edits[path], e)
	}
	fix := &Fix{Title: f.Title, KeepsMeaning: f.KeepsMeaning}
	for _, path := range slices.Sorted(maps.Keys(edits)) {
		slices.SortStableFunc(edits[path], func(a, b Edit) int { return cmp.Compare(a.Start, b.Start) })
		fix.Edits = append(fix.Edits, FileEdit{Path: path, Edits: edits[path]})
	}
	return fix
}

// edit returns a change of a statement as an edit of its file.
func (l currentLines) edit(file *menu.File, st parser.Statement, change check.Change) (e Edit, ok bool) {
	switch change.Kind {
	case check.RemoveLine:
		e.Start, e.End = file.Tree.LineStart(file.Tree.Line(int(st.Start))), int(st.End)
	case check.RemoveBefore:
		next := st.First(change.At.To)
		if next < st.Len() && st.Token(next).Kind == parser.And {
			next = st.First(next + 1)
		}
		if next >= st.Len() {
			return e, false
		}
		e.Start, e.End = int(st.Token(change.At.From).Start), int(st.Token(next).Start)
	case check.RemoveBehind:
		before := change.At.From - 1
		if before > 0 && st.Token(before).Kind == parser.And {
			before--
		}
		if before < 0 {
			return e, false
		}
		e.Start, e.End = int(st.Token(before).End), int(st.Token(change.At.To-1).End)
	case check.InsertBelow:
		e.Start = int(st.End)
		e.End = e.Start
		e.Text = l.root.indentation(file, st) + change.Text + "\n"
		if text := file.Tree.Slice(int(st.Start), int(st.End)); !strings.HasSuffix(text, "\n") {
			e.Text = "\n" + strings.TrimSuffix(e.Text, "\n")
		}
	case check.Replace:
		at := l.locationOf(file, st, change.At)
		e.Start, e.End, e.Text = at.Start, at.End, change.Text
	default:
		return e, false
	}
	return e, true
}

// indentation returns the blanks before the attributes of the entry that a statement
// belongs to: those of the first one, a tab if there is none.
func (r *Root) indentation(file *menu.File, st parser.Statement) string {
	e, ok := file.EntryAt(st.Index)
	if !ok {
		return "\t"
	}
	for attribute := range e.Attributes() {
		if attribute.Kind == parser.HelpText {
			continue // of a keyword that is unknown
		}
		start := file.Tree.LineStart(file.Tree.Line(int(attribute.Token(attribute.First(0)).Start)))
		return file.Tree.Slice(start, int(attribute.Token(attribute.First(0)).Start))
	}
	return "\t"
}
