package parser

// TokenKind says what a token is.
type TokenKind uint8

// The kinds of tokens that are no keywords.
const (
	// BadCharacter is a character the language has no use for. The kernel's
	// lexer drops it with a warning; so it takes no part in the grammar.
	BadCharacter TokenKind = iota
	// Comment runs from "#" to the end of the line.
	Comment
	// Word is a symbol, a number, or any other bare word.
	Word
	// MacroWord is a bare word with at least one $(...) reference in it.
	MacroWord
	// String is a text in single or double quotes, the quotes included.
	String
	// Path is the unquoted path of a source statement.
	Path
	// Value is the right side of a macro assignment: all that is left of the
	// line, "#" included.
	Value
	// HelpBody is a help text, from its first line to the end of its last line
	// that is not blank.
	HelpBody

	Or           // ||
	And          // &&
	Not          // !
	Equal        // =
	Unequal      // !=
	Less         // <
	LessEqual    // <=
	Greater      // >
	GreaterEqual // >=
	OpenParen    // (
	CloseParen   // )
	ColonEqual   // :=
	PlusEqual    // +=
)

// The kinds of keyword tokens.
const (
	KwBool TokenKind = iota + 64
	KwBoolean
	KwChoice
	KwComment
	KwConfig
	KwConfigdefault
	KwDefault
	KwDefBool
	KwDefHex
	KwDefInt
	KwDefString
	KwDefTristate
	KwDepends
	KwEndchoice
	KwEndif
	KwEndmenu
	KwFloat
	KwGrsource
	KwGsource
	KwHelp
	KwHex
	KwIf
	KwImply
	KwInsert
	KwInt
	KwMainmenu
	KwMenu
	KwMenuconfig
	KwModules
	KwOn
	KwOption
	KwOptional
	KwOrsource
	KwOsource
	KwOutput
	KwPrompt
	KwRange
	KwRsource
	KwSelect
	KwSet
	KwSource
	KwString
	KwTransitional
	KwTristate
	KwVisible
	KwWarning

	numTokenKinds
)

// Token is one token of a tree: its kind and its byte range.
type Token struct {
	Start, End uint32
	Kind       TokenKind
	// vanishes tells of a MacroWord that it consists of references alone: where
	// they expand to nothing, conf's parser gets to see no token at all.
	vanishes bool
	// skipped tells of such a MacroWord that it stands before a statement that
	// is only one if it expands to nothing.
	skipped bool
}

// isSilent reports whether the token takes no part in the grammar.
func (t Token) isSilent() bool { return t.skipped || t.Kind.isSilent() }

// IsKeyword reports whether the kind is that of a keyword.
func (k TokenKind) IsKeyword() bool { return k >= KwBool }

// IsComparison reports whether the kind is a comparison operator.
func (k TokenKind) IsComparison() bool { return k >= Equal && k <= GreaterEqual }

// IsSymbol reports whether a token of this kind can stand for a symbol or a
// constant in an expression.
func (k TokenKind) IsSymbol() bool { return k == Word || k == MacroWord || k == String }

// isAssignment reports whether the kind is an assignment operator.
func (k TokenKind) isAssignment() bool { return k == Equal || k == ColonEqual || k == PlusEqual }

// isSilent reports whether tokens of the kind take no part in the grammar.
func (k TokenKind) isSilent() bool { return k == BadCharacter || k == Comment }

// reservedWord returns the keyword that a word is at any place of a statement,
// as the kernel's lexer reads it.
func reservedWord(word string) (TokenKind, bool) {
	switch word {
	case "if":
		return KwIf, true
	case "on":
		return KwOn, true
	case "hex":
		return KwHex, true
	case "int":
		return KwInt, true
	case "bool":
		return KwBool, true
	case "help":
		return KwHelp, true
	case "menu":
		return KwMenu, true
	case "endif":
		return KwEndif, true
	case "imply":
		return KwImply, true
	case "range":
		return KwRange, true
	case "choice":
		return KwChoice, true
	case "config":
		return KwConfig, true
	case "prompt":
		return KwPrompt, true
	case "select":
		return KwSelect, true
	case "source":
		return KwSource, true
	case "string":
		return KwString, true
	case "comment":
		return KwComment, true
	case "default":
		return KwDefault, true
	case "depends":
		return KwDepends, true
	case "endmenu":
		return KwEndmenu, true
	case "modules":
		return KwModules, true
	case "visible":
		return KwVisible, true
	case "def_bool":
		return KwDefBool, true
	case "mainmenu":
		return KwMainmenu, true
	case "tristate":
		return KwTristate, true
	case "endchoice":
		return KwEndchoice, true
	case "menuconfig":
		return KwMenuconfig, true
	case "def_tristate":
		return KwDefTristate, true
	}
	return 0, false
}

// dialectWord returns the keyword that a word is at the start of a statement
// in dialects with some feature, and that feature.
func dialectWord(word string) (TokenKind, Feature) {
	switch word {
	case "---help---":
		return KwHelp, OldKeywords
	case "boolean":
		return KwBoolean, OldKeywords
	case "option":
		return KwOption, OldKeywords
	case "optional":
		return KwOptional, OldChoices
	case "def_int":
		return KwDefInt, TypedDefaults
	case "def_hex":
		return KwDefHex, TypedDefaults
	case "def_string":
		return KwDefString, TypedDefaults
	case "rsource":
		return KwRsource, RelativeSource
	case "osource":
		return KwOsource, RelativeSource
	case "orsource":
		return KwOrsource, RelativeSource
	case "gsource":
		return KwGsource, RelativeSource
	case "grsource":
		return KwGrsource, RelativeSource
	case "configdefault":
		return KwConfigdefault, ConfigDefault
	case "transitional":
		return KwTransitional, TransitionalSymbols
	case "set":
		return KwSet, SetStatements
	case "float":
		return KwFloat, SetStatements
	case "warning":
		return KwWarning, SetStatements
	case "output":
		return KwOutput, OutputAttribute
	case "INSERT":
		return KwInsert, InsertMarkers
	}
	return 0, 0
}

// dialectOf names the dialects that have a feature, for messages about words
// that the dialect at hand does not know.
func dialectOf(f Feature) string {
	switch f {
	case OldKeywords:
		return "older Linux versions"
	case OldChoices:
		return "Linux before 6.12"
	case TypedDefaults, RelativeSource, ConfigDefault:
		return "Zephyr"
	case TransitionalSymbols:
		return "Linux 6.18 and newer"
	case SetStatements:
		return "ESP-IDF"
	case OutputAttribute:
		return "kdevops"
	case InsertMarkers:
		return "BusyBox templates"
	}
	return "other dialects"
}
