package conformance

import (
	"os"
	"strings"
	"testing"
)

// aRange is a range that every message can use.
const aRange = `{"start":{"line":0,"character":1},"end":{"line":0,"character":4}}`

func newTestValidator(t *testing.T) *Validator {
	t.Helper()
	v, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// methods are the requests that the test's client is said to have sent.
func methods(id string) string {
	return map[string]string{
		"1":     "initialize",
		"2":     "textDocument/hover",
		"3":     "textDocument/completion",
		"4":     "shutdown",
		"5":     "textDocument/documentSymbol",
		"6":     "textDocument/semanticTokens/full",
		"7":     "textDocument/diagnostic",
		"8":     "kconfig/views",
		"9":     "textDocument/selectionRange",
		`"ten"`: "textDocument/definition",
	}[id]
}

func TestServerMessage(t *testing.T) {
	v := newTestValidator(t)
	diagnostics := func(text string) string {
		return `{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"file:///k/Kconfig","version":3,"diagnostics":` + text + `}}`
	}
	result := func(id, text string) string {
		return `{"jsonrpc":"2.0","id":` + id + `,"result":` + text + `}`
	}
	failure := func(text string) string { return `{"jsonrpc":"2.0","id":2,"error":` + text + `}` }
	register := func(method, options string) string {
		return `{"jsonrpc":"2.0","id":"r","method":"client/registerCapability","params":{"registrations":[{"id":"a","method":"` + method + `","registerOptions":` + options + `}]}}`
	}
	progress := func(value string) string {
		return `{"jsonrpc":"2.0","method":"$/progress","params":{"token":"t","value":` + value + `}}`
	}
	symbol := func(selection string) string {
		return `[{"name":"NET","kind":13,"range":` + aRange + `,"selectionRange":` + selection + `}]`
	}
	tests := []struct {
		name    string
		message string
		// want lists what the error must say; none means a good message.
		want []string
	}{
		{"diagnostics", diagnostics(`[{"range":` + aRange + `,"severity":1,"code":"syntax","source":"kconfig","message":"no"}]`), nil},
		{"no diagnostics", diagnostics(`[]`), nil},
		{"diagnostics null", diagnostics(`null`), []string{"diagnostics: got null, want array"}},
		{"severity out of range", diagnostics(`[{"range":` + aRange + `,"severity":7,"message":"no"}]`), []string{"diagnostics[0].severity", "1, 2, 3"}},
		{"wrong key", diagnostics(`[{"range":` + aRange + `,"sverity":1,"message":"no"}]`), []string{"diagnostics[0]: additional properties 'sverity' not allowed"}},
		{"missing key", diagnostics(`[{"range":` + aRange + `}]`), []string{"diagnostics[0]: missing property 'message'"}},
		{"line -1", diagnostics(`[{"range":{"start":{"line":-1,"character":0},"end":{"line":0,"character":4}},"message":"no"}]`), []string{"diagnostics[0].range.start.line: minimum: got -1, want 0"}},
		{"character 1.5", diagnostics(`[{"range":{"start":{"line":0,"character":1.5},"end":{"line":0,"character":4}},"message":"no"}]`), []string{"diagnostics[0].range.start.character: got number, want integer"}},
		{"all four at once", diagnostics(`[{"range":{"start":{"line":-1,"character":1.5},"end":{"line":0,"character":4}},"severity":7,"sverity":1,"message":"no"}]`), []string{"sverity", "severity: value must be", "line: minimum", "character: got number"}},
		{"range upside down", diagnostics(`[{"range":{"start":{"line":2,"character":0},"end":{"line":1,"character":4}},"message":"no"}]`), []string{"diagnostics[0].range: the range ends before it starts"}},
		{"uri without scheme", `{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"/k/Kconfig","diagnostics":[]}}`, []string{"uri", "does not match pattern"}},
		{"notification with id", `{"jsonrpc":"2.0","id":1,"method":"window/logMessage","params":{"type":3,"message":"x"}}`, []string{"a notification, sent with the id 1"}},
		{"notification without params", `{"jsonrpc":"2.0","method":"window/logMessage"}`, []string{"params: missing"}},
		{"request without id", `{"jsonrpc":"2.0","method":"workspace/configuration","params":{"items":[]}}`, []string{"a request, sent without an id"}},
		{"request with fractional id", `{"jsonrpc":"2.0","id":1.5,"method":"workspace/configuration","params":{"items":[]}}`, []string{"id: an integer or a string is wanted"}},
		{"request without params", `{"jsonrpc":"2.0","id":1,"method":"workspace/semanticTokens/refresh"}`, nil},
		{"request with params it has not", `{"jsonrpc":"2.0","id":1,"method":"workspace/semanticTokens/refresh","params":{}}`, []string{"the method has none"}},
		{"params null", `{"jsonrpc":"2.0","id":1,"method":"workspace/configuration","params":null}`, []string{"an object or an array is wanted"}},
		{"message of the other side", `{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}}`, []string{"only clients send this"}},
		{"unknown method", `{"jsonrpc":"2.0","method":"window/shout","params":{}}`, []string{"the protocol has no such method"}},
		{"own method", `{"jsonrpc":"2.0","method":"kconfig/viewChanged","params":{"arch":"x86"}}`, nil},
		{"unknown member", `{"jsonrpc":"2.0","method":"telemetry/event","params":{},"extra":1}`, []string{"unknown members of the message: extra"}},
		{"jsonrpc missing", `{"method":"telemetry/event","params":{}}`, []string{`jsonrpc must be "2.0", got nothing`}},
		{"not JSON", `{"jsonrpc":`, []string{"not JSON"}},
		{"two values", `{"jsonrpc":"2.0","method":"telemetry/event","params":{}} {}`, []string{"message:"}},
		{"repeated member", `{"jsonrpc":"2.0","method":"telemetry/event","method":"telemetry/event","params":{}}`, []string{`"method" stands twice`}},
		{"batch", `[{"jsonrpc":"2.0","method":"telemetry/event","params":{}}]`, []string{"an object is wanted"}},
		{"not UTF-8", "{\"jsonrpc\":\"2.0\",\"method\":\"telemetry/event\",\"params\":{\"a\":\"\xff\"}}", []string{"not UTF-8"}},

		{"watchers", register("workspace/didChangeWatchedFiles", `{"watchers":[{"globPattern":"**/Kconfig*","kind":7}]}`), nil},
		{"watchers misspelt", register("workspace/didChangeWatchedFiles", `{"watchers":[{"glob":"**"}]}`), []string{"registrations[0].registerOptions.watchers[0]", "globPattern", "'glob'"}},
		{"semantic tokens registered", register("textDocument/semanticTokens", `{"documentSelector":null,"legend":{"tokenTypes":[],"tokenModifiers":[]},"full":true}`), nil},
		{"registration of nothing", register("textDocument/hoover", `{}`), []string{`registrations[0].method: nothing to register: "textDocument/hoover"`}},

		{"progress begins", progress(`{"kind":"begin","title":"Reading","percentage":0}`), nil},
		{"progress over 100", progress(`{"kind":"report","percentage":101}`), []string{"value.percentage: more than 100"}},
		{"progress begins without title", progress(`{"kind":"begin"}`), []string{"value", "title"}},
		{"progress of unknown kind", progress(`{"kind":"start","title":"Reading"}`), []string{"value"}},
		{"partial result", progress(`[{"name":"NET"}]`), nil},

		{"initialize", result("1", `{"capabilities":{"positionEncoding":"utf-8","textDocumentSync":{"openClose":true,"change":2},"hoverProvider":true},"serverInfo":{"name":"kconfig-ls","version":"1"}}`), nil},
		{"unknown capability", result("1", `{"capabilities":{"hover":true}}`), []string{"capabilities", "'hover'"}},
		{"hover null", result("2", `null`), nil},
		{"hover", result("2", `{"contents":{"kind":"markdown","value":"**x**"},"range":`+aRange+`}`), nil},
		{"hover of unknown kind", result("2", `{"contents":{"kind":"html","value":"x"}}`), []string{"contents.kind"}},
		{"completion list", result("3", `{"isIncomplete":true,"items":[{"label":"NET","labelDetails":{"detail":" bool"},"textEdit":{"range":`+aRange+`,"newText":"NET"}}]}`), nil},
		{"completion items null", result("3", `{"isIncomplete":true,"items":null}`), []string{"items: got null, want array"}},
		{"completion item without label", result("3", `[{"kind":1}]`), []string{"[0]: missing property 'label'"}},
		{"completion over two lines", result("3", `[{"label":"a","textEdit":{"range":{"start":{"line":0,"character":0},"end":{"line":1,"character":0}},"newText":"a"}}]`), []string{"[0].textEdit.range: more than one line"}},
		{"shutdown", result("4", `null`), nil},
		{"shutdown with something", result("4", `{}`), []string{"got object, want null"}},
		{"symbols", result("5", symbol(aRange)), nil},
		{"symbol selected outside", result("5", symbol(`{"start":{"line":0,"character":0},"end":{"line":0,"character":4}}`)), []string{"[0].selectionRange: not inside range"}},
		{"tokens", result("6", `{"data":[0,1,2,3,0]}`), nil},
		{"tokens, odd", result("6", `{"data":[0,1,2,3]}`), []string{"data: 4 numbers"}},
		{"tokens, null", result("6", `{"data":null}`), []string{"data: got null, want array"}},
		{"diagnostic report", result("7", `{"kind":"full","items":[]}`), nil},
		{"diagnostic report null", result("7", `null`), []string{"got null, want object"}},
		{"own request", result("8", `[1,2]`), nil},
		{"selection ranges", result("9", `[{"range":`+aRange+`,"parent":{"range":`+aRange+`}}]`), nil},
		{"selection range outside of its parent", result("9", `[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":9}},"parent":{"range":`+aRange+`}}]`), []string{"[0].parent: does not contain"}},
		{"string id", result(`"ten"`, `null`), nil},
		{"unknown id", result(`"1"`, `null`), []string{"answers no request"}},
		{"id null with result", result("null", `null`), []string{"a result for the id null"}},
		{"neither result nor error", `{"jsonrpc":"2.0","id":2}`, []string{"exactly one of result and error"}},
		{"result and error", `{"jsonrpc":"2.0","id":2,"result":null,"error":{"code":-32603,"message":"x"}}`, []string{"exactly one of result and error"}},
		{"error", failure(`{"code":-32602,"message":"no such file","data":{"a":1}}`), nil},
		{"error for the id null", `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"x"}}`, nil},
		{"error without code", failure(`{"message":"x"}`), []string{"error: code: an integer is wanted"}},
		{"error without message", failure(`{"code":1}`), []string{"error: message: a text is wanted"}},
		{"error with a reserved code", failure(`{"code":-32099,"message":"x"}`), []string{"-32099 is reserved"}},
		{"error with code 0 as text", failure(`{"code":"0","message":"x"}`), []string{"error: code"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := v.ServerMessage([]byte(test.message), methods)
			if len(test.want) == 0 {
				if err != nil {
					t.Errorf("a good message is reported: %v", err)
				}
				return
			}
			if err == nil {
				t.Fatal("a bad message is not reported")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not say %q:\n%v", want, err)
				}
			}
		})
	}
}

