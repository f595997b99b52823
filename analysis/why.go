package analysis

import (
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Why is an explanation of a symbol's value, or a part of one.
type Why struct {
	// Kind names what is said. It is stable.
	Kind string
	// Text is a sentence for people without its full stop; names of symbols and
	// what is written in files stand in backquotes.
	Text string
	// Symbol is the symbol it is about, "" if it is about none, Value its value.
	Symbol, Value string
	// Place is the line of a Kconfig file that says so, the zero Place if there
	// is none.
	Place Place
	// ConfigLine is the line of the configuration that says so, counted from 1; 0
	// if there is none.
	ConfigLine int
	// Causes are what the parts of an expression, or a symbol, have for reasons.
	Causes []*Why
}

// Values are the values of all symbols of a view under a configuration.
type Values struct {
	root       *Root
	arch       string
	evaluation *config.Evaluation
	// configName is what the configuration is called in sentences, "" if there
	// is none.
	configName string
	// underName is what the configuration is called that it is put on top of, ""
	// if there is none.
	underName string
}

// ValuesOf returns the values that the architecture's view of a tree has under
// a configuration; file is nil for none, name is what it is called. The empty
// architecture stands for the default view.
func ValuesOf(root *Root, arch string, file *config.File, name string) *Values {
	if arch == "" {
		arch = root.arch
	}
	e, _ := config.Load(root.Model(arch), file, root.ConfigRules())
	return &Values{root: root, arch: arch, evaluation: e, configName: name}
}

// explained returns the values of a configuration for explanations. They must be
// used with its lock held.
func (c configured) explained() *Values {
	name := ""
	if c.exists {
		name = filepath.Base(c.path)
	}
	return &Values{root: c.root, arch: c.arch, evaluation: c.evaluation, configName: name}
}

// Explanation says why a symbol has its value under a configuration.
type Explanation struct {
	Symbol SymbolValue
	// Arch is the architecture, "" if the tree has none.
	Arch string
	// Path is the absolute path of the configuration, and Exists whether there is
	// such a file.
	Path   string
	Exists bool
	Why    *Why
}

// Explain says why a symbol is not on, or not y, or if it is y, or a number or a
// text, or with origin, where its value comes from. It returns ErrNoTree, and
// an error for people if the configuration cannot be read or the symbol is
// mentioned nowhere.
func Explain(s *Snapshot, c Configuration, name string, origin bool) (Explanation, error) {
	configured, err := s.configured(c)
	if err != nil {
		return Explanation{}, err
	}
	configured.mu.Lock()
	defer configured.mu.Unlock()
	values := configured.explained()
	explain := values.Explain
	if origin {
		explain = values.ExplainOrigin
	}
	w, ok := explain(name)
	if !ok {
		message := inQuotes(name) + " is mentioned nowhere in the tree"
		if near, ok := c.Root.Sources.Nearest(name); ok {
			message += ": did you mean " + inQuotes(near) + "?"
		}
		return Explanation{}, errors.New(message)
	}
	e := Explanation{Arch: configured.arch, Path: configured.path, Exists: configured.exists, Why: w}
	if e.Symbol, ok = values.Symbol(name); !ok {
		e.Symbol = SymbolValue{Name: name, Type: model.UnknownType.String(), Value: "n", Known: true}
	}
	return e, nil
}

// Evaluation returns the values themselves. The caller must not change them.
func (v *Values) Evaluation() *config.Evaluation { return v.evaluation }

// Explain says why a symbol is not on, or not y, or if it is y, or a number or a
// text, where its value comes from. It reports false if nothing mentions the
// symbol.
func (v *Values) Explain(name string) (*Why, bool) {
	a, ok := v.evaluation.Model.Lookup(name)
	if !ok {
		return v.unmentioned(name)
	}
	state := v.evaluation.State(a)
	if !v.evaluation.Model.Symbols[a].Type.IsLogical() || state.Value == expr.Y {
		return v.why(v.evaluation.Origin(a)), true
	}
	needed := expr.M
	if state.Value == expr.M {
		needed = expr.Y
	}
	return v.why(v.evaluation.WhyNot(a, needed)), true
}

// ExplainOrigin says where the value of a symbol comes from. It reports false
// if nothing mentions the symbol.
func (v *Values) ExplainOrigin(name string) (*Why, bool) {
	a, ok := v.evaluation.Model.Lookup(name)
	if !ok {
		return v.unmentioned(name)
	}
	return v.why(v.evaluation.Origin(a)), true
}

// unmentioned explains a symbol that the view does not mention.
func (v *Values) unmentioned(name string) (*Why, bool) {
	if _, ok := v.root.Sources.Lookup(name); !ok {
		return nil, false
	}
	return &Why{Kind: "not-defined", Symbol: name, Value: "n", Text: v.notDefined(name)}, true
}

// why turns a reason into words.
func (v *Values) why(r *config.Reason) *Why {
	m := v.evaluation.Model
	w := &Why{Value: r.Value}
	if r.Symbol != model.NoAtom {
		w.Symbol = m.Symbols[r.Symbol].Name
	}
	if r.Node >= 0 && r.Statement >= 0 {
		w.Place = v.root.placeOf(&m.Nodes[r.Node], r.Statement)
	}
	if r.Line >= 0 {
		w.ConfigLine = int(r.Line) + 1
	}
	w.Kind, w.Text = v.sentence(r)
	for _, child := range r.Children {
		w.Causes = append(w.Causes, v.why(child))
	}
	switch {
	case r.Kind == config.Answer && r.Value != "y":
		w.Causes = append(w.Causes, v.failing(r.Symbol, No)...)
	case r.Kind == config.NotAnswered:
		w.Causes = append(w.Causes, v.failing(r.Symbol, Unknown)...)
	}
	return merged(w)
}

// failing says which of the things that the command of a reference asks of tools do
// not hold, or are not known.
func (v *Values) failing(a expr.Atom, state Answer) []*Why {
	requirements := v.requirementsOf(a)
	if state == Unknown && len(requirements) < 2 {
		return nil // it says what the reference says
	}
	var causes []*Why
	for _, r := range requirements {
		if r.Advice || r.State != state {
			continue
		}
		w := &Why{Kind: "requirement", Text: r.Text + ": " + r.State.String(), Place: v.requirementPlace(r)}
		switch {
		case state == Unknown && r.Reason != "": // which says so itself
			w.Text = r.Text + ": " + r.Reason
		case r.Reason != "":
			w.Text += ", " + r.Reason
		}
		causes = append(causes, w)
	}
	return causes
}

// merged leaves out a level that says the same as the one below it.
func merged(w *Why) *Why {
	if len(w.Causes) == 1 && w.Kind == "condition" && w.Causes[0].Kind == "comparison" {
		w.Causes = w.Causes[0].Causes
	}
	return w
}

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

// explain says why something is not known, without a full stop; "" if there is
// nothing to say.
func (r *Root) explain(arch string, cause macro.Cause) string {
	tools := r.Tools(arch)
	if tools == nil || tools.Explain == nil {
		return ""
	}
	return strings.TrimSuffix(tools.Explain(cause), ".")
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

// SymbolValue is a symbol with its value.
type SymbolValue struct {
	Name string
	// Type is bool, tristate, int, hex, string, or unknown.
	Type string
	// Value is as a configuration has it, without quotes. If it is not Known it
	// is one of those that it can be; sets of n, m and y are written as "n/y".
	Value string
	Known bool
	// Prompt is the first prompt, "" if there is none.
	Prompt string
	// Places are where it is defined, in the order of reading.
	Places []Place
}

// Symbol returns a symbol with its value. It reports false if the view does not
// define it.
func (v *Values) Symbol(name string) (SymbolValue, bool) {
	m := v.evaluation.Model
	a, ok := m.Lookup(name)
	if !ok || !m.Symbols[a].Defined {
		return SymbolValue{}, false
	}
	s := &m.Symbols[a]
	out := SymbolValue{Name: name, Type: s.Type.String()}
	out.Value, out.Known = v.evaluation.Value(a)
	for _, id := range s.Nodes {
		n := &m.Nodes[id]
		out.Places = append(out.Places, v.root.placeOf(n, n.Statement))
		if n.HasPrompt && out.Prompt == "" {
			out.Prompt = n.Text
		}
	}
	return out, true
}
