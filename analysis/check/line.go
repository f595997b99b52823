package check

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Line is a statement of a version of a file, or a part of it. As long as nobody
// edits the statement, it can be found again in later versions.
type Line struct {
	File      *menu.File
	Statement int32
	// From and To are the tokens that are meant, To exclusive. If both are 0 it is
	// the whole statement.
	From, To int
	// Start and End are the bytes that are meant, from the statement's start, for what
	// is no token; then From and To are 0. If both are 0 it is the whole statement.
	Start, End uint32
}

// LineOf returns a statement as a line.
func LineOf(f *menu.File, st parser.Statement) Line {
	return Line{File: f, Statement: int32(st.Index)}
}

// tokens returns a part of a line by its tokens, the end exclusive.
func (l Line) tokens(from, to int) Line {
	l.From, l.To = from, to
	return l
}

// bytes returns a part of a line by its bytes, which count from the start of the file.
func (l Line) bytes(start, end uint32) Line {
	at := l.statement().Start
	l.Start, l.End = start-at, end-at
	return l
}

// statement returns the statement in the version of the file that the line is of.
func (l Line) statement() parser.Statement { return l.File.Tree.At(int(l.Statement)) }

// written returns a line, or its tokens, as it stands in the file, on one line.
func (l Line) written() string {
	st := l.statement()
	text := st.Text()
	if l.To > l.From {
		text = l.File.Tree.Slice(int(st.Token(l.From).Start), int(st.Token(l.To-1).End))
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "\\\n", " ")), " ")
}

// LineFinding is something wrong at a line.
type LineFinding struct {
	Code     string
	Severity Severity
	At       Line
	// Message says what is wrong, why, and what to do.
	Message string
	// Symbol is the name of the symbol it is about, "" if there is none.
	Symbol string
	// Unnecessary tells that the text could as well not be there.
	Unnecessary bool
	Related     []RelatedLine
	Files       []RelatedFile
	// Fix is a change that mends it, nil if there is none that is safe.
	Fix *Fix
}

// RelatedLine is a line that explains a finding.
type RelatedLine struct {
	Line
	Message string
}

// RelatedFile is a place in another file than a Kconfig file that explains a finding.
type RelatedFile struct {
	FilePlace
	Message string
}

// Fix is a change of files that mends what a finding is about.
type Fix struct {
	// Title says what it does, for people to choose it.
	Title string
	// Changes do not overlap.
	Changes []Change
	// KeepsMeaning tells that every configuration comes to the same values before and
	// after it, so that it can be made without a look at it.
	KeepsMeaning bool
}

// fixOf returns a fix of one change.
func fixOf(title string, at Line, kind ChangeKind, text string) *Fix {
	return &Fix{Title: title, Changes: []Change{{at, kind, text}}}
}

// keepingMeaning returns the fix as one that keeps the meaning.
func (f *Fix) keepingMeaning() *Fix {
	f.KeepsMeaning = true
	return f
}

// Change is a change at one statement.
type Change struct {
	At   Line
	Kind ChangeKind
	// Text is what is put in.
	Text string
}

// ChangeKind says how a statement changes.
type ChangeKind uint8

// The kinds of changes.
const (
	// RemoveLine takes the statement out, with its line end.
	RemoveLine ChangeKind = iota + 1
	// RemoveBefore takes out the tokens and what lies between them and the next one,
	// a "&&" included.
	RemoveBefore
	// RemoveBehind takes out the tokens and what lies between them and the one before,
	// a "&&" included.
	RemoveBehind
	// InsertBelow puts a line with the text below the statement, with the indentation
	// of the entry's attributes.
	InsertBelow
	// Replace puts the text in place of the part that is meant, or of the statement
	// without its line end.
	Replace
)

// sortLines sorts findings by file and place.
func sortLines(findings []LineFinding) {
	slices.SortStableFunc(findings, func(a, b LineFinding) int {
		return cmp.Or(
			strings.Compare(a.At.File.Path, b.At.File.Path), cmp.Compare(a.At.Statement, b.At.Statement),
			cmp.Compare(a.At.From, b.At.From), cmp.Compare(a.At.Start, b.At.Start), cmp.Compare(a.Code, b.Code))
	})
}
