package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/lsp/conformance"
	"github.com/kconfig-ls/kconfig-ls/lsp/conformance/recording"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// replayTree is where the example tree lies in recorded sessions.
const replayTree = "/tree"

// TestRecordedSessions replays what real editors have said, as it was recorded, and
// compares what the server answers. Each message is judged by the official types,
// by the order of things, and by what the editor has announced. No tools are asked, and
// the clock is that of a bubble, so nothing depends on the machine.
func TestRecordedSessions(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED: recorded sessions have paths of Unix")
	}
	files, err := filepath.Glob(filepath.Join("testdata", "sessions", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sessions: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			session, err := recording.ParseSession(text)
			if err != nil {
				t.Fatal(err)
			}
			if len(session.Steps) < 10 {
				t.Errorf("there are only %d steps", len(session.Steps))
			}
			synctest.Test(t, func(t *testing.T) { session.Steps = replay(t, session) })
			got := session.Format()
			switch {
			case string(got) == string(text):
			case *update:
				if err := os.WriteFile(file, got, 0o666); err != nil {
					t.Fatal(err)
				}
			default:
				t.Errorf("run with -update to accept (-want +got):\n%s", cmp.Diff(strings.Split(string(text), "\n"), strings.Split(string(got), "\n")))
			}
		})
	}
}

// replay sends what the client has sent, and returns the session as it is now.
func replay(t *testing.T, session *recording.Session) []recording.Step {
	e := startReplay(t, session)
	var steps []recording.Step
	for _, step := range session.Steps {
		switch step.Kind {
		case recording.Send:
			e.send(step.Message)
			steps = append(steps, step)
		case recording.Answer:
			answer := e.answer(step.Message)
			if step.IsCancelled() {
				answer = step.Message
			}
			steps = append(steps, recording.Step{Kind: recording.Answer, Message: answer})
		case recording.Quiet:
			steps = append(steps, step)
			steps = append(steps, e.quiet()...)
		}
	}
	e.end()
	return steps
}

// replayer is a client that says what another has said.
type replayer struct {
	t    *testing.T
	conn net.Conn
	exit chan int
	disk *disk
	// buffers are the texts of open documents, which saving writes to the disk.
	buffers map[protocol.DocumentURI]string
	exited  bool // the client has said exit
	// answered are how the recorded client answered the server's requests, by method
	// and parameters, and by method alone.
	answered map[string]json.RawMessage

	mu       sync.Mutex
	judge    *conformance.Session
	names    *recording.Names
	encoding protocol.PositionEncoding
	methods  map[string]string // of requests that wait for an answer, by id
	answers  map[string]chan recording.Message
	told     *recording.Gathered
	stopped  bool // shutdown was answered
}

func startReplay(t *testing.T, session *recording.Session) *replayer {
	validator, err := newValidator()
	if err != nil {
		t.Fatal(err)
	}
	ours, theirs := net.Pipe()
	e := &replayer{
		t: t, conn: ours, exit: make(chan int, 1), disk: newDisk(exampleTree(t)),
		buffers: map[protocol.DocumentURI]string{}, answered: map[string]json.RawMessage{},
		judge: conformance.NewSession(validator), names: recording.NewNames(nil), encoding: protocol.UTF16,
		methods: map[string]string{}, answers: map[string]chan recording.Message{}, told: recording.NewGathered(),
	}
	for _, file := range session.Files {
		e.disk.write(path.Join(replayTree, file.Name), string(file.Data))
	}
	for _, step := range session.Steps {
		if step.Kind == recording.Told && step.Reply != nil {
			e.answered[step.Message.Method] = step.Reply
			e.answered[step.Message.Method+" "+string(step.Message.Params)] = step.Reply
		}
	}
	t.Cleanup(func() { ours.Close() })
	go func() {
		e.exit <- Serve(context.Background(), Options{
			Stream: theirs, FS: e.disk, Logger: slog.New(failingHandler{slog.DiscardHandler, t}),
			Settings: replaySettings(),
		})
	}()
	go e.read()
	return e
}

