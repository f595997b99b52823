package enable_test

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/config/conftest"
	"github.com/kconfig-ls/kconfig-ls/analysis/enable"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

var randomTrees = flag.Uint64("enable-trees", 60, "how many trees TestAgainstAll makes of each dialect")

// TestAgainstAll makes small trees at random, and tries all that a user can change in
// them. What is found has to have the fewest changes, and nothing is found exactly where
// there is nothing.
func TestAgainstAll(t *testing.T) {
	for _, dialect := range []string{"linux-6.1", "linux-6.12"} {
		t.Run(dialect, func(t *testing.T) {
			var c counts
			for seed := range *randomTrees {
				kconfig, input := conftest.Generate(seed, conftest.Options{Old: dialect == "linux-6.1", Size: 5})
				m, rules := load(t, dialect, kconfig)
				if m.Err != nil || m.MayBeCircular() || goesByHistory(m) {
					continue
				}
				finder := enable.New(m, rules)
				for _, text := range []string{"", input} {
					u, _ := config.Read(m, config.Parse(text, "CONFIG_"), rules)
					tree := tree{t, m, config.Evaluate(m, u, rules), map[outcome]int{}, nil}
					if !tree.explore() {
						continue
					}
					if !tree.compare(finder, &c) {
						t.Fatalf("seed %d\n%s\n--- .config\n%s", seed, kconfig, text)
					}
				}
			}
			t.Logf("%+v", c)
			if c.Changed < int(*randomTrees) || c.Never < int(*randomTrees) {
				t.Error("too little was compared")
			}
		})
	}
}

type counts struct{ Same, Changed, Alternatives, Never, ByText, Unsettable int }

// tree is a small tree with a configuration.
type tree struct {
	t      *testing.T
	m      *model.Model
	before *config.Evaluation
	// fewest is how few changes an outcome takes.
	fewest  map[outcome]int
	logical []expr.Atom
}

type outcome struct {
	symbol expr.Atom
	value  expr.Tristate
}

// maxTried is how many configurations are evaluated for a tree.
const maxTried = 5000

// change is what a user can set at once.
type change struct {
	symbol expr.Atom
	text   string
}

// explore evaluates all that a user can change. It reports false if that is too much.
func (r *tree) explore() bool {
	var groups [][]change
	choices := map[model.NodeID]int{}
	total := 1
	for _, a := range r.m.Sequence() {
		s := &r.m.Symbols[a]
		if !s.Defined || s.Kind != model.Plain || s.Type == model.UnknownType {
			continue
		}
		if s.Type.IsLogical() {
			r.logical = append(r.logical, a)
		}
		if !slices.ContainsFunc(s.Properties, func(p model.Property) bool { return p.Kind == model.Prompt }) {
			continue
		}
		if s.Choice != model.NoNode && s.Type.IsLogical() {
			i, ok := choices[s.Choice]
			if !ok {
				i = len(groups)
				choices[s.Choice] = i
				groups = append(groups, nil)
			}
			groups[i] = append(groups[i], change{a, "y"})
			if !r.m.OldChoices() || s.Type != model.Tristate {
				continue
			} // else, where the choice is m, each can be m
		}
		var group []change
		for _, text := range samples[s.Type] {
			group = append(group, change{a, text})
		}
		groups = append(groups, group)
	}
	for _, g := range groups {
		if total *= len(g) + 1; total > maxTried {
			return false
		}
	}
	r.try(r.before, groups, 0)
	return true
}

var samples = map[model.Type][]string{
	model.Bool: {"n", "y"}, model.Tristate: {"n", "m", "y"},
	model.Int: {"0", "1", "10", "50"}, model.Hex: {"0x0", "0x10", "0x40"}, model.String: {"", "text", "y"},
}

func (r *tree) try(e *config.Evaluation, groups [][]change, changes int) {
	if len(groups) == 0 {
		for _, a := range r.logical {
			o := outcome{a, e.State(a).Value}
			if n, ok := r.fewest[o]; !ok || changes < n {
				r.fewest[o] = changes
			}
		}
		return
	}
	r.try(e, groups[1:], changes)
	for _, c := range groups[0] {
		next := e.Clone()
		if _, err := next.Set(c.symbol, c.text); err != nil {
			r.t.Fatal(err)
		}
		r.try(next, groups[1:], changes+1)
	}
}

