package gate_test

import (
	"path/filepath"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

// load returns the model of a tree of one file, of which no tool was asked.
func load(t testing.TB, dialect, kconfig string) (*model.Model, config.Rules) {
	t.Helper()
	dir, err := filepath.Abs(filepath.FromSlash("/tree"))
	if err != nil {
		t.Fatal(err)
	}
	disk := vfstest.Memory{filepath.Join(dir, "Kconfig"): kconfig}
	settings := analysis.Settings{
		Dialect: dialect, Environment: map[string]string{"srctree": "."}, WholeEnvironment: true, Workers: 1,
	}
	_, root, err := analysis.Load(disk, dir, settings, nil)
	if err != nil || root == nil {
		t.Fatalf("cannot load the tree: %v", err)
	}
	return root.Model(""), root.ConfigRules()
}
