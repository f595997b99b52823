package analysis

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// What shows of the gates of the kernel: that of RUST is told of above it, every
// symbol of the Rust samples carries the mark, and hovers say through what.
func TestGatesShownKernel(t *testing.T) {
	k := loadKernel(t)
	rust, ok := kernelRust[k.root.Version[:min(len(k.root.Version), len("6.12."))]]
	if !ok {
		rust, ok = kernelRust[k.root.Version[:min(len(k.root.Version), len("6.1."))]]
	}
	if !ok {
		t.Skipf("SKIPPED: the gated symbols of Linux %s are not recorded", k.root.Version)
	}
	_ = k.root.Model("")
	start := time.Now()
	k.prepareGates(k.root)
	prepared := time.Now()
	if k.prepareGates(k.root) {
		t.Error("what is shown has changed by looking at it")
	}
	marks := k.root.gateMarks(k.root.arch)
	t.Logf("%d marks in %v, again in %v", len(marks.marks), prepared.Sub(start), time.Since(prepared))
	var marked []string
	for name, mark := range marks.marks {
		if mark.gate == "RUST" {
			marked = append(marked, name)
		}
	}
	all := slices.Concat(rust.direct, rust.transitive)
	slices.Sort(all)
	if slices.Sort(marked); !slices.Equal(marked, all) {
		t.Errorf("marked are %v, not %v", marked, all)
	}
	path, _ := k.at(t, "init/Kconfig", "config RUST\n")
	i := slices.IndexFunc(Lenses(k.Snapshot, path), func(l Lens) bool { return l.Kind == LensGates && l.Symbol == "RUST" })
	if i < 0 {
		t.Error("no lens tells of RUST")
	} else if title := Lenses(k.Snapshot, path)[i].Title; !strings.Contains(title, plural(len(all), "symbol needs it", "symbols need it")) {
		t.Errorf("the lens of RUST is %q", title)
	}
	samples, _ := k.at(t, "samples/rust/Kconfig", "menuconfig SAMPLES_RUST")
	hints := 0
	for _, h := range Hints(k.Snapshot, samples, 0, math.MaxInt) {
		if h.Kind == HintGates && strings.HasPrefix(h.Label, "Rust") {
			hints++
		}
	}
	if want := strings.Count(k.Text(samples).Text(), "config SAMPLE"); hints != want {
		t.Errorf("%d of %d symbols of the samples have a hint", hints, want)
	}
	_, offset := k.at(t, "samples/rust/Kconfig", "SAMPLE_RUST_MINIMAL")
	start = time.Now()
	h, ok := Hover(k.Snapshot, samples, offset)
	t.Logf("hover in %v:\n%s", time.Since(start), h.Plain)
	if !ok || !strings.Contains(h.Plain, "Rust: needs RUST through SAMPLES_RUST") {
		t.Errorf("the hover is\n%s", h.Plain)
	}
}
