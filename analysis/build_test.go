package analysis

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// rustObjects returns the objects in the Makefiles of directories that have a
// source in Rust, each with the ways in which it gets built.
func rustObjects(s *Snapshot, root *Root, dirs []string) []string {
	var found []string
	for _, dir := range dirs {
		d := root.BuildDirectory(dir)
		if d.Makefile == nil {
			continue
		}
		seen := map[string]bool{}
		for _, o := range d.Makefile.Objects() {
			if o.Kind != kbuild.File || seen[o.Name] {
				continue
			}
			seen[o.Name] = true
			sources := root.BuildSources(dir, o.Stem())
			if !slices.ContainsFunc(sources, func(name string) bool { return strings.HasSuffix(name, ".rs") }) {
				continue
			}
			line := dir + ": " + strings.Join(sources, ", ")
			for _, p := range root.BuildPaths(dir, o.Name) {
				found = append(found, line+describePath(s, root, p))
			}
		}
	}
	slices.Sort(found)
	return found
}

func describePath(s *Snapshot, root *Root, p BuildPath) string {
	var b strings.Builder
	for _, c := range p.Conditions() {
		text := s.Text(c.Path)
		fmt.Fprintf(&b, " %s:%d:", relativeTo(root.Dir, c.Path), text.Line(c.Start)+1)
		if c.Off {
			b.WriteByte('!')
		}
		b.WriteString(strings.Join(c.Symbols, "|"))
		if c.Opaque() {
			b.WriteString(text.Slice(c.Start, c.End))
		}
	}
	if !p.Whole {
		b.WriteString(" and it is not known what else")
	}
	return b.String()
}

// TestBuild writes down how the objects of the trees of testdata/build get built
// whose sources are in Rust.
func TestBuild(t *testing.T) {
	checkArchives(t, "build", func(f *fixture) string {
		var dirs []string
		for _, path := range f.paths {
			if dir := directoryOf(f.relative(path)); !slices.Contains(dirs, dir) {
				dirs = append(dirs, dir)
			}
		}
		return strings.Join(rustObjects(f.snapshot, f.root, dirs), "\n")
	})
}

// TestKernelBuild lists the conditions of all objects in Rust beside Kconfig files
// of a kernel.
func TestKernelBuild(t *testing.T) {
	dir := os.Getenv("KCONFIG_LS_LINUX")
	if dir == "" {
		t.Skip("SKIPPED: KCONFIG_LS_LINUX does not name a kernel tree")
	}
	s, root, err := Load(vfs.OS{}, dir, Settings{Arch: "x86"}, nil)
	if err != nil || root == nil {
		t.Fatal(err)
	}
	var dirs []string
	for f := range root.Sources.Files() {
		dirs = append(dirs, directoryOf(f.Path))
	}
	slices.Sort(dirs)
	dirs = slices.Compact(dirs)
	got := rustObjects(s, root, dirs)
	want := map[string][]string{
		"6.12": {
			"drivers/block: rnull.rs drivers/block/Makefile:12:BLK_DEV_RUST_NULL",
			"drivers/gpu/drm: drm_panic_qr.rs drivers/gpu/drm/Makefile:92:DRM_PANIC_SCREEN_QR_CODE drivers/gpu/drm/Makefile:93:DRM",
			"drivers/net/phy: ax88796b_rust.rs drivers/net/phy/Makefile:43:AX88796B_PHY drivers/net/phy/Makefile:42:AX88796B_RUST_PHY",
			"drivers/net/phy: qt2025.rs drivers/net/phy/Makefile:40:AMCC_QT2025_PHY",
			"samples/rust: rust_minimal.rs samples/rust/Makefile:3:SAMPLE_RUST_MINIMAL samples/Makefile:41:SAMPLES_RUST Kbuild:96:SAMPLES",
			"samples/rust: rust_print.rs samples/rust/Makefile:4:SAMPLE_RUST_PRINT samples/Makefile:41:SAMPLES_RUST Kbuild:96:SAMPLES",
		},
		"6.1": {
			"samples/rust: rust_minimal.rs samples/rust/Makefile:3:SAMPLE_RUST_MINIMAL samples/Makefile:38:SAMPLES_RUST Kbuild:96:SAMPLES",
		},
	}
	for version, lines := range want {
		if root.Version == version || strings.HasPrefix(root.Version, version+".") {
			if diff := cmp.Diff(lines, got); diff != "" {
				t.Error(diff)
			}
			return
		}
	}
	t.Skipf("SKIPPED: it is not known what is in Rust in version %s", root.Version)
}

