package conformance

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// TestUses has the server use each thing that clients must announce: to a client that
// has announced nothing, and to one that has. The first must be told, the second not.
func TestUses(t *testing.T) {
	validator := newTestValidator(t)
	const position = `{"line":0,"character":0}`
	const span = `{"start":` + position + `,"end":` + position + `}`
	location := `{"uri":"file:///f","range":` + span + `}`
	diagnostic := func(more string) string {
		return fmt.Sprintf(`{"range":%s,"message":"m",%s}`, span, more)
	}
	action := func(more string) string { return `[{"title":"t","command":{"title":"t","command":"c"},` + more + `}]` }
	edit := func(more string) string { return `{"documentChanges":[` + more + `]}` }
	edits := func(more string) string {
		return edit(`{"textDocument":{"uri":"file:///f","version":null},"edits":[` + more + `]}`)
	}
	const changeAnnotated = `{"changes":{},"changeAnnotations":{"a":{"label":"l"}}}`
	item := func(more string) string { return `[{"label":"l",` + more + `}]` }
	list := func(more string) string { return `{"isIncomplete":false,"items":[],` + more + `}` }
	completionItem := func(announced string) string {
		return `{"textDocument":{"completion":{"completionItem":{` + announced + `}}}}`
	}
	completionList := func(name string) string {
		return `{"textDocument":{"completion":{"completionList":{"itemDefaults":["` + name + `"]}}}}`
	}
	document := func(announced string) string { return `{"textDocument":{` + announced + `}}` }
	workspace := func(announced string) string { return `{"workspace":{` + announced + `}}` }
	literal := `"codeActionLiteralSupport":{"codeActionKind":{"valueSet":[]}}`
	documentChanges := `"workspaceEdit":{"documentChanges":true}`

	var told strings.Builder
	for _, test := range []struct {
		method string // of a result, or with # in front of parameters
		used   string
		enough string // capabilities that announce it
	}{
		{"#workspace/configuration", `{"items":[]}`, workspace(`"configuration":true`)},
		{"#workspace/applyEdit", `{"edit":{}}`, workspace(`"applyEdit":true`)},
		{"#workspace/applyEdit", `{"edit":{},"metadata":{}}`, workspace(`"applyEdit":true,"workspaceEdit":{"metadataSupport":true}`)},
		{"#window/workDoneProgress/create", `{"token":"t"}`, `{"window":{"workDoneProgress":true}}`},
		{"#window/showDocument", `{"uri":"file:///f"}`, `{"window":{"showDocument":{"support":true}}}`},
		{"#client/registerCapability", `{"registrations":[{"id":"1","method":"workspace/didChangeConfiguration"}]}`, workspace(`"didChangeConfiguration":{"dynamicRegistration":true}`)},
		{"#client/registerCapability", `{"registrations":[{"id":"1","method":"textDocument/didSave","registerOptions":{"documentSelector":null}}]}`, document(`"synchronization":{"dynamicRegistration":true}`)},
		{"#client/registerCapability", `{"registrations":[{"id":"1","method":"textDocument/hover","registerOptions":{"documentSelector":null}}]}`, document(`"hover":{"dynamicRegistration":true}`)},
		{"#client/registerCapability", `{"registrations":[{"id":"1","method":"workspace/didChangeWatchedFiles","registerOptions":{"watchers":[{"globPattern":{"baseUri":"file:///f","pattern":"*"}}]}}]}`,
			workspace(`"didChangeWatchedFiles":{"dynamicRegistration":true,"relativePatternSupport":true}`)},
		{"#kconfig/changed", "", `{"experimental":{"kconfigChanged":true}}`},
		{"#workspace/workspaceFolders", "", workspace(`"workspaceFolders":true`)},
		{"#workspace/semanticTokens/refresh", "", workspace(`"semanticTokens":{"refreshSupport":true}`)},
		{"#workspace/inlayHint/refresh", "", workspace(`"inlayHint":{"refreshSupport":true}`)},
		{"#workspace/inlineValue/refresh", "", workspace(`"inlineValue":{"refreshSupport":true}`)},
		{"#workspace/codeLens/refresh", "", workspace(`"codeLens":{"refreshSupport":true}`)},
		{"#workspace/diagnostic/refresh", "", workspace(`"diagnostics":{"refreshSupport":true}`)},
		{"#workspace/diagnostic/refresh", "", workspace(`"diagnostic":{"refreshSupport":true}`)},
		{"#workspace/foldingRange/refresh", "", workspace(`"foldingRange":{"refreshSupport":true}`)},
		{"initialize", `{"capabilities":{"positionEncoding":"utf-8"}}`, `{"general":{"positionEncodings":["utf-8"]}}`},
		{"initialize", `{"capabilities":{"codeActionProvider":{}}}`, document(`"codeAction":{` + literal + `}`)},
		{"initialize", `{"capabilities":{"renameProvider":{}}}`, document(`"rename":{"prepareSupport":true}`)},

		{"#textDocument/publishDiagnostics", `{"uri":"file:///f","diagnostics":[],"version":1}`, document(`"publishDiagnostics":{"versionSupport":true}`)},
		{"#textDocument/publishDiagnostics", `{"uri":"file:///f","diagnostics":[` + diagnostic(`"relatedInformation":[{"location":`+location+`,"message":"m"}]`) + `]}`, document(`"publishDiagnostics":{"relatedInformation":true}`)},
		{"#textDocument/publishDiagnostics", `{"uri":"file:///f","diagnostics":[` + diagnostic(`"data":1`) + `]}`, document(`"diagnostic":{"dataSupport":true}`)},
		{"textDocument/diagnostic", `{"kind":"full","items":[` + diagnostic(`"codeDescription":{"href":"https://example.org"}`) + `]}`, document(`"publishDiagnostics":{"codeDescriptionSupport":true}`)},
		{"textDocument/diagnostic", `{"kind":"full","items":[{"range":` + span + `,"message":{"kind":"markdown","value":""}}]}`, document(`"diagnostic":{"markupMessageSupport":true}`)},
		{"textDocument/diagnostic", `{"kind":"full","items":[],"relatedDocuments":{}}`, document(`"diagnostic":{"relatedDocumentSupport":true}`)},
		{"workspace/diagnostic", `{"items":[{"kind":"full","uri":"file:///f","version":null,"items":[` + diagnostic(`"tags":[2]`) + `]}]}`, document(`"diagnostic":{"tagSupport":{"valueSet":[2]}}`)},

		{"textDocument/completion", item(`"insertTextFormat":2`), completionItem(`"snippetSupport":true`)},
		{"textDocument/completion", `{"isIncomplete":false,"items":[{"label":"l","labelDetails":{}}]}`, completionItem(`"labelDetailsSupport":true`)},
		{"textDocument/completion", item(`"documentation":{"kind":"markdown","value":""}`), completionItem(`"documentationFormat":["plaintext","markdown"]`)},
		{"textDocument/completion", item(`"tags":[1]`), completionItem(`"tagSupport":{"valueSet":[1]}`)},
		{"textDocument/completion", item(`"deprecated":true`), completionItem(`"deprecatedSupport":true`)},
		{"textDocument/completion", item(`"textEdit":{"newText":"","insert":` + span + `,"replace":` + span + `}`), completionItem(`"insertReplaceSupport":true`)},
		{"textDocument/completion", item(`"commitCharacters":["."]`), completionItem(`"commitCharactersSupport":true`)},
		{"textDocument/completion", item(`"preselect":true`), completionItem(`"preselectSupport":true`)},
		{"textDocument/completion", item(`"insertTextMode":2`), completionItem(`"insertTextModeSupport":{"valueSet":[2]}`)},
		{"textDocument/completion", item(`"kind":19`), document(`"completion":{"completionItemKind":{"valueSet":[1]}}`)},
		{"textDocument/completion", list(`"itemDefaults":{"commitCharacters":["."]}`), completionList("commitCharacters")},
		{"textDocument/completion", list(`"itemDefaults":{"editRange":` + span + `}`), completionList("editRange")},
		{"textDocument/completion", list(`"itemDefaults":{"insertTextFormat":1}`), completionList("insertTextFormat")},
		{"textDocument/completion", list(`"itemDefaults":{"insertTextMode":1}`), completionList("insertTextMode")},
		{"textDocument/completion", list(`"itemDefaults":{"data":1}`), completionList("data")},
		{"textDocument/completion", list(`"applyKind":{}`), document(`"completion":{"completionList":{"applyKindSupport":true}}`)},

		{"textDocument/hover", `{"contents":{"kind":"markdown","value":""}}`, document(`"hover":{"contentFormat":["markdown"]}`)},
		{"textDocument/signatureHelp", `{"signatures":[{"label":"l","documentation":{"kind":"markdown","value":""}}]}`, document(`"signatureHelp":{"signatureInformation":{"documentationFormat":["markdown"]}}`)},
		{"textDocument/signatureHelp", `{"signatures":[{"label":"l","parameters":[{"label":"l","documentation":{"kind":"markdown","value":""}}]}]}`, document(`"signatureHelp":{"signatureInformation":{"documentationFormat":["markdown"]}}`)},
		{"textDocument/signatureHelp", `{"signatures":[{"label":"l","parameters":[{"label":[0,1]}]}]}`, document(`"signatureHelp":{"signatureInformation":{"parameterInformation":{"labelOffsetSupport":true}}}`)},
		{"textDocument/signatureHelp", `{"signatures":[{"label":"l","activeParameter":0}]}`, document(`"signatureHelp":{"signatureInformation":{"activeParameterSupport":true}}`)},
		{"textDocument/definition", `[{"targetUri":"file:///f","targetRange":` + span + `,"targetSelectionRange":` + span + `}]`, document(`"definition":{"linkSupport":true}`)},
		{"textDocument/declaration", `[{"targetUri":"file:///f","targetRange":` + span + `,"targetSelectionRange":` + span + `}]`, document(`"declaration":{"linkSupport":true}`)},
		{"textDocument/typeDefinition", `[{"targetUri":"file:///f","targetRange":` + span + `,"targetSelectionRange":` + span + `}]`, document(`"typeDefinition":{"linkSupport":true}`)},
		{"textDocument/implementation", `[{"targetUri":"file:///f","targetRange":` + span + `,"targetSelectionRange":` + span + `}]`, document(`"implementation":{"linkSupport":true}`)},
		{"textDocument/documentSymbol", `[{"name":"n","kind":1,"range":` + span + `,"selectionRange":` + span + `}]`, document(`"documentSymbol":{"hierarchicalDocumentSymbolSupport":true}`)},
		{"textDocument/documentSymbol", `[{"name":"n","kind":1,"tags":[1],"location":` + location + `}]`, document(`"documentSymbol":{"tagSupport":{"valueSet":[1]}}`)},
		{"textDocument/documentSymbol", `[{"name":"n","kind":25,"location":` + location + `}]`, document(`"documentSymbol":{"symbolKind":{"valueSet":[1]}}`)},
		{"workspace/symbol", `[{"name":"n","kind":1,"tags":[1],"location":` + location + `}]`, workspace(`"symbol":{"tagSupport":{"valueSet":[1]}}`)},
		{"workspace/symbol", `[{"name":"n","kind":25,"location":` + location + `}]`, workspace(`"symbol":{"symbolKind":{"valueSet":[1]}}`)},
		{"workspace/symbol", `[{"name":"n","kind":1,"location":{"uri":"file:///f"}}]`, workspace(`"symbol":{"resolveSupport":{"properties":["location.range"]}}`)},
		{"textDocument/documentLink", `[{"range":` + span + `,"tooltip":"t"}]`, document(`"documentLink":{"tooltipSupport":true}`)},
		{"textDocument/foldingRange", `[{"startLine":0,"endLine":1,"collapsedText":"t"}]`, document(`"foldingRange":{"foldingRange":{"collapsedText":true}}`)},
		{"textDocument/semanticTokens/full", `{"data":[0,0,5,0,0,0,4,5,0,0]}`, document(`"semanticTokens":{"requests":{},"tokenTypes":[],"tokenModifiers":[],"formats":[],"overlappingTokenSupport":true}`)},

		{"textDocument/codeAction", `[{"title":"t","edit":{}}]`, document(`"codeAction":{` + literal + `}`)},
		{"textDocument/codeAction", action(`"isPreferred":true`), document(`"codeAction":{` + literal + `,"isPreferredSupport":true}`)},
		{"textDocument/codeAction", action(`"disabled":{"reason":"r"}`), document(`"codeAction":{` + literal + `,"disabledSupport":true}`)},
		{"textDocument/codeAction", action(`"data":1`), document(`"codeAction":{` + literal + `,"dataSupport":true}`)},
		{"textDocument/codeAction", action(`"tags":[1]`), document(`"codeAction":{` + literal + `,"tagSupport":{"valueSet":[1]}}`)},
		{"textDocument/codeAction", `[{"title":"t"}]`, document(`"codeAction":{` + literal + `,"resolveSupport":{"properties":["edit"]}}`)},
		{"textDocument/codeAction", action(`"edit":` + changeAnnotated), `{"workspace":{"workspaceEdit":{"changeAnnotationSupport":{}}},"textDocument":{"codeAction":{` + literal + `,"honorsChangeAnnotations":true}}}`},
		{"textDocument/rename", changeAnnotated, `{"workspace":{"workspaceEdit":{"changeAnnotationSupport":{}}},"textDocument":{"rename":{"honorsChangeAnnotations":true}}}`},
		{"textDocument/rename", edits(""), workspace(documentChanges)},
		{"textDocument/rename", edit(`{"kind":"create","uri":"file:///f"}`), workspace(`"workspaceEdit":{"documentChanges":true,"resourceOperations":["create"]}`)},
		{"textDocument/rename", edits(`{"range":` + span + `,"newText":"","annotationId":"a"}`), workspace(`"workspaceEdit":{"documentChanges":true,"changeAnnotationSupport":{}}`)},
		{"textDocument/rename", edit(`{"kind":"create","uri":"file:///f","annotationId":"a"}`), workspace(`"workspaceEdit":{"documentChanges":true,"resourceOperations":["create"],"changeAnnotationSupport":{}}`)},
		{"textDocument/rename", edits(`{"range":` + span + `,"snippet":{"kind":"snippet","value":""}}`), workspace(`"workspaceEdit":{"documentChanges":true,"snippetEditSupport":true}`)},
		{"textDocument/prepareRename", `{"defaultBehavior":true}`, document(`"rename":{"prepareSupportDefaultBehavior":1}`)},
	} {
		name := strings.ReplaceAll(strings.TrimPrefix(test.method, "#"), "/", " ") + " " + test.used
		t.Run(name[:min(len(name), 90)], func(t *testing.T) {
			if !json.Valid([]byte(test.enough)) {
				t.Fatalf("no JSON: %s", test.enough)
			}
			found := used(validator, test.method, test.used, `{}`)
			told.WriteString(found + "\n")
			if !strings.Contains(found, "has not announced") && !strings.Contains(found, "which need") {
				t.Errorf("found %q, although nothing was announced", found)
			}
			if found := used(validator, test.method, test.used, test.enough); found != "" {
				t.Errorf("found %q, although it was announced", found)
			}
		})
	}
	for _, u := range uses {
		if need := strings.Join(u.needs, " or "); !strings.Contains(told.String(), need) {
			t.Errorf("no case uses what needs %s", need)
		}
	}
	for method, needs := range refreshes {
		if !strings.Contains(told.String(), strings.Join(needs, " or ")) {
			t.Errorf("no case asks for %s", method)
		}
	}
}

