package analysis

import (
	"context"
	"maps"
)

// Settled returns the snapshot with the trees of its documents loaded: it
// waits for those that are being loaded, until the context ends. Documents have
// the text they have in the snapshot.
func (w *Workspace) Settled(ctx context.Context, s *Snapshot) (*Snapshot, error) {
	if s.pending == nil {
		return s, nil
	}
	select {
	case <-s.pending.done:
		return w.newer(s), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Completed is like Settled, and waits until all files are known of the tree
// that a path belongs to, those that no view reaches included.
func (w *Workspace) Completed(ctx context.Context, s *Snapshot, path string) (*Snapshot, error) {
	s, err := w.Settled(ctx, s)
	if err != nil {
		return nil, err
	}
	root := s.Root(path)
	if root == nil || root.Complete || root.completing == nil {
		return s, nil
	}
	select {
	case <-root.completing:
		return w.newer(s), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// newer returns the current snapshot with the texts of an older one.
func (w *Workspace) newer(s *Snapshot) *Snapshot {
	next := *w.Snapshot()
	next.documents = maps.Clone(next.documents)
	for path, d := range s.documents {
		if current := next.documents[path]; current == nil || current.Text().Text() != d.Text().Text() {
			next.place(w.fsys, path, d.Version, d.Text().Text(), d.kind())
		}
	}
	return &next
}
