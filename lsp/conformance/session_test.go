package conformance

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestSessionOrder gives a judge lines of a session, ">" from the client and "<" from
// the server, and wants what is wrong with their order, or nothing.
func TestSessionOrder(t *testing.T) {
	v := newTestValidator(t)
	begin := []string{`> {"id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{"window":{"workDoneProgress":true},"textDocument":{"publishDiagnostics":{"versionSupport":true}}}}}`, `< {"id":1,"result":{"capabilities":{}}}`, `> {"method":"initialized","params":{}}`}
	open := `> {"method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///f","languageId":"kconfig","version":3,"text":""}}}`
	create := `< {"id":"s1","method":"window/workDoneProgress/create","params":{"token":"t"}}`
	work := func(kind, more string) string {
		return fmt.Sprintf(`< {"method":"$/progress","params":{"token":"t","value":{"kind":%q%s}}}`, kind, more)
	}
	for _, test := range []struct {
		name  string
		lines []string
		want  string // of all that is found, "" for nothing
	}{
		{"sound", append(slices.Clone(begin),
			open, `< {"method":"textDocument/publishDiagnostics","params":{"uri":"file:///f","version":3,"diagnostics":[]}}`,
			create, `> {"id":"s1","result":null}`, work("begin", `,"title":"x"`), work("report", ""), work("end", ""),
			`> {"id":2,"method":"shutdown"}`, `< {"id":2,"result":null}`, `> {"method":"exit"}`), ""},
		{"answer to nothing", append(slices.Clone(begin), `< {"id":9,"result":null}`), "answers no request"},
		{"answered twice", append(slices.Clone(begin), `> {"id":2,"method":"shutdown"}`, `< {"id":2,"result":null}`, `< {"id":2,"result":null}`), "answers no request"},
		{"the client's answer to nothing", append(slices.Clone(begin), `> {"id":"s9","result":null}`), "answers no request"},
		{"never answered", append(slices.Clone(begin), `> {"id":7,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///f"},"position":{"line":0,"character":0}}}`,
			`> {"id":2,"method":"shutdown"}`, `< {"id":2,"result":null}`, `> {"method":"exit"}`), "textDocument/hover: the request 7 was never answered"},
		{"asked after exit", append(slices.Clone(begin), `> {"id":2,"method":"shutdown"}`, `< {"id":2,"result":null}`, `> {"method":"exit"}`,
			`> {"id":7,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///f"},"position":{"line":0,"character":0}}}`), "sent after shutdown"},
		{"shutdown not answered", append(slices.Clone(begin), `> {"id":2,"method":"shutdown"}`, `> {"method":"exit"}`), "shutdown: the request 2 was never answered"},
		{"asked after exit and answered", append(slices.Clone(begin), `> {"id":2,"method":"shutdown"}`, `< {"id":2,"result":null}`, `> {"method":"exit"}`,
			`> {"id":7,"method":"textDocument/documentSymbol","params":{"textDocument":{"uri":"file:///f"}}}`, `< {"id":7,"error":{"code":-32600,"message":"m"}}`),
			"textDocument/documentSymbol: sent after shutdown"},
		{"cut off", append(slices.Clone(begin), `> {"id":2,"method":"shutdown"}`), ""},
		{"too early", []string{begin[0], `< {"method":"textDocument/publishDiagnostics","params":{"uri":"file:///f","diagnostics":[]}}`}, "before initialize was answered"},
		{"a log is never too early", []string{begin[0], `< {"method":"window/logMessage","params":{"type":3,"message":"x"}}`, begin[1]}, ""},
		{"a client that is too early", []string{open}, "before initialize was answered"},
		{"initialize twice", append(slices.Clone(begin), strings.Replace(begin[0], `"id":1`, `"id":2`, 1)), "sent twice"},
		{"asked after shutdown", append(slices.Clone(begin), `> {"id":2,"method":"shutdown"}`, `< {"id":2,"result":null}`, create), "asked after shutdown"},
		{"the client asks after shutdown", append(slices.Clone(begin), `> {"id":2,"method":"shutdown"}`, `< {"id":2,"result":null}`, open), "sent after shutdown"},
		{"exit without shutdown", append(slices.Clone(begin), `> {"method":"exit"}`), "without shutdown"},
		{"an id in use", append(slices.Clone(begin), create, `< {"id":"s1","method":"window/workDoneProgress/create","params":{"token":"u"}}`), "which a request window/workDoneProgress/create still has"},
		{"a version that nobody sent", append(slices.Clone(begin), open, `< {"method":"textDocument/publishDiagnostics","params":{"uri":"file:///f","version":4,"diagnostics":[]}}`), "of version 4"},
		{"a version that goes back", append(slices.Clone(begin), open, `> {"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///f","version":2},"contentChanges":[]}}`), "version 2 of file:///f after 3"},
		{"a change of what is closed", append(slices.Clone(begin), `> {"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///f","version":2},"contentChanges":[]}}`), "is not open"},
		{"closed twice", append(slices.Clone(begin), open, `> {"method":"textDocument/didClose","params":{"textDocument":{"uri":"file:///f"}}}`, `> {"method":"textDocument/didClose","params":{"textDocument":{"uri":"file:///f"}}}`), "is not open"},
		{"opened twice", append(slices.Clone(begin), open, open), "is open"},
		{"progress of nothing", append(slices.Clone(begin), work("begin", `,"title":"x"`)), `the token "t" is unknown`},
		{"work that begins twice", append(slices.Clone(begin), create, work("begin", `,"title":"x"`), work("begin", `,"title":"x"`)), "begins twice"},
		{"work after its end", append(slices.Clone(begin), create, work("begin", `,"title":"x"`), work("end", ""), work("report", "")), "not under way"},
		{"work without a beginning", append(slices.Clone(begin), create, work("end", "")), "not under way"},
		{"a token twice", append(slices.Clone(begin), create, strings.Replace(create, "s1", "s2", 1)), "is in use"},
		{"a wrong type", append(slices.Clone(begin), `< {"method":"window/logMessage","params":{"type":"3","message":"x"}}`), "window/logMessage: params: type"},
		{"a wrong type of the client", append(slices.Clone(begin), `> {"method":"textDocument/didClose","params":{}}`), "textDocument/didClose: params"},
		{"the wrong way", append(slices.Clone(begin), `> {"method":"window/logMessage","params":{"type":3,"message":"x"}}`), "only servers send this"},
	} {
		t.Run(test.name, func(t *testing.T) {
			session := NewSession(v)
			var found []string
			for _, line := range test.lines {
				raw := []byte(strings.Replace(line[2:], "{", `{"jsonrpc":"2.0",`, 1))
				judge := session.Client
				if line[0] == '<' {
					judge = session.Server
				}
				for _, err := range judge(raw) {
					found = append(found, err.Error())
				}
			}
			for _, err := range session.End() {
				found = append(found, err.Error())
			}
			got := strings.Join(found, "\n")
			if test.want == "" && got != "" || !strings.Contains(got, test.want) || strings.Contains(got, "answers no request") != strings.Contains(test.want, "answers no request") {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
}
