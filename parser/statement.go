package parser

// StatementKind says what a statement is.
type StatementKind uint8

// The kinds of statements.
const (
	// Blank is a line without a statement: empty, or a comment alone.
	Blank StatementKind = iota
	// Unknown is a line that begins with no known word.
	Unknown
	// HelpText is the text below a Help line. It has no keyword.
	HelpText
	// Assignment defines a macro: NAME = value, NAME := value, NAME += value.
	Assignment
	// MacroCall is a line that is a macro reference, as $(warning-if,...).
	MacroCall

	Mainmenu
	Config
	Menuconfig
	Configdefault
	Choice
	EndChoice
	MenuComment // the comment statement, as opposed to a "#" comment
	Menu
	EndMenu
	If
	EndIf
	Source

	Type    // bool, tristate, int, hex, string, float
	Prompt  // prompt
	Default // default
	TypedDefault
	DependsOn
	Select
	Imply
	Range
	VisibleIf
	Help
	Modules
	Transitional
	Optional
	Option
	Set
	Warning
	Output
	Insert

	numStatementKinds
)

// KindSet is a set of kinds of statements.
type KindSet uint64

// KindSetOf returns the set of the kinds for which ok reports true.
func KindSetOf(ok func(StatementKind) bool) KindSet {
	var set KindSet
	for kind := range numStatementKinds {
		if ok(kind) {
			set |= 1 << kind
		}
	}
	return set
}

// Has reports whether the kind is in the set.
func (s KindSet) Has(kind StatementKind) bool { return s>>kind&1 != 0 }

// opensEntry reports whether a statement of the kind starts something that
// the attribute lines after it belong to.
func (k StatementKind) opensEntry() bool {
	switch k {
	case Config, Menuconfig, Configdefault, Choice, MenuComment, Menu:
		return true
	}
	return false
}

// endsEntry reports whether attribute lines after a statement of the kind
// belong to no entry.
func (k StatementKind) endsEntry() bool {
	switch k {
	case Assignment, Mainmenu, EndChoice, EndMenu, If, EndIf, Source:
		return true
	}
	return false
}

// IsEntry reports whether the kind opens an entry with attributes, or is a
// block of its own: everything that is no attribute and no blank line.
func (k StatementKind) IsEntry() bool { return k.opensEntry() || k.endsEntry() }

// IsAttribute reports whether the kind is a line that belongs to an entry.
func (k StatementKind) IsAttribute() bool { return k >= Type || k == HelpText }

// IsSymbolDefinition reports whether the kind defines a symbol.
func (k StatementKind) IsSymbolDefinition() bool { return k == Config || k == Menuconfig }

// OpensBlock reports whether the kind opens a block that wants an end.
func (k StatementKind) OpensBlock() bool { return k == Choice || k == Menu || k == If }

// ClosesBlock reports whether the kind closes a block.
func (k StatementKind) ClosesBlock() bool { return k == EndChoice || k == EndMenu || k == EndIf }

// statementOf maps the keyword that a line begins with to the statement's kind.
func statementOf(keyword TokenKind) StatementKind {
	switch keyword {
	case KwMainmenu:
		return Mainmenu
	case KwConfig:
		return Config
	case KwMenuconfig:
		return Menuconfig
	case KwConfigdefault:
		return Configdefault
	case KwChoice:
		return Choice
	case KwEndchoice:
		return EndChoice
	case KwComment:
		return MenuComment
	case KwMenu:
		return Menu
	case KwEndmenu:
		return EndMenu
	case KwIf:
		return If
	case KwEndif:
		return EndIf
	case KwSource, KwRsource, KwOsource, KwOrsource, KwGsource, KwGrsource:
		return Source
	case KwBool, KwBoolean, KwTristate, KwInt, KwHex, KwString, KwFloat:
		return Type
	case KwPrompt:
		return Prompt
	case KwDefault:
		return Default
	case KwDefBool, KwDefTristate, KwDefInt, KwDefHex, KwDefString:
		return TypedDefault
	case KwDepends:
		return DependsOn
	case KwSelect:
		return Select
	case KwImply:
		return Imply
	case KwRange:
		return Range
	case KwVisible:
		return VisibleIf
	case KwHelp:
		return Help
	case KwModules:
		return Modules
	case KwTransitional:
		return Transitional
	case KwOptional:
		return Optional
	case KwOption:
		return Option
	case KwSet:
		return Set
	case KwWarning:
		return Warning
	case KwOutput:
		return Output
	case KwInsert:
		return Insert
	}
	return Unknown
}

