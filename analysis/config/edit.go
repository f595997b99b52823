package config

import "sort"

// Edit returns the file with the bytes [start, end) replaced by a text. Only the
// lines that are touched are taken apart again; offsets past the text count as
// its end.
func (f *File) Edit(start, end int, replacement string) *File {
	start = min(max(start, 0), len(f.Text))
	end = min(max(end, start), len(f.Text))
	next := &File{Text: f.Text[:start] + replacement + f.Text[end:], Prefix: f.Prefix}
	shift := len(replacement) - (end - start)

	// The damaged lines are those from the one that holds start to the one that
	// holds end: a line holds the offset behind its text and its line end only
	// if no line follows.
	first := f.LineAt(start)
	from := len(f.Text)
	if first < len(f.Lines) {
		from = int(f.Lines[first].Start)
	}
	last := f.LineAt(end) + 1
	until := len(f.Text)
	if last < len(f.Lines) {
		until = int(f.Lines[last].Start)
	}
	last = min(last, len(f.Lines))

	next.Lines = make([]Line, 0, len(f.Lines)+1)
	next.Lines = append(next.Lines, f.Lines[:min(first, len(f.Lines))]...)
	next.parse(from, until+shift)
	for _, l := range f.Lines[last:] {
		next.Lines = append(next.Lines, l.moved(shift))
	}
	return next
}

// moved returns a line that lies so many bytes further back.
func (l Line) moved(shift int) Line {
	move := func(offset *uint32) { *offset = uint32(int(*offset) + shift) }
	move(&l.Start)
	move(&l.End)
	if l.Kind == Assign || l.Kind == Unset {
		move(&l.NameStart)
		move(&l.NameEnd)
		move(&l.ValueStart)
	}
	return l
}

// LineAt returns the index of the line that an offset lies in, len(f.Lines) if
// it lies behind the last line end.
func (f *File) LineAt(offset int) int {
	i := sort.Search(len(f.Lines), func(i int) bool { return int(f.Lines[i].Start) > offset })
	if i == 0 {
		return 0
	}
	if i == len(f.Lines) && offset >= len(f.Text) && f.Text[len(f.Text)-1] == '\n' {
		return i
	}
	return i - 1
}
