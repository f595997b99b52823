package parser

import "strconv"

// statementNames are the kinds' names in dumps and in JSON. They are stable.
var statementNames = [numStatementKinds]string{
	Blank:         "blank",
	Unknown:       "unknown",
	HelpText:      "help-text",
	Assignment:    "assignment",
	MacroCall:     "macro-call",
	Mainmenu:      "mainmenu",
	Config:        "config",
	Menuconfig:    "menuconfig",
	Configdefault: "configdefault",
	Choice:        "choice",
	EndChoice:     "endchoice",
	MenuComment:   "comment",
	Menu:          "menu",
	EndMenu:       "endmenu",
	If:            "if",
	EndIf:         "endif",
	Source:        "source",
	Type:          "type",
	Prompt:        "prompt",
	Default:       "default",
	TypedDefault:  "typed-default",
	DependsOn:     "depends-on",
	Select:        "select",
	Imply:         "imply",
	Range:         "range",
	VisibleIf:     "visible-if",
	Help:          "help",
	Modules:       "modules",
	Transitional:  "transitional",
	Optional:      "optional",
	Option:        "option",
	Set:           "set",
	Warning:       "warning",
	Output:        "output",
	Insert:        "insert",
}

// String returns the kind's stable name, such as "depends-on".
func (k StatementKind) String() string {
	if int(k) < len(statementNames) {
		return statementNames[k]
	}
	return "statement-kind-" + strconv.Itoa(int(k))
}

// tokenNames are the kinds' names in dumps and in JSON: operators by a word,
// keywords as they are written. They are stable.
var tokenNames = [numTokenKinds]string{
	BadCharacter:    "bad-character",
	Comment:         "comment-text",
	Word:            "word",
	MacroWord:       "macro-word",
	String:          "quoted",
	Path:            "path",
	Value:           "value",
	HelpBody:        "help-body",
	Or:              "||",
	And:             "&&",
	Not:             "!",
	Equal:           "=",
	Unequal:         "!=",
	Less:            "<",
	LessEqual:       "<=",
	Greater:         ">",
	GreaterEqual:    ">=",
	OpenParen:       "(",
	CloseParen:      ")",
	ColonEqual:      ":=",
	PlusEqual:       "+=",
	KwBool:          "bool",
	KwBoolean:       "boolean",
	KwChoice:        "choice",
	KwComment:       "comment",
	KwConfig:        "config",
	KwConfigdefault: "configdefault",
	KwDefault:       "default",
	KwDefBool:       "def_bool",
	KwDefHex:        "def_hex",
	KwDefInt:        "def_int",
	KwDefString:     "def_string",
	KwDefTristate:   "def_tristate",
	KwDepends:       "depends",
	KwEndchoice:     "endchoice",
	KwEndif:         "endif",
	KwEndmenu:       "endmenu",
	KwFloat:         "float",
	KwGrsource:      "grsource",
	KwGsource:       "gsource",
	KwHelp:          "help",
	KwHex:           "hex",
	KwIf:            "if",
	KwImply:         "imply",
	KwInsert:        "INSERT",
	KwInt:           "int",
	KwMainmenu:      "mainmenu",
	KwMenu:          "menu",
	KwMenuconfig:    "menuconfig",
	KwModules:       "modules",
	KwOn:            "on",
	KwOption:        "option",
	KwOptional:      "optional",
	KwOrsource:      "orsource",
	KwOsource:       "osource",
	KwOutput:        "output",
	KwPrompt:        "prompt",
	KwRange:         "range",
	KwRsource:       "rsource",
	KwSelect:        "select",
	KwSet:           "set",
	KwSource:        "source",
	KwString:        "string",
	KwTransitional:  "transitional",
	KwTristate:      "tristate",
	KwVisible:       "visible",
	KwWarning:       "warning",
}

// String returns the kind's stable name: "word", "quoted", "&&", "config".
func (k TokenKind) String() string {
	if int(k) < len(tokenNames) && tokenNames[k] != "" {
		return tokenNames[k]
	}
	return "token-kind-" + strconv.Itoa(int(k))
}
