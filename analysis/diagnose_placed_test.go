package analysis

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

// TestPlacedInEditor sees that an open document is looked at again when it changes, or
// what is around it in other files does, and not otherwise.
func TestPlacedInEditor(t *testing.T) {
	dir := fixtureDir()
	top, below, other := filepath.Join(dir, "Kconfig"), filepath.Join(dir, "net", "Kconfig"), filepath.Join(dir, "fs", "Kconfig")
	disk := vfstest.Memory{
		top:   "mainmenu \"T\"\nconfig A\n\tbool \"A\"\nif A\nsource \"net/Kconfig\"\nendif\nsource \"fs/Kconfig\"\n",
		below: "config B\n\tbool \"B\"\n\tdepends on A\n",
		other: "config C\n\tbool \"C\"\n",
	}
	w := NewWorkspace(disk, Settings{Workers: 1}, Events{})
	defer w.Close()
	w.Discover(dir)
	w.loads.Wait()
	for _, path := range []string{top, below, other} {
		if err := w.Open(path, 1, disk[path]); err != nil {
			t.Fatal(err)
		}
	}
	change := func(path, before, after string) {
		t.Helper()
		done := false
		w.Change(path, w.Snapshot().Document(path).Version+1, func(text Text) (Edit, bool) {
			start := strings.Index(text.Text(), before)
			again := done
			done = true
			return Edit{Start: start, End: start + len(before), Text: after}, !again
		})
	}
	looked := func() bool {
		t.Helper()
		s := w.Snapshot()
		c, ok := s.scope(below)
		if !ok {
			t.Fatal("the document is in no tree")
		}
		before := c.root.lines.placedIn(c.file.ID).sources
		FindLines(s)
		return before != c.root.lines.placedIn(c.file.ID).sources
	}
	found := func() bool {
		return slices.ContainsFunc(Diagnose(w.Snapshot(), below, true), func(d Diagnostic) bool { return d.Code == "dup-dependency-cross-file" })
	}
	for _, step := range []struct {
		path, before, after string
		looked, found       bool
	}{
		{top, "\"T\"", "\"Title\"", true, true}, // for the first time
		{other, "\"C\"", "\"Sea\"", false, true},
		{top, "if A\n", "if !A\n", true, false},
		{top, "if !A\n", "if A\n", true, true},
		{below, "\"B\"", "\"Bee\"", true, true},
		{below, "\tdepends on A\n", "", true, false},
	} {
		change(step.path, step.before, step.after)
		if got := looked(); got != step.looked {
			t.Errorf("%s to %s: looked at again: %t, want %t", step.before, step.after, got, step.looked)
		}
		if got := found(); got != step.found {
			t.Errorf("%s to %s: found: %t, want %t", step.before, step.after, got, step.found)
		}
	}
}
