package model

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
)

// Format returns an expression as people write it, y for one that is not there.
// Macro references are shown as they are written.
func (m *Model) Format(id expr.ID) string {
	if id == 0 {
		return "y"
	}
	var b strings.Builder
	m.format(&b, id, expr.OpNone)
	return b.String()
}

// maxFormatted is how many bytes of an expression are shown.
const maxFormatted = 2000

func (m *Model) format(b *strings.Builder, id expr.ID, around expr.Op) {
	if b.Len() > maxFormatted {
		if !strings.HasSuffix(b.String(), "...") {
			b.WriteString("...")
		}
		return
	}
	op := m.Pool.Op(id)
	switch {
	case op == expr.OpLeaf:
		b.WriteString(m.AtomText(m.Pool.Atom(id)))
		return
	case op == expr.OpNot:
		b.WriteByte('!')
		m.format(b, m.Pool.Args(id)[0], op)
		return
	}
	enclosed := around == expr.OpNot || around == expr.OpAnd && op == expr.OpOr
	if enclosed {
		b.WriteByte('(')
	}
	for i, arg := range m.Pool.Args(id) {
		if i > 0 {
			b.WriteString(" " + op.String() + " ")
		}
		m.format(b, arg, op)
	}
	if enclosed {
		b.WriteByte(')')
	}
}

// AtomText returns an atom as people write it: a name, a text in quotes, a
// macro reference.
func (m *Model) AtomText(a expr.Atom) string {
	s := &m.Symbols[a]
	switch {
	case s.Kind == Constant && a > AtomYes:
		return expr.Quote(s.Name)
	case s.Kind == Choice && s.Name == "":
		for _, id := range s.Nodes {
			if text := m.Nodes[id].Text; text != "" {
				return "<choice " + expr.Quote(text) + ">"
			}
		}
		return "<choice>"
	}
	return s.Name
}
