package analysis

import (
	"slices"
	"strings"
)

// wanted returns the diagnostics of a text that the policy of its tree and the
// comments in it leave, with the severities that they have by that.
func (c scope) wanted(text Text, found []Diagnostic) []Diagnostic {
	if c.root == nil || len(found) == 0 {
		return found
	}
	found = slices.DeleteFunc(found, func(d Diagnostic) bool {
		return !c.root.policy.On(d.Code) || ignored(text, d)
	})
	for i := range found {
		found[i].Severity = c.root.policy.Severity(found[i].Code, found[i].Severity)
	}
	return found
}

// ignoreMark is what a comment begins with that says which findings the reader has
// seen and does not want: "# kconfig-ls: ignore=ID,ID reason".
const ignoreMark = "kconfig-ls: ignore="

// ignored reports whether a comment behind the line that a diagnostic begins on, or
// alone on the line before, says that it is not wanted.
func ignored(text Text, d Diagnostic) bool {
	line := text.Line(d.Start)
	start, end := text.LineStart(line), text.Size()
	if line+1 < text.Lines() {
		end = text.LineStart(line + 1)
	}
	if ignores(text.Slice(start, end), d.Code) {
		return true
	}
	if line == 0 {
		return false
	}
	before := text.Slice(text.LineStart(line-1), start)
	return strings.HasPrefix(strings.TrimSpace(before), "#") && ignores(before, d.Code)
}

// ignores reports whether a line has a comment that says that findings with a code
// are not wanted.
func ignores(line, code string) bool {
	_, comment, ok := strings.Cut(line, "#")
	if !ok {
		return false
	}
	_, ids, ok := strings.Cut(comment, ignoreMark)
	if !ok {
		return false
	}
	ids, _, _ = strings.Cut(strings.TrimSpace(ids), " ")
	return slices.Contains(strings.Split(ids, ","), code)
}
