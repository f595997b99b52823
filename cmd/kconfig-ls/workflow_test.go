package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"go.yaml.in/yaml/v3"

	"github.com/kconfig-ls/kconfig-ls/analysis"
)

// top returns the top directory of the repository.
func top() (string, error) { return filepath.Abs(filepath.Join("..", "..")) }

// githubAction is the definition of the GitHub action.
type githubAction struct {
	Inputs map[string]struct {
		Description string
		Default     *string
	}
	Runs struct {
		Using string
		Steps []actionStep
	}
}

type actionStep struct {
	Name, If, Shell, Run, Uses string
	Env                        map[string]string
}

// readDefinition reads a file at the top of the repository.
func readDefinition(name string, into any) error {
	dir, err := top()
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	return yaml.Unmarshal(text, into)
}

// expression is what GitHub puts a value in place of.
var expression = regexp.MustCompile(`\$\{\{\s*([a-z]+)\.([a-z_-]+)\s*\}\}`)

// action runs a step of the action as GitHub does, with the given inputs, and wants an
// exit status: action STATUS "STEP" [INPUT=VALUE]...
func action(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: action status step [input=value...]")
	}
	var a githubAction
	ts.Check(readDefinition("action.yml", &a))
	i := slices.IndexFunc(a.Runs.Steps, func(s actionStep) bool { return s.Name == args[1] })
	if i < 0 || a.Runs.Steps[i].Run == "" {
		ts.Fatalf("action.yml has no step %q that runs something", args[1])
	}
	step := a.Runs.Steps[i]
	inputs := map[string]string{}
	for name, input := range a.Inputs {
		if input.Default == nil || input.Description == "" {
			ts.Fatalf("the input %s has no default or no description", name)
		}
		inputs[name] = *input.Default
	}
	for _, arg := range args[2:] {
		name, value, _ := strings.Cut(arg, "=")
		if _, ok := inputs[name]; !ok {
			ts.Fatalf("there is no input %q", name)
		}
		inputs[name] = value
	}
	dir, err := top()
	ts.Check(err)
	value := func(text string) string {
		return expression.ReplaceAllStringFunc(text, func(e string) string {
			m := expression.FindStringSubmatch(e)
			switch m[1] + "." + m[2] {
			case "runner.temp":
				return filepath.Join(ts.Getenv("WORK"), "temp")
			case "github.action_path":
				return dir
			}
			input, ok := inputs[m[2]]
			if m[1] != "inputs" || !ok {
				ts.Fatalf("%s is not known", e)
			}
			return input
		})
	}
	for name, text := range step.Env {
		ts.Setenv(name, value(text))
	}
	for _, name := range []string{"GOCACHE", "GOMODCACHE"} { // what was built already counts
		where, err := exec.Command("go", "env", name).Output()
		ts.Check(err)
		ts.Setenv(name, strings.TrimSpace(string(where)))
	}
	for _, name := range []string{"GITHUB_PATH", "GITHUB_OUTPUT"} {
		ts.Setenv(name, filepath.Join(ts.Getenv("WORK"), name))
	}
	script := ts.MkAbs("step.sh")
	ts.Check(os.WriteFile(script, []byte(value(step.Run)), 0o600))
	status(ts, false, []string{args[0], "bash", "--noprofile", "--norc", "-eo", "pipefail", script})
	ts.Check(os.Remove(script))
}

// preCommitHook is the definition of a hook of pre-commit.
type preCommitHook struct {
	ID, Name, Description, Entry, Language, Files string
	Types                                         []string
	Serial                                        bool `yaml:"require_serial"`
}

// hook runs a hook as pre-commit does, with those of the given files that it is for, and
// wants an exit status: hook STATUS ID FILE...
func hook(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: hook status id file...")
	}
	var hooks []preCommitHook
	ts.Check(readDefinition(".pre-commit-hooks.yaml", &hooks))
	i := slices.IndexFunc(hooks, func(h preCommitHook) bool { return h.ID == args[1] })
	if i < 0 {
		ts.Fatalf("there is no hook %q", args[1])
	}
	files, err := regexp.Compile(hooks[i].Files)
	ts.Check(err)
	command := append([]string{args[0]}, strings.Fields(hooks[i].Entry)...)
	for _, file := range args[2:] {
		if files.MatchString(file) {
			command = append(command, file)
		}
	}
	status(ts, false, command)
}

// release makes what a release has for this machine of a program: release DIR VERSION
// PROGRAM.
func release(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: release directory version program")
	}
	name := fmt.Sprintf("kconfig-ls_%s_%s_%s", args[1], runtime.GOOS, runtime.GOARCH)
	dir := filepath.Join(ts.MkAbs(args[0]), args[1])
	ts.Check(os.MkdirAll(filepath.Join(dir, name), 0o700))
	ts.Check(os.WriteFile(filepath.Join(dir, name, "kconfig-ls"), []byte(ts.ReadFile(args[2])), 0o700))
	ts.Check(ts.Exec("tar", "-C", dir, "-czf", filepath.Join(dir, name+".tar.gz"), name))
	ts.Check(ts.Exec("sh", "-c", "cd '"+dir+"' && sha256sum *.tar.gz > SHA256SUMS"))
}

// TestHooks holds the names that hooks are for against those that are Kconfig files.
func TestHooks(t *testing.T) {
	var hooks []preCommitHook
	if err := readDefinition(".pre-commit-hooks.yaml", &hooks); err != nil {
		t.Fatal(err)
	}
	if len(hooks) != 2 {
		t.Fatalf("%d hooks", len(hooks))
	}
	for _, h := range hooks {
		if h.Name == "" || h.Description == "" || h.Language != "golang" || !slices.Equal(h.Types, []string{"text"}) || !h.Serial {
			t.Errorf("%+v", h)
		}
		files, err := regexp.Compile(h.Files)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{
			"Kconfig", "drivers/net/Kconfig", "Kconfig.debug", "init/Kconfig-extra", "Config.in", "package/x/Config.in.host", "Config-kernel.in",
			"Config.src", "boards.kconfig", "sub/x.kconfig", "Makefile", "kconfig.c", "xKconfig", "Config.in2/x", "config.in", "Config", ".config",
		} {
			if got, want := files.MatchString(name), analysis.IsKconfigName(name); got != want {
				t.Errorf("%s: the hook %s is for it: %t, want %t", name, h.ID, got, want)
			}
		}
	}
}

// TestAction makes sure that every input of the action reaches a step.
func TestAction(t *testing.T) {
	var a githubAction
	if err := readDefinition("action.yml", &a); err != nil {
		t.Fatal(err)
	}
	if a.Runs.Using != "composite" || len(a.Inputs) == 0 {
		t.Errorf("the action is %q, with %d inputs", a.Runs.Using, len(a.Inputs))
	}
	var all strings.Builder
	for _, step := range a.Runs.Steps {
		if step.Name == "" || (step.Run == "") == (step.Uses == "") || step.Run != "" && step.Shell != "bash" {
			t.Errorf("step %+v", step)
		}
		if strings.Contains(step.Run, "${{") {
			t.Errorf("%s: what an input says would be run: hand it over in env", step.Name)
		}
		all.WriteString(step.If + fmt.Sprint(step.Env))
	}
	for name := range a.Inputs {
		if !strings.Contains(all.String(), "inputs."+name) {
			t.Errorf("the input %s changes nothing", name)
		}
	}
}
