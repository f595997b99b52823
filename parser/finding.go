package parser

import "strings"

// finding is the stored form of an Error: what is needed to put it in words,
// in a few bytes and without a text of its own, since a broken file can have
// millions of them. Its offsets are relative to its chunk.
type finding struct {
	start, end uint32
	statement  uint32
	// more is how many like it follow in the same statement that were not kept.
	more  uint32
	kind  findingKind
	entry StatementKind // the open entry, for findingMisplaced
	what  string        // what was expected, for the kinds that say it
}

type findingKind uint8

const (
	findingUnexpected         findingKind = iota // a token without a place
	findingLineEnds                              // a token is missing at the line's end
	findingUnknown                               // a line that begins with no known word
	findingMisplaced                             // an attribute that its entry cannot have
	findingTooDeep                               // an expression with too many levels
	findingValueAfterHelp                        // an assignment that conf cannot read
	findingUnterminatedMacro                     // a "$(" without ")"
	findingUnterminatedString                    // a quote without its end
	findingCharacter                             // a character without use
	findingCarriageReturn                        // "\r\n"
	findingUnendedEnd                            // an end of a block without a line end
	findingBlankHelp                             // a help text without text
	findingRepeatedHelp                          // a second help text
)

// maxErrors bounds how many errors are shown of one tree, and how many
// characters without use are noted in one statement. A file with more is no
// Kconfig file.
const maxErrors = 1000

// severity tells whether the kernel's tools reject a file for the finding.
func (f finding) severity() Severity {
	switch f.kind {
	case findingUnterminatedString, findingCharacter, findingCarriageReturn:
		return SeverityWarning
	}
	return SeverityError
}

// lineStart returns where the range of a finding begins: with the statement, if
// the finding is on a continuation line of it. The kernel's tools report the
// line that a statement begins on.
func (f finding) lineStart(c span) uint32 {
	first := uint32(0)
	if f.statement > 0 {
		first = c.statements[f.statement-1].tokenEnd
	}
	for int(first) < len(c.tokens) && c.tokens[first].Kind.isSilent() {
		first++
	}
	if int(first) >= len(c.tokens) || c.tokens[first].Start > f.start ||
		strings.IndexByte(c.text[c.tokens[first].Start:f.start], '\n') < 0 {
		return f.start
	}
	return c.tokens[first].Start
}

// error puts the finding of a chunk in words.
func (f finding) error(c span, d Dialect) Error {
	e := Error{Severity: f.severity(), Start: f.start + c.start, End: f.end + c.start}
	text := c.text[f.start:f.end]
	token := quoteToken(text)
	switch f.kind {
	case findingUnexpected, findingLineEnds, findingTooDeep:
		e.Start = c.start + f.lineStart(c)
	}
	switch f.kind {
	case findingUnexpected:
		e.Code = CodeUnexpectedToken
		if _, reserved := reservedWord(text); reserved {
			token = "the keyword " + token
		}
		e.Message = token + " is unexpected here: expected " + f.what
	case findingLineEnds:
		e.Code = CodeUnexpectedToken
		e.Message = "the line ends after " + token + ": expected " + f.what
	case findingUnknown:
		e.Code, e.Message = unknownStatement(text, d)
	case findingMisplaced:
		e.Code = CodeMisplacedStatement
		e.Message = token + " belongs into an entry, but none is open here: put it below a config, choice, menu or comment line"
		if f.entry != Blank {
			e.Message = token + " is no attribute of a " + entryName(f.entry) + ": it can have " + attributesOf(f.entry, d)
		}
	case findingTooDeep:
		e.Code = CodeExpressionTooDeep
		e.Message = "the expression nests deeper than the kernel's tools can read"
	case findingValueAfterHelp:
		e.Code = CodeUnexpectedToken
		e.Message = token + " is unexpected here: the kernel's tools cannot read an assignment right behind a help text;" +
			" put it before the entry, or another statement in between"
	case findingUnterminatedMacro:
		e.Code = CodeUnterminatedMacro
		e.Message = "the macro reference " + token + " is not closed: expected ) before the end of the line"
	case findingUnterminatedString:
		e.Code = CodeUnterminatedString
		e.Message = "the closing " + text[:1] + " is missing; the text ends with the line"
	case findingCharacter:
		e.Code = CodeUnsupportedCharacter
		e.Message = "Kconfig has no use for the character " + token + " here and ignores it"
	case findingCarriageReturn:
		e.Code = CodeCarriageReturn
		e.Message = `the file has "\r\n" line ends, which the kernel's tools do not know: ` +
			"help texts end at their first empty line; save it with \"\\n\" line ends"
	case findingUnendedEnd:
		e.Code = CodeMissingFinalNewline
		e.Message = "the last line has no line end: the kernel's tools then take " + token +
			" for the end of a block of the file that includes this one"
	case findingBlankHelp:
		e.Code = CodeBlankHelp
		e.Message = "the help text is empty, which " + d.String() + " does not accept: remove this line"
	case findingRepeatedHelp:
		e.Code = CodeRepeatedHelp
		e.Message = "the entry has a help text already, which " + d.String() + " does not accept: remove this line"
	}
	return e
}

// unknownStatement says why a line cannot begin with a word.
func unknownStatement(word string, d Dialect) (Code, string) {
	token := quoteToken(word)
	if _, feature := dialectWord(word); feature != 0 {
		code := CodeDialectKeyword
		if feature == OldKeywords || feature == OldChoices {
			code = CodeObsoleteSyntax
		}
		return code, token + " is not known to " + d.String() + "; it belongs to " + dialectOf(feature)
	}
	message := token + " begins no Kconfig statement"
	if near, ok := nearestStatement(word); ok {
		message += ": did you mean `" + near + "`?"
	}
	return CodeUnknownStatement, message
}

func entryName(kind StatementKind) string {
	switch kind {
	case Config, Menuconfig, Configdefault, Choice, Menu, MenuComment, If:
		return kind.String()
	}
	return "file"
}

func attributesOf(kind StatementKind, d Dialect) string {
	switch kind {
	case Choice:
		if d.Has(PromptChoices) {
			return "prompt, default, depends on and help"
		}
		return "prompt, bool, default, depends on and help"
	case Menu:
		return "depends on and visible if"
	case MenuComment:
		return "depends on"
	}
	return "a type, prompt, default, depends on, select, imply, range and help"
}
