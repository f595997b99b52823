package analysis

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// diagnoseConfig returns what is wrong with a configuration, sorted by place:
// what the text alone tells, and with thorough also what the values of the tree
// do.
func (c configScope) diagnoseConfig(thorough bool) []Diagnostic {
	b := &configLinter{configScope: c}
	if thorough {
		b.judgement = c.judgement()
	}
	lines := c.judgeText(thorough && c.root != nil && b.judgement == nil)
	if b.judgement != nil {
		lines = b.judgement.lines
		var done func()
		b.values, done = c.values(b.judgement)
		defer done()
	}
	var found []Diagnostic
	for i := range lines {
		if d, ok := b.deprecated(b.conf.Lines[i]); ok {
			found = append(found, d)
			continue
		}
		if d, ok := b.diagnostic(i, lines[i]); ok {
			found = append(found, d)
		}
	}
	found = append(found, b.forbidden()...)
	if b.judgement != nil {
		found = append(found, b.closedLines(lines)...)
	}
	if len(found) > 0 {
		slices.SortStableFunc(found, func(x, y Diagnostic) int { return x.Start - y.Start })
	}
	return found
}

// configLinter words what is wrong with the lines of a configuration.
type configLinter struct {
	configScope
	judgement *judgement // nil if there are no values
	values    *Values
}

// diagnostic returns what there is to say about a line.
func (b *configLinter) diagnostic(i int, line judged) (Diagnostic, bool) {
	l := b.conf.Lines[i]
	d := Diagnostic{
		Location: Location{b.path, int(l.Start), int(l.End)},
		Severity: check.Warning, Symbol: b.conf.Name(l),
	}
	switch line.verdict {
	case lineMalformed:
		d.Code, d.Message = check.CodeConfigMalformed, b.malformed(l)
	case lineUnknown:
		if d.Message = b.unknown(l); d.Message == "" {
			return Diagnostic{}, false
		}
		d.Code, d.Location = check.CodeConfigUnknownSymbol, b.nameAt(l)
	case lineInvalid:
		d.Code, d.Location = check.CodeConfigInvalidValue, b.valueAt(l)
		t := b.typeOf(b.conf.Name(l))
		if b.judgement != nil {
			t = b.symbol(line).Type
		}
		d.Message = b.invalid(l, t)
	case lineInvalidText:
		d.Code, d.Location = check.CodeConfigInvalidText, b.valueAt(l)
		d.Message = b.invalidText(l)
	case lineOverridden:
		d.Code, d.Unnecessary = check.CodeConfigAssignedTwice, true
		d.Message = b.own(l) + " is set again in line " + strconv.Itoa(int(line.other)+1) + ", and the last line counts: remove one of the two"
		d.Related = b.related(line.other, "this line counts")
	case lineConflict:
		d.Code = check.CodeConfigChoice
		d.Message = b.conflict(l, line)
		d.Related = b.related(line.other, "the other member is chosen here")
	case lineDefault:
		d.Code, d.Severity, d.Unnecessary = check.CodeConfigDefault, check.Hint, true
		d.Message = b.own(l) + " is " + b.value(line) + " without this line as well: savedefconfig leaves it out"
	case lineForced, lineOutOfRange, lineNotSettable, lineDropped:
		b.lost(&d, l, line)
	default:
		return Diagnostic{}, false
	}
	return d, true
}

// own returns the symbol of a line as it is written, in quotes.
func (b *configLinter) own(l config.Line) string {
	return inQuotes(b.conf.Prefix + b.conf.Name(l))
}

func (b *configLinter) symbol(line judged) *model.Symbol {
	return &b.judgement.model.model.Symbols[line.atom]
}

// valueAt returns the bytes of a line's value.
func (c configScope) valueAt(l config.Line) Location {
	if l.Kind == config.Unset || l.ValueStart == l.End {
		return Location{c.path, int(l.Start), int(l.End)}
	}
	return Location{c.path, int(l.ValueStart), int(l.End)}
}

// related returns another line as a place that explains a diagnostic.
func (b *configLinter) related(line int32, message string) []RelatedLocation {
	if line < 0 || int(line) >= len(b.conf.Lines) {
		return nil
	}
	l := b.conf.Lines[line]
	return []RelatedLocation{{Location{b.path, int(l.Start), int(l.End)}, message}}
}

