package macro_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// oracles returns a file or directory of the recorded runs of other tools.
func oracles(t *testing.T, path string) string {
	t.Helper()
	root := os.Getenv("KCONFIG_LS_ORACLES")
	if root == "" {
		t.Skip("NOT RUN: KCONFIG_LS_ORACLES does not name the directory of recorded runs")
	}
	return filepath.Join(root, path)
}

// rows decodes the lines of a file.
func rows[T any](t *testing.T, file string) []T {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// read expands a file as the kernel's tools do, up to the first error, and
// returns what they would write to standard output and standard error.
func read(text string, o macro.Options) (stdout, stderr string) {
	tree := parser.Parse(text, parser.Linux(6, 12))
	env := macro.New(o)
	for st := range tree.All() {
		at := macro.Position{File: "Kconfig", Line: tree.Line(int(st.Start)) + 1, Offset: st.Start}
		var results []macro.Result
		if st.Kind == parser.Assignment {
			at.Line++ // the tools have read the line end when they define
			results = append(results, define(env, st, at))
		} else {
			for i := range st.Len() {
				if k := st.Token(i).Kind; k == parser.MacroWord || k == parser.String {
					results = append(results, env.Expand(st.TokenText(i), at))
				}
			}
		}
		for _, r := range results {
			for _, m := range r.Messages {
				if m.Kind == macro.Info {
					stdout += m.Text + "\n"
				} else {
					stderr += fmt.Sprintf("%s:%d: %s\n", m.At.File, m.At.Line, m.Text)
				}
			}
			if r.Err != nil {
				return stdout, stderr + fmt.Sprintf("%s:%d: %s\n", r.Err.At.File, r.Err.At.Line, r.Err.Text)
			}
		}
	}
	return stdout, stderr
}

// The kernel's own tests of its preprocessor.
func TestLinuxSuite(t *testing.T) {
	type row struct {
		Case  string
		Files map[string]string
		Steps []struct{ Stdout, Stderr string }
	}
	answers := macro.NewRecorded("")
	answers.Add("echo hello world 3", "hello world 3\n")
	answers.Add(`printf 'hello\nworld\n\n4\n\n\n'`, "hello\nworld\n\n4\n\n\n")
	ran := 0
	for _, row := range rows[row](t, oracles(t, "suites/linux-6.12.jsonl")) {
		name, ok := strings.CutPrefix(row.Case, "preprocess/")
		if !ok {
			continue
		}
		ran++
		t.Run(name, func(t *testing.T) {
			stdout, stderr := read(row.Files["Kconfig"], macro.Options{Answers: answers})
			if diff := cmp.Diff(row.Steps[0].Stderr, stderr); diff != "" {
				t.Errorf("standard error (-want +got):\n%s", diff)
			}
			if !strings.HasPrefix(row.Steps[0].Stdout, stdout) {
				t.Errorf("standard output: got %q, want the start of %q", stdout, row.Steps[0].Stdout)
			}
		})
	}
	if ran < 4 {
		t.Errorf("only %d cases", ran)
	}
}

// One-purpose cases of which the messages are recorded.
func TestLinuxCases(t *testing.T) {
	dirs, err := filepath.Glob(filepath.Join(oracles(t, "conf-cases"), "pp-*"))
	if err != nil || len(dirs) == 0 {
		t.Fatal("no cases", err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(dir, "Kconfig"))
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(filepath.Join(dir, "expected_stderr"))
			if err != nil {
				t.Fatal(err)
			}
			_, stderr := read(string(text), macro.Options{})
			if strings.Contains(string(want), "syntax error") {
				want = nil // a token that expanded to nothing: for the linker to see
			}
			if diff := cmp.Diff(string(want), stderr); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Kconfiglib's tests of its preprocessor, as far as the rows have all that they
// refer to.
func TestKconfiglibSuite(t *testing.T) {
	type row struct {
		Section, Op string
		Args        json.RawMessage
	}
	type variable struct {
		Name      string
		Unexp     string `json:"unexp_value"`
		Exp       string `json:"exp_value"`
		Recursive bool
		Args      []string `json:"*"`
	}
	answers := macro.NewRecorded("")
	answers.Add("false && echo foo bar || echo baz qaz", "baz qaz\n")
	answers.Add("echo '(a,b,(c,d),e)'", "(a,b,(c,d),e)\n")
	env := macro.New(macro.Options{Answers: answers})
	for name, text := range map[string]string{
		"foo": "abc", "bar": "def", "baz": "ghi", "b-char": "b", "z-char": "z", "indir": "jkl mno",
		"comma": ",", "dollar": "$", "left-paren": "(", "right-paren": ")",
		"fn": `"$(1)"`, "rhs": "value", "foo bar": "value",
	} {
		env.Define(name, macro.Recursive, text, macro.Position{})
	}
	ran := 0
	for _, row := range rows[row](t, oracles(t, "suites/kconfiglib-2020.jsonl")) {
		if row.Section != "Testing preprocessor" || row.Op != "verify_variable" {
			continue
		}
		var v variable
		if err := json.Unmarshal(row.Args, &v); err != nil {
			t.Fatal(err)
		}
		switch v.Name {
		case "messy-fn-res", "safe-fn-rec-res":
			continue // the functions they call are not in the rows
		}
		ran++
		flavor := macro.Simple
		if v.Recursive {
			flavor = macro.Recursive
		}
		env.Define(v.Name, flavor, v.Unexp, macro.Position{})
		call := strings.Join(append([]string{"$(" + v.Name}, v.Args...), ",") + ")"
		got, known := env.ExpandText(call, macro.Position{}).Text()
		if !known || got != v.Exp {
			t.Errorf("%s: got %q, want %q", call, got, v.Exp)
		}
	}
	if ran < 20 {
		t.Errorf("only %d rows", ran)
	}
}

// All of Linux under recorded answers: every command that its files ask for
// was asked for by the kernel's own tool, and nothing else is unknown.
func TestLinuxTree(t *testing.T) {
	root := os.Getenv("KCONFIG_LS_LINUX")
	if root == "" {
		t.Skip("NOT RUN: KCONFIG_LS_LINUX does not name a tree of Linux 6.12")
	}
	dir := oracles(t, "configs/6.12/x86-gcc")
	text, err := os.ReadFile(filepath.Join(dir, "env.json"))
	if err != nil {
		t.Fatal(err)
	}
	variables := map[string]string{}
	if err := json.Unmarshal(text, &variables); err != nil {
		t.Fatal(err)
	}
	recorded := &counting{Recorded: macro.NewRecorded("{srctree}"), asked: map[string]bool{}}
	commands := map[string]bool{}
	for _, row := range rows[struct{ Cmd, Out string }](t, filepath.Join(dir, "answers.jsonl")) {
		recorded.Add(row.Cmd, row.Out)
		commands[row.Cmd] = true
	}
	env := macro.New(macro.Options{Variables: variables, Answers: recorded})
	files := 0
	var visit func(name string)
	visit = func(name string) {
		files++
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Error(err)
			return
		}
		tree := parser.Parse(string(text), parser.Linux(6, 12))
		for st := range tree.All() {
			at := macro.Position{File: name, Line: tree.Line(int(st.Start)) + 1}
			if st.Kind == parser.Assignment {
				if r := define(env, st, at); !r.Known() {
					t.Errorf("%s:%d: %+v", name, at.Line, r)
				}
				continue
			}
			for i := range st.Len() {
				if k := st.Token(i).Kind; k != parser.MacroWord && k != parser.String {
					continue
				}
				r := env.Expand(st.TokenText(i), at)
				expanded, known := r.Text()
				if !known {
					t.Errorf("%s:%d: %+v", name, at.Line, r)
				}
				if st.Kind == parser.Source {
					visit(expanded)
				}
			}
		}
	}
	visit("Kconfig")
	if files < 1000 {
		t.Errorf("only %d files", files)
	}
	if diff := cmp.Diff(commands, recorded.asked); diff != "" {
		t.Errorf("commands (-kernel +ours):\n%s", diff)
	}
}

// counting notes what it is asked.
type counting struct {
	*macro.Recorded
	asked map[string]bool
}

func (c *counting) Shell(command string) (string, bool) {
	c.asked[command] = true
	return c.Recorded.Shell(command)
}
