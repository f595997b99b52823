package check

import (
	"iter"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// IgnoreMark is what a comment has in it that says which findings the reader has seen
// and does not want: "# kconfig-ls: ignore=ID,ID reason".
const IgnoreMark = "kconfig-ls: ignore="

// IgnoredIn returns the ids of checks that a comment says not to want, with the byte
// offset of each in the comment.
func IgnoredIn(comment string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		at := strings.Index(comment, IgnoreMark)
		if at < 0 {
			return
		}
		at += len(IgnoreMark)
		ids := comment[at:]
		if end := strings.IndexAny(ids, " \t\r\n"); end >= 0 {
			ids = ids[:end]
		}
		for id := range strings.SplitSeq(ids, ",") {
			if id != "" && !yield(at, id) {
				return
			}
			at += len(id) + 1
		}
	}
}

// FindIgnore returns the byte offset in a text of what makes a comment say which checks
// are not wanted, -1 if it has none.
func FindIgnore(text string) int { return strings.Index(text, IgnoreMark) }

// Ignores reports whether a comment says that findings with a code are not wanted.
func Ignores(comment, code string) bool {
	for _, id := range IgnoredIn(comment) {
		if id == code {
			return true
		}
	}
	return false
}

// Comments returns the comments of a statement with their tokens. What looks like one
// in a string or a help text is none.
func Comments(st parser.Statement) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i := range st.Len() {
			if st.Token(i).Kind == parser.Comment && !yield(i, st.TokenText(i)) {
				return
			}
		}
	}
}

// maxUnknownIDs is how many ids of no check are told of in one comment.
const maxUnknownIDs = 20

// UnknownChecks returns what there is to say about the ids in a comment that are those
// of no check: the byte offsets of each in the comment, and a message.
func UnknownChecks(comment string) iter.Seq2[[2]int, string] {
	return func(yield func([2]int, string) bool) {
		n := 0
		for at, id := range IgnoredIn(comment) {
			if isRule(id) {
				continue
			}
			if n++; n > maxUnknownIDs || !yield([2]int{at, at + len(id)}, UnknownName(id)) {
				return
			}
		}
	}
}

// unknownChecks reports ids in comments that are those of no check.
func unknownChecks() FileCheck {
	return FileCheck{Rules: rulesOf(References, Hint, CodeUnknownCheck), Run: func(p *FilePass) {
		if FindIgnore(p.File.Tree.Text()) < 0 {
			return
		}
		for st := range p.File.Tree.All() {
			for i, comment := range Comments(st) {
				for at, message := range UnknownChecks(comment) {
					start := st.Token(i).Start
					p.report(LineFinding{
						Code: CodeUnknownCheck, Severity: Hint, Message: message,
						At: p.line(st).bytes(start+uint32(at[0]), start+uint32(at[1])),
					})
				}
			}
		}
	}}
}
