package analysis

import (
	"cmp"
	"maps"
	"slices"
	"sort"
)

// Fixed are edits that several fixes come to.
type Fixed struct {
	// Files are what changes, sorted by path.
	Files []FileEdit
	// Codes are the rules that the edits of Files are for, in the same order.
	Codes [][]string
	// Mended are the diagnostics that are mended by it, Made their indexes.
	Mended []Diagnostic
	Made   []int
	// Waiting is how many have a fix as well that cannot be made at the same time.
	// They may be found again once the edits are made.
	Waiting int
}

// FixAll returns the edits of all fixes of diagnostics that keep the meaning. Of fixes
// that change the same text, the one that comes first is made. So it is if one changes
// a place that the diagnostic of the other gives as its reason: two lines that are each
// said to repeat the other one must not both go. Who wants all to be mended looks for
// diagnostics again after the edits, until none is Mended.
func FixAll(found []Diagnostic) Fixed {
	return fixEach(found, func(d Diagnostic) bool { return d.Fix != nil && d.Fix.KeepsMeaning })
}

// FixAllIn is FixAll for the diagnostics of a rule whose fixes change nothing but one
// file, those that do not keep the meaning included. With an empty code it is for those
// of all rules that do keep it.
func FixAllIn(found []Diagnostic, path, code string) Fixed {
	return fixEach(found, func(d Diagnostic) bool {
		if d.Fix == nil || len(d.Fix.Edits) != 1 || d.Fix.Edits[0].Path != path {
			return false
		}
		return d.Code == code || code == "" && d.Fix.KeepsMeaning
	})
}

func fixEach(found []Diagnostic, wanted func(Diagnostic) bool) Fixed {
	fixes := fixCollector{written: map[string]*ranges{}, read: map[string]*ranges{}, edits: map[string][]codedEdit{}}
	var all Fixed
	for i, d := range found {
		switch {
		case !wanted(d):
		case fixes.add(d):
			all.Mended = append(all.Mended, d)
			all.Made = append(all.Made, i)
		default:
			all.Waiting++
		}
	}
	all.Files, all.Codes = fixes.files()
	return all
}

// fixCollector puts together fixes that have nothing to do with each other.
type fixCollector struct {
	// written is what the fixes change, read what their diagnostics give as reasons.
	written, read map[string]*ranges // by path
	edits         map[string][]codedEdit
}

// codedEdit is an edit and the rule that it is for.
type codedEdit struct {
	Edit
	code string
}

// add takes in the fix of a diagnostic, unless another one is in its way.
func (c *fixCollector) add(d Diagnostic) bool {
	for _, file := range d.Fix.Edits {
		for _, e := range file.Edits {
			if c.written[file.Path].touch(e.Start, e.End) || c.read[file.Path].touch(e.Start, e.End) {
				return false
			}
		}
	}
	for _, r := range d.Related {
		if c.written[r.Path].touch(r.Start, r.End) {
			return false
		}
	}
	for _, file := range d.Fix.Edits {
		for _, e := range file.Edits {
			rangesOf(c.written, file.Path).add(e.Start, e.End)
			c.edits[file.Path] = append(c.edits[file.Path], codedEdit{e, d.Code})
		}
	}
	for _, r := range d.Related {
		rangesOf(c.read, r.Path).add(r.Start, r.End)
	}
	return true
}

// files returns the edits of the fixes that were taken in, and what they are for.
func (c *fixCollector) files() (files []FileEdit, codes [][]string) {
	for _, path := range slices.Sorted(maps.Keys(c.edits)) {
		edits := c.edits[path]
		slices.SortFunc(edits, func(a, b codedEdit) int { return cmp.Compare(a.Start, b.Start) })
		file, code := FileEdit{Path: path}, make([]string, 0, len(edits))
		for _, e := range edits {
			file.Edits, code = append(file.Edits, e.Edit), append(code, e.code)
		}
		files, codes = append(files, file), append(codes, code)
	}
	return files, codes
}

// ranges are byte ranges of a file, sorted by their start. They may overlap.
type ranges struct {
	all []byteRange
	// longest is the length of the longest one.
	longest int
}

type byteRange struct{ start, end int }

func rangesOf(files map[string]*ranges, path string) *ranges {
	r := files[path]
	if r == nil {
		r = &ranges{}
		files[path] = r
	}
	return r
}

func (r *ranges) add(start, end int) {
	i := sort.Search(len(r.all), func(i int) bool { return r.all[i].start > start })
	r.all = slices.Insert(r.all, i, byteRange{start, end})
	r.longest = max(r.longest, end-start)
}

// touch reports whether one of the ranges has a byte, or an empty one a place, in
// common with another range. Ranges with bytes that only lie side by side do not touch.
func (r *ranges) touch(start, end int) bool {
	if r == nil {
		return false
	}
	for i := sort.Search(len(r.all), func(i int) bool { return r.all[i].start >= start-r.longest }); i < len(r.all); i++ {
		at := r.all[i]
		if at.start > end {
			return false
		}
		if at.start < end && start < at.end || (start == end || at.start == at.end) && start <= at.end && at.start <= end {
			return true
		}
	}
	return false
}
