package parser

import (
	"cmp"
	"fmt"
	"slices"
)

// Code names a kind of error. Codes are stable: settings, suppressions and
// documentation pages refer to them.
type Code string

// The codes of the errors this package reports.
const (
	// CodeUnexpectedToken is a token that the statement it stands in has no
	// place for, or that is missing.
	CodeUnexpectedToken Code = "syntax-error"
	// CodeUnknownStatement is a line that begins with no known word.
	CodeUnknownStatement Code = "unknown-statement"
	// CodeDialectKeyword is a statement that only other dialects have.
	CodeDialectKeyword Code = "dialect-keyword"
	// CodeObsoleteSyntax is a statement that the dialect has dropped.
	CodeObsoleteSyntax Code = "obsolete-syntax"
	// CodeIllegalInChoice is a statement that cannot stand inside a choice.
	CodeIllegalInChoice Code = "illegal-in-choice"
	// CodeMisplacedStatement is a statement that cannot stand where it does,
	// such as an attribute outside of an entry.
	CodeMisplacedStatement Code = "invalid-statement"
	// CodeMissingBlockEnd is a menu, choice or if that is never closed.
	CodeMissingBlockEnd Code = "missing-end"
	// CodeUnexpectedBlockEnd is an endmenu, endchoice or endif that closes
	// nothing, or closes a block of another kind.
	CodeUnexpectedBlockEnd Code = "mismatched-end"
	// CodeUnterminatedMacro is a $( without its closing parenthesis.
	CodeUnterminatedMacro Code = "macro-error"
	// CodeUnterminatedString is a quote that is still open at the line's end.
	CodeUnterminatedString Code = "unterminated-string"
	// CodeUnsupportedCharacter is a character that Kconfig ignores.
	CodeUnsupportedCharacter Code = "unsupported-char"
	// CodeCarriageReturn is a file with "\r\n" line ends in a dialect whose
	// lexer does not know them.
	CodeCarriageReturn Code = "crlf-line-ends"
	// CodeMissingFinalNewline is a last line without a line end.
	CodeMissingFinalNewline Code = "no-newline-at-eof"
	// CodeExpressionTooDeep is an expression nested deeper than the kernel's
	// parser can hold.
	CodeExpressionTooDeep Code = "expression-too-deep"
	// CodeBlankHelp is a help text without text.
	CodeBlankHelp Code = "help-blank"
	// CodeTooManyErrors stands for all errors behind the first thousand.
	CodeTooManyErrors Code = "too-many-errors"
	// CodeRepeatedHelp is a second help text in one entry.
	CodeRepeatedHelp Code = "help-twice"
)

// Severity says whether the kernel's tools reject a file for an error, or only
// warn about it.
type Severity uint8

// The severities.
const (
	SeverityError Severity = iota + 1
	SeverityWarning
)

// Error is something wrong in one file, at a byte range.
type Error struct {
	Code       Code
	Severity   Severity
	Start, End uint32
	// Message says what is wrong, what was expected, and what to do.
	Message string
	// Related are other places that explain the error, such as the opener of
	// a block that is not closed.
	Related []Related
}

// Related is a place that explains an error.
type Related struct {
	Start, End uint32
	Message    string
}

// Errors returns what is wrong with the file, in the order of the text. A file
// without errors may still be rejected for what only the whole tree shows.
// There are never much more than a thousand: one error at the end stands for
// all that are left out.
func (t *Tree) Errors() []Error {
	g := errorGatherer{tree: t}
	problems := t.blocks.problems
	for _, c := range t.chunks {
		for _, f := range c.findings {
			for len(problems) > 0 {
				if start, _ := problems[0].place(t); start >= c.start+f.start {
					break
				}
				g.problem(problems[0])
				problems = problems[1:]
			}
			g.finding(c, f)
		}
	}
	for _, p := range problems {
		g.problem(p)
	}
	return g.result()
}

// errorGatherer puts the first maxErrors findings in words and counts the rest.
type errorGatherer struct {
	tree    *Tree
	errors  []Error
	more    int
	rest    Error // stands for those that are only counted
	returns bool  // whether a line end was reported; one finding is enough
}

func (g *errorGatherer) finding(c span, f finding) {
	if f.kind == findingCarriageReturn {
		if g.returns {
			return
		}
		g.returns = true
	}
	if len(g.errors) < maxErrors {
		g.errors = append(g.errors, f.error(c, g.tree.dialect))
	} else {
		g.count(1, f.severity(), c.start+f.start, c.start+f.end)
	}
	if f.more > 0 {
		g.count(int(f.more), f.severity(), c.start+f.start, c.start+f.end)
	}
}

func (g *errorGatherer) problem(p problem) {
	if len(g.errors) < maxErrors {
		g.errors = append(g.errors, p.error(g.tree))
		return
	}
	start, end := p.place(g.tree)
	g.count(1, SeverityError, start, end)
}

// count adds n errors that are not shown one by one.
func (g *errorGatherer) count(n int, severity Severity, start, end uint32) {
	if g.more == 0 || severity < g.rest.Severity {
		g.rest = Error{Code: CodeTooManyErrors, Severity: severity, Start: start, End: end}
	}
	g.more += n
}

// result puts the errors in the order of the text: findings come in the order of
// the lexer, but those on a continued line are shown where their statement begins,
// which may be before one that was found earlier.
func (g *errorGatherer) result() []Error {
	slices.SortStableFunc(g.errors, func(a, b Error) int { return cmp.Compare(a.Start, b.Start) })
	if g.more > 0 {
		last := g.errors[len(g.errors)-1]
		g.rest.Start = max(g.rest.Start, last.Start)
		g.rest.End = max(g.rest.End, g.rest.Start)
		g.rest.Message = fmt.Sprintf("and %d more like the ones before: this is hardly a Kconfig file", g.more)
		g.errors = append(g.errors, g.rest)
	}
	return g.errors
}
