package session_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
	"github.com/kconfig-ls/kconfig-ls/lsp/wire"
	"github.com/kconfig-ls/kconfig-ls/lsp/wire/wiretest"
)

// FuzzSession checks that no input makes a session panic or hang, that all it
// sends are messages, and that it ends with code 0 only for a proper end. The
// fuzzer does not report a session that waits for ever, but synctest does.
func FuzzSession(f *testing.F) {
	initialize := wiretest.Frame(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"processId":null,"trace":"verbose","capabilities":{}}}`)
	end := wiretest.Frame(`{"jsonrpc":"2.0","id":9,"method":"shutdown"}`) + wiretest.Frame(`{"jsonrpc":"2.0","method":"exit"}`)
	for _, in := range wiretest.Inputs(2000) {
		f.Add([]byte(initialize + in.Bytes + end))
	}
	for _, body := range []string{
		`{"id":1,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///a%zz"},"position":{"line":1,"character":-1}}}`,
		`{"id":"x","method":"textDocument/inlayHint","params":{"textDocument":{"uri":"file:///a"}}}`,
		`{"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///a","version":2},"contentChanges":[{"text":"x"}]}}`,
		`{"method":"$/cancelRequest","params":{"id":"x"}}`,
		`{"method":"$/setTrace","params":{"value":"off"}}`,
	} {
		f.Add([]byte(initialize + wiretest.Frame(body) + end))
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		synctest.Test(t, func(t *testing.T) { fuzzSession(t, input) })
	})
}

func fuzzSession(t *testing.T, input []byte) {
	var reg session.Registry[int]
	session.OnRequest(&reg, protocol.MethodHover, func(_ context.Context, _ int, p *protocol.HoverParams) (any, error) {
		_, err := p.TextDocument.URI.Path()
		return p, err
	})
	session.OnRequest(&reg, protocol.MethodInlayHint, func(context.Context, int, *protocol.InlayHintParams) (any, error) {
		return nil, errors.New("none")
	}, session.Automatic())
	session.OnRequest(&reg, "echo", func(_ context.Context, _ int, p *any) (any, error) { return p, nil })
	session.OnNotification(&reg, protocol.MethodDidChange, func(context.Context, session.Notifier, *protocol.DidChangeTextDocumentParams) error {
		return nil
	})
	rwc := &wiretest.Stream{Reader: bytes.NewReader(input)}
	code := session.Serve(t.Context(), rwc, &reg, session.Config[int]{
		Snapshot: func() int { return 0 },
		Initialize: func(_ context.Context, _ session.Client, raw json.RawMessage) (any, error) {
			return protocol.ResolveInitialize(raw).Capabilities, nil
		},
		ParentPoll: -1,
		Wire:       wire.Options{MaxBody: 2000},
	})
	if _, err := wiretest.Split(rwc.Output.Bytes()); err != nil {
		t.Error(err)
	}
	if code == 0 && !bytes.Contains(input, []byte("exit")) && !bytes.ContainsRune(input, '\\') {
		t.Error("code 0 without exit")
	}
}
