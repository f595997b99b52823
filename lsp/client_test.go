package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/toolchain"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/lsp/conformance"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// testClient is an editor for tests: it speaks to a server over a pipe, and
// every message that the server sends is judged by the official types, and by what
// the client has said that it can do.
type testClient struct {
	t    testing.TB
	conn net.Conn
	exit chan int // the server's exit code
	// session judges, unless it is nil.
	session *conformance.Session

	// deaf has room for one value. A test that puts one in stops the reading.
	deaf chan struct{}
	// strangers tells that answers come to requests of nobody.
	strangers bool

	mu      sync.Mutex
	nextID  int
	methods map[string]string               // of requests by id
	answers map[string]chan json.RawMessage // whole messages
	told    chan notification
	seen    []notification // taken from told, not yet asked for
	// registered are the methods of dynamic registrations.
	registered []string
	applied    []json.RawMessage // edits that the server asked to apply
	refreshed  []string          // methods of the server's requests to refresh
	offered    map[string]any    // the server's capabilities
	settings   json.RawMessage   // what workspace/configuration is answered with
}

// notification is one from the server.
type notification struct {
	method string
	params json.RawMessage
}

// panicHandler fails the test when the server's log tells of a panic, which
// the client gets to know as an internal error only.
type panicHandler struct {
	slog.Handler
	t testing.TB
}

func (panicHandler) Enabled(context.Context, slog.Level) bool { return true }

func (h panicHandler) Handle(_ context.Context, r slog.Record) error {
	if strings.Contains(r.Message, "panic") {
		r.Attrs(func(a slog.Attr) bool {
			h.t.Errorf("%s: %s: %s", r.Message, a.Key, a.Value)
			return true
		})
	}
	return nil
}

// newValidator makes one validator for all clients: to compile the schema takes
// longer than most tests.
var newValidator = sync.OnceValues(conformance.New)

// clientOptions say what kind of editor the client is.
type clientOptions struct {
	encoding     protocol.PositionEncoding
	capabilities string // JSON; a full-featured editor if empty
	fsys         vfs.FS
	root         string // workspace folder, "" for none
	options      string // initializationOptions
	settings     string // answer to workspace/configuration
	// notifications is how many the server can send before somebody reads them, at
	// least 10,000.
	notifications int
	noValidation  bool
	slow          bool // the disk answers only through its gate
	trust         *toolchain.Trust
	variables     map[string]string
	prober        *toolchain.Prober
	recorded      macro.Answers
}

// startClient starts a server and initializes it.
func startClient(t testing.TB, o clientOptions) *testClient {
	t.Helper()
	ours, theirs := net.Pipe()
	c := &testClient{
		t: t, conn: ours, exit: make(chan int, 1), methods: map[string]string{},
		answers: map[string]chan json.RawMessage{}, told: make(chan notification, max(10_000, o.notifications)),
		settings: json.RawMessage("null"), deaf: make(chan struct{}, 1),
	}
	if o.settings != "" {
		c.settings = json.RawMessage(o.settings)
	}
	if !o.noValidation {
		v, err := newValidator()
		if err != nil {
			t.Fatal(err)
		}
		c.session = conformance.NewSession(v)
	}
	go func() {
		c.exit <- Serve(context.Background(), Options{
			Stream: theirs, FS: o.fsys, Version: "test", Logger: slog.New(panicHandler{slog.DiscardHandler, t}),
			Settings: analysis.Settings{Workers: 2, Answers: o.recorded}, Trust: o.trust, Variables: o.variables, Prober: o.prober,
		})
	}()
	go c.read()
	t.Cleanup(func() { c.conn.Close() })
	if o.encoding == "" {
		o.encoding = protocol.UTF16
	}
	if o.capabilities == "" {
		o.capabilities = fullCapabilities
	}
	params := fmt.Sprintf(`{"processId":null,"clientInfo":{"name":"test"},"capabilities":%s`, strings.ReplaceAll(o.capabilities, "ENCODING", string(o.encoding)))
	if o.root != "" {
		params += fmt.Sprintf(`,"workspaceFolders":[{"uri":%q,"name":"tree"}]`, protocol.URIFromPath(o.root))
	}
	if o.options != "" {
		params += `,"initializationOptions":` + o.options
	}
	var result struct{ Capabilities map[string]any }
	c.call("initialize", json.RawMessage(params+"}"), &result)
	c.offered = result.Capabilities
	c.notify("initialized", struct{}{})
	return c
}

