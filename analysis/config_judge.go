package analysis

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// verdict says what becomes of a line of a configuration.
type verdict uint8

const (
	// lineStands: it has its effect, or there is nothing to say for sure.
	lineStands verdict = iota
	// lineMalformed, lineUnknown, lineInvalid and lineInvalidText set nothing:
	// they are no assignment, name no symbol, or have no value of its type.
	lineMalformed
	lineUnknown
	lineInvalid
	lineInvalidText
	// lineOverridden: another line sets the symbol again.
	lineOverridden
	// lineConflict: another line chooses another member of the choice.
	lineConflict
	// lineForced: a select makes the value greater.
	lineForced
	// lineOutOfRange: the number is limited.
	lineOutOfRange
	// lineNotSettable: the symbol has no prompt.
	lineNotSettable
	// lineDropped: the symbol has another value for any other reason.
	lineDropped
	// lineDefault: a defconfig needs no such line.
	lineDefault
	// lineOpen: whether it has its effect hangs on tools that were not asked.
	lineOpen
)

// judged is a line with what becomes of it.
type judged struct {
	verdict verdict
	// atom is the symbol in the model, NoAtom if there is none.
	atom expr.Atom
	// other is the line that lineOverridden and lineConflict are about.
	other int32
	// differs tells that the symbol has another value than the line says.
	differs bool
}

// judgeText says of each line what its text alone tells, and with types also
// whether its value is one of the symbol's type.
func (c configScope) judgeText(types bool) []judged {
	lines := make([]judged, len(c.conf.Lines))
	last := map[string]int{}
	for i, l := range c.conf.Lines {
		lines[i].atom = model.NoAtom
		switch {
		case l.Kind == config.Malformed:
			lines[i].verdict = lineMalformed
		case l.Kind != config.Assign && l.Kind != config.Unset:
		case c.unterminated(l):
			lines[i].verdict = lineInvalidText
		case types && c.invalidForType(l):
			lines[i].verdict = lineInvalid
		default:
			name := c.conf.Name(l)
			if before, ok := last[name]; ok {
				lines[before].verdict, lines[before].other = lineOverridden, int32(i)
			}
			last[name] = i
		}
	}
	if strange := len(last) == 0 && c.kind == configFragment; strange || c.lenient() {
		c.forgiveMalformed(lines, strange)
	}
	return lines
}

// invalidForType reports whether a line has a value that its symbol's type does
// not have. Of numbers it says nothing: Kconfiglib takes others than conf.
func (c configScope) invalidForType(l config.Line) bool {
	t := c.typeOf(c.conf.Name(l))
	if t != model.Bool && t != model.Tristate {
		return false
	}
	_, problem := c.root.ConfigRules().ParseValue(t, c.conf.Value(l))
	return problem == config.InvalidValue
}

// typeOf returns the type that the view gives a symbol, as far as its files
// tell without a model.
func (c configScope) typeOf(name string) model.Type {
	id, ok := c.root.Sources.Lookup(name)
	if !ok {
		return model.UnknownType
	}
	keyword, _, _, _ := c.view.TypeOf(c.root.Sources, id)
	return modelType(keyword)
}

// modelType returns the type that a keyword gives a symbol.
func modelType(keyword parser.TokenKind) model.Type {
	for _, t := range []model.Type{model.Bool, model.Tristate, model.Int, model.Hex, model.String} {
		if menu.TypeName(keyword) == t.String() {
			return t
		}
	}
	return model.UnknownType
}

// unterminated reports whether a line begins a text in quotes and does not end
// it.
func (c configScope) unterminated(l config.Line) bool {
	value := c.conf.Value(l)
	if !strings.HasPrefix(value, `"`) {
		return false
	}
	_, problem := config.Rules{}.ParseValue(model.String, value)
	return problem == config.UnterminatedText
}

// lenient reports whether the file may be read by Kconfiglib, which minds blanks
// less than conf does: that is so in projects that use it, and outside of trees.
func (c configScope) lenient() bool {
	if c.root == nil {
		return true
	}
	switch c.root.Dialect.Name {
	case "zephyr", "esp-idf", "nuttx", "generic":
		return true
	}
	return false
}

// forgiveMalformed takes back what only conf finds malformed. In a file that is
// named like a fragment and sets nothing it is everything: many other things are
// named X.config.
func (c configScope) forgiveMalformed(lines []judged, strange bool) {
	for i, l := range c.conf.Lines {
		if lines[i].verdict != lineMalformed {
			continue
		}
		text := strings.TrimSpace(c.conf.Text[l.Start:l.End])
		if strange || text == "" || text[0] == '#' || c.root == nil && strings.HasPrefix(text, "BR2_") {
			lines[i].verdict = lineStands
		}
	}
}

// judge is what becomes of the lines of a configuration with the values of its
// tree.
type judge struct {
	configScope
	m     *model.Model
	e     *config.Evaluation
	lines []judged
	// sure tells that the values are those that the configuration will give, and
	// not only those that it gives on top of one that nobody knows.
	sure bool
}

// values says of each line what becomes of it.
func (j *judge) values() {
	for i, l := range j.conf.Lines {
		if l.Kind == config.Assign || l.Kind == config.Unset {
			j.read(i, l)
		}
	}
	for i := range j.lines {
		line := &j.lines[i]
		if line.atom == model.NoAtom || line.verdict != lineStands {
			continue
		}
		switch user := j.e.User().Value(line.atom); user.Line {
		case int32(i):
			j.value(line)
		case -1: // a question that older versions ask has taken its place
		default:
			line.verdict, line.other = lineOverridden, user.Line
		}
	}
}

