package analysis

import (
	"maps"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Settings are what the user has said. They are never changed in place.
type Settings struct {
	// Arch is the architecture of the default view, "" to find out.
	Arch string
	// Dialect is the name of the dialect, "" to find out.
	Dialect string
	// Environment are variables as the build would export them. They go before
	// what is found out about a tree. The text {srctree} stands for the tree's
	// directory.
	Environment map[string]string
	// WholeEnvironment tells that Environment is all that there is: a variable
	// that it does not have is empty, where else it is not known.
	WholeEnvironment bool
	// Answers are what tools have answered, nil for nothing.
	Answers macro.Answers
	// Tools returns what is known of the tools that the build of a tree calls
	// for an architecture. It is called once for each view, before that is
	// linked; the tree has its directory, version and dialect by then, and
	// [Root.Environment]. It must not wait for tools where somebody waits for the
	// view. If it is nil, or returns nil, Answers are all there is.
	Tools func(root *Root, arch string) *Tools
	// Gates are symbols that stand for a language or toolchain besides those that
	// are found in a tree; see package gate.
	Gates []string
	// Checks are which rules are looked for, and how severe they are. They go before
	// what a tree says of itself.
	Checks check.Levels
	// UndefinedAllowed are names of symbols that may be used although nothing in the
	// tree defines them. A file in the format of the kernel's
	// KCONFIG_SYM_CHECK_EXCLUDES gives them by policy.Names.
	UndefinedAllowed []string
	// Forbidden are names of symbols, without their prefix, that configurations other
	// than the .config must not set.
	Forbidden []string
	// Hidden are the annotations that the user does not want.
	Hidden Annotations
	// Workers is how many files are read at the same time; 0 stands for as many
	// as there are processors.
	Workers int
}

// Tools is what is known of the tools that the build of a tree calls. It says
// the same each time it is asked.
type Tools struct {
	// Answers are what commands print.
	Answers macro.Answers
	// Exports are the variables that a top Makefile of Kbuild exports besides
	// those that are known from the tree itself.
	Exports map[string]string
	// Requirements returns what the answer to a command is made of, in the order
	// in which the command asks: one for a flag that a compiler may take, several
	// for a script such as rust_is_available.sh. It must not wait for tools; what
	// was not asked yet is Unknown. Nil stands for a command of which nothing can
	// be said. It may be nil.
	Requirements func(command string) []Requirement
	// Explain returns why a command has no answer, or an export no value, in
	// sentences, "" if there is nothing to say. It may be nil.
	Explain func(cause macro.Cause) string
}

// clone returns a copy that can be changed.
func (s *Settings) clone() *Settings {
	c := *s
	c.Environment = maps.Clone(s.Environment)
	c.Gates = slices.Clone(s.Gates)
	c.Checks = maps.Clone(s.Checks)
	c.UndefinedAllowed = slices.Clone(s.UndefinedAllowed)
	c.Forbidden = slices.Clone(s.Forbidden)
	return &c
}

// readLike reports whether trees are read alike by both settings.
func (s *Settings) readLike(other *Settings) bool {
	return s.Arch == other.Arch && s.Dialect == other.Dialect &&
		maps.Equal(s.Environment, other.Environment) && slices.Equal(s.Gates, other.Gates) && maps.Equal(s.Checks, other.Checks) &&
		slices.Equal(s.UndefinedAllowed, other.UndefinedAllowed) && slices.Equal(s.Forbidden, other.Forbidden) &&
		s.WholeEnvironment == other.WholeEnvironment && s.Answers == other.Answers
}

// dialect returns the dialect the user asked for.
func (s *Settings) dialect() (parser.Dialect, bool) {
	if s.Dialect == "" {
		return parser.Dialect{}, false
	}
	return parser.DialectByName(s.Dialect)
}

// setOf returns names as a set.
func setOf(names []string) map[string]bool {
	set := make(map[string]bool, len(names))
	addTo(set, names)
	return set
}

func addTo(set map[string]bool, names []string) {
	for _, name := range names {
		set[name] = true
	}
}
