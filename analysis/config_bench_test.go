package analysis

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
)

// kernelConfiguration returns a configuration of the kernel with all symbols in
// it, and the ID of the entry with the most children.
func kernelConfiguration(b *testing.B) (k kernelTree, of Configuration, largest MenuItem) {
	b.Helper()
	k = loadKernel(b)
	m := k.root.Model("x86")
	e, _ := config.Load(m, nil, k.root.ConfigRules())
	path := filepath.Join(b.TempDir(), "test.config")
	if err := os.WriteFile(path, []byte(e.Write("CONFIG_")), 0o666); err != nil {
		b.Fatal(err)
	}
	of = Configuration{Root: k.root, Arch: "x86", Path: path}
	menu, err := MenuOf(k.Snapshot, of, "", maxMenuDepth)
	if err != nil {
		b.Fatal(err)
	}
	count := 0
	var walk func(item MenuItem)
	walk = func(item MenuItem) {
		count++
		if len(item.Children) > len(largest.Children) {
			largest = item
		}
		for _, child := range item.Children {
			walk(child)
		}
	}
	walk(menu.Node)
	if count < 10_000 {
		b.Fatalf("the menu has %d entries", count)
	}
	return k, of, largest
}

// BenchmarkMenuChildren lists what is below the largest menu of the kernel.
func BenchmarkMenuChildren(b *testing.B) {
	k, of, largest := kernelConfiguration(b)
	for b.Loop() {
		if _, err := MenuOf(k.Snapshot, of, largest.ID, 1); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(largest.Children)), "entries")
}

// BenchmarkPreview sets a symbol of the kernel that much depends on.
func BenchmarkPreview(b *testing.B) {
	k, of, _ := kernelConfiguration(b)
	effects := 0
	for b.Loop() {
		c, err := Preview(k.Snapshot, of, []ConfigChange{{Symbol: "NET", Value: "y"}, {Symbol: "DRM", Value: "y"}})
		if err != nil {
			b.Fatal(err)
		}
		effects = len(c.Effects)
	}
	b.ReportMetric(float64(effects), "effects")
}
