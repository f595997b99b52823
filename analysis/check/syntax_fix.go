package check

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// obsoleteFix returns the fix of a line of older versions that the dialect has dropped,
// nil if there is nothing that says the same. None keeps the meaning: before it the tree
// is rejected.
func (p *Pass) obsoleteFix(e parser.Error) *Fix {
	if e.Code != parser.CodeObsoleteSyntax {
		return nil
	}
	tree := p.File.Tree
	st := tree.At(tree.IndexAt(int(e.Start)))
	at := LineOf(p.File, st).bytes(e.Start, e.End)
	switch tree.Slice(int(e.Start), int(e.End)) {
	case "---help---":
		return fixOf("Replace ---help--- by help", at, Replace, "help")
	case "boolean":
		return fixOf("Replace boolean by bool", at, Replace, "bool")
	case "option":
		return optionFix(LineOf(p.File, st), st)
	}
	return nil
}

// optionFix returns the fix of an option line. What env meant is a default since Linux
// 4.18; there is nothing for defconfig_list and allnoconfig_y.
func optionFix(line Line, st parser.Statement) *Fix {
	text := strings.TrimSuffix(st.Text(), "\n")
	start := strings.Index(text, "option")
	if start < 0 || strings.ContainsAny(text, "#\n") {
		return nil
	}
	line.Start, line.End = uint32(start), uint32(len(strings.TrimRight(text, " \t\r")))
	option := strings.TrimSpace(text[start+len("option"):])
	if option == "modules" {
		return fixOf("Replace option modules by modules", line, Replace, "modules")
	}
	name, value, ok := strings.Cut(option, "=")
	value = strings.Trim(strings.TrimSpace(value), `"`)
	if !ok || strings.TrimSpace(name) != "env" || !isVariableName(value) {
		return nil
	}
	replacement := `default "$(` + value + `)"`
	return fixOf("Replace option env by "+replacement, line, Replace, replacement)
}

// isVariableName reports whether a text can be the name of an environment variable.
func isVariableName(name string) bool {
	for i := range len(name) {
		if c := name[i]; c != '_' && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '0' || c > '9' || i == 0) {
			return false
		}
	}
	return name != ""
}
