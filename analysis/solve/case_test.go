package solve_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

var update = flag.Bool("update", false, "write the answers of testdata anew")

// TestCases asks the questions of the archives in testdata. Each has a Kconfig
// file; settings, which are lines of "dialect=", "free=", "answers=free" and
// "shell COMMAND=OUTPUT"; and questions with their answers, such as "A=y B=n/m:
// no".
func TestCases(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases:", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			parts := map[string]*txtar.File{}
			for i := range archive.Files {
				parts[archive.Files[i].Name] = &archive.Files[i]
			}
			var settings string
			if f := parts["settings"]; f != nil {
				settings = string(f.Data)
			}
			want := string(parts["questions"].Data)
			got := answered(t, string(parts["Kconfig"].Data), settings, want)
			if *update {
				parts["questions"].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// answered returns questions with their answers.
func answered(t *testing.T, kconfig, settings, questions string) string {
	t.Helper()
	dialect, free := "linux-6.12", ""
	var o solve.Options
	answers := macro.NewRecorded(".")
	for line := range strings.Lines(settings) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		command, isShell := strings.CutPrefix(name, "shell ")
		switch {
		case isShell:
			answers.Add(command, value)
		case name == "dialect":
			dialect = value
		case name == "free":
			free = value
		case name == "answers" && value == "free":
			o.FreeAnswers = true
		default:
			t.Fatalf("no setting: %q", line)
		}
	}
	m, rules := load(t, dialect, kconfig, answers)
	o.Rules = rules
	for _, name := range strings.Fields(free) {
		o.Free = append(o.Free, named(t, m, name))
	}
	s := solve.New(m, o)
	var b strings.Builder
	for line := range strings.Lines(questions) {
		question, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ":")
		var assume []solve.Assumption
		var atoms []expr.Atom
		for word := range strings.FieldsSeq(question) {
			name, text, _ := strings.Cut(word, "=")
			var values expr.Tristate
			for v := range strings.SplitSeq(text, "/") {
				values |= expr.ParseTristate(v)
			}
			atoms = append(atoms, named(t, m, name))
			assume = append(assume, solve.Assumption{Atom: atoms[len(atoms)-1], Values: values})
		}
		verdict := s.Can(context.Background(), assume...)
		b.WriteString(question + ": " + verdict.String() + "\n")
		for i, a := range atoms {
			if got := s.Value(a); verdict == solve.Yes && (!got.Known() || !got.Can(assume[i].Values)) {
				t.Errorf("%s: yes, but %s is %v", question, m.Symbols[a].Name, got)
			}
		}
	}
	return b.String()
}

// TestCanceled asks when nobody waits for the answer any more, and then again.
func TestCanceled(t *testing.T) {
	m, rules := load(t, "linux-6.12", "config A\n\tbool \"A\"\nconfig B\n\tbool \"B\"\n\tdepends on A\nconfig C\n\tbool\n", nil)
	s := solve.New(m, solve.Options{Rules: rules})
	a, b, c := named(t, m, "A"), named(t, m, "B"), named(t, m, "C")
	if got := s.Value(a); got != expr.AnyTristate {
		t.Errorf("A is %v before any question", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if got := s.Can(ctx, solve.On(b)); got != solve.Open {
		t.Errorf("Can is %v", got)
	}
	if can, complete := s.CanAny(ctx, []expr.Atom{a, b}); complete || can[0] || can[1] {
		t.Errorf("CanAny is %v, %v", can, complete)
	}
	if got := s.Can(context.Background(), solve.On(b)); got != solve.Yes || s.Value(a) != expr.Y {
		t.Errorf("Can is %v with A=%v", got, s.Value(a))
	}
	can, complete := s.CanAny(context.Background(), []expr.Atom{a, b, c})
	if want := []bool{true, true, false}; !complete || !slices.Equal(can, want) {
		t.Errorf("CanAny is %v, %v", can, complete)
	}
	if can, complete = s.CanAny(context.Background(), []expr.Atom{a, b, c}, solve.Off(a)); !complete || slices.Contains(can, true) {
		t.Errorf("CanAny without A is %v, %v", can, complete)
	}
	if can, complete = s.CanAny(context.Background(), nil); !complete || len(can) != 0 {
		t.Errorf("CanAny of nothing is %v, %v", can, complete)
	}
}
