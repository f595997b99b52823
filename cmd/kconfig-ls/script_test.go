package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the expected parts of the scripts anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"kconfig-ls": main})
}

// TestScripts runs the scripts in testdata/script, each of which is a dialogue
// with the program on the command line.
func TestScripts(t *testing.T) {
	trees, err := filepath.Abs("../../analysis/testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("TREES", trees)
			env.Setenv("NO_COLOR", "")
			// Where answers of tools are kept.
			for _, name := range []string{"XDG_CACHE_HOME", "LocalAppData"} {
				env.Setenv(name, filepath.Join(env.WorkDir, "cache"))
			}
			return nil
		},
		Condition: func(condition string) (bool, error) {
			return condition == "root" && os.Geteuid() == 0, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"action":  action,
			"frame":   frame,
			"hook":    hook,
			"large":   large,
			"odd":     odd,
			"release": release,
			"save":    save,
			"status":  status,
		},
	})
}

// frame turns lines into messages as the Language Server Protocol has them.
func frame(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: frame lines messages")
	}
	var b strings.Builder
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		line = strings.TrimSpace(line)
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s", len(line), line)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o600))
}

// large makes a file of 200 MiB, most of which take no place on disk.
func large(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: large file")
	}
	path := ts.MkAbs(args[0])
	ts.Check(os.WriteFile(path, []byte("config A\n"), 0o600))
	ts.Check(os.Truncate(path, 200<<20))
}

// odd makes a file that is hard to show.
func odd(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: odd file")
	}
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o700))
	lines := []string{
		"config A",
		"\tbool \"a \x1b[31m \xff\xfe ü漢字e\u0301\" if FOO BAR # \u202e",
		"\tdepends\ton\t\t(B C)",
		"config CR\r",
		"\tbool \"b\" \"c\"\r",
		"config LONG",
		"\tdepends on " + strings.Repeat("FOO || ", 2000) + "BAR BAZ" + strings.Repeat(" || FOO", 2000),
		"\tselect FOO BAR" + strings.Repeat(" # long", 2000),
		"\tdefault",
	}
	ts.Check(os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600))
}

// save writes the last output to a file, with $WORK for the directory of the
// script, so that it can be compared and updated.
func save(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: save file")
	}
	text := strings.ReplaceAll(ts.ReadFile("stdout"), filepath.ToSlash(ts.Getenv("WORK")), "$WORK")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// status runs a command and wants an exit status.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status number command [argument...]")
	}
	want := args[0]
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = err.Error()
		if len(got) > len("exit status ") {
			got = got[len("exit status "):]
		}
	}
	if got != want {
		ts.Fatalf("exit status %s, want %s", got, want)
	}
}

// TestBrokenPipe has nobody read the output: the program says nothing.
func TestBrokenPipe(t *testing.T) {
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = read.Close()
	messages, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = messages.Close() })
	p := &program{stdin: os.Stdin, stdout: write, stderr: messages}
	if status := p.run(context.Background(), []string{"check", "../../analysis/testdata/broken"}); status != exitFailure {
		t.Errorf("exit status %d, want %d", status, exitFailure)
	}
	if text, err := os.ReadFile(messages.Name()); err != nil || len(text) > 0 {
		t.Errorf("it says %q, %v", text, err)
	}
}
