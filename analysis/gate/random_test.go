package gate_test

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/gate"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

var (
	gateTrees = flag.Uint64("gate-trees", 60, "how many trees TestRandomTrees makes of each dialect")
	gateSeed  = flag.Uint64("gate-seed", 0, "the first of them")
)

// TestRandomTrees makes small trees at random and holds what is gated and excluded
// in them against all that users can set: every configuration is evaluated. For what
// is gated, that is done on a copy of the tree in which RUST depends on nothing.
func TestRandomTrees(t *testing.T) {
	for _, dialect := range []string{"linux-6.1", "linux-6.12"} {
		t.Run(dialect, func(t *testing.T) {
			gated, excluded, chains := 0, 0, 0
			for seed := *gateSeed; seed < *gateSeed+*gateTrees; seed++ {
				tree := newRandomTree(seed)
				m, rules := load(t, dialect, tree.text(false))
				if m.Err != nil || m.MayBeCircular() {
					continue
				}
				solver := gate.NewSolver(m, rules)
				set, complete := gate.Compute(context.Background(), m, gate.Options{Solver: solver})
				if !complete || len(set.Languages) != 1 {
					t.Fatalf("seed %d: complete: %v, gates: %d", seed, complete, len(set.Languages))
				}
				var got []string
				configurations := everyConfiguration(t, dialect, tree, true)
				for _, g := range set.Gated(0) {
					got = append(got, m.Symbols[g.Symbol].Name)
					chains += min(len(g.Chain), 1)
					if problem := chainProblem(m, set.Languages[0], g, configurations); problem != "" {
						t.Errorf("seed %d: %s: %s\n%s", seed, m.Symbols[g.Symbol].Name, problem, tree.text(false))
					}
				}
				want := configurations.onlyWith("RUST")
				if !slices.Equal(got, want) {
					t.Fatalf("seed %d: gated are %v, by all configurations %v\n%s", seed, got, want, tree.text(false))
				}
				gated += len(got)

				got = nil
				all, _ := gate.Excludes(context.Background(), m, set.Languages[0], solver)
				for _, x := range all {
					got = append(got, m.Symbols[x.Symbol].Name)
				}
				want = slices.DeleteFunc(everyConfiguration(t, dialect, tree, false).onlyWithout("RUST"), func(name string) bool {
					a, _ := m.Lookup(name)
					return !m.Symbols[a].Type.IsLogical()
				})
				if !slices.Equal(got, want) {
					t.Fatalf("seed %d: excluded are %v, by all configurations %v\n%s", seed, got, want, tree.text(false))
				}
				excluded += len(got)
			}
			t.Logf("%d gated, %d of them with a chain, %d excluded", gated, chains, excluded)
			if chains < int(*gateTrees)/2 || excluded < int(*gateTrees)/10 {
				t.Error("too little was compared")
			}
		})
	}
}

// seen is what symbols come to under all configurations of a tree.
type seen struct {
	names []string
	// beside tells for each symbol that can be on beside which others, a bit each in
	// the order of names, it can be so, and without which.
	beside, without map[string]uint
}

// onlyWith returns what is on in some configuration and in none with another symbol
// off.
func (s *seen) onlyWith(other string) []string { return s.not(other, s.without) }

// onlyWithout returns what is on in some configuration and in none with another symbol
// on, if that can be on.
func (s *seen) onlyWithout(other string) []string {
	if s.beside[other] == 0 {
		return nil
	}
	return s.not(other, s.beside)
}

func (s *seen) not(other string, at map[string]uint) []string {
	var all []string
	k := slices.Index(s.names, other)
	for _, name := range s.names {
		if name != other && s.beside[name] != 0 && at[name]&(1<<k) == 0 {
			all = append(all, name)
		}
	}
	return all
}

// chainProblem says what is wrong with the chain of a gated symbol: each step has to
// need the next one.
func chainProblem(m *model.Model, rust expr.Atom, g gate.Gated, s *seen) string {
	if len(g.Chain) == 0 {
		return "" // it takes several lines
	}
	at := g.Symbol
	for _, step := range g.Chain {
		if step.Symbol != at {
			return fmt.Sprintf("the chain goes on with %s after %s", m.Symbols[step.Symbol].Name, m.Symbols[at].Name)
		}
		at = step.Needs
		if m.Symbols[at].Kind == model.Choice {
			return "the chain goes through a choice"
		}
		if name := m.Symbols[step.Symbol].Name; !slices.Contains(s.onlyWith(m.Symbols[at].Name), name) {
			return fmt.Sprintf("%s can be on without %s", name, m.Symbols[at].Name)
		}
	}
	if at != rust {
		return "the chain ends with " + m.Symbols[at].Name
	}
	if g.Direct && len(g.Chain) != 1 {
		return fmt.Sprintf("direct, with a chain of %d", len(g.Chain))
	}
	return ""
}

// everyConfiguration evaluates all configurations of a tree, for all answers that its
// tool can give.
func everyConfiguration(t *testing.T, dialect string, tree *randomTree, free bool) *seen {
	s := &seen{beside: map[string]uint{}, without: map[string]uint{}}
	for _, answer := range []string{"n", "y"} {
		m, rules := load(t, dialect, strings.ReplaceAll(tree.text(free), tool, answer))
		var symbols []expr.Atom
		for i := range m.Symbols {
			if u := &m.Symbols[i]; u.Kind == model.Plain && u.Defined && u.Type != model.UnknownType {
				symbols = append(symbols, expr.Atom(i))
			}
		}
		slices.SortFunc(symbols, func(a, b expr.Atom) int { return strings.Compare(m.Symbols[a].Name, m.Symbols[b].Name) })
		assign(m, symbols, nil, func(lines []string) {
			user, _ := config.Read(m, config.Parse(strings.Join(lines, ""), "CONFIG_"), rules)
			e := config.Evaluate(m, user, rules)
			var on uint
			for i, a := range symbols {
				st := e.State(a)
				isOn := st.Value != expr.N
				if !m.Symbols[a].Type.IsLogical() {
					isOn = st.Written && (st.Text != "" || m.Symbols[a].Type == model.String)
				}
				if isOn {
					on |= 1 << i
				}
			}
			for i, a := range symbols {
				if name := m.Symbols[a].Name; on&(1<<i) != 0 {
					s.beside[name] |= on
					s.without[name] |= ^on
				}
			}
		})
		s.names = s.names[:0]
		for _, a := range symbols {
			s.names = append(s.names, m.Symbols[a].Name)
		}
	}
	return s
}

// assign calls f with all configurations.
func assign(m *model.Model, symbols []expr.Atom, lines []string, f func(lines []string)) {
	if len(symbols) == 0 {
		f(lines)
		return
	}
	u := &m.Symbols[symbols[0]]
	assign(m, symbols[1:], lines, f)
	if !slices.ContainsFunc(u.Properties, func(p model.Property) bool { return p.Kind == model.Prompt }) {
		return
	}
	values := []string{"n", "y"}
	switch u.Type {
	case model.Tristate:
		values = []string{"n", "m", "y"}
	case model.Int:
		values = []string{"0", "1", "2", "7"}
	case model.String:
		values = []string{`""`, `"bar"`, `"foo"`}
	}
	for _, v := range values {
		assign(m, symbols[1:], append(slices.Clip(lines), "CONFIG_"+u.Name+"="+v+"\n"), f)
	}
}
