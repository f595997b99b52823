package analysis

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// ConfigChange is a change that a user makes to a configuration.
type ConfigChange struct {
	Symbol string
	// Value is the new value as a configuration has it, without quotes. Unset
	// takes the user's value away instead, so that the default counts.
	Value string
	Unset bool
}

// Consequences are what follows from changes of a configuration.
type Consequences struct {
	// Arch is the architecture of the view, Path that of the configuration
	// file, Exists whether there is one.
	Arch   string
	Path   string
	Exists bool
	// Effects are the symbols whose value or visibility changes or that come
	// into the file or leave it, sorted by name.
	Effects []Effect
	// Ineffective are the changes that came to nothing, in their order.
	Ineffective []Ineffective
	// Before is the text of the file, After what it is to become.
	Before, After string
	// Unknown are the symbols, sorted, of which it is not known what belongs into
	// the file. After says of them what the user has set, and else nothing.
	Unknown []string
}

// Effect is a symbol that changes.
type Effect struct {
	Symbol   string
	Old, New SymbolState
	Reason   EffectReason
}

// SymbolState is what a configuration makes of a symbol.
type SymbolState struct {
	Value   Value
	Visible expr.Tristate
	// Written tells that the symbol is part of the file, MaybeWritten that it
	// may be.
	Written, MaybeWritten bool
}

func (s SymbolState) same(other SymbolState) bool {
	return s.Value.Text == other.Value.Text && s.Value.Known == other.Value.Known && s.Visible == other.Visible &&
		s.Written == other.Written && s.MaybeWritten == other.MaybeWritten
}

// EffectReason says why a symbol changes.
type EffectReason string

// The reasons of effects.
const (
	// EffectSet is one of the changes that were asked for.
	EffectSet EffectReason = "set"
	// EffectChoice is a member of a choice of which another one was chosen.
	EffectChoice EffectReason = "choice"
	// EffectSelect and EffectImply are a symbol that something selects, or
	// implies.
	EffectSelect EffectReason = "select"
	EffectImply  EffectReason = "imply"
	// EffectFile is a value of the file that counts now and did not before.
	EffectFile EffectReason = "file"
	// EffectDefault is a default.
	EffectDefault EffectReason = "default"
	// EffectDropped is a symbol that lost its value: its dependencies are not
	// met any more.
	EffectDropped EffectReason = "dropped"
	// EffectVisibility is a symbol of which only the prompt or the line in the
	// file comes or goes, or may.
	EffectVisibility EffectReason = "visibility"
	// EffectUnknown is a symbol whose value is not known now.
	EffectUnknown EffectReason = "unknown"
)

// Ineffective is a change that came to nothing, or to something else than was
// asked for.
type Ineffective struct {
	// Index is the change's place among those that were asked for.
	Index  int
	Change ConfigChange
	Reason IneffectiveReason
	// Text explains the reason to people.
	Text string
}

// IneffectiveReason says why a change came to nothing.
type IneffectiveReason string

// The reasons of changes that came to nothing.
const (
	// NoSymbol names a symbol that the tree does not define, or nothing that can
	// be set.
	NoSymbol IneffectiveReason = "no-symbol"
	// BadValue is a value that the symbol's type does not have.
	BadValue IneffectiveReason = "bad-value"
	// SameValue is the value that the symbol has anyway.
	SameValue IneffectiveReason = "same"
	// NotVisible is a symbol whose dependencies are not met.
	NotVisible IneffectiveReason = "not-visible"
	// Selected is a symbol that something selects.
	Selected IneffectiveReason = "selected"
	// Limited is a value beyond what the dependencies, the modules or the range
	// allow.
	Limited IneffectiveReason = "limited"
	// Superseded is a change that a later one undoes.
	Superseded IneffectiveReason = "superseded"
	// ByChoice is a member of a choice of which another one is chosen.
	ByChoice IneffectiveReason = "choice"
	// NotKnown is a change of which it is not known what it comes to.
	NotKnown IneffectiveReason = "unknown"
)

// Preview returns what follows if a user makes changes to a configuration, one
// after the other. Nothing is written.
func Preview(s *Snapshot, of Configuration, changes []ConfigChange) (Consequences, error) {
	c, err := s.configured(of)
	if err != nil {
		return Consequences{}, err
	}
	p := newPreview(c, changes)
	p.judge(changes)
	p.effects()
	p.write()
	return p.result, nil
}

// preview is a configuration that is being changed. Both evaluations belong to
// it alone.
type preview struct {
	configured
	before, after *config.Evaluation
	result        Consequences
	touched       map[expr.Atom]bool
	asked         map[expr.Atom]int // which change was the last of each symbol
}

