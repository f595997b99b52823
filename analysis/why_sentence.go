package analysis

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// inQuotes returns a name or an expression as sentences show it.
func inQuotes(text string) string { return "`" + strings.ReplaceAll(text, "`", "'") + "`" }

// sentence returns the kind of a reason and what there is to say.
func (v *Values) sentence(r *config.Reason) (kind, text string) {
	m := v.evaluation.Model
	subject := ""
	if r.Symbol != model.NoAtom {
		subject = inQuotes(m.AtomText(r.Symbol))
	}
	is := subject + " is " + possible(r.Value)
	switch r.Kind {
	case config.NotDefined:
		return "not-defined", v.notDefined(m.Symbols[r.Symbol].Name)
	case config.NotLogical:
		return "not-logical", subject + " is of type " + m.Symbols[r.Symbol].Type.String() + ", which counts as n in a condition"
	case config.Unmet:
		return v.unmet(r, is)
	case config.DefaultUnmet:
		return "default", "its default " + inQuotes(m.Format(r.Expr)) + " does not count"
	case config.Alternatives:
		if r.Symbol != model.NoAtom {
			return "no-prompt-shown", is + ": none of its prompts is shown"
		}
		return "alternatives", "none of these holds, and one would do"
	case config.Comparison:
		return "comparison", inQuotes(m.Format(r.Expr)) + " does not hold"
	case config.SetByUser:
		return "user", is + ": " + v.userSays(r)
	case config.NotSet:
		return "not-set", is + " by default, and nothing sets it: it can be set"
	case config.OtherMember:
		return "choice", is + ": " + inQuotes(m.Symbols[r.Other].Name) + " is chosen in " + v.choiceName(r.Node) + v.byLine(r)
	case config.NoPrompt:
		return "no-prompt", is + ": it has no prompt, and nothing else turns it on"
	case config.NothingSets:
		return "nothing-sets", is + ": " + v.nothingSets(m.Symbols[r.Symbol].Name)
	case config.LowDefault:
		return "default", "its default " + inQuotes(m.Format(r.Expr)) + " is " + v.valueOf(r.Expr)
	case config.SelectorOff:
		return v.selectorOff(r)
	case config.Answer:
		return "tool", is + ": so the tool has answered"
	case config.NotAnswered:
		return "tool-not-asked", v.notAnswered(subject, r.Symbol)
	case config.ModulesOff:
		return "modules", is + ": it could be m, but modules are off"
	case config.Never:
		return "constant", is
	case config.Repeated:
		return "repeated", is + ", as explained above"
	case config.Left:
		if r.Count > 0 {
			return "more", "and " + strconv.Itoa(r.Count) + " more"
		}
		return "more", "and more"
	}
	return v.originSentence(r, subject, is)
}

// originSentence says where a value comes from.
func (v *Values) originSentence(r *config.Reason, subject, is string) (kind, text string) {
	m := v.evaluation.Model
	if r.Symbol != model.NoAtom && m.Symbols[r.Symbol].Type == model.String {
		is = subject + " is " + strconv.Quote(r.Value)
	}
	switch r.Kind {
	case config.FromUser:
		return "user", is + ": " + v.userSays(r)
	case config.FromChoice:
		if r.Other == r.Symbol {
			return "choice", is + ": it is chosen in " + v.choiceName(r.Node) + v.byLine(r)
		}
		return "choice", is + ": " + inQuotes(m.Symbols[r.Other].Name) + " is chosen in " + v.choiceName(r.Node) + v.byLine(r)
	case config.FromSelect:
		return "select", is + ": " + inQuotes(m.Symbols[r.Other].Name) + " selects it"
	case config.FromImply:
		return "imply", is + ": " + inQuotes(m.Symbols[r.Other].Name) + " implies it"
	case config.FromDefault:
		if format := m.Format(r.Expr); strings.Trim(format, `"`) != r.Value {
			return "default", is + " by default: " + inQuotes(format)
		}
		return "default", is + " by default"
	case config.FromRange:
		return "range", is + ": it was limited to its range"
	case config.FromConstant:
		return "constant", is
	case config.NotKnown:
		if !m.Symbols[r.Symbol].Type.IsLogical() {
			is = subject + " is not known"
		}
		return "not-known", is
	}
	if m.Symbols[r.Symbol].Type.IsLogical() {
		return "nothing-sets", is + ": nothing sets it"
	}
	return "nothing-sets", is + ": it has no default that counts"
}

// unmet says what does not hold: a prompt's condition, or a part of one.
func (v *Values) unmet(r *config.Reason, is string) (kind, text string) {
	m := v.evaluation.Model
	if r.Symbol != model.NoAtom {
		if !v.evaluation.State(r.Symbol).Visible.Known() {
			return "not-shown", is + ": whether its prompt is shown is not known"
		}
		return "not-shown", is + ": its prompt is not shown"
	}
	return "condition", "needs " + inQuotes(m.Format(r.Expr)) + ", which is " + possible(r.Value)
}

// possible words a value that may not be known.
func possible(value string) string {
	if strings.Contains(value, "/") {
		return "not known (" + strings.ReplaceAll(value, "/", " or ") + ")"
	}
	return value
}

func (v *Values) valueOf(id expr.ID) string {
	t, _ := v.evaluation.Tristate(id)
	return possible(t.String())
}