// TestClientParams checks that what tests send can be checked too.
func TestClientParams(t *testing.T) {
	v := newTestValidator(t)
	const good = `{"textDocument":{"uri":"file:///k/Kconfig"},"position":{"line":1,"character":2}}`
	if err := v.Params("textDocument/hover", []byte(good)); err != nil {
		t.Errorf("good parameters are reported: %v", err)
	}
	const bad = `{"textDocument":{"uri":"file:///k/Kconfig"},"position":{"line":1}}`
	if err := v.Params("textDocument/hover", []byte(bad)); err == nil || !strings.Contains(err.Error(), "position: missing property 'character'") {
		t.Errorf("got %v", err)
	}
	if err := v.Result("initialized", []byte("null")); err == nil {
		t.Error("a notification has a result")
	}
}

// TestMethods checks that the schema is whole: LSP 3.18 has 95 methods.
func TestMethods(t *testing.T) {
	v := newTestValidator(t)
	names := v.Methods()
	if len(names) != 95 {
		t.Errorf("%d methods, want 95", len(names))
	}
	for _, name := range names {
		kind := v.messages[name]
		switch kind.Direction {
		case "clientToServer", "serverToClient", "both":
		default:
			t.Errorf("%s: direction %q", name, kind.Direction)
		}
		if kind.Request && v.schemas[name+"#result"] == nil {
			t.Errorf("%s: no schema for its result", name)
		}
	}
}

