package analysis

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// kernelFiles returns the files that the x86 view of a kernel reaches.
func kernelFiles(b *testing.B, dir string) []string {
	root := coldStart(b, dir)
	var paths []string
	for id := range root.View("x86").Files() {
		paths = append(paths, filepath.Join(dir, filepath.FromSlash(root.Sources.File(id).Path)))
	}
	return paths
}

// coldStart reads, parses, summarizes and links what the x86 view reaches.
func coldStart(b *testing.B, dir string) *Root {
	p, ok := locate(vfs.OS{}, dir)
	if !ok {
		b.Fatalf("no kernel tree in %s", dir)
	}
	root, err := loadRoot(vfs.OS{}, p, &Settings{Arch: "x86"}, indexed, nil)
	if err != nil {
		b.Fatal(err)
	}
	return root
}

// BenchmarkColdStart is the time from nothing to a complete x86 view of a
// kernel, with the files in the page cache.
func BenchmarkColdStart(b *testing.B) {
	dir := needDirectory(b, "KCONFIG_LS_LINUX")
	start := cpu()
	for b.Loop() {
		coldStart(b, dir)
	}
	b.ReportMetric(float64((cpu()-start).Microseconds())/1000/float64(b.N), "cpu-ms/op")
}

// BenchmarkReadFiles reads the same files with the same number of workers and
// does nothing with them: the limit of what a cold start can be.
func BenchmarkReadFiles(b *testing.B) {
	paths := kernelFiles(b, needDirectory(b, "KCONFIG_LS_LINUX"))
	workers := (&Settings{}).workers()
	for b.Loop() {
		next := make(chan string)
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for path := range next {
					if _, err := os.ReadFile(path); err != nil {
						b.Error(err)
					}
				}
			})
		}
		for _, path := range paths {
			next <- path
		}
		close(next)
		wg.Wait()
	}
}

// BenchmarkEdit is one character typed and what is wrong with the file after
// it, without the protocol around it.
func BenchmarkEdit(b *testing.B) {
	dir := needDirectory(b, "KCONFIG_LS_LINUX")
	for _, file := range []struct{ name, path string }{
		{"3226-lines", "arch/x86/Kconfig"},
		{"30-lines", "drivers/accel/qaic/Kconfig"},
	} {
		b.Run(file.name, func(b *testing.B) {
			w := NewWorkspace(vfs.OS{}, Settings{Arch: "x86"}, Events{})
			defer w.Close()
			path := filepath.Join(dir, filepath.FromSlash(file.path))
			text, err := os.ReadFile(path)
			if err != nil {
				b.Fatal(err)
			}
			if err := w.Open(path, 1, string(text)); err != nil {
				b.Fatal(err)
			}
			w.loads.Wait()
			middle, version := len(text)/2, int32(1)
			b.ReportAllocs()
			for b.Loop() {
				// Type a letter, and take it out again the next time.
				e := Edit{Start: middle, End: middle, Text: "x"}
				if version%2 == 0 {
					e = Edit{Start: middle, End: middle + 1}
				}
				version++
				done := false
				w.Change(path, version, func(Text) (Edit, bool) {
					first := !done
					done = true
					return e, first
				})
				Diagnose(w.Snapshot(), path, false)
			}
		})
	}
}
