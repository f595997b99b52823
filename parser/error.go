package parser

// Code names a kind of error. Codes are stable: settings, suppressions and
// documentation pages refer to them.
type Code string

// The codes of the errors this package reports.
const (
	// CodeUnexpectedToken is a token that the statement it stands in has no
	// place for, or that is missing.
	CodeUnexpectedToken Code = "unexpected-token"
	// CodeUnknownStatement is a line that begins with no known word.
	CodeUnknownStatement Code = "unknown-statement"
	// CodeMisplacedStatement is a statement that cannot stand where it does,
	// such as an attribute outside of an entry.
	CodeMisplacedStatement Code = "misplaced-statement"
	// CodeMissingBlockEnd is a menu, choice or if that is never closed.
	CodeMissingBlockEnd Code = "missing-block-end"
	// CodeUnexpectedBlockEnd is an endmenu, endchoice or endif that closes
	// nothing, or closes a block of another kind.
	CodeUnexpectedBlockEnd Code = "unexpected-block-end"
	// CodeUnterminatedMacro is a $( without its closing parenthesis.
	CodeUnterminatedMacro Code = "unterminated-macro"
	// CodeUnterminatedString is a quote that is still open at the line's end.
	CodeUnterminatedString Code = "unterminated-string"
	// CodeUnsupportedCharacter is a character that Kconfig ignores.
	CodeUnsupportedCharacter Code = "unsupported-character"
	// CodeCarriageReturn is a file with "\r\n" line ends in a dialect whose
	// lexer does not know them.
	CodeCarriageReturn Code = "carriage-return"
	// CodeMissingFinalNewline is a last line without a line end.
	CodeMissingFinalNewline Code = "missing-final-newline"
	// CodeExpressionTooDeep is an expression nested deeper than the kernel's
	// parser can hold.
	CodeExpressionTooDeep Code = "expression-too-deep"
	// CodeBlankHelp is a help text without text.
	CodeBlankHelp Code = "blank-help"
	// CodeRepeatedHelp is a second help text in one entry.
	CodeRepeatedHelp Code = "repeated-help"
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

func (e Error) shifted(by uint32) Error {
	e.Start += by
	e.End += by
	return e
}
