package analysis

import (
	"context"
	"slices"
	"testing"
)

// TestFindDeep looks at all configurations of an open document: not at all once the
// context is done, and not again while the tree means the same.
func TestFindDeep(t *testing.T) {
	f := newFixture(t, `
-- Kconfig --
mainmenu "Test"
source "arch/$(SRCARCH)/Kconfig"
source "drivers/Kconfig"
-- arch/arm/Kconfig --
config ARM
	def_bool y
-- arch/x86/Kconfig --
config X86
	def_bool y
-- drivers/Kconfig (open) --
config BUS
	bool "Bus"

config LIB
	bool
	depends on BUS

config DRIVER
	bool "Driver"
	select LIB

config ARM_DRIVER
	bool "ARM driver"
	depends on ARM
-- settings --
arch=x86
`)
	path := f.paths[len(f.paths)-1]
	codes := func() []string {
		var all []string
		for _, d := range Diagnose(f.snapshot, path, true) {
			all = append(all, d.Code)
		}
		return all
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if FindDeep(gone, f.snapshot) || len(codes()) > 0 {
		t.Errorf("with a context that is done there is %v", codes())
	}
	if !FindDeep(context.Background(), f.snapshot) {
		t.Error("nothing was found")
	}
	if want := []string{"unmet-dependency", "dead-here"}; !slices.Equal(codes(), want) {
		t.Errorf("found %v, want %v", codes(), want)
	}
	model := f.root.lines.deep["x86"].model
	if FindDeep(context.Background(), f.snapshot) || f.root.lines.deep["x86"].model != model {
		t.Error("what means the same was looked at again")
	}
}
