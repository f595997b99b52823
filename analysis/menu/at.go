package menu

import (
	"sort"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// OccurrenceAt returns the occurrence whose token is the given one, and reports
// whether the token names a symbol.
func (f *File) OccurrenceAt(statement, token int) (Occurrence, bool) {
	parts := f.parts()
	i := sort.Search(len(parts), func(i int) bool {
		_, to := f.Tree.Chunk(i)
		return to > statement
	})
	if i == len(parts) || statement < 0 {
		return Occurrence{}, false
	}
	base, _ := f.Tree.Chunk(i)
	occurrences := parts[i].occurrences
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

// Counterpart returns the statement of a version of a file that says what the
// given one of another version says. It reports false if there is none. The
// versions must have the same meaning (see [Sources.SameMeaning]).
func Counterpart(from *File, statement int, to *File) (parser.Statement, bool) {
	if from == to {
		return from.Tree.At(statement), true
	}
	n := 0
	for st := range from.Tree.All() {
		if st.Index >= statement {
			break
		}
		if !isMeaningless(st.Kind) {
			n++
		}
	}
	for st := range to.Tree.All() {
		if isMeaningless(st.Kind) {
			continue
		}
		if n == 0 {
			return st, true
		}
		n--
	}
	return parser.Statement{}, false
}

// isMeaningless reports whether a statement of the kind changes nothing.
func isMeaningless(kind parser.StatementKind) bool {
	return kind == parser.Blank || kind == parser.HelpText
}

// HasMeaning reports whether a statement is one that [Counterpart] counts: not
// a blank line, a comment or a help text.
func HasMeaning(st parser.Statement) bool { return !isMeaningless(st.Kind) }
