package analysis

import (
	"fmt"
	"strings"
	"testing"
)

// targets renders what a feature leads to.
func (f *fixture) targets(origin Location, targets []Target) string {
	if len(targets) == 0 {
		return "nothing"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "from %s\n", f.span(origin))
	for _, t := range targets {
		view := ""
		if !t.InView {
			view = " (not in the view)"
		}
		fmt.Fprintf(&b, "%s name %s%s\n", f.location(t.Location), f.span(t.Selection), view)
	}
	return b.String()
}

func TestDefinition(t *testing.T) {
	checkCursors(t, "definition", func(f *fixture, path string, offset int) string {
		return f.targets(Definition(f.snapshot, path, offset))
	})
}

// TestDeclaration shows how a declaration and an implementation differ from a
// definition.
func TestDeclaration(t *testing.T) {
	checkCursors(t, "declaration", func(f *fixture, path string, offset int) string {
		return "declaration " + f.targets(Declaration(f.snapshot, path, offset)) +
			"\nimplementation " + f.targets(Implementation(f.snapshot, path, offset))
	})
}

func TestReferences(t *testing.T) {
	checkCursors(t, "references", func(f *fixture, path string, offset int) string {
		var b strings.Builder
		uses := map[Location]bool{}
		for _, r := range References(f.snapshot, path, offset, false) {
			uses[r.Location] = true
		}
		for _, r := range References(f.snapshot, path, offset, true) {
			line := f.location(r.Location)
			if r.Role != 0 {
				line += " " + r.Role.String()
			}
			if r.Write {
				line += ", written"
			}
			if !uses[r.Location] {
				line += ", declaration"
			}
			b.WriteString(line + "\n")
		}
		return b.String()
	})
}

func TestHighlights(t *testing.T) {
	checkCursors(t, "highlight", func(f *fixture, path string, offset int) string {
		var b strings.Builder
		for _, h := range Highlights(f.snapshot, path, offset) {
			kind := map[HighlightKind]string{HighlightText: "text", HighlightRead: "read", HighlightWrite: "write"}[h.Kind]
			fmt.Fprintf(&b, "%s %s\n", f.span(h.Location), kind)
		}
		return b.String()
	})
}

func TestSelections(t *testing.T) {
	checkCursors(t, "selection", func(f *fixture, path string, offset int) string {
		checkSelections(t, f.snapshot, path, offset)
		var b strings.Builder
		for _, l := range Selections(f.snapshot, path, offset) {
			b.WriteString(f.span(l) + "\n")
		}
		return b.String()
	})
}

func TestRename(t *testing.T) {
	checkCursors(t, "rename", func(f *fixture, path string, offset int) string {
		at, name, err := PrepareRename(f.snapshot, path, offset)
		if err != nil {
			return err.Error()
		}
		var b strings.Builder
		fmt.Fprintf(&b, "%s, called %s\n", f.span(at), name)
		for newName := range strings.Lines(f.disk[f.absolute("names")]) {
			newName = strings.TrimSuffix(newName, "\n")
			files, err := Rename(f.snapshot, path, offset, newName)
			if err != nil {
				b.WriteString("refused: " + err.Error() + "\n")
			}
			for _, file := range files {
				for _, e := range file.Edits {
					fmt.Fprintf(&b, "%s: %s\n", f.location(Location{file.Path, e.Start, e.End}), e.Text)
				}
			}
		}
		return b.String()
	})
}

func TestRenameBeforeTreeIsRead(t *testing.T) {
	f := newFixture(t, `
-- Kconfig --
mainmenu "Test"
config $0A
	bool "A"
`)
	root := *f.root
	root.Complete = false
	s := *f.snapshot
	s.setRoot(&root)
	_, err := Rename(&s, f.cursors[0].path, f.cursors[0].offset, "B")
	const want = "A cannot be renamed yet: the files of the tree are still being read; try again in a moment"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
