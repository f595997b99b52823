package analysis

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// maxReason is how long the text of a reason gets before it is cut.
const maxReason = 160

// conditionText returns an expression of a model as it could be written, cut
// where it gets long.
func conditionText(m *model.Model, id expr.ID) string {
	w := conditionWriter{m: m}
	w.write(id, expr.OpNone)
	return shorten(w.b.String(), maxReason)
}

type conditionWriter struct {
	m *model.Model
	b strings.Builder
}

// write writes an expression below an operator. What is too long is not written
// to its end, so that large expressions cost no more than small ones.
func (w *conditionWriter) write(id expr.ID, around expr.Op) {
	if w.b.Len() > maxReason {
		return
	}
	pool := w.m.Pool
	op := pool.Op(id)
	switch {
	case op == expr.OpNone:
		w.b.WriteByte('y')
	case op == expr.OpLeaf:
		w.b.WriteString(atomText(w.m, pool.Atom(id)))
	case op == expr.OpNot:
		w.b.WriteByte('!')
		w.write(pool.Args(id)[0], op)
	default:
		open := around == expr.OpNot || around == expr.OpAnd && op == expr.OpOr || around == expr.OpOr && op == expr.OpAnd
		if open {
			w.b.WriteByte('(')
		}
		for i, arg := range pool.Args(id) {
			if i > 0 {
				w.b.WriteString(" " + op.String() + " ")
			}
			w.write(arg, op)
		}
		if open {
			w.b.WriteByte(')')
		}
	}
}

// atomText returns an atom as it could be written.
func atomText(m *model.Model, a expr.Atom) string {
	switch s := &m.Symbols[a]; {
	case a <= model.AtomYes, s.Kind == model.Plain, s.Kind == model.Unanswered:
		return s.Name
	case s.Kind == model.Choice && s.Name == "":
		return "the choice"
	case s.Kind == model.Choice:
		return s.Name
	default:
		return expr.Quote(s.Name)
	}
}

// maxBlamed is how many conditions or symbols a reason names.
const maxBlamed = 3

// unmet returns the conjuncts of an expression that are n, for people.
func unmet(e *config.Evaluation, id expr.ID) []string {
	pool := e.Model.Pool
	var texts []string
	var walk func(id expr.ID)
	walk = func(id expr.ID) {
		switch pool.Op(id) {
		case expr.OpAnd:
			for _, arg := range pool.Args(id) {
				walk(arg)
			}
		default:
			if t, _ := e.Tristate(id); t == expr.N {
				texts = append(texts, conditionText(e.Model, id))
			}
		}
	}
	walk(id)
	return texts
}

// namesOf returns a number of names for people, the first few of them.
func namesOf(names []string, separator string) string {
	if rest := len(names) - maxBlamed; rest > 0 {
		return strings.Join(names[:maxBlamed], separator) + " and " + plural(rest, "more", "more")
	}
	return strings.Join(names, separator)
}

// selectors returns the symbols that select a symbol as things are.
func selectors(e *config.Evaluation, a expr.Atom) []string {
	return effective(e, e.Model.Symbols[a].SelectedBy)
}

// effective returns the symbols whose select or imply lines have an effect.
func effective(e *config.Evaluation, refs []model.PropertyRef) []string {
	var names []string
	for _, ref := range refs {
		condition, _ := e.Tristate(e.Model.Property(ref).Condition)
		if e.State(ref.Symbol).Value.And(condition).Can(expr.M | expr.Y) {
			if name := atomText(e.Model, ref.Symbol); len(names) == 0 || names[len(names)-1] != name {
				names = append(names, name)
			}
		}
	}
	return names
}
