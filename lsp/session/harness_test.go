package session_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
	"github.com/kconfig-ls/kconfig-ls/lsp/wire/wiretest"
)

// A peer is the client's end of a session, of which a test sees every message.
type peer struct {
	t     *testing.T
	conn  net.Conn
	inbox chan wiretest.Message // closed at the end
	code  chan int              // what Serve returned
	state atomic.Int64          // the snapshot
	log   *logBuffer
}

// start runs a session whose snapshot is a number. configure may change what it
// likes. The client reads at once, unless lazy.
func start(t *testing.T, reg *session.Registry[int64], configure func(*peer, *session.Config[int64])) *peer {
	p := connect(t, reg, configure)
	go p.read()
	return p
}

func connect(t *testing.T, reg *session.Registry[int64], configure func(*peer, *session.Config[int64])) *peer {
	t.Helper()
	server, client := net.Pipe()
	p := &peer{t: t, conn: client, inbox: make(chan wiretest.Message, 100_000), code: make(chan int, 1), log: &logBuffer{}}
	cfg := session.Config[int64]{
		Snapshot:   p.state.Load,
		Initialize: func(context.Context, session.Client, json.RawMessage) (any, error) { return "welcome", nil },
		Logger:     slog.New(p.log),
	}
	if configure != nil {
		configure(p, &cfg)
	}
	go func() { p.code <- session.Serve(t.Context(), server, reg, cfg) }()
	return p
}

// initialized is like start, and shakes hands.
func initialized(t *testing.T, reg *session.Registry[int64], configure func(*peer, *session.Config[int64])) *peer {
	t.Helper()
	p := start(t, reg, configure)
	p.handshake()
	return p
}

func (p *peer) handshake() {
	p.t.Helper()
	p.request("0", "initialize", "{}")
	p.want(`0: "welcome"`)
	p.notify("initialized", "{}")
}

func (p *peer) read() {
	defer close(p.inbox)
	r := bufio.NewReader(p.conn)
	for {
		m, err := wiretest.Read(r)
		if err != nil {
			return
		}
		p.inbox <- m
	}
}

// send writes a message. It returns when the server has taken it.
func (p *peer) send(body string) {
	if _, err := p.conn.Write([]byte(wiretest.Frame(body))); err != nil {
		p.t.Errorf("sending %.100s: %v", body, err)
	}
}

func (p *peer) request(id, method, params string) {
	p.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":%q,"params":%s}`, id, method, params))
}

func (p *peer) notify(method, params string) {
	p.send(fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s}`, method, params))
}

func (p *peer) next() wiretest.Message {
	p.t.Helper()
	m, ok := <-p.inbox
	if !ok {
		p.t.Fatal("the session has ended")
	}
	return m
}

// want checks the next messages from the server.
func (p *peer) want(messages ...string) {
	p.t.Helper()
	for _, want := range messages {
		if got := p.next().String(); got != want {
			p.t.Errorf("got %s, want %s", got, want)
		}
	}
}

// quiet checks that nothing more came from the server so far.
func (p *peer) quiet() {
	p.t.Helper()
	select {
	case m, ok := <-p.inbox:
		if ok {
			p.t.Errorf("got %s, want nothing", m)
		}
	default:
	}
}

// bye ends the session in the proper way.
func (p *peer) bye() {
	p.t.Helper()
	p.request("1000000", "shutdown", "null")
	for m := range p.inbox {
		if string(m.ID) == "1000000" {
			break
		}
	}
	p.notify("exit", "null")
	if code := <-p.code; code != 0 {
		p.t.Errorf("exit code %d", code)
	}
}

// logBuffer is a slog.Handler that keeps what it is given.
type logBuffer struct {
	slog.Handler
	text atomic.Pointer[string]
}

func (l *logBuffer) Enabled(context.Context, slog.Level) bool { return true }

func (l *logBuffer) Handle(_ context.Context, r slog.Record) error {
	var b strings.Builder
	b.WriteString(r.Message)
	r.Attrs(func(a slog.Attr) bool {
		fmt.Fprintf(&b, " %s", a)
		return true
	})
	for {
		old := l.text.Load()
		all := b.String() + "\n"
		if old != nil {
			all = *old + all
		}
		if l.text.CompareAndSwap(old, &all) {
			return nil
		}
	}
}

func (l *logBuffer) String() string {
	if text := l.text.Load(); text != nil {
		return *text
	}
	return ""
}

// inDocument are parameters that name a document.
type inDocument struct {
	TextDocument protocol.TextDocumentIdentifier `json:"textDocument"`
}

// hang waits for the end of its context.
func hang(ctx context.Context, _ int64, _ *inDocument) (any, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}
