package config

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// UserValue is what a user, or a configuration file, says of a symbol.
type UserValue struct {
	// Set tells that there is a value.
	Set bool
	// Tristate is the value of a bool or tristate symbol.
	Tristate expr.Tristate
	// Text is the value of any other symbol.
	Text string
	// Line is the index of the line of the file that it comes from, -1 if it
	// comes from none.
	Line int32
	// Order tells which of several values was set last: the highest.
	Order int32
	// chosen is the member that was set to y last, for a choice up to 6.11; 0 if
	// none was.
	chosen expr.Atom
}

// User is the values that a user has set, by atom.
type User struct {
	values []UserValue
	count  int32 // the last Order
}

// NewUser returns no values for a model.
func NewUser(m *model.Model) *User {
	return &User{values: make([]UserValue, len(m.Symbols))}
}

// Clone returns a copy.
func (u *User) Clone() *User {
	return &User{append([]UserValue(nil), u.values...), u.count}
}

// Forget takes the value of a symbol away.
func (u *User) Forget(a expr.Atom) { u.values[a] = UserValue{Line: -1} }

// Value returns what the user says of a symbol.
func (u *User) Value(a expr.Atom) UserValue { return u.values[a] }

// Chosen returns the member of a choice that was set to y last, up to Linux 6.11. It
// reports false if none was.
func (u *User) Chosen(choice expr.Atom) (expr.Atom, bool) {
	chosen := u.values[choice].chosen
	return chosen, chosen != 0
}

// IssueKind says what is wrong with a line of a configuration file.
type IssueKind uint8

// The kinds of issues.
const (
	// UnknownSymbol names a symbol that the tree does not have.
	UnknownSymbol IssueKind = iota + 1
	// InvalidValue is a value that the symbol's type does not have.
	InvalidValue
	// UnterminatedText is a text without its closing quote.
	UnterminatedText
	// Reassigned is a symbol that a line above sets as well.
	Reassigned
	// UnexpectedData is a malformed line.
	UnexpectedData
	// InconsistentChoice is a member of a tristate choice that is m while
	// another one is y (up to Linux 6.11).
	InconsistentChoice
)

// Issue is a line that conf warns about or skips.
type Issue struct {
	Kind IssueKind
	// Line is its index.
	Line int
	// Symbol is the symbol, NoAtom if there is none.
	Symbol expr.Atom
	// Other is the index of the line above that sets the symbol, for Reassigned.
	Other int
}

// Read returns the user values that a configuration file gives, and the lines
// that conf warns about. As conf_read_simple in scripts/kconfig/confdata.c.
func Read(m *model.Model, f *File, r Rules) (*User, []Issue) {
	return ReadOver(m, nil, f, r)
}

// ReadOver is Read for a file that is put on top of another one, nil for none,
// as scripts/kconfig/merge_config.sh does. Values and issues tell lines of the
// upper file only.
func ReadOver(m *model.Model, under, f *File, r Rules) (*User, []Issue) {
	d := fileReader{m: m, rules: r, user: NewUser(m)}
	if m.OldChoices() {
		d.choices()
	}
	if under != nil {
		d.read(under)
		for a := range d.user.values {
			d.user.values[a].Line = -1
		}
		d.issues = nil
	}
	d.read(f)
	return d.user, d.issues
}

func (d *fileReader) read(f *File) {
	d.file = f
	for i, l := range f.Lines {
		d.line(i, l)
	}
}

type fileReader struct {
	m      *model.Model
	file   *File
	rules  Rules
	user   *User
	issues []Issue
}

// choices marks all choices as set: up to Linux 6.11 that is so for any file
// that is read.
func (d *fileReader) choices() {
	for i := range d.m.Symbols {
		if d.m.Symbols[i].Kind == model.Choice {
			d.user.values[i] = UserValue{Set: true, Tristate: expr.N, Line: -1}
		}
	}
}

func (d *fileReader) issue(kind IssueKind, line int, symbol expr.Atom, other int) {
	d.issues = append(d.issues, Issue{kind, line, symbol, other})
}

