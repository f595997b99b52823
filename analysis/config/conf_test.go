package config_test

import (
	"flag"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/config/conftest"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

var (
	confTime = flag.Duration("conf-time", 3*time.Second, "how long TestConf compares with each conf")
	confSeed = flag.Uint64("conf-seed", 1, "the first tree of TestConf")
)

// TestConf makes trees and .config files at random, and compares what we and
// the kernel's own conf make of them in all modes, byte for byte. The confs are
// those that KCONFIG_LS_CONF_61, KCONFIG_LS_CONF_612 and KCONFIG_LS_CONF_73 name.
func TestConf(t *testing.T) {
	for _, dialect := range []string{"linux-6.1", "linux-6.12", "linux-7.3"} {
		t.Run(dialect, func(t *testing.T) {
			if _, ok := newRealConf(t, dialect); !ok {
				t.Skipf("SKIPPED: set %s to a conf of %s to compare with it", confVariable(dialect), dialect)
			}
			c := randomComparison{dialect: dialect, deadline: time.Now().Add(*confTime)}
			c.seed.Store(*confSeed)
			var wg sync.WaitGroup
			for range 2 {
				conf, _ := newRealConf(t, dialect)
				wg.Go(func() { c.work(t, conf) })
			}
			wg.Wait()
			t.Logf("%d outputs compared, %d differ; %d trees left out, %d that conf rejects",
				c.compared.Load(), c.different.Load(), c.odd.Load(), c.rejected.Load())
			if c.compared.Load() == 0 {
				t.Error("nothing was compared")
			}
		})
	}
}

type randomComparison struct {
	dialect                            string
	deadline                           time.Time
	seed                               atomic.Uint64
	compared, different, odd, rejected atomic.Int64
}

func (c *randomComparison) work(t *testing.T, conf *realConf) {
	for time.Now().Before(c.deadline) && c.different.Load() < 5 {
		seed := c.seed.Add(1) - 1
		kconfig, input := conftest.Generate(seed, conftest.Options{Old: c.dialect == "linux-6.1"})
		tr := &tree{files: map[string]string{"Kconfig": kconfig}, dialect: c.dialect}
		if seed%4 != 0 {
			tr.input = &input
		}
		m, rules := tr.model(t)
		if goesByHistory(m) || c.dialect != "linux-6.1" && misread.MatchString(kconfig) {
			c.odd.Add(1)
			continue
		}
		for _, mode := range config.Modes() {
			if mode == config.DefConfig && tr.input == nil {
				continue
			}
			want, _, ok := conf.run(t, tr, mode)
			if !ok {
				c.rejected.Add(1)
				break
			}
			if strings.Contains(want, "=(null)\n") {
				c.odd.Add(1)
				break // a member of a choice as the default of a number
			}
			c.compared.Add(1)
			got := config.Run(m, mode, tr.file(), "CONFIG_", rules).Text
			if want == got {
				continue
			}
			c.different.Add(1)
			t.Errorf("seed %d, %s (-conf +ours):\n%s\n%s--- .config\n%s", seed, mode, cmp.Diff(want, got), kconfig, input)
			break
		}
	}
}

// misread is what conf takes for something else: it makes "A != y" of a bool
// symbol an expression that reads memory of another type (expr_transform in
// scripts/kconfig/expr.c).
var misread = regexp.MustCompile(`!=[\s\\]*['"]?y\b`)

// goesByHistory reports whether what conf says of a tree hangs on which symbols
// it happens to have computed before, and how often.
func goesByHistory(m *model.Model) bool {
	for _, a := range m.ModulesNeeds() {
		if s := &m.Symbols[a]; s.Kind == model.Choice || s.Type == model.Tristate && a > model.AtomYes {
			return true // it computes them before it knows whether there are modules
		}
	}
	if m.Modules != model.NoAtom {
		s := &m.Symbols[m.Modules]
		for _, by := range slices.Concat(s.SelectedBy, s.ImpliedBy) {
			if m.Symbols[by.Symbol].Type == model.Tristate {
				return true // as above, though the condition may be n
			}
		}
	}
	for i := range m.Symbols {
		s := &m.Symbols[i]
		for j := range s.Properties {
			p := &s.Properties[j]
			if s.Kind != model.Choice || p.Kind != model.Default || p.Low == model.NoAtom || !m.Symbols[p.Low].Defined {
				continue
			}
			if choice := m.Symbols[p.Low].Choice; choice == model.NoNode || m.Nodes[choice].Symbol != expr.Atom(i) {
				return true // it goes by whether it has found the default to be shown
			}
		}
		for _, id := range s.Nodes {
			if m.OldChoices() && s.Choice != model.NoNode && m.Nodes[id].HasPrompt && m.Nodes[id].Parent != s.Choice {
				return true // a member may be computed without its choice
			}
		}
	}
	return false
}
