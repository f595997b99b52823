package analysis

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// toolsWith returns tools that answer one command.
func toolsWith(dir, command, output string) *Tools {
	answers := macro.NewRecorded(dir)
	if output != "" {
		answers.Add(command, output)
	}
	return &Tools{
		Answers: answers, Exports: map[string]string{"CC": "mycc", "srctree": "never"},
		Explain: func(cause macro.Cause) string { return "because of " + cause.Text + "." },
	}
}

func writeTree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Other answers come with another view and model; what is typed meanwhile, and
// the views of other architectures, stay.
func TestAdoptTools(t *testing.T) {
	dir := writeTree(t, map[string]string{
		"Kconfig":          "mainmenu \"Test\"\nsource \"arch/$(SRCARCH)/Kconfig\"\nsource \"$(shell,where is it)/Kconfig\"\nconfig A\n\tstring\n\tdefault \"$(CC)\"\n",
		"arch/x86/Kconfig": "", "arch/arm/Kconfig": "", "here/Kconfig": "config HERE\n\tbool\n",
	})
	asked := map[string]int{}
	w := NewWorkspace(vfs.OS{}, Settings{Arch: "x86", Tools: func(r *Root, arch string) *Tools {
		asked[arch]++
		return toolsWith(r.Dir, "where is it", "")
	}}, Events{})
	defer w.Close()
	path := filepath.Join(dir, "Kconfig")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Open(path, 1, string(text)); err != nil {
		t.Fatal(err)
	}
	s, err := w.Completed(t.Context(), w.Snapshot(), path)
	if err != nil {
		t.Fatal(err)
	}
	before := s.Root(path)
	arm := before.View("arm")
	here := before.File(filepath.Join(dir, "here", "Kconfig"))
	if before.View("x86").Reaches(here.ID) {
		t.Fatal("the file is reached, and nobody has answered where it is")
	}
	if s.Unsaved(before) {
		t.Error("the text is that on disk")
	}
	missing := before.Missing("", config.Evaluate(before.Model(""), config.NewUser(before.Model("")), before.ConfigRules()))
	if len(missing) != 1 || missing[0].Cause.Text != "where is it" || missing[0].Why != "because of where is it" || missing[0].Place.Line != 3 {
		t.Errorf("missing: %+v", missing)
	}

	next := before.WithTools("x86", toolsWith(dir, "where is it", "here"))
	w.Change(path, 2, once(Edit{Start: len(text), End: len(text), Text: "config B\n\tbool\n"}))
	adopted := w.AdoptTools(before, next, "x86")
	if adopted == nil {
		t.Fatal("the tree was not taken over")
	}
	now := w.Snapshot().Root(path)
	if !now.View("x86").Reaches(here.ID) {
		t.Error("the file is not reached")
	}
	if now.View("arm") != arm {
		t.Error("the view of another architecture was made anew")
	}
	if _, ok := now.Model("x86").Lookup("B"); !ok {
		t.Error("what was typed meanwhile is lost")
	}
	if before.View("x86").Reaches(here.ID) {
		t.Error("an old version of the tree has changed")
	}
	if !w.Snapshot().Unsaved(now) {
		t.Error("the text differs from that on disk")
	}
	if asked["x86"] != 1 || asked["arm"] != 1 {
		t.Errorf("asked for tools: %v", asked)
	}
	if env := now.environment("x86"); env["CC"] != "mycc" || env["srctree"] != dir || env["UTS_MACHINE"] != "x86" {
		t.Errorf("environment: %q", env)
	}
	w.Forget(dir)
	w.CloseDocument(path)
	w.Forget(dir)
	if w.AdoptTools(now, next, "x86") != nil {
		t.Error("a tree was taken over that is gone")
	}
}