// replaySettings are those of a machine with a compiler for C and none for Rust. All
// that tools would say is given, so none is asked.
func replaySettings() analysis.Settings {
	environment := map[string]string{"ARCH": "x86", "CC": "gcc", "LD": "ld", "RUSTC": "rustc"}
	answers := macro.NewRecorded(replayTree)
	answers.Add(replayTree+"/scripts/rustc-version.sh rustc", "0")
	answers.Add(`test "y" = y && echo "-m64" || echo ""`, "-m64")
	for command, answer := range map[string]string{
		replayTree + "/scripts/rust_is_available.sh":                               "n",
		"gcc -Werror  -fstack-protector-strong -S -x c /dev/null -o /dev/null":     "y",
		"gcc -Werror  -ftrivial-auto-var-init=zero -S -x c /dev/null -o /dev/null": "y",
		"gcc -Werror  -mbranch-protection=standard -S -x c /dev/null -o /dev/null": "n",
		"gcc -Werror  -m64 -S -x c /dev/null -o /dev/null":                         "y",
		"ld -v --gc-sections": "y",
	} {
		answers.Add("{ "+command+`; } >/dev/null 2>&1 && echo "y" || echo "n"`, answer)
	}
	return analysis.Settings{Workers: 2, Environment: environment, WholeEnvironment: true, Answers: answers}
}

// exampleTree returns the files of the example by their paths in recorded sessions.
func exampleTree(t *testing.T) map[string]string {
	files := map[string]string{}
	example := os.DirFS(filepath.Join("..", "analysis", "testdata", "example"))
	err := fs.WalkDir(example, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		text, err := fs.ReadFile(example, name)
		files[path.Join(replayTree, name)] = string(text)
		return err
	})
	if err != nil || len(files) < 10 {
		t.Fatalf("the example tree has %d files: %v", len(files), err)
	}
	return files
}

// failingHandler fails the test if the server logs an error.
type failingHandler struct {
	slog.Handler
	t *testing.T
}

func (failingHandler) Enabled(_ context.Context, level slog.Level) bool {
	return level >= slog.LevelError
}

func (h failingHandler) Handle(_ context.Context, r slog.Record) error {
	text := r.Message
	r.Attrs(func(a slog.Attr) bool {
		text += fmt.Sprintf("\n%s: %s", a.Key, a.Value)
		return true
	})
	h.t.Errorf("the server logs an error: %s", text)
	return nil
}

// read takes what the server sends until it ends.
func (e *replayer) read() {
	r := bufio.NewReader(e.conn)
	for {
		raw, err := readMessage(r)
		if err != nil {
			return
		}
		e.mu.Lock()
		reply := e.take(raw)
		e.mu.Unlock()
		if reply != nil {
			// An editor takes a moment to answer. The bubble's clock goes on only when
			// the server has done what it had begun, so what that is is not chance.
			go func() {
				time.Sleep(time.Millisecond)
				e.write(*reply)
			}()
		}
	}
}

// take takes a message of the server. It returns the answer to a request.
func (e *replayer) take(raw json.RawMessage) *recording.Message {
	for _, err := range e.judge.Server(raw) {
		e.t.Errorf("%v\n%.1000s", err, raw)
	}
	m, err := recording.Open(raw)
	if err != nil {
		e.t.Errorf("%v: %s", err, raw)
		return nil
	}
	switch {
	case m.IsRequest():
		named := e.names.Server(m)
		result, ok := e.answered[m.Method+" "+string(named.Params)]
		if !ok {
			result, ok = e.answered[m.Method]
		}
		if !ok {
			result = json.RawMessage("null")
			if !*update {
				e.t.Errorf("the editor was never asked %s %s", m.Method, named.Params)
			}
		}
		reply := recording.Message{ID: m.ID, Result: result}
		e.told.Add(named, reply)
		return &reply
	case m.IsNotification():
		e.told.Add(e.names.Server(m), recording.Message{})
	default:
		m.Method = e.methods[string(m.ID)]
		if m.Method == "shutdown" {
			e.stopped = true
		}
		if answer := e.answers[string(m.ID)]; answer != nil {
			answer <- m
		}
	}
	return nil
}

// send sends a message of the recorded client, after the server has done what it can
// do about those before without time passing: which of several requests is answered
// first is chance, and what is sent as a change of an answer depends on it.
func (e *replayer) send(m recording.Message) {
	synctest.Wait()
	e.exited = e.exited || m.Method == "exit"
	e.follow(m)
	e.mu.Lock()
	if m.IsRequest() {
		e.methods[string(m.ID)] = m.Method
		e.answers[string(m.ID)] = make(chan recording.Message, 1)
	}
	m = e.names.Actual(m)
	e.mu.Unlock()
	e.write(m)
}

