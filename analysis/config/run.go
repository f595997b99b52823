package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Mode is what conf is to do.
type Mode string

// The modes.
const (
	// OldDefConfig takes the input and gives new symbols their defaults.
	OldDefConfig Mode = "olddefconfig"
	// DefConfig is the same for a defconfig.
	DefConfig Mode = "defconfig"
	// AllYesConfig, AllModConfig and AllNoConfig answer all that the input does
	// not with y, m or n; AllDefConfig gives it its defaults.
	AllYesConfig Mode = "allyesconfig"
	AllModConfig Mode = "allmodconfig"
	AllNoConfig  Mode = "allnoconfig"
	AllDefConfig Mode = "alldefconfig"
	// SaveDefConfig gives the smallest file that has the same effect as the
	// input.
	SaveDefConfig Mode = "savedefconfig"
	// ListNewConfig lists what the input says nothing of.
	ListNewConfig Mode = "listnewconfig"
)

// Modes returns all modes.
func Modes() []Mode {
	return []Mode{OldDefConfig, DefConfig, AllYesConfig, AllNoConfig, AllModConfig, AllDefConfig, SaveDefConfig, ListNewConfig}
}

// ParseMode returns the mode with a name.
func ParseMode(name string) (Mode, bool) {
	m := Mode(name)
	return m, slices.Contains(Modes(), m)
}

// TakesInput reports whether the mode begins with a .config or defconfig. The
// others take one by way of KCONFIG_ALLCONFIG only.
func (m Mode) TakesInput() bool {
	switch m {
	case OldDefConfig, DefConfig, SaveDefConfig, ListNewConfig:
		return true
	}
	return false
}

// Outcome is what a run of a mode gives.
type Outcome struct {
	// Text is the file that is written, or the list.
	Text string
	// Issues are what is wrong with the input.
	Issues []Issue
	// Evaluation has the values.
	Evaluation *Evaluation
}

// Run does what conf does in a mode. input is the configuration that it begins
// with, nil if there is none. As main in scripts/kconfig/conf.c.
func Run(m *model.Model, mode Mode, input *File, prefix string, r Rules) Outcome {
	if r.Asks && mode == AllDefConfig { // that does not look at KCONFIG_ALLCONFIG
		input = Parse("", prefix)
	}
	out := Apply(m, mode, nil, input, r)
	switch e := out.Evaluation; mode {
	case SaveDefConfig:
		if !r.Asks && m.OldChoices() && e.dropIncompleteChoices() {
			e = Evaluate(m, e.user, r)
			out.Evaluation = e
		}
		out.Text = e.WriteMinimal(prefix)
	case ListNewConfig:
		if !r.Asks && m.OldChoices() {
			e.dropIncompleteChoices()
		}
		out.Text = e.ListNew(prefix)
	default:
		out.Text = e.Write(prefix)
	}
	return out
}

// Apply is Run without a text, for a configuration that may be put on top of
// another one; see [ReadOver].
func Apply(m *model.Model, mode Mode, under, input *File, r Rules) Outcome {
	var out Outcome
	user := NewUser(m)
	if input != nil {
		user, out.Issues = ReadOver(m, under, input, r)
	}
	if r.Asks {
		out.Evaluation = applyAsking(m, mode, user, r)
		return out
	}
	switch mode {
	case AllYesConfig:
		user.answer(m, expr.Y)
	case AllModConfig:
		user.answer(m, expr.M)
	case AllNoConfig:
		user.answer(m, expr.N)
	}
	if (mode == DefConfig || mode == AllDefConfig) && m.OldChoices() {
		user.keepChoices(m)
	}
	e := evaluate(m, user, r, mode.rounds())
	if mode == OldDefConfig && input != nil && len(m.ModulesNeeds()) > 1 && !e.changed(out.Issues) {
		e.everything() // conf_write does so if nothing has changed
	}
	out.Evaluation = e
	if input != nil && r.DropsOutOfRange && mode.TakesInput() {
		e.dropOutOfRange(mode != OldDefConfig && mode != ListNewConfig)
	}
	return out
}

// applyAsking is Apply for versions of conf with the rule Asks.
func applyAsking(m *model.Model, mode Mode, user *User, r Rules) *Evaluation {
	e := Evaluate(m, user, r)
	stale := false
	if mode.TakesInput() || mode == AllDefConfig {
		e.dropHidden()
		e.dropOutOfRange(true)
		stale = e.dropIncompleteChoices()
	}
	if mode != SaveDefConfig && mode != ListNewConfig {
		e.ask(mode, stale)
	}
	return e
}

// dropHidden drops the user values of symbols that are not shown, as conf did
// after it had read a file.
func (e *Evaluation) dropHidden() {
	if !e.Rules.DropsHidden {
		return
	}
	for a := range e.Model.Symbols {
		if !e.Model.Symbols[a].ChoiceValue && e.states[a].visible == expr.N {
			e.user.values[a].Set = false
		}
	}
}