func (v *Values) selectorOff(r *config.Reason) (kind, text string) {
	m := v.evaluation.Model
	other := m.Symbols[r.Other].Name
	value, _ := v.evaluation.Value(r.Other)
	text = inQuotes(other) + " would turn it on, but is " + possible(value)
	if value == "y" || value == "m" {
		text = inQuotes(other) + " is " + value + ", but turns it on under a condition only"
	}
	return "selector", text
}

// userSays says who set a value.
func (v *Values) userSays(r *config.Reason) string {
	said := "it was set"
	if v.underName != "" {
		said = "set in " + v.underName
	}
	if r.Line >= 0 {
		said = "set in line " + strconv.Itoa(int(r.Line)+1) + " of " + v.configText()
	}
	a := r.Symbol
	if user := v.evaluation.User().Value(a); v.evaluation.Model.Symbols[a].Type.IsLogical() && user.Tristate.String() != r.Value {
		switch {
		case user.Tristate == expr.M && r.Value == "y":
			return said + " to m, which is y without modules"
		case user.Tristate == expr.Y && r.Value == "m":
			return said + " to y, but what it depends on is m"
		}
		return said + " to " + user.Tristate.String()
	}
	return said
}

func (v *Values) configText() string {
	if v.configName == "" {
		return "the configuration"
	}
	return v.configName
}

// byLine says which line of the configuration chose a member.
func (v *Values) byLine(r *config.Reason) string {
	if r.Line < 0 {
		return ""
	}
	return " (line " + strconv.Itoa(int(r.Line)+1) + " of " + v.configText() + ")"
}

// choiceName returns what a choice is called in sentences.
func (v *Values) choiceName(id model.NodeID) string {
	if id < 0 || v.evaluation.Model.Nodes[id].Text == "" {
		return "its choice"
	}
	return "the choice " + strconv.Quote(v.evaluation.Model.Nodes[id].Text)
}

// notAnswered says what a reference is not known for.
func (v *Values) notAnswered(subject string, a expr.Atom) string {
	causes := v.evaluation.Model.Symbols[a].Causes
	if len(causes) == 1 {
		if why := v.root.explain(v.arch, causes[0]); why != "" {
			return subject + " depends on your toolchain: " + why
		}
	}
	return subject + " is not known: " + v.notAsked(a)
}

// notAsked says which tool decides.
func (v *Values) notAsked(a expr.Atom) string {
	var asked, unset, explained []string
	for _, cause := range v.evaluation.Model.Symbols[a].Causes {
		name := inQuotes(shorten(cause.Text, 200))
		switch {
		case v.root.explain(v.arch, cause) != "":
			explained = append(explained, v.root.explain(v.arch, cause))
		case cause.Kind == macro.Variable:
			unset = append(unset, name)
		default:
			asked = append(asked, name)
		}
	}
	parts := explained
	if len(asked) > 0 {
		parts = append(parts, strings.Join(asked, " and ")+" was not asked")
	}
	if len(unset) > 0 {
		parts = append(parts, "nobody has set the variable "+strings.Join(unset, " and "))
	}
	if len(parts) == 0 {
		return "a tool decides that was not asked"
	}
	return strings.Join(parts, ", and ")
}

// maxNamedArchs is how many architectures a sentence names.
const maxNamedArchs = 6

// notDefined says where a symbol is defined, if not in the view.
func (v *Values) notDefined(name string) string {
	s := v.root.Sources
	id, ok := s.Lookup(name)
	if !ok || len(s.DefinedIn(id)) == 0 {
		return inQuotes(name) + " is defined nowhere, so it counts as n"
	}
	var archs []string
	elsewhere := false
	for _, file := range s.DefinedIn(id) {
		if arch := archOf(s.File(file).Path); arch != "" && arch != v.arch {
			archs = append(archs, arch)
		} else {
			elsewhere = true
		}
	}
	if !elsewhere {
		return inQuotes(name) + " exists only for " + archList(archs) + v.here()
	}
	return inQuotes(name) + " is defined only in files that are not included" + v.here()
}

func (v *Values) here() string {
	if v.arch == "" {
		return ""
	}
	return ", and this is " + v.arch
}

// archList joins names, each once, and not too many.
func archList(names []string) string {
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) > maxNamedArchs {
		return strings.Join(names[:maxNamedArchs], ", ") + " and " + plural(len(names)-maxNamedArchs, "other", "others")
	}
	return strings.Join(names, ", ")
}

// nothingSets says who would turn a symbol on under other architectures.
func (v *Values) nothingSets(name string) string {
	s := v.root.Sources
	id, ok := s.Lookup(name)
	var archs []string
	if ok {
		for _, file := range s.ReferencedIn(id) {
			f := s.File(file)
			arch := archOf(f.Path)
			if arch == "" || arch == v.arch {
				continue
			}
			for o := range f.OccurrencesOf(id) {
				if o.Role == menu.Selects || o.Role == menu.Implies {
					archs = append(archs, arch)
					break
				}
			}
		}
	}
	if len(archs) > 0 {
		if slices.Sort(archs); archs[0] == archs[len(archs)-1] {
			return "only " + archs[0] + " turns it on" + v.here()
		}
		return "only " + archList(archs) + " turn it on" + v.here()
	}
	return "it has no prompt and no default, and nothing selects it"
}
