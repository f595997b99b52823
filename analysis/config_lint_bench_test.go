package analysis

import (
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkLintConfig is the time for the values and the diagnostics of a
// defconfig that was edited, with the model at hand.
func BenchmarkLintConfig(b *testing.B) {
	k := loadKernel(b)
	path := filepath.Join(k.root.Dir, "arch", "x86", "configs", "x86_64_defconfig")
	text, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	s := k.opened(path, string(text))
	found := len(Diagnose(s, path, true))
	start := cpu()
	for b.Loop() {
		s = k.opened(path, string(text)) // a new text has no values yet
		found = len(Diagnose(s, path, true))
	}
	b.ReportMetric(float64((cpu()-start).Microseconds())/1000/float64(b.N), "cpu-ms/op")
	b.ReportMetric(float64(found), "findings")
}

// BenchmarkEditConfig is the time for one key in a .config of the kernel with
// all symbols in it, up to the new text.
func BenchmarkEditConfig(b *testing.B) {
	k, of, _ := kernelConfiguration(b)
	text, err := os.ReadFile(of.Path)
	if err != nil {
		b.Fatal(err)
	}
	s := k.opened(filepath.Join(k.root.Dir, ".config"), string(text))
	d := s.documents[filepath.Join(k.root.Dir, ".config")].config
	for b.Loop() {
		d = d.edit(Edit{len(text) / 2, len(text) / 2, "x"})
		d = d.edit(Edit{len(text) / 2, len(text)/2 + 1, ""})
	}
}
