package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/sourcegraph/jsonrpc2"
)

// ReadObject implements jsonrpc2.ObjectStream: it reads the next request,
// notification or response into v. Messages that are none are answered and
// skipped. At the end of the input it returns io.EOF; any error is final.
//
// A request is stored without its parameters, which wait for
// [Stream.TakeParams].
func (s *Stream) ReadObject(v any) error {
	s.params = nil
	for {
		body, err := s.frames.next()
		if tooLarge := (*errTooLarge)(nil); errors.As(err, &tooLarge) {
			s.refuse(nullID, jsonrpc2.CodeInvalidRequest, tooLarge.Error())
			continue
		}
		if err != nil {
			if !errors.Is(err, io.EOF) {
				s.opts.Logger.Warn("reading ends", "error", err)
			}
			return err
		}
		stub, ok := s.open(body)
		if !ok {
			continue
		}
		err = json.Unmarshal(stub, v)
		if err == nil {
			return nil
		}
		// open lets nothing through that jsonrpc2 does not take. Should it
		// nonetheless, one message is lost, and not the session.
		s.params = nil
		s.refuse(nullID, jsonrpc2.CodeInvalidRequest, err.Error())
	}
}

// TakeParams returns the parameters of the request or notification that
// ReadObject returned last, as they were sent, or nil if it has none. It must be
// called before the next ReadObject, which jsonrpc2.Conn grants to handlers:
// it reads and handles in one goroutine, in turn. A second call returns nil.
func (s *Stream) TakeParams() json.RawMessage {
	params := s.params
	s.params = nil
	return params
}

// An envelope is a message of which only the outermost level is decoded.
type envelope struct {
	ID     json.RawMessage `json:"id"`
	Method json.RawMessage `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  json.RawMessage `json:"error"`
}

// open decodes the envelope of a message. It keeps the parameters and returns
// the rest in a form that jsonrpc2 takes, or answers what is wrong and returns
// false.
func (s *Stream) open(body []byte) (stub []byte, ok bool) {
	var e envelope
	if err := json.Unmarshal(body, &e); err != nil {
		code, what := jsonrpc2.CodeInvalidRequest, "a message must be a single object"
		if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
			code, what = jsonrpc2.CodeParseError, err.Error()
		}
		s.refuse(nullID, int64(code), what)
		return nil, false
	}
	id, idErr := parseID(e.ID)
	switch {
	case e.Method != nil && (present(e.Result) || present(e.Error)):
		s.refuse(nullID, jsonrpc2.CodeInvalidRequest, "a message cannot be both request and response")
		return nil, false
	case e.Method != nil:
		return s.openRequest(&e, id, idErr)
	case e.Result != nil || present(e.Error):
		return s.openResponse(&e, id, idErr)
	}
	s.refuse(idOrNull(id), jsonrpc2.CodeInvalidRequest, "a message must have a method, a result or an error")
	return nil, false
}

func (s *Stream) openRequest(e *envelope, id []byte, idErr error) (stub []byte, ok bool) {
	if idErr != nil {
		s.refuse(nullID, jsonrpc2.CodeInvalidRequest, idErr.Error())
		return nil, false
	}
	var method string
	if err := json.Unmarshal(e.Method, &method); err != nil || !present(e.Method) {
		s.refuse(idOrNull(id), jsonrpc2.CodeInvalidRequest, "the method must be a string")
		return nil, false
	}
	s.params = e.Params
	stub = append(stub, `{"method":`...)
	stub = append(stub, e.Method...)
	if id != nil {
		stub = append(stub, `,"id":`...)
		stub = append(stub, id...)
	}
	return append(stub, '}'), true
}

func (s *Stream) openResponse(e *envelope, id []byte, idErr error) (stub []byte, ok bool) {
	if idErr != nil || id == nil {
		// An error without id complains about something we sent; there is
		// nobody to answer. Answering a response could start a loop.
		s.opts.Logger.Warn("response without usable id", "error", string(clip(e.Error)))
		return nil, false
	}
	stub = append(stub, `{"id":`...)
	stub = append(stub, id...)
	if !present(e.Error) {
		stub = append(stub, `,"result":`...)
		stub = append(stub, e.Result...)
		return append(stub, '}'), true
	}
	failure := e.Error
	if err := json.Unmarshal(e.Error, new(jsonrpc2.Error)); err != nil {
		// Not an error object, but an error nonetheless: the caller must not
		// wait for another answer.
		failure, _ = json.Marshal(jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: string(clip(e.Error))})
	}
	stub = append(stub, `,"error":`...)
	stub = append(stub, failure...)
	return append(stub, '}'), true
}

// refuse answers a message that is not understood.
func (s *Stream) refuse(id []byte, code int64, what string) {
	s.opts.Logger.Warn("message refused", "code", code, "reason", what)
	// If the stream has ended nobody waits for the answer.
	_ = s.replyError(id, &jsonrpc2.Error{Code: code, Message: what})
}

func present(raw json.RawMessage) bool { return raw != nil && !bytes.Equal(raw, nullID) }

func idOrNull(id []byte) []byte {
	if id == nil {
		return nullID
	}
	return id
}

// parseID checks an id. It returns nil for an absent or null one.
func parseID(raw json.RawMessage) ([]byte, error) {
	if !present(raw) {
		return nil, nil
	}
	if raw[0] == '"' {
		return raw, nil
	}
	// jsonrpc2 decodes ids as int64 and keeps them as uint64.
	if _, err := strconv.ParseUint(string(raw), 10, 63); err != nil {
		return nil, fmt.Errorf("the id must be a string or an integer from 0 up, not %s", clip(raw))
	}
	return raw, nil
}

// clip bounds what is quoted of a message.
func clip(raw []byte) []byte { return raw[:min(len(raw), 200)] }
