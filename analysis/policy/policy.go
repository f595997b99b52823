// Package policy reads what a tree says of checks: the file .kconfig-ls.yaml at its
// top.
//
//	checks:                      # by rule or family
//	  undefined-symbol: error
//	  style: off
//	ignore:
//	  - path: drivers/staging/** # a file, or all below a directory
//	    checks: [prompt-whitespace]
//	undefined-allowed: [GENERATED]
//	undefined-allowed-file: scripts/undefined.txt
//	forbidden: [EXPERIMENTAL]    # in configurations that people write
//
// The file can only say which findings are wanted. Nothing in it can have anything
// run, or read from outside of the tree.
package policy

import (
	"path"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
)

// Name is the name of the file.
const Name = ".kconfig-ls.yaml"

// MaxSize is how many bytes the file, and one that it names, may have.
const MaxSize = 1 << 20

// CodeInvalid is the code of what is wrong with the file itself.
const CodeInvalid = check.CodePolicyInvalid

// Policy is what a tree says of checks. It never changes.
type Policy struct {
	// Text is that of the file.
	Text string
	// Levels are what is wanted of rules and families.
	Levels check.Levels
	// UndefinedAllowed are names that may be used without being defined, sorted.
	UndefinedAllowed []string
	// AllowedFile is the file that names more of them, relative to the tree's
	// directory with slashes, "" if there is none.
	AllowedFile string
	// Forbidden are symbols that configurations may not set, sorted.
	Forbidden []string
	// Problems are what is wrong with the file, in order. What they are about does
	// not count; the rest does.
	Problems []Problem

	ignored []ignored
}

// Problem is something wrong with the file.
type Problem struct {
	// Start and End are byte offsets in the file.
	Start, End int
	// Message says what is wrong, why, and what to do.
	Message string
}

// ignored is what is not wanted in some files.
type ignored struct {
	pattern []string // by element
	checks  []string // rules and families, nil for all
}

// Ignores reports whether findings of a rule are not wanted in a file, whose path is
// relative to the tree's directory, with slashes. It may be called on nil.
func (p *Policy) Ignores(file string, rule check.Rule) bool {
	if p == nil {
		return false
	}
	elements := strings.Split(file, "/")
	return slices.ContainsFunc(p.ignored, func(i ignored) bool {
		return (i.checks == nil || slices.Contains(i.checks, rule.ID) || slices.Contains(i.checks, string(rule.Family))) &&
			matches(i.pattern, elements)
	})
}

// Forbids reports whether configurations may not set a symbol. It may be called on
// nil.
func (p *Policy) Forbids(symbol string) bool {
	if p == nil {
		return false
	}
	_, ok := slices.BinarySearch(p.Forbidden, symbol)
	return ok
}

// matches reports whether a pattern matches a path, or a directory that it lies in.
// In a pattern ** stands for any number of elements, also none; other elements are
// those of path.Match.
func matches(pattern, file []string) bool {
	var behind []string // what follows the last "**", nil if there was none
	var from []string   // where that was last looked for
	for at := file; len(pattern) > 0; {
		if len(at) == 0 {
			return false
		}
		if pattern[0] == "**" {
			pattern = pattern[1:]
			behind, from = pattern, at
			continue
		}
		if ok, _ := path.Match(pattern[0], at[0]); ok {
			pattern, at = pattern[1:], at[1:]
			continue
		}
		// Only the last "**" has to stand for more: what is before it is found as far to
		// the left as can be. So the time does not explode.
		if behind == nil {
			return false
		}
		from = from[1:]
		pattern, at = behind, from
	}
	return true
}

// Names returns the names in a text that has one on each line, with # before
// comments, sorted. It is the format of what KCONFIG_SYM_CHECK_EXCLUDES names for
// scripts/kconfig/kconfig-sym-check.pl of the kernel.
func Names(text string) []string {
	var names []string
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		names = append(names, strings.Fields(line)...)
	}
	return sorted(names)
}

// sorted returns names in order, each once.
func sorted(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}
