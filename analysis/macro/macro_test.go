package macro_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

var update = flag.Bool("update", false, "rewrite the want parts of testdata")

// Each archive has a Kconfig part, and these parts if it needs them: options,
// one name a line; variables, NAME=value a line; answers, "command => output"
// a line with \n for line ends. The want part is what run reports.
func TestArchives(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			part := func(name string) string {
				for _, f := range archive.Files {
					if f.Name == name {
						return string(f.Data)
					}
				}
				return ""
			}
			got := run(part("Kconfig"), archiveOptions(t, part))
			if *update {
				archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
				archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(part("want"), got); diff != "" {
				t.Errorf("run with -update to accept (-want +got):\n%s", diff)
			}
		})
	}
}

func archiveOptions(t *testing.T, part func(string) string) macro.Options {
	t.Helper()
	o := macro.Options{Variables: map[string]string{}}
	for line := range strings.Lines(part("options")) {
		switch name := strings.TrimSpace(line); name {
		case "UnknownFunctions":
			o.UnknownFunctions = true
		case "UnknownVariables":
			o.UnknownVariables = true
		case "BareVariables":
			o.BareVariables = true
		case "FunctionNames":
			o.FunctionNames = true
		case "JoinedLines":
			o.JoinedLines = true
		default:
			t.Fatalf("no such option: %q", name)
		}
	}
	for line := range strings.Lines(part("variables")) {
		name, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		o.Variables[name] = text
	}
	answers := macro.NewRecorded(o.Variables["srctree"])
	for line := range strings.Lines(part("answers")) {
		command, output, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " => ")
		answers.Add(command, strings.ReplaceAll(output, `\n`, "\n"))
	}
	o.Answers = answers
	return o
}

// run defines and expands what is in a file, and reports each expansion with
// its line and what it came to.
func run(text string, o macro.Options) string {
	dialect := parser.Linux(6, 12)
	if o.JoinedLines {
		dialect, _ = parser.DialectByName("zephyr")
	}
	var b strings.Builder
	tree := parser.Parse(text, dialect)
	env := macro.New(o)
	for st := range tree.All() {
		line := tree.Line(int(st.Start)) + 1
		at := macro.Position{File: "Kconfig", Line: line, Offset: st.Start}
		if st.Kind == parser.Assignment {
			r := define(env, st, at)
			if r.Err != nil || len(r.Messages) > 0 || len(r.Causes) > 0 {
				report(&b, line, r)
			}
			continue
		}
		for i := range st.Len() {
			switch st.Token(i).Kind {
			case parser.MacroWord, parser.String, parser.Path:
				report(&b, line, env.Expand(st.TokenText(i), at))
			}
		}
	}
	return b.String()
}

// define makes the definition that a statement is.
func define(env *macro.Environment, st parser.Statement, at macro.Position) macro.Result {
	var tokens []int
	for i := range st.Len() {
		if k := st.Token(i).Kind; k != parser.Comment && k != parser.BadCharacter {
			tokens = append(tokens, i)
		}
	}
	flavor := macro.Recursive
	switch st.Token(tokens[1]).Kind {
	case parser.ColonEqual:
		flavor = macro.Simple
	case parser.PlusEqual:
		flavor = macro.Append
	}
	text := ""
	if len(tokens) > 2 {
		text = st.TokenText(tokens[2])
	}
	return env.Define(st.TokenText(tokens[0]), flavor, text, at)
}

func report(b *strings.Builder, line int, r macro.Result) {
	for _, m := range r.Messages {
		fmt.Fprintf(b, "%d: %s: %s\n", m.At.Line, [...]string{"info", "warning"}[m.Kind], m.Text)
	}
	switch text, known := r.Text(); {
	case r.Err != nil:
		fmt.Fprintf(b, "%d: error: %s\n", r.Err.At.Line, r.Err.Text)
	case known && text != "":
		fmt.Fprintf(b, "%d: %q\n", line, text)
	case !known:
		fmt.Fprintf(b, "%d: unknown %q\n", line, r.Display())
		for _, c := range r.Causes {
			fmt.Fprintf(b, "\tcause: %s %q\n", [...]string{"command", "function", "variable"}[c.Kind], c.Text)
		}
	}
}
