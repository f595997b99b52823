package solve_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/config/conftest"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

var (
	randomTrees = flag.Uint64("solve-trees", 120, "how many trees TestRandomTrees makes of each dialect")
	randomSeed  = flag.Uint64("solve-seed", 0, "the first of them")
)

// TestRandomTrees makes trees at random. What package config evaluates to, under
// configurations at random, has to be a solution; and what a solution is written
// as has to evaluate to it.
func TestRandomTrees(t *testing.T) {
	for _, dialect := range []string{"linux-6.1", "linux-6.12"} {
		t.Run(dialect, func(t *testing.T) {
			var c randomCounts
			for seed := *randomSeed; seed < *randomSeed+*randomTrees; seed++ {
				kconfig, input := conftest.Generate(seed, conftest.Options{Old: dialect == "linux-6.1"})
				m, rules := load(t, dialect, kconfig, nil)
				if m.Err != nil || m.MayBeCircular() || goesByHistory(m) {
					c.odd++
					continue
				}
				r := randomTree{t: t, m: m, rules: rules, kconfig: kconfig, seed: seed, counts: &c}
				r.configurations(input)
				r.witnesses()
				r.any()
				if t.Failed() {
					return
				}
			}
			t.Logf("%+v", c)
			if c.Configurations < 10*int(*randomTrees) || c.Witnesses < 5*int(*randomTrees) {
				t.Error("too little was compared")
			}
		})
	}
}

type randomCounts struct {
	Configurations, Witnesses, Impossible, Unwritable, odd int
}

type randomTree struct {
	t       *testing.T
	m       *model.Model
	rules   config.Rules
	kconfig string
	seed    uint64
	counts  *randomCounts
}

func (r *randomTree) solver() *solve.Solver { return solve.New(r.m, solve.Options{Rules: r.rules}) }

// symbols returns the symbols with a type, those with texts apart.
func (r *randomTree) symbols() (logical, textual []expr.Atom) {
	for i := range r.m.Symbols {
		s := &r.m.Symbols[i]
		switch {
		case !s.Defined || s.Kind != model.Plain || s.Type == model.UnknownType:
		case s.Type.IsLogical():
			logical = append(logical, expr.Atom(i))
		default:
			textual = append(textual, expr.Atom(i))
		}
	}
	return logical, textual
}

// configurations checks that what configurations come to is a solution.
func (r *randomTree) configurations(input string) {
	random := rand.New(rand.NewPCG(r.seed, 1))
	s := r.solver()
	inputs := []string{"", input}
	for range 20 {
		inputs = append(inputs, r.configuration(random))
	}
	logical, textual := r.symbols()
	for _, text := range inputs {
		e := evaluated(r.m, text, r.rules)
		var assume []solve.Assumption
		for _, a := range logical {
			assume = append(assume, solve.Assumption{Atom: a, Values: e.State(a).Value})
		}
		texts := map[expr.Atom]string{}
		for _, a := range textual {
			texts[a] = e.State(a).Text
			if len(texts[a]) > 15 && texts[a][0] != '"' {
				texts = nil // may not fit into 64 bits
				break
			}
		}
		if texts == nil {
			continue
		}
		r.counts.Configurations++
		if v := s.CanWithTexts(context.Background(), texts, assume...); v != solve.Yes {
			r.t.Errorf("seed %d: %v: no solution:\n%s\n--- evaluates to\n%s\n--- .config\n%s\n--- Kconfig\n%s", r.seed, v, r.culprit(assume, texts), e.Write("CONFIG_"), text, r.kconfig)
			return
		}
	}
}

// culprit names the last assumption of the least number that cannot be.
func (r *randomTree) culprit(assume []solve.Assumption, texts map[expr.Atom]string) string {
	s := r.solver()
	for i := range assume {
		if s.Can(context.Background(), assume[:i+1]...) != solve.Yes {
			return fmt.Sprintf("%s=%v", r.m.Symbols[assume[i].Atom].Name, assume[i].Values)
		}
	}
	some := map[expr.Atom]string{}
	for a, text := range texts {
		some[a] = text
		if s.CanWithTexts(context.Background(), some, assume...) != solve.Yes {
			return fmt.Sprintf("%s=%q", r.m.Symbols[a].Name, text)
		}
	}
	return "nothing"
}

