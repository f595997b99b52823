package solve_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/config/conftest"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

// selects returns the selects of a model.
func selects(m *model.Model) []model.PropertyRef {
	var all []model.PropertyRef
	for i := range m.Symbols {
		for k := range m.Symbols[i].Properties {
			if p := &m.Symbols[i].Properties[k]; p.Kind == model.Select && p.Low != model.NoAtom {
				all = append(all, model.PropertyRef{Symbol: expr.Atom(i), Index: int32(k)})
			}
		}
	}
	return all
}

// isUnmet reports whether a select turns its target higher than what that depends on.
func isUnmet(e *config.Evaluation, ref model.PropertyRef) bool {
	p := e.Model.Property(ref)
	condition, _ := e.Tristate(p.Condition)
	by := e.State(ref.Symbol).Value.And(condition)
	if e.Model.Symbols[p.Low].Type == model.Bool || e.Model.Modules == model.NoAtom || e.State(e.Model.Modules).Value == expr.N {
		by = by.Bool()
	}
	return by > e.State(p.Low).Direct
}

// TestRandomUnmet asks of the selects of random trees whether they can leave what their
// target depends on unmet. Where they cannot no configuration at random may show it, and
// where they can the solution must, written as a configuration.
func TestRandomUnmet(t *testing.T) {
	ctx := context.Background()
	can, cannot := 0, 0
	for seed := uint64(1000); seed < 1200; seed++ {
		kconfig, _ := conftest.Generate(seed, conftest.Options{})
		m, rules := load(t, "linux-6.12", kconfig, nil)
		if m.Err != nil || m.MayBeCircular() || goesByHistory(m) {
			continue
		}
		r := randomTree{t: t, m: m, rules: rules, kconfig: kconfig, seed: seed, counts: &randomCounts{}}
		s := r.solver()
		_, textual := r.symbols()
		for _, ref := range selects(m) {
			target := &m.Symbols[m.Property(ref).Low]
			if !target.Defined || target.ChoiceValue || !target.Type.IsLogical() {
				continue
			}
			verdict := s.CanBeUnmet(ctx, ref, target.DirectDep)
			if verdict == solve.Yes {
				can++
				if !r.unwritable(s, textual) && !isUnmet(evaluated(m, s.Witness("CONFIG_"), rules), ref) {
					t.Fatalf("seed %d: %s -> %s: the solution does not show it\n%s\n%s", seed, m.Symbols[ref.Symbol].Name, target.Name, s.Witness("CONFIG_"), kconfig)
				}
				continue
			}
			cannot++
			random := rand.New(rand.NewPCG(seed, 2))
			for range 10 {
				if text := r.configuration(random); isUnmet(evaluated(m, text, rules), ref) {
					t.Fatalf("seed %d: %s -> %s is said to be impossible\n%s\n%s", seed, m.Symbols[ref.Symbol].Name, target.Name, text, kconfig)
				}
			}
		}
	}
	t.Logf("%d selects can be unmet, %d cannot", can, cannot)
	if can < 20 || cannot < 20 {
		t.Error("too few were asked")
	}
}

// BenchmarkUnmet asks of all selects of the kernel that are not plainly right whether they
// can be unmet, and tells what one question takes.
func BenchmarkUnmet(b *testing.B) {
	m, rules := kernel(b)
	for b.Loop() {
		s := solve.New(m, solve.Options{Rules: rules, FreeAnswers: true})
		var times []time.Duration
		for _, ref := range selects(m) {
			target := &m.Symbols[m.Property(ref).Low]
			if target.DirectDep == 0 || m.Pool.Implies(m, m.Property(ref).Condition, target.DirectDep) == expr.Holds {
				continue
			}
			start := time.Now()
			s.CanBeUnmet(b.Context(), ref, target.DirectDep)
			times = append(times, time.Since(start))
		}
		slices.Sort(times)
		b.ReportMetric(float64(len(times)), "questions")
		b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
		b.ReportMetric(float64(times[len(times)*9/10].Microseconds()), "p90-µs")
		b.ReportMetric(float64(times[len(times)-1].Microseconds()), "max-µs")
	}
}
