package analysis

import (
	"math"
	"testing"
	"time"
)

// TestAnnotationsKernel has hints, lenses and relations of files of the kernel:
// there are some of each, and what follows one way leads back the other.
func TestAnnotationsKernel(t *testing.T) {
	k := loadKernel(t)
	_ = k.root.Model("")
	for _, file := range []string{"init/Kconfig", "arch/x86/Kconfig", "drivers/pci/Kconfig", "arch/arm/Kconfig"} {
		path := k.root.Path(k.root.Sources.FileByPath(file))
		start := time.Now()
		hints := Hints(k.Snapshot, path, 0, math.MaxInt)
		hinted := time.Now()
		lenses := Lenses(k.Snapshot, path)
		listed := time.Now()
		for _, lens := range lenses {
			if _, ok := LensOf(k.Snapshot, path, lens.Symbol, lens.Kind); !ok && lens.Title == "" {
				t.Errorf("%s: %+v says nothing", file, lens)
			}
		}
		resolved := time.Now()
		if len(hints) == 0 || len(lenses) == 0 {
			t.Errorf("%s: %d hints, %d lenses", file, len(hints), len(lenses))
		}
		t.Logf("%s: %d hints in %v, %d lenses in %v, resolved in %v", file, len(hints), hinted.Sub(start), len(lenses), listed.Sub(hinted), resolved.Sub(listed))
	}
	path := k.root.Path(k.root.Sources.FileByPath("drivers/pci/Kconfig"))
	for _, e := range EdgesTo(k.Snapshot, path, "PCI_MSI") {
		if e.Node.Symbol == "" || !k.root.View(k.root.arch).Reaches(k.root.File(e.Node.Path).ID) {
			continue
		}
		found := false
		for _, back := range EdgesFrom(k.Snapshot, e.Node.Path, e.Node.Symbol) {
			found = found || back.Node.Symbol == "PCI_MSI"
		}
		if !found {
			t.Errorf("%s (%s) leads to PCI_MSI, and not back", e.Node.Symbol, e.Node.Detail)
		}
	}
}
