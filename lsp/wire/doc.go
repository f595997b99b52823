// Package wire carries JSON-RPC messages over a byte stream in the framing of
// the Language Server Protocol.
//
// [Stream] implements jsonrpc2.ObjectStream. It exists because the codecs of
// that package end the connection for anything unexpected, take messages of any
// size, decode and encode each message several times, and write while holding a
// lock that the reading side needs. The differences:
//
//   - Reading is tolerant and bounded. Whatever can be understood is. A message
//     that cannot is answered with an error, and reading goes on with the next.
//     Only if it is unclear where the next message begins, the stream ends.
//   - Reading decodes no parameters. They are kept, as sent, for the handler of
//     the message, who gets them with [Stream.TakeParams].
//   - Writing never waits for the other end. Messages are encoded once, by who
//     sends them, and go into a queue that one goroutine writes out.
//   - The queue has no limit, because a server that stops sending answers is of
//     no use, but it is watched: messages that replace one another are merged,
//     messages that nobody misses are dropped when much is waiting, and if the
//     other end takes nothing for a while, the stream ends.
//
// Negative request ids are refused: the ids of jsonrpc2 cannot hold them, and no
// known client sends them.
package wire
