package session

import (
	"context"
	"encoding/json"
	"log/slog"
	"runtime"
	"time"

	"github.com/kconfig-ls/kconfig-ls/lsp/wire"
)

// Config says how a session behaves. Snapshot and Initialize must be set; the
// zero value of everything else means a sensible default.
type Config[S any] struct {
	// Snapshot returns the state that the request being received shall read.
	// It is called on the read loop and must not block: return what the last
	// notification handler published.
	Snapshot func() S

	// Initialize answers the initialize request, usually with a
	// *protocol.InitializeResult. It gets the parameters as sent, because no
	// fixed structure survives everything that clients send (see
	// protocol.ResolveCapabilities). It runs on the read loop: keep client for
	// later, but do not Call it here (Call fails with ErrReadLoop when it is
	// given ctx). If it fails the client gets the error and may try again.
	Initialize func(ctx context.Context, client Client, raw json.RawMessage) (result any, err error)

	// Initialized is told that the client is ready for requests of ours. It
	// runs on the read loop; register capabilities and load files in n.Go.
	Initialized func(ctx context.Context, n Notifier)

	// Shutdown is told that the client asked for shutdown. It runs on the read
	// loop. The answer is null, or the error.
	Shutdown func(ctx context.Context) error

	// Heard, if set, is told the method of each request and notification of the client,
	// before the snapshot is taken that it is handled with. It is called on the read loop
	// and must not block.
	Heard func(method string)

	// Observe, if set, is told of each request after its answer was queued. It
	// is called from many goroutines and must not block.
	Observe func(Completion)

	// Logger receives what no client can be told: panics with their stacks,
	// handler errors of notifications, ignored messages. Default: discard. It
	// must not write to the session's stream.
	Logger *slog.Logger

	// Slots limits how many request handlers run at once. Default:
	// max(4, GOMAXPROCS).
	Slots int

	// CallTimeout bounds calls to the client whose context has no deadline of
	// its own. Default: 1 minute.
	CallTimeout time.Duration

	// Grace is how long shutdown waits for handlers, and the end of the session
	// for handlers and for Notifier.Go functions, whose context is cancelled.
	// Default: 1 second.
	Grace time.Duration

	// ParentPoll is the interval at which the process named in initialize is
	// looked at. Default: 5 seconds; negative: never.
	ParentPoll time.Duration

	// ProcessAlive reports whether a process exists. Default: ask the system.
	ProcessAlive func(pid int) bool

	// Wire sets the limits of the byte stream. A Logger that is not set there
	// is the Logger above.
	Wire wire.Options
}

// A Completion describes one answered request.
type Completion struct {
	Method string
	ID     string        // as it reads in JSON
	Waited time.Duration // from arrival until the handler started
	Took   time.Duration // from then until the answer was queued
	Err    error         // what was answered; nil for a result
}

func (c *Config[S]) setDefaults() {
	if c.Snapshot == nil || c.Initialize == nil {
		panic("session: Config.Snapshot and Config.Initialize must be set")
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Wire.Logger == nil {
		c.Wire.Logger = c.Logger
	}
	if c.Slots <= 0 {
		c.Slots = max(4, runtime.GOMAXPROCS(0))
	}
	if c.CallTimeout <= 0 {
		c.CallTimeout = time.Minute
	}
	if c.Grace <= 0 {
		c.Grace = time.Second
	}
	if c.ParentPoll == 0 {
		c.ParentPoll = 5 * time.Second
	}
	if c.ProcessAlive == nil {
		c.ProcessAlive = processAlive
	}
}
