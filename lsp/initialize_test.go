package lsp

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// initializeWith returns what the server offers to a client with the given
// capabilities.
func initializeWith(t *testing.T, capabilities string) map[string]any {
	t.Helper()
	var offered map[string]any
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, nil, clientOptions{capabilities: capabilities, root: "none"})
		offered = e.offered
		e.finish()
	})
	return offered
}

func TestPositionEncoding(t *testing.T) {
	for _, test := range []struct {
		offer string
		want  protocol.PositionEncoding
	}{
		{``, protocol.UTF16},
		{`"general":{}`, protocol.UTF16},
		{`"general":{"positionEncodings":[]}`, protocol.UTF16},
		{`"general":{"positionEncodings":null}`, protocol.UTF16},
		{`"general":{"positionEncodings":"utf-8"}`, protocol.UTF16},
		{`"general":{"positionEncodings":["utf-16"]}`, protocol.UTF16},
		{`"general":{"positionEncodings":["utf-16","utf-8"]}`, protocol.UTF8},
		{`"general":{"positionEncodings":["utf-16","utf-32"]}`, protocol.UTF32},
		{`"general":{"positionEncodings":["utf-7","utf-32","utf-8"]}`, protocol.UTF8},
		{`"general":{"positionEncodings":["utf-7"]}`, protocol.UTF16},
	} {
		got := initializeWith(t, "{"+test.offer+"}")["positionEncoding"]
		if got != string(test.want) {
			t.Errorf("%s: got %s, want %s", test.offer, got, test.want)
		}
	}
}

// TestOffers checks what the server offers that depends on the client.
func TestOffers(t *testing.T) {
	for _, test := range []struct {
		client, capability, want string
	}{
		{"minimal", "diagnosticProvider", `null`},
		{"minimal", "renameProvider", `true`},
		{"minimal", "textDocumentSync", `{"change":2,"openClose":true,"save":{}}`},
		{"minimal", "codeActionProvider", `null`},
		{"full", "codeActionProvider", `{"codeActionKinds":["quickfix","refactor.extract","refactor.rewrite","source.fixAll.kconfig","source.sortSelects.kconfig"]}`},
		{"actions", "codeActionProvider", `{"codeActionKinds":["quickfix","refactor.extract","refactor.rewrite","source.fixAll.kconfig","source.sortSelects.kconfig"],"resolveProvider":true}`},
		{"pull", "diagnosticProvider", `{"identifier":"kconfig","interFileDependencies":true,"workspaceDiagnostics":true}`},
		{"full", "diagnosticProvider", `null`},
		{"full", "renameProvider", `{"prepareProvider":true}`},
		{"full", "workspace", `{"workspaceFolders":{"changeNotifications":true,"supported":true}}`},
	} {
		offered := initializeWith(t, strings.ReplaceAll(capabilitiesOf[test.client], "ENCODING", "utf-8"))
		got, err := json.Marshal(offered[test.capability])
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != test.want {
			t.Errorf("%s for a %s client: %s, want %s", test.capability, test.client, got, test.want)
		}
	}
}

// TestRegistration checks what the server asks to be told, and that it asks
// only clients that can be asked.
func TestRegistration(t *testing.T) {
	for _, test := range []struct {
		capabilities string
		want         []string
	}{
		{fullCapabilities, []string{protocol.MethodDidChangeWatchedFiles, protocol.MethodDidChangeConfiguration}},
		{`{"workspace":{"didChangeWatchedFiles":{"dynamicRegistration":true}}}`, []string{protocol.MethodDidChangeWatchedFiles}},
		{`{"workspace":{"didChangeWatchedFiles":{"dynamicRegistration":false}}}`, nil},
		{`{}`, nil},
	} {
		synctest.Test(t, func(t *testing.T) {
			e := startEditor(t, map[string]string{"Kconfig": "mainmenu \"x\"\n"}, clientOptions{capabilities: test.capabilities})
			e.settle()
			e.mu.Lock()
			if !slices.Equal(e.registered, test.want) {
				t.Errorf("registered %q, want %q", e.registered, test.want)
			}
			e.mu.Unlock()
			e.finish()
		})
	}
}

// TestMangledCapabilities replaces each member of a full-featured client's
// capabilities by values of wrong types: it may cost what the member says, and
// nothing else.
func TestMangledCapabilities(t *testing.T) {
	var capabilities map[string]any
	if err := json.Unmarshal([]byte(strings.ReplaceAll(fullCapabilities, "ENCODING", "utf-16")), &capabilities); err != nil {
		t.Fatal(err)
	}
	var mangle func(members map[string]any)
	mangle = func(members map[string]any) {
		for name, value := range members {
			for _, wrong := range []any{nil, 7, "x", []any{}} {
				members[name] = wrong
				raw, err := json.Marshal(capabilities)
				if err != nil {
					t.Fatal(err)
				}
				if offered := initializeWith(t, string(raw)); offered["hoverProvider"] != true {
					t.Errorf("nothing is offered with %s: %v", name, wrong)
				}
			}
			members[name] = value
			if inner, ok := value.(map[string]any); ok {
				mangle(inner)
			}
		}
	}
	mangle(capabilities)
}

func TestTrace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{"Kconfig": "config «a»A\n\tbool\n"}, clientOptions{})
		e.settle()
		traces := func() (n int, verbose string) {
			e.settle()
			for _, o := range e.others {
				if o.method == protocol.MethodLogTrace {
					var p protocol.LogTraceParams
					if err := json.Unmarshal(o.params, &p); err != nil {
						t.Fatal(err)
					}
					n, verbose = n+1, p.Verbose
				}
			}
			e.others = nil
			return n, verbose
		}
		for _, step := range []struct {
			value   string
			want    int
			verbose bool
		}{{"off", 0, false}, {"messages", 1, false}, {"verbose", 1, true}, {"off", 0, false}} {
			e.notify(protocol.MethodSetTrace, map[string]string{"value": step.value})
			e.call(protocol.MethodHover, e.at("a"), nil)
			if n, verbose := traces(); n != step.want || (verbose != "") != step.verbose {
				t.Errorf("trace %s: %d messages, verbose %q", step.value, n, verbose)
			}
		}
		e.finish()
	})
}
