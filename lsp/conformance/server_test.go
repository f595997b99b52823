package conformance

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestServer has the program that KCONFIG_LS_BIN names speak about the example
// trees, with a client that can do everything and with one that can do nothing,
// and judges every message, also by what the client has announced.
func TestServer(t *testing.T) {
	binary := os.Getenv("KCONFIG_LS_BIN")
	if binary == "" {
		t.Skip("KCONFIG_LS_BIN names no program to talk to: \"make e2e\" does")
	}
	for client, capabilities := range map[string]string{"modern": modernClient, "bare": `{}`} {
		for _, tree := range []string{"example", "broken"} {
			t.Run(client+"/"+tree, func(t *testing.T) {
				root, err := filepath.Abs("../../analysis/testdata/" + tree)
				if err != nil {
					t.Fatal(err)
				}
				newSession(t, binary, root).run(capabilities)
			})
		}
	}
}

// modernClient can do everything that a Kconfig server may ask a client for.
const modernClient = `{
	"general":{"positionEncodings":["utf-8","utf-16"],"markdown":{"parser":"marked"},"staleRequestSupport":{"cancel":true,"retryOnContentModified":[]}},
	"window":{"workDoneProgress":true,"showMessage":{},"showDocument":{"support":true}},
	"workspace":{"applyEdit":true,"workspaceEdit":{"documentChanges":true,"resourceOperations":["create","rename","delete"],"changeAnnotationSupport":{}},
		"configuration":true,"workspaceFolders":true,"didChangeConfiguration":{"dynamicRegistration":true},
		"didChangeWatchedFiles":{"dynamicRegistration":true,"relativePatternSupport":true},
		"symbol":{"dynamicRegistration":true,"resolveSupport":{"properties":["location.range"]}},
		"semanticTokens":{"refreshSupport":true},"codeLens":{"refreshSupport":true},"inlayHint":{"refreshSupport":true},
		"diagnostics":{"refreshSupport":true},"foldingRange":{"refreshSupport":true},"executeCommand":{}},
	"textDocument":{"synchronization":{"didSave":true,"dynamicRegistration":true},
		"completion":{"completionItem":{"snippetSupport":true,"labelDetailsSupport":true,"documentationFormat":["markdown","plaintext"],"insertReplaceSupport":true,
			"deprecatedSupport":true,"tagSupport":{"valueSet":[1]},"resolveSupport":{"properties":["documentation","detail"]}},"completionList":{"itemDefaults":["editRange","commitCharacters","data"]},"contextSupport":true},
		"hover":{"contentFormat":["markdown","plaintext"]},"signatureHelp":{"signatureInformation":{"documentationFormat":["markdown"],"parameterInformation":{"labelOffsetSupport":true},"activeParameterSupport":true}},
		"definition":{"linkSupport":true},"declaration":{"linkSupport":true},"typeDefinition":{"linkSupport":true},"implementation":{"linkSupport":true},
		"references":{},"documentHighlight":{},"documentSymbol":{"hierarchicalDocumentSymbolSupport":true,"tagSupport":{"valueSet":[1]},"labelSupport":true},
		"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["","quickfix","refactor","source"]}},"isPreferredSupport":true,"disabledSupport":true,"dataSupport":true,
			"honorsChangeAnnotations":true,"resolveSupport":{"properties":["edit"]}},
		"codeLens":{},"documentLink":{"tooltipSupport":true},"formatting":{},"rangeFormatting":{},"rename":{"prepareSupport":true},
		"foldingRange":{"lineFoldingOnly":false,"foldingRangeKind":{"valueSet":["comment","imports","region"]},"foldingRange":{"collapsedText":true}},"selectionRange":{},
		"publishDiagnostics":{"relatedInformation":true,"versionSupport":true,"codeDescriptionSupport":true,"dataSupport":true,"tagSupport":{"valueSet":[1,2]}},
		"diagnostic":{"dynamicRegistration":true,"relatedDocumentSupport":true},
		"semanticTokens":{"requests":{"range":true,"full":{"delta":true}},"tokenTypes":["variable","property","keyword","string","number","operator","comment","macro","function"],
			"tokenModifiers":["declaration","definition","readonly","documentation"],"formats":["relative"],"multilineTokenSupport":true,"overlappingTokenSupport":false},
		"inlayHint":{"resolveSupport":{"properties":["tooltip"]}},"callHierarchy":{},"typeHierarchy":{},"linkedEditingRange":{}}
}`

// required are the features without which this is no Kconfig server.
var required = []string{
	"completionProvider", "definitionProvider", "documentHighlightProvider", "documentLinkProvider", "documentSymbolProvider",
	"foldingRangeProvider", "hoverProvider", "referencesProvider", "renameProvider", "selectionRangeProvider",
	"semanticTokensProvider", "textDocumentSync", "workspaceSymbolProvider",
}

func (s *session) run(capabilities string) {
	t := s.t
	raw := s.ask("initialize", object{
		"processId":        os.Getpid(),
		"clientInfo":       object{"name": "conformance test"},
		"rootUri":          fileURI(s.root),
		"workspaceFolders": []object{{"uri": fileURI(s.root), "name": "example"}},
		"capabilities":     json.RawMessage(capabilities),
		"trace":            "verbose",
	})
	var initialized struct {
		Capabilities object
		ServerInfo   struct{ Name, Version string }
	}
	if err := json.Unmarshal(raw, &initialized); err != nil {
		t.Fatal(err)
	}
	offers := func(feature string) bool { // such as completionProvider.resolveProvider
		var value any = initialized.Capabilities
		for name := range strings.SplitSeq(feature, ".") {
			value = member(value, name)
		}
		return value != nil && value != false
	}
	for _, feature := range required {
		if !offers(feature) {
			t.Errorf("the server does not offer %s", feature)
		}
	}
	if initialized.ServerInfo.Name != "kconfig-ls" {
		t.Errorf("the server calls itself %q", initialized.ServerInfo.Name)
	}
	s.notify("initialized", object{})

	files := kconfigFiles(t, s.root)
	for _, path := range files {
		s.file(path, offers)
	}
	for _, query := range []string{"", "HERON", "heron eth", "NoSuchSymbolAnywhere", "\"$(", "é"} {
		s.ask("workspace/symbol", object{"query": query})
	}
	if offers("diagnosticProvider.workspaceDiagnostics") {
		s.ask("workspace/diagnostic", object{"previousResultIds": []object{}})
	}
	s.gates(initialized.Capabilities)
	s.oddities(files[0])

	// The end.
	if result := s.ask("shutdown", nil); string(result) != "null" {
		t.Errorf("shutdown: %s", result)
	}
	s.notify("exit", nil)
	select {
	case <-s.done:
	case <-time.After(10 * time.Second):
		t.Fatal("the server does not end")
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("exit: %v", err)
	}
	for _, err := range s.judge.End() {
		t.Error(err)
	}
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(s.counts)) {
		lines = append(lines, fmt.Sprintf("%6d %s", s.counts[name], name))
	}
	t.Logf("messages of the server:\n%s", strings.Join(lines, "\n"))
}

// kconfigFiles lists the Kconfig files of a tree in order.
func kconfigFiles(t *testing.T, root string) []string {
	var files []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && strings.HasPrefix(entry.Name(), "Kconfig") {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("no Kconfig files in %s: %v", root, err)
	}
	return files
}
