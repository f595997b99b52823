package lsp

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

var update = flag.Bool("update", false, "rewrite the want parts of testdata")

// TestSession runs the archives in testdata/session, each once for every
// encoding of positions. An archive is a tree, and a session with it:
//
//   - A part is a file, named relative to the tree's directory. «name» in it is
//     a mark for the script and not part of the text; «\xff» and «\r» stand for
//     what cannot be written plainly. With " (crlf)" behind the name, lines end
//     in CRLF. A name with a colon is that of a document that is no file. With
//     " (new)" behind the name the part is not on disk until "write".
//   - answers has lines "COMMAND => OUTPUT": what tools have answered. Then no tool
//     is asked.
//   - client has lines "capabilities NAME" (see capabilitiesOf), "options
//     JSON", "settings JSON", "root none".
//   - script has a step on each line, see steps. FILE is a part's name, MARK a
//     mark, RANGE is MARK..MARK or MARK.
//   - want has what is expected: each step with what came of it. Places are
//     line:column, both from 1, columns in bytes, so that one expectation holds
//     for all encodings.
func TestSession(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "session", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		for _, encoding := range []protocol.PositionEncoding{protocol.UTF8, protocol.UTF16, protocol.UTF32} {
			t.Run(name+"/"+string(encoding), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { runArchive(t, file, encoding) })
			})
		}
	}
}

func runArchive(t *testing.T, file string, encoding protocol.PositionEncoding) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	files, later := map[string]string{}, map[string]string{}
	options := clientOptions{encoding: encoding}
	var script, want string
	for _, part := range archive.Files {
		name, text := part.Name, string(part.Data)
		if cut, ok := strings.CutSuffix(name, " (crlf)"); ok {
			name, text = cut, strings.ReplaceAll(text, "\n", "\r\n")
		}
		switch cut, isNew := strings.CutSuffix(name, " (new)"); {
		case isNew:
			later[cut] = text
		case name == "client":
			options.read(t, text)
		case name == "answers":
			answers := macro.NewRecorded(testDir())
			for line := range strings.Lines(text) {
				command, output, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " => ")
				answers.Add(command, output)
			}
			options.recorded = answers
		case name == "script":
			script = text
		case name == "want":
			want = text
		default:
			files[name] = text
		}
	}
	s := &scriptRun{editor: startEditor(t, files, options), later: later, tokens: map[string]sentData{}}
	s.settle()
	for line := range strings.Lines(script) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fmt.Fprintf(&s.out, "> %s\n", line)
		name, rest, _ := strings.Cut(line, " ")
		step := steps[name]
		if step == nil {
			t.Fatalf("no such step: %s", line)
		}
		step(s, rest)
	}
	for _, message := range s.logged() {
		fmt.Fprintf(&s.out, "logged: %s\n", message)
	}
	s.finish()
	got := strings.ReplaceAll(s.out.String(), string(protocol.URIFromPath(s.dir)), "TREE")
	got = strings.ReplaceAll(got, s.dir, "TREE")
	switch {
	case got == want:
	case *update && encoding == protocol.UTF8:
		archive.Files = slices.DeleteFunc(archive.Files, func(part txtar.File) bool { return part.Name == "want" })
		archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
		if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("run with -update to accept (-want +got):\n%s", cmp.Diff(want, got))
	}
}

func (o *clientOptions) read(t *testing.T, text string) {
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch name {
		case "capabilities":
			o.capabilities = capabilitiesOf[value]
			if o.capabilities == "" {
				t.Fatalf("no such client: %s", value)
			}
		case "options":
			o.options = value
		case "settings":
			o.settings = value
		case "root":
			o.root = value
		default:
			t.Fatalf("no such option: %s", line)
		}
	}
}

