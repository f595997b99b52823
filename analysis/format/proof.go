package format

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// maxAttempts is how often edits are tried with some of them left out. There is
// hardly a file that takes more than one.
const maxAttempts = 32

// proven returns the edits without those that would have the text read otherwise.
// With such an edit all others of its entry go, as they hang together.
func proven(t *parser.Tree, edits []Edit) []Edit {
	for range maxAttempts {
		if len(edits) == 0 {
			return nil
		}
		after := parser.Parse(Apply(t.Text(), edits), t.Dialect())
		differs, ok := firstDifference(statements{t, 0, t.Len()}, statements{after, 0, after.Len()})
		if ok {
			differs, ok = sameErrors(t, after)
		}
		if ok {
			return edits
		}
		edits = withoutAround(t, edits, differs)
	}
	return nil
}

// Keeps reports whether edits of a few lines, which are sorted and do not overlap, leave
// the meaning of a file as it is if no others are made. It costs as much as to type
// them.
func Keeps(t *parser.Tree, edits []Edit) bool {
	if len(edits) == 0 || len(edits) == 1 && isBeforeStatement(t, edits[0]) {
		return true
	}
	start, end := edits[0].Start, edits[len(edits)-1].End
	moved := make([]Edit, len(edits))
	for i, e := range edits {
		moved[i] = Edit{Start: e.Start - start, End: e.End - start, Text: e.Text}
	}
	after, change := t.Edit(start, end, Apply(t.Slice(start, end), moved))
	if change.First == change.OldEnd && change.First == change.NewEnd {
		return true
	}
	of := func(t *parser.Tree, end int) statements {
		from := t.Len()
		if change.First < t.Chunks() {
			from, _ = t.Chunk(change.First)
		}
		to := from
		if end > change.First {
			_, to = t.Chunk(end - 1)
		}
		return statements{t, from, to}
	}
	_, ok := firstDifference(of(t, change.OldEnd), of(after, change.NewEnd))
	return ok
}

// isBeforeStatement reports whether an edit is about the blanks before a statement with
// no help text before it. There they mean nothing.
func isBeforeStatement(t *parser.Tree, e Edit) bool {
	if e.Kind != Indent {
		return false
	}
	for i := e.Statement - 1; i >= 0; i-- {
		switch t.At(i).Kind {
		case parser.HelpText, parser.Help, parser.Unknown:
			return false
		case parser.Blank:
		default:
			return true
		}
	}
	return true
}

// withoutAround returns the edits without those in the entry that holds a statement.
// If there are none, it goes further and further away until there are some.
func withoutAround(t *parser.Tree, edits []Edit, statement int) []Edit {
	from, to := statement, statement+1
	for {
		from, to = entryStart(t, from), entryEnd(t, to)
		rest := slices.DeleteFunc(slices.Clone(edits), func(e Edit) bool { return e.Statement >= from && e.Statement < to })
		if len(rest) < len(edits) || from == 0 && to >= t.Len() {
			return rest
		}
		from, to = max(from-1, 0), min(to+1, t.Len())
	}
}

// entryStart returns the first statement of the entry that holds a statement.
func entryStart(t *parser.Tree, i int) int {
	for i = min(i, t.Len()-1); i > 0 && belongs(t.At(i).Kind); i-- {
	}
	return max(i, 0)
}

// entryEnd returns the statement behind the entry that ends at statement i or behind.
func entryEnd(t *parser.Tree, i int) int {
	for i < t.Len() && belongs(t.At(i).Kind) {
		i++
	}
	return i
}

// belongs reports whether a statement belongs to the one before it.
func belongs(kind parser.StatementKind) bool {
	return kind.IsAttribute() || kind == parser.HelpText || kind == parser.Blank
}

// statements are the statements [from, to) of a tree.
type statements struct {
	tree     *parser.Tree
	from, to int
}

// skip returns the statements from the first one on that has any tokens.
func (s statements) skip() statements {
	for st := range s.tree.From(s.from) {
		if s.from = st.Index; s.from >= s.to || st.Len() > 0 {
			return s
		}
	}
	s.from = s.to
	return s
}

// firstDifference compares what two texts say. If that is not the same it reports
// false and a statement of the first one at which it differs.
func firstDifference(a, b statements) (statement int, ok bool) {
	for {
		a, b = a.skip(), b.skip()
		if a.from >= a.to || b.from >= b.to {
			return max(min(a.from, a.to-1), 0), a.from >= a.to && b.from >= b.to
		}
		if !sameStatement(a.tree.At(a.from), b.tree.At(b.from)) {
			return a.from, false
		}
		a.from, b.from = a.from+1, b.from+1
	}
}

// sameStatement reports whether two statements say the same.
func sameStatement(a, b parser.Statement) bool {
	if a.Kind != b.Kind || a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		kind, x, y := a.Token(i).Kind, a.TokenText(i), b.TokenText(i)
		if kind != b.Token(i).Kind {
			return false
		}
		if x == y && kind != parser.HelpBody {
			continue
		}
		switch kind {
		case parser.HelpBody:
			if shown(x) != shown(y) {
				return false
			}
		case parser.Comment:
			if strings.Trim(x[1:], " \t\r") != strings.Trim(y[1:], " \t\r") {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// shown returns a help text as conf shows it: without the indentation of its first
// line, and without blanks at the end of lines. See the HELP state of
// scripts/kconfig/lexer.l.
func shown(body string) string {
	var b strings.Builder
	first := -1
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, " \t\r\n")
		if text := strings.TrimLeft(line, " \t"); text != "" {
			w := width(line[:len(line)-len(text)])
			if first < 0 {
				first = w
			}
			b.WriteString(strings.Repeat(" ", max(w-first, 0)))
			b.WriteString(text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// sameErrors reports whether two texts that say the same have the same mistakes, a
// missing line end at the end aside.
func sameErrors(a, b *parser.Tree) (statement int, ok bool) {
	of := func(t *parser.Tree) []parser.Error {
		return slices.DeleteFunc(t.Errors(), func(e parser.Error) bool { return e.Code == parser.CodeMissingFinalNewline })
	}
	x, y := of(a), of(b)
	for i := range min(len(x), len(y)) {
		if x[i].Code != y[i].Code {
			return a.IndexAt(int(x[i].Start)), false
		}
	}
	switch {
	case len(x) > len(y):
		return a.IndexAt(int(x[len(y)].Start)), false
	case len(x) < len(y):
		return a.Len() - 1, false
	}
	return 0, true
}
