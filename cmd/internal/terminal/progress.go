package terminal

import (
	"io"
	"sync"
	"time"
)

const (
	// quiet is how long nothing is shown: most runs are over by then.
	quiet = 150 * time.Millisecond
	// every is how often the line is rewritten at most.
	every = 80 * time.Millisecond
)

// Progress is one line that says how far things are, and is rewritten. Its
// methods may be called from any goroutine. A nil Progress shows nothing.
type Progress struct {
	w io.Writer

	mu    sync.Mutex
	next  time.Time // nothing is written before
	shown bool
	done  bool
}

// NewProgress returns a line of progress on a terminal.
func NewProgress(w io.Writer) *Progress {
	return &Progress{w: w, next: time.Now().Add(quiet)}
}

// Show replaces the line, unless that happened just before.
func (p *Progress) Show(text string) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if p.done || now.Before(p.next) {
		return
	}
	p.next, p.shown = now.Add(every), true
	_, _ = io.WriteString(p.w, "\r\x1b[K"+Printable(text)) // it is no harm if that fails
}

// Done takes the line away. Nothing is shown any more.
func (p *Progress) Done() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		_, _ = io.WriteString(p.w, "\r\x1b[K")
	}
	p.done, p.shown = true, false
}
