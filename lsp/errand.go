package lsp

import (
	"context"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

// errand is background work that is asked for more often than it needs to be
// done: while it is being done, any number of calls make it be done once more.
type errand struct {
	mu           sync.Mutex
	doing, again bool
}

// start does the work in the background.
func (e *errand) start(n session.Notifier, do func(ctx context.Context, client session.Client)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.doing {
		e.again = true
		return
	}
	e.doing = true
	n.Go(func(ctx context.Context, client session.Client) {
		done := false
		defer func() {
			if !done { // do panicked
				e.stop()
			}
		}()
		for more := true; more; more = e.more(ctx) {
			do(ctx, client)
		}
		done = true
	})
}

// more reports whether the work was asked for while it was done.
func (e *errand) more(ctx context.Context) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	more := e.again && ctx.Err() == nil
	e.again = false
	e.doing = more
	return more
}

func (e *errand) stop() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.doing, e.again = false, false
}
