package model

// room is a place that short slices are cut from, many from one allocation.
type room[T any] struct{ free []T }

// roomSize is how many elements an allocation has, if no slice needs more.
const roomSize = 1024

// append returns the slice with elements added, without spare capacity. The
// slice is copied unless it is empty, so that what was cut before stays as it is.
func (r *room[T]) append(slice []T, elements ...T) []T {
	if len(elements) == 0 {
		return slice
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
