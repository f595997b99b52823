package analysis

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// TestPlacedChecksKernel pins how much the checks of entries in their places and of menu
// trees find in Linux 6.12 with all its architectures. Each of the findings of rules that
// are on has been looked at.
func TestPlacedChecksKernel(t *testing.T) {
	want := map[string]int{
		"dup-dependency":            209,
		"dup-dependency-conjunct":   302,
		"dup-dependency-cross-file": 432,
		"constant-condition":        34,
		"no-type":                   0,
		"choice-default-foreign":    0,
		"choice-member-selected":    5,
		"select-wrong-target-type":  0,
		"nonlogic-in-logic":         2,
		"menuconfig-no-children":    22,
		"implicit-submenu-break":    5,
		"prompt-in-two-definitions": 1,
		"duplicate-definition":      0,
		"select-visible":            6267,
		"select-with-deps":          12616,
		"bool-compare-redundant":    111,
	}
	levels := check.Levels{"rust": check.Off}
	for id := range want {
		levels[id] = check.On
	}
	if os.Getenv("KCONFIG_LS_LINUX") == "" {
		t.Skip("SKIPPED: set KCONFIG_LS_LINUX to a Linux 6.12 source tree to run this test")
	}
	s, root, err := Load(vfs.OS{}, os.Getenv("KCONFIG_LS_LINUX"), Settings{Arch: "x86", Checks: levels}, nil)
	if err != nil || root == nil {
		t.Fatal("the tree that KCONFIG_LS_LINUX names cannot be loaded:", err)
	}
	if !strings.HasPrefix(root.Version, "6.12.") {
		t.Skipf("SKIPPED: the counts are those of Linux 6.12, not %s", root.Version)
	}
	got := map[string]int{}
	found, _ := DiagnoseAll(s, root, Survey{Archs: root.Archs(), Unreached: true})
	for _, d := range found {
		if _, ok := want[d.Code]; ok {
			got[d.Code]++
		}
	}
	for _, id := range slices.Sorted(maps.Keys(want)) {
		if got[id] != want[id] {
			t.Errorf("%d findings [%s], want %d", got[id], id, want[id])
		}
	}
}
