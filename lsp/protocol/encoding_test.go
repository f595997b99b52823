package protocol_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

func ptr[T any](v T) *T { return &v }

// TestEncoding compares structures with what must be on the wire. Most rows are
// about zero values: arrays that must not be null, unions, and members that must
// or must not be there.
func TestEncoding(t *testing.T) {
	at := protocol.Range{Start: protocol.Position{Line: 1, Character: 2}, End: protocol.Position{Line: 3, Character: 4}}
	const atJSON = `{"start":{"line":1,"character":2},"end":{"line":3,"character":4}}`
	const zero = `{"start":{"line":0,"character":0},"end":{"line":0,"character":0}}`
	for _, test := range []struct {
		v    any
		want string
	}{
		// Arrays.
		{protocol.PublishDiagnosticsParams{URI: "file:///a"}, `{"uri":"file:///a","diagnostics":[]}`},
		{protocol.CompletionList{}, `{"isIncomplete":false,"items":[]}`},
		{protocol.SemanticTokens{}, `{"data":[]}`},
		{&protocol.SemanticTokens{ResultID: "1", Data: []uint32{0, 4294967295}}, `{"resultId":"1","data":[0,4294967295]}`},
		{protocol.SemanticTokensDelta{}, `{"edits":[]}`},
		{protocol.SemanticTokensDelta{Edits: []protocol.SemanticTokensEdit{{Start: 5}}}, `{"edits":[{"start":5,"deleteCount":0}]}`},
		{protocol.SignatureHelp{}, `{"signatures":[]}`},
		{protocol.InlayHint{}, `{"position":{"line":0,"character":0},"label":[]}`},
		{protocol.CallHierarchyOutgoingCall{}, `{"to":{"name":"","kind":0,"uri":"","range":` + zero + `,"selectionRange":` + zero + `},"fromRanges":[]}`},
		{protocol.LinkedEditingRanges{}, `{"ranges":[]}`},
		{protocol.RegistrationParams{}, `{"registrations":[]}`},
		{protocol.UnregistrationParams{}, `{"unregisterations":[]}`},
		{protocol.ConfigurationParams{}, `{"items":[]}`},
		{protocol.WorkspaceDiagnosticReport{}, `{"items":[]}`},
		{protocol.SemanticTokensLegend{}, `{"tokenTypes":[],"tokenModifiers":[]}`},
		{protocol.ExecuteCommandOptions{}, `{"commands":[]}`},
		{protocol.TextDocumentEdit{TextDocument: protocol.OptionalVersionedTextDocumentIdentifier{URI: "file:///a"}},
			`{"textDocument":{"uri":"file:///a","version":null},"edits":[]}`},

		// Tokens.
		{protocol.WorkDoneProgressCancelParams{Token: protocol.StringToken("a\"<")}, `{"token":"a\"\u003c"}`},
		{protocol.WorkDoneProgressCreateParams{Token: protocol.IntToken(-7)}, `{"token":-7}`},
		{protocol.HoverParams{}, `{"textDocument":{"uri":""},"position":{"line":0,"character":0}}`},
		{protocol.ProgressParams{Token: protocol.StringToken("t"), Value: protocol.WorkDoneProgressBegin{Title: "Loading", Percentage: ptr(uint32(0))}},
			`{"token":"t","value":{"kind":"begin","title":"Loading","percentage":0}}`},
		{protocol.ProgressParams{Token: protocol.StringToken("t"), Value: protocol.WorkDoneProgressReport{Message: "half"}},
			`{"token":"t","value":{"kind":"report","message":"half"}}`},
		{protocol.ProgressParams{Token: protocol.StringToken("t"), Value: protocol.WorkDoneProgressEnd{}},
			`{"token":"t","value":{"kind":"end"}}`},

		// Diagnostics.
		{protocol.PublishDiagnosticsParams{Version: ptr(int32(-1)), Diagnostics: []protocol.Diagnostic{{
			Range: at, Severity: protocol.SeverityWarning, Code: "K001", CodeDescription: &protocol.CodeDescription{HRef: "https://x"},
			Source: "kconfig", Message: "m", Tags: []protocol.DiagnosticTag{protocol.TagUnnecessary},
			RelatedInformation: []protocol.DiagnosticRelatedInformation{{Location: protocol.Location{URI: "file:///b"}, Message: "here"}},
			Data:               protocol.RawData(map[string]int{"x": 1}),
		}}}, `{"uri":"","version":-1,"diagnostics":[{"range":` + atJSON + `,"severity":2,"code":"K001","codeDescription":{"href":"https://x"},` +
			`"source":"kconfig","message":"m","tags":[1],"relatedInformation":[{"location":{"uri":"file:///b","range":` + zero + `},"message":"here"}],"data":{"x":1}}]}`},
		{protocol.DocumentDiagnosticReport{}, `{"kind":"full","items":[]}`},
		{protocol.DocumentDiagnosticReport{
			DiagnosticReport: protocol.DiagnosticReport{Unchanged: true, ResultID: "5"},
			RelatedDocuments: map[protocol.DocumentURI]protocol.DiagnosticReport{"file:///b": {ResultID: "6"}},
		}, `{"kind":"unchanged","resultId":"5","relatedDocuments":{"file:///b":{"kind":"full","resultId":"6","items":[]}}}`},
		{protocol.WorkspaceDocumentDiagnosticReport{URI: "file:///a"}, `{"kind":"full","items":[],"uri":"file:///a","version":null}`},
		{protocol.WorkspaceDocumentDiagnosticReport{
			DiagnosticReport: protocol.DiagnosticReport{Unchanged: true, ResultID: "5"}, URI: "file:///a", Version: ptr(int32(3)),
		}, `{"kind":"unchanged","resultId":"5","uri":"file:///a","version":3}`},

		// Completion.
		{protocol.CompletionItem{Label: "NET", TextEdit: protocol.ReplaceRange(at, "NET")},
			`{"label":"NET","textEdit":{"range":` + atJSON + `,"newText":"NET"}}`},
		{protocol.CompletionItem{Label: "NET", TextEdit: &protocol.CompletionTextEdit{NewText: "NET", Insert: protocol.Range{}, Replace: at}},
			`{"label":"NET","textEdit":{"newText":"NET","insert":` + zero + `,"replace":` + atJSON + `}}`},
		{protocol.CompletionItemDefaults{EditRange: &protocol.CompletionEditRange{Insert: at, Replace: at}}, `{"editRange":` + atJSON + `}`},
		{protocol.CompletionItemDefaults{EditRange: &protocol.CompletionEditRange{Replace: at}},
			`{"editRange":{"insert":` + zero + `,"replace":` + atJSON + `}}`},
		{protocol.CompletionItem{Label: "X", LabelDetails: &protocol.CompletionItemLabelDetails{Description: "d"}, Kind: protocol.CompletionConstant,
			Documentation: &protocol.MarkupContent{Kind: protocol.Markdown, Value: "*"}, InsertTextFormat: protocol.InsertSnippet},
			`{"label":"X","labelDetails":{"description":"d"},"kind":21,"documentation":{"kind":"markdown","value":"*"},"insertTextFormat":2}`},

		// Edits.
		{protocol.WorkspaceEdit{}, `{}`},
		{protocol.WorkspaceEdit{Changes: map[protocol.DocumentURI]protocol.List[protocol.TextEdit]{"file:///a": nil}}, `{"changes":{"file:///a":[]}}`},
		{protocol.WorkspaceEdit{
			DocumentChanges: []protocol.DocumentChange{
				{Edit: &protocol.TextDocumentEdit{
					TextDocument: protocol.OptionalVersionedTextDocumentIdentifier{URI: "file:///a", Version: ptr(int32(2))},
					Edits:        []protocol.TextEdit{{Range: at, NewText: "n", AnnotationID: "x"}},
				}},
				{Create: &protocol.CreateFile{URI: "file:///c"}},
				{Rename: &protocol.RenameFile{OldURI: "file:///d", NewURI: "file:///e", Options: &protocol.RenameFileOptions{Overwrite: true}}},
				{Delete: &protocol.DeleteFile{URI: "file:///f", AnnotationID: "x"}},
			},
			ChangeAnnotations: map[string]protocol.ChangeAnnotation{"x": {Label: "l", NeedsConfirmation: true}},
		}, `{"documentChanges":[` +
			`{"textDocument":{"uri":"file:///a","version":2},"edits":[{"range":` + atJSON + `,"newText":"n","annotationId":"x"}]},` +
			`{"kind":"create","uri":"file:///c"},` +
			`{"kind":"rename","oldUri":"file:///d","newUri":"file:///e","options":{"overwrite":true}},` +
			`{"kind":"delete","uri":"file:///f","annotationId":"x"}],` +
			`"changeAnnotations":{"x":{"label":"l","needsConfirmation":true}}}`},

		// Watching.
		{protocol.DidChangeWatchedFilesRegistrationOptions{Watchers: []protocol.FileSystemWatcher{
			{GlobPattern: protocol.GlobPattern{Pattern: "**/Kconfig*"}},
			{GlobPattern: protocol.GlobPattern{BaseURI: "file:///a", Pattern: ".config"}, Kind: protocol.WatchChange | protocol.WatchDelete},
		}}, `{"watchers":[{"globPattern":"**/Kconfig*"},{"globPattern":{"baseUri":"file:///a","pattern":".config"},"kind":6}]}`},
		{protocol.ConfigurationItem{Section: "kconfig"}, `{"section":"kconfig"}`},
		{protocol.WorkspaceSymbolLocation{URI: "file:///a"}, `{"uri":"file:///a"}`},

		// Capabilities of the server.
		{protocol.ServerCapabilities{}, `{}`},
		{protocol.InitializeResult{
			Capabilities: protocol.ServerCapabilities{
				PositionEncoding:       protocol.UTF8,
				TextDocumentSync:       &protocol.TextDocumentSyncOptions{OpenClose: true, Change: protocol.SyncIncremental, Save: &protocol.SaveOptions{}},
				CodeActionProvider:     &protocol.CodeActionOptions{},
				RenameProvider:         &protocol.RenameOptions{},
				InlayHintProvider:      &protocol.ResolveOptions{},
				DiagnosticProvider:     &protocol.DiagnosticOptions{},
				SemanticTokensProvider: &protocol.SemanticTokensOptions{Full: &protocol.SemanticTokensFullOptions{}},
			},
			ServerInfo: &protocol.ProgramInfo{Name: "kconfig-ls"},
		}, `{"capabilities":{"positionEncoding":"utf-8","textDocumentSync":{"openClose":true,"change":2,"save":{}},"codeActionProvider":true,"renameProvider":true,` +
			`"semanticTokensProvider":{"legend":{"tokenTypes":[],"tokenModifiers":[]},"full":{}},"inlayHintProvider":{},` +
			`"diagnosticProvider":{"interFileDependencies":false,"workspaceDiagnostics":false}},"serverInfo":{"name":"kconfig-ls"}}`},
		{protocol.CodeActionOptions{CodeActionKinds: []protocol.CodeActionKind{protocol.QuickFix}}, `{"codeActionKinds":["quickfix"]}`},
		{protocol.RenameOptions{PrepareProvider: true}, `{"prepareProvider":true}`},
		{protocol.LogTraceParams{Message: "m"}, `{"message":"m"}`},
		{protocol.SetTraceParams{Value: protocol.TraceMessages}, `{"value":"messages"}`},
	} {
		got, err := json.Marshal(test.v)
		if err != nil {
			t.Errorf("%T: %v", test.v, err)
			continue
		}
		if string(got) != test.want {
			t.Errorf("%T:\n got %s\nwant %s", test.v, got, test.want)
		}
	}
	if _, err := json.Marshal(protocol.DocumentChange{}); err == nil {
		t.Error("an empty document change was encoded")
	}
}

