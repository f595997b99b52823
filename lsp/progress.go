package lsp

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

// progress is the progress display of one tree that is being loaded.
type progress struct {
	token protocol.Token
	// begun tells that the client has taken the token and was told of the
	// beginning. Until then reports are dropped.
	begun, ended bool
	// most is the highest percentage so far. The number of known files grows
	// while they are read, and a bar that runs backwards tells nothing.
	most uint32
}

// loadProgress shows how far the loading of a tree has come.
func (s *server) loadProgress(dir string, read, known int, done bool) {
	if !s.caps.WorkDoneProgress || s.client == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.progress[dir]
	if p == nil {
		if done {
			return
		}
		if s.progress == nil {
			s.progress = map[string]*progress{}
		}
		s.progresses++
		p = &progress{token: protocol.StringToken(fmt.Sprintf("kconfig-ls/%d/%d/%s", processID(), s.progresses, dir))}
		s.progress[dir] = p
		s.client.Go(func(ctx context.Context, client session.Client) { s.beginProgress(ctx, client, dir, p) })
		return
	}
	if known > 0 {
		p.most = max(p.most, uint32(min(100, 100*read/known)))
	}
	if done {
		p.ended = true
		delete(s.progress, dir)
	}
	if !p.begun {
		return
	}
	if done {
		s.client.Notify(protocol.MethodProgress, protocol.ProgressParams{
			Token: p.token, Value: protocol.WorkDoneProgressEnd{Message: fmt.Sprintf("%d files", read)},
		})
		return
	}
	s.client.NotifyDroppable(protocol.MethodProgress, protocol.ProgressParams{
		Token: p.token, Value: protocol.WorkDoneProgressReport{Message: fmt.Sprintf("%d files", read), Percentage: percentage(p.most)},
	})
}

// beginProgress asks the client for a display. Loading may be over before the
// client answers.
func (s *server) beginProgress(ctx context.Context, client session.Client, dir string, p *progress) {
	if err := client.Call(ctx, protocol.MethodProgressCreate, protocol.WorkDoneProgressCreateParams{Token: p.token}, nil); err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	client.Notify(protocol.MethodProgress, protocol.ProgressParams{
		Token: p.token,
		Value: protocol.WorkDoneProgressBegin{Title: "Reading Kconfig files of " + filepath.Base(dir), Percentage: percentage(p.most)},
	})
	if p.ended {
		client.Notify(protocol.MethodProgress, protocol.ProgressParams{Token: p.token, Value: protocol.WorkDoneProgressEnd{}})
		return
	}
	p.begun = true
}

func percentage(n uint32) *uint32 { return &n }
