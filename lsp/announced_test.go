package lsp

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// everyCapability is a client that can do everything that a server might use.
const everyCapability = `{
 "general":{"positionEncodings":["utf-8","utf-16"],"markdown":{"parser":"marked"},"staleRequestSupport":{"cancel":true,"retryOnContentModified":[]}},
 "experimental":{"kconfigChanged":true},
 "window":{"workDoneProgress":true,"showMessage":{"messageActionItem":{"additionalPropertiesSupport":true}},"showDocument":{"support":true}},
 "workspace":{"applyEdit":true,"configuration":true,"workspaceFolders":true,
  "workspaceEdit":{"documentChanges":true,"resourceOperations":["create","rename","delete"],"failureHandling":"abort","normalizesLineEndings":true,
   "changeAnnotationSupport":{"groupsOnLabel":true},"snippetEditSupport":true,"metadataSupport":true},
  "didChangeConfiguration":{"dynamicRegistration":true},"didChangeWatchedFiles":{"dynamicRegistration":true,"relativePatternSupport":true},
  "symbol":{"dynamicRegistration":true,"symbolKind":{"valueSet":[1,2,3]},"tagSupport":{"valueSet":[1]},"resolveSupport":{"properties":["location.range"]}},
  "executeCommand":{"dynamicRegistration":true},
  "semanticTokens":{"refreshSupport":true},"codeLens":{"refreshSupport":true},"inlayHint":{"refreshSupport":true},"inlineValue":{"refreshSupport":true},
  "diagnostics":{"refreshSupport":true},"foldingRange":{"refreshSupport":true},"textDocumentContent":{"dynamicRegistration":true},
  "fileOperations":{"dynamicRegistration":true,"didCreate":true,"didRename":true,"didDelete":true,"willCreate":true,"willRename":true,"willDelete":true}},
 "textDocument":{
  "synchronization":{"dynamicRegistration":true,"willSave":true,"willSaveWaitUntil":true,"didSave":true},
  "completion":{"dynamicRegistration":true,"contextSupport":true,"insertTextMode":2,
   "completionItem":{"snippetSupport":true,"commitCharactersSupport":true,"documentationFormat":["markdown","plaintext"],"deprecatedSupport":true,"preselectSupport":true,
    "tagSupport":{"valueSet":[1]},"insertReplaceSupport":true,"resolveSupport":{"properties":["documentation","detail","additionalTextEdits"]},
    "insertTextModeSupport":{"valueSet":[1,2]},"labelDetailsSupport":true},
   "completionItemKind":{"valueSet":[1,2,3]},
   "completionList":{"itemDefaults":["commitCharacters","editRange","insertTextFormat","insertTextMode","data"],"applyKindSupport":true}},
  "hover":{"dynamicRegistration":true,"contentFormat":["markdown","plaintext"]},
  "signatureHelp":{"dynamicRegistration":true,"contextSupport":true,
   "signatureInformation":{"documentationFormat":["markdown","plaintext"],"parameterInformation":{"labelOffsetSupport":true},"activeParameterSupport":true,"noActiveParameterSupport":true}},
  "definition":{"dynamicRegistration":true,"linkSupport":true},"declaration":{"dynamicRegistration":true,"linkSupport":true},
  "typeDefinition":{"dynamicRegistration":true,"linkSupport":true},"implementation":{"dynamicRegistration":true,"linkSupport":true},
  "references":{"dynamicRegistration":true},"documentHighlight":{"dynamicRegistration":true},"callHierarchy":{"dynamicRegistration":true},
  "documentSymbol":{"dynamicRegistration":true,"symbolKind":{"valueSet":[1,2,3]},"hierarchicalDocumentSymbolSupport":true,"tagSupport":{"valueSet":[1]},"labelSupport":true},
  "codeAction":{"dynamicRegistration":true,"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["","quickfix","refactor","source"]}},"isPreferredSupport":true,
   "disabledSupport":true,"dataSupport":true,"resolveSupport":{"properties":["edit"]},"honorsChangeAnnotations":true,"documentationSupport":true,"tagSupport":{"valueSet":[1]}},
  "codeLens":{"dynamicRegistration":true,"resolveSupport":{"properties":["command"]}},"documentLink":{"dynamicRegistration":true,"tooltipSupport":true},
  "formatting":{"dynamicRegistration":true},"rangeFormatting":{"dynamicRegistration":true,"rangesSupport":true},"onTypeFormatting":{"dynamicRegistration":true},
  "rename":{"dynamicRegistration":true,"prepareSupport":true,"prepareSupportDefaultBehavior":1,"honorsChangeAnnotations":true},
  "foldingRange":{"dynamicRegistration":true,"rangeLimit":5000,"lineFoldingOnly":true,"foldingRangeKind":{"valueSet":["comment","imports","region"]},"foldingRange":{"collapsedText":true}},
  "selectionRange":{"dynamicRegistration":true},
  "publishDiagnostics":{"relatedInformation":true,"tagSupport":{"valueSet":[1,2]},"versionSupport":true,"codeDescriptionSupport":true,"dataSupport":true},
  "diagnostic":{"dynamicRegistration":true,"relatedDocumentSupport":true,"markupMessageSupport":true},
  "semanticTokens":{"dynamicRegistration":true,"requests":{"range":true,"full":{"delta":true}},"tokenTypes":["keyword","variable"],"tokenModifiers":["definition"],"formats":["relative"],
   "overlappingTokenSupport":true,"multilineTokenSupport":true,"serverCancelSupport":true,"augmentsSyntaxTokens":true},
  "inlayHint":{"dynamicRegistration":true,"resolveSupport":{"properties":["tooltip","label.tooltip"]}},
  "linkedEditingRange":{"dynamicRegistration":true},"typeHierarchy":{"dynamicRegistration":true},"inlineValue":{"dynamicRegistration":true},"moniker":{"dynamicRegistration":true}}}`

