package model

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Type is the type of a symbol.
type Type uint8

// The types. Constants and symbols that nothing defines are of UnknownType.
const (
	UnknownType Type = iota
	Bool
	Tristate
	Int
	Hex
	String
)

// String returns the keyword of the type, "unknown" if there is none.
func (t Type) String() string {
	switch t {
	case Bool:
		return "bool"
	case Tristate:
		return "tristate"
	case Int:
		return "int"
	case Hex:
		return "hex"
	case String:
		return "string"
	}
	return "unknown"
}

// IsLogical reports whether the values of the type are n, m and y.
func (t Type) IsLogical() bool { return t == Bool || t == Tristate }

// The atoms that every model has.
const (
	AtomNo expr.Atom = iota
	AtomMod
	AtomYes
	// AtomTooDeep stands for expressions that are nested too deeply.
	AtomTooDeep
	// AtomAbsent stands for an operand that a macro without a text has left out.
	AtomAbsent
	firstAtom
)

// Kind says what an atom is.
type Kind uint8

// The kinds of atoms.
const (
	// Plain is a symbol, whether or not anything defines it, and an unquoted
	// number.
	Plain Kind = iota
	// Constant is n, m, y or a text in quotes.
	Constant
	// Unanswered is a text that is not known because a tool was not asked.
	Unanswered
	// Choice is what stands for a choice.
	Choice
	// Answered is a macro reference that came to n, m or y.
	Answered
)

// NodeID is a menu entry of a model. The root is 0.
type NodeID int32

// NoNode is no entry.
const NoNode NodeID = -1

// NoAtom is no symbol.
const NoAtom = ^expr.Atom(0)

// Rules are the points on which versions of conf differ in how they read a tree
// that the dialect does not tell. The zero value is the rules of Linux 6.12.
type Rules struct {
	// TristateAsBool has "T != n" mean T in what lines of a symbol that is no
	// tristate are conditional on, if T is one.
	TristateAsBool bool
	// ModulesByName has the symbol MODULES decide whether there are modules.
	ModulesByName bool
	// OwnSymbols has ARCH and KERNELVERSION be symbols with the texts of these
	// environment variables.
	OwnSymbols bool
	// KeepsBlanks has prompts keep the blanks that they begin with.
	KeepsBlanks bool
	// NoMacros has "$" stand for itself in texts, as before Linux 4.18. Only in
	// the title $X is the text of a symbol X.
	NoMacros bool
	// LooseMembers has members that are no tristate in choices that are m.
	LooseMembers bool
}

// Model is a tree as conf has it after reading. See the package comment.
type Model struct {
	// Dialect is the one that the tree is written in.
	Dialect parser.Dialect
	// Pool holds the expressions. Its atoms are the indexes of Symbols.
	Pool *expr.Pool
	// Symbols are the symbols, constants and choices, by atom.
	Symbols []Symbol
	// Nodes are the menu entries in the order of reading; the root is the first.
	Nodes []Node
	// Modules is the symbol that decides whether there are modules, NoAtom if
	// there is none.
	Modules expr.Atom
	// Title is what mainmenu says.
	Title string
	// Messages are what macros print, Err the error that they end reading with,
	// nil if there is none.
	Messages []macro.Message
	Err      *macro.Error
	// Gaps are the names of symbols, and the titles of menus and comments, that
	// are not known. A symbol without a known name is left out.
	Gaps []Gap

	byName map[string]expr.Atom
	order  evaluationOrder
}

// Symbol is a symbol, a constant or a choice.
type Symbol struct {
	// Name is the symbol's name, or the text of a constant. That of a choice is
	// empty unless it is a named one.
	Name string
	Kind Kind
	Type Type
	// Defined tells that there is an entry for it.
	Defined bool
	// ChoiceValue tells that it is among the members of a choice. Nothing can
	// select it.
	ChoiceValue bool
	// Optional is a choice without a chosen member that is fine (up to 6.11).
	Optional bool
	// AllNoYes is y in allnoconfig (option allnoconfig_y).
	AllNoYes bool
	// Unwritten is never written to a configuration.
	Unwritten bool
	// Transitional is read from configurations and never written (since 6.18).
	Transitional bool
	// Choice is the entry of the choice that decides about the symbol, NoNode if
	// none does. As sym_get_choice_menu in scripts/kconfig/symbol.c.
	Choice NodeID
	// Nodes are the entries of the symbol in the order of reading.
	Nodes []NodeID
	// Properties are those of all entries in the order of reading.
	Properties []Property
	// DirectDep, ReverseDep and Implied are as dir_dep, rev_dep and implied in
	// struct symbol: what it depends on (0 if on nothing), and any of what
	// selects and implies it (n if nothing does).
	DirectDep, ReverseDep, Implied expr.ID
	// SelectedBy and ImpliedBy are the properties that ReverseDep and Implied
	// are made of.
	SelectedBy, ImpliedBy []PropertyRef
	// Causes are why an Unanswered text is not known.
	Causes []macro.Cause
	// Answer is what an Answered reference came to: AtomNo, AtomMod or AtomYes.
	Answer expr.Atom
	// Asked are the commands that an Answered or Unanswered reference asks, see
	// [macro.Result.Asked]; none if it is about something else than tools.
	Asked []string
	// Asks are the lines of the symbol's entries that ask tools.
	Asks []Ask
}

