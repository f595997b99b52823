package format_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/format"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// corpora maps the trees below KCONFIG_LS_CORPORA to their dialects.
var corpora = map[string]string{
	"barebox":                "barebox",
	"buildroot":              "buildroot",
	"busybox-1.38-generated": "busybox",
	"coreboot":               "coreboot",
	"esp-idf":                "esp-idf",
	"qemu-10.2.2":            "qemu",
	"u-boot":                 "u-boot",
	"zephyr-intel-2024":      "zephyr",
}

// kconfigName matches the names of the files in the Kconfig language.
var kconfigName = regexp.MustCompile(`^(Kconfig.*|Config\..*in.*|Config\.src)$`)

// TestCorpora formats every Kconfig file of real trees; see formatTree.
func TestCorpora(t *testing.T) {
	root := os.Getenv("KCONFIG_LS_CORPORA")
	if root == "" {
		t.Skip("SKIPPED: set KCONFIG_LS_CORPORA to a directory of unpacked corpora to format them")
	}
	for _, name := range slices.Sorted(maps.Keys(corpora)) {
		t.Run(name, func(t *testing.T) {
			d, ok := parser.DialectByName(corpora[name])
			if !ok {
				t.Fatalf("unknown dialect %q", corpora[name])
			}
			formatTree(t, filepath.Join(root, name), d)
		})
	}
}

// TestLinux formats every Kconfig file of a kernel; see formatTree.
func TestLinux(t *testing.T) {
	root := os.Getenv("KCONFIG_LS_LINUX")
	if root == "" {
		t.Skip("SKIPPED: set KCONFIG_LS_LINUX to a kernel tree to format it")
	}
	formatTree(t, root, parser.Linux(6, 12))
}

// formatTree formats every Kconfig file of a tree in the style of its project, and
// looks at the result with what the formatter itself does not use. No edit may be
// given up for what it does to the meaning: real files have nothing for that.
func formatTree(t *testing.T, root string, d parser.Dialect) {
	if _, err := os.Stat(root); err != nil {
		t.Skipf("SKIPPED: %v", err)
	}
	style := format.StyleOf(d)
	files, changed := 0, 0
	kinds := map[format.Kind]int{}
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || !kconfigName.MatchString(entry.Name()) || filepath.Ext(path) == ".rst" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		tree := parser.Parse(string(text), d)
		edits := format.All(tree, style)
		if planned := format.Plan(tree, style); len(edits) != len(planned) {
			t.Errorf("%s: only %d of %d edits keep the meaning", path, len(edits), len(planned))
		}
		for _, e := range edits {
			kinds[e.Kind]++
		}
		if len(edits) > 0 {
			changed++
		}
		verify(t, path, tree, style, edits)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %d of %d files change, by %v", d, changed, files, kinds)
	if files == 0 {
		t.Error("no files found")
	}
}
