package session

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// A Notifier sends notifications to the client. Its methods never block and
// report no errors: a message that cannot be sent means that the session is
// about to end. They may be called from any goroutine, also after the end of
// the session.
//
// Messages leave in the order in which they were queued.
type Notifier interface {
	// Notify queues a notification; nil params are left out. params is encoded
	// before Notify returns, so the caller may change it afterwards.
	Notify(method string, params any)

	// NotifyKeyed is like Notify, but if a message with the same key is still
	// waiting to be sent, this one takes its place, and the older one is never
	// sent. Use it for messages that replace their predecessors, such as the
	// diagnostics of one document. Who queues messages with the same key from
	// several goroutines must see to their order.
	NotifyKeyed(key, method string, params any)

	// NotifyDroppable is like Notify, but drops the message if much is waiting
	// to be sent already, and reports whether it was queued. Use it for logs
	// and progress reports, which a slow client can do without. Never drop the
	// begin or end of a progress.
	NotifyDroppable(method string, params any) bool

	// Go runs f in a goroutine that belongs to the session: ctx ends with the
	// session, and a panic is logged. This is the place to Call the client in
	// consequence of a notification. After the end of the session f is not run.
	Go(f func(ctx context.Context, client Client))
}

// A Client is the other end of the session, as seen by goroutines that may wait
// for it: request handlers and functions started by [Notifier.Go].
type Client interface {
	Notifier

	// Call sends a request to the client and waits for the answer, which is
	// decoded into result, a pointer, or nil to ignore it. It never returns
	// before the answer, the end of ctx, a time limit (Config.CallTimeout,
	// unless ctx has a deadline) or the end of the session (ErrClosed). When
	// Call gives up it tells the client with $/cancelRequest. An error answer
	// of the client is returned as a *protocol.Error. After the client has asked for
	// shutdown nothing is sent, and Call returns ErrClosed.
	Call(ctx context.Context, method string, params, result any) error
}

var (
	// ErrClosed is returned by Call when the session has ended.
	ErrClosed = errors.New("session: closed")

	// ErrReadLoop is returned by Call when its context is one that the session
	// gave to a function on the read loop, where waiting for an answer would
	// wait for ever.
	ErrReadLoop = errors.New("session: Call on the read loop")
)

// clientKey is the key of a context value.
type clientKey struct{}

func withClient(ctx context.Context, c Client) context.Context {
	return context.WithValue(ctx, clientKey{}, c)
}

// ClientFrom returns the client of the session that a context belongs to: the
// context of a request handler or of a function started by [Notifier.Go]. For
// any other context it returns nil.
func ClientFrom(ctx context.Context) Client {
	c, _ := ctx.Value(clientKey{}).(Client)
	return c
}

// notifier implements [Notifier].
type notifier[S any] struct{ s *session[S] }

func (n notifier[S]) Notify(method string, params any) {
	n.report(method, n.s.stream.Notify(method, params))
}

func (n notifier[S]) NotifyKeyed(key, method string, params any) {
	n.report(method, n.s.stream.NotifyKeyed(key, method, params))
}

func (n notifier[S]) NotifyDroppable(method string, params any) bool {
	queued, err := n.s.stream.NotifyDroppable(method, params)
	n.report(method, err)
	return queued
}

// report logs what cannot be sent. At the end of a session that is everything.
func (n notifier[S]) report(method string, err error) {
	if err != nil && n.s.ctx.Err() == nil {
		n.s.cfg.Logger.Error("notification not sent", "method", method, "error", err)
	}
}

func (n notifier[S]) Go(f func(ctx context.Context, client Client)) {
	c := client[S]{n}
	n.s.tasks.start(func() {
		n.s.guard("background function", func() { f(withClient(n.s.ctx, c), c) })
	})
}

// client implements [Client].
type client[S any] struct{ notifier[S] }

func (c client[S]) Call(ctx context.Context, method string, params, result any) error {
	if ctx.Value(onReadLoop{}) != nil {
		return ErrReadLoop
	}
	s := c.s
	if _, limited := ctx.Deadline(); !limited {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, s.cfg.CallTimeout)
		defer cancel()
	}
	// String ids, because jsonrpc2 takes an error without id for the answer to
	// number 0.
	id := jsonrpc2.ID{Str: "s" + strconv.FormatUint(s.calls.Add(1), 10), IsString: true}
	waiter, err := c.ask(ctx, method, params, id)
	if err == nil {
		err = waiter.Wait(ctx, result)
	}
	var answer *jsonrpc2.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, jsonrpc2.ErrClosed) || s.ctx.Err() != nil:
		return ErrClosed
	case errors.As(err, &answer):
		e := &protocol.Error{Code: protocol.ErrorCode(answer.Code), Message: answer.Message}
		if answer.Data != nil {
			e.Data = *answer.Data
		}
		return e
	case ctx.Err() != nil:
		// jsonrpc2 keeps the call until it is answered; so should the client.
		c.Notify(protocol.MethodCancelRequest, cancelParams{id.Str})
	}
	return fmt.Errorf("session: calling %s: %w", method, err)
}

// ask queues a request, unless the client has asked for shutdown: then it answers none.
func (c client[S]) ask(ctx context.Context, method string, params any, id jsonrpc2.ID) (jsonrpc2.Waiter, error) {
	s := c.s
	s.asking.RLock()
	defer s.asking.RUnlock()
	if s.asksNoMore {
		return jsonrpc2.Waiter{}, jsonrpc2.ErrClosed
	}
	return s.conn.Load().DispatchCall(ctx, method, params, jsonrpc2.PickID(id))
}

// cancelParams are the parameters of $/cancelRequest for a call of ours.
type cancelParams struct {
	ID string `json:"id"`
}
