package lsp

import (
	"context"
	"sync"
	"time"
)

// opening is the time in which an editor starts, shows its first files and asks all there
// is to ask about them. It then needs the processors itself: whatever nobody waits for is
// put off until it has become quiet, or else a hover that takes the server milliseconds
// comes seconds late. It happens once in a session.
type opening struct {
	start time.Time

	mu sync.Mutex
	// heard is when the client has said something last, longest the longest time
	// in which it has said nothing so far.
	heard   time.Time
	longest time.Duration
}

// How long an editor that starts has to say nothing until something is begun, and how
// long that is waited for at most.
const (
	// With less than half a second the first burst is over. What tools answer is told in
	// hovers, so somebody may soon miss it.
	toolsQuiet, maxToolsWait = 400 * time.Millisecond, 3 * time.Second
	// The whole tree is looked at when the editor has everything that it shows first.
	treeQuiet, maxTreeWait = 2 * time.Second, 8 * time.Second
)

func (o *opening) init() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.start = time.Now()
	o.heard, o.longest = o.start, 0
}

// heardOf notes that the client has said something.
func (o *opening) heardOf() {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := time.Now()
	o.longest = max(o.longest, now.Sub(o.heard))
	o.heard = now
}

// left returns how long there is still to wait, if the client says nothing.
func (o *opening) left(quiet, most time.Duration) time.Duration {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.longest >= quiet {
		return 0
	}
	now := time.Now()
	return min(quiet-now.Sub(o.heard), most-now.Sub(o.start))
}

// waitForTools and waitForTree return when the editor has once been quiet for long
// enough, or with the context.
func (o *opening) waitForTools(ctx context.Context) { o.wait(ctx, toolsQuiet, maxToolsWait) }
func (o *opening) waitForTree(ctx context.Context)  { o.wait(ctx, treeQuiet, maxTreeWait) }

func (o *opening) wait(ctx context.Context, quiet, most time.Duration) {
	for left := o.left(quiet, most); left > 0; left = o.left(quiet, most) {
		select {
		case <-time.After(left):
		case <-ctx.Done():
			return
		}
	}
}