// configuration returns a .config at random.
func (r *randomTree) configuration(random *rand.Rand) string {
	var lines []string
	logical, textual := r.symbols()
	for _, a := range slices.Concat(logical, textual) {
		if random.IntN(4) == 0 {
			continue
		}
		value := []string{"y", "m", "n", "y"}[random.IntN(4)]
		switch r.m.Symbols[a].Type {
		case model.Int:
			value = fmt.Sprint(random.IntN(60) - 10)
		case model.Hex:
			value = fmt.Sprintf("0x%x", random.IntN(60))
		case model.String:
			value = []string{`"foo"`, `""`, `"10"`, `"y"`, `"zzz"`, `"foo bar"`}[random.IntN(6)]
		}
		lines = append(lines, "CONFIG_"+r.m.Symbols[a].Name+"="+value+"\n")
	}
	random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return strings.Join(lines, "")
}

// witnesses checks that solutions, written as configurations, evaluate to what
// they are.
func (r *randomTree) witnesses() {
	logical, textual := r.symbols()
	s := r.solver()
	for _, a := range logical {
		for v := expr.N; v <= expr.Y; v <<= 1 {
			switch s.Can(context.Background(), solve.Assumption{Atom: a, Values: v}) {
			case solve.No:
				r.counts.Impossible++
				continue
			case solve.Open:
				r.t.Fatal("open without a limit")
			}
			if r.unwritable(s, textual) {
				r.counts.Unwritable++
				continue
			}
			text := s.Witness("CONFIG_")
			e := evaluated(r.m, text, r.rules)
			r.counts.Witnesses++
			for _, other := range logical {
				if want, got := s.Value(other), e.State(other).Value; !want.Can(got) {
					r.t.Errorf("seed %d: %s=%v: %s is %v, evaluates to %v\n--- witness\n%s\n--- Kconfig\n%s", r.seed,
						r.m.Symbols[a].Name, v, r.m.Symbols[other].Name, want, got, text, r.kconfig)
					return
				}
			}
		}
	}
}

// any checks that what can be on is the same for all symbols at once as for one
// after the other.
func (r *randomTree) any() {
	logical, _ := r.symbols()
	if len(logical) == 0 {
		return
	}
	off := solve.Off(logical[r.seed%uint64(len(logical))])
	one := r.solver()
	can, complete := r.solver().CanAny(context.Background(), logical, off)
	if !complete {
		r.t.Errorf("seed %d: not complete", r.seed)
	}
	for i, a := range logical {
		if want := one.Can(context.Background(), solve.On(a), off) == solve.Yes; want != can[i] {
			r.t.Errorf("seed %d: %s on without %s: %v, among others %v\n%s", r.seed, r.m.Symbols[a].Name, r.m.Symbols[off.Atom].Name, want, can[i], r.kconfig)
			return
		}
	}
}

// unwritable reports whether the solution found last has what a configuration
// cannot be written for: texts that are compared in several ways.
func (r *randomTree) unwritable(s *solve.Solver, textual []expr.Atom) bool {
	for _, a := range textual {
		if s.Value(a) == expr.AnyTristate {
			continue
		}
		if _, ok := s.Text(a); !ok {
			return true
		}
	}
	return false
}

// goesByHistory reports whether what conf says of a tree hangs on which symbols
// it happens to have computed before.
func goesByHistory(m *model.Model) bool {
	for _, a := range m.ModulesNeeds() {
		if s := &m.Symbols[a]; s.Kind == model.Choice || s.Type == model.Tristate && a > model.AtomYes {
			return true
		}
	}
	for i := range m.Symbols {
		s := &m.Symbols[i]
		if s.ChoiceValue && !s.Type.IsLogical() {
			return true // chosen by default, but by no user
		}
		if s.Kind != model.Choice {
			continue
		}
		for j := range s.Properties {
			p := &s.Properties[j]
			if p.Kind != model.Default || p.Low == model.NoAtom || !m.Symbols[p.Low].Defined {
				continue
			}
			if choice := m.Symbols[p.Low].Choice; choice == model.NoNode || m.Nodes[choice].Symbol != expr.Atom(i) {
				return true
			}
		}
	}
	return false
}