// newPreview makes changes to a copy of a configuration's values.
func newPreview(c configured, changes []ConfigChange) *preview {
	c.mu.Lock()
	e := c.evaluation.Clone()
	c.mu.Unlock()
	p := &preview{
		configured: c, before: e, after: e.Clone(), result: Consequences{Arch: c.arch, Path: c.path, Exists: c.exists, Before: c.text},
		touched: map[expr.Atom]bool{}, asked: map[expr.Atom]int{},
	}
	for i, change := range changes {
		p.change(i, change)
	}
	return p
}

func (p *preview) ineffective(i int, change ConfigChange, reason IneffectiveReason, text string) {
	p.result.Ineffective = append(p.result.Ineffective, Ineffective{i, change, reason, text})
}

// change makes one change.
func (p *preview) change(i int, change ConfigChange) {
	a, ok := p.model.Lookup(change.Symbol)
	if !ok || !p.model.Symbols[a].Defined || p.model.Symbols[a].Kind != model.Plain {
		p.ineffective(i, change, NoSymbol, "no symbol of this name can be set")
		return
	}
	var touched []expr.Atom
	if change.Unset {
		touched = p.after.Unset(a)
	} else {
		var err error
		if touched, err = p.after.Set(a, change.Value); err != nil {
			p.ineffective(i, change, BadValue, err.Error())
			return
		}
	}
	p.asked[a] = i
	for _, t := range touched {
		p.touched[t] = true
	}
}

// judge finds the changes that came to nothing.
func (p *preview) judge(changes []ConfigChange) {
	refused := map[int]bool{}
	for _, r := range p.result.Ineffective {
		refused[r.Index] = true
	}
	for i, change := range changes {
		a, ok := p.model.Lookup(change.Symbol)
		if !ok || refused[i] {
			continue
		}
		if p.asked[a] != i {
			p.ineffective(i, change, Superseded, "a later change is about the same symbol")
		} else if reason, text := p.outcome(a, change); reason != "" {
			p.ineffective(i, change, reason, text)
		}
	}
	slices.SortFunc(p.result.Ineffective, func(a, b Ineffective) int { return a.Index - b.Index })
}

// outcome says why a change came to nothing, "" if it did come to something.
func (p *preview) outcome(a expr.Atom, change ConfigChange) (IneffectiveReason, string) {
	s, st, before := &p.model.Symbols[a], p.after.State(a), p.before.State(a)
	same := st.Known && before.Known && st.Text == before.Text
	switch {
	case change.Unset && !p.before.User().Value(a).Set:
		return SameValue, "it has no value of its own"
	case change.Unset && same:
		return SameValue, "the value without a user's is the same"
	case change.Unset:
		return "", ""
	case !st.Known:
		return NotKnown, "not known: " + namesOf(causesOf(p.model, st.Causes), "; ")
	case st.Text == change.Value && same:
		return SameValue, "it has this value anyway"
	case st.Text == change.Value:
		return "", ""
	case st.Visible == expr.N:
		return NotVisible, p.hidden(a)
	case s.Choice != model.NoNode && s.Type.IsLogical() && st.Value == expr.Y:
		return ByChoice, "one member of the choice has to be y"
	case s.Choice != model.NoNode && s.Type.IsLogical():
		return ByChoice, "another member of the choice is chosen"
	case change.Value == "m" && !modulesCan(p.after):
		return Limited, "there are no modules: m is y"
	case !s.Type.IsLogical():
		if low, high, ok := p.after.Range(a); ok {
			return Limited, "the range is " + low + " to " + high
		}
		return Limited, "the value counts as " + st.Text
	case st.Reverse.Can(expr.M|expr.Y) && st.Value > expr.ParseTristate(change.Value):
		return Selected, "selected by " + namesOf(selectors(p.after, a), ", ")
	}
	return Limited, "no more than " + greatest(st.Visible).String() + " is possible"
}

// hidden says why no prompt of a symbol is visible.
func (p *preview) hidden(a expr.Atom) string {
	for _, id := range p.model.Symbols[a].Nodes {
		if n := &p.model.Nodes[id]; n.HasPrompt {
			return hiddenBy(p.after, n.Visible)
		}
	}
	return "it has no prompt"
}

// effects finds the symbols that changed.
func (p *preview) effects() {
	for a := range p.touched {
		s := &p.model.Symbols[a]
		if s.Kind != model.Plain {
			continue // choices change with their members
		}
		e := Effect{Symbol: s.Name, Old: stateOf(p.before, a), New: stateOf(p.after, a)}
		if !e.Old.same(e.New) {
			e.Reason = p.reason(a, e.Old, e.New)
			p.result.Effects = append(p.result.Effects, e)
		}
	}
	slices.SortFunc(p.result.Effects, func(a, b Effect) int { return strings.Compare(a.Symbol, b.Symbol) })
}

func stateOf(e *config.Evaluation, a expr.Atom) SymbolState {
	st := e.State(a)
	return SymbolState{valueOf(e, a), st.Visible, st.Written, st.MaybeWritten}
}