// compare asks for all values of all symbols.
func (r *tree) compare(f *enable.Finder, c *counts) bool {
	for _, a := range r.logical {
		for v := expr.N; v <= expr.Y; v <<= 1 {
			if v == expr.M && (r.m.Symbols[a].Type == model.Bool || r.m.Modules == model.NoAtom) {
				continue
			}
			name := fmt.Sprintf("%s=%v", r.m.Symbols[a].Name, v)
			fewest, isPossible := r.fewest[outcome{a, v}]
			got := f.Find(context.Background(), r.before, []solve.Wish{{Atom: a, Values: v}}, 3)
			switch {
			case got.Verdict == enable.Open:
				c.Unsettable++
			case got.Verdict == enable.Never && len(got.Core) == 0:
				r.t.Errorf("%s: never, and nothing says why", name)
			case got.Verdict == enable.Never && !isPossible:
				c.Never++
			case got.Verdict != enable.Possible:
				r.t.Errorf("%s: %v, but %d changes do", name, got.Verdict, fewest)
			case !isPossible && !r.hasText(got.Alternatives[0]):
				r.t.Errorf("%s: %s, but nothing does", name, r.list(got.Alternatives[0]))
			case !isPossible || r.hasText(got.Alternatives[0]):
				c.ByText++
			case len(got.Alternatives[0].Changes) != fewest:
				r.t.Errorf("%s: %s, but %d changes do", name, r.list(got.Alternatives[0]), fewest)
			case fewest == 0:
				c.Same++
			default:
				c.Changed++
			}
			r.carryOut(name, got.Alternatives, outcome{a, v}, c)
			if r.t.Failed() {
				return false
			}
		}
	}
	return true
}

// carryOut makes the changes of alternatives one by one.
func (r *tree) carryOut(name string, all []enable.Alternative, want outcome, c *counts) {
	for i, a := range all {
		e := r.before.Clone()
		for _, change := range a.Changes {
			if e.State(change.Symbol).Visible == expr.N && !r.isOldMember(change.Symbol) {
				r.t.Errorf("%s: %s: %s is not shown when it is to be set", name, r.list(a), r.m.Symbols[change.Symbol].Name)
			}
			if _, err := e.Set(change.Symbol, change.To); err != nil {
				r.t.Error(err)
			}
		}
		if got := e.State(want.symbol).Value; got != want.value {
			r.t.Errorf("%s: %s: is %v", name, r.list(a), got)
		}
		if i > 0 {
			c.Alternatives++
		}
		if i > 0 && r.list(a) == r.list(all[0]) {
			r.t.Errorf("%s: %s twice", name, r.list(a))
		}
	}
}

// isOldMember reports whether a symbol is a member of a choice that itself can be set, up
// to Linux 6.11: its members may be hidden until it is y.
func (r *tree) isOldMember(a expr.Atom) bool {
	return r.m.OldChoices() && r.m.Symbols[a].Choice != model.NoNode
}

func (r *tree) hasText(a enable.Alternative) bool {
	return slices.ContainsFunc(a.Changes, func(c enable.Change) bool { return !r.m.Symbols[c.Symbol].Type.IsLogical() })
}

func (r *tree) list(a enable.Alternative) string {
	text := "by"
	for _, c := range a.Changes {
		text += fmt.Sprintf(" %s=%s->%s", r.m.Symbols[c.Symbol].Name, c.From, c.To)
	}
	return text
}

// load returns the model of a tree of one file.
func load(t *testing.T, dialect, kconfig string) (*model.Model, config.Rules) {
	t.Helper()
	dir, err := filepath.Abs(filepath.FromSlash("/tree"))
	if err != nil {
		t.Fatal(err)
	}
	settings := analysis.Settings{Dialect: dialect, Environment: map[string]string{"srctree": "."}, WholeEnvironment: true, Workers: 1}
	_, root, err := analysis.Load(vfstest.Memory{filepath.Join(dir, "Kconfig"): kconfig}, dir, settings, nil)
	if err != nil || root == nil {
		t.Fatalf("cannot load the tree: %v", err)
	}
	return root.Model(""), root.ConfigRules()
}

// goesByHistory reports whether what conf says of a tree hangs on which symbols it
// happens to have computed before.
func goesByHistory(m *model.Model) bool {
	for _, a := range m.ModulesNeeds() {
		if s := &m.Symbols[a]; s.Kind == model.Choice || s.Type == model.Tristate && a > model.AtomYes {
			return true
		}
	}
	for i := range m.Symbols {
		s := &m.Symbols[i]
		if s.ChoiceValue && !s.Type.IsLogical() {
			return true
		}
		for j := range s.Properties {
			p := &s.Properties[j]
			if s.Kind != model.Choice || p.Kind != model.Default || p.Low == model.NoAtom || !m.Symbols[p.Low].Defined {
				continue
			}
			if choice := m.Symbols[p.Low].Choice; choice == model.NoNode || m.Nodes[choice].Symbol != expr.Atom(i) {
				return true
			}
		}
	}
	return false
}
