package wire_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/sourcegraph/jsonrpc2"

	"github.com/kconfig-ls/kconfig-ls/lsp/wire"
	"github.com/kconfig-ls/kconfig-ls/lsp/wire/wiretest"
)

const maxBody = 100_000

// echo answers each request with its parameters.
type echo struct{ stream *wire.Stream }

func (e *echo) Handle(_ context.Context, _ *jsonrpc2.Conn, req *jsonrpc2.Request) {
	params := e.stream.TakeParams()
	if !req.Notif {
		_ = e.stream.Reply(req.ID, params)
	}
}

// converse runs an echoing server over input and returns what it sent.
func converse(t *testing.T, input io.Reader) []string {
	t.Helper()
	rwc := &wiretest.Stream{Reader: input}
	stream := wire.NewStream(rwc, wire.Options{MaxBody: maxBody})
	// The connection starts to read at once, so the handler is complete before.
	conn := jsonrpc2.NewConn(t.Context(), stream, &echo{stream}, jsonrpc2.SetLogger(silent{}))
	<-conn.DisconnectNotify()
	if err := stream.Close(); err != nil { // waits until all is written
		t.Fatal(err)
	}
	messages, err := wiretest.Split(rwc.Output.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range messages {
		got = append(got, m.String())
	}
	return got
}

type silent struct{}

func (silent) Printf(string, ...any) {}

// TestInputs sends each input, and a good request after it.
func TestInputs(t *testing.T) {
	after := wiretest.Frame(`{"jsonrpc":"2.0","id":99,"method":"echo","params":["after"]}`)
	for _, in := range wiretest.Inputs(maxBody) {
		t.Run(in.Name, func(t *testing.T) {
			want := in.Answers
			if !in.Ends {
				want = append(want[:len(want):len(want)], `99: ["after"]`)
			}
			for _, size := range []int{1, 7, 1 << 20} {
				got := converse(t, &chopped{strings.NewReader(in.Bytes + after), size})
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("in pieces of %d bytes (-want +got):\n%s", size, diff)
				}
			}
		})
	}
}

// chopped returns its input in pieces.
type chopped struct {
	r    io.Reader
	size int
}

func (c *chopped) Read(p []byte) (int, error) { return c.r.Read(p[:min(len(p), c.size)]) }

func TestInputCut(t *testing.T) {
	frame := wiretest.Frame(`{"jsonrpc":"2.0","id":1,"method":"echo","params":[1]}`)
	for n := range len(frame) {
		if got := converse(t, strings.NewReader(frame[:n])); got != nil {
			t.Errorf("after %d bytes: %q", n, got)
		}
	}
}

// TestReadErrors looks at the error that ends the reading.
func TestReadErrors(t *testing.T) {
	frame := wiretest.Frame(`{"jsonrpc":"2.0","id":1,"method":"echo"}`)
	for _, test := range []struct {
		input string
		want  error
	}{
		{"", io.EOF},
		{"\r\n", io.EOF},
		{frame[:5], io.ErrUnexpectedEOF},
		{frame[:len(frame)-1], io.ErrUnexpectedEOF},
		{"Content-Length: 200000\r\n\r\nxxx", io.ErrUnexpectedEOF},
		{"A: b\r\n\r\n", wire.ErrFraming},
		{strings.Repeat("y", 4097), wire.ErrFraming},
	} {
		stream := wire.NewStream(&wiretest.Stream{Reader: strings.NewReader(test.input)}, wire.Options{MaxBody: maxBody})
		if err := stream.ReadObject(new(jsonrpc2.Request)); !errors.Is(err, test.want) {
			t.Errorf("%.30q: got %v, want %v", test.input, err, test.want)
		}
		stream.Close()
	}
}

