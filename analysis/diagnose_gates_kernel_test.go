package analysis

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// mutatedFiles are the files on disk, some of them with other texts.
type mutatedFiles struct {
	vfs.OS
	texts map[string]string // by absolute path
}

func (m mutatedFiles) ReadFile(path string, limit int64) (string, fs.FileInfo, error) {
	text, info, err := m.OS.ReadFile(path, limit)
	if other, ok := m.texts[path]; ok {
		text = other
	}
	return text, info, err
}

// mutation replaces a text in a file that has it once.
type mutation struct{ file, old, replacement string }

// kernelGateFindings returns the mistakes about gates in a kernel with some mutations,
// as some architectures see it.
func kernelGateFindings(t *testing.T, archs []string, mutations ...mutation) []string {
	t.Helper()
	dir := needDirectory(t, "KCONFIG_LS_LINUX")
	files := mutatedFiles{texts: map[string]string{}}
	for _, m := range mutations {
		path := filepath.Join(dir, filepath.FromSlash(m.file))
		text, _, err := files.ReadFile(path, maxFileSize)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Count(text, m.old) != 1 {
			t.Fatalf("%s has %q %d times", m.file, m.old, strings.Count(text, m.old))
		}
		files.texts[path] = strings.Replace(text, m.old, m.replacement, 1)
	}
	s, root, err := Load(files, dir, Settings{}, nil)
	if err != nil || root == nil {
		t.Fatalf("no kernel tree in %s: %v", dir, err)
	}
	codes := gateCodes()
	var found []string
	for _, arch := range archs {
		for _, d := range DiagnoseRoot(s, root, arch) {
			if !slices.Contains(codes, d.Code) || ofUser(d.Code) {
				continue
			}
			text := s.Text(d.Path)
			line := fmt.Sprintf("%s:%d: %s: %s", relativeTo(dir, d.Path), text.Line(d.Start)+1, d.Code, text.Slice(d.Start, d.End))
			if d.Fix != nil {
				line += " (fix)"
			}
			if !slices.Contains(found, line) {
				found = append(found, line)
			}
		}
	}
	return found
}

// TestKernelGateFindings looks for mistakes about gates in a whole kernel, as the
// architectures with Rust, and some without, see it. Linux 6.1 and 6.12 have none:
// whatever is found would be listed here and judged.
func TestKernelGateFindings(t *testing.T) {
	archs := []string{"x86", "arm64", "riscv", "loongarch", "um", "powerpc", "s390"}
	if found := kernelGateFindings(t, archs); len(found) > 0 {
		t.Errorf("%d findings: %s", len(found), strings.Join(found, "\n"))
	}
}

// TestKernelGateMutations breaks Linux 6.12 in ways that people could, and looks for
// what is found then, and that there is nothing else.
func TestKernelGateMutations(t *testing.T) {
	if k := loadKernel(t); !strings.HasPrefix(k.root.Version, "6.12.") {
		t.Skipf("SKIPPED: the mutations are those of Linux 6.12, not %s", k.root.Version)
	}
	const phy, block, drm = "drivers/net/phy/Kconfig", "drivers/block/Kconfig", "drivers/gpu/drm/Kconfig"
	for _, c := range []struct {
		name      string
		mutations []mutation
		want      []string
	}{
		{"each of its own", []mutation{
			// The root of a composite.
			{block, "tristate \"Rust null block driver (Experimental)\"\n\tdepends on RUST\n", "tristate \"Rust null block driver (Experimental)\"\n"},
			// A part of a composite.
			{drm, "depends on DRM_PANIC && RUST\n", "depends on DRM_PANIC\n"},
			// An object of its own, that needs Rust over two abstractions.
			{phy, "\tdepends on RUST_PHYLIB_ABSTRACTIONS\n\tdepends on RUST_FW_LOADER_ABSTRACTIONS\n", "\tdepends on PHYLIB\n"},
			// An object that takes the place of another one in an ifdef.
			{phy, "depends on RUST_PHYLIB_ABSTRACTIONS && AX88796B_PHY", "depends on AX88796B_PHY"},
			// A directory, and all below it.
			{"samples/rust/Kconfig", "\tdepends on RUST\n", ""},
			// A part in an ifdef, in a directory without a Kconfig file.
			{"mm/kasan/Makefile", "ifdef CONFIG_RUST\n", "ifdef CONFIG_PRINTK\n"},
			// Flags of an architecture, and those of the top Makefile.
			{"arch/x86/Kconfig", "depends on CC_HAS_SLS && X86_64", "depends on X86_64"},
			{"security/Kconfig.hardening", "depends on CC_HAS_ZERO_CALL_USED_REGS\n", "depends on X86\n"},
			{"arch/Kconfig", "depends on RUSTC_VERSION >= 107900", "depends on RUSTC_VERSION >= 107800"},
		}, []string{
			"arch/Kconfig:864: rustc-version-out-of-date: RUSTC_VERSION >= 107800 (fix)",
			"arch/x86/Kconfig:2609: toolchain-condition-missing: MITIGATION_SLS",
			block + ":357: rust-missing-dependency: BLK_DEV_RUST_NULL (fix)",
			drm + ":156: rust-missing-dependency: DRM_PANIC_SCREEN_QR_CODE (fix)",
			phy + ":115: rust-missing-dependency: AMCC_QT2025_PHY (fix)",
			phy + ":129: rust-missing-dependency: AX88796B_RUST_PHY (fix)",
			"lib/Kconfig.kasan:186: rust-missing-dependency: KASAN_KUNIT_TEST (fix)",
			"samples/rust/Kconfig:12: rust-missing-dependency: SAMPLE_RUST_MINIMAL (fix)",
			"samples/rust/Kconfig:22: rust-missing-dependency: SAMPLE_RUST_PRINT (fix)",
			"security/Kconfig.hardening:264: toolchain-condition-missing: ZERO_CALL_USED_REGS",
		}},
		{"what they depend on", []mutation{
			{phy, "        depends on RUST\n        depends on PHYLIB=y\n", "        depends on PHYLIB=y\n"},
			// An object that moves to another symbol.
			{"drivers/block/Makefile", "obj-$(CONFIG_BLK_DEV_RUST_NULL) += rnull_mod.o", "obj-$(CONFIG_BLK_DEV_LOOP) += rnull_mod.o"},
		}, []string{
			block + ":143: rust-missing-dependency: BLK_DEV_LOOP (fix)",
			phy + ":129: rust-missing-dependency: AX88796B_RUST_PHY (fix)",
		}},
		{"conflict and redundancy", []mutation{
			{block, "\tdepends on RUST\n", "\tdepends on RUST && MODVERSIONS\n"},
			{phy, "depends on RUST_PHYLIB_ABSTRACTIONS && AX88796B_PHY", "depends on RUST_PHYLIB_ABSTRACTIONS && AX88796B_PHY && RUST"},
		}, []string{
			block + ":359: rust-conflict: MODVERSIONS",
			phy + ":132: rust-redundant-dependency: RUST (fix)",
		}},
		{"architectures without Rust",
			[]mutation{{block, "\tdepends on RUST\n", "\tdepends on RUST && (PPC || MIPS)\n"}},
			[]string{block + ":359: arch-without-rust: (PPC || MIPS)"}},
		{"an architecture with Rust",
			[]mutation{{block, "\tdepends on RUST\n", "\tdepends on RUST && (PPC || ARM64)\n"}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, kernelGateFindings(t, []string{"x86"}, c.mutations...)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