func (d *fileReader) line(i int, l Line) {
	name, value := d.file.Name(l), d.file.Value(l)
	switch l.Kind {
	case Malformed:
		d.issue(UnexpectedData, i, model.NoAtom, 0)
		return
	case Comment:
		var ok bool
		if name, ok = d.looseUnset(l); !ok {
			return
		}
		value = "n"
	case Blank:
		return
	case Assign:
		if d.rules.KeepsReturns && strings.HasPrefix(d.file.Text[l.End:], "\r") {
			value += "\r"
		}
	}
	a, ok := d.m.Lookup(name)
	if !ok {
		d.issue(UnknownSymbol, i, model.NoAtom, 0)
		return
	}
	if a <= model.AtomYes {
		return // conf takes values for these, but they stay what they are
	}
	s := &d.m.Symbols[a]
	if !s.Defined {
		d.issue(UnknownSymbol, i, a, 0)
	}
	old := d.user.values[a]
	if old.Set && old.Line >= 0 && s.Kind != model.Choice {
		d.issue(Reassigned, i, a, int(old.Line))
	}
	if old.Set && d.rules.FirstCounts {
		if s.ChoiceValue {
			d.member(i, a, old.Tristate)
		}
		return
	}
	v, problem := d.rules.parseValue(s.Type, value)
	if problem != 0 {
		d.issue(problem, i, a, 0)
		if problem == InvalidValue || problem == UnterminatedText {
			return
		}
	}
	d.user.count++
	switch {
	case s.Type == model.UnknownType:
		v = old
	case !v.Set: // a text without quotes: the line counts for nothing but order
		v = old
		v.Order = d.user.count
	default:
		v.Line, v.Order = int32(i), d.user.count
	}
	d.user.values[a] = v
	if d.m.OldChoices() && s.ChoiceValue {
		d.member(i, a, v.Tristate)
	}
}

// looseUnset returns the symbol that a comment sets to n in versions that look
// at its beginning only.
func (d *fileReader) looseUnset(l Line) (string, bool) {
	if !d.rules.LooseUnset {
		return "", false
	}
	text := d.file.Text[l.Start:l.End]
	if d.rules.LooseMark && len(text) > 1 {
		text = "# " + text[2:]
	}
	rest, ok := strings.CutPrefix(text, "# "+d.file.Prefix)
	if !ok {
		return "", false
	}
	name, words, ok := strings.Cut(rest, " ")
	return name, ok && strings.HasPrefix(words, "is not set")
}

// member notes what a member's value says of its choice, up to Linux 6.11.
func (d *fileReader) member(line int, a expr.Atom, t expr.Tristate) {
	choice := d.m.Nodes[d.m.Symbols[a].Choice].Symbol
	c := &d.user.values[choice]
	switch t {
	case expr.M:
		if c.Tristate == expr.Y {
			d.issue(InconsistentChoice, line, a, 0)
			c.Set = false
		}
	case expr.Y:
		if d.rules.FirstCounts && c.Tristate != expr.N {
			d.issue(InconsistentChoice, line, a, 0)
			c.Set = false
		} else {
			c.chosen = a
		}
	}
	if t != 0 {
		c.Tristate = max(c.Tristate, t)
	}
}

// ParseValue reads the value of a line for a symbol of a type, as Read does. The
// kind of issue is 0 if conf takes the line, if only to ignore it.
func (r Rules) ParseValue(t model.Type, text string) (UserValue, IssueKind) {
	return r.parseValue(t, text)
}

// parseValue reads the value of a line for a symbol of a type. As
// conf_set_sym_val in scripts/kconfig/confdata.c.
func (r Rules) parseValue(t model.Type, text string) (v UserValue, problem IssueKind) {
	v = UserValue{Line: -1}
	switch t {
	case model.Bool, model.Tristate:
		first := byte(0)
		if text != "" {
			first = text[0]
		}
		switch {
		case first == 'm' && t == model.Tristate:
			v.Tristate = expr.M
		case first == 'y':
			v.Tristate = expr.Y
		case first == 'n':
			v.Tristate = expr.N
		default:
			return v, InvalidValue
		}
		v.Set = true
	case model.String:
		if text == "" || text[0] != '"' {
			return v, 0
		}
		unquoted, ok := r.unquote(text[1:])
		if !ok {
			return v, UnterminatedText
		}
		v.Text, v.Set = unquoted, true
	case model.Int, model.Hex:
		if !ValidText(t, text) {
			return v, InvalidValue
		}
		v.Text, v.Set = text, true
	}
	return v, 0
}

// unquote reads a text behind its opening quote, up to the closing one. A
// backslash stands for the character behind it.
func (r Rules) unquote(text string) (string, bool) {
	if r.RawTexts {
		return strings.TrimSuffix(text, `"`), text == "" || text[len(text)-1] == '"'
	}
	if i := strings.IndexAny(text, `"\`); i >= 0 && text[i] == '"' {
		return text[:i], true
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			return b.String(), true
		case '\\':
			if i++; i < len(text) {
				b.WriteByte(text[i])
			}
		default:
			b.WriteByte(text[i])
		}
	}
	return "", false
}

// Quote returns a text in quotes, as conf writes those of string symbols.
func Quote(text string) string {
	return `"` + strings.NewReplacer(`"`, `\"`, `\`, `\\`).Replace(text) + `"`
}

// Quote returns a text in quotes, as a conf with these rules writes it.
func (r Rules) Quote(text string) string {
	if r.RawTexts {
		return `"` + text + `"`
	}
	return Quote(text)
}

// Prefix returns what the names of symbols begin with in the configuration
// files of a project.
func Prefix(d parser.Dialect) string {
	if d.Name == "buildroot" {
		return "" // its symbols all begin with BR2_
	}
	return "CONFIG_"
}
