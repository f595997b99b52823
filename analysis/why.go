package analysis

import (
	"errors"
	"path/filepath"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
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

// Evaluation returns the values themselves. The caller must not change them.
func (v *Values) Evaluation() *config.Evaluation { return v.evaluation }

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

// explain says why something is not known, without a full stop; "" if there is
// nothing to say.
func (r *Root) explain(arch string, cause macro.Cause) string {
	tools := r.Tools(arch)
	if tools == nil || tools.Explain == nil {
		return ""
	}
	return strings.TrimSuffix(tools.Explain(cause), ".")
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
