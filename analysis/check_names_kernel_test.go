package analysis

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// TestKernelNames pins what checks of names find in Linux 6.12 over all architectures,
// rule by rule. Other tools find the same undefined names; each finding was looked at.
func TestKernelNames(t *testing.T) {
	dir := needDirectory(t, "KCONFIG_LS_LINUX")
	settings := Settings{Checks: check.Levels{
		string(check.Code): check.On, "orphan-file": check.On, check.CodeUnusedSymbol: check.On,
		// What is not looked at here takes its time.
		string(check.Structure): check.Off, string(check.Dead): check.Off, string(check.Deep): check.Off,
		string(check.Rust): check.Off, string(check.Style): check.Off,
	}}
	s, root, err := Load(vfs.OS{}, dir, settings, nil)
	if err != nil || root == nil {
		t.Fatalf("no kernel tree in %s: %v", dir, err)
	}
	if !strings.HasPrefix(root.Version, "6.12.") {
		t.Skipf("SKIPPED: the names are those of Linux 6.12, not %s", root.Version)
	}
	found, _ := DiagnoseAll(s, root, Survey{Archs: root.Archs(), Unreached: true})
	start, used := time.Now(), cpu()
	refs := root.surveyCode(s, root.View(root.arch), root.arch, nil)
	t.Logf("%d findings, %d of them in code, for which that took %v, and %v of the processors", len(found), len(refs), time.Since(start), cpu()-used)
	names := map[string]map[string]bool{}
	for _, d := range found {
		if names[d.Code] == nil {
			names[d.Code] = map[string]bool{}
		}
		names[d.Code][d.Symbol] = true
	}
	_, err = os.Stat(filepath.Join(dir, "kernel", "fork.c"))
	for code, want := range kernelNames {
		if ofCode := code == check.CodeUnusedSymbol || code == check.CodeUndefinedConfigRef || code == check.CodeMissingConfigPrefix; ofCode && err != nil {
			t.Logf("NOT COMPARED: %s, since the tree has no code", code)
			continue
		}
		if diff := cmp.Diff(strings.Fields(want), slices.AppendSeq([]string{}, slices.Values(slices.Sorted(maps.Keys(names[code]))))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", code, diff)
		}
	}
}

