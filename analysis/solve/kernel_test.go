package solve_test

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// oneToolchain answers as one toolchain would that can do all.
type oneToolchain struct{}

func (oneToolchain) Shell(command string) (string, bool) {
	switch {
	case strings.Contains(command, "echo \"y\""), strings.Contains(command, "echo y"):
		return "y", true
	case strings.Contains(command, "cc-version"):
		return "GCC 140200", true
	case strings.Contains(command, "ld-version"):
		return "BFD 24300", true
	case strings.Contains(command, "as-version"):
		return "GNU 24300", true
	case strings.Contains(command, "version"):
		return "180100", true
	}
	return "", true
}

var kernelRoot = sync.OnceValues(func() (*analysis.Root, error) {
	settings := analysis.Settings{Arch: "x86", Answers: oneToolchain{}}
	_, root, err := analysis.Load(vfs.OS{}, os.Getenv("KCONFIG_LS_LINUX"), settings, nil)
	return root, err
})

// kernel returns the model of the kernel for x86 with one toolchain.
func kernel(t testing.TB) (*model.Model, config.Rules) {
	t.Helper()
	if os.Getenv("KCONFIG_LS_LINUX") == "" {
		t.Skip("SKIPPED: set KCONFIG_LS_LINUX to a kernel tree to solve it")
	}
	root, err := kernelRoot()
	if err != nil {
		t.Fatal(err)
	}
	m := root.Model("")
	if m.Err != nil {
		t.Fatal(m.Err)
	}
	return m, root.ConfigRules()
}

// symbolsOf returns the bool and tristate symbols of a model.
func symbolsOf(m *model.Model) []expr.Atom {
	var found []expr.Atom
	for i := range m.Symbols {
		if s := &m.Symbols[i]; s.Defined && s.Kind == model.Plain && s.Type.IsLogical() {
			found = append(found, expr.Atom(i))
		}
	}
	return found
}

// TestKernelWitnesses asks of symbols of the kernel at random whether they can be
// on, and evaluates the configurations that say so: all that they say has to be
// so.
func TestKernelWitnesses(t *testing.T) {
	m, rules := kernel(t)
	symbols := symbolsOf(m)
	all := slices.Clone(symbols)
	random := rand.New(rand.NewPCG(1, 2))
	random.Shuffle(len(symbols), func(i, j int) { symbols[i], symbols[j] = symbols[j], symbols[i] })
	s := solve.New(m, solve.Options{Rules: rules})
	confirmed, impossible, values := 0, 0, 0
	for _, a := range symbols[:200] {
		if s.Can(context.Background(), solve.On(a)) == solve.No {
			impossible++
			continue
		}
		confirmed++
		e := evaluated(m, s.Witness("CONFIG_"), rules)
		for _, other := range all {
			want, got := s.Value(other), e.State(other).Value
			if !want.Known() {
				continue
			}
			values++
			if !got.Can(want) {
				t.Errorf("with %s on %s is %v, but evaluates to %v", m.Symbols[a].Name, m.Symbols[other].Name, want, got)
			}
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d can be on, %d cannot; %d values confirmed", confirmed, impossible, values)
	if confirmed < 100 {
		t.Error("too few can be on")
	}
}

// BenchmarkEncode encodes the whole kernel.
func BenchmarkEncode(b *testing.B) {
	m, rules := kernel(b)
	symbols := symbolsOf(m)
	for b.Loop() {
		s := solve.New(m, solve.Options{Rules: rules, FreeAnswers: true})
		s.Encode(symbols...)
		b.ReportMetric(float64(s.Size()), "variables")
	}
}

// BenchmarkCan asks one question of a fresh solver, which encodes what it is
// about.
func BenchmarkCan(b *testing.B) {
	m, rules := kernel(b)
	a := named(b, m, "RUST")
	for b.Loop() {
		s := solve.New(m, solve.Options{Rules: rules, FreeAnswers: true})
		if s.Can(b.Context(), solve.On(a)) != solve.Yes {
			b.Fatal("RUST cannot be on")
		}
		b.ReportMetric(float64(s.Size()), "variables")
	}
}

// BenchmarkCanAny asks which symbols can be on without Rust.
func BenchmarkCanAny(b *testing.B) {
	m, rules := kernel(b)
	symbols := symbolsOf(m)
	a := named(b, m, "RUST")
	for b.Loop() {
		s := solve.New(m, solve.Options{Rules: rules, FreeAnswers: true, Free: []expr.Atom{a}})
		can, complete := s.CanAny(b.Context(), symbols, solve.Off(a))
		if !complete {
			b.Fatal("not complete")
		}
		count := 0
		for _, yes := range can {
			if yes {
				count++
			}
		}
		b.ReportMetric(float64(count), "on")
		b.ReportMetric(float64(len(symbols)), "symbols")
	}
}
