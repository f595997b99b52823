package solve_test

import (
	"path/filepath"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

// load returns the model of a tree of one file, with what tools answer.
func load(t testing.TB, dialect, kconfig string, answers macro.Answers) (*model.Model, config.Rules) {
	t.Helper()
	dir, err := filepath.Abs(filepath.FromSlash("/tree"))
	if err != nil {
		t.Fatal(err)
	}
	disk := vfstest.Memory{filepath.Join(dir, "Kconfig"): kconfig}
	settings := analysis.Settings{
		Dialect: dialect, Environment: map[string]string{"srctree": "."}, WholeEnvironment: true, Answers: answers, Workers: 1,
	}
	_, root, err := analysis.Load(disk, dir, settings, nil)
	if err != nil || root == nil {
		t.Fatalf("cannot load the tree: %v", err)
	}
	return root.Model(""), root.ConfigRules()
}

// named returns the symbol with a name.
func named(t testing.TB, m *model.Model, name string) expr.Atom {
	t.Helper()
	a, ok := m.Lookup(name)
	if !ok {
		t.Fatalf("no symbol %s", name)
	}
	return a
}

// evaluated returns what a configuration comes to.
func evaluated(m *model.Model, text string, r config.Rules) *config.Evaluation {
	user, _ := config.Read(m, config.Parse(text, "CONFIG_"), r)
	return config.Evaluate(m, user, r)
}
