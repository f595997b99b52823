package lsp

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// documentRequests are the requests about a document, with parameters for a
// place in it.
func documentRequests(at protocol.TextDocumentPositionParams, end protocol.Position) map[string]any {
	document := map[string]any{"textDocument": at.TextDocument}
	with := func(name string, value any) map[string]any {
		return map[string]any{"textDocument": at.TextDocument, "position": at.Position, name: value}
	}
	return map[string]any{
		protocol.MethodHover: at, protocol.MethodDefinition: at, protocol.MethodDeclaration: at, protocol.MethodImplementation: at,
		protocol.MethodCompletion: at, protocol.MethodSignatureHelp: at, protocol.MethodDocumentHighlight: at, protocol.MethodPrepareRename: at,
		protocol.MethodReferences:          with("context", protocol.ReferenceContext{IncludeDeclaration: true}),
		protocol.MethodRename:              with("newName", "RENAMED"),
		protocol.MethodSelectionRange:      map[string]any{"textDocument": at.TextDocument, "positions": []protocol.Position{at.Position, end}},
		protocol.MethodDocumentSymbol:      document,
		protocol.MethodFoldingRange:        document,
		protocol.MethodDocumentLink:        document,
		protocol.MethodSemanticTokensFull:  document,
		protocol.MethodSemanticTokensDelta: map[string]any{"textDocument": at.TextDocument, "previousResultId": "1"},
		protocol.MethodSemanticTokensRange: map[string]any{"textDocument": at.TextDocument, "range": protocol.Range{Start: at.Position, End: end}},
		protocol.MethodInlayHint:           map[string]any{"textDocument": at.TextDocument, "range": protocol.Range{Start: at.Position, End: end}},
		protocol.MethodCodeAction: map[string]any{
			"textDocument": at.TextDocument, "range": protocol.Range{Start: at.Position, End: end}, "context": protocol.CodeActionContext{},
		},
		protocol.MethodCodeLens: document,
		protocol.MethodCodeLensResolve: protocol.CodeLens{ // its range comes back
			Data: protocol.RawData(lensData{at.TextDocument.URI, "A", 1 << (at.Position.Line % 8)}),
		},
		protocol.MethodPrepareCallHierarchy: at,
		protocol.MethodIncomingCalls:        protocol.CallHierarchyCallsParams{Item: itemOf(at)},
		protocol.MethodOutgoingCalls:        protocol.CallHierarchyCallsParams{Item: itemOf(at)},
		protocol.MethodWorkspaceSymbol:      protocol.WorkspaceSymbolParams{Query: "a"},
	}
}

// itemOf returns an item of the call hierarchy as a client could have it from
// an earlier text.
func itemOf(at protocol.TextDocumentPositionParams) protocol.CallHierarchyItem {
	place := protocol.Range{Start: at.Position, End: at.Position}
	return protocol.CallHierarchyItem{
		Name: "A", Kind: protocol.SymbolVariable, URI: at.TextDocument.URI, Range: place, SelectionRange: place,
		Data: protocol.RawData(nodeData{"A"}),
	}
}

// askEverything sends each request and wants an answer, be it an error.
func (e *editor) askEverything(at protocol.TextDocumentPositionParams, end protocol.Position) {
	e.t.Helper()
	for method, params := range documentRequests(at, end) {
		if err := e.try(method, params, nil); err != nil && (strings.HasPrefix(err.Error(), "-32603") || strings.HasPrefix(err.Error(), "-32602")) {
			e.t.Errorf("%s: %v", method, err)
		}
	}
}

