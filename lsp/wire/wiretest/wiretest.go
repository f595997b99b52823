// Package wiretest has what tests of packages around the wire share: framing
// without the code under test, and a collection of inputs that clients should
// not send, some of which they do.
package wiretest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Frame returns body with a header before it.
func Frame(body string) string {
	return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

// A Message is a decoded JSON-RPC message of any kind.
type Message struct {
	JSONRPC string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
	Result  json.RawMessage `json:"result"`
	Error   *struct {
		Code    int             `json:"code"`
		Message string          `json:"message"`
		Data    json.RawMessage `json:"data"`
	} `json:"error"`
}

// String returns the part of m that tests compare.
func (m Message) String() string {
	switch {
	case m.Method != "":
		return m.Method + string(m.Params)
	case m.Error != nil:
		return fmt.Sprintf("%s: error %d", m.ID, m.Error.Code)
	}
	return fmt.Sprintf("%s: %s", m.ID, m.Result)
}

// Split takes the output of a server apart. It is strict: it takes what the
// specification says, and nothing else.
func Split(output []byte) ([]Message, error) {
	var all []Message
	for len(output) > 0 {
		header, rest, ok := bytes.Cut(output, []byte("\r\n\r\n"))
		length, err := strconv.Atoi(strings.TrimPrefix(string(header), "Content-Length: "))
		if !ok || err != nil || length > len(rest) {
			return all, fmt.Errorf("bad frame: %.80q", output)
		}
		var m Message
		if err := json.Unmarshal(rest[:length], &m); err != nil {
			return all, err
		}
		if m.JSONRPC != "2.0" {
			return all, fmt.Errorf("no JSON-RPC version: %s", rest[:length])
		}
		all = append(all, m)
		output = rest[length:]
	}
	return all, nil
}

// Stream is an io.ReadWriteCloser with an input of its own and an output that
// can be looked at after Close.
type Stream struct {
	io.Reader
	Output bytes.Buffer
}

func (s *Stream) Write(p []byte) (int, error) { return s.Output.Write(p) }

// Close implements io.Closer.
func (s *Stream) Close() error { return nil }

// An Input is something a client might send.
type Input struct {
	Name  string
	Bytes string

	// Answers are the messages that a server which echoes parameters sends
	// back, in the form of Message.String.
	Answers []string

	// Ends says that the input makes it unclear where the next message begins.
	Ends bool
}

// Inputs returns a collection of inputs, most of them wrong, for servers that
// accept bodies up to maxBody bytes, which should be small.
func Inputs(maxBody int) []Input {
	const ping = `{"jsonrpc":"2.0","id":1,"method":"echo","params":{"a":1}}`
	const pong = `1: {"a":1}`
	header := func(h string) string { return h + ping }
	n := len(ping)
	parseError, invalid := []string{"null: error -32700"}, []string{"null: error -32600"}
	request := func(id string) string { return Frame(`{"jsonrpc":"2.0","id":` + id + `,"method":"echo","params":[]}`) }

	return []Input{
		{"plain", Frame(ping), []string{pong}, false},

		// Framing that is unusual.
		{"lower-case header", header(fmt.Sprintf("content-length: %d\r\n\r\n", n)), []string{pong}, false},
		{"upper-case header", header(fmt.Sprintf("CONTENT-LENGTH: %d\r\n\r\n", n)), []string{pong}, false},
		{"no blank after colon", header(fmt.Sprintf("Content-Length:%d\r\n\r\n", n)), []string{pong}, false},
		{"many blanks", header(fmt.Sprintf("Content-Length :  \t%d  \r\n\r\n", n)), []string{pong}, false},
		{"lines without CR", header(fmt.Sprintf("Content-Length: %d\n\n", n)), []string{pong}, false},
		{"content type", header(fmt.Sprintf("Content-Type: application/vscode-jsonrpc; charset=utf8\r\nContent-Length: %d\r\n\r\n", n)), []string{pong}, false},
		{"unknown header", header(fmt.Sprintf("X-Y\r\nContent-Length: %d\r\nZ: content-length: 3\r\n\r\n", n)), []string{pong}, false},
		{"length twice", header(fmt.Sprintf("Content-Length: %d\r\nContent-Length: %d\r\n\r\n", n, n)), []string{pong}, false},
		{"stray line before header", "\r\n\n" + Frame(ping), []string{pong}, false},
		{"padded body", Frame(ping + strings.Repeat(" ", 2000)), []string{pong}, false},

		// Framing that is lost.
		{"no length", header("Content-Type: x\r\n\r\n"), nil, true},
		{"length is no number", header("Content-Length: many\r\n\r\n"), nil, true},
		{"negative length", header("Content-Length: -5\r\n\r\n"), nil, true},
		{"length with sign", header(fmt.Sprintf("Content-Length: +%d\r\n\r\n", n)), nil, true},
		{"length over 2^32", header("Content-Length: 4294967297\r\n\r\n"), nil, true},
		{"length over 2^64", header("Content-Length: 99999999999999999999999\r\n\r\n"), nil, true},
		{"two lengths", header(fmt.Sprintf("Content-Length: %d\r\nContent-Length: 3\r\n\r\n", n)), nil, true},
		{"endless header", strings.Repeat("x", 5000), nil, true},
		{"endless header of short lines", strings.Repeat("x: y\r\n", 1000), nil, true},
		{"no header", ping, nil, true},

		// Bodies that are no message.
		{"empty body", Frame(""), parseError, false},
		{"blank body", Frame("  "), parseError, false},
		{"bad JSON", Frame(`{"jsonrpc":"2.0","id":1,"method":"echo",}`), parseError, false},
		{"cut JSON", Frame(ping[:n-1]), parseError, false},
		{"two values", Frame(ping + ping), parseError, false},
		{"byte order mark", Frame("\ufeff" + ping), parseError, false},
		{"UTF-16", Frame("{\x00\"\x00"), parseError, false},
		{"nesting 20000 deep", Frame(strings.Repeat("[", 20000) + strings.Repeat("]", 20000)), parseError, false},
		{"params 20000 deep", Frame(`{"jsonrpc":"2.0","id":1,"method":"echo","params":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + "}"), parseError, false},
		{"empty object", Frame(`{}`), invalid, false},
		{"null", Frame(`null`), invalid, false},
		{"number", Frame(`5`), invalid, false},
		{"string", Frame(`"echo"`), invalid, false},
		{"batch", Frame("[" + ping + "," + ping + "]"), invalid, false},
		{"empty batch", Frame("[]"), invalid, false},
		{"id without method", Frame(`{"jsonrpc":"2.0","id":1}`), []string{"1: error -32600"}, false},
		{"method is a number", Frame(`{"jsonrpc":"2.0","id":1,"method":5}`), []string{"1: error -32600"}, false},
		{"method is null", Frame(`{"jsonrpc":"2.0","id":1,"method":null}`), []string{"1: error -32600"}, false},
		{"method and result", Frame(`{"jsonrpc":"2.0","id":1,"method":"echo","result":{}}`), invalid, false},
		{"method and error", Frame(`{"jsonrpc":"2.0","id":1,"method":"echo","error":{"code":1,"message":""}}`), invalid, false},
		{"too long", Frame(`{"jsonrpc":"2.0","id":1,"method":"echo","params":"` + strings.Repeat("x", maxBody) + `"}`), invalid, false},

		// Ids.
		{"id is a fraction", request("1.5"), invalid, false},
		{"id in scientific notation", request("1e3"), invalid, false},
		{"id over 2^63", request("100000000000000000000"), invalid, false},
		{"id is negative", request("-1"), invalid, false},
		{"id is an object", request("{}"), invalid, false},
		{"id is a bool", request("true"), invalid, false},
		{"id is 0", request("0"), []string{"0: []"}, false},
		{"id is 2^63-1", request("9223372036854775807"), []string{"9223372036854775807: []"}, false},
		{"id is empty", request(`""`), []string{`"": []`}, false},
		{"id is a number in a string", request(`"1"`), []string{`"1": []`}, false},
		{"id has escapes", request(`"\u0041\n<"`), []string{`"A\n\u003c": []`}, false},
		{"id is null", request("null"), nil, false},

		// Messages that are odd.
		{"lone surrogate", Frame(`{"jsonrpc":"2.0","id":1,"method":"\ud800","params":[]}`), []string{"1: []"}, false},
		{"invalid UTF-8", Frame("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\",\"params\":[]}"), []string{"1: []"}, false},
		{"duplicate keys", Frame(`{"jsonrpc":"2.0","id":1,"id":2,"method":"echo","params":1,"params":2}`), []string{"2: 2"}, false},
		{"scalar params", Frame(`{"jsonrpc":"2.0","id":1,"method":"echo","params":7}`), []string{"1: 7"}, false},
		{"null params", Frame(`{"jsonrpc":"2.0","id":1,"method":"echo","params":null}`), []string{"1: null"}, false},
		{"no params", Frame(`{"jsonrpc":"2.0","id":1,"method":"echo"}`), []string{"1: null"}, false},
		{"JSON-RPC 1.0", Frame(`{"jsonrpc":"1.0","id":1,"method":"echo","params":[]}`), []string{"1: []"}, false},
		{"no JSON-RPC version", Frame(`{"id":1,"method":"echo","params":[]}`), []string{"1: []"}, false},
		{"unknown members", Frame(`{"jsonrpc":"2.0","id":1,"method":"echo","params":[],"meta":{"x":[1]},"y":null}`), []string{"1: []"}, false},
		{"order, escapes and numbers of params", Frame(`{"id":1,"method":"echo","params":{"b":1e400,"a":"<&>\u0041"}}`), []string{`1: {"b":1e400,"a":"<&>\u0041"}`}, false},
		{"notification", Frame(`{"jsonrpc":"2.0","method":"echo","params":[]}`), nil, false},
		{"unknown response", Frame(`{"jsonrpc":"2.0","id":77,"result":null}`), nil, false},
		{"error without id", Frame(`{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"?"}}`), nil, false},
		{"error that is no object", Frame(`{"jsonrpc":"2.0","id":"s1","error":"oops"}`), nil, false},
		{"error with wrong members", Frame(`{"jsonrpc":"2.0","id":"s1","error":{"code":"x","message":[]}}`), nil, false},
		{"result and error", Frame(`{"jsonrpc":"2.0","id":"s1","result":null,"error":{"code":1,"message":"m"}}`), nil, false},
		{"response with odd id", Frame(`{"jsonrpc":"2.0","id":{},"result":1}`), nil, false},
	}
}

// Read reads one message, as strictly as [Split].
func Read(r *bufio.Reader) (Message, error) {
	var m Message
	line, err := r.ReadString('\n')
	if err != nil {
		return m, err
	}
	var length int
	if _, err := fmt.Sscanf(line, "Content-Length: %d\r\n", &length); err != nil {
		return m, fmt.Errorf("bad header %q: %w", line, err)
	}
	frame := make([]byte, 2+length)
	if _, err := io.ReadFull(r, frame); err != nil {
		return m, err
	}
	return m, json.Unmarshal(frame[2:], &m)
}