// announcedTree has something of everything that a server tells about.
var announcedTree = map[string]string{
	"Kconfig": `mainmenu "Test"
twice = $(1)$(1)
config MODULES
	def_bool y
	modules
config RUST_IS_AVAILABLE
	def_bool $(shell,rustc --version)
config RUST
	bool "Rust" if RUST_IS_AVAILABLE
menu "Devices"
config «alpha»ALPHA
	tristate "Alpha"
	«select»select BETA if RU«use»ST
	select BETA
	«keyword»
	default "$(twice,«argument»a)"
	help
	  See Documentation/alpha.rst and <https://www.example.org>.
if RUST
config GAMMA
	bool "Gamma" if NOTHING
endif
config BETA
	bool
choice
	prompt "Which"
config ONE
	bool "One"
endchoice
config «again»ALPHA
	depends on BETA  && y
endmenu
config TWICE
	bool "Twice"
	depends on RUST
	depends on «twice»RUST
	depends on MISSING
config «wrap»MEMBER
	bool "Member"
	depends on TWICE
	select Z
	select «sort»B
config «extract»SECOND
	bool "Second"
	depends on TWICE«extracted»
if TWICE
source "l«path»ib/Kconfig"
endif«endif»
`,
	"lib/Kconfig": "config LIB\n\ttristate \"Lib\"\n\tdepends on RUST\n",
	".config":     "CONFIG_A«config»LPHA=m\nCONFIG_BETA=5\n# CONFIG_ONE is not set\nCONFIG_NOTHING=y\n",
}