func (e *replayer) write(m recording.Message) {
	raw, err := json.Marshal(struct {
		JSONRPC string `json:"jsonrpc"`
		recording.Message
	}{"2.0", m})
	if err != nil {
		e.t.Error(err)
		return
	}
	e.mu.Lock()
	e.judge.Client(raw) // what is wrong about an editor was told when it was recorded
	e.mu.Unlock()
	// A server that has ended takes nothing.
	_, _ = fmt.Fprintf(e.conn, "Content-Length: %d\r\n\r\n%s", len(raw), raw)
}

// answer waits for the answer to a request.
func (e *replayer) answer(m recording.Message) recording.Message {
	e.t.Helper()
	e.mu.Lock()
	answer := e.answers[string(m.ID)]
	e.mu.Unlock()
	if answer == nil {
		e.t.Fatalf("the session has an answer to %s #%s, but no request", m.Method, m.ID)
	}
	select {
	case got := <-answer:
		e.mu.Lock()
		defer e.mu.Unlock()
		if got.Method == protocol.MethodInitialize {
			var about struct {
				Capabilities struct{ PositionEncoding protocol.PositionEncoding }
			}
			if json.Unmarshal(got.Result, &about) == nil && about.Capabilities.PositionEncoding != "" {
				e.encoding = about.Capabilities.PositionEncoding
			}
		}
		return e.names.Server(got)
	case <-time.After(30 * time.Second): // of the bubble's clock
		e.t.Fatalf("%s #%s is not answered", m.Method, m.ID)
	}
	return recording.Message{}
}

// quiet waits until the server has nothing more to do, and returns what it has told.
func (e *replayer) quiet() []recording.Step {
	for range 3 {
		synctest.Wait()
		time.Sleep(treeQuiet) // of the bubble's clock
	}
	synctest.Wait()
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.told.Take()
}

// follow keeps the texts of open documents, and writes to the disk what is saved.
func (e *replayer) follow(m recording.Message) {
	var p struct {
		TextDocument   protocol.TextDocumentItem
		ContentChanges []protocol.TextDocumentContentChangeEvent
	}
	if m.Params == nil || json.Unmarshal(m.Params, &p) != nil {
		return
	}
	uri := p.TextDocument.URI
	switch m.Method {
	case protocol.MethodDidOpen:
		e.buffers[uri] = p.TextDocument.Text
	case protocol.MethodDidChange:
		for _, change := range p.ContentChanges {
			e.buffers[uri] = e.changed(e.buffers[uri], change)
		}
	case protocol.MethodDidSave:
		if path, err := uri.Path(); err == nil {
			e.disk.write(path, e.buffers[uri])
		}
	case protocol.MethodDidClose:
		delete(e.buffers, uri)
	}
}

func (e *replayer) changed(text string, change protocol.TextDocumentContentChangeEvent) string {
	if change.Range == nil {
		return change.Text
	}
	start, ok1 := offset(text, change.Range.Start, e.encoding)
	end, ok2 := offset(text, change.Range.End, e.encoding)
	if !ok1 || !ok2 {
		// Editors put the end of the last line behind the text.
		lines := strings.Count(text, "\n") + 1
		if !ok1 && int(change.Range.Start.Line) < lines || !ok2 && int(change.Range.End.Line) < lines {
			e.t.Fatalf("the client changed %v, which is not in the text", *change.Range)
		}
		if !ok1 {
			start = len(text)
		}
		if !ok2 {
			end = len(text)
		}
	}
	return text[:start] + change.Text + text[end:]
}

// end ends the session as it should end, if the client has not: some just go.
func (e *replayer) end() {
	e.t.Helper()
	e.mu.Lock()
	stopped := e.stopped
	e.mu.Unlock()
	if !stopped {
		request := recording.Message{ID: json.RawMessage(`"end of the replay"`), Method: "shutdown"}
		e.send(request)
		e.answer(request)
	}
	if !e.exited {
		e.send(recording.Message{Method: "exit"})
	}
	e.mu.Lock()
	found := e.judge.End()
	e.mu.Unlock()
	for _, err := range found {
		e.t.Error(err)
	}
	select {
	case code := <-e.exit:
		if code != 0 {
			e.t.Errorf("the server's exit code is %d", code)
		}
	case <-time.After(10 * time.Second):
		e.t.Error("the server does not end")
	}
	e.conn.Close()
}
