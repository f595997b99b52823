package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// writeTape puts a recording of bodies into a file: ">" is from the client, "<" from the
// server, and each comes the given milliseconds after the start.
func writeTape(t *testing.T, lines ...string) string {
	t.Helper()
	var tape strings.Builder
	for _, line := range lines {
		at, rest, _ := strings.Cut(line, " ")
		side, body := "server", rest[2:]
		if rest[0] == '>' {
			side = "client"
		}
		tape.WriteString(`{"ms":` + at + `,"from":"` + side + `","message":{"jsonrpc":"2.0",` + body[1:] + "}\n")
	}
	file := filepath.Join(t.TempDir(), "tape.jsonl")
	if err := os.WriteFile(file, []byte(tape.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

const (
	initializeLine = `0 > {"id":1,"method":"initialize","params":{"processId":1,"rootUri":null,"capabilities":{}}}`
	answeredLine   = `12.5 < {"id":1,"result":{"capabilities":{}}}`
)

func TestTimes(t *testing.T) {
	hover := func(at, id string) string {
		return at + ` > {"id":` + id + `,"method":"textDocument/hover","params":{}}`
	}
	change := func(at, version string) string {
		return at + ` > {"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///f","version":` + version + `}}}`
	}
	file := writeTape(t, initializeLine, answeredLine,
		hover("20", "2"), `22 < {"id":2,"result":null}`,
		hover("30", "3"), hover("31", "4"), `37 < {"id":4,"result":null}`, `38.25 < {"id":3,"result":null}`,
		hover("40", "5"), `90 < {"id":5,"error":{"code":-32800,"message":"cancelled"}}`, // not the server's time
		hover("95", "6"), // never answered
		change("100", "2"), change("103", "3"),
		`104 < {"method":"textDocument/publishDiagnostics","params":{"uri":"file:///f","version":2}}`,
		`105 < {"method":"textDocument/publishDiagnostics","params":{"uri":"file:///g","version":9}}`,
		`110 < {"method":"textDocument/publishDiagnostics","params":{"uri":"file:///f"}}`,
		change("200", "4"), `210 > {"id":7,"method":"textDocument/diagnostic","params":{"textDocument":{"uri":"file:///f"}}}`, `215 < {"id":7,"result":{}}`,
		change("300", "5"), `9000 > {"id":8,"method":"textDocument/diagnostic","params":{"textDocument":{"uri":"file:///f"}}}`, `9001 < {"id":8,"result":{}}`, // for another reason
		`9002 > {"id":9,"method":"workspace/diagnostic","params":{}}`, `9999 < {"id":9,"result":{"items":[]}}`)
	var out bytes.Buffer
	if err := times(&out, []string{file}); err != nil {
		t.Fatal(err)
	}
	const want = `
  count       p50       p90       max  what
      1   12.5 ms   12.5 ms   12.5 ms  initialize
      2    1.0 ms    5.0 ms    5.0 ms  textDocument/diagnostic
      3    6.0 ms    8.2 ms    8.2 ms  textDocument/hover
      1  997.0 ms  997.0 ms  997.0 ms  workspace/diagnostic (held back until there is something to tell)
      2    4.0 ms    7.0 ms    7.0 ms  didChange to publishDiagnostics
      3  112.0 ms  115.0 ms  115.0 ms  didChange to pulled diagnostics
`
	if diff := cmp.Diff(want, "\n"+out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestJudge(t *testing.T) {
	sound := writeTape(t, initializeLine, answeredLine, `20 > {"method":"textDocument/didClose","params":{}}`)
	wrong := writeTape(t, initializeLine, answeredLine, `20 < {"method":"window/logMessage","params":{"typo":3,"message":"x"}}`, `21 < {"id":1,"result":null}`)
	var out bytes.Buffer
	status, err := judge(&out, []string{sound})
	if err != nil || status != 0 {
		t.Errorf("status %d, %v", status, err)
	}
	if got := out.String(); !strings.Contains(got, ": 3 messages, 1 of them of the server, valid\n") || !strings.Contains(got, "note: the client: at 20ms: textDocument/didClose: params") {
		t.Errorf("judged: %s", got)
	}
	out.Reset()
	status, err = judge(&out, []string{sound, wrong})
	if err != nil || status != 1 {
		t.Errorf("status %d, %v", status, err)
	}
	if got := out.String(); strings.Count(got, "WRONG: at 2") != 2 || !strings.Contains(got, "4 messages, 3 of them of the server: 2 findings about the server") {
		t.Errorf("judged: %s", got)
	}
	empty := writeTape(t)
	if status, err := judge(&out, []string{empty}); err != nil || status != 1 {
		t.Errorf("a recording of nothing: status %d, %v", status, err)
	}
}

func TestNeutralRefusesPlacesOfTheMachine(t *testing.T) {
	place := filepath.Join(os.TempDir(), "a.b")
	file := writeTape(t, strings.Replace(initializeLine, "null", `"file://`+place+`/tree"`, 1), answeredLine)
	target := filepath.Join(t.TempDir(), "session.txtar")
	err := neutral(file, target, neutralOptions{roots: roots{"/elsewhere": "/tree"}})
	if err == nil || !strings.Contains(err.Error(), place+"/tree") {
		t.Errorf("the error is %v, which should name %s", err, place)
	}
	if _, err := os.Stat(target); err == nil {
		t.Error("a session was written nonetheless")
	}
	if err := neutral(file, target, neutralOptions{comment: "A test.", roots: roots{place: "/home"}}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(target)
	if err != nil || !strings.HasPrefix(string(text), "A test.\n\n-- session --\n> initialize #1 ") || !strings.Contains(string(text), `"rootUri":"file:///home/tree"`) {
		t.Errorf("written: %s, %v", text, err)
	}
}

func TestNeutralOfTheOpenedTree(t *testing.T) {
	for _, params := range []string{
		`{"rootUri":null,"workspaceFolders":[{"uri":"file:///home/me/a%20b","name":"x"}],"capabilities":{}}`,
		`{"rootUri":"file:///home/me/a%20b/","capabilities":{}}`,
		`{"rootPath":"/home/me/a b","rootUri":null,"capabilities":{}}`,
	} {
		file := writeTape(t, `0 > {"id":1,"method":"initialize","params":`+params+`}`, answeredLine,
			`20 < {"method":"window/logMessage","params":{"type":1,"message":"/home/me/a: no such file: /home/me/a b/Kconfig, /home/me/abc"}}`)
		config := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(config, []byte("CONFIG_X=y\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(t.TempDir(), "session.txtar")
		if err := neutral(file, target, neutralOptions{tree: "/tree", roots: roots{}, files: files{".config": config}}); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(target)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"-- .config --\nCONFIG_X=y\n-- session --\n", "/tree: no such file: /tree/Kconfig, /home/me/abc"} {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s: %q is missing in\n%s", params, want, text)
			}
		}
	}
	file := writeTape(t, initializeLine, answeredLine)
	if err := neutral(file, filepath.Join(t.TempDir(), "x"), neutralOptions{tree: "/tree", roots: roots{}}); err == nil || !strings.Contains(err.Error(), "opened no directory") {
		t.Errorf("a client that has opened nothing: %v", err)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{}, {"dance"}, {"record", "server"}, {"record", "-out", "x"}, {"judge"}, {"times"}, {"judge", "-wrong", "x"},
		{"neutral", "x"}, {"neutral", "-out", "y", "x"}, {"neutral", "-root", "a=b", "-out", "y", "x"}} {
		if status, err := run(args, nil, nil); status != 2 || err == nil {
			t.Errorf("%q: status %d, %v", args, status, err)
		}
	}
}
