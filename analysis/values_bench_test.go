package analysis

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// BenchmarkModel is the time from a linked view of a kernel to all symbols with
// their conditions.
func BenchmarkModel(b *testing.B) {
	root := loadKernel(b).root
	view := root.View("x86")
	rules := root.ConfigRules().Reading
	for b.Loop() {
		model.Build(root.Sources, view, root.Dialect, preprocessor{root.variables("x86"), root.environment("x86")}, rules)
	}
}

// BenchmarkEvaluate is the time for the values of all symbols of a kernel.
func BenchmarkEvaluate(b *testing.B) {
	root := loadKernel(b).root
	m := root.Model("x86")
	user := config.NewUser(m)
	for b.Loop() {
		config.Evaluate(m, user, config.Rules{})
	}
}

// BenchmarkChange is the time for one symbol set to another value, in the median
// over 200 random ones that can be set.
func BenchmarkChange(b *testing.B) {
	root := loadKernel(b).root
	m := root.Model("x86")
	start := config.Evaluate(m, config.NewUser(m), config.Rules{})
	var settable []expr.Atom
	for a := range m.Symbols {
		if s := &m.Symbols[a]; s.Defined && s.Kind == model.Plain && s.Type.IsLogical() && start.Changeable(expr.Atom(a)) {
			settable = append(settable, expr.Atom(a))
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	var times []time.Duration
	for b.Loop() {
		e := start.Clone()
		for range 200 {
			a := settable[random.IntN(len(settable))]
			to := "y"
			if e.State(a).Value == expr.Y {
				to = "n"
			}
			begin := time.Now()
			if _, err := e.Set(a, to); err != nil {
				b.Fatal(err)
			}
			times = append(times, time.Since(begin))
		}
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Nanoseconds()), "median-ns/change")
}

// BenchmarkWhy explains symbols of a kernel, one after the other.
func BenchmarkWhy(b *testing.B) {
	values := ValuesOf(loadKernel(b).root, "x86", nil, "")
	m := values.Evaluation().Model
	var names []string
	for a := range m.Symbols {
		if s := &m.Symbols[a]; s.Defined && s.Name != "" {
			names = append(names, s.Name)
		}
	}
	// Of each symbol the best of three counts: the others tell of the machine.
	best := make([]time.Duration, len(names))
	for i := 0; b.Loop() || i < 3*len(names); i++ {
		begin := time.Now()
		values.Explain(names[i%len(names)])
		if took := time.Since(begin); best[i%len(names)] == 0 || took < best[i%len(names)] {
			best[i%len(names)] = took
		}
	}
	worst := slices.Max(best)
	b.ReportMetric(float64(worst.Microseconds())/1000, "worst-ms/op")
}