func (b *configLinter) malformed(l config.Line) string {
	text := b.conf.Text[l.Start:l.End]
	trimmed := strings.TrimSpace(text)
	example := inQuotes(b.conf.Prefix+"NAME=value") + ", " + inQuotes("# "+b.conf.Prefix+"NAME is not set") + " or a comment"
	switch {
	case trimmed == "":
		return "this line has blanks only, which is no line of a configuration: make it empty"
	case trimmed != text && (trimmed[0] == '#' || strings.HasPrefix(trimmed, b.conf.Prefix)):
		return inQuotes(shorten(trimmed, maxQuoted)) + " does not begin its line, so the line is ignored: remove the blanks before it"
	case strings.HasPrefix(text, b.conf.Prefix) && b.conf.Prefix != "":
		return inQuotes(shorten(trimmed, maxQuoted)) + " has no `=` behind the name, so the line is ignored: write " + example
	}
	if name, _, ok := strings.Cut(trimmed, "="); ok && b.root != nil {
		if id, known := b.root.Sources.Lookup(strings.TrimSpace(name)); known && len(b.root.Sources.DefinedIn(id)) > 0 {
			return inQuotes(strings.TrimSpace(name)) + " lacks " + inQuotes(b.conf.Prefix) + " before its name, so the line is ignored"
		}
	}
	return inQuotes(shorten(trimmed, maxQuoted)) + " sets nothing, so the line is ignored: write " + example
}

// maxQuoted is how many bytes of a line a message shows.
const maxQuoted = 80

// unknown says that a symbol is not defined, "" where that is not sure.
func (b *configLinter) unknown(l config.Line) string {
	if !b.root.Complete {
		return ""
	}
	name := b.conf.Name(l)
	if bare := strings.TrimRight(name, " \t"); bare != name {
		return b.own(l) + " has blanks before its `=`, so the line is ignored: remove them"
	}
	id, ok := b.root.Sources.Lookup(name)
	if ok && len(b.root.Sources.DefinedIn(id)) > 0 {
		if b.kind == configFragment && archOf(relativeTo(b.root.Dir, b.path)) == "" {
			return "" // it may be for many architectures
		}
		_, where, _ := strings.Cut(b.values.notDefined(name), " ")
		return b.own(l) + " " + where + ": this line does nothing"
	}
	message := b.own(l) + " is defined in no Kconfig file of the tree, so this line does nothing"
	if bare, ok := strings.CutPrefix(name, b.conf.Prefix); ok && b.conf.Prefix != "" && b.defines(bare) {
		return message + ": did you mean " + inQuotes(bare) + "?"
	}
	if near, ok := b.root.Sources.Nearest(name); ok {
		return message + ": did you mean " + inQuotes(b.conf.Prefix+near) + "?"
	}
	return message + ": remove it"
}

func (b *configLinter) defines(name string) bool {
	id, ok := b.root.Sources.Lookup(name)
	return ok && len(b.root.Sources.DefinedIn(id)) > 0
}

// invalid says that a value is none of the symbol's type.
func (b *configLinter) invalid(l config.Line, t model.Type) string {
	message := b.own(l) + " is " + article(t) + ": " + inQuotes(shorten(b.conf.Value(l), maxQuoted)) + " is no value for it, so this line does nothing"
	if b.conf.Value(l) == "" {
		message = b.own(l) + " is " + article(t) + " and has no value here, so this line does nothing"
	}
	if l.Kind == config.Unset {
		return b.own(l) + " is " + article(t) + ", for which there is no `is not set`: this line does nothing"
	}
	switch t {
	case model.Bool:
		return message + ": write y or n"
	case model.Tristate:
		return message + ": write y, m or n"
	case model.Int:
		return message + ": write a decimal number without leading zeros"
	case model.Hex:
		return message + ": write a hexadecimal number"
	}
	return message
}

// article returns a type with its article.
func article(t model.Type) string {
	if t == model.Int {
		return "an int"
	}
	return "a " + t.String()
}

func (b *configLinter) invalidText(l config.Line) string {
	value := b.conf.Value(l)
	if strings.HasPrefix(value, `"`) {
		return b.own(l) + ` has a text without its closing ", so this line does nothing: close the text`
	}
	if l.Kind == config.Unset {
		return b.own(l) + " is a string, for which there is no `is not set`: this line does nothing"
	}
	return b.own(l) + " is a string, and its value has no quotes, so this line does nothing: write " + inQuotes(shorten(config.Quote(value), maxQuoted))
}

func (b *configLinter) conflict(l config.Line, line judged) string {
	other := b.conf.Lines[line.other]
	choice := "one choice"
	if id := b.symbol(line).Choice; b.judgement.model.model.Nodes[id].Text != "" {
		choice = b.values.choiceName(id)
	}
	message := b.own(l) + " and " + b.own(other) + " in line " + strconv.Itoa(int(line.other)+1) + " are both y, and members of " + choice
	if b.judgement.sure {
		return message + ": " + b.own(other) + " counts, and this one will be " + b.value(line)
	}
	return message + ": only one of them can be y"
}

// value returns the value that the symbol of a line has.
func (b *configLinter) value(line judged) string {
	value, known := b.values.evaluation.Value(line.atom)
	if b.symbol(line).Type == model.String {
		value = config.Quote(value)
	}
	if !known {
		return possible(value)
	}
	return value
}

