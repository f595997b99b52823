package analysis

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// TestCode writes down what the features of a position say at the cursors of
// testdata/code, and what is wrong in these files.
func TestCode(t *testing.T) {
	checkArchives(t, "code", func(f *fixture) string {
		var b strings.Builder
		for _, c := range f.cursors {
			fmt.Fprintf(&b, "at %s\n", f.cursorLine(c))
			for line := range strings.Lines(codeFeatures(f, c.path, c.offset)) {
				b.WriteString("\t" + line)
			}
		}
		for _, path := range f.paths {
			for _, d := range Diagnose(f.snapshot, path, true) {
				fmt.Fprintf(&b, "%s %s [%s]\n\t%s\n", f.location(d.Location), d.Severity, d.Code, d.Message)
			}
		}
		return b.String()
	})
}

func codeFeatures(f *fixture, path string, offset int) string {
	var b strings.Builder
	if h, ok := Hover(f.snapshot, path, offset); ok {
		fmt.Fprintf(&b, "hover %s\n%s\n", f.span(h.Location), indented(h.Plain))
	}
	list := func(name string, origin Location, targets []Target) {
		if len(targets) > 0 {
			fmt.Fprintf(&b, "%s of %s\n", name, f.span(origin))
		}
		for _, target := range targets {
			fmt.Fprintf(&b, "\t%s\n", f.location(target.Selection))
		}
	}
	origin, targets := Definition(f.snapshot, path, offset)
	list("definitions", origin, targets)
	origin, targets = Declaration(f.snapshot, path, offset)
	list("declarations", origin, targets)
	origin, targets = Implementation(f.snapshot, path, offset)
	list("implementations", origin, targets)
	if found := References(f.snapshot, path, offset, true); len(found) > 0 {
		fmt.Fprintf(&b, "references\n")
		for _, r := range found {
			fmt.Fprintf(&b, "\t%s\n", f.location(r.Location))
		}
	}
	if list := Complete(f.snapshot, path, offset, CompleteOptions{Limit: 12, Snippets: true}); len(list.Items) > 0 {
		fmt.Fprintf(&b, "completions of %s\n", f.span(list.Items[0].Replace))
		for _, item := range list.Items {
			fmt.Fprintf(&b, "\t%s %s %s\n", item.InsertText, item.Detail, item.Description)
		}
	}
	return b.String()
}

// TestCodeHasNothingElse asks for all that code has no answer to.
func TestCodeHasNothingElse(t *testing.T) {
	f := newFixture(t, `
-- Kconfig --
mainmenu "Test"
config A
	bool "A"
-- a.c (open) --
#ifdef CONFIG_A
config A
	bool "not Kconfig"
#endif
`)
	path := f.absolute("a.c")
	d := f.snapshot.Document(path)
	if d == nil || !d.IsCode() || d.IsConfig() || d.Tree() != nil {
		t.Fatal("a.c is no code")
	}
	if got := Tokens(f.snapshot, path, 0, d.Text().Size()); len(got) > 0 {
		t.Errorf("tokens %v", got)
	}
	if got := Folding(f.snapshot, path); len(got) > 0 {
		t.Errorf("folds %v", got)
	}
	if got := Outline(f.snapshot, path); len(got) > 0 {
		t.Errorf("outline %v", got)
	}
	if got := Links(f.snapshot, path); len(got) > 0 {
		t.Errorf("links %v", got)
	}
	if got := Lenses(f.snapshot, path); len(got) > 0 {
		t.Errorf("lenses %v", got)
	}
	if got := Hints(f.snapshot, path, 0, d.Text().Size()); len(got) > 0 {
		t.Errorf("hints %v", got)
	}
	if got := Selections(f.snapshot, path, 10); len(got) > 0 {
		t.Errorf("selections %v", got)
	}
	if _, ok := SignatureAt(f.snapshot, path, 10); ok {
		t.Error("a signature")
	}
	if _, _, err := PrepareRename(f.snapshot, path, 10); err == nil {
		t.Error("a name that can be changed")
	}
	if _, err := Rename(f.snapshot, path, 10, "B"); err == nil {
		t.Error("a name is changed")
	}
	if _, ok := NodeAt(f.snapshot, path, 10); ok {
		t.Error("a node of a hierarchy")
	}
	if f.snapshot.Unsaved(f.root) {
		t.Error("code counts as an unsaved text of the tree")
	}
	if got := Highlights(f.snapshot, path, 10); len(got) > 0 {
		t.Errorf("highlights %v", got)
	}
}

// TestCodeTextEdits compares edited texts with fresh ones.
func TestCodeTextEdits(t *testing.T) {
	text := newCodeText("one\ntwo CONFIG_A\r\nthree\n", kbuild.C)
	for _, e := range []Edit{
		{0, 0, "zero\n"}, {3, 9, "x\ny\n\nz"}, {0, 1 << 20, ""}, {0, 0, "CONFIG_B"}, {8, 8, "\n"}, {4, 9, "\r"}, {-5, 2, "\n\n"}, {5, 5, "CONFIG_C\n"}, {100, 50, "end"},
	} {
		text = text.edit(e)
		fresh := newCodeText(text.text, kbuild.C)
		if diff := cmp.Diff(fresh.starts, text.starts); diff != "" || text.loneReturn != fresh.loneReturn {
			t.Fatalf("after %v: %q has lines at %v, a fresh text %v", e, text.text, text.starts, fresh.starts)
		}
		if diff := cmp.Diff(fresh.references(), text.references()); diff != "" {
			t.Fatalf("after %v: %s", e, diff)
		}
		for line := range text.Lines() {
			if got := text.Line(text.LineStart(line)); got != line {
				t.Fatalf("line %d begins in line %d", line, got)
			}
		}
	}
}

// TestKernelCode looks for undefined symbols in all code in Rust of a kernel.
func TestKernelCode(t *testing.T) {
	dir := os.Getenv("KCONFIG_LS_LINUX")
	if dir == "" {
		t.Skip("SKIPPED: KCONFIG_LS_LINUX does not name a kernel tree")
	}
	s, root, err := Load(vfs.OS{}, dir, Settings{Arch: "x86"}, nil)
	if err != nil || root == nil {
		t.Fatal(err)
	}
	files, conditions := 0, 0
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".rs" || !d.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		s.place(vfs.OS{}, path, 1, string(text), kindOf(path))
		for _, r := range s.documents[path].code.references() {
			if r.Use == kbuild.Cfg {
				conditions++
			}
		}
		for _, d := range Diagnose(s, path, true) {
			if d.Code == check.CodeUndefinedSymbol {
				t.Errorf("%s: %s", path, d.Message)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files == 0 {
		t.Fatal("there is no code in Rust")
	}
	t.Logf("%d files, %d conditions", files, conditions)
}
