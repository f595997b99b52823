package parser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// benchTexts returns the texts of the benchmarks by name: small, large, and
// arch/x86/Kconfig if KCONFIG_LS_LINUX names a kernel tree.
func benchTexts(b *testing.B) map[string]string {
	texts := map[string]string{
		"30-lines":    generated(30, 1),
		"3200-lines":  generated(3200, 1),
		"select-list": selectList(300),
	}
	if root := os.Getenv("KCONFIG_LS_LINUX"); root != "" {
		text, err := os.ReadFile(filepath.Join(root, "arch", "x86", "Kconfig"))
		if err != nil {
			b.Fatal(err)
		}
		texts["x86"] = string(text)
	}
	return texts
}

// selectList is an entry as the main ones of architectures are.
func selectList(n int) string {
	return "config ARCH\n\tdef_bool y\n" + strings.Repeat("\tselect ARCH_HAS_SOME_FEATURE if 64BIT && SMP\n", n) +
		"\thelp\n\t  An architecture.\n"
}

func BenchmarkParse(b *testing.B) {
	for name, text := range benchTexts(b) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Parse(text, Linux(6, 12))
			}
		})
	}
}

// BenchmarkEdit types a character and removes it again; an iteration is one of
// the two.
func BenchmarkEdit(b *testing.B) {
	for name, text := range benchTexts(b) {
		for place, at := range map[string]int{"start": 20, "middle": len(text) / 2, "end": len(text) - 2} {
			b.Run(name+"/"+place, func(b *testing.B) {
				tree := Parse(text, Linux(6, 12))
				b.ReportAllocs()
				typed := false
				for b.Loop() {
					if typed {
						tree, _ = tree.Edit(at, at+1, "")
					} else {
						tree, _ = tree.Edit(at, at, "x")
					}
					typed = !typed
				}
			})
		}
	}
}

// BenchmarkEditLine adds a line and removes it again, which moves all
// statements behind it.
func BenchmarkEditLine(b *testing.B) {
	text := benchTexts(b)["3200-lines"]
	at := strings.IndexByte(text[len(text)/2:], '\n') + len(text)/2 + 1
	tree := Parse(text, Linux(6, 12))
	b.ReportAllocs()
	typed := false
	for b.Loop() {
		if typed {
			tree, _ = tree.Edit(at, at+1, "")
		} else {
			tree, _ = tree.Edit(at, at, "\n")
		}
		typed = !typed
	}
}

// BenchmarkErrors asks for the errors of a file in which every line is wrong.
func BenchmarkErrors(b *testing.B) {
	tree := Parse(strings.Repeat("confg A\n\tbol \"a\"\n\tdepends A\n", 1000), Linux(6, 12))
	for b.Loop() {
		tree.Errors()
	}
}
