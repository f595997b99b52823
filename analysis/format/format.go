// Package format sets Kconfig files in the style of their project. What it changes is
// white space only, and it proves of each change that nothing is read otherwise: the
// same statements with the same tokens, help texts that show the same, the same
// mistakes. What it cannot prove it leaves as it is, and so it does with statements
// that have an error.
package format

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Kind says what an edit mends.
type Kind uint8

// The kinds of edits.
const (
	// Indent is about the blanks before an entry, attribute or other statement.
	Indent Kind = iota + 1
	// CommentIndent is about the blanks before a comment, ContinuedIndent about those
	// before a continued line.
	CommentIndent
	ContinuedIndent
	// HelpIndent is about the blanks before the lines of a help text.
	HelpIndent
	// KeywordSpace is about the blanks behind a keyword.
	KeywordSpace
	// CommentSpace is about the space behind the "#" of a comment.
	CommentSpace
	// TrailingBlank is about blanks at the end of a line.
	TrailingBlank
	// BlankLines is about too many blank lines, MissingBlank about one that is missing.
	BlankLines
	MissingBlank
	// FinalBlank is about blank lines at the end of a file, FinalNewline about a last
	// line without a line end.
	FinalBlank
	FinalNewline
)

// Edit replaces the bytes [Start, End) of a text.
type Edit struct {
	Start, End int
	Text       string
	Kind       Kind
	// Statement is the index of the statement that the bytes lie in.
	Statement int
}

// Edits returns what sets the statements that touch the bytes [start, end) in a style,
// sorted by place and without overlap. Each edit lies in one statement. Formatting
// what comes out changes nothing more.
func Edits(t *parser.Tree, s Style, start, end int) []Edit {
	edits := Plan(t, s)
	edits = slices.DeleteFunc(edits, func(e Edit) bool {
		st := t.At(e.Statement)
		return int(st.End) <= start && e.End < t.Size() || int(st.Start) > end || int(st.Start) == end && start < end
	})
	return proven(t, edits)
}

// Plan returns what would set a whole file in a style, had nobody to care for the
// meaning. See [Keeps].
func Plan(t *parser.Tree, s Style) []Edit { return newPlanner(t, s).plan() }

// All returns what sets a whole file in a style. See Edits.
func All(t *parser.Tree, s Style) []Edit { return proven(t, Plan(t, s)) }

// Apply returns a text after edits that are sorted and do not overlap.
func Apply(text string, edits []Edit) string {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.Start])
		b.WriteString(e.Text)
		at = e.End
	}
	b.WriteString(text[at:])
	return b.String()
}
