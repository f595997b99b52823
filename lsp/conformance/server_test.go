package conformance

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
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

// A session is a client and the server that it started.
type session struct {
	t         *testing.T
	validator *Validator
	judge     *Session
	root      string
	cmd       *exec.Cmd
	in        io.WriteCloser

	mu      sync.Mutex
	sent    map[string]string          // method of each request, by id
	waiting map[string]chan response   // who waits for it
	counts  map[string]int             // messages of the server, by what they are
	latest  map[string]json.RawMessage // the latest diagnostics, by URI
	done    chan struct{}              // closed when the server writes no more
	nextID  int
}

type response struct {
	Result json.RawMessage
	Error  *struct {
		Code    int
		Message string
	}
}

func newSession(t *testing.T, binary, root string) *session {
	cmd := exec.Command(binary, "serve")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "ARCH=x86")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &session{
		t: t, validator: newTestValidator(t), root: root, cmd: cmd, in: in,
		sent: map[string]string{}, waiting: map[string]chan response{}, counts: map[string]int{},
		latest: map[string]json.RawMessage{}, done: make(chan struct{}),
	}
	s.judge = NewSession(s.validator)
	t.Cleanup(func() {
		in.Close()
		if cmd.ProcessState == nil {
			cmd.Process.Kill()
			<-s.done
			cmd.Wait()
		}
		if t.Failed() && stderr.Len() > 0 {
			t.Logf("the server's standard error:\n%s", stderr.String())
		}
	})
	go s.read(bufio.NewReader(out))
	return s
}

// read takes all messages of the server, judges them, and answers its requests.
func (s *session) read(out *bufio.Reader) {
	defer close(s.done)
	wrong := 0
	defer func() {
		if wrong > 0 {
			s.t.Logf("%d messages are wrong", wrong)
		}
	}()
	for {
		message, err := readMessage(out)
		if err != nil {
			if !errors.Is(err, io.EOF) {
				s.t.Errorf("framing: %v", err)
			}
			return
		}
		s.mu.Lock()
		found := s.judge.Server(message)
		s.mu.Unlock()
		for _, err := range found {
			// One fault in the server may show in thousands of messages.
			if wrong++; wrong <= 20 {
				s.t.Errorf("%v\n\t%s", err, excerpt(message))
			}
		}
		s.take(message)
	}
}

func (s *session) take(message []byte) {
	var m struct {
		ID     json.RawMessage
		Method string
		Params json.RawMessage
		response
	}
	if json.Unmarshal(message, &m) != nil {
		return // reported above
	}
	id := string(m.ID)
	if m.Method == "" {
		s.mu.Lock()
		method, waiting := s.sent[id], s.waiting[id]
		delete(s.sent, id)
		delete(s.waiting, id)
		s.counts[method+" answers"]++
		s.mu.Unlock()
		if waiting != nil {
			waiting <- m.response
		}
		return
	}
	s.mu.Lock()
	s.counts[m.Method]++
	if m.Method == "textDocument/publishDiagnostics" {
		var params struct{ URI string }
		if json.Unmarshal(m.Params, &params) == nil {
			s.latest[params.URI] = m.Params
		}
	}
	s.mu.Unlock()
	if id == "" {
		return
	}
	answer := json.RawMessage("null")
	switch m.Method {
	case "workspace/configuration":
		var params struct{ Items []json.RawMessage }
		if json.Unmarshal(m.Params, &params) == nil {
			answer = json.RawMessage("[" + strings.TrimSuffix(strings.Repeat("null,", len(params.Items)), ",") + "]")
		}
	case "workspace/applyEdit":
		answer = json.RawMessage(`{"applied":true}`)
	case "window/showDocument":
		answer = json.RawMessage(`{"success":true}`)
	}
	if err := s.validator.Result(m.Method, answer); err != nil {
		s.t.Errorf("the test's own answer: %v", err)
	}
	s.write(map[string]any{"jsonrpc": "2.0", "id": m.ID, "result": answer})
}

func readMessage(r *bufio.Reader) ([]byte, error) {
	length := -1
	for first := true; ; first = false {
		line, err := r.ReadString('\n')
		if err != nil {
			if first && line == "" {
				return nil, io.EOF
			}
			return nil, fmt.Errorf("in a header: %q: %w", line, err)
		}
		name, value, ok := strings.Cut(strings.TrimSuffix(line, "\r\n"), ": ")
		switch {
		case !strings.HasSuffix(line, "\r\n"):
			return nil, fmt.Errorf("header %q does not end in CR LF", line)
		case line == "\r\n":
			if length < 0 {
				return nil, errors.New("no Content-Length")
			}
			body := make([]byte, length)
			_, err := io.ReadFull(r, body)
			return body, err
		case ok && name == "Content-Length":
			if length, err = strconv.Atoi(value); err != nil {
				return nil, err
			}
		case ok && name == "Content-Type":
		default:
			return nil, fmt.Errorf("header %q", line)
		}
	}
}

func (s *session) write(message any) {
	body, err := json.Marshal(message)
	if err != nil {
		s.t.Error(err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.judge.Client(body) // marshal and take judge what the test says
	// Errors show as answers that do not come.
	fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
}

// marshal encodes parameters and checks that they are good: a server may answer
// bad ones as it likes.
func (s *session) marshal(method string, params any) json.RawMessage {
	if params == nil {
		return nil
	}
	raw, err := json.Marshal(params)
	if err == nil {
		err = s.validator.Params(method, raw)
	}
	if err != nil {
		s.t.Fatalf("the test's own message: %v", err)
	}
	return raw
}

func (s *session) notify(method string, params any) {
	message := map[string]any{"jsonrpc": "2.0", "method": method}
	if raw := s.marshal(method, params); raw != nil {
		message["params"] = raw
	}
	s.write(message)
}

// call sends a request and waits for its answer.
func (s *session) call(method string, params any) response {
	s.t.Helper()
	message := map[string]any{"jsonrpc": "2.0", "method": method}
	if raw := s.marshal(method, params); raw != nil {
		message["params"] = raw
	}
	answer := make(chan response, 1)
	s.mu.Lock()
	s.nextID++
	id := strconv.Itoa(s.nextID)
	message["id"] = s.nextID
	if s.nextID%2 == 0 { // ids of both kinds
		id = strconv.Quote("request " + id)
		message["id"] = json.RawMessage(id)
	}
	s.sent[id], s.waiting[id] = method, answer
	s.mu.Unlock()
	s.write(message)
	select {
	case r := <-answer:
		return r
	case <-s.done:
		s.t.Fatalf("%s: the server ended", method)
	case <-time.After(30 * time.Second):
		s.t.Fatalf("%s: no answer in 30 s", method)
	}
	panic("unreachable")
}

// ask is call for requests that must not fail.
func (s *session) ask(method string, params any) json.RawMessage {
	s.t.Helper()
	r := s.call(method, params)
	if r.Error != nil {
		s.t.Errorf("%s: error %d: %s\n\tfor %s", method, r.Error.Code, r.Error.Message, excerpt(s.marshal(method, params)))
	}
	return r.Result
}

type object = map[string]any

func fileURI(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
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

func unmarshal(t *testing.T, raw json.RawMessage, into any) {
	t.Helper()
	if len(raw) == 0 {
		return // an error, reported already
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Error(err)
	}
}
