package lsp

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// TestCapabilitiesMatchRegistry holds what the server promises against what it
// handles.
func TestCapabilitiesMatchRegistry(t *testing.T) {
	caps := protocol.Capabilities{PullDiagnostics: true, PullDiagnosticsRefresh: true, PullWorkspace: true, PrepareRename: true, CodeActionLiterals: true, ApplyEdit: true}
	lazy := caps // resolves actions, and has no use for commands then
	lazy.CodeActionData, lazy.CodeActionResolveEdit = true, true
	first, second := serverCapabilities(caps), serverCapabilities(lazy)
	promised := slices.Concat(first.Methods(), second.Methods())
	s := &server{}
	handled := s.registry().Methods()
	for _, method := range promised {
		if !slices.Contains(handled, method) {
			t.Errorf("%s is promised but not handled", method)
		}
	}
	unpromised := []string{protocol.MethodDidChangeConfiguration, protocol.MethodDidChangeWatchedFiles}
	for _, method := range handled {
		if !strings.HasPrefix(method, "kconfig/") && !slices.Contains(promised, method) && !slices.Contains(unpromised, method) {
			t.Errorf("%s is handled but not promised", method)
		}
	}
}

// TestKernel opens a file of a real kernel tree and asks for a bit of everything.
func TestKernel(t *testing.T) {
	dir := os.Getenv("KCONFIG_LS_LINUX")
	if dir == "" {
		t.Skip("SKIPPED: KCONFIG_LS_LINUX does not name a kernel tree")
	}
	path := filepath.Join(dir, "init", "Kconfig")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c := startClient(t, clientOptions{root: dir})
	c.open(path, string(text))
	line := 0
	for i, l := range strings.Split(string(text), "\n") {
		if l == "config RUST" {
			line = i
		}
	}
	var hover protocol.Hover
	c.call(protocol.MethodHover, at(path, line, 8), &hover)
	if !strings.Contains(hover.Contents.Value, "HAVE_RUST") {
		t.Errorf("the hover of RUST does not tell of HAVE_RUST:\n%s", hover.Contents.Value)
	}
	t.Log(hover.Contents.Value)
	for _, method := range []string{protocol.MethodDefinition, protocol.MethodReferences, protocol.MethodCompletion, protocol.MethodDocumentHighlight,
		protocol.MethodDeclaration, protocol.MethodImplementation, protocol.MethodPrepareRename, protocol.MethodSignatureHelp} {
		var result json.RawMessage
		c.call(method, at(path, line+2, 14), &result)
		t.Logf("%s: %.300s", method, result)
	}
	document := struct {
		TextDocument protocol.TextDocumentIdentifier `json:"textDocument"`
	}{protocol.TextDocumentIdentifier{URI: protocol.URIFromPath(path)}}
	for _, method := range []string{protocol.MethodDocumentSymbol, protocol.MethodFoldingRange, protocol.MethodDocumentLink, protocol.MethodSemanticTokensFull} {
		var result json.RawMessage
		c.call(method, document, &result)
		t.Logf("%s: %.300s", method, result)
	}
	var symbols json.RawMessage
	c.call(protocol.MethodWorkspaceSymbol, protocol.WorkspaceSymbolParams{Query: "rust"}, &symbols)
	t.Logf("%.600s", symbols)
	var views viewsResult
	c.call(methodViews, struct{}{}, &views)
	if len(views.Roots) != 1 || !slices.Contains(views.Roots[0].Archs, "arm64") {
		t.Errorf("views: %+v", views)
	}
	c.diagnostics(path, 1, nil)
	c.shutdown()
}