// useEverything has a server of a client with these capabilities do all that it can,
// and returns which of them it made use of. What it uses besides fails the test.
func useEverything(t *testing.T, capabilities any) (used []string) {
	raw, err := json.Marshal(capabilities)
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		answers := macro.NewRecorded(testDir())
		answers.Add("rustc --version", "n")
		e := startEditor(t, announcedTree, clientOptions{capabilities: string(raw), recorded: answers})
		position, _ := e.offered["positionEncoding"].(string)
		e.encoding = protocol.PositionEncoding(position)
		for _, file := range []string{"Kconfig", ".config", "lib/Kconfig"} {
			e.openFile(file)
			e.settle()
		}
		for _, file := range []string{"Kconfig", ".config"} {
			e.askOfDocument(file)
		}
		for _, mark := range []string{"alpha", "use", "keyword", "argument", "path", "config", "select", "twice", "wrap", "sort", "extract..extracted", "endif"} {
			e.askOfPlace(mark)
		}
		e.change(edit{"use", "X"})
		e.settle()
		e.change(edit{"use", ""})
		e.notify(protocol.MethodDidChangeConfiguration, map[string]any{"settings": nil})
		e.settle()
		e.ask("workspace/symbol", map[string]any{"query": "a"})
		e.ask("workspace/executeCommand", map[string]any{"command": commandEnable, "arguments": []any{map[string]any{"root": e.uri("."), "wanted": []any{map[string]any{"symbol": "BETA", "value": "y"}, map[string]any{"symbol": "ALPHA", "value": "y"}}}}})
		e.ask("workspace/diagnostic", map[string]any{"previousResultIds": []any{}})
		e.closeFile("lib/Kconfig")
		e.settle()
		e.finish()
		e.mu.Lock()
		defer e.mu.Unlock()
		used = e.session.Used()
	})
	return used
}

// ask asks for something that the server may refuse.
func (e *editor) ask(method string, params any) json.RawMessage {
	e.t.Helper()
	if e.offered["diagnosticProvider"] == nil && strings.HasSuffix(method, "/diagnostic") {
		return nil // a client does not ask for what is not offered
	}
	var result json.RawMessage
	if err := e.try(method, params, &result); err != nil {
		return nil
	}
	return result
}

// askEach asks for something about the first items of an answer, which is a list or has
// one.
func (e *editor) askEach(answer json.RawMessage, method string) {
	e.t.Helper()
	var list struct{ Items []json.RawMessage }
	if json.Unmarshal(answer, &list.Items) != nil {
		_ = json.Unmarshal(answer, &list) // or there is nothing
	}
	for _, item := range list.Items[:min(len(list.Items), 4)] {
		e.ask(method, item)
	}
}

func (e *editor) askOfDocument(file string) {
	e.t.Helper()
	document := protocol.TextDocumentIdentifier{URI: e.uri(file)}
	whole := map[string]any{"start": map[string]any{"line": 0, "character": 0}, "end": map[string]any{"line": 99, "character": 0}}
	params := map[string]any{"textDocument": document}
	for _, method := range []string{"textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/documentLink", "textDocument/diagnostic",
		"textDocument/semanticTokens/full"} {
		e.ask(method, params)
	}
	e.askEach(e.ask("textDocument/codeLens", params), "codeLens/resolve")
	params["range"] = whole
	e.ask("textDocument/semanticTokens/range", params)
	e.ask("textDocument/inlayHint", params)
	for _, only := range []any{nil, []string{"source"}} {
		context := map[string]any{"diagnostics": []any{}}
		if only != nil {
			context["only"] = only
		}
		params["context"] = context
		e.askEach(e.ask("textDocument/codeAction", params), "codeAction/resolve")
	}
}

func (e *editor) askOfPlace(marks string) {
	e.t.Helper()
	uri, b, start, end := e.between(marks)
	place := protocol.Range{Start: position(b.text, start, e.encoding), End: position(b.text, end, e.encoding)}
	at := protocol.TextDocumentPositionParams{TextDocument: protocol.TextDocumentIdentifier{URI: uri}, Position: place.Start}
	for _, method := range []string{"hover", "definition", "declaration", "typeDefinition", "implementation", "signatureHelp", "prepareRename", "documentHighlight"} {
		e.ask("textDocument/"+method, at)
	}
	e.askEach(e.ask("textDocument/prepareCallHierarchy", at), "callHierarchy/none")
	e.ask("textDocument/rename", map[string]any{"textDocument": at.TextDocument, "position": at.Position, "newName": "DELTA"})
	e.askEach(e.ask("textDocument/completion", at), "completionItem/resolve")
	actions := e.ask("textDocument/codeAction", map[string]any{"textDocument": at.TextDocument, "range": place, "context": map[string]any{"diagnostics": []any{}}})
	e.askEach(actions, "codeAction/resolve")
}