// TestHeaderLimit checks that a header is refused when it is too long, and not
// when a buffer is full.
func TestHeaderLimit(t *testing.T) {
	r, w := io.Pipe()
	stream := wire.NewStream(struct {
		io.Reader
		io.WriteCloser
	}{r, nopCloser{io.Discard}}, wire.Options{})
	defer stream.Close()
	go w.Write(bytes.Repeat([]byte("x"), 4097)) // and never more
	if err := stream.ReadObject(new(jsonrpc2.Request)); !errors.Is(err, wire.ErrFraming) {
		t.Error(err)
	}
	r.Close()
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

func TestTakeParamsOnce(t *testing.T) {
	input := wiretest.Frame(`{"id":1,"method":"a","params":[1]}`) + wiretest.Frame(`{"id":2,"method":"b"}`)
	stream := wire.NewStream(&wiretest.Stream{Reader: strings.NewReader(input)}, wire.Options{})
	defer stream.Close()
	read := func() {
		t.Helper()
		var req jsonrpc2.Request
		if err := stream.ReadObject(&req); err != nil || req.Params != nil {
			t.Fatal(req, err)
		}
	}
	read()
	kept := stream.TakeParams()
	if again := stream.TakeParams(); again != nil {
		t.Errorf("second take: %s", again)
	}
	read()
	if other := stream.TakeParams(); other != nil {
		t.Errorf("parameters of another message: %s", other)
	}
	if string(kept) != "[1]" {
		t.Errorf("parameters changed to %s", kept)
	}
}

// TestEncoding looks at whole messages as they are sent.
func TestEncoding(t *testing.T) {
	var data json.RawMessage = []byte(`{"retry":true}`)
	for _, test := range []struct {
		name string
		send func(*wire.Stream) error
		want string
	}{
		{"result", func(s *wire.Stream) error { return s.Reply(jsonrpc2.ID{Num: 7}, []string{"<a>", "é"}) },
			`{"jsonrpc":"2.0","id":7,"result":["<a>","é"]}`},
		{"null result", func(s *wire.Stream) error { return s.Reply(jsonrpc2.ID{Str: "x", IsString: true}, nil) },
			`{"jsonrpc":"2.0","id":"x","result":null}`},
		{"error", func(s *wire.Stream) error {
			return s.ReplyError(jsonrpc2.ID{}, &jsonrpc2.Error{Code: -32802, Message: "later", Data: &data})
		}, `{"jsonrpc":"2.0","id":0,"error":{"code":-32802,"message":"later","data":{"retry":true}}}`},
		{"notification", func(s *wire.Stream) error { return s.Notify("m", map[string]int{"a": 1}) },
			`{"jsonrpc":"2.0","method":"m","params":{"a":1}}`},
		{"notification without params", func(s *wire.Stream) error { return s.Notify("m", nil) },
			`{"jsonrpc":"2.0","method":"m"}`},
	} {
		rwc := &wiretest.Stream{Reader: strings.NewReader("")}
		stream := wire.NewStream(rwc, wire.Options{})
		if err := test.send(stream); err != nil {
			t.Error(test.name, err)
		}
		stream.Close()
		if got := rwc.Output.String(); got != wiretest.Frame(test.want) {
			t.Errorf("%s: sent %s", test.name, got)
		}
	}
}

// TestUnencodableResult checks that the client is answered nonetheless.
func TestUnencodableResult(t *testing.T) {
	rwc := &wiretest.Stream{Reader: strings.NewReader("")}
	stream := wire.NewStream(rwc, wire.Options{})
	if err := stream.Reply(jsonrpc2.ID{Num: 1}, math.NaN()); err == nil {
		t.Error("no error")
	}
	if err := stream.Notify("m", func() {}); err == nil {
		t.Error("no error")
	}
	stream.Close()
	messages, err := wiretest.Split(rwc.Output.Bytes())
	if err != nil || len(messages) != 1 || messages[0].String() != "1: error -32603" {
		t.Error(messages, err)
	}
}

// TestPeer checks that the codec of jsonrpc2 understands both directions.
func TestPeer(t *testing.T) {
	a, b := pipe()
	stream := wire.NewStream(a, wire.Options{})
	server := jsonrpc2.NewConn(t.Context(), stream, &echo{stream})
	defer server.Close()
	peer := jsonrpc2.NewConn(t.Context(), jsonrpc2.NewBufferedStream(b, jsonrpc2.VSCodeObjectCodec{}),
		jsonrpc2.HandlerWithError(func(_ context.Context, _ *jsonrpc2.Conn, req *jsonrpc2.Request) (any, error) {
			return req.Method, nil
		}))
	defer peer.Close()
	var got []int
	if err := peer.Call(t.Context(), "echo", []int{1, 2}, &got); err != nil || !cmp.Equal(got, []int{1, 2}) {
		t.Error(got, err)
	}
	var method string
	if err := server.Call(t.Context(), "ask", nil, &method, jsonrpc2.StringID()); err != nil || method != "ask" {
		t.Error(method, err)
	}
}

// FuzzStream checks that no input makes the stream panic, hang or send what is
// no message, and that inputs that do not end the stream do not make it deaf.
func FuzzStream(f *testing.F) {
	for _, in := range wiretest.Inputs(2000) {
		f.Add([]byte(in.Bytes))
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		rwc := &wiretest.Stream{Reader: bytes.NewReader(input)}
		stream := wire.NewStream(rwc, wire.Options{MaxBody: 2000})
		conn := jsonrpc2.NewConn(t.Context(), stream, &echo{stream}, jsonrpc2.SetLogger(silent{}))
		<-conn.DisconnectNotify()
		stream.Close()
		if _, err := wiretest.Split(rwc.Output.Bytes()); err != nil {
			t.Error(err)
		}
	})
}

// BenchmarkReply compares with jsonrpc2's own codec, which encodes a result four
// times.
func BenchmarkReply(b *testing.B) {
	type item struct{ Label, Detail, SortText, InsertText string }
	items := make([]item, 20_000)
	for i := range items {
		items[i] = item{"CONFIG_SOMETHING", "bool", "0001", "SOMETHING"}
	}
	b.Run("wire", func(b *testing.B) {
		stream := wire.NewStream(struct {
			io.Reader
			io.WriteCloser
		}{strings.NewReader(""), nopCloser{io.Discard}}, wire.Options{})
		defer stream.Close()
		for b.Loop() {
			_ = stream.Reply(jsonrpc2.ID{Num: 1}, items)
		}
	})
	b.Run("jsonrpc2", func(b *testing.B) {
		a, other := pipe()
		go io.Copy(io.Discard, other)
		conn := jsonrpc2.NewConn(b.Context(), jsonrpc2.NewBufferedStream(a, jsonrpc2.VSCodeObjectCodec{}), nil)
		defer conn.Close()
		for b.Loop() {
			_ = conn.Reply(b.Context(), jsonrpc2.ID{Num: 1}, items)
		}
	})
}
