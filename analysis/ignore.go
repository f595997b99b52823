package analysis

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// IgnoreFix returns the fix that has a diagnostic of a Kconfig file or a configuration
// no longer shown: a comment behind its line, or above if the line cannot have one. It
// reports false where neither can be, as in a help text, and for errors: it does not
// help not to see what the kernel's tools reject a tree for.
func IgnoreFix(s *Snapshot, d Diagnostic) (Fix, bool) {
	fix := Fix{Title: "Ignore " + d.Code + " here, by a comment", KeepsMeaning: true}
	if d.Severity == check.Error {
		return fix, false
	}
	if c, ok := s.configScope(d.Path); ok {
		at := c.text.LineStart(c.text.Line(d.Start))
		e := Edit{at, at, "# " + check.IgnoreMark + d.Code + "\n"}
		fix.Edits = []FileEdit{{d.Path, []Edit{e}}}
		return fix, c.text.Slice(at, at+1) != ""
	}
	if _, ok := s.codeScope(d.Path); ok {
		return fix, false
	}
	c, ok := s.scope(d.Path)
	if !ok || c.file.Tree.Len() == 0 {
		return fix, false
	}
	tree := c.file.Tree
	st := tree.At(tree.IndexAt(d.Start))
	if st.Kind == parser.HelpText {
		return fix, false
	}
	above := ignoreAbove(tree, tree.Line(int(st.Start)), d.Code)
	for _, e := range []Edit{ignoreBehind(tree, tree.Line(d.Start), d.Code), above} {
		if e.Text == "" {
			continue
		}
		after, _ := tree.Edit(e.Start, e.End, e.Text)
		moved := d
		if e.Start <= d.Start {
			moved.Start += len(e.Text)
		}
		if comments := ignoringIn(after); comments.ignore(moved) && readsAlike(tree, after, st) {
			fix.Edits = []FileEdit{{d.Path, []Edit{e}}}
			return fix, true
		}
	}
	return fix, false
}

// ignoreBehind returns the edit that puts the comment behind a line, or into the comment
// that stands there.
func ignoreBehind(tree *parser.Tree, line int, code string) Edit {
	start := tree.LineStart(line)
	text := strings.TrimSuffix(tree.Slice(start, tree.LineStart(line+1)), "\n")
	text = strings.TrimSuffix(text, "\r")
	if _, before, ok := strings.Cut(text, check.IgnoreMark); ok { // another code is ignored there
		ids, _, _ := strings.Cut(before, " ")
		at := start + len(text) - len(before) + len(ids)
		return Edit{at, at, "," + code}
	}
	end := start + len(strings.TrimRight(text, " \t"))
	if strings.Contains(text, "#") {
		return Edit{end, end, ", " + check.IgnoreMark + code}
	}
	return Edit{end, end, " # " + check.IgnoreMark + code}
}

// ignoreAbove returns the edit that puts the comment above a line.
func ignoreAbove(tree *parser.Tree, line int, code string) Edit {
	start := tree.LineStart(line)
	text := tree.Slice(start, tree.LineStart(line+1))
	blanks := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
	return Edit{start, start, blanks + "# " + check.IgnoreMark + code + "\n"}
}

// readsAlike reports whether two versions of a file have the same statements with a
// meaning near one of the first one, which an edit was made at.
func readsAlike(before, after *parser.Tree, st parser.Statement) bool {
	const near = 3 // statements; further away an edit of a comment cannot reach
	more := after.Len() - before.Len()
	if more < 0 || more > 1 || len(after.Errors()) != len(before.Errors()) {
		return false
	}
	meaning := func(t *parser.Tree, from, to int) (all []string) {
		for i := max(from, 0); i < min(to, t.Len()); i++ {
			if at := t.At(i); menu.HasMeaning(at) {
				all = append(all, at.Kind.String()+" "+writtenTokens(at))
			} else if at.Kind == parser.HelpText {
				all = append(all, at.Text())
			}
		}
		return all
	}
	a := meaning(before, st.Index-near, st.Index+near+1)
	b := meaning(after, st.Index-near, st.Index+near+1+more)
	return strings.Join(a, "\n") == strings.Join(b, "\n")
}

// writtenTokens returns the tokens of a statement that take part in the grammar.
func writtenTokens(st parser.Statement) string {
	var parts []string
	for i := st.First(0); i < st.Len(); i = st.First(i + 1) {
		parts = append(parts, st.TokenText(i))
	}
	return strings.Join(parts, " ")
}