// reason says why a symbol changed.
func (p *preview) reason(a expr.Atom, before, after SymbolState) EffectReason {
	switch {
	case p.counts(a):
		return EffectSet
	case before.Value.Text == after.Value.Text && before.Value.Known == after.Value.Known:
		return EffectVisibility
	case !after.Value.Known:
		return EffectUnknown
	case !after.MaybeWritten:
		return EffectDropped
	}
	return origin(p.after, a)
}

// counts reports whether a symbol was asked to change and what was asked for has
// to do with its value.
func (p *preview) counts(a expr.Atom) bool {
	i, asked := p.asked[a]
	if !asked {
		return false
	}
	for _, r := range p.result.Ineffective {
		if r.Index == i {
			return r.Reason == Limited || r.Reason == NotKnown
		}
	}
	return true
}

// origin says where the value of a symbol comes from that is known and part of
// the file.
func origin(e *config.Evaluation, a expr.Atom) EffectReason {
	s, st := &e.Model.Symbols[a], e.State(a)
	user := e.User().Value(a)
	if !s.Type.IsLogical() {
		if user.Set && st.Visible != expr.N {
			return EffectFile
		}
		return EffectDefault
	}
	if s.Choice != model.NoNode {
		return EffectChoice
	}
	own, value := EffectDefault, defaultOf(e, s)
	if user.Set && st.Visible != expr.N {
		own, value = EffectFile, user.Tristate.And(st.Visible)
	}
	switch {
	case st.Value <= greatest(value) || st.Value == expr.N:
		return own
	case greatest(st.Reverse) == st.Value, s.Type == model.Bool && st.Reverse.Can(expr.M|expr.Y):
		return EffectSelect
	case st.Implied.Can(expr.M | expr.Y):
		return EffectImply
	}
	return own
}

// defaultOf returns what the defaults of a bool or tristate symbol come to.
func defaultOf(e *config.Evaluation, s *model.Symbol) expr.Tristate {
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind != model.Default && p.Kind != model.Env {
			continue
		}
		if condition, _ := e.Tristate(p.Condition); condition != expr.N {
			value, _ := e.Tristate(p.Value)
			return value.And(condition)
		}
	}
	return expr.N
}

// write makes the text that the file is to become. Where it is not known what
// belongs there it has what the user has set, and else nothing: that must not be
// lost because a tool was not asked, nor something be made up.
func (p *preview) write() {
	prefix := config.Prefix(p.root.Dialect)
	text := p.after.Write(prefix)
	written := config.Parse(text, prefix)
	var out strings.Builder
	end := 0 // what is in out already
	lines := linesByName(p.file)
	for _, l := range written.Lines {
		if l.Kind != config.Assign && l.Kind != config.Unset {
			continue
		}
		name := written.Name(l)
		a, ok := p.model.Lookup(name)
		if !ok {
			continue // a comment that looks like a line
		}
		if st := p.after.State(a); st.Known && (st.Written || !st.MaybeWritten) {
			continue
		}
		p.result.Unknown = append(p.result.Unknown, name)
		line := p.userLine(a, prefix, lines[name])
		out.WriteString(text[end:l.Start])
		out.WriteString(line)
		if end = int(l.End); line == "" {
			end = min(end+1, len(text)) // with its line end
		}
	}
	out.WriteString(text[end:])
	p.result.After = out.String()
	slices.Sort(p.result.Unknown)
	p.result.Unknown = slices.Compact(p.result.Unknown)
}

// userLine returns the line of a configuration file that says what the user has
// set a symbol to, "" if that is nothing. The line that the file has stays if it
// says the same.
func (p *preview) userLine(a expr.Atom, prefix, line string) string {
	s, before, after := &p.model.Symbols[a], p.before.User().Value(a), p.after.User().Value(a)
	switch {
	case !after.Set:
		return ""
	case before.Set && before.Tristate == after.Tristate && before.Text == after.Text:
		return line
	case s.Type.IsLogical() && after.Tristate == expr.N:
		return "# " + prefix + s.Name + " is not set"
	case s.Type.IsLogical():
		return prefix + s.Name + "=" + after.Tristate.String()
	case s.Type == model.String:
		return prefix + s.Name + "=" + p.after.Rules.Quote(after.Text)
	}
	return prefix + s.Name + "=" + after.Text
}

// linesByName returns the lines of a configuration file by the symbol that they
// set: of several the last one, which counts.
func linesByName(f *config.File) map[string]string {
	lines := map[string]string{}
	if f == nil {
		return lines
	}
	for _, l := range f.Lines {
		if l.Kind == config.Assign || l.Kind == config.Unset {
			lines[f.Name(l)] = f.Text[l.Start:l.End]
		}
	}
	return lines
}
