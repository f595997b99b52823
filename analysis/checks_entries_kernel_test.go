package analysis

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"io/fs"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// entryFindings loads a kernel with all rules about single entries on, and returns what
// they find in all of its files.
func entryFindings(t *testing.T, files vfs.FS) (*Root, []Diagnostic) {
	t.Helper()
	levels := check.Levels{}
	for _, id := range entryRules() {
		levels[id] = check.On
	}
	s, root, err := Load(files, needDirectory(t, "KCONFIG_LS_LINUX"), Settings{Checks: levels}, nil)
	if err != nil || root == nil {
		t.Fatal("the tree that KCONFIG_LS_LINUX names cannot be loaded:", err)
	}
	view, styles := root.View(root.arch), root.newStyles()
	var all []Diagnostic
	for f := range root.Sources.Files() {
		c := scope{s, root, f, view, root.arch}
		all = append(all, slices.DeleteFunc(c.current(root.Sources, check.RunFile(c.filePass(styles))), func(d Diagnostic) bool { return !slices.Contains(entryRules(), d.Code) })...)
	}
	return root, all
}

// entryRules returns the rules about single entries and blocks.
func entryRules() []string {
	return append(strings.Fields(`help-missing help-short ungrouped-attributes dup-default-value
		redundant-default-n old-optional-idiom`), confCaseRules()...)
}

// TestKernelEntryFindings counts what checks of single entries find in a kernel. All
// that is on by default was looked at, line by line, and is so.
func TestKernelEntryFindings(t *testing.T) {
	root, found := entryFindings(t, vfs.OS{})
	counts := map[string]int{}
	for _, d := range found {
		counts[d.Code]++
	}
	var want map[string]int
	switch {
	case strings.HasPrefix(root.Version, "6.12."):
		want = map[string]int{
			"bool-default-literal": 15,
			"dead-default":         3,
			"dup-default":          1,
			"dup-default-value":    36,
			"dup-select":           3,
			"empty-menu":           1,
			"help-missing":         961,
			"help-short":           6935,
			"old-optional-idiom":   176,
			"prompt-whitespace":    14,
			"redundant-default-n":  642,
			"ungrouped-attributes": 118,
		}
	case strings.HasPrefix(root.Version, "6.1."):
		want = map[string]int{
			"bool-default-literal": 18,
			"dead-default":         3,
			"dup-default":          1,
			"dup-default-value":    35,
			"dup-select":           4,
			"empty-menu":           1,
			"help-missing":         989,
			"help-short":           6779,
			"old-optional-idiom":   164,
			"prompt-whitespace":    13,
			"redundant-default-n":  605,
			"ungrouped-attributes": 124,
		}
	default:
		t.Logf("%v; they are only pinned for 6.12 and 6.1", counts)
		return
	}
	if diff := gocmp.Diff(want, counts); diff != "" {
		t.Errorf("findings in %s (-want +got):\n%s", root.Version, diff)
	}
}

// replacedFiles are files of which some have another text.
type replacedFiles struct {
	vfs.FS
	texts map[string]string
}

func (r replacedFiles) ReadFile(path string, limit int64) (string, fs.FileInfo, error) {
	text, info, err := r.FS.ReadFile(path, limit)
	if replaced, ok := r.texts[path]; ok && err == nil {
		text = replaced
	}
	return text, info, err
}

// TestKernelEntryFixes makes all fixes of single entries that say that they keep the
// meaning, as far as they do not touch each other, in a whole kernel. Every symbol must
// come to the same value as before, on several architectures and under several
// configurations.
func TestKernelEntryFixes(t *testing.T) {
	before, found := entryFindings(t, vfs.OS{})
	edits := map[string][]Edit{}
	made, left := map[string]int{}, map[string]int{}
	for _, d := range found {
		if d.Fix == nil || !d.Fix.KeepsMeaning {
			continue
		}
		if touches(edits, d.Fix) {
			left[d.Code]++
			continue
		}
		made[d.Code]++
		for _, file := range d.Fix.Edits {
			edits[file.Path] = append(edits[file.Path], file.Edits...)
		}
	}
	if len(made) < 5 {
		t.Errorf("only fixes of %v", made)
	}
	t.Logf("fixes made: %v, left out as they touch others: %v", made, left)
	texts := map[string]string{}
	for path, all := range edits {
		slices.SortStableFunc(all, func(a, b Edit) int { return cmp.Compare(a.Start, b.Start) })
		texts[path] = Apply(before.Sources.FileByPath(relativeTo(before.Dir, path)).Tree.Text(), all)
	}
	after, _ := entryFindings(t, replacedFiles{vfs.OS{}, texts})
	for _, arch := range []string{"x86", "arm64", "powerpc"} {
		for _, mode := range []config.Mode{config.AllYesConfig, config.AllModConfig, config.AllNoConfig, config.AllDefConfig} {
			compareValues(t, fmt.Sprintf("%s, %s", arch, mode), values(before, arch, mode, nil), values(after, arch, mode, nil))
		}
		for seed := range uint64(2) {
			input := scattered(before.Model(arch), seed)
			compareValues(t, fmt.Sprintf("%s, seed %d", arch, seed),
				values(before, arch, config.OldDefConfig, input), values(after, arch, config.OldDefConfig, input))
		}
	}
}

// touches reports whether a fix has an edit that touches one of those given.
func touches(edits map[string][]Edit, fix *Fix) bool {
	for _, file := range fix.Edits {
		for _, e := range file.Edits {
			if slices.ContainsFunc(edits[file.Path], func(other Edit) bool { return e.Start <= other.End && other.Start <= e.End }) {
				return true
			}
		}
	}
	return false
}

// values returns the lines of a configuration that say something of symbols.
func values(root *Root, arch string, mode config.Mode, input *config.File) []string {
	text := config.Run(root.Model(arch), mode, input, "CONFIG_", root.ConfigRules()).Text
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return !strings.Contains(line, "CONFIG_") })
}

func compareValues(t *testing.T, what string, before, after []string) {
	t.Helper()
	if len(before) < 100 {
		t.Errorf("%s: only %d values", what, len(before))
	}
	if !slices.Equal(before, after) {
		t.Errorf("%s: the fixes change values (-before +after):\n%s", what, gocmp.Diff(before, after))
	}
}

// scattered returns a configuration that sets each symbol to n, m or y without any order.
func scattered(m *model.Model, seed uint64) *config.File {
	var b strings.Builder
	for i := range m.Symbols {
		s := &m.Symbols[i]
		if !s.Defined || !s.Type.IsLogical() || s.Name == "" {
			continue
		}
		h := fnv.New64a()
		fmt.Fprint(h, seed, s.Name)
		if value := "nmy"[h.Sum64()>>20%3]; value == 'n' {
			fmt.Fprintf(&b, "# CONFIG_%s is not set\n", s.Name)
		} else {
			fmt.Fprintf(&b, "CONFIG_%s=%c\n", s.Name, value)
		}
	}
	return config.Parse(b.String(), "CONFIG_")
}
