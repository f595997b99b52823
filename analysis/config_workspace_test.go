package analysis

import (
	"path/filepath"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

// TestConfigWorkspace follows configurations through what happens to a
// workspace: they are open before their tree is loaded, it is read by other
// settings, and the .config below a fragment changes on disk.
func TestConfigWorkspace(t *testing.T) {
	dir := fixtureDir()
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	disk := vfstest.Memory{
		at("Config.in"): "mainmenu \"Buildroot\"\nconfig BR2_A\n\tbool \"A\"\nconfig BR2_B\n\tbool \"B\"\n\tdepends on BR2_A\n",
		at(".config"):   "BR2_A=y\n",
	}
	w := NewWorkspace(disk, Settings{Workers: 1}, Events{})
	defer w.Close()
	const text = "BR2_B=y\n"
	if err := w.Open(at("b.config"), 1, text); err != nil {
		t.Fatal(err)
	}
	if err := w.OpenConfig(at("odd.txt"), 1, "BR2_A\n"); err != nil {
		t.Fatal(err)
	}
	codes := func(name string) (all []string) {
		for _, d := range Diagnose(w.Snapshot(), at(name), true) {
			all = append(all, d.Code)
		}
		return all
	}
	expect := func(when, name string, want ...string) {
		t.Helper()
		w.loads.Wait()
		got := codes(name)
		if len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
			t.Errorf("%s: %s has %q, want %q", when, name, got, want)
		}
		if d := w.Snapshot().Document(at(name)); d == nil || !d.IsConfig() || d.Tree() != nil || d.dir != dir {
			t.Errorf("%s: %s is no configuration of the tree", when, name)
		}
	}
	expect("loaded", "b.config")
	expect("loaded", "odd.txt") // without an assignment it may be anything

	disk[at(".config")] = "# BR2_A is not set\n"
	if !w.Files([]string{at(".config")}) {
		t.Error("a changed .config changes nothing")
	}
	expect("changed on disk", "b.config", "config-dropped")

	w.Change(at("b.config"), 2, once(Edit{0, 0, "BR2_A=y\n"}))
	expect("edited", "b.config")
	w.SetSettings(Settings{Workers: 1, Dialect: "busybox"})
	expect("other settings", "b.config") // where symbols have a prefix, it sets nothing

	w.SetSettings(Settings{Workers: 1})
	expect("settings as before", "b.config")
	if w.Forget(dir); w.Snapshot().rootAt(dir) == nil {
		t.Error("a tree with an open configuration is forgotten")
	}
	if w.CloseDocument(at("b.config")); w.Snapshot().Document(at("b.config")) != nil || w.Snapshot().Text(at("b.config")) != nil {
		t.Error("a closed configuration is still known")
	}
	if _, ok := Hover(w.Snapshot(), at("b.config"), 0); ok {
		t.Error("a closed configuration has a hover")
	}
}