// TestBuildFollowsDisk changes Makefiles and sources on disk and in the editor.
func TestBuildFollowsDisk(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("Kconfig", "mainmenu \"Test\"\nsource \"drivers/Kconfig\"\n")
	write("drivers/Kconfig", "config A\n\tbool \"A\"\n")
	write("drivers/Makefile", "obj-$(CONFIG_A) += a.o\n")
	w := NewWorkspace(vfs.OS{}, Settings{}, Events{})
	defer w.Close()
	w.DiscoverFolder(dir)
	settled := func() *Snapshot {
		t.Helper()
		s, err := w.Settled(t.Context(), w.Snapshot())
		if err == nil {
			s, err = w.Completed(t.Context(), s, dir)
		}
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	check := func(want string) {
		t.Helper()
		s := settled()
		root := s.Root(filepath.Join(dir, "Kconfig"))
		var got strings.Builder
		fmt.Fprint(&got, strings.Join(root.BuildSources("drivers", "a"), ","))
		for _, p := range root.BuildPaths("drivers", "a.o") {
			got.WriteString(describePath(s, root, p))
		}
		if got.String() != want {
			t.Errorf("got %q, want %q", got.String(), want)
		}
	}
	const unknown = " and it is not known what else"
	makefile := filepath.Join(dir, "drivers", "Makefile")
	check(" drivers/Makefile:1:A" + unknown)
	write("drivers/a.rs", "")
	if !w.Files([]string{filepath.Join(dir, "drivers", "a.rs")}) {
		t.Error("a new source is no change")
	}
	if w.Files([]string{filepath.Join(dir, "drivers", "a.rs")}) {
		t.Error("the text of a source is a change")
	}
	check("a.rs drivers/Makefile:1:A" + unknown)
	write("drivers/Makefile", "\nobj-$(CONFIG_B) += a.o\n")
	if !w.Sweep() {
		t.Error("a changed Makefile is not seen")
	}
	check("a.rs drivers/Makefile:2:B" + unknown)
	write("Makefile", "obj-$(CONFIG_DRIVERS) += drivers/\n")
	if !w.Files([]string{filepath.Join(dir, "Makefile")}) {
		t.Error("a new Makefile is no change")
	}
	check("a.rs drivers/Makefile:2:B Makefile:1:DRIVERS")

	if err := w.Open(makefile, 1, "obj-$(CONFIG_C) += a.o\n"); err != nil {
		t.Fatal(err)
	}
	check("a.rs drivers/Makefile:1:C Makefile:1:DRIVERS")
	before := settled()
	edits := []Edit{{0, 0, "#\n"}, {len("#\nobj-$(CONFIG_"), len("#\nobj-$(CONFIG_C"), "D"}}
	w.Change(makefile, 2, func(Text) (Edit, bool) {
		if len(edits) == 0 {
			return Edit{}, false
		}
		e := edits[0]
		edits = edits[1:]
		return e, true
	})
	check("a.rs drivers/Makefile:2:D Makefile:1:DRIVERS")
	if p := before.Root(makefile).BuildPaths("drivers", "a.o"); p[0].Conditions()[0].Symbols[0] != "C" {
		t.Error("an older snapshot shows the edit")
	}
	write("drivers/Makefile", "obj-$(CONFIG_E) += a.o\n")
	w.CloseDocument(makefile)
	check("a.rs drivers/Makefile:1:E Makefile:1:DRIVERS")
}
