package recording_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/lsp/conformance/recording"
)

// tape is a recording of a short session, as lsptap writes it.
const tape = `{"ms":0.1,"event":"started: /opt/x serve"}
{"ms":1,"from":"client","message":{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"rootUri":"file:///home/me/my%20tr%c3%a9e","processId":4711,"capabilities":{"b":1,"a":1.0}}}}
{"ms":2,"from":"server","message":{"jsonrpc":"2.0","id":1,"result":{"serverInfo":{"name":"s","version":"1.2-dirty"},"capabilities":{}}}}
{"ms":3,"from":"client","message":{"jsonrpc":"2.0","method":"initialized","params":{}}}
{"ms":4,"from":"server","message":{"jsonrpc":"2.0","id":"s1","method":"window/workDoneProgress/create","params":{"token":"s/4712//home/me/my trée"}}}
{"ms":5,"from":"client","message":{"jsonrpc":"2.0","id":"s1","result":null}}
{"ms":6,"from":"server","message":{"jsonrpc":"2.0","method":"$/progress","params":{"token":"s/4712//home/me/my trée","value":{"kind":"end"}}}}
{"ms":7,"from":"server","message":{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"file:///home/me/my%20tr%C3%A9e/K","diagnostics":[1]}}}
{"ms":8,"from":"server","message":{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"file:///home/me/my%20tr%C3%A9e/K","diagnostics":[2]}}}
{"ms":9,"from":"server","message":{"jsonrpc":"2.0","id":"s2","method":"workspace/configuration","params":{"items":[]}}}
{"ms":10,"from":"client","message":{"jsonrpc":"2.0","id":"s2","error":{"code":-32601,"message":"no"}}}
{"ms":500,"from":"client","message":{"jsonrpc":"2.0","id":"a b","method":"textDocument/semanticTokens/full","params":{"uri":"/home/me/my trée/K","other":"/home/me/my tréeX","dot":"/home/me/my trée."}}}
{"ms":501,"from":"server","message":{"jsonrpc":"2.0","id":"a b","result":{"resultId":"17","data":[]}}}
{"ms":510,"from":"client","message":{"jsonrpc":"2.0","id":3,"method":"textDocument/semanticTokens/full/delta","params":{"previousResultId":"17"}}}
{"ms":511,"from":"client","message":{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":3}}}
{"ms":512,"from":"server","message":{"jsonrpc":"2.0","id":3,"result":{"resultId":"18","edits":[]}}}
{"ms":513,"from":"client","message":{"jsonrpc":"2.0","id":4,"method":"textDocument/hover","params":{"p":1}}}
{"ms":514,"from":"server","message":{"jsonrpc":"2.0","id":4,"error":{"code":-32603,"message":"in /home/me/my trée: no"}}}
{"ms":515,"from":"client","message":{"jsonrpc":"2.0","id":5,"method":"textDocument/hover","params":{"p":1}}}
{"ms":516,"from":"server","message":{"jsonrpc":"2.0","id":5,"error":{"code":-32603,"message":"in /home/me/my trée: no"}}}
{"ms":516.5,"from":"client","message":{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":{"p":2}}}
{"ms":516.6,"from":"server","message":{"jsonrpc":"2.0","id":7,"result":null}}
{"ms":516.7,"from":"client","message":{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///g"}}}}
{"ms":517,"from":"client","message":{"jsonrpc":"2.0","id":6,"method":"shutdown"}}
{"ms":518,"from":"server","message":{"jsonrpc":"2.0","id":6,"result":null}}
{"ms":519,"from":"client","message":{"jsonrpc":"2.0","method":"exit"}}
`

const session = `-- session --
> initialize #1 {"capabilities":{"a":1.0,"b":1},"processId":null,"rootUri":"file:///tree"}
< initialize #1 {"capabilities":{},"serverInfo":{"name":"s","version":"VERSION"}}
> initialized {}
quiet
. textDocument/publishDiagnostics {"diagnostics":[2],"uri":"file:///tree/K"}
. window/workDoneProgress/create {"token":"progress"} => null
. workspace/configuration {"items":[]} => null
> textDocument/semanticTokens/full #"a b" {"dot":"/tree.","other":"/home/me/my tréeX","uri":"/tree/K"}
< textDocument/semanticTokens/full #"a b" {"data":[],"resultId":"id of #\"a b\""}
> textDocument/semanticTokens/full/delta #3 {"previousResultId":"id of #\"a b\""}
> $/cancelRequest {"id":3}
< textDocument/semanticTokens/full/delta #3 cancelled
> textDocument/hover #4 {"p":1}
< textDocument/hover #4 error {"code":-32603,"message":"in /tree: no"}
> textDocument/hover #5 {"p":1}
< textDocument/hover #5 error {"code":-32603,"message":"in /tree: no"}
> textDocument/hover #7 {"p":2}
< textDocument/hover #7 null
> textDocument/didOpen {"textDocument":{"uri":"file:///g"}}
> shutdown #6
< shutdown #6 null
> exit
quiet
`

