package analysis

import (
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// BenchmarkCodeEdit types into the middle of the longest kind of header that
// kernels have, which drivers of GPUs generate.
func BenchmarkCodeEdit(b *testing.B) {
	const size = 20 << 20
	line := "#define mmREGISTER_OF_SOME_BLOCK_BASE_IDX  2 /* CONFIG_A */\n"
	w := NewWorkspace(vfs.OS{}, Settings{}, Events{})
	defer w.Close()
	path := absoluteIn(fixtureDir(), "regs.h")
	if err := w.Open(path, 1, strings.Repeat(line, size/len(line))); err != nil {
		b.Fatal(err)
	}
	version := int32(1)
	for b.Loop() {
		version++
		done := false
		w.Change(path, version, func(Text) (Edit, bool) {
			if done {
				return Edit{}, false
			}
			done = true
			return Edit{size / 2, size / 2, "x"}, true
		})
	}
}

// BenchmarkCodeReferences looks for the names in such a header, as the first hover after an edit does.
func BenchmarkCodeReferences(b *testing.B) {
	text := strings.Repeat("#define mmREGISTER_OF_SOME_BLOCK_BASE_IDX  2 /* CONFIG_A */\n", 1<<14)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if len(newCodeText(text, kindOf("regs.h").code).references()) != 1<<14 {
			b.Fatal("names are missing")
		}
	}
}
