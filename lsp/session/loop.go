package session

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/wire"
)

// Handle implements jsonrpc2.Handler. It is the body of the read loop: the
// connection calls it for each message in turn, and reads no further until it
// returns.
func (s *session[S]) Handle(_ context.Context, conn *jsonrpc2.Conn, req *jsonrpc2.Request) {
	s.conn.Store(conn) // the first message can come before NewConn returns
	raw := s.stream.TakeParams()
	if s.cfg.Heard != nil {
		s.guard("Config.Heard", func() { s.cfg.Heard(req.Method) })
	}
	if req.Notif {
		s.notification(req.Method, raw)
	} else {
		s.request(req, raw)
	}
}

func (s *session[S]) notification(method string, raw json.RawMessage) {
	if s.phase == afterExit {
		return
	}
	switch method {
	case protocol.MethodExit:
		s.exit()
		return
	case protocol.MethodCancelRequest:
		s.cancelRequest(raw)
		return
	}
	if s.phase != serving {
		s.cfg.Logger.Warn("notification at the wrong time", "method", method)
		return
	}
	switch method {
	case protocol.MethodInitialized:
		if s.cfg.Initialized != nil {
			s.guard(method, func() { s.cfg.Initialized(s.loopCtx, notifier[S]{s}) })
		}
		return
	case protocol.MethodSetTrace:
		s.setTrace(raw)
		return
	case protocol.MethodShutdown: // Kate wants no answer
		s.shutdown(func(error) {})
		return
	case protocol.MethodDidChange:
		s.running.supersede(raw)
	}
	h, ok := s.reg.notifications[method]
	if !ok {
		// Also $/ notifications, which anybody may invent.
		s.cfg.Logger.Debug("notification ignored", "method", method)
		return
	}
	s.guard(method, func() {
		if err := h(s.loopCtx, notifier[S]{s}, raw); err != nil {
			s.cfg.Logger.Error("notification failed", "method", method, "error", err)
		}
	})
}

// request answers what belongs to the session, and starts a goroutine for
// everything else.
func (s *session[S]) request(req *jsonrpc2.Request, raw json.RawMessage) {
	switch {
	case req.Method == protocol.MethodInitialize && s.phase == beforeInitialize:
		s.initialize(req.ID, raw)
		return
	case s.phase == beforeInitialize:
		s.replyError(req.ID, protocol.Errorf(protocol.ServerNotInitialized, "initialize must come first"))
		return
	case req.Method == protocol.MethodInitialize:
		s.replyError(req.ID, protocol.Errorf(protocol.InvalidRequest, "initialize came a second time"))
		return
	case s.phase != serving:
		s.replyError(req.ID, protocol.Errorf(protocol.InvalidRequest, "only exit may follow shutdown"))
		return
	case req.Method == protocol.MethodShutdown:
		s.shutdown(func(err error) {
			if err != nil {
				s.replyError(req.ID, err)
				return
			}
			s.reply(req.ID, nil)
		})
		return
	}
	h, ok := s.reg.requests[req.Method]
	if !ok {
		s.replyError(req.ID, protocol.Errorf(protocol.MethodNotFound, "no such method: %.100s", req.Method))
		return
	}
	s.run(req, raw, h)
}

func (s *session[S]) initialize(id jsonrpc2.ID, raw json.RawMessage) {
	var result any
	var err error
	if !s.guard(protocol.MethodInitialize, func() {
		result, err = s.cfg.Initialize(s.loopCtx, client[S]{notifier[S]{s}}, raw)
	}) {
		err = errPanic
	}
	if err != nil {
		s.replyError(id, err)
		return
	}
	params := protocol.ResolveInitialize(raw)
	s.phase = serving
	s.traceTo(params.Trace)
	s.watchParent(int(params.ProcessID))
	s.reply(id, result)
}

func (s *session[S]) shutdown(tell func(error)) {
	var err error
	if s.cfg.Shutdown != nil && !s.guard(protocol.MethodShutdown, func() { err = s.cfg.Shutdown(s.loopCtx) }) {
		err = errPanic
	}
	// A failed shutdown is a shutdown: the client will send exit all the same.
	s.phase = afterShutdown
	s.asking.Lock()
	s.asksNoMore = true
	s.asking.Unlock()
	// The client will wait for no other answer, but each request gets one: now.
	s.running.cancelAll(errEnded)
	answer := func() {
		defer close(s.stopped)
		tell(err)
	}
	if !s.tasks.start(func() {
		answered := make(chan struct{})
		go func() {
			defer close(answered)
			s.answering.Wait()
		}()
		select {
		case <-answered:
		case <-time.After(s.cfg.Grace): // for handlers that hear of nothing
			s.graceUsed.Store(true)
		}
		answer()
	}) {
		answer()
	}
}

func (s *session[S]) exit() {
	if s.phase == afterShutdown {
		<-s.stopped // some clients do not wait for the answer
		s.exitClean.Store(1)
	}
	s.phase = afterExit
	s.end(errEnded)
}

// cancelRequest cancels the context of a request. One that is answered already,
// or was never made, is no error: cancellations and answers cross.
func (s *session[S]) cancelRequest(raw json.RawMessage) {
	var params struct {
		ID *jsonrpc2.ID `json:"id"`
	}
	if err := json.Unmarshal(raw, &params); err != nil || params.ID == nil {
		s.cfg.Logger.Warn("cancellation without usable id", "params", string(raw[:min(len(raw), 200)]))
		return
	}
	s.running.cancel(*params.ID)
}

func (s *session[S]) reply(id jsonrpc2.ID, result any) {
	if err := s.stream.Reply(id, result); err != nil && !errors.Is(err, wire.ErrClosed) {
		s.cfg.Logger.Error("answer not sent", "id", id.String(), "error", err)
	}
}

func (s *session[S]) replyError(id jsonrpc2.ID, err error) {
	if err := s.stream.ReplyError(id, wireError(err)); err != nil && !errors.Is(err, wire.ErrClosed) {
		s.cfg.Logger.Error("error not sent", "id", id.String(), "error", err)
	}
}
