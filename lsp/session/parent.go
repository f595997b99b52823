package session

import (
	"os"
	"time"
)

// watchParent ends the session when the process of the client is gone: an
// editor that crashed cannot close our input if another process of its holds
// the other end too. It runs on the read loop, once.
func (s *session[S]) watchParent(pid int) {
	if pid <= 0 || s.cfg.ParentPoll < 0 {
		return
	}
	if !s.cfg.ProcessAlive(pid) {
		// The client lives, it just spoke. Its number is of another name
		// space: it runs outside of our container, or on another machine.
		s.cfg.Logger.Info("process of the client is not visible, and not watched", "pid", pid)
		return
	}
	// If we are its child, we are handed to another parent when it ends, and
	// notice also when its number is taken by another process.
	child := os.Getppid() == pid
	s.tasks.start(func() {
		ticker := time.NewTicker(s.cfg.ParentPoll)
		defer ticker.Stop()
		for {
			select {
			case <-s.ctx.Done():
				return
			case <-ticker.C:
			}
			if !s.cfg.ProcessAlive(pid) || child && os.Getppid() != pid {
				s.end(errOrphaned)
				return
			}
		}
	})
}
