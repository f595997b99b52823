package conformance

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
)

var words = regexp.MustCompile(`[A-Za-z0-9_]+|[^\sA-Za-z0-9_]+`)

// file opens a file, asks everything about it, changes it, and closes it.
func (s *session) file(path string, offers func(string) bool) {
	text, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	document := object{"uri": fileURI(path)}
	whole := object{"start": object{"line": 0, "character": 0}, "end": object{"line": len(lines), "character": 0}}
	s.notify("textDocument/didOpen", object{"textDocument": object{
		"uri": fileURI(path), "languageId": "kconfig", "version": 1, "text": string(text),
	}})

	// What is asked of a file.
	about := func() {
		for feature, method := range map[string]string{
			"documentSymbolProvider": "textDocument/documentSymbol",
			"foldingRangeProvider":   "textDocument/foldingRange",
			"diagnosticProvider":     "textDocument/diagnostic",
		} {
			if offers(feature) {
				s.ask(method, object{"textDocument": document})
			}
		}
		if offers("documentLinkProvider") {
			var links []json.RawMessage
			unmarshal(s.t, s.ask("textDocument/documentLink", object{"textDocument": document}), &links)
		}
		if offers("codeLensProvider") {
			var lenses []json.RawMessage
			unmarshal(s.t, s.ask("textDocument/codeLens", object{"textDocument": document}), &lenses)
			for i, lens := range lenses {
				if offers("codeLensProvider.resolveProvider") && i < 9 {
					s.ask("codeLens/resolve", lens)
				}
			}
		}
		if offers("inlayHintProvider") {
			s.ask("textDocument/inlayHint", object{"textDocument": document, "range": whole})
		}
		if offers("codeActionProvider") {
			for _, context := range []object{{"diagnostics": s.diagnostics(path)}, {"diagnostics": s.diagnostics(path), "only": []string{"source"}}} {
				var actions []json.RawMessage
				unmarshal(s.t, s.ask("textDocument/codeAction", object{"textDocument": document, "range": whole, "context": context}), &actions)
				for _, action := range actions {
					if offers("codeActionProvider.resolveProvider") {
						s.call("codeAction/resolve", action) // refused if it would change a meaning
					}
				}
			}
		}
		options := object{"tabSize": 8, "insertSpaces": false}
		if offers("documentFormattingProvider") {
			s.ask("textDocument/formatting", object{"textDocument": document, "options": options})
		}
		if offers("documentRangeFormattingProvider") {
			s.ask("textDocument/rangeFormatting", object{"textDocument": document, "range": whole, "options": options})
		}
		if offers("semanticTokensProvider") {
			var tokens struct{ ResultID string }
			unmarshal(s.t, s.ask("textDocument/semanticTokens/full", object{"textDocument": document}), &tokens)
			if offers("semanticTokensProvider.range") {
				s.ask("textDocument/semanticTokens/range", object{"textDocument": document, "range": whole})
			}
			if offers("semanticTokensProvider.full.delta") {
				s.ask("textDocument/semanticTokens/full/delta", object{"textDocument": document, "previousResultId": tokens.ResultID})
			}
		}
	}
	about()

	// What is asked of a place: every word, and the end of each line.
	for number, line := range lines {
		places := words.FindAllStringIndex(line, -1)
		places = append(places, []int{len(line), len(line)})
		for i, place := range places {
			position := object{"line": number, "character": place[0]}
			at := object{"textDocument": document, "position": position}
			for feature, method := range map[string]string{
				"hoverProvider":             "textDocument/hover",
				"definitionProvider":        "textDocument/definition",
				"declarationProvider":       "textDocument/declaration",
				"typeDefinitionProvider":    "textDocument/typeDefinition",
				"implementationProvider":    "textDocument/implementation",
				"documentHighlightProvider": "textDocument/documentHighlight",
				"signatureHelpProvider":     "textDocument/signatureHelp",
			} {
				if offers(feature) {
					s.ask(method, at)
				}
			}
			if (number+i)%3 != 0 {
				continue // the rest of the answers is large
			}
			s.ask("textDocument/references", object{"textDocument": document, "position": position, "context": object{"includeDeclaration": i%2 == 0}})
			s.ask("textDocument/selectionRange", object{"textDocument": document, "positions": []object{position}})
			if offers("callHierarchyProvider") {
				var items []json.RawMessage
				unmarshal(s.t, s.ask("textDocument/prepareCallHierarchy", at), &items)
				for _, item := range items {
					s.ask("callHierarchy/incomingCalls", object{"item": item})
					s.ask("callHierarchy/outgoingCalls", object{"item": item})
				}
			}
			s.completion(document, position, offers("completionProvider.resolveProvider"))
			// A refusal is an answer here.
			if offers("renameProvider.prepareProvider") {
				s.call("textDocument/prepareRename", at)
			}
			s.call("textDocument/rename", object{"textDocument": document, "position": position, "newName": "A_NEW_NAME"})
		}
	}

	// Edits, good and bad, and what is asked then.
	change := func(version int, changes ...object) {
		s.notify("textDocument/didChange", object{"textDocument": object{"uri": fileURI(path), "version": version}, "contentChanges": changes})
	}
	middle := object{"line": len(lines) / 2, "character": 0}
	change(2, object{"range": object{"start": middle, "end": middle}, "text": "menu \"é😀\"\nconfig\n\tdepends on (\n"})
	about()
	change(3,
		object{"range": whole, "text": ""},
		object{"text": "config X\n\tbool \"x\"\n\tdepends on Y\n"},
		object{"range": object{"start": object{"line": 2, "character": 12}, "end": object{"line": 2, "character": 13}}, "text": "NOWHERE"})
	about()
	change(4, object{"text": string(text)})
	s.notify("textDocument/didSave", object{"textDocument": document})
	about()
	s.notify("textDocument/didClose", object{"textDocument": document})
}

