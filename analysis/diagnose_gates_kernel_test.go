package analysis

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// TestKernelGateFindings looks for mistakes about gates in a whole kernel, as several
// architectures see it. There are none in 6.1 and 6.12: each finding would be listed
// here and judged.
func TestKernelGateFindings(t *testing.T) {
	dir := needDirectory(t, "KCONFIG_LS_LINUX")
	codes := gateCodes()
	s, root, err := Load(vfs.OS{}, dir, Settings{}, nil)
	if err != nil || root == nil {
		t.Fatalf("no kernel tree in %s: %v", dir, err)
	}
	for _, arch := range []string{"x86", "arm64", "riscv", "loongarch", "powerpc", "um", "s390", "arm", "mips"} {
		root.Model(arch)
		start := time.Now()
		root.gateSet(root.cachedModel(arch))
		fmt.Println(arch, "set", time.Since(start))
		start = time.Now()
		root.findGates(s, arch)
		fmt.Println(arch, time.Since(start), len(root.cachedModel(arch).findings.all))
		counts := map[string]int{}
		for _, d := range DiagnoseRoot(s, root, arch) {
			counts[d.Code]++
			if slices.Contains(codes, d.Code) && (!check.TellsOfUser(d.Code)) {
				rel, _ := filepath.Rel(dir, d.Path)
				t.Errorf("%s: %s:%d: %s [%s]", arch, rel, s.Text(d.Path).Line(d.Start)+1, d.Message, d.Code)
			}
		}
		fmt.Println(counts)
	}
	_ = strings.Contains
}