// used returns what a judge finds when a server sends this to a client.
func used(v *Validator, method, content, capabilities string) string {
	session := NewSession(v)
	judged := func(errs []error) string {
		var all []string
		for _, err := range errs {
			all = append(all, err.Error())
		}
		return strings.Join(all, "\n")
	}
	ask := func(id, method, params string) {
		session.Client([]byte(`{"jsonrpc":"2.0","id":` + id + `,"method":"` + method + `","params":` + params + `}`))
	}
	ask("1", "initialize", `{"processId":null,"rootUri":null,"capabilities":`+capabilities+`}`)
	if method == "initialize" {
		return judged(session.Server([]byte(`{"jsonrpc":"2.0","id":1,"result":` + content + `}`)))
	}
	session.Server([]byte(`{"jsonrpc":"2.0","id":1,"result":{"capabilities":{}}}`))
	if call, ok := strings.CutPrefix(method, "#"); ok {
		head := `{"jsonrpc":"2.0",`
		if v.messages[call].Request {
			head += `"id":"s1",`
		}
		if content != "" {
			content = `,"params":` + content
		}
		return judged(session.Server([]byte(head + `"method":"` + call + `"` + content + `}`)))
	}
	ask("2", method, `{}`)
	return judged(session.Server([]byte(`{"jsonrpc":"2.0","id":2,"result":` + content + `}`)))
}