// read says whether a line sets a symbol at all.
func (j *judge) read(i int, l config.Line) {
	line := &j.lines[i]
	line.verdict, line.differs = lineStands, false
	a, ok := j.m.Lookup(j.conf.Name(l))
	switch {
	case !ok || !j.m.Symbols[a].Defined:
		line.verdict = lineUnknown
		return
	case a <= model.AtomYes || j.m.Symbols[a].Kind != model.Plain || j.m.Symbols[a].Type == model.UnknownType:
		return // conf takes it for nothing
	}
	value, problem := j.e.Rules.ParseValue(j.m.Symbols[a].Type, j.conf.Value(l))
	switch {
	case problem == config.UnterminatedText, problem == 0 && !value.Set:
		line.verdict = lineInvalidText
	case problem != 0:
		line.verdict = lineInvalid
	}
	line.atom = a
}

// value says whether a symbol has the value that its line gives it.
func (j *judge) value(line *judged) {
	user, state := j.e.User().Value(line.atom), j.e.State(line.atom)
	possible, known := false, state.Known
	if j.m.Symbols[line.atom].Type.IsLogical() {
		possible = state.Value.Can(user.Tristate)
	} else {
		possible = state.MaybeWritten && (!known || state.Text == user.Text)
		known = known && state.Written == state.MaybeWritten
	}
	line.differs = !possible
	switch {
	case !j.sure:
		j.doubtful(line, user)
	case !possible:
		line.verdict = j.lost(line, user, state)
	case !known:
		line.verdict = lineOpen
	case !j.hasPrompt(line.atom):
		if j.kind != configFull {
			line.verdict = lineNotSettable
		}
	case j.kind == configDefault && j.e.IsDefault(line.atom):
		line.verdict = lineDefault
	}
}

// checkDefaults takes back what is said of lines that a defconfig does not need
// where their symbols have other values without all of those lines: conf leaves
// out some that it should not.
func (j *judge) checkDefaults() {
	user := j.e.User().Clone()
	some := false
	for i := range j.lines {
		if j.lines[i].verdict == lineDefault {
			user.Forget(j.lines[i].atom)
			some = true
		}
	}
	if !some {
		return
	}
	without := config.Evaluate(j.m, user, j.e.Rules)
	for i := range j.lines {
		line := &j.lines[i]
		if line.verdict != lineDefault {
			continue
		}
		with, _ := j.e.Value(line.atom)
		if value, known := without.Value(line.atom); !known || value != with {
			line.verdict = lineStands
		}
	}
}

// doubtful says what is wrong with a line whatever it is put on top of.
func (j *judge) doubtful(line *judged, user config.UserValue) {
	line.differs = false
	if !j.hasPrompt(line.atom) {
		if !j.promptElsewhere(line.atom) {
			line.verdict = lineNotSettable
		}
		return
	}
	if other := j.rival(line.atom, user, false); other >= 0 && other > user.Line {
		line.verdict, line.other = lineConflict, other
	}
}

// lost says why a symbol has another value than its line gives it.
func (j *judge) lost(line *judged, user config.UserValue, state config.State) verdict {
	s := &j.m.Symbols[line.atom]
	if other := j.rival(line.atom, user, true); other >= 0 {
		line.other = other
		return lineConflict
	}
	switch {
	case !j.hasPrompt(line.atom):
		return lineNotSettable
	case s.Type.IsLogical() && lowest(state.Value) > user.Tristate && lowest(state.Reverse) > user.Tristate:
		return lineForced
	case !s.Type.IsLogical() && state.Visible != expr.N && state.MaybeWritten && !j.e.InRange(line.atom, user.Text):
		return lineOutOfRange
	}
	return lineDropped
}

// rival returns the line that chooses another member of the choice that a line
// chooses one of, -1 if there is none. If counts is set, that other member must
// be the one that is chosen.
func (j *judge) rival(a expr.Atom, user config.UserValue, counts bool) int32 {
	choice := j.m.Symbols[a].Choice
	if choice == model.NoNode || user.Tristate != expr.Y {
		return -1
	}
	best := int32(-1)
	for _, member := range j.m.Nodes[choice].Members {
		other := j.e.User().Value(member)
		if member == a || !other.Set || other.Tristate != expr.Y || other.Line < 0 {
			continue
		}
		if !counts || j.e.State(member).Value == expr.Y {
			best = max(best, other.Line)
		}
	}
	return best
}

// lowest returns the smallest value of a set.
func lowest(t expr.Tristate) expr.Tristate { return t & -t }

// hasPrompt reports whether a user could ever set a symbol.
func (j *judge) hasPrompt(a expr.Atom) bool {
	return promptEntry(j.m, a) != model.NoNode || j.m.Symbols[a].Transitional
}

// promptElsewhere reports whether a symbol has a prompt for another architecture,
// and the configuration may be for that one.
func (j *judge) promptElsewhere(a expr.Atom) bool {
	if archOf(relativeTo(j.root.Dir, j.path)) != "" {
		return false
	}
	id, ok := j.root.Sources.Lookup(j.m.Symbols[a].Name)
	if !ok {
		return false
	}
	_, outside := j.entriesOf(id)
	return slices.ContainsFunc(outside, func(e menu.Entry) bool {
		_, _, ok := e.Prompt()
		return ok
	})
}

// promptEntry returns the first entry of a symbol with a prompt, NoNode if there is
// none.
func promptEntry(m *model.Model, a expr.Atom) model.NodeID {
	for _, id := range m.Symbols[a].Nodes {
		if m.Nodes[id].HasPrompt {
			return id
		}
	}
	return model.NoNode
}
