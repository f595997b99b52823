package analysis

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// TestUnmetByConf has the kernel's own conf read the configurations by which selects are
// said to leave dependencies unmet: it must warn of the same. Those that take certain
// tools are left out, since conf asks those of the machine.
func TestUnmetByConf(t *testing.T) {
	dir, conf := os.Getenv("KCONFIG_LS_LINUX"), os.Getenv("KCONFIG_LS_CONF_612")
	if dir == "" || conf == "" {
		t.Skip("SKIPPED: set KCONFIG_LS_LINUX and KCONFIG_LS_CONF_612 to have conf confirm what selects leave unmet")
	}
	if testing.Short() {
		t.Skip("SKIPPED with -short: conf of a whole kernel takes a minute or two")
	}
	levels := check.Levels{string(check.Deep): check.Off, "unmet-dependency": check.On}
	_, root, err := Load(vfs.OS{}, dir, Settings{Arch: "x86", Checks: levels}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(root.Version, "6.12.") {
		t.Skipf("SKIPPED: the tree is Linux %s, and conf that of 6.12", root.Version)
	}
	confirmed := 0
	for _, arch := range []string{"x86", "powerpc", "sh"} {
		for _, f := range root.surveyDeep(arch, nil, nil).result.Findings {
			head, lines, ok := strings.Cut(f.Related[len(f.Related)-1].Message, ":\n")
			if !ok || strings.Contains(head, "with tools") {
				continue
			}
			target := f.At.File.Tree.At(int(f.At.Statement)).TokenText(f.At.From)
			output := askConf(t, conf, root, arch, lines+"\n")
			if !strings.Contains(output, "unmet direct dependencies detected for "+target+"\n") {
				t.Errorf("on %s conf does not say that %s is unmet under\n%s", arch, target, lines)
			}
			confirmed++
		}
	}
	if confirmed < 10 {
		t.Errorf("conf was asked of %d configurations only", confirmed)
	}
}

// askConf returns what conf says of a configuration.
func askConf(t *testing.T, conf string, root *Root, arch, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, conf, "--olddefconfig", "Kconfig")
	cmd.Dir = root.Dir
	cmd.Env = slices.Concat(os.Environ(), []string{
		"srctree=.", "objtree=.", "ARCH=" + arch, "SRCARCH=" + arch, "SUBARCH=" + arch, "KERNELVERSION=" + root.Version,
		"CC=gcc", "HOSTCC=gcc", "LD=ld", "AR=ar", "NM=nm", "OBJCOPY=objcopy", "RUSTC=false", "BINDGEN=false",
		"PAHOLE=false", "CC_VERSION_TEXT=gcc", "RUSTC_VERSION_TEXT=", "CONFIG_SHELL=sh", "KCONFIG_CONFIG=" + file,
		// Nothing is written into the tree.
		"KCONFIG_AUTOCONFIG=" + file + ".auto.conf", "KCONFIG_AUTOHEADER=" + file + ".h", "KCONFIG_RUSTCCFG=" + file + ".rustc",
	})
	output, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("conf: %v\n%s", err, output)
	}
	return string(output)
}
