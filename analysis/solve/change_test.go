package solve_test

import (
	"context"
	"flag"
	"slices"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/config/conftest"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

var changeTrees = flag.Uint64("change-trees", 10, "how many trees TestRandomChanges makes of each dialect")

// TestRandomChanges asks for the fewest changes in trees at random. Carried out, they
// have to lead to what was asked for, and fewer must not, of which all are tried.
func TestRandomChanges(t *testing.T) {
	for _, dialect := range []string{"linux-6.1", "linux-6.12"} {
		t.Run(dialect, func(t *testing.T) {
			var c changeCounts
			for seed := range *changeTrees {
				kconfig, input := conftest.Generate(seed, conftest.Options{Old: dialect == "linux-6.1", Size: 8})
				m, rules := load(t, dialect, kconfig, nil)
				if m.Err != nil || m.MayBeCircular() || goesByHistory(m) {
					continue
				}
				r := randomTree{t: t, m: m, rules: rules, kconfig: kconfig, seed: seed}
				for _, text := range []string{"", input} {
					r.changes(text, &c)
				}
				if t.Failed() {
					return
				}
			}
			t.Logf("%+v", c)
			if c.Few < int(*changeTrees) || c.Impossible < int(*changeTrees) {
				t.Error("too little was compared")
			}
		})
	}
}

type changeCounts struct{ None, Few, Many, Impossible, Unwritable int }

// changes asks for every value of every symbol under a configuration.
func (r *randomTree) changes(text string, c *changeCounts) {
	user, _ := config.Read(r.m, config.Parse(text, "CONFIG_"), r.rules)
	before := config.Evaluate(r.m, user, r.rules)
	s := r.solver()
	logical, textual := r.symbols()
	for _, a := range logical {
		for v := expr.N; v <= expr.Y; v <<= 1 {
			wish := solve.Wish{Atom: a, Values: v}
			changed, verdict := s.Change(context.Background(), user, []solve.Wish{wish}, nil, solve.NoLimit)
			fewest, found := fewestChanges(before, logical, wish, 2)
			if verdict != solve.Yes {
				c.Impossible++
				if found {
					r.t.Errorf("seed %d: %s=%v is %v, but %d changes do\n%s\n--- .config\n%s", r.seed, r.m.Symbols[a].Name, v, verdict, fewest, r.kconfig, text)
					return
				}
				continue
			}
			if r.unwritable(s, textual) {
				c.Unwritable++
				continue
			}
			after := before.Clone()
			var list []string
			unset := false
			for _, change := range changed {
				symbol, value, ok := s.Setting(change)
				if !ok { // the choice is not to be y
					unset = true
					break
				}
				list = append(list, r.m.Symbols[symbol].Name+"="+value)
				if _, err := after.Set(symbol, value); err != nil {
					r.t.Error(err)
				}
			}
			if unset {
				c.Unwritable++
				continue
			}
			if got := after.State(a).Value; got != v {
				r.t.Errorf("seed %d: %s=%v by %v is %v\n%s\n--- .config\n%s", r.seed, r.m.Symbols[a].Name, v, list, got, r.kconfig, text)
				return
			}
			switch {
			case len(changed) > 2:
				c.Many++
			case len(changed) == 0:
				c.None++
			default:
				c.Few++
			}
			if found && fewest < len(changed) {
				r.t.Errorf("seed %d: %s=%v by %v, but %d changes do\n%s\n--- .config\n%s", r.seed, r.m.Symbols[a].Name, v, list, fewest, r.kconfig, text)
				return
			}
		}
	}
}

// fewestChanges returns how many changes of bool and tristate symbols a wish takes, by
// trying all of up to some number. A choice with its members counts as one.
func fewestChanges(e *config.Evaluation, among []expr.Atom, wish solve.Wish, most int) (int, bool) {
	if e.State(wish.Atom).Value == wish.Values {
		return 0, true
	}
	if most == 0 {
		return 0, false
	}
	least, found := 0, false
	for i, a := range among {
		for v := expr.N; v <= expr.Y; v <<= 1 {
			s := &e.Model.Symbols[a]
			if s.Type == model.Bool && v == expr.M || e.User().Value(a).Set && e.User().Value(a).Tristate == v && s.Choice == model.NoNode {
				continue
			}
			changed := e.Clone()
			if _, err := changed.Set(a, v.String()); err != nil {
				continue
			}
			if n, ok := fewestChanges(changed, slices.Concat(among[:i], among[i+1:]), wish, most-1); ok && (!found || n+1 < least) {
				least, found = n+1, true
			}
		}
	}
	return least, found
}