// TestResolved resolves items: what comes late must have been announced.
func TestResolved(t *testing.T) {
	validator := newTestValidator(t)
	for _, test := range []struct{ method, capabilities, item, resolved, want string }{
		{"completionItem/resolve", `{}`, `{"label":"l"}`, `{"label":"l","detail":"d","documentation":"d"}`, ""},
		{"completionItem/resolve", `{}`, `{"label":"l"}`, `{"label":"l","additionalTextEdits":[]}`, "additionalTextEdits: came with resolve"},
		{"completionItem/resolve", `{"textDocument":{"completion":{"completionItem":{"resolveSupport":{"properties":["additionalTextEdits"]}}}}}`, `{"label":"l"}`, `{"label":"l","additionalTextEdits":[]}`, ""},
		{"codeAction/resolve", `{"textDocument":{"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":[]}}}}}`, `{"title":"t"}`, `{"title":"t","edit":{}}`, "edit: came with resolve"},
		{"codeAction/resolve", `{"textDocument":{"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":[]}},"resolveSupport":{"properties":["edit"]}}}}`, `{"title":"t"}`, `{"title":"t","edit":{}}`, ""},
		{"inlayHint/resolve", `{}`, `{"position":{"line":0,"character":0},"label":"l"}`, `{"position":{"line":0,"character":0},"label":"l","tooltip":"t"}`, "tooltip: came with resolve"},
	} {
		session := NewSession(validator)
		session.Client([]byte(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":` + test.capabilities + `}}`))
		session.Server([]byte(`{"jsonrpc":"2.0","id":1,"result":{"capabilities":{}}}`))
		session.Client([]byte(`{"jsonrpc":"2.0","id":2,"method":"` + test.method + `","params":` + test.item + `}`))
		found := fmt.Sprint(session.Server([]byte(`{"jsonrpc":"2.0","id":2,"result":` + test.resolved + `}`)))
		if test.want == "" && found != "[]" || !strings.Contains(found, test.want) {
			t.Errorf("%s %s: found %s, want %q", test.method, test.resolved, found, test.want)
		}
	}
}

// TestPushedAndPulled has a server send the diagnostics of a document that the client
// has asked for: it would show them twice.
func TestPushedAndPulled(t *testing.T) {
	session := NewSession(newTestValidator(t))
	session.Client([]byte(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`))
	session.Server([]byte(`{"jsonrpc":"2.0","id":1,"result":{"capabilities":{}}}`))
	session.Client([]byte(`{"jsonrpc":"2.0","id":2,"method":"textDocument/diagnostic","params":{"textDocument":{"uri":"file:///f"}}}`))
	push := func(uri string) string {
		return fmt.Sprint(session.Server([]byte(`{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"` + uri + `","diagnostics":[]}}`)))
	}
	if found := push("file:///g"); found != "[]" {
		t.Errorf("of another document: %s", found)
	}
	if found := push("file:///f"); !strings.Contains(found, "twice") {
		t.Errorf("found %s", found)
	}
}
