package analysis

import (
	"bufio"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// needDirectory returns the directory that an environment variable names, or
// skips the test and says so.
func needDirectory(t testing.TB, variable string) string {
	t.Helper()
	dir := os.Getenv(variable)
	if dir == "" {
		t.Skipf("SKIPPED: %s names no directory; see CONTRIBUTING.md", variable)
	}
	return dir
}

// TestMutants holds our verdict on damaged files against that of Linux 6.12's
// own conf: accept or reject, for all of them.
func TestMutants(t *testing.T) {
	dir := filepath.Join(needDirectory(t, "KCONFIG_LS_ORACLES"), "mutants")
	rows, err := os.Open(filepath.Join(dir, "mutants.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	lines := bufio.NewScanner(rows)
	lines.Buffer(nil, 1<<24)
	compared := 0
	for lines.Scan() {
		var row struct {
			ID, Kind, Desc string
			Conf           struct {
				Accept bool
				Msgs   []json.RawMessage
			} `json:"conf-6.12"`
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "files", row.ID+".Kconfig")
		s, err := LoadSingle(vfs.OS{}, path, Settings{})
		if err != nil {
			t.Fatal(err)
		}
		compared++
		found := Diagnose(s, path, true)
		rejected := slices.ContainsFunc(found, func(d Diagnostic) bool { return d.Severity == check.Error })
		if rejected == row.Conf.Accept {
			t.Errorf("%s (%s, %s): conf accepts: %v, we found %v", row.ID, row.Kind, row.Desc, row.Conf.Accept, found)
		}
		if row.Conf.Accept && len(row.Conf.Msgs) == 0 && len(found) > 0 {
			t.Errorf("%s (%s, %s): conf is silent, we found %v", row.ID, row.Kind, row.Desc, found)
		}
	}
	if compared == 0 {
		t.Error("no mutants there")
	}
	t.Logf("%d files compared", compared)
}

// TestKernelFindings checks a whole kernel tree for every architecture. The
// kernel's tools accept it, so there is no error; and each name is listed that nothing
// defines. What other checks find is for tests of their own.
func TestKernelFindings(t *testing.T) {
	dir := needDirectory(t, "KCONFIG_LS_LINUX")
	s, root, err := Load(vfs.OS{}, dir, Settings{}, nil)
	if err != nil || root == nil {
		t.Fatalf("no kernel tree in %s: %v", dir, err)
	}
	if len(root.Archs()) < 15 {
		t.Errorf("only the architectures %v", root.Archs())
	}
	// What runs at every key, and what is about gates, finds nothing but names.
	unexpected := map[string]bool{}
	for _, c := range check.All() {
		for _, r := range c.Rules {
			unexpected[r.ID] = true
		}
	}
	for _, c := range check.GateChecks() {
		for _, r := range c.Rules {
			unexpected[r.ID] = true
		}
	}
	undefined := map[string]bool{}
	for _, arch := range root.Archs() {
		for _, d := range DiagnoseRoot(s, root, arch) {
			if ofUser(d.Code) {
				continue
			}
			switch {
			case d.Severity == check.Error:
				t.Errorf("%s: %s:%d: %s [%s]", arch, d.Path, d.Start, d.Message, d.Code)
			case check.IsUndefined(d.Code):
				undefined[d.Symbol] = true
			case unexpected[d.Code]:
				t.Errorf("%s: not expected: %s:%d: %s [%s]", arch, d.Path, d.Start, d.Message, d.Code)
			}
		}
	}
	var want []string
	switch {
	case strings.HasPrefix(root.Version, "6.12."):
		// Also found by two other tools, one of them in the kernel tree of later
		// versions.
		want = strings.Fields(`
			ARCH_HAS_HOLES_MEMORYMODEL ARCH_HAS_PREEMPT_LAZY ARCH_LAN969X ARCH_SPACEMIT ARM64_HAFT
			ARM_ERRATA_794072 ARM_SMC_MBOX CC_CAN_LINK_STATIC_NO_RUNTIME_DEPS CLK_FIXED_FCH CONFIG_STM
			DEPRECATED DRM_DEBUG_SELFTEST I2C_K1 LZ4HC_DECOMPRESS MACH_JZ4755 MACH_JZ4760 MACH_STM32MP25
			MCHP_LAN966X_PCI MIPS_BAIKAL_T1 MMU_V4 MODULE_COMPRESS_NONE MTK_DVFSRC N PINCTRL_MILBEAUT
			PREEMPT_AUTO SAR_GCC_2130P SND_SOC_AC97_BUS_NEW SRCU USB_HSIC_USB3613 USB_OHCI_SH
			XTENSA_PLATFORM_ESP32`)
	case strings.HasPrefix(root.Version, "6.1."):
		want = strings.Fields(`
			ARCH_BCM4908 ARCH_DMA_DEFAULT_COHERENT ARCH_HAS_HOLES_MEMORYMODEL ARCH_LAN969X ARCH_THUNDERBAY
			ARCH_VERSAL ARM_ERRATA_794072 CC_CAN_LINK_STATIC_NO_RUNTIME_DEPS CLK_FIXED_FCH CONFIG_STM
			DEBUG_OMAP3UART1 DEBUG_OMAP3UART2 DEBUG_OMAP4UART1 DEBUG_OMAP4UART2 DEBUG_OMAP5UART1
			DEBUG_OMAP5UART2 DRM_DEBUG_SELFTEST DRM_DP_HELPER GCC12_NO_ARRAY_BOUNDS GPIO_MLXBF3
			INTEL_IFS_DEVICE MACH_DAVINCI_DM6467_EVM MACH_DAVINCI_EVM MACH_JZ4760 MFD_MAX597X MFD_SM5703
			MFD_TN48M_CPLD MFD_TPS65219 MIPS_BAIKAL_T1 MTK_DVFSRC PINCTRL_MILBEAUT SND_SOC_AC97_BUS_NEW
			USB_HSIC_USB3613`)
	default:
		t.Logf("%d undefined names in %s; they are only listed for 6.12 and 6.1", len(undefined), root.Version)
		return
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(undefined))); diff != "" {
		t.Errorf("undefined symbols of %s (-want +got):\n%s", root.Version, diff)
	}
}

// TestCorpora checks whole trees of other projects. They build, so there is no
// error in them that is not explained here.
func TestCorpora(t *testing.T) {
	dir := needDirectory(t, "KCONFIG_LS_CORPORA")
	explained := map[string]string{
		// The archive has the files that are named as Buildroot's usually are,
		// and this one is not.
		"buildroot missing-source package/php/Config.in": "the file it names is not in the archive",
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	trees := 0
	for _, e := range entries {
		top := filepath.Join(dir, e.Name())
		if inner, err := os.ReadDir(top); err == nil && len(inner) == 1 && inner[0].IsDir() {
			top = filepath.Join(top, inner[0].Name())
		}
		s, root, err := Load(vfs.OS{}, top, Settings{}, nil)
		if err != nil || root == nil {
			t.Errorf("%s: no tree found: %v", e.Name(), err)
			continue
		}
		trees++
		found, files := DiagnoseAll(s, root, Survey{Archs: root.Archs(), Unreached: true})
		counts := map[string]int{}
		for _, d := range found {
			counts[d.Severity.String()+" "+d.Code]++
			if d.Severity != check.Error {
				continue
			}
			key := root.Dialect.Name + " " + d.Code + " " + relativeTo(root.Dir, d.Path)
			if explained[key] == "" {
				t.Errorf("%s:%d: %s [%s]", d.Path, s.Text(d.Path).Line(d.Start)+1, d.Message, d.Code)
			}
		}
		t.Logf("%s: %s, %d files, %v", e.Name(), root.Dialect, files, counts)
	}
	if trees == 0 {
		t.Error("no trees there")
	}
}

// TestConfCases holds our verdict on small trees, each about one thing, against
// that of Linux 6.12's own conf.
func TestConfCases(t *testing.T) {
	dir := filepath.Join(needDirectory(t, "KCONFIG_LS_ORACLES"), "conf-cases")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	passedOver := strings.Fields(`bool-default-literal choice-member-selected const-in-logic default-m-on-bool
		empty-choice nonlogic-in-logic prompt-empty prompt-in-two-definitions prompt-whitespace range-backwards`)
	compared := 0
	for _, e := range entries {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, "cfg-"), strings.HasSuffix(name, "-werror"):
			continue // about .config files, and about warnings made errors
		case name == "no-kconfig":
			continue // has no file to look at
		}
		status, err := os.ReadFile(filepath.Join(dir, name, "rc"))
		if err != nil {
			continue // notes on a case, without a verdict
		}
		s, root, err := Load(vfs.OS{}, filepath.Join(dir, name), Settings{}, nil)
		if err != nil || root == nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		compared++
		found := DiagnoseRoot(s, root, "")
		rejected := slices.ContainsFunc(found, func(d Diagnostic) bool { return d.Severity == check.Error })
		if accepts := strings.TrimSpace(string(status)) == "0"; accepts == rejected {
			t.Errorf("%s: conf accepts: %v, we found %v", name, accepts, found)
		}
		stderr, err := os.ReadFile(filepath.Join(dir, name, "expected_stderr"))
		if err != nil {
			t.Error(err)
		}
		found = slices.DeleteFunc(found, func(d Diagnostic) bool {
			rule, _ := root.policy.Rule(d.Code)
			return rule.Family == check.Style || slices.Contains(passedOver, d.Code)
		})
		if len(stderr) == 0 && len(found) > 0 {
			t.Errorf("%s: conf is silent, we found %v", name, found)
		}
	}
	if compared < 100 {
		t.Errorf("only %d cases there", compared)
	}
	t.Logf("%d cases compared", compared)
}
