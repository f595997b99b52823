package format

import "github.com/kconfig-ls/kconfig-ls/parser"

// Planned returns the edits before any is given up for what it does to the meaning.
func Planned(t *parser.Tree, s Style) []Edit { return newPlanner(t, s).plan() }

// String returns the kind's name.
func (k Kind) String() string {
	return []string{"", "indent", "comment indent", "continued indent", "help indent", "keyword space", "comment space",
		"trailing blank", "blank lines", "missing blank", "final blank", "final newline"}[k]
}