// TestRoundTrip decodes what clients send, or send back, and encodes it again.
// Nothing may be lost. Several of these lose their value in glsp.
func TestRoundTrip(t *testing.T) {
	const at = `{"start":{"line":1,"character":2},"end":{"line":3,"character":4}}`
	const doc = `"textDocument":{"uri":"file:///a"}`
	for _, test := range []struct {
		v  any // a pointer
		in string
	}{
		{new(protocol.HoverParams), `{` + doc + `,"position":{"line":1,"character":2},"workDoneToken":"t"}`},
		{new(protocol.ReferenceParams), `{` + doc + `,"position":{"line":1,"character":2},"workDoneToken":5,"context":{"includeDeclaration":true}}`},
		{new(protocol.WorkDoneProgressCancelParams), `{"token":"t"}`},
		{new(protocol.WorkDoneProgressCancelParams), `{"token":-2147483648}`},
		{new(protocol.WorkDoneProgressCancelParams), `{"token":null}`},
		{new(protocol.Diagnostic), `{"range":` + at + `,"severity":1,"code":"K1","source":"s","message":"m","tags":[2],"data":{"b":[1,null],"a":2}}`},
		{new(protocol.DidChangeTextDocumentParams), `{"textDocument":{"uri":"file:///a","version":-3},"contentChanges":[{"range":` + at + `,"text":"x"},{"text":"whole"}]}`},
		{new(protocol.CompletionItem), `{"label":"a","labelDetails":{"detail":"d"},"kind":6,"documentation":{"kind":"plaintext","value":"v"},"textEdit":{"range":` + at + `,"newText":"n"},"data":[1]}`},
		{new(protocol.CompletionTextEdit), `{"newText":"n","insert":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"replace":` + at + `}`},
		{new(protocol.CompletionEditRange), at},
		{new(protocol.CompletionEditRange), `{"insert":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"replace":` + at + `}`},
		{new(protocol.WorkspaceEdit), `{"documentChanges":[{"textDocument":{"uri":"file:///a","version":null},"edits":[{"range":` + at + `,"newText":"","annotationId":"i"}]},` +
			`{"kind":"create","uri":"file:///a"},{"kind":"rename","oldUri":"file:///a","newUri":"file:///b"},{"kind":"delete","uri":"file:///a","options":{"recursive":true}}]}`},
		{new(protocol.CodeAction), `{"title":"t","kind":"quickfix","diagnostics":[{"range":` + at + `,"code":"K1","message":"m"}],"isPreferred":true,"edit":{"changes":{"file:///a":[]}},"data":7}`},
		{new(protocol.DocumentDiagnosticReport), `{"kind":"unchanged","resultId":"1","relatedDocuments":{"file:///b":{"kind":"full","items":[]}}}`},
		{new(protocol.WorkspaceDocumentDiagnosticReport), `{"kind":"full","resultId":"1","items":[{"range":` + at + `,"message":"m"}],"uri":"file:///a","version":4}`},
		{new(protocol.FileSystemWatcher), `{"globPattern":"**/x"}`},
		{new(protocol.FileSystemWatcher), `{"globPattern":{"baseUri":"file:///a","pattern":"x"},"kind":7}`},
		{new(protocol.CallHierarchyCallsParams), `{"item":{"name":"n","kind":8,"uri":"file:///a","range":` + at + `,"selectionRange":` + at + `,"data":{"id":1}}}`},
		{new(protocol.SignatureHelpParams), `{` + doc + `,"position":{"line":1,"character":2},"context":{"triggerKind":2,"triggerCharacter":"(","isRetrigger":true,"activeSignatureHelp":{"signatures":[{"label":"f(a)","parameters":[{"label":"a","documentation":{"kind":"markdown","value":"v"}}]}],"activeSignature":0,"activeParameter":0}}}`},
		{new(protocol.ExecuteCommandParams), `{"command":"c","arguments":[{"x":1},2,null]}`},
	} {
		if err := json.Unmarshal([]byte(test.in), test.v); err != nil {
			t.Errorf("%T: %v", test.v, err)
			continue
		}
		got, err := json.Marshal(test.v)
		if err != nil {
			t.Errorf("%T: %v", test.v, err)
			continue
		}
		var want, back any
		if json.Unmarshal([]byte(test.in), &want) != nil || json.Unmarshal(got, &back) != nil {
			t.Fatalf("%T: bad test", test.v)
		}
		if diff := cmp.Diff(want, back); diff != "" {
			t.Errorf("%T (-in +out):\n%s", test.v, diff)
		}
	}
}

