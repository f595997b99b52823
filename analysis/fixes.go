package analysis

import (
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
}

// Fixes returns the diagnostics of a file that have a fix and lie in the bytes
// [start, end] or touch them, sorted by place. It takes no look at the whole tree:
// editors ask for it whenever the cursor moves.
func Fixes(s *Snapshot, path string, start, end int) []Diagnostic {
	return slices.DeleteFunc(Diagnose(s, path, false), func(d Diagnostic) bool {
		return d.Fix == nil || d.End < start || d.Start > end
	})
}

// fix puts a change of a statement into edits.
func (r *Root) fix(file *menu.File, st parser.Statement, f *check.LineFix) *Fix {
	e := Edit{}
	switch f.Kind {
	case check.RemoveLine:
		e.Start, e.End = file.Tree.LineStart(file.Tree.Line(int(st.Start))), int(st.End)
	case check.RemoveBefore:
		next := st.First(f.At.To)
		if next < st.Len() && st.Token(next).Kind == parser.And {
			next = st.First(next + 1)
		}
		if next >= st.Len() {
			return nil
		}
		e.Start, e.End = int(st.Token(f.At.From).Start), int(st.Token(next).Start)
	case check.RemoveBehind:
		before := f.At.From - 1
		if before > 0 && st.Token(before).Kind == parser.And {
			before--
		}
		if before < 0 {
			return nil
		}
		e.Start, e.End = int(st.Token(before).End), int(st.Token(f.At.To-1).End)
	case check.InsertBelow:
		e.Start = int(st.End)
		e.End = e.Start
		e.Text = r.indentation(file, st) + f.Text + "\n"
		if text := file.Tree.Slice(int(st.Start), int(st.End)); !strings.HasSuffix(text, "\n") {
			e.Text = "\n" + strings.TrimSuffix(e.Text, "\n")
		}
	default:
		return nil
	}
	return &Fix{Title: f.Title, Edits: []FileEdit{{Path: r.Path(file), Edits: []Edit{e}}}}
}

// indentation returns the blanks before the attributes of the entry that a statement
// belongs to: those of the first one, a tab if there is none.
func (r *Root) indentation(file *menu.File, st parser.Statement) string {
	e, ok := file.EntryAt(st.Index)
	if !ok {
		return "\t"
	}
	for attribute := range e.Attributes() {
		start := file.Tree.LineStart(file.Tree.Line(int(attribute.Token(attribute.First(0)).Start)))
		return file.Tree.Slice(start, int(attribute.Token(attribute.First(0)).Start))
	}
	return "\t"
}
