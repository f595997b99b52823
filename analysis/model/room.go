package model

// room is a place that short slices are cut from, many from one allocation.
type room[T any] struct{ free []T }

// roomSize is how many elements an allocation has, if no slice needs more.
const roomSize = 1024

// maxCopied is how long slices are that are copied to be made longer. Of a symbol with
// thousands of definitions all copies together would not fit into memory.
const maxCopied = 256

// append returns the slice with elements added. A short slice is copied unless it is
// empty, and gets no spare capacity; a long one must be made longer only once.
func (r *room[T]) append(slice []T, elements ...T) []T {
	if len(elements) == 0 {
		return slice
	}
	if len(slice) >= maxCopied {
		return append(slice, elements...)
	}
	n := len(slice) + len(elements)
	if n > len(r.free) {
		r.free = make([]T, max(n, roomSize))
	}
	longer := r.free[:n:n]
	r.free = r.free[n:]
	copy(longer[copy(longer, slice):], elements)
	return longer
}
