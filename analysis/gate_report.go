package analysis

import (
	"context"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/gate"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// GateReport is all that there is to say of the gates of a view that stand for
// languages.
type GateReport struct {
	// Dir is the tree's directory, Arch the architecture, "" if it has none.
	Dir, Arch string
	// Config is the absolute path of the configuration that the values come from,
	// and Exists whether there is such a file.
	Config string
	Exists bool
	Gates  []GateStatus
	Gated  []GatedSymbol
	// Excluded are symbols that cannot be on while a gate is on.
	Excluded []ExcludedSymbol
	// Tools are the symbols that stand and fall with a test of the toolchain, once for
	// each test, sorted by name; nil unless they were asked for.
	Tools []GatedSymbol
	// Complete tells that nothing was left out for want of time.
	Complete bool
}

// GateStatus is a gate with what it needs.
type GateStatus struct {
	Symbol string
	// Title is what the gate stands for: Rust.
	Title string
	// Value is y, n, or "unknown" if a tool decides that was not asked.
	Value string
	Place Place
	// Definition is the first line of the definition at Place.
	Definition string
	// Conditions are what has to hold, in the order of the file: each operand of
	// "&&" of the lines that the symbol depends on, and behind one that asks tools
	// what these have to be like.
	Conditions []GateCondition
	// Dropped tells that the configuration says y, or m, and that this does not count.
	Dropped bool
	// Hint says what is missing when all conditions hold and the gate is not on, in
	// a sentence, and Line is the line of the configuration to write for that; both
	// are "" otherwise.
	Hint, Line string
}

// GateCondition is one thing that a gate needs.
type GateCondition struct {
	// Text is the condition as it is written, or what a tool has to be like.
	Text string
	// Place is the line that says so, the zero Place if no file of the tree does.
	Place Place
	State Answer
	// Reason says where State comes from, Fix what to do. Both may be "".
	Reason, Fix string
	// Tool tells that it is about a tool, and part of the condition before it.
	Tool bool
	// Advice tells that the gate can be on without it.
	Advice bool
}

// GatedSymbol is a symbol that is gated on a language.
type GatedSymbol struct {
	Gating
	Prompt string
	Place  Place
}

// ExcludedSymbol is a symbol that cannot be on while a gate is on, though it could
// be with the gate off.
type ExcludedSymbol struct {
	Symbol, Gate string
	When         gate.When
	// Through is another excluded symbol that it needs, "" if it is not excluded for
	// that.
	Through string
	Place   Place
}

// GatesReport says what holds back the languages of a view under a configuration,
// and what they hold back; with tools, what hangs on the toolchain, too. It settles
// what is gated and excluded by proof, which for the kernel takes a second or so; with
// a context that ends before it the report is not complete. It returns ErrNoTree, and an error for people if the configuration
// cannot be read.
func GatesReport(ctx context.Context, s *Snapshot, c Configuration, tools bool) (*GateReport, error) {
	configured, err := s.configured(c)
	if err != nil {
		return nil, err
	}
	root, m := configured.root, configured.model
	settled, complete := root.provenGates(ctx, configured.cached, tools)
	configured.mu.Lock()
	defer configured.mu.Unlock()
	v := gateView{configured.explained(), settled.set}
	report := &GateReport{
		Dir: root.Dir, Arch: configured.arch, Config: configured.path, Exists: configured.exists, Complete: complete,
	}
	for i, a := range v.set.Languages {
		report.Gates = append(report.Gates, v.status(a))
		for _, g := range v.set.Gated(i) {
			report.Gated = append(report.Gated, v.gatedSymbol(v.onLanguage(g, i), g.Symbol))
		}
	}
	for _, x := range settled.excluded {
		out := ExcludedSymbol{
			Symbol: m.Symbols[x.Symbol].Name, Gate: m.Symbols[x.Gate].Name, When: x.When, Place: v.placeOfSymbol(x.Symbol),
		}
		if x.Through != model.NoAtom {
			out.Through = m.Symbols[x.Through].Name
		}
		report.Excluded = append(report.Excluded, out)
	}
	if tools {
		report.Tools = v.hangingOnTools()
	}
	return report, nil
}

// GatesInBrief is GatesReport without what takes proof: it says what the gates need,
// and nothing of what they hold back, so it is not complete. For the kernel it takes
// some milliseconds once values are there.
func GatesInBrief(s *Snapshot, c Configuration) (*GateReport, error) {
	configured, err := s.configured(c)
	if err != nil {
		return nil, err
	}
	set := configured.root.gateSet(configured.cached)
	configured.mu.Lock()
	defer configured.mu.Unlock()
	v := gateView{configured.explained(), set}
	report := &GateReport{Dir: configured.root.Dir, Arch: configured.arch, Config: configured.path, Exists: configured.exists}
	for _, a := range set.Languages {
		report.Gates = append(report.Gates, v.status(a))
	}
	return report, nil
}

// hangingOnTools returns the symbols that stand and fall with a test of the toolchain.
func (v gateView) hangingOnTools() []GatedSymbol {
	all := []GatedSymbol{}
	for i := range v.set.Model.Symbols {
		a := expr.Atom(i)
		for _, r := range v.set.Required(a) {
			g := v.onTest(r)
			v.explain(&g)
			all = append(all, v.gatedSymbol(g, a))
		}
	}
	slices.SortStableFunc(all, func(x, y GatedSymbol) int { return strings.Compare(x.Symbol, y.Symbol) })
	return all
}

// gatedSymbol adds to a gated symbol what a list of them shows.
func (v gateView) gatedSymbol(g Gating, a expr.Atom) GatedSymbol {
	out := GatedSymbol{Gating: g, Place: v.placeOfSymbol(a)}
	for _, id := range v.set.Model.Symbols[a].Nodes {
		if n := &v.set.Model.Nodes[id]; n.HasPrompt {
			out.Prompt = n.Text
			break
		}
	}
	return out
}

// placeOfSymbol returns where a symbol is defined first.
func (v gateView) placeOfSymbol(a expr.Atom) Place {
	m := v.set.Model
	if nodes := m.Symbols[a].Nodes; len(nodes) > 0 {
		return v.root.placeOf(&m.Nodes[nodes[0]], m.Nodes[nodes[0]].Statement)
	}
	return Place{}
}

// GateStatusOf says what a gate needs under the tree's own .config, as of when
// nobody was typing. It reports false for a symbol that is no gate, and before the
// values are computed.
func GateStatusOf(s *Snapshot, root *Root, arch, name string) (status GateStatus, ok bool) {
	if arch == "" && root != nil {
		arch = root.arch
	}
	s.gates(root, arch, func(v gateView) {
		for _, a := range v.set.Languages {
			if v.set.Model.Symbols[a].Name == name {
				status, ok = v.status(a), true
			}
		}
	})
	return status, ok
}

// status describes a gate.
func (v gateView) status(a expr.Atom) GateStatus {
	m := v.set.Model
	s := &m.Symbols[a]
	status := GateStatus{Symbol: s.Name, Title: gateTitle(s.Name), Place: v.placeOfSymbol(a), Value: "unknown"}
	if st := v.evaluation.State(a); st.Known {
		status.Value = st.Value.String()
	}
	user := v.evaluation.User().Value(a)
	status.Dropped = status.Value == "n" && user.Set && user.Tristate != expr.N
	if len(s.Nodes) > 0 {
		node := &m.Nodes[s.Nodes[0]]
		if _, st, ok := v.root.statementOf(node, node.Statement); ok {
			status.Definition = onOneLine(st.Text())
		}
	}
	conditions := gateConditions{gateView: v}
	for _, id := range s.Nodes {
		conditions.entry(id)
	}
	status.Conditions = conditions.all
	if status.Value == "n" && conditions.hold && v.evaluation.State(a).Visible.Can(expr.M|expr.Y) {
		line := v.assignment(s.Name, "y")
		status.Hint, status.Line = "All that "+inQuotes(s.Name)+" needs holds, but nothing turns it on: write "+inQuotes(line), line
		if v.configName != "" {
			status.Hint += " in " + v.configName
		}
	}
	return status
}
