package format

// String returns the kind's name.
func (k Kind) String() string {
	return []string{"", "indent", "comment indent", "continued indent", "help indent", "keyword space", "comment space",
		"trailing blank", "blank lines", "missing blank", "final blank", "final newline"}[k]
}
