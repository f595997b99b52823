package analysis

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

// exampleTree returns the bundled example as a tree in memory.
func exampleTree(t testing.TB) vfstest.Memory {
	t.Helper()
	disk := vfstest.Memory{}
	top := filepath.Join("testdata", "example")
	err := filepath.WalkDir(top, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, path)
		disk[filepath.Join(fixtureDir(), rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return disk
}

// describe writes down all that a tree shows, independent of how it came to be.
func describe(s *Snapshot, r *Root) string {
	var b strings.Builder
	for _, arch := range r.Archs() {
		view := r.View(arch)
		fmt.Fprintf(&b, "view %s:", arch)
		for id := range view.Files() {
			if f := r.Sources.File(id); f != nil {
				fmt.Fprintf(&b, " %s", f.Path)
			}
		}
		b.WriteByte('\n')
		for _, d := range DiagnoseRoot(s, r, arch) {
			fmt.Fprintf(&b, "%s %d-%d %s %s %v\n", d.Path, d.Start, d.End, d.Code, d.Message, d.Related)
		}
	}
	names := map[string]bool{}
	for f := range r.Sources.Files() {
		for o := range f.Occurrences() {
			names[r.Sources.Name(o.Symbol)] = true
		}
	}
	for name := range names {
		id, _ := r.Sources.Lookup(name)
		// The index must list exactly the files that mention the symbol.
		var defined, referenced []menu.FileID
		selected := false
		for f := range r.Sources.Files() {
			def, ref := false, false
			for o := range f.OccurrencesOf(id) {
				def, ref = def || o.Role == menu.Defines, ref || o.Role != menu.Defines
				selected = selected || o.Role == menu.Selects
			}
			if def {
				defined = append(defined, f.ID)
			}
			if ref {
				referenced = append(referenced, f.ID)
			}
		}
		if !slices.Equal(defined, r.Sources.DefinedIn(id)) || !slices.Equal(referenced, r.Sources.ReferencedIn(id)) {
			fmt.Fprintf(&b, "the index is wrong about %s: %v %v, want %v %v\n", name,
				r.Sources.DefinedIn(id), r.Sources.ReferencedIn(id), defined, referenced)
		}
		if r.Sources.Selected(id) != selected {
			fmt.Fprintf(&b, "the index is wrong about whether %s is selected\n", name)
		}
	}
	sorted := make([]string, 0, len(names))
	for name := range names {
		sorted = append(sorted, name)
	}
	slices.Sort(sorted)
	for _, name := range sorted {
		fmt.Fprintf(&b, "%s:", name)
		for _, ref := range ReferencesOf(s, r, name, true) {
			fmt.Fprintf(&b, " %s:%d:%s", ref.Path, ref.Start, ref.Role)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestEditsAreAsFresh types at random places of a tree, in several documents,
// and holds the workspace against one that loads the same texts from disk.
func TestEditsAreAsFresh(t *testing.T) {
	fragments := []string{
		"config NEW\n\tbool \"New\"\n", "\tdepends on PCI\n", "\tselect CRC32\n", "endif\n", "if NET\n", "endmenu\n",
		"menu \"M\"\n", "source \"lib/Kconfig\"\n", "source \"nowhere/Kconfig\"\n", "source \"Kconfig\"\n", "\thelp\n", "  text\n",
		"NAME := lib\n", "source \"$(NAME)/Kconfig\"\n", "x", "\"", "#", "\\\n", "\n", "$(", "config $(NAME)_X\n", "choice\n", "\tint\n",
	}
	disk := exampleTree(t)
	var paths []string
	for path := range disk {
		// A tree is recognised by these two when it is loaded, and not again.
		if rel := relativeTo(fixtureDir(), path); IsKconfigName(path) && rel != "Kconfig" && rel != "arch/Kconfig" {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 7))
		w := NewWorkspace(disk, Settings{Arch: "x86", Workers: 1}, Events{})
		w.Discover(fixtureDir())
		w.loads.Wait()
		version := map[string]int32{}
		for step := range 60 {
			path := paths[r.IntN(len(paths))]
			if version[path] == 0 {
				if err := w.Open(path, 1, disk[path]); err != nil {
					t.Fatal(err)
				}
				version[path] = 1
			}
			version[path]++
			left := 1 + r.IntN(2)
			w.Change(path, version[path], func(tree Text) (Edit, bool) {
				left--
				start := r.IntN(tree.Size() + 1)
				e := Edit{Start: start, End: start}
				if r.IntN(2) == 0 {
					start = tree.LineStart(tree.Line(start)) // most real edits are of lines
					e = Edit{Start: start, End: start}
				}
				if r.IntN(3) == 0 {
					e.End = min(start+r.IntN(60), tree.Size())
				} else {
					e.Text = fragments[r.IntN(len(fragments))]
				}
				return e, left >= 0
			})
			w.loads.Wait()
			if step%5 != 0 {
				continue
			}
			s := w.Snapshot()
			now := vfstest.Memory{}
			for path, text := range disk {
				now[path] = text
			}
			for _, d := range s.Documents() {
				now[d.Path] = d.Text().Text()
			}
			freshSnapshot, fresh, err := Load(now, fixtureDir(), Settings{Arch: "x86", Workers: 1}, nil)
			if err != nil || fresh == nil {
				t.Fatalf("the tree is not found: %v", err)
			}
			root := s.Root(path)
			if root == nil {
				t.Fatal("the tree is gone")
			}
			if diff := cmp.Diff(describe(freshSnapshot, fresh), describe(s, root)); diff != "" {
				t.Fatalf("seed %d, step %d: (-fresh +edited)\n%s", seed, step, diff)
			}
		}
		w.Close()
	}
}