// TestFaultyTrees has trees that are not as they should be: what is wrong is
// told where it is, and all the rest works.
func TestFaultyTrees(t *testing.T) {
	const good = "config «good»GOOD\n\tbool \"it\"\n\tdepends on «use»OTHER\n"
	for name, test := range map[string]struct {
		files  map[string]string
		faults map[string]*diskFile
		want   []string // for Kconfig
	}{
		"a file of 200 MB": {
			map[string]string{"Kconfig": "mainmenu \"Test\"\nsource \"big\"\nsource \"good\"\nconfig OTHER\n\tbool \"it\"\n"},
			map[string]*diskFile{"big": {size: 200 << 20}},
			[]string{"unreadable-source"},
		},
		"no permission": {
			map[string]string{"Kconfig": "mainmenu \"Test\"\nsource \"secret\"\nsource \"good\"\nconfig OTHER\n\tbool \"it\"\n"},
			map[string]*diskFile{"secret": {err: fs.ErrPermission}, "also/Kconfig": {err: fs.ErrPermission}},
			[]string{"unreadable-source"},
		},
		"a file that includes itself": {
			map[string]string{"Kconfig": "mainmenu \"Test\"\nsource \"Kconfig\"\nsource \"good\"\nconfig OTHER\n\tbool \"it\"\n"},
			nil,
			[]string{"recursive-source"},
		},
		"files that include each other": {
			map[string]string{
				"Kconfig": "mainmenu \"Test\"\nsource \"a\"\nsource \"good\"\nconfig OTHER\n\tbool \"it\"\n",
				"a":       "source \"b\"\n", "b": "source \"a\"\n",
			},
			nil,
			nil,
		},
		"a directory": {
			map[string]string{"Kconfig": "mainmenu \"Test\"\nsource \"dir\"\nsource \"good\"\nconfig OTHER\n\tbool \"it\"\n", "dir/file": ""},
			nil,
			[]string{"unreadable-source"},
		},
		"names with blanks and 漢字": {
			map[string]string{"Kconfig": "mainmenu \"Test\"\nsource \"a b/漢字 %20#?\"\nsource \"good\"\nconfig OTHER\n\tbool \"it\"\n", "a b/漢字 %20#?": "config X\n\tbool \"it\"\n"},
			nil,
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				test.files["good"] = good
				e := startEditor(t, test.files, clientOptions{slow: true})
				for name, f := range test.faults {
					e.disk.put(e.path(name), f)
				}
				close(e.disk.gate)
				e.settle()
				e.openFile("Kconfig")
				e.openFile("good")
				e.wantCodes("Kconfig", test.want...)
				e.wantCodes("good")
				var links []protocol.LocationLink
				e.call(protocol.MethodDefinition, e.at("use"), &links)
				if len(links) != 1 || links[0].TargetURI != e.uri("Kconfig") {
					t.Errorf("definition: %+v", links)
				}
				for name := range test.files {
					e.askEverything(protocol.TextDocumentPositionParams{TextDocument: protocol.TextDocumentIdentifier{URI: e.uri(name)}, Position: protocol.Position{Line: 1, Character: 3}}, protocol.Position{Line: 9})
				}
				e.finish()
			})
		})
	}
}

// TestDeletedRoot deletes the tree under open documents.
func TestDeletedRoot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{"Kconfig": "mainmenu \"Test\"\nsource \"a\"\n", "a": "config «a»A\n\tbool\n"}, clientOptions{})
		e.openFile("a")
		e.settle()
		uri := e.uri("Kconfig")
		e.changeOnDisk("a", "")
		e.changeOnDisk("Kconfig", "")
		e.buffers[e.uri("a")] = newBuffer("config «a»A\n\tbool\n")
		e.watched("a", "Kconfig")
		e.settle()
		e.askEverything(e.at("a"), protocol.Position{Line: 7})
		e.askEverything(protocol.TextDocumentPositionParams{TextDocument: protocol.TextDocumentIdentifier{URI: uri}}, protocol.Position{})
		e.notify(protocol.MethodDidClose, e.document("a"))
		e.settle()
		e.finish()
	})
}

// TestSymlinkLoop uses a real directory with links around and out of it.
func TestSymlinkLoop(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("tree/Kconfig", "mainmenu \"Test\"\nsource \"loop\"\nsource \"a/Kconfig\"\n")
	write("tree/a/Kconfig", "config A\n\tbool\n")
	write("out/Kconfig", "config OUT\n\tbool\n")
	for link, target := range map[string]string{"tree/loop": "loop", "tree/a/up": "..", "tree/a/out": "../../out", "tree/a/self": "."} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skipf("SKIPPED: no links here: %v", err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, nil, clientOptions{fsys: vfs.OS{}, root: filepath.Join(dir, "tree")})
		path := filepath.Join(dir, "tree", "Kconfig")
		e.open(path, "mainmenu \"Test\"\nsource \"loop\"\nsource \"a/Kconfig\"\nconfig X\n\tdepends on OUT\n")
		e.settle()
		codes := ""
		for _, d := range e.published[protocol.URIFromPath(path)].Diagnostics {
			codes += d.Code + " "
		}
		if !strings.Contains(codes, "source") || !strings.Contains(codes, "undefined-symbol") {
			t.Errorf("found %s, want an unreadable source and an undefined symbol", codes)
		}
		e.finish()
	})
}

// TestDeepNesting opens 25,000 nested ifs and asks for everything. Their number is more
// than what recurses could follow on the small stack that it has here.
func TestDeepNesting(t *testing.T) {
	depth := 25_000
	defer debug.SetMaxStack(debug.SetMaxStack(1 << 20))
	synctest.Test(t, func(t *testing.T) {
		text := "mainmenu \"Deep\"\nconfig A\n\tbool \"it\"\nconfig B\n\tbool \"it\"\n" + strings.Repeat("if A\n", depth) + "«a»config C\n\tbool \"it\"\n" + strings.Repeat("endif\n", depth)
		e := startEditor(t, map[string]string{"Kconfig": text}, clientOptions{noValidation: true})
		e.openFile("Kconfig")
		e.settle()
		e.askEverything(e.at("a"), protocol.Position{Line: uint32(2 * depth)})
		e.change(edit{"a", "if B\n"})
		// The ifs ask for the same, which is told as well, up to what is sent at most.
		codes := slices.DeleteFunc(e.codes("Kconfig"), func(code string) bool { return code == "dup-dependency" })
		if !slices.Equal(codes, []string{"missing-end"}) {
			t.Errorf("besides dup-dependency: %q, want missing-end", codes)
		}
		e.finish()
	})
}

