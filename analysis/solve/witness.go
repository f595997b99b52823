package solve

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Witness returns the text of a configuration that comes to the values found
// last: what a user would have to set, in the order of the symbols. It says
// nothing of symbols that no question had to do with. Symbols that are free by
// the options, and answers of tools, are not what a configuration can set.
func (s *Solver) Witness(prefix string) string {
	var b strings.Builder
	for i := range s.m.Symbols {
		a := expr.Atom(i)
		sym := &s.m.Symbols[a]
		if !s.wanted[a] || sym.Kind != model.Plain || !sym.Defined || s.free[a] {
			continue
		}
		text, ok := s.userText(a)
		switch {
		case !ok:
		case sym.Type.IsLogical() && text == "n":
			b.WriteString("# " + prefix + sym.Name + " is not set\n")
		case sym.Type == model.String:
			b.WriteString(prefix + sym.Name + "=" + s.rules.Quote(text) + "\n")
		default:
			b.WriteString(prefix + sym.Name + "=" + text + "\n")
		}
	}
	return b.String()
}

// userText returns what a user would have to set a symbol to.
func (s *Solver) userText(a expr.Atom) (string, bool) {
	sym := &s.m.Symbols[a]
	if v := s.texts[a]; v != nil {
		if !s.holdsInFound(v.user) {
			return "", false
		}
		return s.Text(a)
	}
	value := s.Value(a)
	bounds, ok := s.shown[a]
	if !ok || !sym.Type.IsLogical() || !value.Known() {
		return "", false
	}
	if !s.m.OldChoices() && sym.Choice != model.NoNode {
		return "y", value == expr.Y
	}
	visible, selected := s.tristate(bounds.shown), s.tristate(bounds.selected)
	if mode := s.modeBy(a); mode != 0 && visible == expr.N {
		return mode.String(), true
	}
	switch {
	case visible == expr.N, value > visible && value != selected:
		return "", false // the defaults give it
	case value > visible:
		return visible.String(), true // selected beyond what a user could set
	}
	return value.String(), true
}

// modeBy returns what a member that is not shown has to be set to for its choice
// to be set to what it is, by the rules up to Linux 6.11, 0 if that does not
// matter: the greatest value of a member is that of the choice.
func (s *Solver) modeBy(a expr.Atom) expr.Tristate {
	sym := &s.m.Symbols[a]
	if !s.m.OldChoices() || sym.Choice == model.NoNode {
		return 0
	}
	choice := s.m.Nodes[sym.Choice].Symbol
	switch mode := s.tristate(s.modes[choice]); {
	case mode == expr.Y && s.Value(choice) != expr.Y && s.m.Nodes[sym.Choice].Members[0] == a:
		return mode
	case mode == expr.M && sym.Type == model.Tristate && s.tristate(s.shown[choice].selected) == expr.N:
		return mode
	}
	return 0
}

// tristate returns a value in the model found last.
func (s *Solver) tristate(p pair) expr.Tristate {
	switch {
	case s.holdsInFound(p.y):
		return expr.Y
	case s.holdsInFound(p.m):
		return expr.M
	}
	return expr.N
}

// Text returns the text of an int, hex or string symbol in the configuration found
// last. It reports false if it is not known.
func (s *Solver) Text(a expr.Atom) (string, bool) {
	v := s.texts[a]
	if v == nil {
		return "", false
	}
	for _, c := range v.cases {
		if !s.holdsInFound(c.when) {
			continue
		}
		if c.free == nil {
			return c.text, true
		}
		return s.freeTextFound(c.free)
	}
	return "", false
}

// freeTextFound returns a text that compares as the model found last has it, as
// far as that is told by one order: that of numbers or that of texts.
func (s *Solver) freeTextFound(f *freeText) (string, bool) {
	if f.isLoose || f.isBackwards || len(f.others) > 0 || len(f.free) > 0 || len(f.texts) > 0 && f.sym.Type != model.String {
		return "", false
	}
	if f.sym.Type == model.String {
		text := ""
		for _, t := range f.texts {
			if !s.holdsInFound(t.reached) {
				break
			}
			if text = t.key.text; t.key.behind {
				text += "\x01" // behind it, and before nearly all else
			}
		}
		return text, true
	}
	if len(f.numbers) == 0 {
		return f.number(f.key(0)), true
	}
	key := f.numbers[0].key - 1
	for _, t := range f.numbers {
		if !s.holdsInFound(t.reached) {
			break
		}
		key = t.key
	}
	text := f.number(key)
	return text, config.ValidText(f.sym.Type, text)
}
