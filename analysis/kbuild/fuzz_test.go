package kbuild

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

// addSeeds gives a fuzz target the files of testdata.
func addSeeds(f *testing.F) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(string(file.Data))
		}
	}
	f.Add("a-$")
	f.Add("a = $(if ,")
	f.Add("ifeq (")
	f.Add("x-y += \\\r\n\tfoo.o\r\n")
}

func FuzzParse(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		m := Parse(text)
		checkConditions := func(conditions []Condition) {
			for _, c := range conditions {
				if c.Start < 0 || c.End < c.Start || c.End > len(text) {
					t.Fatalf("condition at [%d, %d) of %d bytes", c.Start, c.End, len(text))
				}
				for _, symbol := range c.Symbols {
					if !strings.Contains(text[c.Start:c.End], "CONFIG_"+symbol) {
						t.Fatalf("condition on %s in %q", symbol, text[c.Start:c.End])
					}
				}
			}
		}
		last := 0
		for _, o := range m.Objects() {
			if o.Start < last || o.End <= o.Start || strings.TrimSuffix(o.Name, "/") != strings.TrimSuffix(text[o.Start:o.End], "/") {
				t.Fatalf("object %q at [%d, %d) behind %d", o.Name, o.Start, o.End, last)
			}
			last = o.End
			for _, p := range m.Paths(o.Name) {
				checkConditions(p.Conditions())
				if p.Objects[0].Name != o.Name {
					t.Fatalf("a path of %s begins with %s", o.Name, p.Objects[0].Name)
				}
			}
		}
		last = 0
		for _, flag := range m.Flags() {
			if flag.Start < last || text[flag.Start:flag.End] != flag.Text || flag.Text[0] != '-' {
				t.Fatalf("flag %q at [%d, %d) behind %d", flag.Text, flag.Start, flag.End, last)
			}
			last = flag.End
			checkConditions(flag.Conditions)
		}
	})
}

func FuzzReferences(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, language := range []Language{Make, C, Rust} {
			last := 0
			for _, r := range References(text, language) {
				if r.Start < last || text[r.Start:r.End] != "CONFIG_"+r.Name || r.Name == "" || r.Use == 0 {
					t.Fatalf("reference %+v behind %d", r, last)
				}
				last = r.End
			}
		}
	})
}

// TestLinear gives the readers long texts of what could take more than linear
// time.
func TestLinear(t *testing.T) {
	const size = 256 << 10
	const limit = 5 * time.Second // a quadratic reader takes longer
	for _, piece := range []string{
		"$(", "a-y += $(if $(", "ifdef CONFIG_A\n", "ifeq ($(CONFIG_A)$(CONFIG_B),yy)\n", "else ifdef CONFIG_A\n", "\\\n", "\\", "r#", "/*", "cfg(", "\"", "'", "'\\",
		"define\n", "obj-y += a.o\na-y += a.o b.o\n", "$(or $(CONFIG_A),", "obj-$(CONFIG_A) += a.o \\\n", "ccflags-y += $(call cc-option,-f) ",
		"a-y += b.o\nb-y += a.o\n",
	} {
		text := strings.Repeat(piece, size/len(piece)) + "CONFIG_X"
		begin := time.Now()
		m := Parse(text)
		for _, o := range m.Objects()[:min(len(m.Objects()), 2)] {
			m.Paths(o.Name)
		}
		for _, language := range []Language{Make, C, Rust} {
			References(text, language)
		}
		if took := time.Since(begin); took > limit {
			t.Errorf("%d bytes of %q take %v", size, piece, took)
		}
	}
}