// TestForeignDiagnostics decodes diagnostics that this server would never send.
func TestForeignDiagnostics(t *testing.T) {
	for in, want := range map[string]protocol.Diagnostic{
		`{"code":404,"message":"m"}`:                               {Code: "404", Message: "m"},
		`{"code":-1.5,"message":"m"}`:                              {Code: "-1.5", Message: "m"},
		`{"code":{"value":1},"message":"m"}`:                       {Message: "m"},
		`{"code":null,"message":null}`:                             {},
		`{"message":{"kind":"markdown","value":"*m*"}}`:            {Message: "*m*"},
		`{"severity":3,"unknown":[1],"message":"m","source":null}`: {Severity: protocol.SeverityInformation, Message: "m"},
	} {
		var got protocol.Diagnostic
		if err := json.Unmarshal([]byte(in), &got); err != nil {
			t.Errorf("%s: %v", in, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", in, diff)
		}
	}
}

func TestTokens(t *testing.T) {
	var a, b protocol.Token
	if !a.IsZero() || json.Unmarshal([]byte(`"\u0061"`), &a) != nil || json.Unmarshal([]byte(`"a"`), &b) != nil || a != b || a != protocol.StringToken("a") {
		t.Error("two spellings of a token differ", a, b)
	}
	if protocol.StringToken("1") == protocol.IntToken(1) {
		t.Error("a string and a number are equal")
	}
	for _, in := range []string{"{}", "[]", "1.5", "true"} {
		if err := json.Unmarshal([]byte(in), &a); err == nil {
			t.Errorf("%s was taken for a token", in)
		}
	}
}

// TestMethodsOfCapabilities fills everything in, and expects that nothing is
// promised that is not told, and the reverse.
func TestMethodsOfCapabilities(t *testing.T) {
	if got := new(protocol.ServerCapabilities).Methods(); len(got) > 0 {
		t.Error(got)
	}
	var all protocol.ServerCapabilities
	fill(reflect.ValueOf(&all).Elem())
	methods := all.Methods()
	seen := make(map[string]bool)
	for _, m := range methods {
		if seen[m] {
			t.Errorf("%s twice", m)
		}
		seen[m] = true
	}
	// Take each capability away, one by one. Something must go with it.
	v := reflect.ValueOf(&all).Elem()
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if name == "PositionEncoding" {
			continue
		}
		kept := reflect.New(v.Field(i).Type()).Elem()
		kept.Set(v.Field(i))
		v.Field(i).SetZero()
		if len(all.Methods()) >= len(methods) {
			t.Errorf("%s promises nothing", name)
		}
		v.Field(i).Set(kept)
	}
}

// fill sets everything below v to something that is not zero.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int32:
		v.SetInt(2)
	case reflect.String:
		v.SetString("x")
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	}
}

func TestErrorCodes(t *testing.T) {
	for code, want := range map[protocol.ErrorCode]string{
		-32002: "ServerNotInitialized", -32800: "RequestCancelled", -32801: "ContentModified", -32802: "ServerCancelled", -32803: "RequestFailed",
		-32700: "ParseError", -32600: "InvalidRequest", -32601: "MethodNotFound", -32602: "InvalidParams", -32603: "InternalError", 5: "ErrorCode(5)",
	} {
		if code.String() != want {
			t.Errorf("%d is %s", int32(code), code)
		}
	}
	if got := protocol.Errorf(protocol.RequestFailed, "no %s", "luck").Error(); got != "RequestFailed: no luck" {
		t.Error(got)
	}
}
