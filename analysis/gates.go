package analysis

import (
	"context"
	"strings"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/gate"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// GateState says whether a gate is open: whether what is gated on it can be on.
type GateState uint8

// The states of a gate. It is GateUnknown if a tool decides that was not asked.
const (
	GateUnknown GateState = iota
	GateClosed
	GateOpen
)

// String returns open, closed or unknown.
func (s GateState) String() string {
	switch s {
	case GateClosed:
		return "closed"
	case GateOpen:
		return "open"
	}
	return "unknown"
}

// Gating is how a symbol stands and falls with a gate.
type Gating struct {
	// Symbol is the gated symbol.
	Symbol string
	// Gate is the symbol that it is gated on, or for a test of the toolchain that no
	// symbol stands for, the test as it is written: a macro reference that asks a
	// tool, or the comparison of a version.
	Gate string
	// Title is what is needed, in few words: "Rust", "clang 17.0.0 or newer".
	Title string
	// Tool tells that the gate is a test of the toolchain, and no language. Fails
	// tells of such a test that the symbol needs it not to hold, which Title takes
	// into account.
	Tool, Fails bool
	// Direct tells that a line of the symbol itself, or a block around it, names the
	// gate.
	Direct bool
	// Chain leads from the symbol to the gate by the fewest steps; it is empty if
	// no single line is to blame.
	Chain []GateStep
	// State is whether the gate is open under the tree's .config.
	State GateState
	// Reason says why the gate is not open, in a sentence without a full stop, and
	// Fix what to do about it, in one with it. Both may be "".
	Reason, Fix string

	test int // of the toolchain, if Tool
}

// GateStep is a line that makes one symbol need another one.
type GateStep struct {
	// Symbol is what the line belongs to or is around, Needs what it needs: a
	// symbol, or a test of the toolchain as it is written.
	Symbol, Needs string
	// Place is the line, Text what stands there.
	Place Place
	Text  string
}

// gatesOf is which symbols of a model are gated, once somebody asks.
type gatesOf struct {
	once sync.Once
	set  *gate.Set // as bounds tell

	mu     sync.Mutex
	proven *provenGates // nil if nobody has asked
}

// provenGates is what is gated and excluded in a model by proof.
type provenGates struct {
	set      *gate.Set
	excluded []gate.Excluded
	tools    bool // what hangs on the toolchain is proven, too
}

// gateSet returns which symbols of a model are gated, as bounds tell; for the
// kernel it takes some 20 ms the first time.
func (r *Root) gateSet(c *cachedModel) *gate.Set {
	c.gates.once.Do(func() {
		c.gates.set, _ = gate.Compute(context.Background(), c.model, gate.Options{Named: r.settings.Gates})
	})
	return c.gates.set
}

// provenGates returns what is gated and excluded in a model, and with tools what hangs
// on the toolchain. It reports whether all of it was settled before the context ended.
// What was is kept with the model.
func (r *Root) provenGates(ctx context.Context, c *cachedModel, tools bool) (proven *provenGates, complete bool) {
	c.gates.mu.Lock()
	before := c.gates.proven
	c.gates.mu.Unlock()
	if before != nil && (before.tools || !tools) {
		return before, true
	}
	solver := gate.NewSolver(c.model, r.ConfigRules())
	proven = &provenGates{tools: tools}
	excludedSettled := true
	var excluding sync.WaitGroup
	if before != nil {
		proven.excluded = before.excluded
	} else {
		excluding.Go(func() {
			for _, language := range gate.Languages(c.model, r.settings.Gates) {
				excluded, settled := gate.Excludes(ctx, c.model, language, solver)
				proven.excluded = append(proven.excluded, excluded...)
				excludedSettled = excludedSettled && settled
			}
		})
	}
	proven.set, complete = gate.Compute(ctx, c.model, gate.Options{Named: r.settings.Gates, Solver: solver, ProveTests: tools})
	excluding.Wait()
	complete = complete && excludedSettled
	if complete {
		c.gates.mu.Lock()
		c.gates.proven = proven
		c.gates.mu.Unlock()
	}
	return proven, complete
}

// gateView is the gates of a view with the values that the tree's own .config
// gives. Its methods must be called with the lock of the values held.
type gateView struct {
	*Values
	set *gate.Set
}

// gates calls f with the gates of a tree's view as of when nobody was typing, and
// with the lock of the values held. It does not if there is no model yet, since
// making one grows with the tree, nor where values cannot be known.
func (s *Snapshot) gates(root *Root, arch string, f func(gateView)) {
	if root == nil || root.Single || !root.hasSettledModel(arch) {
		return
	}
	c, err := s.settledValues(Configuration{Root: root, Arch: arch})
	if err != nil {
		return
	}
	set := root.gateSet(root.settledModel(arch))
	if set.Model != c.model {
		return // a new model has come in between
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	f(gateView{c.explained(), set})
}

// hasSettledModel reports whether settledModel has one to return.
func (r *Root) hasSettledModel(arch string) bool {
	if r.hasModel(arch) {
		return true
	}
	r.models.mu.Lock()
	defer r.models.mu.Unlock()
	return r.models.made[arch] != nil
}

// GatingsOf returns how a symbol is gated, with reasons: on languages first, then
// on tests of the toolchain. There are none while the values of the tree are not
// computed.
func GatingsOf(s *Snapshot, root *Root, arch, name string) []Gating {
	if arch == "" && root != nil {
		arch = root.arch
	}
	var all []Gating
	s.gates(root, arch, func(v gateView) {
		if a, ok := v.set.Model.Lookup(name); ok {
			all = v.of(a)
			for i := range all {
				v.explain(&all[i])
			}
		}
	})
	return all
}

// of returns how a symbol is gated.
func (v gateView) of(a expr.Atom) []Gating {
	var all []Gating
	for i := range v.set.Languages {
		if g, ok := v.set.Of(a, i); ok {
			all = append(all, v.onLanguage(g, i))
		}
	}
	for _, r := range v.set.Required(a) {
		if !v.throughLanguage(a, r) {
			all = append(all, v.onTest(r))
		}
	}
	return all
}

// throughLanguage reports whether a test is one that a symbol stands and falls with
// because a language does that it is gated on.
func (v gateView) throughLanguage(a expr.Atom, r gate.Required) bool {
	for i, language := range v.set.Languages {
		if _, gated := v.set.Of(a, i); !gated {
			continue
		}
		for _, needed := range v.set.Required(language) {
			if needed.Test == r.Test && needed.Holds == r.Holds {
				return true
			}
		}
	}
	return false
}

// onLanguage describes a symbol that is gated on a language.
func (v gateView) onLanguage(g gate.Gated, language int) Gating {
	m := v.set.Model
	a := v.set.Languages[language]
	return Gating{
		Symbol: m.Symbols[g.Symbol].Name, Gate: m.Symbols[a].Name, Title: gateTitle(m.Symbols[a].Name),
		Direct: g.Direct, Chain: v.steps(g.Chain, m.Symbols[a].Name), State: v.languageState(a),
	}
}

// onTest describes a symbol that stands and falls with a test of the toolchain.
func (v gateView) onTest(r gate.Required) Gating {
	m := v.set.Model
	text := v.set.TestText(r.Test)
	if named := v.set.Tests[r.Test].Named; named != model.NoAtom && named != r.Symbol {
		text = m.Symbols[named].Name
	}
	return Gating{
		Symbol: m.Symbols[r.Symbol].Name, Gate: text, Title: v.testTitle(r.Test, r.Holds), Tool: true, Fails: !r.Holds,
		Direct: r.Direct, Chain: v.steps(r.Chain, v.set.TestText(r.Test)), State: v.testState(r), test: r.Test,
	}
}

// steps puts a chain into words.
func (v gateView) steps(chain []gate.Step, last string) []GateStep {
	m := v.set.Model
	var all []GateStep
	for _, s := range chain {
		step := GateStep{Symbol: m.Symbols[s.Symbol].Name, Needs: last, Place: v.root.placeOf(&m.Nodes[s.Node], s.Statement)}
		if s.Needs != model.NoAtom {
			step.Needs = m.Symbols[s.Needs].Name
		}
		if _, st, ok := v.root.statementOf(&m.Nodes[s.Node], s.Statement); ok {
			step.Text = shorten(onOneLine(st.Text()), 200)
		}
		all = append(all, step)
	}
	return all
}

// onOneLine returns a statement without its line breaks.
func onOneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n\\", r) }), " ")
}

// languageState returns whether a language's gate is open.
func (v gateView) languageState(a expr.Atom) GateState {
	return gateStateOf(v.evaluation.State(a).Value)
}

func gateStateOf(t expr.Tristate) GateState {
	switch {
	case t == expr.N:
		return GateClosed
	case t.Can(expr.N):
		return GateUnknown
	}
	return GateOpen
}

// testState returns whether a test comes to what a symbol needs.
func (v gateView) testState(r gate.Required) GateState {
	t := &v.set.Tests[r.Test]
	id := t.Comparison
	if t.Atom != model.NoAtom {
		id = v.set.Model.Pool.Leaf(t.Atom)
	}
	value, _ := v.evaluation.Tristate(id)
	if !r.Holds {
		value = value.Not()
	}
	return gateStateOf(value)
}

// gateTitle returns what a language's gate is called.
func gateTitle(name string) string {
	if strings.Contains(name, "RUST") {
		return "Rust"
	}
	return name
}
