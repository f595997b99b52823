package analysis

import (
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Unmet says of symbols that selects have turned on, or higher, than their
// dependencies allow, in sentences without a full stop. As sym_warn_unmet_dep in
// scripts/kconfig/symbol.c; what is not known is no reason to warn.
func (r *Root) Unmet(e *config.Evaluation) []string {
	var notes []string
	m := e.Model
	for i := range m.Symbols {
		s, state := &m.Symbols[i], e.State(expr.Atom(i))
		if !s.Defined || s.Kind == model.Choice || s.ChoiceValue || !s.Type.IsLogical() ||
			!state.Direct.Known() || !state.Reverse.Known() || state.Direct >= state.Reverse {
			continue
		}
		var by []string
		for _, ref := range s.SelectedBy {
			p := m.Property(ref)
			selected, _ := e.Tristate(p.Condition)
			if value := e.State(ref.Symbol).Value.And(selected); value.Known() && value > state.Direct {
				place := r.placeOf(&m.Nodes[p.Node], p.Statement)
				by = append(by, m.Symbols[ref.Symbol].Name+" ("+place.File+":"+strconv.Itoa(place.Line)+")")
			}
		}
		notes = append(notes, s.Name+": its dependencies are "+state.Direct.String()+", but it is "+state.Reverse.String()+
			", selected by "+strings.Join(by, ", ")+": "+m.Format(s.DirectDep))
	}
	return notes
}
