package lsp

import (
	"context"
	"sync/atomic"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

// refreshes are requests that the client ask again for what trees decide.
type refreshes struct {
	diagnostics, tokens, hints, lenses refresh
}

// refresh is one of them. A client that has asked for nothing since it was told to ask
// again has nothing that could be stale, and is left alone: while a tree is read and
// tools are asked there are many changes, and each would have it ask for everything.
type refresh struct {
	errand
	asked atomic.Bool
}

// heard is called for each message of the client before the snapshot is taken that its
// answer is about. So a change later than that snapshot finds that the client has asked.
func (r *refreshes) heard(method string) {
	switch method {
	case protocol.MethodDocumentDiagnostic:
		r.diagnostics.asked.Store(true)
	case protocol.MethodSemanticTokensFull, protocol.MethodSemanticTokensDelta, protocol.MethodSemanticTokensRange:
		r.tokens.asked.Store(true)
	case protocol.MethodInlayHint:
		r.hints.asked.Store(true)
	case protocol.MethodCodeLens, protocol.MethodCodeLensResolve:
		r.lenses.asked.Store(true)
	}
}

// refreshTokens makes a client that shows semantic tokens ask for them again.
func (s *server) refreshTokens() {
	if s.caps.SemanticTokensRefresh {
		s.refresh(&s.refreshes.tokens, protocol.MethodSemanticTokensRefresh)
	}
}

// refreshAnnotations makes a client that shows hints and lenses, or what our own
// requests answer, ask for them again: they tell of the whole tree, and of its
// .config.
func (s *server) refreshAnnotations() {
	if s.caps.InlayHintRefresh {
		s.refresh(&s.refreshes.hints, protocol.MethodInlayHintRefresh)
	}
	if s.caps.CodeLensRefresh {
		s.refresh(&s.refreshes.lenses, protocol.MethodCodeLensRefresh)
	}
	if s.caps.ChangedMessages {
		s.client.NotifyKeyed(methodChanged, methodChanged, nil)
	}
}

// refreshDiagnostics makes a client that pulls diagnostics do so again.
func (s *server) refreshDiagnostics() {
	s.pulls.changed()
	if s.caps.Pulls() {
		s.refresh(&s.refreshes.diagnostics, protocol.MethodDiagnosticRefresh)
	}
}

func (s *server) refresh(r *refresh, method string) {
	if !r.asked.Swap(false) {
		return
	}
	r.start(s.client, func(ctx context.Context, client session.Client) {
		_ = client.Call(ctx, method, nil, nil) // a client that cannot after all shows old data
	})
}