// TestNewOutside checks the message for a caller outside of the module.
func TestNewOutside(t *testing.T) {
	t.Chdir(t.TempDir())
	if _, err := New(); err == nil || !strings.Contains(err.Error(), schemaFile) {
		t.Errorf("got %v", err)
	}
}

// TestBrokenSchema checks that a damaged schema is refused, not ignored.
func TestBrokenSchema(t *testing.T) {
	for _, text := range []string{``, `{}`, `{"messages":{"a":{}},"properties":{"a#params":{"type":7}}}`, `{"messages":{"a":{}},"properties":{"a#params":{"$ref":"#/definitions/None"}}}`} {
		if _, err := newValidator([]byte(text)); err == nil {
			t.Errorf("accepted: %s", text)
		}
	}
}

func BenchmarkServerMessage(b *testing.B) {
	v, err := New()
	if err != nil {
		b.Fatal(err)
	}
	message := []byte(`{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"file:///k/Kconfig","diagnostics":[{"range":` + aRange + `,"message":"no"}]}}`)
	for b.Loop() {
		if err := v.ServerMessage(message, methods); err != nil {
			b.Fatal(err)
		}
	}
}

// TestNoPlaces checks that the lock file and the schema name no place of the
// machine that made them.
func TestNoPlaces(t *testing.T) {
	for _, name := range []string{"package-lock.json", "lsp-3.18.schema.json"} {
		text, err := os.ReadFile("../testdata/protocol/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), `"resolved"`) || strings.Contains(string(text), "file://") {
			t.Errorf("%s says where its contents came from", name)
		}
	}
}
