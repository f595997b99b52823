package policy

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
)

var update = flag.Bool("update", false, "rewrite the want parts of testdata")

// TestRead reads the policies of testdata, and writes down what they come to.
func TestRead(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parts := map[string]string{}
			for _, part := range archive.Files {
				parts[part.Name] = string(part.Data)
			}
			p := Read(parts[Name], func(path string) (string, error) {
				if text, ok := parts[path]; ok {
					return text, nil
				}
				return "", errors.New("no such file")
			})
			got, want := describe(p), parts["want"]
			switch {
			case got == want:
			case *update:
				archive.Files = slices.DeleteFunc(archive.Files, func(part txtar.File) bool { return part.Name == "want" })
				archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			default:
				t.Errorf("run with -update to accept (-want +got):\n%s", cmp.Diff(want, got))
			}
		})
	}
}

// describe writes down what a policy says.
func describe(p *Policy) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(p.Levels)) {
		for _, level := range []string{"off", "on", "error", "warning", "information", "hint", "default"} {
			if l, _ := check.LevelByName(level); l == p.Levels[name] {
				fmt.Fprintf(&b, "%s: %s\n", name, level)
			}
		}
	}
	for _, i := range p.ignored {
		fmt.Fprintf(&b, "ignore %q in %s\n", i.checks, strings.Join(i.pattern, "/"))
	}
	fmt.Fprintf(&b, "allowed %q, file %q; forbidden %q\n", p.UndefinedAllowed, p.AllowedFile, p.Forbidden)
	for _, problem := range p.Problems {
		line := 1 + strings.Count(p.Text[:problem.Start], "\n")
		fmt.Fprintf(&b, "line %d %q: %s\n", line, p.Text[problem.Start:problem.End], problem.Message)
	}
	return b.String()
}

func TestIgnores(t *testing.T) {
	p := Read(`ignore:
  - path: drivers/**/Kconfig.debug
    checks: [dead]
  - path: ./arch/*/kvm/
    checks: [undefined-symbol]
  - path: "**"
    checks: [style]
  - path: lib/Kconfig
`, nil)
	if len(p.Problems) > 0 {
		t.Fatal(p.Problems)
	}
	undefined := check.Rule{ID: "undefined-symbol", Family: check.References}
	dead := check.Rule{ID: "dead-default", Family: check.Dead}
	for _, test := range []struct {
		file string
		rule check.Rule
		want bool
	}{
		{"drivers/Kconfig.debug", dead, true},
		{"drivers/a/b/Kconfig.debug", dead, true},
		{"drivers/a/b/Kconfig.debugs", dead, false},
		{"drivers/a/b/Kconfig.debug", undefined, false},
		{"fs/Kconfig.debug", dead, false},
		{"arch/x86/kvm/Kconfig", undefined, true},
		{"arch/x86/kvm/deep/Kconfig", undefined, true},
		{"arch/x86/Kconfig", undefined, false},
		{"arch/x86/a/kvm/Kconfig", undefined, false},
		{"any/where/Kconfig", check.Rule{ID: "x", Family: check.Style}, true},
		{"lib/Kconfig", dead, true},
		{"lib/Kconfig", undefined, true},
		{"lib", undefined, false},
		{"lib/sub/Kconfig", undefined, false},
	} {
		if got := p.Ignores(test.file, test.rule); got != test.want {
			t.Errorf("%s in %s: %t", test.rule.ID, test.file, got)
		}
	}
	if (*Policy)(nil).Ignores("lib/Kconfig", dead) || (*Policy)(nil).Forbids("A") {
		t.Error("a tree that says nothing ignores or forbids something")
	}
}

// FuzzRead makes sure that any text can be read, and that what is wrong with it lies
// within it.
func FuzzRead(f *testing.F) {
	f.Add("checks: {a: off}\nignore:\n- path: 'x'\n  checks: *a\n&a b: |\n  x\n")
	f.Add("ü: 1\n\"checks\": [\n")
	f.Add("undefined-allowed: &x [*x]\n")
	f.Fuzz(func(t *testing.T, text string) {
		p := Read(text, func(string) (string, error) { return text, nil })
		for _, problem := range p.Problems {
			if problem.Start < 0 || problem.End < problem.Start || problem.End > len(text) || problem.Message == "" {
				t.Errorf("%q: %+v", text, problem)
			}
		}
		p.Ignores("a/b", check.Rule{ID: "syntax-error"})
	})
}

// TestReadOfWhatIsNoPolicy reads texts that would take minutes if what one line of them
// takes grew with the file.
func TestReadOfWhatIsNoPolicy(t *testing.T) {
	for name, text := range map[string]string{
		"unknown keys":   manyLines("key%d:\n"),
		"unknown checks": "checks:\n" + manyLines("  prompt-whitespac%d: off\n"),
		"one line":       "checks: {" + manyLines("unused%d: off, ") + "}\n",
		"no checks":      "ignore:\n- path: x\n  checks:\n" + manyLines("  - dea%d\n"),
	} {
		start := time.Now()
		p := Read(text, nil)
		if took := time.Since(start); len(p.Problems) != maxProblems || took > 20*time.Second {
			t.Errorf("%s: %d problems after %s", name, len(p.Problems), took)
		}
	}
}

// manyLines returns a mebibyte of lines with a number in each.
func manyLines(format string) string {
	var b strings.Builder
	for i := 0; b.Len() < MaxSize; i++ {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// TestIgnoresWithManyStars matches patterns that have very many ways to match nothing.
func TestIgnoresWithManyStars(t *testing.T) {
	p := Read("ignore:\n  - path: '"+strings.Repeat("**/a/", 40)+"**/b'\n  - path: '"+strings.Repeat("**/", 100)+"c'\n", nil)
	if len(p.Problems) > 0 {
		t.Fatal(p.Problems)
	}
	file := strings.Repeat("a/", 60)
	for path, want := range map[string]bool{file + "x": false, file + "b": true, file + "c": true} {
		if got := p.Ignores(path, check.Rule{ID: "x"}); got != want {
			t.Errorf("%s: %t", path, got)
		}
	}
}
