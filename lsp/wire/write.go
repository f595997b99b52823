package wire

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/sourcegraph/jsonrpc2"
)

// writeBuffer is the most that is written at once. It is also the grain of the
// watch over the other end: within the stall timeout it must take that much.
const writeBuffer = 64 << 10

// Reply queues the answer with a result to the request with the given id. If
// result cannot be encoded, an InternalError is queued in its place, so that the
// other end does not wait for ever, and the reason is returned.
func (s *Stream) Reply(id jsonrpc2.ID, result any) error {
	body, err := encodeMember(replyHead(encodeID(id), `,"result":`), result)
	if err != nil {
		failure := &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: "the result cannot be encoded"}
		if err := s.ReplyError(id, failure); err != nil {
			return err
		}
		return err
	}
	return s.out.put(body, "")
}

// ReplyError queues an error as the answer to the request with the given id.
func (s *Stream) ReplyError(id jsonrpc2.ID, e *jsonrpc2.Error) error {
	return s.replyError(encodeID(id), e)
}

func (s *Stream) replyError(id []byte, e *jsonrpc2.Error) error {
	body, err := encodeMember(replyHead(id, `,"error":`), e)
	if err != nil {
		return err
	}
	return s.out.put(body, "")
}

// Notify queues a notification. nil params are left out.
func (s *Stream) Notify(method string, params any) error {
	return s.NotifyKeyed("", method, params)
}

// NotifyKeyed queues a notification that replaces the one with the same key if
// that is still waiting, in its place in the queue. An empty key replaces
// nothing. Of two goroutines that use the same key at the same time, either may
// win.
func (s *Stream) NotifyKeyed(key, method string, params any) error {
	body, err := encodeNotification(method, params)
	if err != nil {
		return err
	}
	return s.out.put(body, key)
}

// NotifyDroppable queues a notification unless more than Options.HighWater
// bytes are waiting, and reports whether it did.
func (s *Stream) NotifyDroppable(method string, params any) (queued bool, err error) {
	if s.out.full() {
		return false, nil // and spares the encoding
	}
	if err := s.Notify(method, params); err != nil {
		return false, err
	}
	return true, nil
}

// WriteObject implements jsonrpc2.ObjectStream: it queues obj.
func (s *Stream) WriteObject(obj any) error {
	body, err := json.Marshal(obj)
	if err != nil {
		return err
	}
	return s.out.put(body, "")
}

// nullID is the id of answers to messages whose id is not known.
var nullID = []byte("null")

func encodeID(id jsonrpc2.ID) []byte {
	if !id.IsString {
		return strconv.AppendUint(nil, id.Num, 10)
	}
	raw, _ := json.Marshal(id.Str) // cannot fail for a string
	return raw
}

func replyHead(id []byte, member string) *bytes.Buffer {
	var b bytes.Buffer
	b.WriteString(`{"jsonrpc":"2.0","id":`)
	b.Write(id)
	b.WriteString(member)
	return &b
}

func encodeNotification(method string, params any) ([]byte, error) {
	name, err := json.Marshal(method)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString(`{"jsonrpc":"2.0","method":`)
	b.Write(name)
	if params == nil {
		b.WriteByte('}')
		return b.Bytes(), nil
	}
	b.WriteString(`,"params":`)
	return encodeMember(&b, params)
}

// encodeMember appends v as the last member of the object begun in b, and
// returns the whole object. v is encoded once; <, > and & stay as they are,
// since nobody embeds these messages into HTML.
func encodeMember(b *bytes.Buffer, v any) ([]byte, error) {
	encoder := json.NewEncoder(b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, fmt.Errorf("wire: encoding %T: %w", v, err)
	}
	b.Truncate(b.Len() - 1) // the encoder ends with a newline
	b.WriteByte('}')
	return b.Bytes(), nil
}

// write is the goroutine that writes the queue out.
func (s *Stream) write(w io.Writer) {
	out := bufio.NewWriterSize(&watchedWriter{w, s.opts.StallTimeout, s.out.fail}, writeBuffer)
	for {
		batch := s.out.take()
		if len(batch) == 0 {
			s.out.fail(nil)
			return
		}
		for _, m := range batch {
			// Errors of bufio.Writer stick; Flush returns them.
			_, _ = fmt.Fprintf(out, "Content-Length: %d\r\n\r\n", len(m.body))
			_, _ = out.Write(m.body)
		}
		if err := out.Flush(); err != nil {
			s.out.fail(err)
			return
		}
		s.out.written(batch)
	}
}

// A watchedWriter writes in pieces, and tells if one takes too long. The write
// itself stays blocked; who is told must close the stream.
type watchedWriter struct {
	w       io.Writer
	timeout time.Duration
	stalled func(error)
}

func (w *watchedWriter) Write(p []byte) (n int, err error) {
	for n < len(p) && err == nil {
		watch := time.AfterFunc(w.timeout, func() { w.stalled(ErrStalled) })
		var written int
		written, err = w.w.Write(p[n:min(n+writeBuffer, len(p))])
		watch.Stop()
		n += written
	}
	return n, err
}
