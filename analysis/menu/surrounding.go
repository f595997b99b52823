package menu

import (
	"iter"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Surrounding is a block with conditions around whole files: around a source
// statement that leads to them. Where what is around a file is the same, be it in
// views of several architectures, so is the address of its innermost Surrounding.
type Surrounding struct {
	// Outer is what is around the block, nil for nothing. It may be a block of
	// another file.
	Outer *Surrounding
	// File and Block are the block's opener.
	File  *File
	Block parser.Statement
}

// Surroundings finds out what is around files, in any number of views of one version
// of a tree. It is not safe for concurrent use.
type Surroundings struct {
	sources *Sources
	blocks  map[surroundingBlock]*Surrounding
	places  map[surroundedPlace]*Surrounding
}

// surroundingBlock is a block and what is around it.
type surroundingBlock struct {
	outer *Surrounding
	file  FileID
	open  int
}

// surroundedPlace is a source statement and what is around its file.
type surroundedPlace struct {
	outer *Surrounding
	Place
}

// NewSurroundings returns what finds out what is around files.
func NewSurroundings(s *Sources) *Surroundings {
	return &Surroundings{s, map[surroundingBlock]*Surrounding{}, map[surroundedPlace]*Surrounding{}}
}

// In yields the inclusions of files in a view in the order of reading, with what is
// around the whole file, nil for nothing.
func (s *Surroundings) In(v *View) iter.Seq2[FileID, *Surrounding] {
	return func(yield func(FileID, *Surrounding) bool) {
		around := make([]*Surrounding, len(v.inclusions))
		for i, in := range v.inclusions {
			if in.parent >= 0 {
				around[i] = s.place(around[in.parent], Place{v.inclusions[in.parent].file, int(in.source)})
			}
			if !yield(in.file, around[i]) {
				return
			}
		}
	}
}

// Of returns what is around a file of a view at each of its inclusions, at most limit
// of them. It is empty for a file that the view does not reach.
func (s *Surroundings) Of(v *View, file FileID, limit int) []*Surrounding {
	var all []*Surrounding
	for _, chain := range v.IncludedFrom(file, limit) {
		var around *Surrounding
		for _, place := range chain {
			around = s.place(around, place)
		}
		all = append(all, around)
	}
	return all
}

// place returns what is around the files that a source statement includes.
func (s *Surroundings) place(outer *Surrounding, p Place) *Surrounding {
	key := surroundedPlace{outer, p}
	if known, ok := s.places[key]; ok {
		return known
	}
	around := outer
	if f := s.sources.File(p.File); f != nil {
		around = s.enclosing(outer, f, f.Enclosing(f.source(p.Source).Index))
	}
	s.places[key] = around
	return around
}

// enclosing returns what is around a place in a block of a file.
func (s *Surroundings) enclosing(outer *Surrounding, f *File, block int) *Surrounding {
	blocks := f.Tree.Blocks()
	var around []int
	for ; block >= 0; block = blocks[block].Parent {
		if f.restricts(blocks[block]) {
			around = append(around, blocks[block].Open)
		}
	}
	for _, open := range slices.Backward(around) {
		key := surroundingBlock{outer, f.ID, open}
		if s.blocks[key] == nil {
			s.blocks[key] = &Surrounding{outer, f, f.Tree.At(open)}
		}
		outer = s.blocks[key]
	}
	return outer
}

// restricts reports whether a block of the file has a condition.
func (f *File) restricts(b parser.Block) bool {
	if b.Kind == parser.If {
		return true
	}
	e := Entry{f, f.Tree.At(b.Open)}
	for st := range e.Attributes() {
		if st.Kind == parser.DependsOn {
			return true
		}
	}
	return false
}

// Same reports whether what is around a file is what it was in another version of the
// tree, in the same versions of the files that it is in.
func (s *Surrounding) Same(other *Surrounding) bool {
	for s != nil && other != nil {
		if s == other {
			return true
		}
		if s.File != other.File || s.Block.Index != other.Block.Index {
			return false
		}
		s, other = s.Outer, other.Outer
	}
	return s == other
}
