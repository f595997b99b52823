package analysis

import (
	"fmt"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// wrapInIf takes a dependency that consecutive entries have in common out of them and
// puts an if around them. Without a selection it is the dependency that the cursor stands
// on, and all entries around it that have it.
func wrapInIf(r *refactorScope) {
	if !r.inEntry || !wrappable(r.entry) {
		return
	}
	if _, member := r.file.InChoice(r.entry.Head.Index); member {
		return // what a member depends on counts otherwise if an if stands around it
	}
	var run []menu.Entry
	condition := ""
	if r.selected {
		run = r.wrapSelection()
		condition = commonCondition(run)
	} else if condition = r.conditionAt(); condition != "" {
		run = r.neighbours(condition)
	}
	if len(run) < 2 || condition == "" {
		return
	}
	var edits []Edit
	from := r.withComments(run[0].Head)
	edits = append(edits, Edit{from, from, "if " + condition + "\n\n"})
	for _, e := range run {
		st, part, _ := dependencyOn(e, condition)
		edits = append(edits, withoutConjunct(st, part))
	}
	end := below(run[len(run)-1].Last(), "\nendif # "+condition+"\n")
	r.offerVerified(Refactoring{
		ID: "wrap-if", Title: fmt.Sprintf("Put an if %s around these %d entries", condition, len(run)), Kind: Rewrite,
	}, append(edits, end)...)
}

// wrappable reports whether an entry is one that an if can take dependencies from. What
// is in blocks inherits them, so these would have to be looked at as a whole.
func wrappable(e menu.Entry) bool {
	switch e.Head.Kind {
	case parser.Config, parser.Menuconfig, parser.MenuComment:
		return true
	}
	return false
}

// following returns the entry behind another one, if only blanks and comments are in
// between.
func (r *refactorScope) following(e menu.Entry) (menu.Entry, bool) {
	for st := range r.tree.From(e.Last().Index + 1) {
		if st.Kind == parser.Blank {
			continue
		}
		next := menu.Entry{File: r.file, Head: st}
		return next, menu.HasAttributes(st.Kind) && wrappable(next)
	}
	return menu.Entry{}, false
}

// preceding returns the entry before another one, if only blanks and comments are in
// between.
func (r *refactorScope) preceding(e menu.Entry) (menu.Entry, bool) {
	i := e.Head.Index - 1
	for i >= 0 && r.tree.At(i).Kind == parser.Blank {
		i--
	}
	before, ok := r.file.EntryAt(i)
	return before, ok && wrappable(before) && before.Last().Index == i
}

// wrapSelection returns the entries that are selected, nil if there is anything between
// them.
func (r *refactorScope) wrapSelection() []menu.Entry {
	run := []menu.Entry{r.entry}
	for {
		last := run[len(run)-1]
		if last.Last().Index >= r.last.Index {
			return run
		}
		next, ok := r.following(last)
		switch {
		case ok && next.Head.Index > r.last.Index:
			return run
		case !ok:
			return nil
		}
		run = append(run, next)
	}
}

// neighbours returns the entries around the cursor without anything in between that
// depend on a condition.
func (r *refactorScope) neighbours(condition string) []menu.Entry {
	run := []menu.Entry{r.entry}
	for e := r.entry; ; {
		before, ok := r.preceding(e)
		if _, _, depends := dependencyOn(before, condition); !ok || !depends {
			break
		}
		run, e = append([]menu.Entry{before}, run...), before
	}
	for e := r.entry; ; {
		next, ok := r.following(e)
		if _, _, depends := dependencyOn(next, condition); !ok || !depends {
			return run
		}
		run, e = append(run, next), next
	}
}

// conditionAt returns the operand of a "depends on" that the cursor stands on.
func (r *refactorScope) conditionAt() string {
	if !simpleDependency(r.at) {
		return ""
	}
	for _, part := range check.Conjuncts(r.at) {
		if int(r.at.Token(part[0]).Start) <= r.offset && r.offset <= int(r.at.Token(part[1]-1).End) {
			return tokensText(r.at, part[0], part[1])
		}
	}
	return ""
}

// commonCondition returns the first operand that all entries depend on.
func commonCondition(run []menu.Entry) string {
	if len(run) == 0 {
		return ""
	}
	for _, st := range attributesOf(run[0]) {
		if !simpleDependency(st) {
			continue
		}
	parts:
		for _, part := range check.Conjuncts(st) {
			condition := tokensText(st, part[0], part[1])
			for _, e := range run[1:] {
				if _, _, ok := dependencyOn(e, condition); !ok {
					continue parts
				}
			}
			return condition
		}
	}
	return ""
}

// simpleDependency reports whether a statement is a "depends on" in one line, without a
// condition and a comment.
func simpleDependency(st parser.Statement) bool {
	_, _, conditional := st.Condition()
	return st.Kind == parser.DependsOn && !conditional && plain(st)
}

// dependencyOn returns the line of an entry that states a dependency, and the tokens of
// it.
func dependencyOn(e menu.Entry, condition string) (st parser.Statement, part [2]int, ok bool) {
	if e.File == nil {
		return st, part, false
	}
	for attribute := range e.Attributes() {
		if !simpleDependency(attribute) {
			continue
		}
		for _, part := range check.Conjuncts(attribute) {
			if tokensText(attribute, part[0], part[1]) == condition {
				return attribute, part, true
			}
		}
	}
	return st, part, false
}

// withoutConjunct returns the edit that takes an operand out of a "depends on", or the
// line if it is the only one.
func withoutConjunct(st parser.Statement, part [2]int) Edit {
	var rest []string
	for _, other := range check.Conjuncts(st) {
		if other != part {
			rest = append(rest, tokensText(st, other[0], other[1]))
		}
	}
	if len(rest) == 0 {
		return replaceLine(st, "")
	}
	return replaceLine(st, indent(st)+"depends on "+strings.Join(rest, " && ")+"\n")
}

// unwrapIf is the reverse of wrapInIf: each entry in the if that the cursor stands on
// states the condition itself.
func unwrapIf(r *refactorScope) {
	if r.at.Kind != parser.If && r.at.Kind != parser.EndIf {
		return
	}
	blocks := r.tree.Blocks()
	for i := range blocks {
		b := blocks[i]
		if b.Kind != parser.If || !b.Closed || b.Open != r.at.Index && b.Close != r.at.Index {
			continue
		}
		opener := r.tree.At(b.Open)
		from, to := opener.Expression()
		if !plain(opener) || from >= to || !strings.HasSuffix(r.tree.At(b.Close).Text(), "\n") {
			return
		}
		f := Refactoring{ID: "unwrap-if", Title: "Put the condition of this if into its entries", Kind: Rewrite}
		edits, refused := r.distribute(b, tokensText(opener, from, to))
		f.Refused = refused
		if len(edits) > 0 {
			r.offerVerified(f, edits...)
		} else if refused != "" {
			r.offerVerified(f)
		}
		return
	}
}

// distribute returns the edits that take a block away and give what stands directly in
// it its condition, or says why that cannot be.
func (r *refactorScope) distribute(b parser.Block, condition string) (edits []Edit, refused string) {
	end := b.Open + 1
	if r.tree.At(end).Kind == parser.Blank && r.tree.At(end).Len() == 0 {
		end++ // the empty line below the if
	}
	edits = append(edits, Edit{int(r.tree.At(b.Open).Start), int(r.tree.At(end - 1).End), ""})
	entries := 0
	blocks := r.tree.Blocks()
	for i := end; i < b.Close; {
		st := r.tree.At(i)
		next := i + 1
		for _, inner := range blocks {
			if inner.Open == i {
				next = inner.Close + 1
			}
		}
		switch {
		case st.Kind == parser.Blank || st.Kind.IsAttribute():
		case st.Kind == parser.If:
			from, to := st.Expression()
			if !plain(st) {
				return nil, "an if in it is written in several lines or has a comment"
			}
			edits = append(edits, replaceLine(st, indent(st)+"if "+operand(condition)+" && "+operand(tokensText(st, from, to))+"\n"))
			entries++
		case menu.HasAttributes(st.Kind):
			e := menu.Entry{File: r.file, Head: st}
			tab := r.root.indentation(r.file, st)
			edits = append(edits, below(dependencyPlace(e), tab+"depends on "+condition+"\n"))
			entries++
		case st.Kind == parser.Source:
			return nil, "it includes a file, which cannot have a dependency itself"
		default:
			return nil, fmt.Sprintf("there is a %s in it that cannot have a dependency", st.Kind)
		}
		i = next
	}
	if entries == 0 {
		return nil, ""
	}
	closer := r.tree.At(b.Close)
	start := int(closer.Start)
	if before := r.tree.At(b.Close - 1); before.Kind == parser.Blank && before.Len() == 0 && b.Close-1 >= end {
		start = int(before.Start)
	}
	return append(edits, Edit{start, int(closer.End), ""}), ""
}

// operand returns an expression as an operand of "&&".
func operand(expression string) string {
	if strings.Contains(expression, "||") {
		return "(" + expression + ")"
	}
	return expression
}

// dependencyPlace returns the line of an entry below which a dependency is put: the last
// one of its type and prompt that stand first, as the kernel has it.
func dependencyPlace(e menu.Entry) parser.Statement {
	place := e.Head
	for st := range e.Attributes() {
		if st.Kind != parser.Type && st.Kind != parser.TypedDefault && st.Kind != parser.Prompt {
			break
		}
		place = st
	}
	return place
}