// capabilitiesOf has kinds of clients.
var capabilitiesOf = map[string]string{
	"full": fullCapabilities,
	"create": `{"general":{"positionEncodings":["ENCODING"]},
		"workspace":{"workspaceEdit":{"documentChanges":true,"resourceOperations":["create"]}}}`,
	"changes": `{"general":{"positionEncodings":["ENCODING"]},
		"textDocument":{"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["quickfix"]}}}}}`,
	"actions": `{"general":{"positionEncodings":["ENCODING"]},
		"workspace":{"workspaceEdit":{"documentChanges":true,"resourceOperations":["create"],"changeAnnotationSupport":{"groupsOnLabel":true}}},
		"textDocument":{"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["","quickfix","refactor","source"]}},
			"isPreferredSupport":true,"disabledSupport":true,"dataSupport":true,"honorsChangeAnnotations":true,"resolveSupport":{"properties":["edit"]}}}}`,
	"unresolving": `{"general":{"positionEncodings":["ENCODING"]},
		"workspace":{"workspaceEdit":{"documentChanges":true}},
		"textDocument":{"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["","quickfix","refactor","source"]}},"disabledSupport":true}}}`,
	"lazy": `{"general":{"positionEncodings":["ENCODING"]},
		"workspace":{"workspaceEdit":{"documentChanges":true,"changeAnnotationSupport":{}}},
		"textDocument":{"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["quickfix","refactor"]}},
			"dataSupport":true,"resolveSupport":{"properties":["edit"]},"honorsChangeAnnotations":true}}}`,
	"applying": `{"general":{"positionEncodings":["ENCODING"]},"workspace":{"applyEdit":true},
		"textDocument":{"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["quickfix","refactor"]}}}}}`,
	"minimal": `{"general":{"positionEncodings":["ENCODING"]}}`,
	"pull": `{"general":{"positionEncodings":["ENCODING"]},
		"workspace":{"diagnostics":{"refreshSupport":true}},
		"textDocument":{"diagnostic":{"relatedDocumentSupport":true},"publishDiagnostics":{"relatedInformation":true}}}`,
	"pull-unrefreshed": `{"general":{"positionEncodings":["ENCODING"]},
		"textDocument":{"diagnostic":{"relatedDocumentSupport":true},"publishDiagnostics":{"relatedInformation":true}}}`,
	"refresh": `{"general":{"positionEncodings":["ENCODING"]},
		"workspace":{"inlayHint":{"refreshSupport":true},"codeLens":{"refreshSupport":true},"didChangeWatchedFiles":{"dynamicRegistration":true}},
		"textDocument":{"hover":{"contentFormat":["markdown"]}}}`,
	"gates": `{"general":{"positionEncodings":["ENCODING"]},
		"workspace":{"inlayHint":{"refreshSupport":true},"codeLens":{"refreshSupport":true},"semanticTokens":{"refreshSupport":true},
			"didChangeWatchedFiles":{"dynamicRegistration":true}},
		"textDocument":{"hover":{"contentFormat":["markdown"]},
			"completion":{"completionItem":{"labelDetailsSupport":true,"tagSupport":{"valueSet":[1]},"documentationFormat":["markdown"]}},
			"documentSymbol":{"hierarchicalDocumentSymbolSupport":true}}}`,
	"defaults": `{"general":{"positionEncodings":["ENCODING"]},
		"textDocument":{"completion":{"completionList":{"itemDefaults":["editRange"]},"completionItem":{"insertReplaceSupport":true}}}}`,
}

// scriptRun is a script that is being run.
type scriptRun struct {
	*editor
	out    strings.Builder
	later  map[string]string
	tokens map[string]sentData // by file
	pulled map[string]string   // result ids by file
}

func (s *scriptRun) printf(format string, args ...any) {
	fmt.Fprintf(&s.out, "\t"+format+"\n", args...)
}

// ask sends a request and decodes its answer, or prints the error.
func (s *scriptRun) ask(method string, params, result any) bool {
	s.t.Helper()
	if err := s.try(method, params, result); err != nil {
		s.printf("error %v", err)
		return false
	}
	return true
}