// TestUsesWhatIsAnnounced lists what the server makes use of. A line that is missing is a
// feature that editors no longer get.
func TestUsesWhatIsAnnounced(t *testing.T) {
	var capabilities any
	if err := json.Unmarshal([]byte(everyCapability), &capabilities); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"experimental.kconfigChanged",
		"general.positionEncodings:utf-8",
		"textDocument.codeAction.codeActionLiteralSupport",
		"textDocument.codeAction.dataSupport",
		"textDocument.codeAction.disabledSupport",
		"textDocument.codeAction.honorsChangeAnnotations",
		"textDocument.codeAction.isPreferredSupport",
		"textDocument.codeAction.resolveSupport.properties:edit",
		"textDocument.completion.completionItem.documentationFormat:markdown",
		"textDocument.completion.completionItem.insertReplaceSupport",
		"textDocument.completion.completionItem.labelDetailsSupport",
		"textDocument.completion.completionItem.snippetSupport",
		"textDocument.completion.completionItem.tagSupport.valueSet:1",
		"textDocument.completion.completionItemKind.valueSet",
		"textDocument.completion.completionList.itemDefaults:editRange",
		"textDocument.declaration.linkSupport",
		"textDocument.definition.linkSupport",
		"textDocument.documentLink.tooltipSupport",
		"textDocument.documentSymbol.hierarchicalDocumentSymbolSupport",
		"textDocument.documentSymbol.symbolKind.valueSet",
		"textDocument.hover.contentFormat:markdown",
		"textDocument.implementation.linkSupport",
		"textDocument.publishDiagnostics.codeDescriptionSupport",
		"textDocument.publishDiagnostics.relatedInformation",
		"textDocument.publishDiagnostics.tagSupport.valueSet:1",
		"textDocument.rename.prepareSupport",
		"textDocument.signatureHelp.signatureInformation.documentationFormat:markdown",
		"window.workDoneProgress",
		"workspace.applyEdit",
		"workspace.codeLens.refreshSupport",
		"workspace.configuration",
		"workspace.diagnostics.refreshSupport",
		"workspace.didChangeConfiguration.dynamicRegistration",
		"workspace.didChangeWatchedFiles.dynamicRegistration",
		"workspace.inlayHint.refreshSupport",
		"workspace.semanticTokens.refreshSupport",
		"workspace.workspaceEdit.changeAnnotationSupport",
		"workspace.workspaceEdit.documentChanges",
		"workspace.workspaceEdit.resourceOperations:create",
	}
	if diff := cmp.Diff(want, useEverything(t, capabilities)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestOneCapabilityLess takes the capabilities of a client away that the server makes use
// of, one at a time, then feature by feature, and at last all: the server must do without.
func TestOneCapabilityLess(t *testing.T) {
	var whole any
	if err := json.Unmarshal([]byte(everyCapability), &whole); err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, capability := range useEverything(t, whole) {
		group, rest, _ := strings.Cut(capability, ".")
		feature, _, _ := strings.Cut(rest, ".")
		paths = append(paths, capability, group+"."+feature, group)
	}
	slices.Sort(paths)
	for _, path := range slices.Compact(paths) {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			rest := less(whole, path)
			if cmp.Equal(whole, rest) {
				t.Fatal("nothing was taken away")
			}
			if used := useEverything(t, rest); slices.Contains(used, path) {
				t.Error("it is used nonetheless")
			}
		})
	}
	t.Run("all", func(t *testing.T) {
		t.Parallel()
		if used := useEverything(t, map[string]any{}); len(used) > 0 {
			t.Errorf("these are used: %q", used)
		}
	})
}

// less returns capabilities without one, which is given by its path, with a colon before
// what is in a list.
func less(value any, path string) any {
	switch value := value.(type) {
	case map[string]any:
		rest := maps.Clone(value)
		name := path
		if i := strings.IndexAny(path, ".:"); i >= 0 {
			name = path[:i]
			rest[name] = less(value[name], path[i+1:])
		} else {
			delete(rest, name)
		}
		return rest
	case []any:
		return slices.DeleteFunc(slices.Clone(value), func(item any) bool { return fmt.Sprint(item) == path })
	}
	return value
}