// rounds returns how often conf computes all values before it writes them. It
// matters only where the symbol for modules needs a tristate.
func (m Mode) rounds() int {
	if m == DefConfig || m == SaveDefConfig {
		return 2
	}
	return 1
}

// changed reports whether the values differ from those that were read, in what
// is written. As conf_read in scripts/kconfig/confdata.c.
func (e *Evaluation) changed(issues []Issue) bool {
	for _, i := range issues {
		if i.Kind != UnknownSymbol || i.Symbol == model.NoAtom {
			return true
		}
	}
	for a := range e.Model.Symbols {
		s := &e.Model.Symbols[a]
		if !s.Defined || s.Kind == model.Choice {
			continue
		}
		user := e.user.values[a]
		value, _ := e.Value(expr.Atom(a))
		if s.Type.IsLogical() && user.Set {
			user.Text = user.Tristate.String()
		}
		if isWritten := e.states[a].written&written != 0; user.Set != isWritten || isWritten && value != user.Text {
			return true
		}
	}
	return false
}

// answer sets all symbols that have no value. As conf_set_all_new_symbols in
// scripts/kconfig/conf.c.
func (u *User) answer(m *model.Model, t expr.Tristate) {
	for a := range m.Symbols {
		s, v := &m.Symbols[a], &u.values[a]
		if v.Set || !s.Defined || !s.Type.IsLogical() {
			continue
		}
		if !m.OldChoices() && (s.Kind == model.Choice || s.ChoiceValue || !hasPrompt(m, expr.Atom(a))) {
			continue
		}
		v.Set, v.Tristate, v.Line = true, t, -1
		if t == expr.N && s.AllNoYes {
			v.Tristate = expr.Y
		}
	}
}

// keepChoices has all choices count as set, also those that are inconsistent.
func (u *User) keepChoices(m *model.Model) {
	for a := range m.Symbols {
		if m.Symbols[a].Kind == model.Choice {
			u.values[a].Set = true
			if u.values[a].Tristate == 0 {
				u.values[a].Tristate = expr.N
			}
		}
	}
}

// dropOutOfRange drops user values that are out of range, as conf did after it
// had read a file. What follows from the symbols is computed again only if the
// mode does that.
func (e *Evaluation) dropOutOfRange(again bool) {
	var numbers []expr.Atom
	for a := range e.Model.Symbols {
		if s := &e.Model.Symbols[a]; e.user.values[a].Set && !s.Type.IsLogical() && !s.ChoiceValue {
			numbers = append(numbers, expr.Atom(a))
		}
	}
	// One may be the bound of another, so the order matters: it is that of a
	// hash table.
	slices.SortFunc(numbers, func(a, b expr.Atom) int {
		return cmp.Or(cmp.Compare(bucket(e.Model.Symbols[a].Name), bucket(e.Model.Symbols[b].Name)), cmp.Compare(b, a))
	})
	dropped := false
	for _, a := range numbers {
		v := &e.user.values[a]
		if e.withinRange(a, v.Text) {
			continue
		}
		if !again && !dropped {
			e.rememberPrompts()
		}
		v.Set = false
		dropped = true
		e.calculate(a)
	}
	if dropped && again {
		*e = *Evaluate(e.Model, e.user, e.Rules)
	}
}

// rememberPrompts keeps which prompts are shown.
func (e *Evaluation) rememberPrompts() {
	shown := make([]bool, len(e.Model.Nodes))
	for id := range e.Model.Nodes {
		n := &e.Model.Nodes[id]
		shown[id] = n.Symbol != model.NoAtom && n.HasPrompt && e.promptVisible(model.NodeID(id))
	}
	e.prompted = shown
}

// bucket returns where conf keeps a symbol in its hash table. As strhash and
// sym_lookup in scripts/kconfig/symbol.c up to Linux 6.8.
func bucket(name string) uint32 {
	hash := uint32(2166136261)
	for i := range len(name) {
		hash = (hash ^ uint32(name[i])) * 0x01000193
	}
	return hash % 9973
}

// withinRange reports whether a text can be the value of a symbol as things
// are. As sym_string_within_range in scripts/kconfig/symbol.c.
func (e *Evaluation) withinRange(a expr.Atom, text string) bool {
	s := &e.Model.Symbols[a]
	base := 10
	switch s.Type {
	case model.String:
		return true
	case model.Int:
	case model.Hex:
		base = 16
	default:
		return false
	}
	if !ValidText(s.Type, text) {
		return false
	}
	p, _, _ := e.activeRange(a)
	if p == nil {
		return true
	}
	value, _, _, _ := parseInt(text, base)
	value = e.Rules.cutOff(value)
	return value >= e.Rules.bound(e.operand(p.Low), base) && value <= e.Rules.bound(e.operand(p.High), base)
}