// fullCapabilities are those of an editor that can do everything.
const fullCapabilities = `{
 "general":{"positionEncodings":["ENCODING"]},
 "workspace":{"configuration":true,"workspaceFolders":true,
  "didChangeWatchedFiles":{"dynamicRegistration":true,"relativePatternSupport":true},
  "didChangeConfiguration":{"dynamicRegistration":true},
  "workspaceEdit":{"documentChanges":true},
  "semanticTokens":{"refreshSupport":true}},
 "window":{"workDoneProgress":true},
 "textDocument":{
  "hover":{"contentFormat":["markdown"]},
  "completion":{"completionItem":{"snippetSupport":true,"documentationFormat":["markdown"],"labelDetailsSupport":true,"resolveSupport":{"properties":["documentation"]}}},
  "definition":{"linkSupport":true},"declaration":{"linkSupport":true},"implementation":{"linkSupport":true},
  "documentSymbol":{"hierarchicalDocumentSymbolSupport":true},
  "documentLink":{"tooltipSupport":true},
  "rename":{"prepareSupport":true},
  "codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["quickfix"]}},"isPreferredSupport":true},
  "semanticTokens":{"requests":{"full":{"delta":true},"range":true},"tokenTypes":["keyword"],"tokenModifiers":[],"formats":["relative"]},
  "publishDiagnostics":{"relatedInformation":true,"versionSupport":true,"codeDescriptionSupport":true}}}`

// read takes the server's messages until the connection ends.
func (c *testClient) read() {
	r := bufio.NewReader(c.conn)
	for {
		c.deaf <- struct{}{}
		<-c.deaf
		raw, err := readMessage(r)
		if err != nil {
			c.mu.Lock()
			for _, answer := range c.answers {
				close(answer)
			}
			c.answers = map[string]chan json.RawMessage{}
			c.mu.Unlock()
			close(c.told)
			return
		}
		if id, ok := answerID(raw); ok && c.session == nil {
			c.deliver(id, raw)
			continue
		}
		c.judge(raw)
		var m struct {
			ID     json.RawMessage
			Method string
			Params json.RawMessage
		}
		if err := json.Unmarshal(raw, &m); err != nil {
			c.t.Errorf("the server sent no JSON: %v: %s", err, raw)
			return
		}
		switch {
		case m.Method != "" && len(m.ID) > 0:
			c.answer(m.ID, m.Method, m.Params)
		case m.Method != "":
			c.told <- notification{m.Method, m.Params}
		default:
			c.deliver(string(m.ID), raw)
		}
	}
}

// deliver gives an answer to who waits for it.
func (c *testClient) deliver(id string, raw json.RawMessage) {
	c.mu.Lock()
	answer := c.answers[id]
	delete(c.answers, id)
	c.mu.Unlock()
	switch {
	case answer != nil:
		answer <- raw
	case !c.strangers:
		c.t.Errorf("an answer to nothing: %s", raw)
	}
}

// answerID finds the id of an answer without decoding it, so that benchmarks
// measure the server and not the client.
func answerID(raw json.RawMessage) (id string, ok bool) {
	rest, ok := strings.CutPrefix(string(raw[:min(len(raw), 60)]), `{"jsonrpc":"2.0","id":`)
	if !ok {
		return "", false
	}
	id, rest, _ = strings.Cut(rest, ",")
	return id, strings.HasPrefix(rest, `"result"`)
}

// judge judges a message of the server.
func (c *testClient) judge(raw json.RawMessage) {
	if c.session == nil {
		return
	}
	c.mu.Lock()
	found := c.session.Server(raw)
	c.mu.Unlock()
	for _, err := range found {
		c.t.Errorf("the server must not send this: %v\n%.2000s", err, raw)
	}
}

// answer answers a request of the server.
func (c *testClient) answer(id json.RawMessage, method string, params json.RawMessage) {
	result := json.RawMessage("null")
	switch method {
	case protocol.MethodConfiguration:
		result = json.RawMessage(fmt.Sprintf("[%s]", c.settings))
	case protocol.MethodApplyEdit:
		c.mu.Lock()
		c.applied = append(c.applied, params)
		c.mu.Unlock()
		result = json.RawMessage(`{"applied":true}`)
	case protocol.MethodInlayHintRefresh, protocol.MethodCodeLensRefresh, protocol.MethodSemanticTokensRefresh, protocol.MethodDiagnosticRefresh:
		c.mu.Lock()
		c.refreshed = append(c.refreshed, method)
		c.mu.Unlock()
	case protocol.MethodRegisterCapability:
		var p protocol.RegistrationParams
		if err := json.Unmarshal(params, &p); err != nil {
			c.t.Error(err)
		}
		c.mu.Lock()
		for _, r := range p.Registrations {
			c.registered = append(c.registered, r.Method)
		}
		c.mu.Unlock()
	}
	go c.write(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"result":%s}`, id, result))
}

func readMessage(r *bufio.Reader) (json.RawMessage, error) {
	length := -1
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return nil, err
		}
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			break
		}
		if value, ok := strings.CutPrefix(line, "Content-Length: "); ok {
			if length, err = strconv.Atoi(value); err != nil {
				return nil, err
			}
		}
	}
	body := make([]byte, length)
	_, err := io.ReadFull(r, body)
	return body, err
}

func (c *testClient) write(body string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.session != nil {
		c.session.Client([]byte(body)) // tests may well send what is wrong
	}
	fmt.Fprintf(c.conn, "Content-Length: %d\r\n\r\n%s", len(body), body)
}

func (c *testClient) notify(method string, params any) {
	raw, err := json.Marshal(params)
	if err != nil {
		c.t.Fatal(err)
	}
	c.write(fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s}`, method, raw))
}

