package check

import (
	"fmt"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/format"
)

const (
	codeStyleIndent        = "style-indent"
	codeStyleHelpIndent    = "style-help-indent"
	codeStyleTrailingBlank = "style-trailing-blank"
	codeStyleBlankLines    = "style-blank-lines"
	codeStyleFinalBlank    = "style-final-blank"
	codeStyleCommentSpace  = "style-comment-space"
)

// styleLayout reports where the formatter would change white space, and offers just
// that.
func styleLayout() FileCheck {
	rules := rulesOf(Style, Hint, codeStyleIndent, codeStyleHelpIndent, codeStyleTrailingBlank, codeStyleBlankLines, codeStyleFinalBlank)
	for i := range rules {
		rules[i].Only = []string{"linux"}
	}
	comments := Rule{ID: codeStyleCommentSpace, Family: Style, Severity: Hint, Only: []string{"zephyr"}}
	return FileCheck{Rules: append(rules, comments), Run: func(p *FilePass) {
		style := p.Style()
		// Who asks for the rule wants it where the project's style does not have it, too.
		style.CommentSpace = style.CommentSpace || p.Policy.On(codeStyleCommentSpace)
		style.KeepBlanks = style.KeepBlanks && !p.Policy.On(codeStyleTrailingBlank)
		edits := format.Plan(p.File.Tree, style)
		for len(edits) > 0 {
			one, rest := sameFinding(edits)
			if code := layoutCode(one[0].Kind); code != "" && p.Policy.On(code) {
				p.reportLayout(code, one)
			}
			edits = rest
		}
	}}
}

// layoutCode returns the rule by what an edit mends, "" if there is none.
func layoutCode(kind format.Kind) string {
	switch kind {
	case format.Indent:
		return codeStyleIndent
	case format.HelpIndent:
		return codeStyleHelpIndent
	case format.TrailingBlank:
		return codeStyleTrailingBlank
	case format.BlankLines, format.MissingBlank:
		return codeStyleBlankLines
	case format.FinalBlank:
		return codeStyleFinalBlank
	case format.CommentSpace:
		return codeStyleCommentSpace
	}
	return ""
}

// sameFinding returns the first edit with those that mend the same, which are those of
// a help text or of blank lines that follow each other, and the others. It may change
// the order of the edits in place.
func sameFinding(edits []format.Edit) (one, rest []format.Edit) {
	first := edits[0]
	n := 1
	switch first.Kind {
	case format.HelpIndent:
		var others []format.Edit
		for n = 0; n < len(edits) && edits[n].Statement == first.Statement; n++ {
			if edits[n].Kind == first.Kind {
				one = append(one, edits[n])
			} else {
				others = append(others, edits[n])
			}
		}
		copy(edits[len(one):], others)
		return one, edits[len(one):]
	case format.BlankLines, format.FinalBlank:
		for n < len(edits) && edits[n].Kind == first.Kind && edits[n-1].End == edits[n].Start {
			n++
		}
	}
	return edits[:n], edits[n:]
}

// maxLayoutStatement is how long a statement may be, in bytes, for findings in it to
// come with a fix: each has the statement read again. The formatter does longer ones.
const maxLayoutStatement = 1 << 16

// reportLayout reports what some edits mend.
func (p *FilePass) reportLayout(code string, edits []format.Edit) {
	first := edits[0]
	t := p.File.Tree
	st := t.At(first.Statement)
	f := LineFinding{Code: code, Severity: Hint, At: p.line(st).bytes(uint32(first.Start), uint32(first.End))}
	title := ""
	old := t.Slice(first.Start, first.End)
	switch first.Kind {
	case format.Indent:
		f.At = p.line(st).bytes(st.Start, st.Token(st.First(0)).End)
		f.Message = "the line is " + indentedBy(old) + ": in this project's style it is " + indentedBy(first.Text)
		title = "Set the indentation"
	case format.HelpIndent:
		line := t.Slice(first.Start, t.LineStart(t.Line(first.Start)+1))
		f.At = p.line(st).bytes(uint32(first.Start), uint32(first.Start+len(strings.TrimRight(line, " \t\r\n"))))
		what := "the help text"
		if int(st.Token(0).Start) < first.Start { // the lines before are fine
			what = "this line of the help text"
		}
		f.Message = what + " is " + indentedBy(old) + ": in this project's style it is " + indentedBy(first.Text)
		title = "Set the indentation of the help text"
	case format.TrailingBlank:
		f.Message, title = "the line ends with blanks: remove them", "Remove the blanks"
	case format.BlankLines:
		f.Message, title = "there is more than one blank line here: one is enough", "Leave one blank line"
		if first.Start == 0 {
			f.Message, title = "the file begins with blank lines: remove them", "Remove the blank lines"
		}
	case format.MissingBlank:
		token := st.First(0)
		if token == st.Len() {
			token = 0 // a comment
		}
		f.At = p.line(st).bytes(st.Start, st.Token(token).End)
		f.Message, title = "there is no blank line between this entry and the one before: insert one", "Insert a blank line"
	case format.FinalBlank:
		f.Message, title = "the file ends with blank lines: remove them", "Remove the blank lines"
	case format.CommentSpace:
		f.At = p.line(st).tokens(0, 1)
		f.Message, title = "there is no space behind the # of the comment: insert one", "Insert a space"
	}
	if e, ok := p.File.EntryAt(st.Index); ok && e.Name() != "" && (first.Kind == format.Indent || first.Kind == format.HelpIndent) {
		f.Symbol = e.Name()
		f.Message = "`" + f.Symbol + "`: " + f.Message
	}
	if st.End-st.Start <= maxLayoutStatement && format.Keeps(t, edits) {
		f.Fix = &Fix{Title: title, KeepsMeaning: true}
		for _, e := range edits {
			f.Fix.Changes = append(f.Fix.Changes, p.replace(e))
		}
	}
	p.report(f)
}

// replace returns an edit as a change. What is put in at the beginning of a statement
// takes the first byte of that along: nothing would stand for the whole statement.
func (p *FilePass) replace(e format.Edit) Change {
	st := p.File.Tree.At(e.Statement)
	if e.End == int(st.Start) {
		e.Text += p.File.Tree.Slice(e.End, e.End+1)
		e.End++
	}
	return Change{p.line(st).bytes(uint32(e.Start), uint32(e.End)), Replace, e.Text}
}

// indentedBy says how far a line is indented.
func indentedBy(blanks string) string {
	tabs := strings.Count(blanks, "\t")
	spaces := len(blanks) - tabs
	count := func(n int, what string) string {
		if n == 1 {
			return "one " + what
		}
		return fmt.Sprintf("%d %ss", n, what)
	}
	switch {
	case blanks == "":
		return "not indented"
	case spaces == 0:
		return "indented by " + count(tabs, "tab")
	case tabs == 0:
		return "indented by " + count(spaces, "space")
	case strings.HasPrefix(blanks, strings.Repeat("\t", tabs)):
		return "indented by " + count(tabs, "tab") + " and " + count(spaces, "space")
	}
	return "indented by a mix of tabs and spaces"
}
