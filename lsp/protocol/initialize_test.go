package protocol_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

func fixture(t *testing.T, client string) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/initialize-" + client + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestResolveInitialize(t *testing.T) {
	code := protocol.ResolveInitialize(fixture(t, "vscode"))
	vim := protocol.ResolveInitialize(fixture(t, "neovim"))

	if code.ProcessID != 31337 || code.Client.Name != "Visual Studio Code" || code.Client.Version != "1.106.0" || code.Locale != "en" {
		t.Error(code)
	}
	if diff := cmp.Diff([]protocol.WorkspaceFolder{
		{URI: "file:///home/user/linux", Name: "linux"},
		{URI: "file:///home/user/u-boot", Name: "u-boot"},
	}, code.Roots); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]protocol.WorkspaceFolder{{URI: "file:///home/user/linux"}}, vim.Roots); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if string(code.InitializationOptions) != `{"kconfig": {"arch": "x86"}}` || vim.InitializationOptions != nil {
		t.Errorf("%s, %s", code.InitializationOptions, vim.InitializationOptions)
	}
	if code.Trace != protocol.TraceVerbose || vim.Trace != protocol.TraceOff {
		t.Error(code.Trace, vim.Trace)
	}

	// Where the two clients differ, or where a mistake would be likely.
	c, v := code.Capabilities, vim.Capabilities
	for _, test := range []struct {
		name      string
		got, want any
	}{
		{"encoding of VS Code", c.PositionEncoding, protocol.UTF16},
		{"encoding of Neovim", v.PositionEncoding, protocol.UTF8},
		{"documentChanges", []bool{c.DocumentChanges, v.DocumentChanges}, []bool{true, false}},
		{"annotations", []bool{c.ChangeAnnotations, v.ChangeAnnotations}, []bool{true, false}},
		{"insertReplace", []bool{c.CompletionInsertReplace, v.CompletionInsertReplace}, []bool{true, false}},
		{"labelDetails", []bool{c.CompletionLabelDetails, v.CompletionLabelDetails}, []bool{true, false}},
		{"default commit characters", []bool{c.CompletionDefaultCommit, v.CompletionDefaultCommit}, []bool{true, false}},
		{"default edit range", []bool{c.CompletionDefaultEditRange, v.CompletionDefaultEditRange}, []bool{true, true}},
		{"tags by push and by pull", []bool{c.DiagnosticDeprecatedTag, v.DiagnosticDeprecatedTag}, []bool{true, true}},
		{"pull", []bool{c.PullDiagnostics, v.PullDiagnostics}, []bool{true, true}},
		{"pull refresh", []bool{c.PullDiagnosticsRefresh, v.PullDiagnosticsRefresh}, []bool{true, false}},
		{"pull of the workspace", []bool{c.PullWorkspace, v.PullWorkspace}, []bool{true, false}},
		{"related", []bool{c.PullDiagnosticsRelated, v.PullDiagnosticsRelated}, []bool{true, false}},
		{"watching", []bool{c.WatchDynamic, v.WatchDynamic}, []bool{true, false}},
		{"tokens of a range", []bool{c.SemanticTokensRange, v.SemanticTokensRange}, []bool{true, false}},
		{"tokens of a file", []bool{c.SemanticTokensFull, v.SemanticTokensFull}, []bool{true, true}},
		{"token deltas", []bool{c.SemanticTokensDelta, v.SemanticTokensDelta}, []bool{true, true}},
		{"multiline tokens", []bool{c.SemanticTokensMultiline, v.SemanticTokensMultiline}, []bool{false, true}},
		{"token modifiers", v.SemanticTokenModifiers, []string{"declaration", "definition"}},
		{"collapsed text", []bool{c.FoldingCollapsedText, v.FoldingCollapsedText}, []bool{false, true}},
		{"range limit", []int32{c.FoldingRangeLimit, v.FoldingRangeLimit}, []int32{5000, 0}},
		{"resolve edits", []bool{c.CompletionResolveDocs, v.CompletionResolveDocs}, []bool{true, false}},
		{"hierarchies", []bool{c.CallHierarchy, c.TypeHierarchy, v.CallHierarchy, v.TypeHierarchy}, []bool{true, true, true, false}},
		{"contents", []bool{c.TextDocumentContent, v.TextDocumentContent}, []bool{true, false}},
	} {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestNothingIsUnreachable checks that each capability is resolved from
// something: with a client that can do everything, none is zero.
func TestNothingIsUnreachable(t *testing.T) {
	var params map[string]any
	if err := json.Unmarshal(fixture(t, "vscode"), &params); err != nil {
		t.Fatal(err)
	}
	var all func(v any) any
	all = func(v any) any {
		switch v := v.(type) {
		case bool:
			return true
		case map[string]any:
			for name, member := range v {
				v[name] = all(member)
			}
		}
		return v
	}
	raw, err := json.Marshal(all(params))
	if err != nil {
		t.Fatal(err)
	}
	resolved, err := json.Marshal(protocol.ResolveCapabilities(raw))
	if err != nil {
		t.Fatal(err)
	}
	var members map[string]any
	if err := json.Unmarshal(resolved, &members); err != nil {
		t.Fatal(err)
	}
	for name, v := range members {
		if v == false || v == "" || v == nil || v == 0.0 {
			t.Errorf("%s is %v", name, v)
		}
	}
}

// TestWrongTypes replaces each value of an initialize message, one at a time, by
// values of other types. The outcome must be the same as if the value were
// absent.
func TestWrongTypes(t *testing.T) {
	for _, client := range []string{"vscode", "neovim"} {
		var params any
		if err := json.Unmarshal(fixture(t, client), &params); err != nil {
			t.Fatal(err)
		}
		resolve := func() protocol.InitializeParams {
			raw, err := json.Marshal(params)
			if err != nil {
				t.Fatal(err)
			}
			p := protocol.ResolveInitialize(raw)
			p.InitializationOptions = nil // whatever it is, it is kept as sent
			return p
		}
		mutations := 0
		visit(params, "", func(path string, original any, set func(any), remove func()) {
			remove()
			want := resolve()
			for _, wrong := range []any{nil, 7.5, -1e300, "wrong", true, []any{[]any{}}, map[string]any{"x": 1}} {
				if sameType(wrong, original) || meaningful(path, wrong) {
					continue
				}
				set(wrong)
				mutations++
				if diff := cmp.Diff(want, resolve()); diff != "" {
					t.Errorf("%s: %s = %v (-absent +wrong):\n%s", client, path, wrong, diff)
				}
			}
			set(original)
		})
		if mutations < 500 {
			t.Errorf("%s: only %d mutations", client, mutations)
		}
	}
}

// meaningful reports whether a value of another type than in the fixture is not
// wrong, but means something.
func meaningful(path string, v any) bool {
	switch path {
	case "/capabilities/textDocument/semanticTokens/requests/full", "/capabilities/textDocument/semanticTokens/requests/range":
		_, object := v.(map[string]any)
		return object || v == true
	case "/workspaceFolders":
		return false
	}
	// Which members an object has does not matter if its presence is the message.
	return v == nil && strings.HasPrefix(path, "/initializationOptions")
}

func sameType(a, b any) bool { return fmt.Sprintf("%T", a) == fmt.Sprintf("%T", b) }

// visit calls f for each value below v, with functions to change it and to take
// it out. f must put it back.
func visit(v any, path string, f func(path string, original any, set func(any), remove func())) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			f(path+"/"+name, member, func(x any) { v[name] = x }, func() { delete(v, name) })
			visit(member, path+"/"+name, f)
		}
	case []any:
		for i, element := range v {
			// An element cannot be taken out without moving the others; null is
			// what no list here contains.
			f(fmt.Sprintf("%s/%d", path, i), element, func(x any) { v[i] = x }, func() { v[i] = nil })
			visit(element, fmt.Sprintf("%s/%d", path, i), f)
		}
	}
}

