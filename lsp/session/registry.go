package session

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// A Registry maps method names to typed handlers. S is the type of the
// snapshot that requests read, usually a pointer to an immutable value.
//
// The zero Registry is empty and ready for use. Fill it before [Serve] and
// leave it alone afterwards: it is read without a lock. One Registry may serve
// any number of sessions.
type Registry[S any] struct {
	requests      map[string]requestEntry[S]
	notifications map[string]notificationEntry
}

// requestEntry is a request handler with its parameter type erased.
type requestEntry[S any] struct {
	options
	run func(ctx context.Context, snap S, raw json.RawMessage) (any, error)
}

// notificationEntry is a notification handler with its parameter type erased.
type notificationEntry func(ctx context.Context, n Notifier, raw json.RawMessage) error

// An Option changes how the session treats one request method.
type Option func(*options)

type options struct{ automatic, waits bool }

// Automatic marks a request that clients send by themselves, without the user
// asking for it: inlay hints, semantic tokens, pull diagnostics, code lenses.
//
// Such a request is cancelled, and answered ContentModified, as soon as
// textDocument/didChange arrives for the document it names: its answer would
// be about text that is gone, and the client asks again anyway. Automatic
// requests also never take the last slot, so they cannot delay what the user
// asked for.
//
// Without this option a request is user-initiated: it runs to its end on the
// snapshot of its arrival, whatever is edited meanwhile.
func Automatic() Option { return func(o *options) { o.automatic = true } }

// Waits marks a request that is held open until there is something to tell,
// such as workspace/diagnostic. It takes no slot, so that it keeps nobody from
// working; its handler must see to it that it computes little, and not many at
// once.
func Waits() Option { return func(o *options) { o.waits = true } }

// OnRequest registers the handler of a request method.
//
// The snapshot is taken on the read loop when the request arrives, so it shows
// exactly the notifications received before the request and none after it. The
// handler itself runs in a goroutine of its own, concurrently with others and
// with later edits. Parameters are decoded into a new P; absent or null
// parameters leave it zero; parameters of a wrong shape are answered
// InvalidParams without calling h.
//
// ctx is cancelled when the client cancels the request, when an edit
// supersedes it (see [Automatic]) and when the session ends; h should then
// return soon, with any result, which is dropped. The session answers with the
// code that belongs to the cause.
//
// An error of type [*protocol.Error] reaches the client with its code; any
// other becomes RequestFailed with the error's text. A panic is answered
// InternalError, its stack goes to the log, and the session continues.
//
// OnRequest panics if method is registered already, or belongs to the session
// itself (initialize, shutdown).
func OnRequest[S, P, R any](r *Registry[S], method string, h func(ctx context.Context, snap S, params *P) (R, error), opts ...Option) {
	r.mustBeFree(method)
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	if r.requests == nil {
		r.requests = make(map[string]requestEntry[S])
	}
	r.requests[method] = requestEntry[S]{
		options: o,
		run: func(ctx context.Context, snap S, raw json.RawMessage) (any, error) {
			params, err := decodeParams[P](raw)
			if err != nil {
				return nil, err
			}
			result, err := h(ctx, snap, params)
			if err != nil {
				return nil, err
			}
			return result, nil
		},
	}
}

// OnNotification registers the handler of a notification method.
//
// Notification handlers run on the read loop, one after another, in the order
// of arrival: nothing else is read until h returns. They are where state
// changes, so they must be quick: store the text, publish the next snapshot,
// and leave parsing to whoever reads it first. Work that takes longer, or that
// must call the client, belongs in [Notifier.Go].
//
// An error, a panic and parameters that do not decode are logged; the protocol
// has no answer to a notification.
//
// OnNotification panics if method is registered already, or belongs to the
// session itself (initialized, exit, $/cancelRequest, $/setTrace).
func OnNotification[S, P any](r *Registry[S], method string, h func(ctx context.Context, n Notifier, params *P) error) {
	r.mustBeFree(method)
	if r.notifications == nil {
		r.notifications = make(map[string]notificationEntry)
	}
	r.notifications[method] = func(ctx context.Context, n Notifier, raw json.RawMessage) error {
		params, err := decodeParams[P](raw)
		if err != nil {
			return err
		}
		return h(ctx, n, params)
	}
}

// Requests returns the registered request methods, sorted. The methods that
// the session handles itself are not among them.
func (r *Registry[S]) Requests() []string { return sortedKeys(r.requests) }

// Notifications returns the registered notification methods, sorted. The
// methods that the session handles itself are not among them.
func (r *Registry[S]) Notifications() []string { return sortedKeys(r.notifications) }

// Methods returns all registered methods, requests and notifications, sorted.
// A test can compare it with the capabilities the server announces.
func (r *Registry[S]) Methods() []string {
	all := append(r.Requests(), r.Notifications()...)
	slices.Sort(all)
	return all
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (r *Registry[S]) mustBeFree(method string) {
	switch method {
	case protocol.MethodInitialize, protocol.MethodInitialized, protocol.MethodShutdown, protocol.MethodExit,
		protocol.MethodCancelRequest, protocol.MethodSetTrace:
		panic(fmt.Sprintf("session: %s belongs to the session and cannot be registered", method))
	}
	_, request := r.requests[method]
	_, notification := r.notifications[method]
	if request || notification {
		panic(fmt.Sprintf("session: %s is registered twice", method))
	}
}

// decodeParams decodes raw into a new P. Unknown members are ignored, as the
// protocol demands.
func decodeParams[P any](raw json.RawMessage) (*P, error) {
	params := new(P)
	if len(bytes.TrimSpace(raw)) == 0 {
		return params, nil
	}
	if err := json.Unmarshal(raw, params); err != nil {
		return nil, &protocol.Error{Code: protocol.InvalidParams, Message: "parameters: " + err.Error()}
	}
	return params, nil
}
