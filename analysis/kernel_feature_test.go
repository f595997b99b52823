package analysis

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// TestHoverKernel hovers over every symbol that a number of files mention.
func TestHoverKernel(t *testing.T) {
	k := loadKernel(t)
	s, root := k.Snapshot, k.root
	hovers, empty := 0, 0
	var times []time.Duration
	for _, file := range []string{"init/Kconfig", "arch/x86/Kconfig", "drivers/pci/Kconfig", "arch/arm/Kconfig", "sound/soc/codecs/Kconfig"} {
		f := root.Sources.FileByPath(file)
		for o := range f.Occurrences() {
			token := f.Token(o)
			begin := time.Now()
			h, ok := Hover(s, root.Path(f), int(token.Start))
			times = append(times, time.Since(begin))
			hovers++
			if !ok {
				empty++
				t.Errorf("%s:%d: nothing on %s", file, f.Tree.Line(int(token.Start))+1, f.Tree.Slice(int(token.Start), int(token.End)))
			}
			if len(h.Markdown) > 20_000 || len(h.Plain) > 20_000 {
				t.Errorf("%s: %d bytes", f.Tree.Slice(int(token.Start), int(token.End)), len(h.Markdown))
			}
		}
	}
	slices.Sort(times)
	t.Logf("%d hovers, median %v, p99 %v, most %v", hovers, times[len(times)/2], times[len(times)*99/100], times[len(times)-1])
}

// TestCompleteKernelEdits types lines into a file of the kernel, a character at
// a time, and completes after each.
func TestCompleteKernelEdits(t *testing.T) {
	root := loadKernel(t).root
	w := NewWorkspace(vfs.OS{}, Settings{Arch: "x86"}, Events{})
	defer w.Close()
	path := filepath.Join(root.Dir, "drivers", "net", "Kconfig")
	text, _, err := vfs.OS{}.ReadFile(path, maxFileSize)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Open(path, 1, text); err != nil {
		t.Fatal(err)
	}
	w.loads.Wait()
	at := strings.Index(text, "config DUMMY\n")
	version := int32(1)
	var times []time.Duration
	items := 0
	for _, c := range "config NEW_DRIVER\n\ttristate \"New\"\n\tselect CRC32\n\tdepends on NET_VENDOR_INTEL && net_core\n\tselect NETC\n\tdefault y if PCI\n\n" {
		version++
		w.Change(path, version, once(Edit{at, at, string(c)}))
		at++
		var list CompletionList
		best := time.Hour
		for range 5 { // other programs are busy too: the least is what it costs
			begin := time.Now()
			list = Complete(w.Snapshot(), path, at, CompleteOptions{})
			best = min(best, time.Since(begin))
		}
		times = append(times, best)
		items += len(list.Items)
		for _, item := range list.Items {
			if item.Replace.Start > at || item.Replace.End < at {
				t.Fatalf("%s replaces %d-%d at %d", item.Label, item.Replace.Start, item.Replace.End, at)
			}
		}
	}
	slices.Sort(times)
	t.Logf("%d completions with %d items, median %v, p99 %v, most %v", len(times), items, times[len(times)/2], times[len(times)*99/100], times[len(times)-1])
	if items == 0 {
		t.Error("no items")
	}
}

// once yields one edit.
func once(e Edit) func(Text) (Edit, bool) {
	done := false
	return func(Text) (Edit, bool) {
		if done {
			return Edit{}, false
		}
		done = true
		return e, true
	}
}

// TestWalkKernel counts the entries of a view.
func TestWalkKernel(t *testing.T) {
	root := loadKernel(t).root
	view := root.View("x86")
	kinds := map[parser.StatementKind]int{}
	begin := time.Now()
	for v := range view.Walk(root.Sources) {
		kinds[v.Head.Kind]++
	}
	t.Logf("%d symbols, %d menus, %d choices in %v", kinds[parser.Config]+kinds[parser.Menuconfig], kinds[parser.Menu], kinds[parser.Choice], time.Since(begin))
	if kinds[parser.Menu] < 100 {
		t.Error("menus are missing")
	}
}

func BenchmarkHover(b *testing.B) {
	k := loadKernel(b)
	s := k.Snapshot
	for _, c := range []struct{ name, file, text string }{
		{"RUST", "init/Kconfig", "RUST\n\tbool \"Rust support\""},
		{"PCI", "drivers/pci/Kconfig", "PCI\n\tbool \"PCI support\""},
		{"64BIT", "arch/x86/Kconfig", "64BIT\n"},
	} {
		path, offset := k.at(b, c.file, c.text)
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, ok := Hover(s, path, offset); !ok {
					b.Fatal("nothing")
				}
			}
		})
	}
}

func BenchmarkComplete(b *testing.B) {
	k := loadKernel(b)
	s, root := k.Snapshot, k.root
	for _, c := range []struct{ name, text string }{
		{"select", "config X\n\tselect "},
		{"depends", "config X\n\tdepends on NET_"},
		{"fuzzy", "config X\n\tdepends on nvndr"},
		{"keyword", "config X\n\td"},
	} {
		path := filepath.Join(root.Dir, "drivers", "net", "Kconfig")
		f := root.Sources.FileByPath("drivers/net/Kconfig")
		tree, change := f.Tree.Edit(f.Tree.Size(), f.Tree.Size(), c.text)
		sources, hold := root.Sources.WithEdit(f.Edit(tree, change), change)
		edited := *s
		edited.setRoot(root.with(sources, hold))
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if list := Complete(&edited, path, tree.Size(), CompleteOptions{}); len(list.Items) == 0 {
					b.Fatal("nothing")
				}
			}
		})
	}
}

// BenchmarkNames measures the table of names: made anew, and after one more
// definition.
func BenchmarkNames(b *testing.B) {
	root := loadKernel(b).root
	b.Run("fresh", func(b *testing.B) {
		for b.Loop() {
			files := slices.Collect(root.Sources.Files())
			b.StopTimer()
			sources := menu.NewSources(root.Sources.Symbols, root.Sources.Paths, files)
			sources.Index()
			b.StartTimer()
			_ = sources.DefinedNames()
		}
	})
	f := root.Sources.FileByPath("init/Kconfig")
	_ = root.Sources.DefinedNames()
	b.Run("edit", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			tree, change := f.Tree.Edit(f.Tree.Size(), f.Tree.Size(), "config SOMETHING_NEW\n")
			sources, _ := root.Sources.WithEdit(f.Edit(tree, change), change)
			b.StartTimer()
			_ = sources.DefinedNames()
		}
	})
}

func BenchmarkSymbols(b *testing.B) {
	k := loadKernel(b)
	s, root := k.Snapshot, k.root
	for b.Loop() {
		for range Symbols(s, root, "") {
		}
	}
}
