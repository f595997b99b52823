package wire

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/sourcegraph/jsonrpc2"
)

// Options are the limits of a [Stream]. The zero value means the defaults.
type Options struct {
	// MaxHeader bounds the header of a message, in bytes. A longer one ends
	// the stream. Default: 4 KiB.
	MaxHeader int

	// MaxBody bounds the body of a message, in bytes. A longer one is read
	// over and answered InvalidRequest. Default: 64 MiB.
	MaxBody int

	// HighWater is the number of bytes in the queue from which on droppable
	// messages are dropped. Default: 1 MiB.
	HighWater int

	// StallTimeout is how long the other end may take nothing while something
	// is waiting, before the stream ends with [ErrStalled]. Default: 1 minute.
	StallTimeout time.Duration

	// DrainTimeout is how long Close waits for the queue to be written.
	// Default: 2 seconds.
	DrainTimeout time.Duration

	// Logger is told of messages that are refused and of a long queue.
	// Default: discard.
	Logger *slog.Logger
}

func (o *Options) setDefaults() {
	if o.MaxHeader <= 0 {
		o.MaxHeader = 4 << 10
	}
	if o.MaxBody <= 0 {
		o.MaxBody = 64 << 20
	}
	if o.HighWater <= 0 {
		o.HighWater = 1 << 20
	}
	if o.StallTimeout <= 0 {
		o.StallTimeout = time.Minute
	}
	if o.DrainTimeout <= 0 {
		o.DrainTimeout = 2 * time.Second
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
}

var (
	// ErrClosed is returned for messages queued after the end of the stream.
	ErrClosed = errors.New("wire: stream is closed")

	// ErrStalled ends a stream whose other end takes nothing.
	ErrStalled = errors.New("wire: the other end does not read")

	// ErrFraming is wrapped by the errors of ReadObject when it is unclear
	// where the next message begins.
	ErrFraming = errors.New("wire: framing lost")
)

// A Stream reads and writes messages. Reading is for one goroutine at a time,
// as jsonrpc2.Conn does it; everything else may be called from any.
type Stream struct {
	opts   Options
	closer io.Closer
	frames frameReader
	params json.RawMessage // of the request read last, until taken
	out    queue

	closing  atomic.Bool
	closed   chan struct{} // closed when Close is through
	closeErr error         // valid then
}

var _ jsonrpc2.ObjectStream = (*Stream)(nil)

// NewStream returns a stream on rwc and starts the goroutine that writes. It
// ends when the stream is closed, so each stream must be closed.
func NewStream(rwc io.ReadWriteCloser, opts Options) *Stream {
	opts.setDefaults()
	s := &Stream{
		opts:   opts,
		closer: rwc,
		closed: make(chan struct{}),
		frames: frameReader{r: bufio.NewReaderSize(rwc, readBuffer), maxHeader: opts.MaxHeader, maxBody: opts.MaxBody},
	}
	s.out.init(opts.HighWater, opts.Logger)
	go s.write(rwc)
	return s
}

// readBuffer holds many small messages, so that a burst of keystrokes takes one
// read of the system.
const readBuffer = 64 << 10

// Done returns a channel that is closed when the stream can write no more:
// after Close, when writing failed, or when the other end took nothing for
// Options.StallTimeout. The reading side may be blocked at that time; Close the
// stream to end it.
func (s *Stream) Done() <-chan struct{} { return s.out.down }

// Err returns why writing ended: nil before Done and after an orderly Close.
func (s *Stream) Err() error { return s.out.failure() }

// Queued returns how many bytes and messages wait to be written, those that are
// being written included.
func (s *Stream) Queued() (bytes, messages int) { return s.out.size() }

// Close waits until the queue is written, but not longer than
// Options.DrainTimeout, and closes the underlying stream, which ends the
// reading side too if that can be interrupted. Messages queued after Close has
// begun are dropped. Calls after the first wait for it to end and return the
// same.
func (s *Stream) Close() error {
	if s.closing.Swap(true) {
		<-s.closed
		return s.closeErr
	}
	defer close(s.closed)
	s.out.close()
	deadline := time.NewTimer(s.opts.DrainTimeout)
	defer deadline.Stop()
	select {
	case <-s.out.down:
	case <-deadline.C:
		s.out.fail(ErrStalled)
	}
	s.closeErr = s.closer.Close()
	return s.closeErr
}
