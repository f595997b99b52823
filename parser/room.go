package parser

// room hands out the slices that chunks keep. A parse of a whole file makes one
// big slice for many chunks, since thousands of little ones would cost more to
// make than to fill; an edit makes just what its few chunks need.
type room[T any] struct {
	free  []T
	batch int // how many elements to make at a time, 0 for just enough
}

// keep returns a copy of a scratch slice without spare room, nil for nothing.
func (r *room[T]) keep(scratch []T) []T {
	n := len(scratch)
	if n == 0 {
		return nil
	}
	if n > len(r.free) {
		r.free = make([]T, max(n, r.batch))
	}
	kept := r.free[:n:n]
	r.free = r.free[n:]
	copy(kept, scratch)
	return kept
}
