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
		differs, ok := firstDifference(t, after)
		if ok {
			return edits
		}
		edits = withoutAround(t, edits, differs)
	}
	return nil
}

// Keeps reports whether edits that are sorted and do not overlap leave the meaning of
// a file as it is.
func Keeps(t *parser.Tree, edits []Edit) bool {
	_, ok := firstDifference(t, parser.Parse(Apply(t.Text(), edits), t.Dialect()))
	return ok
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

// firstDifference compares what two texts say. If that is not the same it reports
// false and a statement of the first one at which it differs.
func firstDifference(a, b *parser.Tree) (statement int, ok bool) {
	i, j := nextSaying(a, 0), nextSaying(b, 0)
	for i < a.Len() && j < b.Len() {
		if !sameStatement(a.At(i), b.At(j)) {
			return i, false
		}
		i, j = nextSaying(a, i+1), nextSaying(b, j+1)
	}
	if i < a.Len() || j < b.Len() {
		return min(i, a.Len()-1), false
	}
	return sameErrors(a, b)
}

// nextSaying returns the first statement from i on that has any tokens.
func nextSaying(t *parser.Tree, i int) int {
	for st := range t.From(i) {
		if st.Len() > 0 {
			return st.Index
		}
	}
	return t.Len()
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