// TestLongLine opens a line of a megabyte with tokens all over it: nothing may
// be quadratic in it.
func TestLongLine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		text := "mainmenu \"Long\"\nconfig A\n\tdef_bool «a»A" + strings.Repeat(" || é || A", 50_000) + "\n"
		e := startEditor(t, map[string]string{"Kconfig": text}, clientOptions{noValidation: true})
		e.openFile("Kconfig")
		e.settle()
		e.askEverything(e.at("a"), protocol.Position{Line: 3})
		e.change(edit{"a", "é"})
		e.settle()
		e.finish()
	})
}

// TestOddDocuments has edits that should not be.
func TestOddDocuments(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{"Kconfig": "mainmenu \"Test\"\nconfig «a»A\n\tbool \"A\"\n", "b": "config «b»B\n"}, clientOptions{})
		e.settle()
		uri := e.uri("Kconfig")
		far := protocol.Position{Line: 1 << 31, Character: 1<<32 - 1}
		whole := protocol.TextDocumentContentChangeEvent{Text: "config X\n"}
		e.didChange(e.uri("b"), 2, whole) // is not open
		e.didChange("untitled:x", 2, whole)
		e.openFile("Kconfig")
		e.openFile("Kconfig") // twice
		e.backwards = true
		e.didChange(uri, 1, protocol.TextDocumentContentChangeEvent{Range: &protocol.Range{Start: far, End: far}, Text: "endif\n"})
		e.buffers[uri].edit(len(e.buffers[uri].text), len(e.buffers[uri].text), "endif\n")
		e.buffers[uri].version = 1
		e.wantCodes("Kconfig", "mismatched-end")
		e.didChange(uri, -5, protocol.TextDocumentContentChangeEvent{Range: &protocol.Range{Start: far}, Text: ""}) // backwards
		e.didChange(uri, 0)
		for _, bad := range []string{
			`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":7}}}`,
			`{"jsonrpc":"2.0","method":"textDocument/didChange"}`,
			`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":[]}`,
			`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"","text":""}}}`,
			`{"jsonrpc":"2.0","method":"textDocument/didClose","params":{"textDocument":{"uri":"file://elsewhere/x"}}}`,
			`{"jsonrpc":"2.0","method":"workspace/didChangeWatchedFiles","params":{"changes":[{"uri":"http://x","type":9}]}}`,
		} {
			e.write(bad)
		}
		for _, uri := range []protocol.DocumentURI{"", "file:///C:/x/Kconfig", "file:///c%3A/x", "file://server/share/Kconfig", "file://%5C/", "untitled:é", "git:/a?b", "file:///%00", "vscode-vfs://github/x"} {
			e.askEverything(protocol.TextDocumentPositionParams{TextDocument: protocol.TextDocumentIdentifier{URI: uri}, Position: far}, far)
			e.notify(protocol.MethodDidOpen, protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{URI: uri, Text: "config A\n\tbool\n"}})
			e.askEverything(protocol.TextDocumentPositionParams{TextDocument: protocol.TextDocumentIdentifier{URI: uri}, Position: far}, far)
			e.notify(protocol.MethodDidClose, map[string]any{"textDocument": map[string]any{"uri": uri}})
		}
		if logged := e.logged(); len(logged) == 0 || len(logged) > 10 {
			t.Errorf("logged %q", logged)
		}
		e.finish()
	})
}

// TestNoise puts random bytes between good messages. What is not framed ends
// the session, as it must; what is framed never does.
func TestNoise(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{"Kconfig": "mainmenu \"Test\"\nconfig «a»A\n\tbool\n"}, clientOptions{noValidation: true})
		e.strangers = true
		e.openFile("Kconfig")
		e.settle()
		for i := range 300 {
			body := make([]byte, random.IntN(200))
			for j := range body {
				body[j] = byte(random.Uint32())
			}
			switch i % 3 {
			case 1:
				body = []byte(fmt.Sprintf(`{"jsonrpc":"2.0","id":%q,"method":"textDocument/hover","params":%q}`, body, body))
			case 2:
				raw, err := json.Marshal(documentRequests(e.at("a"), protocol.Position{}))
				if err != nil {
					t.Fatal(err)
				}
				body = raw[:random.IntN(len(raw))]
			}
			e.write(string(body))
			e.call(protocol.MethodHover, e.at("a"), nil)
		}
		e.finish()
	})
}

// TestGoroutines checks outside of a bubble that a session leaves nothing.
func TestGoroutines(t *testing.T) {
	dir, path := smallTree(t)
	session := func() {
		c := startClient(t, clientOptions{root: dir, noValidation: true})
		c.open(path, "config A\n\tbool\n")
		c.diagnostics(path, 1, nil)
		c.shutdown()
	}
	session()
	before := runtime.NumGoroutine()
	for range 20 {
		session()
	}
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines before, %d after 20 sessions", before, runtime.NumGoroutine())
		}
	}
}
