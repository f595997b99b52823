// Package session runs one language-server session over a byte stream: it owns
// order, concurrency, cancellation, lifecycle and errors, so that features own
// none of them.
//
// # How a message travels
//
// One goroutine, the read loop, takes messages from the stream in turn.
//
//   - Notifications are handled right there. Their order is the client's order,
//     always. They are the only place where state changes.
//   - A request captures the snapshot there, and then runs in a goroutine of its
//     own. It sees exactly the notifications before it, however long it waits for
//     a slot and whatever arrives meanwhile.
//   - $/cancelRequest cancels the context of the request it names, at once.
//   - Answers to our own calls are handed to the goroutines that wait for them.
//
// Nothing that the read loop does can wait for the client: all writing goes
// through the queue of package wire. A call to the client from the read loop
// would wait for an answer that only the read loop can read; notification
// handlers get a [Notifier], which cannot call, so this mistake does not
// compile.
//
// # What ends a session
//
// The exit notification; the end of the input; input whose framing is lost; a
// client that takes nothing for a minute; the death of the process that the
// client named in initialize; cancellation of the context given to [Serve].
// Nothing else: no message, no handler error and no panic in a handler.
//
// # Limits
//
// The package knows nothing of Kconfig and little of LSP: the lifecycle
// methods, cancellation, tracing, and that textDocument/didChange supersedes
// [Automatic] requests about the same document. Partial results are not
// supported. A handler that ignores its context cannot be interrupted; it is
// abandoned when the session ends. A call that the client never answers, not even
// after $/cancelRequest, occupies a few bytes until then.
package session