// callError is the error of a server's answer.
type callError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e *callError) Error() string { return fmt.Sprintf("%d: %s", e.Code, e.Message) }

// start sends a request and returns its id and where the answer will come.
func (c *testClient) start(method string, params any) (id string, answer chan json.RawMessage) {
	raw, err := json.Marshal(params)
	if err != nil {
		c.t.Fatal(err)
	}
	c.mu.Lock()
	c.nextID++
	id = strconv.Itoa(c.nextID)
	c.methods[id] = method
	answer = make(chan json.RawMessage, 1)
	c.answers[id] = answer
	c.mu.Unlock()
	c.write(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":%q,"params":%s}`, id, method, raw))
	return id, answer
}

// try sends a request and waits for its answer.
func (c *testClient) try(method string, params, result any) error {
	c.t.Helper()
	_, answer := c.start(method, params)
	select {
	case raw, ok := <-answer:
		if !ok {
			c.t.Fatalf("%s: the server ended the session", method)
		}
		var m struct {
			Result json.RawMessage
			Error  *callError
		}
		if err := json.Unmarshal(raw, &m); err != nil {
			c.t.Fatal(err)
		}
		if m.Error != nil {
			return m.Error
		}
		if result != nil {
			if err := json.Unmarshal(m.Result, result); err != nil {
				c.t.Fatalf("%s: %v: %s", method, err, m.Result)
			}
		}
		return nil
	case <-time.After(30 * time.Second):
		c.t.Fatalf("%s: no answer", method)
		return nil
	}
}

// call is try for requests that must succeed.
func (c *testClient) call(method string, params, result any) {
	c.t.Helper()
	if err := c.try(method, params, result); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

// wait returns the first notification, old or new, that fits.
func (c *testClient) wait(fits func(notification) bool) notification {
	c.t.Helper()
	for i, n := range c.seen {
		if fits(n) {
			c.seen = append(c.seen[:i:i], c.seen[i+1:]...)
			return n
		}
	}
	deadline := time.After(30 * time.Second)
	for {
		select {
		case n, ok := <-c.told:
			if !ok {
				c.t.Fatal("the session ended while a notification was waited for")
			}
			if fits(n) {
				return n
			}
			c.seen = append(c.seen, n)
		case <-deadline:
			c.t.Fatal("no such notification came")
		}
	}
}

// diagnostics waits for the diagnostics of a document's version that fit.
func (c *testClient) diagnostics(path string, version int32, fits func([]protocol.Diagnostic) bool) []protocol.Diagnostic {
	c.t.Helper()
	var found []protocol.Diagnostic
	c.wait(func(n notification) bool {
		if n.method != protocol.MethodPublishDiagnostics {
			return false
		}
		var p protocol.PublishDiagnosticsParams
		if err := json.Unmarshal(n.params, &p); err != nil {
			c.t.Fatal(err)
		}
		if p.URI != protocol.URIFromPath(path) || p.Version == nil || *p.Version != version || fits != nil && !fits(p.Diagnostics) {
			return false
		}
		found = p.Diagnostics
		return true
	})
	return found
}

func (c *testClient) open(path, text string) {
	c.notify(protocol.MethodDidOpen, protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{
		URI: protocol.URIFromPath(path), LanguageID: "kconfig", Version: 1, Text: text,
	}})
}

// shutdown ends the session as the protocol wants it and checks the exit code.
func (c *testClient) shutdown() {
	c.t.Helper()
	c.call("shutdown", nil, nil)
	c.notify("exit", nil)
	select {
	case code := <-c.exit:
		if code != 0 {
			c.t.Errorf("exit code %d after shutdown and exit, want 0", code)
		}
	case <-time.After(10 * time.Second):
		c.t.Error("the server did not end")
	}
}

func at(path string, line, character int) protocol.TextDocumentPositionParams {
	return protocol.TextDocumentPositionParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: protocol.URIFromPath(path)},
		Position:     protocol.Position{Line: uint32(line), Character: uint32(character)},
	}
}
