package menu

import (
	"cmp"
	"slices"
)

// Order compares places by when conf reads them, as [View.Compare] does, and
// remembers what it found out about files. It is for comparing many places at
// once, and not safe for concurrent use.
type Order struct {
	view    *View
	sources *Sources
	paths   map[FileID][]int
	lines   map[FileID][]int
}

// Order returns an order over the files of one version of the tree.
func (v *View) Order(s *Sources) *Order {
	return &Order{v, s, map[FileID][]int{}, map[FileID][]int{}}
}

// Compare tells which of two statements conf reads first, as -1, 0 or 1. Files
// that are included more than once count where they are included first; those
// that are not included at all come first.
func (o *Order) Compare(fileA *File, a int, fileB *File, b int) int {
	if fileA == fileB {
		return cmp.Compare(a, b)
	}
	pathA, pathB := o.path(fileA.ID), o.path(fileB.ID)
	n := min(len(pathA), len(pathB))
	if c := slices.Compare(pathA[:n], pathB[:n]); c != 0 {
		return c
	}
	// One file includes the other, or neither is included.
	switch {
	case len(pathA) > n:
		return cmp.Or(cmp.Compare(pathA[n], b), 1)
	case len(pathB) > n:
		return cmp.Or(cmp.Compare(a, pathB[n]), -1)
	}
	return cmp.Compare(fileA.ID, fileB.ID)
}

// path returns how conf gets to a file: for each file that is open then, the
// source statement it is at, and the inclusion that this leads to.
func (o *Order) path(id FileID) []int {
	if path, ok := o.paths[id]; ok {
		return path
	}
	var path []int
	if i := o.view.firstOf(id); i >= 0 {
		for in := o.view.inclusions[i]; in.parent >= 0; in = o.view.inclusions[i] {
			path = append(path, int(i), o.line(Place{o.view.inclusions[in.parent].file, int(in.source)}))
			i = in.parent
		}
		slices.Reverse(path)
	}
	o.paths[id] = path
	return path
}

// line returns the index of a source statement in its file.
func (o *Order) line(p Place) int {
	lines, ok := o.lines[p.File]
	if !ok {
		if f := o.sources.File(p.File); f != nil {
			for st := range f.Sources() {
				lines = append(lines, st.Index)
			}
		}
		o.lines[p.File] = lines
	}
	if p.Source < len(lines) {
		return lines[p.Source]
	}
	return 0
}