// steps are what a script can do.
var steps = map[string]func(s *scriptRun, rest string){
	// Documents and files.
	"open":   func(s *scriptRun, file string) { s.openFile(file) },
	"close":  func(s *scriptRun, file string) { s.closeFile(file) },
	"settle": func(s *scriptRun, _ string) { s.settle() },
	"refreshes": func(s *scriptRun, _ string) { // what the server asked to ask again since
		s.settle()
		s.mu.Lock()
		defer s.mu.Unlock()
		slices.Sort(s.refreshed)
		s.printf("%q", slices.Compact(s.refreshed))
		s.refreshed = nil
	},
	"save": func(s *scriptRun, file string) { s.saveFile(file) },
	"edit": editStep, // RANGE "TEXT" [; RANGE "TEXT"]...
	"text": func(s *scriptRun, file string) { // FILE: what the editor shows
		for line := range strings.Lines(s.buffers[s.uri(file)].text) {
			s.printf("%q", line)
		}
	},
	"write": func(s *scriptRun, file string) { // FILE: the (new) part goes to disk
		text, ok := s.later[file]
		if !ok {
			s.t.Fatalf("no part %s (new)", file)
		}
		s.changeOnDisk(file, text)
	},
	"delete": func(s *scriptRun, file string) { s.changeOnDisk(file, "") },
	"watched": func(s *scriptRun, files string) { // FILE...: tell that they changed
		s.watched(strings.Fields(files)...)
		s.settle()
	},
	"settings": func(s *scriptRun, settings string) { // JSON: the user changes settings
		s.mu.Lock()
		s.testClient.settings = json.RawMessage(settings)
		s.mu.Unlock()
		s.notify(protocol.MethodDidChangeConfiguration, map[string]any{"settings": map[string]any{"kconfig": json.RawMessage(settings)}})
		s.settle()
	},

	// Navigation.
	"definition":     func(s *scriptRun, mark string) { s.targets(protocol.MethodDefinition, mark) },
	"declaration":    func(s *scriptRun, mark string) { s.targets(protocol.MethodDeclaration, mark) },
	"implementation": func(s *scriptRun, mark string) { s.targets(protocol.MethodImplementation, mark) },
	"references":     referencesStep, // MARK [only]
	"highlight":      highlightStep,
	"hover":          hoverStep,
	"search":         searchStep, // QUERY

	// Writing.
	"complete":  completeStep, // MARK LABEL...
	"resolve":   resolveStep,  // MARK LABEL
	"signature": signatureStep,
	"prepare":   prepareStep,
	"rename":    renameStep,        // MARK NAME
	"fixes":     fixesStep,         // RANGE [KIND] [automatic]
	"format":    formatStep,        // FILE | RANGE | MARK "TYPED"
	"action":    resolveActionStep, // RANGE TITLE
	"stale":     staleActionStep,   // RANGE EDITED-RANGE TITLE

	// Documents.
	"symbols":   symbolsStep,
	"links":     linksStep,
	"folding":   foldingStep,
	"selection": selectionStep, // MARK...
	"tokens":    tokensStep,
	"delta":     deltaStep,
	"range":     tokenRangeStep, // RANGE
	"hints":     hintsStep,      // FILE or RANGE
	"lenses":    lensesStep,
	"calls":     callsStep, // MARK

	// Configurations.
	"menu":        menuStep,     // [PROMPT] [ depth N]
	"set":         setStep,      // [FILE] CHANGE...
	"why":         whyStep,      // SYMBOL [origin] [config=FILE]
	"rust":        rustStep,     // [config=FILE|brief]
	"enable":      enableStep,   // SYMBOL[=VALUE]...
	"enabling":    enablingStep, // MARK: the code action, carried out
	"save-config": saveStep,

	// Diagnostics and views.
	"diagnostics": diagnosticsStep, // FILE: those that were pushed
	"pull":        pullStep,
	"pull-all":    pullAllStep,
	"toolchain":   toolchainStep, // [FILE]
	"views":       func(s *scriptRun, _ string) { s.views(methodViews, struct{}{}) },
	"view": func(s *scriptRun, rest string) { // ARCH [FILE]
		arch, file, _ := strings.Cut(rest, " ")
		params := setViewParams{Arch: arch}
		if file != "" {
			params.URI = s.uri(file)
		}
		s.views(methodSetView, params)
		s.settle()
	},
}

// toolchainStep shows the tools and questions of a tree.
func toolchainStep(s *scriptRun, file string) {
	var p configurationParams
	if file != "" {
		p.TextDocument = &protocol.TextDocumentIdentifier{URI: s.uri(file)}
	}
	var result toolchainResult
	if !s.ask(methodToolchain, p, &result) {
		return
	}
	s.printf("version %d of %s, %s, trust %s", result.Version, s.name(result.Root), result.Arch, result.Trust)
	for _, t := range result.Tools {
		s.printf("%s %s: %s %s %s", t.Variable, t.Command, t.State, t.Version, t.Reason)
	}
	for _, q := range result.Questions {
		if q.Known {
			s.printf("%s: %s: %q", q.Command, q.Source, *q.Output)
		} else {
			s.printf("%s: %s: %s", q.Command, q.Source, q.Reason)
		}
	}
}

// editStep sends one notification with all of its edits.
func editStep(s *scriptRun, rest string) {
	var edits []edit
	for one := range strings.SplitSeq(rest, " ; ") {
		marks, quoted, _ := strings.Cut(one, " ")
		text, err := strconv.Unquote(quoted)
		if err != nil {
			s.t.Fatalf("%s: %v", one, err)
		}
		edits = append(edits, edit{marks, text})
	}
	s.change(edits...)
}
