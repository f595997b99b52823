package analysis

import (
	"slices"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// TestAllRules looks for everything in a tree, as each of its architectures has it and
// with no tool asked. Rules about what tools answer are told then, too, but without what
// is known of the tools.
func TestAllRules(t *testing.T) {
	s, root, err := Load(vfs.OS{}, "testdata/example", Settings{Arch: "x86", Environment: map[string]string{}, Checks: allRules()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	found, _ := DiagnoseAll(s, root, Survey{Archs: root.Archs(), Unreached: true, Deep: true})
	if !slices.ContainsFunc(found, func(d ArchDiagnostic) bool { return d.Code == "toolchain-unknown" }) {
		t.Errorf("nothing is said of tools that were not asked: %v", found)
	}
}