// lost words that a line has no effect, or another one.
func (b *configLinter) lost(d *Diagnostic, l config.Line, line judged) {
	e := b.values.evaluation
	state := e.State(line.atom)
	subject, becomes := b.own(l), "will be "+b.value(line)+", not "+b.wanted(l, line)
	if !b.symbol(line).Type.IsLogical() && !state.MaybeWritten {
		becomes = "will be left out of the .config"
	}
	if b.kind == configFragment && line.differs {
		d.Severity = check.Information
		becomes += ", on top of the tree's .config"
	}
	switch line.verdict {
	case lineNotSettable:
		d.Code, d.Message = check.CodeConfigNotSettable, subject+" has no prompt, so no configuration can set it: this line does nothing"
		if !b.judgement.sure {
			return
		}
		if !line.differs {
			d.Severity, d.Unnecessary = check.Hint, true
			return
		}
		d.Message = subject + " " + becomes + ": it has no prompt, so no configuration can set it" + b.origin(line, ", and ")
	case lineForced:
		d.Code = check.CodeConfigForced
		d.Message = subject + " " + becomes + b.origin(line, ": ")
		b.relatedTo(d, b.values.why(e.Origin(line.atom)), "it is selected here")
	case lineOutOfRange:
		d.Code, d.Location = check.CodeConfigOutOfRange, b.valueAt(l)
		low, high, _ := e.Range(line.atom)
		d.Message = subject + " " + becomes + ": it must lie between " + low + " and " + high
	case lineDropped:
		d.Code = check.CodeConfigDropped
		d.Message = subject + " " + becomes + b.hidden(d, line)
	}
}

// wanted returns the value that a line gives, as it is written.
func (b *configLinter) wanted(l config.Line, line judged) string {
	user := b.values.evaluation.User().Value(line.atom)
	switch b.symbol(line).Type {
	case model.Bool, model.Tristate:
		return user.Tristate.String()
	case model.String:
		return shorten(config.Quote(user.Text), maxQuoted)
	}
	return shorten(b.conf.Value(l), maxQuoted)
}

// origin returns where the value of a symbol comes from, with what joins it to
// the sentence before, "" if there is nothing to say.
func (b *configLinter) origin(line judged, join string) string {
	why := b.values.why(b.values.evaluation.Origin(line.atom))
	text, _ := strings.CutPrefix(why.Text, inQuotes(why.Symbol)+" ")
	if rest, ok := strings.CutPrefix(text, "is "+why.Value+": "); ok {
		return join + rest
	}
	if why.Kind == "default" {
		return join + "it " + text
	}
	return ""
}

// why explains what keeps a symbol from having the value that its line gives it,
// nil if that is no condition.
func (b *configLinter) why(line judged) *Why {
	e := b.values.evaluation
	user, state := e.User().Value(line.atom), e.State(line.atom)
	switch {
	case b.symbol(line).Type.IsLogical() && lowest(state.Value) < user.Tristate:
		return b.values.why(e.WhyNot(line.atom, user.Tristate))
	case promptEntry(e.Model, line.atom) != model.NoNode && state.Visible.Can(expr.N):
		return b.values.why(e.WhyHidden(line.atom, expr.M))
	}
	return nil
}

// hidden says what keeps a symbol from having the value that its line gives it,
// behind a colon.
func (b *configLinter) hidden(d *Diagnostic, line judged) string {
	if id := b.symbol(line).Choice; id != model.NoNode && b.values.evaluation.User().Value(line.atom).Tristate == expr.N {
		return ": one member of " + b.values.choiceName(id) + " must be y, and no line chooses one"
	}
	why := b.why(line)
	if why == nil {
		if b.symbol(line).Type == model.Tristate && b.values.evaluation.User().Value(line.atom).Tristate == expr.M {
			return ": modules are off, so m counts as y"
		}
		return b.origin(line, ": ")
	}
	b.relatedTo(d, why, "the line that keeps it from that")
	if text := summary(why); text != "" {
		if why.Kind == "not-shown" && strings.HasPrefix(text, "needs ") && b.raised(line) {
			return ": setting it " + text
		}
		return ": " + text
	}
	return b.origin(line, ": ")
}

// raised reports whether a symbol is greater than its line says, or no yes-or-no
// matter at all, so that the line needs nothing but a prompt.
func (b *configLinter) raised(line judged) bool {
	e := b.values.evaluation
	return !b.symbol(line).Type.IsLogical() || lowest(e.State(line.atom).Value) > e.User().Value(line.atom).Tristate
}

// relatedTo adds the line of a Kconfig file that an explanation ends with, if it
// ends with one.
func (b *configLinter) relatedTo(d *Diagnostic, why *Why, message string) {
	for len(why.Causes) == 1 && why.Causes[0].Kind == "condition" {
		why = why.Causes[0]
	}
	if why.Place.Path != "" {
		d.Related = append(d.Related, RelatedLocation{why.Place.Location, message})
	}
}
