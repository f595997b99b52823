package conformance

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

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

func unmarshal(t *testing.T, raw json.RawMessage, into any) {
	t.Helper()
	if len(raw) == 0 {
		return // an error, reported already
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Error(err)
	}
}
