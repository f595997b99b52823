package macro

import (
	"maps"
	"slices"
	"strings"
)

// The limits of an expansion and of an environment. The kernel's tools have
// the first two, and otherwise stop when they run out of memory or stack.
const (
	// MaxArguments is how many parts a call may have, the function's name
	// being the first (FUNCTION_MAX_ARGS in preprocess.c).
	MaxArguments = 16
	// MaxRecursion is how often calls of one function may nest.
	MaxRecursion = 1000
	// MaxDepth is how deep references may nest, counted through definitions.
	MaxDepth = 10_000
	// MaxOutput is how many bytes an expansion or a definition may have.
	MaxOutput = 1 << 20
	// MaxDefinitions is how many bytes all definitions of an environment may
	// have together.
	MaxDefinitions = 16 << 20
	// MaxCauses is how many causes a result names.
	MaxCauses = 64
)

// Flavor is the operator of a definition.
type Flavor uint8

// The flavors.
const (
	Recursive Flavor = iota // =, expanded when it is used
	Simple                  // :=, expanded when it is defined
	Append                  // +=, which keeps the flavor of what it adds to
)

// Position is where an expansion takes place.
type Position struct {
	// File is the file's name as $(filename) gives it.
	File string
	// Line is the line as $(lineno) gives it, counted from 1.
	Line int
	// Offset is the byte offset in the file. It is only passed on.
	Offset uint32
}

// Options say what an environment starts from.
type Options struct {
	// Variables are the environment variables. The process' own are not used.
	Variables map[string]string
	// Answers are what shell commands print. Without them all are unknown.
	Answers Answers
	// UnknownFunctions has calls of functions that are not defined unknown, as
	// it must be where the tool brings functions of its own, such as Zephyr's
	// $(dt_chosen_enabled,...). Else they expand to nothing.
	UnknownFunctions bool
	// UnknownVariables has references to variables that are neither defined
	// nor in the environment unknown. Else they expand to nothing.
	UnknownVariables bool
	// BareVariables has $NAME and ${NAME} in tokens expand to environment
	// variables, as tools other than the kernel's do; those that are not set
	// stay as they are.
	BareVariables bool
	// FunctionNames has $(0) in a function stand for the name that it was
	// called by, as Kconfiglib has it. Else it is a variable like any other.
	FunctionNames bool
	// JoinedLines removes a backslash and the line end behind it everywhere
	// (see parser.JoinedLines).
	JoinedLines bool
}

// Environment is the variables and functions that are defined at one point of
// a tree. Its methods but Define may be called from any number of goroutines,
// as long as none calls Define.
type Environment struct {
	options   Options
	variables map[string]*variable
	size      int // bytes in variables
}

// variable is a definition. It never changes.
type variable struct {
	flavor Flavor // Recursive or Simple
	value  value  // of a recursive variable unexpanded
	at     Position
}

// New returns an environment without definitions. It keeps the options' map
// and answers, which must not change any more.
func New(options Options) *Environment {
	return &Environment{options: options, variables: map[string]*variable{}}
}

// Clone returns a copy. Definitions in one do not show in the other.
func (e *Environment) Clone() *Environment {
	c := *e
	c.variables = maps.Clone(e.variables)
	return &c
}

// Define makes the definition that an assignment statement is: name and value
// are its tokens as they are written. References in the name are expanded, and
// those in the value if the variable is simple. The value begins with what is
// not blank; blanks at its end count.
//
// The result is that of expanding the value, or the unexpanded value of a
// recursive variable; in case of an error the variable is empty. If the name
// is empty or not known there is no definition: the result is then that of the
// name.
//
// As variable_add in preprocess.c; where that reads memory it has freed, as
// for "X := $(X)", the old value counts. The kernel's tools are at the line
// behind the definition when they expand it: $(lineno) in a simple variable
// and the places of messages tell that line.
func (e *Environment) Define(name string, flavor Flavor, text string, at Position) Result {
	x := e.begin(at)
	defined := x.token(name)
	if r := x.result(defined); !r.Known() || defined.text == "" {
		return r
	}
	name, text = defined.text, e.joined(text)
	old := e.variables[name]
	appended := flavor == Append && old != nil
	switch {
	case appended:
		flavor = old.flavor
	case flavor == Append:
		flavor = Recursive
	}
	v := value{text: text}
	if flavor == Simple {
		v = x.text(text, nil)
	}
	if appended {
		v = value{old.value.text + " " + v.text, union(old.value.causes, v.causes), unionOfCommands(old.value.asked, v.asked)}
	}
	grown := len(v.text)
	if old == nil {
		grown += len(name)
	} else {
		grown -= len(old.value.text)
	}
	if x.err == nil && (len(v.text) > MaxOutput || e.size+grown > MaxDefinitions) {
		x.fail(CodeTooLarge, name, "the definition of '"+name+"' grows too large")
	}
	if x.err != nil {
		v, grown = value{}, 0
		if old != nil {
			grown = -len(old.value.text)
		}
	}
	e.size += grown
	e.variables[name] = &variable{flavor, v, at}
	return x.result(v)
}

// Expand expands the references in a token as it is written: in a word, in a
// string in quotes, whose quotes and escapes are removed, in an unquoted path,
// or in a macro call. A token that expands to nothing is not there at all for
// the kernel's tools, unless it is a string.
//
// As expand_token and append_expanded_string in scripts/kconfig/lexer.l.
func (e *Environment) Expand(token string, at Position) Result {
	x := e.begin(at)
	return x.result(x.token(token))
}

// ExpandText expands the references in a text in which quotes and backslashes
// mean nothing, such as the value of a definition.
func (e *Environment) ExpandText(text string, at Position) Result {
	x := e.begin(at)
	return x.result(x.text(e.joined(text), nil))
}

// Definition is what is known about a variable or function.
type Definition struct {
	Name string
	// Flavor is Recursive or Simple.
	Flavor Flavor
	// Value is the value: expanded if the variable is simple, for people where
	// it is not known (see [Result.Display]), else as it is written.
	Value string
	// Causes are what the value of a simple variable is unknown for.
	Causes []Cause
	// At is where the definition is that was the last to change the value.
	At Position
}

// Lookup returns the definition of a variable or function of the tree.
func (e *Environment) Lookup(name string) (Definition, bool) {
	v := e.variables[name]
	if v == nil {
		return Definition{}, false
	}
	return Definition{name, v.flavor, v.value.text, slices.Clone(v.value.causes), v.at}, true
}

// Names returns the names of all variables and functions of the tree, sorted.
func (e *Environment) Names() []string { return slices.Sorted(maps.Keys(e.variables)) }

// joined removes continued line ends if the dialect does.
func (e *Environment) joined(text string) string {
	if !e.options.JoinedLines || !strings.Contains(text, "\\") {
		return text
	}
	text = strings.ReplaceAll(text, "\\\r\n", "")
	return strings.ReplaceAll(text, "\\\n", "")
}
