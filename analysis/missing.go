package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Missing is something that must be known before a configuration can be
// written.
type Missing struct {
	// Cause is a command without an answer, or a variable that nobody has set.
	// Its text is empty if it is not known what decides.
	Cause macro.Cause
	// Why says why it is not known, and what to do about it, without a full
	// stop; "" if there is nothing to say.
	Why string
	// Place is the first line that hangs on it, and Symbol the symbol that this
	// defines, "" if it defines none.
	Place  Place
	Symbol string
	// Count is how many lines of the configuration hang on it.
	Count int
}

// Missing returns what must be known before the configuration of a view can be
// written that an evaluation gives: first what decides which files there are.
func (r *Root) Missing(arch string, e *config.Evaluation) []Missing {
	if arch == "" {
		arch = r.arch
	}
	c := missingCollector{root: r, arch: arch, index: map[macro.Cause]int{}}
	view := r.View(arch)
	if macros, ok := view.Variables().(variables); ok {
		for _, place := range view.Unfollowed() {
			f, st, ok := r.Sources.Source(place)
			i, hasOperand := st.Operand()
			if ok && hasOperand {
				c.add(macros.Environment.Expand(st.TokenText(i), position(f, st)).Causes, r.statementPlace(f, st), "")
			}
		}
	}
	m := e.Model
	for _, gap := range m.Gaps {
		if f := r.Sources.File(gap.File.ID); f != nil {
			if st, ok := menu.Counterpart(gap.File, int(gap.Statement), f); ok {
				c.add(gap.Causes, r.statementPlace(f, st), "")
			}
		}
	}
	for _, u := range e.Unknown() {
		n := &m.Nodes[u.Node]
		name := ""
		if u.Symbol != model.NoAtom {
			name = m.Symbols[u.Symbol].Name
		}
		if len(u.Causes) == 0 { // more than are kept
			c.add([]macro.Cause{{}}, r.placeOf(n, n.Statement), name)
		}
		for _, a := range u.Causes {
			if a == model.AtomTooDeep {
				c.add([]macro.Cause{{}}, r.placeOf(n, n.Statement), name)
				continue
			}
			c.add(m.Symbols[a].Causes, r.placeOf(n, n.Statement), name)
		}
	}
	return c.all
}

type missingCollector struct {
	root  *Root
	arch  string
	all   []Missing
	index map[macro.Cause]int
}

func (c *missingCollector) add(causes []macro.Cause, at Place, symbol string) {
	for _, cause := range causes {
		i, ok := c.index[cause]
		if !ok {
			i = len(c.all)
			c.index[cause] = i
			m := Missing{Cause: cause, Place: at, Symbol: symbol}
			if cause.Text != "" {
				m.Why = c.root.explain(c.arch, cause)
			}
			c.all = append(c.all, m)
		}
		c.all[i].Count++
	}
}

// statementPlace returns where a statement of a file of the tree is.
func (r *Root) statementPlace(f *menu.File, st parser.Statement) Place {
	return Place{
		Location: Location{r.Path(f), int(st.Start), int(st.End)},
		File:     f.Path, Line: f.Tree.Line(int(st.Start)) + 1,
	}
}