// TestResolveNonsense checks inputs that are no initialize message at all.
func TestResolveNonsense(t *testing.T) {
	want := protocol.Capabilities{PositionEncoding: protocol.UTF16}
	for _, raw := range []string{"", "null", "7", "[]", `"x"`, "{}", `{"capabilities":null}`, `{"capabilities":[]}`, "{", "\xff"} {
		if diff := cmp.Diff(want, protocol.ResolveCapabilities(json.RawMessage(raw))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", raw, diff)
		}
	}
}

func TestPositionEncoding(t *testing.T) {
	for offer, want := range map[string]protocol.PositionEncoding{
		`["utf-16","utf-8"]`:  protocol.UTF8,
		`["utf-16","utf-32"]`: protocol.UTF32,
		`["utf-16"]`:          protocol.UTF16,
		`["utf-7"]`:           protocol.UTF16,
		`[]`:                  protocol.UTF16,
		`[7,"utf-8"]`:         protocol.UTF8,
		`"utf-8"`:             protocol.UTF16,
	} {
		raw := `{"capabilities":{"general":{"positionEncodings":` + offer + `}}}`
		if got := protocol.ResolveCapabilities(json.RawMessage(raw)).PositionEncoding; got != want {
			t.Errorf("%s: got %s, want %s", offer, got, want)
		}
	}
}

func TestRoots(t *testing.T) {
	for raw, want := range map[string]string{
		`{"workspaceFolders":[{"uri":"file:///b/"},{"uri":7},5],"rootUri":"file:///a"}`: "[{file:///b }]",
		`{"workspaceFolders":[],"rootUri":"file:///a"}`:                                 "[{file:///a }]",
		`{"workspaceFolders":null,"rootUri":null,"rootPath":"/a b"}`:                    "[{file:///a%20b }]",
		`{"rootUri":null,"rootPath":null}`:                                              "[]",
	} {
		if got := fmt.Sprint(protocol.ResolveInitialize(json.RawMessage(raw)).Roots); got != want {
			t.Errorf("%s: got %s, want %s", raw, got, want)
		}
	}
}