// AsksTool reports whether the atom is a reference whose text is a tool's answer,
// or would be if the tool had been asked.
func (s *Symbol) AsksTool() bool { return len(s.Asked) > 0 }

// Ask is a line of an entry in which a macro asks tools.
type Ask struct {
	Node      NodeID
	Statement int32
	// Commands are what it asks, answered or not, as the build would run them.
	Commands []string
}

// Gap is a token whose text is not known.
type Gap struct {
	File      *menu.File
	Statement int32
	Causes    []macro.Cause
}

// PropertyRef is a property of a symbol by its index.
type PropertyRef struct {
	Symbol expr.Atom
	Index  int32
}

// PropertyKind says what a property is.
type PropertyKind uint8

// The kinds of properties.
const (
	Prompt PropertyKind = iota
	Default
	Select
	Imply
	Range
	// Env is the value of an environment variable as a default (option env=).
	Env
)

// Property is a prompt, default, select, imply or range.
type Property struct {
	Kind PropertyKind
	// Asks tells of a default that its value, and not only its condition, is a
	// reference that asks a tool.
	Asks bool
	// Statement is the line's index in the file of the entry.
	Statement int32
	Node      NodeID
	// Text is that of a prompt, macros expanded.
	Text string
	// Value is the expression of a default.
	Value expr.ID
	// Low and High are the bounds of a range. Low is also the target of a select
	// or imply, and what a default is that is written as a single symbol or
	// constant, NoAtom for any other default.
	Low, High expr.Atom
	// Own is the "if" of the line; for a prompt with that of the menus' "visible
	// if". Condition is all that has to hold: Own, and what the entry depends on.
	Own, Condition expr.ID
}

// Condition is a line that states what an entry depends on.
type Condition struct {
	// Statement is the line's index in the file of the entry.
	Statement int32
	// VisibleIf tells that it restricts prompts only.
	VisibleIf bool
	Expr      expr.ID
}

// Node is an entry of the menu tree: a config, menuconfig, choice, menu or
// comment, and an if as long as it encloses something without a prompt.
type Node struct {
	Kind parser.StatementKind
	// Symbol is what a config, menuconfig or choice defines, else NoAtom.
	Symbol expr.Atom
	// HasPrompt tells that there is a prompt or title, Text what it is. Of
	// several prompts the last one counts.
	HasPrompt bool
	Text      string
	// Visible is the condition of the prompt or title, Own as in Property.
	Visible, Own expr.ID
	// Dep is what the entry depends on.
	Dep expr.ID
	// Depends tells that it says, or what is around it, that it depends on
	// something, be it on y.
	Depends bool
	// Conditions are the depends on lines of the entry, and the condition of an
	// if, without what is around it.
	Conditions []Condition
	// VisibleIf is what the menu's "visible if" says, without what is around it.
	VisibleIf expr.ID
	// Parent, First and Next make the tree, in which automatic submenus are
	// built and blocks without a prompt are dissolved, as menu_finalize does.
	Parent, First, Next NodeID
	// Block is the entry that encloses this one in the text.
	Block NodeID
	// File is the version of the file that the model was made of, Statement the
	// index of the entry's head in it.
	File      *menu.File
	Statement int32
	// Members are the members of a choice in the order of reading.
	Members []expr.Atom
}

// Lookup returns the symbol with a name, whether or not anything defines it.
func (m *Model) Lookup(name string) (expr.Atom, bool) {
	switch name {
	case "n":
		return AtomNo, true
	case "m":
		return AtomMod, true
	case "y":
		return AtomYes, true
	}
	a, ok := m.byName[name]
	return a, ok
}

// Property returns a property.
func (m *Model) Property(r PropertyRef) *Property {
	return &m.Symbols[r.Symbol].Properties[r.Index]
}

// OldChoices reports whether choices are as they were up to Linux 6.11.
func (m *Model) OldChoices() bool { return m.Dialect.Has(parser.OldChoices) }

// Following returns the entry that comes after another one in a walk of the
// tree from top to bottom, NoNode behind the last one. It stays below top.
// As menu_next in scripts/kconfig/menu.c.
func (m *Model) Following(n, top NodeID) NodeID {
	if first := m.Nodes[n].First; first != NoNode {
		return first
	}
	for n != top && m.Nodes[n].Next == NoNode {
		n = m.Nodes[n].Parent
	}
	if n == top || n == NoNode {
		return NoNode
	}
	return m.Nodes[n].Next
}

// WithAnswers returns a model in which references that were not answered have come to
// given values. It shares all else with this one.
func (m *Model) WithAnswers(answers map[expr.Atom]expr.Tristate) *Model {
	next := *m
	next.Symbols = slices.Clone(m.Symbols)
	for a, value := range answers {
		s := &next.Symbols[a]
		s.Kind, s.Type, s.Causes = Answered, Tristate, nil
		switch value {
		case expr.Y:
			s.Answer = AtomYes
		case expr.M:
			s.Answer = AtomMod
		default:
			s.Answer = AtomNo
		}
	}
	return &next
}
