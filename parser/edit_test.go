package parser

import (
	"fmt"
	"testing"
)

// flatten renders all that a tree shows, so that trees can be compared.
func flatten(t *Tree) string {
	var b []byte
	for s := range t.All() {
		b = fmt.Appendf(b, "%d %s [%d,%d) line %d:", s.Index, s.Kind, s.Start, s.End, t.Line(int(s.Start)))
		for i := range s.Len() {
			tok := s.Token(i)
			b = fmt.Appendf(b, " %s[%d,%d)", tok.Kind, tok.Start, tok.End)
		}
		b = append(b, '\n')
	}
	b = fmt.Appendf(b, "blocks %v\nlines %d\nerrors %v\n", t.Blocks(), t.Lines(), t.Errors())
	if s, ok := t.EndsUnterminated(); ok {
		b = fmt.Appendf(b, "unterminated %d\n", s.Index)
	}
	return string(b)
}

func TestEmpty(t *testing.T) {
	if got := flatten(Parse("", Linux(6, 12))); got != "blocks []\nlines 1\nerrors []\n" {
		t.Error(got)
	}
}
