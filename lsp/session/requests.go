package session

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// inflight knows the requests that are not answered yet.
type inflight struct {
	mu       sync.Mutex
	requests map[jsonrpc2.ID]*running
}

// running is a request that is not answered yet.
type running struct {
	cancel   context.CancelCauseFunc
	document protocol.DocumentURI // set for automatic requests about a document
}

// add refuses ids that are in use: with two requests of one id, neither answer
// could be told from the other.
func (f *inflight) add(id jsonrpc2.ID, r *running) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, used := f.requests[id]; used {
		return false
	}
	f.requests[id] = r
	return true
}

func (f *inflight) remove(id jsonrpc2.ID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.requests, id)
}

func (f *inflight) cancel(id jsonrpc2.ID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if r := f.requests[id]; r != nil {
		r.cancel(errCancelled)
	}
}

// cancelAll cancels all requests for a reason.
func (f *inflight) cancelAll(cause error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.requests {
		r.cancel(cause)
	}
}

// supersede cancels the automatic requests about the document that the
// parameters of textDocument/didChange name. It decodes them only if there are
// automatic requests at all: the text of a change can be long.
func (f *inflight) supersede(raw json.RawMessage) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var changed protocol.DocumentURI
	for _, r := range f.requests {
		if r.document == "" {
			continue
		}
		if changed == "" {
			if changed = documentOf(raw); changed == "" {
				return
			}
		}
		if r.document == changed {
			r.cancel(errModified)
		}
	}
}

// documentOf returns the document that parameters name, or "".
func documentOf(raw json.RawMessage) protocol.DocumentURI {
	var params struct {
		TextDocument struct {
			URI protocol.DocumentURI `json:"uri"`
		} `json:"textDocument"`
	}
	_ = json.Unmarshal(raw, &params) // the handler will complain
	return params.TextDocument.URI
}

// run captures the snapshot and starts the goroutine of a request. It runs on
// the read loop.
func (s *session[S]) run(req *jsonrpc2.Request, raw json.RawMessage, h requestEntry[S]) {
	id, method, arrived := req.ID, req.Method, time.Now()
	var snapshot S
	if !s.guard("Config.Snapshot", func() { snapshot = s.cfg.Snapshot() }) {
		s.replyError(id, errPanic)
		return
	}
	ctx, cancel := context.WithCancelCause(s.ctx)
	r := &running{cancel: cancel}
	if h.automatic {
		r.document = documentOf(raw)
	}
	if !s.running.add(id, r) {
		cancel(nil)
		s.replyError(id, protocol.Errorf(protocol.InvalidRequest, "the id %s is in use", id))
		return
	}
	s.answering.Add(1)
	if !s.tasks.start(func() {
		defer s.answering.Done()
		defer cancel(nil)
		var result any
		var err error
		started := arrived
		// Deferred, so that a handler that ends its goroutine is answered too.
		defer func() {
			if cause := context.Cause(ctx); cause != nil {
				err = cause // whatever the handler made of it
			}
			s.finish(id, result, err)
			s.completed(Completion{
				Method: method,
				ID:     id.String(),
				Waited: started.Sub(arrived),
				Took:   time.Since(started),
				Err:    err,
			})
		}()
		if !h.waits {
			if err = s.acquire(ctx, h.automatic); err != nil {
				return
			}
		}
		started, err = time.Now(), errPanic // until the handler returns
		result, err = s.call(ctx, method, snapshot, raw, h)
	}) {
		s.answering.Done() // the session has ended
	}
}

// call runs a handler in a slot, which it gives back.
func (s *session[S]) call(ctx context.Context, method string, snapshot S, raw json.RawMessage, h requestEntry[S]) (result any, err error) {
	ctx = withClient(ctx, client[S]{notifier[S]{s}})
	if !h.waits {
		held := &slot{acquire: func() error { return s.acquire(ctx, h.automatic) }, release: func() { s.release(h.automatic) }}
		ctx = context.WithValue(ctx, slotKey{}, held)
		defer func() {
			if !held.given {
				held.release()
			}
		}()
	}
	err = errPanic
	s.guard(method, func() { result, err = h.run(ctx, snapshot, raw) })
	return result, err
}

// A slot is what a running request holds, unless it has given it back.
type slot struct {
	acquire func() error
	release func()
	given   bool
}

// slotKey is the key of a context value.
type slotKey struct{}

// Idle runs a function that only waits for something, which must end when the context
// does. Meanwhile the slot of the request that the context belongs to goes to another:
// requests that wait must not keep those from running that need not. The error is that of
// a context that has ended, after which there is no slot to go on with.
func Idle(ctx context.Context, wait func()) error {
	held, _ := ctx.Value(slotKey{}).(*slot)
	if held == nil {
		wait()
		return context.Cause(ctx)
	}
	held.release()
	held.given = true
	wait()
	if err := held.acquire(); err != nil {
		return err
	}
	held.given = false
	return nil
}

// finish answers a request. The id is free before the answer leaves: the client
// may use it again at once.
func (s *session[S]) finish(id jsonrpc2.ID, result any, err error) {
	s.running.remove(id)
	if err != nil {
		s.replyError(id, err)
		return
	}
	if !s.guard("encoding of a result", func() { s.reply(id, result) }) {
		s.replyError(id, errPanic)
	}
}

// acquire waits for a slot. Automatic requests leave one to those that the user
// waits for.
func (s *session[S]) acquire(ctx context.Context, automatic bool) error {
	if automatic {
		select {
		case s.idle <- struct{}{}:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	select {
	case s.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		if automatic {
			<-s.idle
		}
		return context.Cause(ctx)
	}
}

func (s *session[S]) release(automatic bool) {
	<-s.slots
	if automatic {
		<-s.idle
	}
}

// errPanic answers a request whose handler panicked. What happened is in the
// log; the client could not do anything about it.
var errPanic = &protocol.Error{Code: protocol.InternalError, Message: "internal error; see the log of the server"}

// wireError maps an error to the one the client sees.
func wireError(err error) *jsonrpc2.Error {
	var ours *protocol.Error
	var theirs *jsonrpc2.Error
	switch {
	case errors.Is(err, errCancelled):
		return &jsonrpc2.Error{Code: int64(protocol.RequestCancelled), Message: "cancelled"}
	case errors.Is(err, errModified):
		return &jsonrpc2.Error{Code: int64(protocol.ContentModified), Message: "content modified"}
	case errors.Is(err, errEnded):
		// Not ServerCancelled, which only some requests can be answered with, and after
		// which clients ask again.
		return &jsonrpc2.Error{Code: int64(protocol.RequestCancelled), Message: "the server is going away"}
	case errors.As(err, &ours):
		e := &jsonrpc2.Error{Code: int64(ours.Code), Message: err.Error()}
		if err == error(ours) {
			e.Message = ours.Message // the code is told by the code
		}
		if ours.Data != nil {
			e.Data = &ours.Data
		}
		return e
	case errors.As(err, &theirs):
		return theirs
	}
	return &jsonrpc2.Error{Code: int64(protocol.RequestFailed), Message: err.Error()}
}
