package lsp

import (
	"context"
	"runtime/debug"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

// deepSearch looks for what is wrong in all configurations at once, aside, while nobody
// types: that may take seconds in a large tree. Only the goroutine of the diagnostics
// knows it.
type deepSearch struct {
	server *server
	// done gets whether something was found, when a search has ended.
	done chan bool
	// cancel ends the search that goes on, nil if there is none.
	cancel context.CancelFunc
	// again tells that another one is wanted when it has ended.
	again bool
}

// start begins a search, or has one begin when the one that goes on has ended.
func (s *deepSearch) start(client session.Client) {
	if s.cancel != nil {
		s.again = true
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel, s.again = cancel, false
	client.Go(func(ends context.Context, _ session.Client) {
		stop := context.AfterFunc(ends, cancel)
		defer stop()
		news := false
		defer func() { s.done <- news }()
		defer func() {
			if value := recover(); value != nil {
				s.server.logError("panic while looking at all configurations; please report this", "panic", value, "stack", string(debug.Stack()))
			}
		}()
		s.server.opening.waitForTree(ctx)
		news = analysis.FindDeep(ctx, s.server.workspace.Snapshot())
	})
}

// stop ends the search as soon as that can be, for somebody has typed.
func (s *deepSearch) stop() {
	if s.cancel != nil {
		s.cancel()
	}
	s.again = false
}

// ended notes that the search has ended, and begins the next one if it is wanted.
func (s *deepSearch) ended(client session.Client) {
	s.cancel()
	s.cancel = nil
	if s.again {
		s.start(client)
	}
}
