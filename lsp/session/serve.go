package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/wire"
)

// Serve runs one session on rwc until it ends, and returns the exit code that
// the protocol prescribes for the process: 0 if the client sent shutdown and
// then exit, else 1. It closes rwc.
//
// Serve does not wait for a read that cannot be interrupted (standard input on
// most systems): its goroutine may stay blocked until the process exits.
//
// It panics if cfg lacks what it must have.
func Serve[S any](ctx context.Context, rwc io.ReadWriteCloser, reg *Registry[S], cfg Config[S]) (exitCode int) {
	cfg.setDefaults()
	ctx, end := context.WithCancelCause(ctx)
	s := &session[S]{
		cfg:     cfg,
		reg:     reg,
		ctx:     ctx,
		end:     end,
		stream:  wire.NewStream(rwc, cfg.Wire),
		slots:   make(chan struct{}, cfg.Slots),
		idle:    make(chan struct{}, max(1, cfg.Slots-1)),
		trace:   protocol.TraceOff,
		running: inflight{requests: make(map[jsonrpc2.ID]*running)},
		stopped: make(chan struct{}),
	}
	// A value of the context tells functions on the read loop from all others.
	s.loopCtx = context.WithValue(ctx, onReadLoop{}, true)

	conn := jsonrpc2.NewConn(ctx, s.stream, s, jsonrpc2.SetLogger(connLogger{cfg.Logger}))
	select {
	case <-conn.DisconnectNotify():
	case <-s.stream.Done():
		if err := s.stream.Err(); err != nil {
			cfg.Logger.Error("writing ended", "error", err)
		}
	case <-ctx.Done():
		cfg.Logger.Info("session ends", "cause", context.Cause(ctx))
	}
	end(errEnded)
	_ = conn.Close()     // may be closed, or be closing in another goroutine
	_ = s.stream.Close() // waits for that one
	if s.graceUsed.Load() {
		cfg.Grace = 0
	}
	s.await(cfg.Grace)
	return int(1 - s.exitClean.Load())
}

// session is the state of one session. Fields without a comment are set once.
type session[S any] struct {
	cfg     Config[S]
	reg     *Registry[S]
	ctx     context.Context // ends with the session
	loopCtx context.Context // the same, for functions on the read loop
	end     context.CancelCauseFunc
	stream  *wire.Stream

	// Read loop only.
	phase phase

	slots     chan struct{} // one entry for each running handler
	idle      chan struct{} // one entry for each running automatic handler
	running   inflight
	answering sync.WaitGroup // requests whose answer was not sent yet
	stopped   chan struct{}  // closed when shutdown was answered
	graceUsed atomic.Bool    // shutdown has waited for handlers in vain
	calls     atomic.Uint64  // requests of ours, counted to make ids
	exitClean atomic.Int32   // 1 after shutdown and exit
	conn      atomic.Pointer[jsonrpc2.Conn]

	// asking is held while a request of ours is queued, and while it is settled that
	// there will be no more, for the client wants to end.
	asking     sync.RWMutex
	asksNoMore bool

	traceMu sync.Mutex
	trace   protocol.TraceValue

	tasks tasks // handlers and functions started by Go
}

// A phase is a part of the life of a session.
type phase int

const (
	beforeInitialize phase = iota
	serving                // initialize was answered
	afterShutdown
	afterExit
)

// onReadLoop is the key of a context value.
type onReadLoop struct{}

// Causes of cancellation.
var (
	errCancelled = errors.New("cancelled by the client")
	errModified  = errors.New("the document was changed")
	errEnded     = errors.New("the session has ended")
	errOrphaned  = errors.New("the process of the client is gone")
)

// tasks counts goroutines. It is a WaitGroup that can be waited for with a time
// limit, and takes no more once somebody waits.
type tasks struct {
	mu     sync.Mutex
	n      int
	closed bool
	none   chan struct{} // closed when n is 0 and closed is set; made by close
}

// start counts a goroutine in and starts it, unless the session has ended.
func (t *tasks) start(f func()) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return false
	}
	t.n++
	go func() {
		defer t.done()
		f()
	}()
	return true
}

func (t *tasks) done() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.n--; t.n == 0 && t.closed {
		close(t.none)
	}
}

// close takes no more goroutines in; the channel is closed when all have ended.
func (t *tasks) close() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	t.none = make(chan struct{})
	if t.n == 0 {
		close(t.none)
	}
	return t.none
}

// await waits for the goroutines of the session, but not for ever.
func (s *session[S]) await(grace time.Duration) {
	none := s.tasks.close()
	limit := time.NewTimer(grace)
	defer limit.Stop()
	select {
	case <-none:
	case <-limit.C:
		s.cfg.Logger.Warn("functions that ignore their context are left behind")
	}
}

// guard calls f and turns a panic, or an exit of the goroutine, into a report to
// the log. It reports whether f returned.
func (s *session[S]) guard(what string, f func()) (returned bool) {
	defer func() {
		if returned {
			return
		}
		// recover returns nil for runtime.Goexit, which goes on regardless.
		s.cfg.Logger.Error("panic", "in", what, "value", fmt.Sprint(recover()), "stack", string(debug.Stack()))
	}()
	f()
	return true
}

// connLogger passes on what jsonrpc2 has to say.
type connLogger struct {
	logger interface{ Warn(string, ...any) }
}

func (l connLogger) Printf(format string, v ...any) { l.logger.Warn(fmt.Sprintf(format, v...)) }
