package analysis

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// wanted returns the diagnostics of a text that the policy of its tree and the
// comments in it leave, with the severities that they have by that.
func (c scope) wanted(text Text, found []Diagnostic) []Diagnostic {
	return slices.DeleteFunc(c.judged(text, found), func(d Diagnostic) bool { return d.Suppressed != NotSuppressed })
}

// judged is wanted with what is suppressed at its place.
func (c scope) judged(text Text, found []Diagnostic) []Diagnostic {
	if len(found) == 0 {
		return found
	}
	var p *check.Policy
	if c.root != nil {
		p = c.root.policy
	} else {
		p = check.NewPolicy(parser.Dialect{}, c.settings.Checks)
	}
	found = slices.DeleteFunc(found, func(d Diagnostic) bool { return !p.On(d.Code) })
	comments := ignoringIn(text)
	for i, d := range found {
		found[i].Severity = p.Severity(d.Code, d.Severity)
		switch {
		case comments.ignore(d):
			found[i].Suppressed = InComment
		case c.root != nil && c.root.ignores(p, d):
			found[i].Suppressed = InPolicy
		}
	}
	return found
}

// ignores reports whether the tree says that a diagnostic is not wanted in its file.
func (r *Root) ignores(p *check.Policy, d Diagnostic) bool {
	rule, _ := p.Rule(d.Code)
	return r.stated.Ignores(relativeTo(r.Dir, d.Path), rule)
}

// ignoring tells which diagnostics comments say are not wanted. It remembers the
// comments of the statement that it looked at last, as diagnostics come in order.
type ignoring struct {
	text      Text
	statement int
	comments  []string
}

func ignoringIn(text Text) ignoring { return ignoring{text: text, statement: -1} }

// ignore reports whether a comment behind the statement that a diagnostic begins in,
// or alone on the line before it, says that it is not wanted.
func (g *ignoring) ignore(d Diagnostic) bool {
	tree, ok := g.text.(*parser.Tree)
	if !ok {
		return ignoredInLines(g.text, d)
	}
	if tree.Len() == 0 {
		return false
	}
	if i := tree.IndexAt(d.Start); i != g.statement {
		g.statement, g.comments = i, g.comments[:0]
		if i > 0 && tree.At(i-1).Kind == parser.Blank {
			g.add(tree.At(i - 1))
		}
		g.add(tree.At(i))
	}
	return slices.ContainsFunc(g.comments, func(comment string) bool { return check.Ignores(comment, d.Code) })
}

func (g *ignoring) add(st parser.Statement) {
	for _, comment := range check.Comments(st) {
		g.comments = append(g.comments, comment)
	}
}

// ignoredInLines is ignored for configurations, in which a comment has a line of its
// own, and for code, where it can also stand behind something.
func ignoredInLines(text Text, d Diagnostic) bool {
	line := text.Line(d.Start)
	if _, isCode := text.(*codeText); isCode && check.Ignores(lineOf(text, line), d.Code) {
		return true
	}
	return line > 0 && isComment(lineOf(text, line-1)) && check.Ignores(lineOf(text, line-1), d.Code)
}

// lineOf returns a line of a text with its end.
func lineOf(text Text, line int) string {
	end := text.Size()
	if line+1 < text.Lines() {
		end = text.LineStart(line + 1)
	}
	return text.Slice(text.LineStart(line), end)
}

// isComment reports whether a line of a configuration or of code is a comment.
func isComment(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//") || strings.HasPrefix(line, "/*")
}

// maxUnknownChecks is about how many ids of no check are told of in one text: to look
// for what was meant takes a while, and this runs at every key.
const maxUnknownChecks = 100

// withUnknownChecks adds to the diagnostics of a configuration, or of code, the ids in
// its comments that are those of no check.
func withUnknownChecks(path string, text Text, found []Diagnostic) []Diagnostic {
	before := len(found)
	whole := text.Text()
	for start := 0; start < len(whole) && len(found)-before < maxUnknownChecks; {
		at := check.FindIgnore(whole[start:])
		if at < 0 {
			break
		}
		line := text.Line(start + at)
		start = text.LineStart(line)
		written := lineOf(text, line)
		if _, isCode := text.(*codeText); isCode || isComment(written) {
			for within, message := range check.UnknownChecks(written) {
				found = append(found, Diagnostic{
					Location: Location{path, start + within[0], start + within[1]},
					Code:     check.CodeUnknownCheck, Severity: check.Hint, Message: message,
				})
			}
		}
		start += len(written)
	}
	if len(found) > before {
		slices.SortStableFunc(found, func(a, b Diagnostic) int { return a.Start - b.Start })
	}
	return found
}