// dropIncompleteChoices has choices count as not set if a member that is shown
// has no value. It reports whether there is one.
func (e *Evaluation) dropIncompleteChoices() bool {
	dropped := false
	for id := range e.Model.Nodes {
		n := &e.Model.Nodes[id]
		if len(n.Members) == 0 || e.states[n.Symbol].value != expr.Y {
			continue
		}
		for _, a := range n.Members {
			if visible, _ := e.prompts(a); visible != expr.N && !e.user.values[a].Set && e.user.values[n.Symbol].Set {
				e.user.values[n.Symbol].Set = false
				dropped = true
			}
		}
	}
	return dropped
}

// ListNew returns the symbols that a user could set and has not, with their
// values, one a line as "make listnewconfig" prints them. As check_conf in
// scripts/kconfig/conf.c.
func (e *Evaluation) ListNew(prefix string) string {
	var b strings.Builder
	for _, a := range e.New() {
		s := &e.Model.Symbols[a]
		value, _ := e.Value(a)
		if s.Type == model.String {
			value = Quote(value) // also with RawTexts
		}
		fmt.Fprintf(&b, "%s%s=%s\n", prefix, s.Name, value)
	}
	return b.String()
}

// New returns the symbols that a user could set and has not, in the order of
// the menu. One with several prompts comes up for each.
func (e *Evaluation) New() []expr.Atom {
	var found []expr.Atom
	m := e.Model
	// Up to Linux 6.11 a symbol counts as set once an entry of it is shown only
	// because something below it is.
	counted := map[expr.Atom]bool{}
	isNew := func(id model.NodeID) bool {
		a := m.Nodes[id].Symbol
		if a == model.NoAtom || m.Symbols[a].Name == "" || e.user.values[a].Set || e.inherits(a) {
			return false
		}
		if counted[a] {
			return false
		}
		return e.changeable(a) || e.isOldChoice(a)
	}
	skip := func(id model.NodeID) model.NodeID { // what comes behind an entry and all below it
		for ; id != 0 && id != model.NoNode; id = m.Nodes[id].Parent {
			if next := m.Nodes[id].Next; next != model.NoNode {
				return next
			}
		}
		return model.NoNode
	}
	for id := m.Nodes[0].First; id != model.NoNode; {
		if !e.shown(id, func(a expr.Atom) { counted[a] = m.OldChoices() }) {
			id = skip(id)
			continue
		}
		if isNew(id) {
			found = append(found, m.Nodes[id].Symbol)
		}
		id = m.Following(id, 0)
	}
	return found
}

// isOldChoice reports whether a symbol stands for a choice with a chosen member,
// by the rules up to Linux 6.11.
func (e *Evaluation) isOldChoice(a expr.Atom) bool {
	return e.Model.OldChoices() && e.Model.Symbols[a].Kind == model.Choice && e.states[a].value == expr.Y
}

// inherits reports whether a symbol has its value from the user value of a
// transitional one, which it takes the place of.
func (e *Evaluation) inherits(a expr.Atom) bool {
	s := &e.Model.Symbols[a]
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind != model.Default || e.eval(p.Condition).tri == expr.N {
			continue
		}
		from := p.Low
		return from != model.NoAtom && e.Model.Symbols[from].Transitional && e.user.values[from].Set
	}
	return false
}

// entryVisible reports whether an entry of the menu is shown.
func (e *Evaluation) entryVisible(id model.NodeID) bool { return e.shown(id, func(expr.Atom) {}) }

// shown reports whether an entry of the menu is shown. It tells of symbols that
// only are because something below them is. As menu_is_visible in
// scripts/kconfig/menu.c.
func (e *Evaluation) shown(id model.NodeID, byOthers func(expr.Atom)) bool {
	n := &e.Model.Nodes[id]
	if !n.HasPrompt {
		return false
	}
	if n.Symbol == model.NoAtom {
		return e.blockVisible(n)
	}
	if n.VisibleIf != 0 && !e.eval(n.VisibleIf).tri.Can(expr.M|expr.Y) {
		return false
	}
	if e.promptVisible(id) {
		return true
	}
	if !e.states[n.Symbol].value.Can(expr.M | expr.Y) {
		return false
	}
	for c := n.First; c != model.NoNode; c = e.Model.Nodes[c].Next {
		if e.shown(c, byOthers) {
			byOthers(n.Symbol)
			return true
		}
	}
	return false
}

// promptVisible reports whether the prompt of a symbol's entry is shown. That of
// a symbol without a type never is.
func (e *Evaluation) promptVisible(id model.NodeID) bool {
	if e.prompted != nil {
		return e.prompted[id]
	}
	n := &e.Model.Nodes[id]
	return e.Model.Symbols[n.Symbol].Type != model.UnknownType && e.prompt(&e.Model.Symbols[n.Symbol], n.Visible).tri.Can(expr.M|expr.Y)
}

// hasPrompt reports whether any entry of a symbol has a prompt.
func hasPrompt(m *model.Model, a expr.Atom) bool {
	return slices.ContainsFunc(m.Symbols[a].Nodes, func(id model.NodeID) bool { return m.Nodes[id].HasPrompt })
}