// completion asks for completions and has the first and last of them resolved.
func (s *session) completion(document, position object, resolve bool) {
	raw := s.ask("textDocument/completion", object{"textDocument": document, "position": position, "context": object{"triggerKind": 1}})
	var list struct{ Items []json.RawMessage }
	if len(raw) > 0 && raw[0] == '[' {
		unmarshal(s.t, raw, &list.Items)
	} else {
		unmarshal(s.t, raw, &list)
	}
	for i, item := range list.Items {
		if resolve && (i == 0 || i == len(list.Items)-1) {
			s.ask("completionItem/resolve", item)
		}
	}
}

// diagnostics returns the latest published diagnostics of a file.
func (s *session) diagnostics(path string) []json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	var params struct{ Diagnostics []json.RawMessage }
	if raw := s.latest[fileURI(path)]; raw != nil {
		unmarshal(s.t, raw, &params)
	}
	if params.Diagnostics == nil {
		return []json.RawMessage{}
	}
	return params.Diagnostics
}

// oddities are what clients send now and then; the session must go on.
func (s *session) oddities(path string) {
	nowhere := object{"uri": "file:///there/is/no/such/Kconfig"}
	far := object{"line": 1 << 20, "character": 1 << 20}
	s.call("textDocument/hover", object{"textDocument": nowhere, "position": far})
	s.call("textDocument/hover", object{"textDocument": object{"uri": "untitled:Untitled-1"}, "position": far})
	s.ask("textDocument/hover", object{"textDocument": object{"uri": fileURI(path)}, "position": far})
	s.notify("$/cancelRequest", object{"id": 1 << 20})
	s.notify("$/setTrace", object{"value": "off"})
	s.notify("textDocument/didClose", object{"textDocument": nowhere})
	s.notify("workspace/didChangeConfiguration", object{"settings": nil})
	s.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": fileURI(path), "type": 2}}})
	var tools struct {
		Version          int
		Trust            string
		Tools, Questions []any
	}
	unmarshal(s.t, s.ask("kconfig/toolchain", object{"textDocument": object{"uri": fileURI(path)}}), &tools)
	if tools.Version != 1 || tools.Trust != "none" || tools.Tools == nil || tools.Questions == nil {
		s.t.Errorf("kconfig/toolchain: %+v", tools)
	}
	if r := s.call("kconfig/noSuchMethod", nil); r.Error == nil || r.Error.Code != -32601 {
		s.t.Errorf("an unknown method is answered with %+v", r)
	}
}
