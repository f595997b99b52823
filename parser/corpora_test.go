package parser

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// corpora maps the trees that TestCorpora reads to their dialects.
var corpora = map[string]string{
	"barebox":                "barebox",
	"buildroot":              "buildroot",
	"busybox-1.38-generated": "busybox",
	"coreboot":               "coreboot",
	"esp-idf":                "esp-idf",
	"linux-6.12":             "linux-6.12",
	"qemu-10.2.2":            "qemu",
	"u-boot":                 "u-boot",
	"zephyr-intel-2024":      "zephyr",
}

// kconfigName matches the names of the files in the Kconfig language.
var kconfigName = regexp.MustCompile(`^(Kconfig.*|Config\..*in.*|Config\.src)$`)

// TestCorpora parses every Kconfig file of real trees by itself: none may have
// an error in its project's dialect.
func TestCorpora(t *testing.T) {
	root := os.Getenv("KCONFIG_LS_CORPORA")
	if root == "" {
		t.Skip("set KCONFIG_LS_CORPORA to a directory of unpacked corpora to parse them")
	}
	for _, name := range slices.Sorted(maps.Keys(corpora)) {
		t.Run(name, func(t *testing.T) {
			d, ok := DialectByName(corpora[name])
			if !ok {
				t.Fatalf("unknown dialect %q", corpora[name])
			}
			parseTree(t, filepath.Join(root, name), d)
		})
	}
}

// TestLinux parses every Kconfig file of a kernel tree as its own version.
func TestLinux(t *testing.T) {
	root := os.Getenv("KCONFIG_LS_LINUX")
	if root == "" {
		t.Skip("set KCONFIG_LS_LINUX to a kernel tree to parse it")
	}
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^VERSION = (\d+)\nPATCHLEVEL = (\d+)$`).FindSubmatch(makefile)
	if m == nil {
		t.Fatal("the Makefile names no version")
	}
	major, _ := strconv.Atoi(string(m[1]))
	minor, _ := strconv.Atoi(string(m[2]))
	parseTree(t, root, Linux(major, minor))
}

// parseTree parses the Kconfig files of a tree and fails for those that have
// errors. There are no exceptions: what trees have of files that are wrong on
// purpose, to test their tools, is wrong in other ways than its syntax.
func parseTree(t *testing.T, root string, d Dialect) {
	if _, err := os.Stat(root); err != nil {
		t.Skipf("not there: %v", err)
	}
	files, size := 0, 0
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || !kconfigName.MatchString(entry.Name()) || filepath.Ext(path) == ".rst" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		size += len(text)
		tree := Parse(string(text), d)
		for _, e := range tree.Errors() {
			if e.Severity == SeverityError {
				line := tree.Line(int(e.Start))
				t.Errorf("%s:%d: %s\n\t%s", path, line+1, e.Message, tree.Slice(tree.LineStart(line), tree.LineStart(line+1)))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %d files, %d bytes", d, files, size)
	if files == 0 {
		t.Error("no files found")
	}
}