// Statement is one statement of a tree. It is a small value that refers to
// its tree; offsets are absolute.
type Statement struct {
	// Kind says what the statement is.
	Kind StatementKind
	// Index is the statement's place in its tree, from 0.
	Index int
	// Start and End are the byte range of its logical lines, the line end
	// included. Statements tile the text.
	Start, End uint32

	text   string // of the chunk
	tokens []Token
	base   uint32 // where the chunk begins: tokens and text count from there
}

// Len returns the number of tokens.
func (s Statement) Len() int { return len(s.tokens) }

// Token returns token i. Comments and unsupported characters count.
func (s Statement) Token(i int) Token {
	t := s.tokens[i]
	t.Start += s.base
	t.End += s.base
	return t
}

// Text returns the text of the statement's logical lines.
func (s Statement) Text() string { return s.text[s.Start-s.base : s.End-s.base] }

// TokenText returns the text of token i.
func (s Statement) TokenText(i int) string {
	t := s.tokens[i]
	return s.text[t.Start:t.End]
}

// First returns the index of the first token that takes part in the grammar
// at or after token i, or Len if there is none.
func (s Statement) First(i int) int {
	for i < len(s.tokens) && s.tokens[i].isSilent() {
		i++
	}
	return i
}

// Keyword returns the kind of the token that the statement begins with.
func (s Statement) Keyword() TokenKind {
	if i := s.First(0); i < len(s.tokens) {
		return s.tokens[i].Kind
	}
	return BadCharacter
}

// Operand returns the index of the first token after the keyword (and after
// the "on" or "if" that belongs to it): the symbol's name, the prompt, the
// path, or the start of the expression. Of an assignment it is the macro's
// name, of a macro call the reference. It reports false, and Len, if there is
// none.
func (s Statement) Operand() (int, bool) {
	i := s.First(0)
	switch s.Kind {
	case Assignment, MacroCall:
	case DependsOn, VisibleIf:
		i = s.First(i + 1)
		if i < len(s.tokens) && (s.tokens[i].Kind == KwOn || s.tokens[i].Kind == KwIf) {
			i = s.First(i + 1)
		}
	default:
		i = s.First(i + 1)
	}
	i = min(i, len(s.tokens))
	return i, i < len(s.tokens)
}

// operandOf returns the index of the first token after the keyword that is of
// a kind that ok accepts, behind references that stand for nothing then.
func (s Statement) operandOf(ok func(TokenKind) bool) (int, bool) {
	i, found := s.Operand()
	if !found || !ok(s.tokens[i].Kind) && !s.tokens[i].vanishes {
		return len(s.tokens), false
	}
	for j := i; j < len(s.tokens); j = s.First(j + 1) {
		t := s.tokens[j]
		if !t.vanishes {
			if ok(t.Kind) {
				return j, true
			}
			break
		}
	}
	return i, ok(s.tokens[i].Kind)
}

// hasCondition reports whether an "if" in a statement of the kind begins its
// condition.
func (k StatementKind) hasCondition() bool {
	switch k {
	case Type, Prompt, Default, TypedDefault, DependsOn, Select, Imply, Range, Menu, MenuComment, Set, Warning:
		return true
	}
	return false
}

// Condition returns the token range [from, to) of the expression behind the
// statement's "if" suffix, and reports whether it has one. The expression of
// an if or visible if statement is not a suffix: see Expression.
func (s Statement) Condition() (from, to int, ok bool) {
	_, suffix := s.Expression()
	if suffix == len(s.tokens) {
		return 0, 0, false
	}
	return suffix + 1, len(s.tokens), true
}

// Expression returns the token range [from, to) of the statement's operands
// up to its "if" suffix. Like all token ranges it can hold comments and
// characters without use.
func (s Statement) Expression() (from, to int) {
	from, _ = s.Operand()
	to = len(s.tokens)
	if s.Kind.hasCondition() {
		for i := from; i < to; i++ {
			if s.tokens[i].Kind == KwIf {
				return from, i
			}
		}
	}
	return from, to
}

// Name returns the name that a config, menuconfig, configdefault, assignment
// or named choice statement gives, or that a select or imply statement names.
// It is unexpanded. The name of any other and of a malformed statement is
// empty.
func (s Statement) Name() string {
	switch s.Kind {
	case Config, Menuconfig, Configdefault, Choice, Select, Imply, Assignment:
		if i, ok := s.operandOf(TokenKind.IsSymbol); ok {
			return Unquote(s.TokenText(i))
		}
	}
	return ""
}

// PromptToken returns the index of the token with the text that is shown to
// users: the prompt of a type or prompt statement, the title of a menu,
// comment or mainmenu.
func (s Statement) PromptToken() (int, bool) {
	switch s.Kind {
	case Type, Prompt, Menu, MenuComment, Mainmenu:
		return s.operandOf(TokenKind.IsSymbol)
	}
	return len(s.tokens), false
}
