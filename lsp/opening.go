package lsp

import (
	"context"
	"sync"
	"time"

	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

const (
	// quietAfter is how long an editor that has just started says nothing when it has
	// everything that it shows first.
	quietAfter = 2 * time.Second
	// maxOpening is how long that is waited for.
	maxOpening = 8 * time.Second
)

// opening is the time in which an editor starts, shows its first files and asks all there
// is to ask about them. It then needs the processors itself: whatever nobody waits for is
// put off until it has become quiet, or else a hover that takes the server milliseconds
// comes seconds late. It happens once in a session.
type opening struct {
	over chan struct{}

	mu    sync.Mutex
	heard time.Time // when the client has said something last
}

func (o *opening) init() { o.over = make(chan struct{}) }

// heardOf notes that the client has said something.
func (o *opening) heardOf() {
	o.mu.Lock()
	o.heard = time.Now()
	o.mu.Unlock()
}

// run waits for the end, and tells those who wait for it.
func (o *opening) run(ctx context.Context, _ session.Client) {
	defer close(o.over)
	end := time.Now().Add(maxOpening)
	for {
		now := time.Now()
		o.mu.Lock()
		left := min(quietAfter-now.Sub(o.heard), end.Sub(now))
		o.mu.Unlock()
		if left <= 0 {
			return
		}
		select {
		case <-time.After(left):
		case <-ctx.Done():
			return
		}
	}
}

// wait returns when the editor has become quiet, or with the context.
func (o *opening) wait(ctx context.Context) {
	select {
	case <-o.over:
	case <-ctx.Done():
	}
}
