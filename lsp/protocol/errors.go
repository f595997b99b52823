package protocol

import (
	"encoding/json"
	"fmt"
)

// An ErrorCode says what went wrong with a request, in the numbers of JSON-RPC
// and LSP.
type ErrorCode int32

const (
	// ParseError: the message is not JSON.
	ParseError ErrorCode = -32700
	// InvalidRequest: the message is JSON but no request, or came at the wrong
	// time.
	InvalidRequest ErrorCode = -32600
	// MethodNotFound: the server does not know the method.
	MethodNotFound ErrorCode = -32601
	// InvalidParams: the parameters have the wrong shape, or name something
	// that cannot be.
	InvalidParams ErrorCode = -32602
	// InternalError: the server has a bug.
	InternalError ErrorCode = -32603
	// ServerNotInitialized: a request came before initialize.
	ServerNotInitialized ErrorCode = -32002
	// RequestCancelled: the client cancelled the request.
	RequestCancelled ErrorCode = -32800
	// ContentModified: the document changed under a request that the client
	// had made by itself; it will ask again.
	ContentModified ErrorCode = -32801
	// ServerCancelled: the server gave the request up. Allowed only for
	// requests that say so (pull diagnostics, semantic tokens).
	ServerCancelled ErrorCode = -32802
	// RequestFailed: the request was right and failed nonetheless. The message
	// is for the user.
	RequestFailed ErrorCode = -32803
)

func (c ErrorCode) String() string {
	switch c {
	case ParseError:
		return "ParseError"
	case InvalidRequest:
		return "InvalidRequest"
	case MethodNotFound:
		return "MethodNotFound"
	case InvalidParams:
		return "InvalidParams"
	case InternalError:
		return "InternalError"
	case ServerNotInitialized:
		return "ServerNotInitialized"
	case RequestCancelled:
		return "RequestCancelled"
	case ContentModified:
		return "ContentModified"
	case ServerCancelled:
		return "ServerCancelled"
	case RequestFailed:
		return "RequestFailed"
	}
	return fmt.Sprintf("ErrorCode(%d)", int32(c))
}

// An Error is an error with a code of the protocol. A handler that returns one,
// or wraps one, decides the code the client sees.
type Error struct {
	Code    ErrorCode
	Message string
	Data    json.RawMessage // more for the program at the other end; may be nil
}

// Errorf returns an [*Error] with a formatted message.
func Errorf(code ErrorCode, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Code, e.Message) }
