package analysis

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// TestFormatKernel formats all Kconfig files of a kernel, and wants the same
// configurations and findings of the tree afterwards, without those of style.
func TestFormatKernel(t *testing.T) {
	dir := needDirectory(t, "KCONFIG_LS_LINUX")
	settings := Settings{Arch: "x86", Checks: check.Levels{string(check.Style): check.On}}
	before, root, err := Load(vfs.OS{}, dir, settings, nil)
	if err != nil || root == nil {
		t.Fatalf("no kernel tree in %s: %v", dir, err)
	}
	files := mutatedFiles{texts: map[string]string{}}
	for f := range root.Sources.Files() {
		path := root.Path(f)
		if edits := Format(before, path); len(edits) > 0 {
			files.texts[path] = Apply(f.Tree.Text(), edits)
		}
	}
	t.Logf("%d files change", len(files.texts))
	if len(files.texts) == 0 {
		t.Error("no file changes: nothing was looked at")
	}
	after, formatted, err := Load(files, dir, settings, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, arch := range []string{"x86", "arm64"} {
		for _, mode := range []config.Mode{config.AllYesConfig, config.AllDefConfig, config.AllNoConfig} {
			want := config.Run(root.Model(arch), mode, nil, "CONFIG_", root.ConfigRules()).Text
			got := config.Run(formatted.Model(arch), mode, nil, "CONFIG_", formatted.ConfigRules()).Text
			if len(want) < 10_000 || got != want {
				t.Errorf("%s of %s is another one of %d lines:\n%s", mode, arch, strings.Count(want, "\n"), UnifiedDiff(string(mode), want, got))
			}
		}
	}
	wantStyle, want := kernelFindings(before, root)
	gotStyle, got := kernelFindings(after, formatted)
	t.Logf("before: %v", wantStyle)
	t.Logf("after: %v", gotStyle)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("other findings (-before +after):\n%s", diff)
	}
	for _, code := range []string{"style-indent", "style-help-indent", "style-trailing-blank", "style-blank-lines", "style-final-blank"} {
		if gotStyle[code] > 0 {
			t.Errorf("%d findings %s are left", gotStyle[code], code)
		}
	}
}

// kernelFindings returns how many findings of style there are by rule, and the others
// without their places, sorted.
func kernelFindings(s *Snapshot, r *Root) (style map[string]int, others []string) {
	found, _ := DiagnoseAll(s, r, Survey{Archs: []string{"x86"}, Unreached: true})
	style, all := map[string]int{}, map[string]int{}
	for _, d := range found {
		if rule, _ := r.policy.Rule(d.Code); rule.Family == check.Style {
			style[d.Code]++
			continue
		}
		name, _ := filepath.Rel(r.Dir, d.Path)
		all[fmt.Sprintf("%s: %s [%s]", name, d.Message, d.Code)]++
	}
	for _, text := range slices.Sorted(maps.Keys(all)) {
		others = append(others, fmt.Sprintf("%d of %s", all[text], text))
	}
	return style, others
}
