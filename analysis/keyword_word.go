package analysis

import "github.com/kconfig-ls/kconfig-ls/parser"

// keywordWord is a keyword or operator and how it is written.
type keywordWord struct {
	kind parser.TokenKind
	word string
}

// keywordWords lists the keywords and operators that can be completed.
func keywordWords() []keywordWord {
	return []keywordWord{
		{parser.KwConfig, "config"}, {parser.KwMenuconfig, "menuconfig"}, {parser.KwConfigdefault, "configdefault"},
		{parser.KwChoice, "choice"}, {parser.KwEndchoice, "endchoice"}, {parser.KwComment, "comment"},
		{parser.KwMenu, "menu"}, {parser.KwEndmenu, "endmenu"}, {parser.KwMainmenu, "mainmenu"},
		{parser.KwIf, "if"}, {parser.KwEndif, "endif"}, {parser.KwInsert, "INSERT"},
		{parser.KwSource, "source"}, {parser.KwRsource, "rsource"}, {parser.KwOsource, "osource"},
		{parser.KwOrsource, "orsource"}, {parser.KwGsource, "gsource"}, {parser.KwGrsource, "grsource"},
		{parser.KwBool, "bool"}, {parser.KwTristate, "tristate"}, {parser.KwInt, "int"}, {parser.KwHex, "hex"},
		{parser.KwString, "string"}, {parser.KwFloat, "float"}, {parser.KwBoolean, "boolean"},
		{parser.KwDefBool, "def_bool"}, {parser.KwDefTristate, "def_tristate"}, {parser.KwDefInt, "def_int"},
		{parser.KwDefHex, "def_hex"}, {parser.KwDefString, "def_string"},
		{parser.KwPrompt, "prompt"}, {parser.KwDefault, "default"}, {parser.KwDepends, "depends on"}, {parser.KwOn, "on"},
		{parser.KwSelect, "select"}, {parser.KwImply, "imply"}, {parser.KwRange, "range"}, {parser.KwVisible, "visible if"},
		{parser.KwHelp, "help"}, {parser.KwModules, "modules"}, {parser.KwTransitional, "transitional"},
		{parser.KwOptional, "optional"}, {parser.KwOption, "option"}, {parser.KwSet, "set"},
		{parser.KwWarning, "warning"}, {parser.KwOutput, "output"},
		{parser.Or, "||"}, {parser.And, "&&"}, {parser.Not, "!"}, {parser.Equal, "="}, {parser.Unequal, "!="},
		{parser.Less, "<"}, {parser.LessEqual, "<="}, {parser.Greater, ">"}, {parser.GreaterEqual, ">="},
	}
}

// wordOf returns how a keyword or operator is written; depends and visible
// include the word that always follows them.
func wordOf(kind parser.TokenKind) string {
	for _, k := range keywordWords() {
		if k.kind == kind {
			return k.word
		}
	}
	return ""
}

// textNamed returns what explains the keyword or operator with the word.
func textNamed(word string) (keywordText, bool) {
	for _, k := range keywordWords() {
		if k.word == word {
			return textOf(k.kind)
		}
	}
	return keywordText{}, false
}
