package menu

// pageSize is how many elements share a page of a vector. A change copies one
// page and the list of pages; at 64 both stay small for 20,000 symbols.
const pageSize = 64

// vector is a persistent array: with returns a changed copy that shares all
// other pages, so that every snapshot can keep its own at little cost.
type vector[T any] struct {
	pages []*[pageSize]T
}

// at returns element i, the zero value beyond the end.
func (v vector[T]) at(i uint32) (x T) {
	if p := int(i / pageSize); p < len(v.pages) && v.pages[p] != nil {
		return v.pages[p][i%pageSize]
	}
	return x
}

// with returns the vector with element i replaced, grown if need be.
func (v vector[T]) with(i uint32, x T) vector[T] {
	p := int(i / pageSize)
	pages := make([]*[pageSize]T, max(len(v.pages), p+1))
	copy(pages, v.pages)
	page := new([pageSize]T)
	if pages[p] != nil {
		*page = *pages[p]
	}
	page[i%pageSize] = x
	pages[p] = page
	return vector[T]{pages}
}

// vectorOf returns a vector with the given elements.
func vectorOf[T any](elements []T) vector[T] {
	var v vector[T]
	for len(elements) > 0 {
		page := new([pageSize]T)
		elements = elements[copy(page[:], elements):]
		v.pages = append(v.pages, page)
	}
	return v
}
