package analysis

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// sortEntrySelects sorts the select lines, or the imply lines, that stand around the
// cursor or are selected, by the names of their targets. What is selected does not
// depend on the order.
func sortEntrySelects(r *refactorScope) {
	if r.at.Kind != parser.Select && r.at.Kind != parser.Imply {
		return
	}
	run := r.selectRun(r.at.Index)
	if edit, ok := sortedLines(run); ok {
		r.offer(Refactoring{ID: "sort-lines", Title: "Sort the " + r.at.Kind.String() + " lines", Kind: Rewrite, KeepsMeaning: true}, edit)
	}
}

// sortFileSelects does so with all of a file.
func sortFileSelects(r *refactorScope) {
	var edits []Edit
	done := -1
	for st := range r.tree.OfKind(1<<parser.Select|1<<parser.Imply, 0, r.tree.Len()) {
		if st.Index <= done {
			continue
		}
		run := r.selectRun(st.Index)
		if edit, ok := sortedLines(run); ok {
			edits = append(edits, edit)
		}
		done = run[len(run)-1].Index
	}
	if len(edits) > 0 {
		r.offer(Refactoring{ID: "sort-file", Title: "Sort the select and imply lines of this file", Kind: SortSelects, KeepsMeaning: true}, edits...)
	}
}

// selectRun returns the statements of the same kind without anything in between that a
// select or imply is one of.
func (r *refactorScope) selectRun(at int) []parser.Statement {
	kind := r.tree.At(at).Kind
	first, last := at, at
	for first > 0 && r.tree.At(first-1).Kind == kind {
		first--
	}
	for last+1 < r.tree.Len() && r.tree.At(last+1).Kind == kind {
		last++
	}
	var run []parser.Statement
	for i := first; i <= last; i++ {
		run = append(run, r.tree.At(i))
	}
	return run
}

// sortedLines returns the edit that sorts lines, comments behind them included. It
// reports false if they are sorted, or one has no target or no line end.
func sortedLines(run []parser.Statement) (Edit, bool) {
	sorted := slices.Clone(run)
	slices.SortStableFunc(sorted, func(a, b parser.Statement) int { return cmp.Compare(a.Name(), b.Name()) })
	changed := false
	var text strings.Builder
	for i, st := range sorted {
		if st.Name() == "" || !strings.HasSuffix(st.Text(), "\n") {
			return Edit{}, false
		}
		changed = changed || st.Index != run[i].Index
		text.WriteString(st.Text())
	}
	return Edit{int(run[0].Start), int(run[len(run)-1].End), text.String()}, changed
}
