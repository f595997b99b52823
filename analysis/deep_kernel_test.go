package analysis

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// TestUnmetOfKernel looks for selects in Linux 6.12 that leave dependencies unmet, on
// those architectures that have nearly all of them, or on all if that is asked for. What is found was confirmed by evaluation, each with its
// configuration, or it would not be reported.
func TestUnmetOfKernel(t *testing.T) {
	dir := os.Getenv("KCONFIG_LS_LINUX")
	if dir == "" {
		t.Skip("SKIPPED: set KCONFIG_LS_LINUX to a kernel tree to prove what selects leave unmet")
	}
	if testing.Short() {
		t.Skip("SKIPPED with -short: what selects of the kernel leave unmet takes a minute")
	}
	levels := check.Levels{string(check.Deep): check.Off, "unmet-dependency": check.On}
	_, root, err := Load(vfs.OS{}, dir, Settings{Arch: "x86", Checks: levels}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(root.Version, "6.12.") {
		t.Skipf("SKIPPED: the tree is Linux %s, and what is known is that of 6.12", root.Version)
	}
	looked := []string{"x86", "arm", "powerpc", "sh", "mips"}
	if os.Getenv("KCONFIG_LS_ALL_ARCHS") != "" {
		looked = root.Archs()
	} else {
		t.Log("set KCONFIG_LS_ALL_ARCHS=1 to look at all architectures")
	}
	archs := map[string][]string{}
	for _, arch := range looked {
		found := root.surveyDeep(arch, nil, nil)
		if !found.result.Complete {
			t.Errorf("%s is not complete", arch)
		}
		for _, f := range found.result.Findings {
			line := f.At.File.Tree.At(int(f.At.Statement))
			pair := fmt.Sprintf("%s -> %s", f.Symbol, line.TokenText(f.At.From))
			archs[pair] = append(archs[pair], arch)
		}
	}
	// Each is found in this architecture, and may be in others.
	known := map[string]string{
		"ARM -> TIMER_OF":                                              "arm", // with gcc before 9.1
		"ARM_GIC_V3 -> HAVE_ARM_SMCCC_DISCOVERY":                       "arm",
		"BACKLIGHT_KTD2801 -> LEDS_EXPRESSWIRE":                        "x86",
		"DRM_XE_DISPLAY -> FB_IOMEM_HELPERS":                           "x86",
		"ISCSI_TARGET -> CRYPTO_CRC32C_INTEL":                          "x86", // with clang 14 and KMSAN
		"PM_SLEEP_SMP -> HOTPLUG_CPU":                                  "powerpc",
		"PPC_8xx -> HUGETLBFS":                                         "powerpc",
		"SH_7724_SOLUTION_ENGINE -> SND_SOC_AK4642":                    "sh",
		"SH_ECOVEC -> SND_SOC_DA7210":                                  "sh",
		"SND_MPC52xx_SOC_EFIKA -> SND_SOC_MPC5200_AC97":                "powerpc",
		"SND_MPC52xx_SOC_EFIKA -> SND_SOC_STAC9766":                    "powerpc",
		"SND_MPC52xx_SOC_PCM030 -> SND_SOC_MPC5200_AC97":               "powerpc",
		"SND_MPC52xx_SOC_PCM030 -> SND_SOC_WM9712":                     "powerpc",
		"SND_SIU_MIGOR -> SND_SOC_SH4_SIU":                             "sh",
		"SND_SOC_DB1200 -> SND_SOC_WM8731_I2C":                         "mips",
		"SND_SOC_SH4_SIU -> SH_DMAE":                                   "sh",
		"SND_SOC_SOF_INTEL_SOUNDWIRE_LINK_BASELINE -> SOUNDWIRE_INTEL": "arm64",
		"TI_ICSSG_PRUETH_SR1 -> TI_ICSS_IEP":                           "arm64",
		"WIREGUARD -> CRYPTO_CURVE25519_NEON":                          "arm",
	}
	var want []string
	for pair, arch := range known {
		if slices.Contains(looked, arch) {
			want = append(want, pair)
		}
	}
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(archs)); !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(looked) < len(root.Archs()) {
		return
	}
	for _, name := range []string{"BACKLIGHT_KTD2801 -> LEDS_EXPRESSWIRE", "DRM_XE_DISPLAY -> FB_IOMEM_HELPERS"} {
		if len(archs[name]) != 19 {
			t.Errorf("%s on %v, want 19 architectures", name, archs[name])
		}
	}
}
