package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/cmd/internal/terminal"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

type jsonStatement struct {
	Kind      string `json:"kind"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
}

type jsonToken struct {
	Kind   string `json:"kind"`
	Text   string `json:"text"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// WriteTreeJSON writes the statements of a file and what is wrong with it.
func WriteTreeJSON(w io.Writer, tree *parser.Tree, r *Report) error {
	j := newJSON(w, r.Views)
	lines := NewLines(tree.Text())
	j.array("statements", func(next func()) {
		for st := range tree.All() {
			next()
			out := jsonStatement{Kind: st.Kind.String()}
			out.Line, out.Column = lines.Position(int(st.Start))
			out.EndLine, out.EndColumn = lines.Position(int(st.End))
			j.open(out)
			j.raw(`,"tokens":[`)
			for i := range st.Len() {
				if i > 0 {
					j.raw(",")
				}
				t := st.Token(i)
				line, column := lines.Position(int(t.Start))
				j.value(jsonToken{t.Kind.String(), st.TokenText(i), line, column})
			}
			j.raw("]}")
		}
	})
	j.findings(r)
	return j.close()
}

// maxTokenText is how much of a token is shown, in bytes.
const maxTokenText = 60

// WriteTreeText writes the statements of a file for people: where each begins,
// its kind, indented by the blocks around it, and its tokens. Keywords and
// operators stand for themselves, other tokens behind their kind. Lines without
// a statement are left out.
func WriteTreeText(w io.Writer, tree *parser.Tree) error {
	p := newPrinter(w)
	lines := NewLines(tree.Text())
	depth := 0
	for st := range tree.All() {
		if st.First(0) >= st.Len() && st.Kind == parser.Blank {
			continue
		}
		if st.Kind.ClosesBlock() {
			depth = max(depth-1, 0)
		}
		indent := min(depth, 20) // a tree that is nested deeper is a test
		if st.Kind.IsAttribute() {
			indent++
		}
		line, column := lines.Position(int(st.Start))
		if i := st.First(0); i < st.Len() {
			line, column = lines.Position(int(st.Token(i).Start))
		}
		place := fmt.Sprintf("%d:%d", line, column)
		p.printf("%-8s %s%s:", place, strings.Repeat("  ", indent), st.Kind)
		for i := range st.Len() {
			writeToken(p, st.Token(i).Kind, st.TokenText(i))
		}
		p.printf("\n")
		if st.Kind.OpensBlock() {
			depth++
		}
	}
	return p.flush()
}

func writeToken(p printer, kind parser.TokenKind, text string) {
	if text == kind.String() {
		p.printf(" %s", text)
		return
	}
	more := ""
	if len(text) > maxTokenText {
		text, more = text[:boundary(text, maxTokenText)], ellipsis
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\n", `\n`), "\t", `\t`)
	p.printf(" %s<%s%s>", kind, terminal.Printable(text), more)
}
