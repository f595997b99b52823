package toolchain

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// oracle returns a recorded run of conf: the environment, and the commands with
// what they printed.
func oracle(t *testing.T, dir, tree string) (environment map[string]string, answers [][2]string) {
	t.Helper()
	place := func(text string) string { return strings.ReplaceAll(text, "{srctree}", tree) }
	data, err := os.ReadFile(filepath.Join(dir, "env.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(place(string(data))), &environment); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(dir, "answers.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var row struct{ Cmd, Out string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		answers = append(answers, [2]string{place(row.Cmd), place(row.Out)})
	}
	return environment, answers
}

// named returns the directory or tree that an environment variable names.
func named(t *testing.T, variable, what string) string {
	t.Helper()
	dir := os.Getenv(variable)
	if dir == "" {
		t.Skipf("NOT RUN: %s does not name %s", variable, what)
	}
	return dir
}

// The commands of recorded runs: which ones are understood, and that those
// which need nothing but their text come out as recorded.
func TestRecordedCommands(t *testing.T) {
	oracles := named(t, "KCONFIG_LS_ORACLES", "the directory of recorded runs")
	tree := named(t, "KCONFIG_LS_LINUX", "a kernel tree")
	dirs, err := filepath.Glob(filepath.Join(oracles, "configs", "*", "*", "answers.jsonl"))
	if err != nil || len(dirs) == 0 {
		t.Fatal("no recorded runs", err)
	}
	for _, file := range dirs {
		dir := filepath.Dir(file)
		t.Run(filepath.Base(filepath.Dir(dir))+"/"+filepath.Base(dir), func(t *testing.T) {
			environment, answers := oracle(t, dir, tree)
			a := New(Options{Trust: None, Dir: tree, Tools: Compose(environment), Variables: environment})
			pure, unknown := 0, 0
			for _, row := range answers {
				command, want := row[0], row[1]
				answer := a.Ask(context.Background(), command)
				switch {
				case answer.Known:
					pure++
					if answer.Source != Pure {
						t.Errorf("%s: from %s", command, answer.Source)
					}
					if got := strings.TrimRight(answer.Output, "\n"); got != want {
						t.Errorf("%s: got %q, want %q", command, got, want)
					}
				case answer.Reason.Obstacle != NotTrusted:
					unknown++
					t.Errorf("%s: %s", command, answer.Reason)
				}
				if _, err := plan(a, command, 0); err != nil {
					t.Errorf("%s: %s", command, err)
				}
			}
			t.Logf("%d commands: %d from their text alone, %d not understood", len(answers), pure, unknown)
			if pure < 12 {
				t.Errorf("only %d were answered from their text", pure)
			}
		})
	}
}
