package analysis

import (
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

// archTree is a tree with three architectures and mistakes in various views.
func archTree() vfstest.Memory {
	return vfstest.Memory{
		"/t/Makefile":                "VERSION = 6\nPATCHLEVEL = 12\n",
		"/t/scripts/Kconfig.include": "",
		"/t/init/Kconfig":            "config INIT\n\tbool \"it\"\n\tselect NOWHERE\n",
		"/t/Kconfig":                 "mainmenu \"T\"\nsource \"init/Kconfig\"\nsource \"arch/$(SRCARCH)/Kconfig\"\n",
		"/t/arch/arm/Kconfig":        "source \"common/Kconfig\"\nconfig ARM\n\tbool \"a\" \"b\"\n",
		"/t/arch/x86/Kconfig":        "source \"common/Kconfig\"\nconfig X86\n\tbool \"it\"\n",
		"/t/arch/s390/Kconfig":       "source \"drivers/missing.$(SRCARCH)\"\nconfig S390\n\tbool \"it\"\n",
		"/t/common/Kconfig":          "source \"common/$(SRCARCH).config\"\nconfig COMMON\n\tbool \"it\"\n",
		"/t/common/x86.config":       "config ONLY\n\tbool \"it\"\n",
		"/t/left/Kconfig":            "endif\n",
	}
}

// shown writes diagnostics in a short form.
func shown(found []ArchDiagnostic) []string {
	var lines []string
	for _, d := range found {
		line := fmt.Sprintf("%s %s", strings.TrimPrefix(d.Path, "/t/"), d.Code)
		if d.Archs != nil {
			line += " " + strings.Join(d.Archs, ",")
		}
		lines = append(lines, line)
	}
	return lines
}

func TestDiagnoseAll(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the tree's paths are those of Unix")
	}
	s, r, err := Load(archTree(), "/t", Settings{Arch: "x86", Workers: 3}, nil)
	if err != nil || r == nil {
		t.Fatal(r, err)
	}
	below := func(dir string) func(string) bool {
		return func(path string) bool { return strings.HasPrefix(path, dir) }
	}
	for _, test := range []struct {
		name   string
		survey Survey
		want   []string
		files  int
	}{
		{"default view", Survey{}, []string{"init/Kconfig undefined-symbol"}, 5},
		{"one view", Survey{Archs: []string{"arm"}}, []string{
			"arch/arm/Kconfig syntax-error", "common/Kconfig missing-source", "init/Kconfig undefined-symbol",
		}, 4},
		{"all views", Survey{Archs: r.Archs(), Unreached: true}, []string{
			"arch/arm/Kconfig syntax-error", "arch/s390/Kconfig missing-source",
			"common/Kconfig missing-source arm", "init/Kconfig undefined-symbol", "left/Kconfig mismatched-end",
		}, 9},
		{"a part of them", Survey{Archs: r.Archs(), Within: below("/t/common/")}, []string{
			"common/Kconfig missing-source arm",
		}, 2},
		{"not reached", Survey{Within: below("/t/left/")}, nil, 0},
		{"not reached, but asked for", Survey{Within: below("/t/left/"), Unreached: true}, []string{"left/Kconfig mismatched-end"}, 1},
	} {
		found, files := DiagnoseAll(s, r, test.survey)
		if got := shown(found); !slices.Equal(got, test.want) || files != test.files {
			t.Errorf("%s: %q in %d files, want %q in %d", test.name, got, files, test.want, test.files)
		}
	}
}

// TestDiagnoseAllIsDeterministic compares runs with different numbers of
// workers.
func TestDiagnoseAllIsDeterministic(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the tree's paths are those of Unix")
	}
	var first []ArchDiagnostic
	for workers := 1; workers <= 8; workers++ {
		s, r, err := Load(archTree(), "/t", Settings{Workers: workers}, nil)
		if err != nil {
			t.Fatal(err)
		}
		found, _ := DiagnoseAll(s, r, Survey{Archs: r.Archs(), Unreached: true})
		if workers == 1 {
			first = found
		} else if !reflect.DeepEqual(found, first) {
			t.Fatalf("with %d workers: %q, with one %q", workers, shown(found), shown(first))
		}
	}
}

func TestDiagnoseAllAgreesWithDiagnoseRoot(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the tree's paths are those of Unix")
	}
	s, r, err := Load(archTree(), "/t", Settings{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, arch := range r.Archs() {
		var want []ArchDiagnostic
		for _, d := range DiagnoseRoot(s, r, arch) {
			want = append(want, ArchDiagnostic{Diagnostic: d})
		}
		if found, _ := DiagnoseAll(s, r, Survey{Archs: []string{arch}}); !reflect.DeepEqual(found, want) {
			t.Errorf("%s: %q, want %q", arch, shown(found), shown(want))
		}
	}
}

func TestLocate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the tree's paths are those of Unix")
	}
	fsys := archTree()
	p, ok := Locate(fsys, "/t/arch/x86/Kconfig")
	if !ok || p.Dir != "/t" || p.Kconfig != "Kconfig" || p.Dialect.String() != "linux 6.12" {
		t.Errorf("%+v, %t", p, ok)
	}
	if archs := ArchsOf(fsys, p); !slices.Equal(archs, []string{"arm", "s390", "x86"}) {
		t.Errorf("architectures %q", archs)
	}
	if _, ok := Locate(fsys, "/elsewhere"); ok {
		t.Error("there is a tree elsewhere")
	}
	s, r, err := Load(fsys, "/t", Settings{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"x86": "x86", "x86_64": "x86", "i386": "x86", "s390x": "s390", "vax": ""} {
		if got, ok := r.ArchNamed(name); got != want || ok != (want != "") {
			t.Errorf("%s: %q, %t", name, got, ok)
		}
	}
	if s.Tree("/t/init/Kconfig") != r || s.Tree("/elsewhere/Kconfig") != nil {
		t.Error("Tree finds another tree")
	}
	lone := LoadText(fsys, "/elsewhere/Kconfig", "config A\n\tbool\n", Settings{})
	if tree := lone.Tree("/elsewhere/Kconfig"); tree == nil || !tree.Single {
		t.Errorf("a file alone is in the tree %v", tree)
	}
}

// ofUser reports whether diagnostics with a code say something of the user's tools or
// configuration.
func ofUser(code string) bool {
	return slices.ContainsFunc(check.Rules(), func(r check.Rule) bool { return r.ID == code && r.OfUser })
}