func neutral(t *testing.T) *recording.Session {
	t.Helper()
	entries, err := recording.Read(strings.NewReader(tape))
	if err != nil {
		t.Fatal(err)
	}
	s, err := recording.Neutral(entries, recording.NewNames(map[string]string{"/home/me/my trée": "/tree"}))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestNeutral(t *testing.T) {
	if diff := cmp.Diff(session, string(neutral(t).Format())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTrim(t *testing.T) {
	for ofEach, gone := range map[int][]string{0: {"#5"}, 1: {"#5", "#7", "file:///g"}} {
		s := neutral(t)
		s.Trim(ofEach)
		var want []string
		for line := range strings.Lines(session) {
			if !slices.ContainsFunc(gone, func(id string) bool { return strings.Contains(line, id) }) {
				want = append(want, line)
			}
		}
		if diff := cmp.Diff(strings.Join(want, ""), string(s.Format())); diff != "" {
			t.Errorf("%d of each (-want +got):\n%s", ofEach, diff)
		}
	}
}

func TestParseSession(t *testing.T) {
	text := "A comment.\n\n-- .config --\nCONFIG_X=y\n" + session
	s, err := recording.ParseSession([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(s.Format()); got != text {
		t.Errorf("(-want +got):\n%s", cmp.Diff(text, got))
	}
	for line, want := range map[string]string{
		"":                        "no step begins so",
		"quiet now":               "after quiet",
		"> ":                      "no method",
		"> a #x {}":               "id: no JSON",
		"> a {":                   "no JSON",
		"> a {} {}":               "more than belongs",
		"> a {} => {}":            "more than belongs",
		"< a {}":                  "has no id",
		"< a #1":                  "is empty",
		"< a #1 error":            "no JSON",
		". a {} => ":              "no JSON",
		"? a {}":                  "no step begins so",
		`. a {} => null trailing`: "more than belongs",
	} {
		_, err := recording.ParseSession([]byte("-- session --\n" + line + "\n"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", line, err, want)
		}
	}
	if _, err := recording.ParseSession([]byte("-- other --\n")); err == nil {
		t.Error("a session without steps is taken")
	}
}

// TestNamesGoBack has a client of today use the id that a server has handed out today.
func TestNamesGoBack(t *testing.T) {
	names := recording.NewNames(nil)
	answer := names.Server(recording.Message{ID: json.RawMessage("9"), Method: "workspace/diagnostic",
		Result: json.RawMessage(`{"items":[{"uri":"file:///a","resultId":"x1"},{"uri":"file:///b","resultId":"x2"}]}`)})
	if want := `{"items":[{"resultId":"id of #9 file:///a","uri":"file:///a"},{"resultId":"id of #9 file:///b","uri":"file:///b"}]}`; string(answer.Result) != want {
		t.Errorf("got %s, want %s", answer.Result, want)
	}
	got := names.Actual(recording.Message{Method: "workspace/diagnostic",
		Params: json.RawMessage(`{"previousResultIds":[{"uri":"file:///b","value":"id of #9 file:///b"},{"uri":"file:///c","value":"unknown"}]}`)})
	if want := `{"previousResultIds":[{"uri":"file:///b","value":"x2"},{"uri":"file:///c","value":"unknown"}]}`; string(got.Params) != want {
		t.Errorf("got %s, want %s", got.Params, want)
	}
}

func TestReadAndWrite(t *testing.T) {
	entries := []recording.Entry{
		{Milliseconds: 1.5, From: recording.Client, Message: json.RawMessage(`{"a":"<é>"}`)},
		{Milliseconds: 2, From: recording.Server, Broken: "x\r\n"},
		{Milliseconds: 3, Event: "ended"},
	}
	var text bytes.Buffer
	for _, e := range entries {
		if err := recording.Write(&text, e); err != nil {
			t.Fatal(err)
		}
	}
	whole := text.String()
	text.WriteString(`{"ms":4,"from":"cl`) // the tap was killed
	got, err := recording.Read(&text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(entries, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !strings.Contains(whole, "<é>") || strings.Count(whole, "\n") != len(entries) {
		t.Errorf("not a message on each line, as it was: %s", whole)
	}
	if _, err := recording.Read(strings.NewReader("{}\nno\n")); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a line that is none: %v", err)
	}
}