// kernelNames are the names that are found in Linux 6.12, by rule.
var kernelNames = map[string]string{
	"undefined-symbol": `
		ARCH_HAS_HOLES_MEMORYMODEL ARCH_HAS_PREEMPT_LAZY ARCH_LAN969X ARCH_SPACEMIT ARM64_HAFT
		ARM_ERRATA_794072 ARM_SMC_MBOX CC_CAN_LINK_STATIC_NO_RUNTIME_DEPS CLK_FIXED_FCH DEPRECATED
		DRM_DEBUG_SELFTEST I2C_K1 LZ4HC_DECOMPRESS MACH_JZ4755 MACH_JZ4760 MACH_STM32MP25 MCHP_LAN966X_PCI
		MIPS_BAIKAL_T1 MMU_V4 MODULE_COMPRESS_NONE MTK_DVFSRC PINCTRL_MILBEAUT PREEMPT_AUTO SAR_GCC_2130P
		SND_SOC_AC97_BUS_NEW SRCU USB_HSIC_USB3613 USB_OHCI_SH XTENSA_PLATFORM_ESP32`,
	"uppercase-tristate": `
		N`,
	"config-prefix-in-kconfig": `
		CONFIG_STM`,
	"undefined-compare": `
		`,
	"always-n": `
		440SP ALPHA_LARGE_VMALLOC ARCH_HAS_DMA_MARK_CLEAN ARCH_MMAP_RND_BITS_DEFAULT
		ARCH_MMAP_RND_COMPAT_BITS_DEFAULT ARCH_SPEAR_AUTO BINFMT_FLAT_OLD_ALWAYS_RAM BPF_ARCH_SPINLOCK
		CPU_ARM740T CPU_ARM7TDMI CPU_ARM940T CPU_ARM946E CPU_ARM9TDMI CPU_MMP2 CPU_PXA168 CPU_PXA910
		CRYPTO_ACOMP CRYPTO_LIB_AESGCM DRM_PANEL_BACKLIGHT_QUIRKS FB_CFB_REV_PIXELS_IN_BYTE
		GENERIC_IRQ_LEGACY IMGPDC_IRQ INDIRECT_IOMEM_FALLBACK IO_MAPPING IRQ_IDT3243X IRQ_TIMINGS
		MIPS_L1_CACHE_SHIFT_5 NR_CPUS_DEFAULT_16 NR_CPUS_DEFAULT_32 NR_CPUS_DEFAULT_8 NVDIMM_KMSAN
		PCCARD_IODYN QED_NVMETCP REGMAP_FSI REGMAP_MDIO S3C_DEV_HSMMC3 SND_SOC_AU1XI2SC
		SND_SOC_CS4270_VD33_ERRATA SND_SOC_INTEL_DA7219_MAX98357A_GENERIC SND_SOC_INTEL_HASWELL
		SND_SOC_INTEL_SST SND_SOC_SH4_SSI SND_SPEAR_SOC SND_SPEAR_SPDIF_IN SND_SPEAR_SPDIF_OUT
		SYS_HAS_CPU_P5600 SYS_HAS_CPU_R5500 SYS_SUPPORTS_1000HZ SYS_SUPPORTS_24HZ SYS_SUPPORTS_250HZ
		SYS_SUPPORTS_48HZ TPS65911_COMPARATOR WAR_MIPS34K_MISSED_ITLB XKS01`,
	"unknown-function": `
		`,
	"repeated-source": `
		`,
	"missing-config-prefix": `HWMON`,
	"orphan-file":           ``,
	"unused-symbol": `
		DMA_FENCE_TRACE MISC_RTSX REALVIEW_EB_A9MP REALVIEW_EB_ARM1176 SOC_AR913X SOC_AR933X SOC_STIH415 SOC_STIH416`,
	"undefined-config-ref": `
		ASYNC_TX_CHANNEL_SWITCH AS_CFI_VAL_OFFSET BAND_LBAND BAND_SBAND CAAM_QI CC_HAS_K_CONSTRAINT
		COMET_EARLY_UART_DEBUG CPU_PXA930 CPU_PXA935 CPU_SUBTYPE_SH7730 CPU_SUBTYPE_ST40
		CRYPTO_DEV_ASPEED_HACE_CRYPTO_DEBUG DEBUG_SHIRQ_FIXME DRM_AMD_DC_DP2_0 DRM_XE_LMTT_2L_128GB
		FUSION_MAX_FC_SGE GILBARCONAP HAVE_FTRACE_REGS_HAVING_PT_REGS MACH_JZ4730 MACH_JZ4750 MACH_JZ4755
		MACH_JZ4760 MACH_JZ4775 MACH_X1500 MACH_X2000 MACH_X2100 MAPLE_RCU_DISABLED MT76_DEV MTK_DEBUG
		NCR53C8XX_PREFETCH NILFS_POSIX_ACL NILFS_XATTR NOUVEAU_I2C_INTERNAL NOUVEAU_I2C_INTERNAL_DEFAULT
		OPEN_FPU_DZE OPEN_FPU_IDE OPEN_FPU_IOE OPEN_FPU_IXE OPEN_FPU_OFE OPEN_FPU_UFE PAGE_SIZE_1MB
		PCI_HOST_ITE8152 PINCTRL_DB8540 PPC_PMAC__disabled PPC__disabled RESCTRL_RMID_DEPENDS_ON_CLOSID
		SA1100_CT6001 SCSI_NCR53C8XX_DISABLE_MPARITY_CHECK SCSI_NCR53C8XX_DISABLE_PARITY_CHECK
		SCSI_NCR53C8XX_FORCE_SYNC_NEGO SCSI_NCR53C8XX_IARB SCSI_NCR53C8XX_INTEGRITY_CHECK
		SCSI_NCR53C8XX_NO_WORD_TRANSFERS SCSI_NCR53C8XX_TAGGED_QUEUE SGI_IP35 STANDARD_DAB STANDARD_DVBT
		SYS_ISDBT TUNER_DIB0090_P1B_SUPPORT USB_HSIC_USB3613 VALGRIND VERBOSE_DEBUG XZ_DEC_IA64`,
}
