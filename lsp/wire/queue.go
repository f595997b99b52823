package wire

import (
	"log/slog"
	"sync"
)

// A message is an encoded body that waits to be written.
type message struct {
	body []byte
	key  string // not empty: a later message with this key replaces the body
}

// A queue holds messages in the order in which they will be written.
type queue struct {
	highWater int
	logger    *slog.Logger
	wake      chan struct{} // holds a token if there may be work for the writer
	down      chan struct{} // closed when nothing will be written any more

	mu       sync.Mutex
	waiting  []*message
	keyed    map[string]*message // those of waiting that have a key
	bytes    int                 // in waiting and in the hands of the writer
	messages int
	high     bool // the log was told of a long queue
	closed   bool // nothing more is taken in
	ended    bool // down is closed
	err      error
}

func (q *queue) init(highWater int, logger *slog.Logger) {
	q.highWater = highWater
	q.logger = logger
	q.wake = make(chan struct{}, 1)
	q.down = make(chan struct{})
	q.keyed = make(map[string]*message)
}

// put appends a message. If one with the same key, not empty, is waiting, put
// replaces its body instead: the newer body takes the older place, so that
// frequent replacement does not keep it from being written.
func (q *queue) put(body []byte, key string) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return ErrClosed
	}
	if old := q.keyed[key]; key != "" && old != nil {
		q.bytes += len(body) - len(old.body)
		old.body = body
		return nil
	}
	m := &message{body, key}
	if key != "" {
		q.keyed[key] = m
	}
	q.waiting = append(q.waiting, m)
	q.bytes += len(body)
	q.messages++
	if q.bytes > q.highWater && !q.high {
		q.high = true
		q.logger.Warn("the client reads slowly", "bytes", q.bytes, "messages", q.messages)
	}
	q.signal()
	return nil
}

// full reports whether droppable messages are to be dropped.
func (q *queue) full() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.bytes > q.highWater
}

func (q *queue) size() (bytes, messages int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.bytes, q.messages
}

func (q *queue) failure() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.err
}

func (q *queue) signal() {
	select {
	case q.wake <- struct{}{}:
	default: // a token is there already
	}
}

// take waits for messages and removes some from the front, about as many as go
// into one write. The rest stays where it can be replaced. take returns nothing
// when the queue has ended, or is closed and empty.
func (q *queue) take() []*message {
	for {
		if batch, over := q.tryTake(); over || len(batch) > 0 {
			return batch
		}
		<-q.wake
	}
}

func (q *queue) tryTake() (batch []*message, over bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.ended || q.closed && len(q.waiting) == 0 {
		return nil, true
	}
	n, bytes := 0, 0
	for n < len(q.waiting) && bytes < writeBuffer {
		m := q.waiting[n]
		bytes += len(m.body)
		if m.key != "" {
			delete(q.keyed, m.key)
		}
		n++
	}
	batch = append(batch, q.waiting[:n]...)
	clear(q.waiting[:n]) // the array lives on under the rest
	if q.waiting = q.waiting[n:]; len(q.waiting) == 0 {
		q.waiting = nil
	}
	return batch, false
}

// written is told what the writer has done with.
func (q *queue) written(batch []*message) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.ended {
		return
	}
	for _, m := range batch {
		q.bytes -= len(m.body)
	}
	q.messages -= len(batch)
	if q.high && q.bytes < q.highWater/2 {
		q.high = false
	}
}

// close takes no more messages in; those that wait are still written.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.signal()
}

// fail ends the queue and drops what waits. The first error counts; nil means an
// orderly end.
func (q *queue) fail(err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.ended {
		return
	}
	q.ended, q.closed, q.err = true, true, err
	q.waiting, q.keyed = nil, nil
	q.bytes, q.messages = 0, 0
	close(q.down)
	q.signal()
}
