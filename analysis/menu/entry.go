package menu

import (
	"iter"
	"sort"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Entry is a config, menuconfig, configdefault, choice, menu or comment with
// the attribute lines that belong to it.
type Entry struct {
	File *File
	Head parser.Statement
}

// EntryAt returns the entry that a statement opens or belongs to. Statements
// between entries, and block ends, belong to none.
func (f *File) EntryAt(statement int) (Entry, bool) {
	if statement < 0 || statement >= f.Tree.Len() {
		return Entry{}, false
	}
	for i := statement; i >= 0; i-- {
		switch st := f.Tree.At(i); {
		case !st.Kind.IsEntry():
		case HasAttributes(st.Kind):
			return Entry{f, st}, true
		default:
			return Entry{}, false
		}
	}
	return Entry{}, false
}

// Attributes yields the entry's attribute lines in order.
func (e Entry) Attributes() iter.Seq[parser.Statement] {
	return func(yield func(parser.Statement) bool) {
		for st := range e.File.Tree.From(e.Head.Index + 1) {
			if st.Kind.IsEntry() || st.Kind.IsAttribute() && !yield(st) {
				return
			}
		}
	}
}

// Last returns the last attribute line, the head if there is none.
func (e Entry) Last() parser.Statement {
	last := e.Head
	for st := range e.Attributes() {
		last = st
	}
	return last
}

// Name returns the unexpanded name of the symbol that the entry defines.
func (e Entry) Name() string { return e.Head.Name() }

// TypeOf returns the type keyword that an attribute gives its symbol: KwBool,
// KwTristate, KwInt, KwHex, KwString or KwFloat.
func TypeOf(st parser.Statement) (parser.TokenKind, bool) {
	switch keyword := st.Keyword(); keyword {
	case parser.KwBool, parser.KwTristate, parser.KwInt, parser.KwHex, parser.KwString, parser.KwFloat:
		return keyword, true
	case parser.KwBoolean, parser.KwDefBool:
		return parser.KwBool, true
	case parser.KwDefTristate:
		return parser.KwTristate, true
	case parser.KwDefInt:
		return parser.KwInt, true
	case parser.KwDefHex:
		return parser.KwHex, true
	case parser.KwDefString:
		return parser.KwString, true
	}
	return 0, false
}

// TypeName returns the name of a type as TypeOf gives it, "unknown" for others.
func TypeName(keyword parser.TokenKind) string {
	switch keyword {
	case parser.KwBool:
		return "bool"
	case parser.KwTristate:
		return "tristate"
	case parser.KwInt:
		return "int"
	case parser.KwHex:
		return "hex"
	case parser.KwString:
		return "string"
	case parser.KwFloat:
		return "float"
	}
	return "unknown"
}

// Type returns the first type the entry gives its symbol and the statement
// that gives it. A choice that says nothing is bool.
func (e Entry) Type() (parser.TokenKind, parser.Statement, bool) {
	for st := range e.Attributes() {
		if st.Kind == parser.Type || st.Kind == parser.TypedDefault {
			if keyword, ok := TypeOf(st); ok {
				return keyword, st, true
			}
		}
	}
	return 0, parser.Statement{}, false
}

// Prompt returns the statement with the entry's prompt or title and the token
// that holds it. The last one counts, as in conf.
func (e Entry) Prompt() (st parser.Statement, token int, ok bool) {
	if token, ok := e.Head.PromptToken(); ok {
		return e.Head, token, true
	}
	for attribute := range e.Attributes() {
		if i, has := attribute.PromptToken(); has {
			st, token, ok = attribute, i, true
		}
	}
	return st, token, ok
}

// PromptText returns the entry's prompt or title without quotes, macros
// unexpanded, "" if it has none.
func (e Entry) PromptText() string {
	if st, token, ok := e.Prompt(); ok {
		return parser.Unquote(st.TokenText(token))
	}
	return ""
}

// Help returns the help text as it stands in the file, without the
// indentation of its first line. The last one counts, as in conf.
func (e Entry) Help() (text string, st parser.Statement, ok bool) {
	for attribute := range e.Attributes() {
		if attribute.Kind == parser.HelpText && attribute.Len() > 0 {
			text, st, ok = unindent(attribute.TokenText(0)), attribute, true
		}
	}
	return text, st, ok
}

// Enclosing returns the index of the innermost block of the file around a
// statement, -1 if there is none. A block's own ends are not inside of it.
func (f *File) Enclosing(statement int) int {
	blocks := f.Tree.Blocks()
	i := sort.Search(len(blocks), func(i int) bool { return blocks[i].Open >= statement }) - 1
	for i >= 0 && blocks[i].Close <= statement {
		i = blocks[i].Parent
	}
	return i
}

// InChoice returns the choice that a statement is a member of, directly or
// through ifs.
func (f *File) InChoice(statement int) (Entry, bool) {
	blocks := f.Tree.Blocks()
	i := f.Enclosing(statement)
	if i < 0 || blocks[i].Choice < 0 {
		return Entry{}, false
	}
	return Entry{f, f.Tree.At(blocks[blocks[i].Choice].Open)}, true
}

// HasAttributes reports whether attribute lines can follow a statement.
func HasAttributes(kind parser.StatementKind) bool {
	switch kind {
	case parser.Config, parser.Menuconfig, parser.Configdefault, parser.Choice, parser.Menu, parser.MenuComment:
		return true
	}
	return false
}
