package analysis

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// allRules switches on every rule that there is.
func allRules() check.Levels {
	levels := check.Levels{}
	for _, r := range check.Rules() {
		levels[r.ID] = check.On
	}
	return levels
}

// TestFixKernel makes all fixes that keep the meaning in a whole kernel, those of rules
// that are off included. The configurations of two architectures must be what they were,
// byte for byte.
func TestFixKernel(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED with -short: all fixes of a whole kernel take minutes")
	}
	dir := needDirectory(t, "KCONFIG_LS_LINUX")
	archs := []string{"x86", "arm64"}
	s, root := reloaded(t, dir, Settings{Arch: "x86", Environment: map[string]string{}, Checks: allRules()})
	was := map[string]map[string]string{}
	for _, arch := range archs {
		was[arch] = configurations(root, arch)
	}
	// All architectures are looked at once, and then two: that finds what the first fixes
	// uncover, and takes a few seconds less.
	var found []Diagnostic
	all, _ := DiagnoseAll(s, root, Survey{Archs: root.Archs(), Unreached: true})
	for _, d := range all {
		found = append(found, d.Diagnostic)
	}
	first := FixAll(found)
	count := map[string]int{}
	for _, d := range first.Mended {
		count[d.Code]++
	}
	t.Logf("fixed at once: %v in %d files, %d have to wait", count, len(first.Files), first.Waiting)
	once := *s
	once.setRoot(root.edited(first.Files, nil))
	fixed, err := FixTree(&once, once.rootAt(root.Dir), Survey{Archs: archs, Unreached: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("fixed after that: %v, %d findings are left", fixed.Fixed, len(fixed.Left))
	for _, arch := range archs {
		is := configurations(fixed.Root, arch)
		for name, text := range was[arch] {
			if text == "" || is[name] != text {
				removed, added := changedLines(text, is[name])
				t.Errorf("%s of %s: %d lines became %d: %.500q, %.500q", name, arch, len(removed), len(added), removed, added)
			}
		}
	}
}

// reloaded loads a tree.
func reloaded(t *testing.T, dir string, settings Settings) (*Snapshot, *Root) {
	t.Helper()
	s, root, err := Load(vfs.OS{}, dir, settings, nil)
	if err != nil || root == nil {
		t.Fatalf("%s cannot be loaded: %v", dir, err)
	}
	return s, root
}

// TestFixRecorded does so with what conf saw of a kernel: what it wrote must still come
// of it.
func TestFixRecorded(t *testing.T) {
	recordedConfigs(t, func(t *testing.T, s *Snapshot, root *Root, runs string) {
		settings := s.settings.clone()
		settings.Checks = allRules()
		s, root = reloaded(t, root.Dir, *settings)
		fixed, err := FixTree(s, root, Survey{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("fixed: %v", fixed.Fixed)
		after := fixed.Root
		for _, mode := range []config.Mode{config.AllYesConfig, config.AllModConfig, config.AllNoConfig, config.AllDefConfig} {
			want, err := os.ReadFile(filepath.Join(runs, string(mode)+".config"))
			if err != nil {
				t.Fatal(err)
			}
			got := config.Run(after.Model(""), mode, nil, "CONFIG_", after.ConfigRules()).Text
			if got != string(want) {
				removed, added := changedLines(string(want), got)
				t.Errorf("%s: %d lines of conf became %d: %.500q, %.500q", mode, len(removed), len(added), removed, added)
			}
		}
		files, err := filepath.Glob(filepath.Join(runs, "randconfig-*.config"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no random configurations: %v", err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := config.Run(after.Model(""), config.OldDefConfig, config.Parse(string(text), "CONFIG_"), "CONFIG_", after.ConfigRules()).Text
			if got != string(text) {
				removed, added := changedLines(string(text), got)
				t.Errorf("%s: %d lines of conf became %d: %.500q, %.500q", filepath.Base(file), len(removed), len(added), removed, added)
			}
		}
	})
}
