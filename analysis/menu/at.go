package menu

import "sort"

// OccurrenceAt returns the occurrence whose token is the given one, and reports
// whether the token names a symbol.
func (f *File) OccurrenceAt(statement, token int) (Occurrence, bool) {
	i := sort.Search(len(f.parts), func(i int) bool {
		_, to := f.Tree.Chunk(i)
		return to > statement
	})
	if i == len(f.parts) || statement < 0 {
		return Occurrence{}, false
	}
	base, _ := f.Tree.Chunk(i)
	occurrences := f.parts[i].occurrences
	j := sort.Search(len(occurrences), func(j int) bool {
		o := &occurrences[j]
		at := base + int(o.statement)
		return at > statement || at == statement && int(o.token) >= token
	})
	if j == len(occurrences) {
		return Occurrence{}, false
	}
	o := &occurrences[j]
	if base+int(o.statement) != statement || int(o.token) != token {
		return Occurrence{}, false
	}
	return Occurrence{o.symbol, o.role, statement, token}, true
}
