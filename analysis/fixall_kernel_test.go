package analysis

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// allRules switches on every rule that there is.
func allRules() check.Levels {
	levels := check.Levels{}
	for _, r := range check.Rules() {
		levels[r.ID] = check.On
	}
	return levels
}

// fixTree makes all fixes that keep the meaning of all that is found in some views of a
// tree, and then again in its default view until there are none. It returns how many
// findings of each rule had one.
func fixTree(t *testing.T, s *Snapshot, root *Root, archs []string) (*Root, map[string]int) {
	t.Helper()
	fixed := map[string]int{}
	for round := 0; ; round++ {
		var found []Diagnostic
		all, _ := DiagnoseAll(s, root, Survey{Archs: archs, Unreached: true})
		for _, d := range all {
			found = append(found, d.Diagnostic)
		}
		todo := FixAll(found)
		if todo.Count == 0 && todo.Waiting == 0 {
			t.Logf("%d findings are left after %d rounds", len(found), round)
			return root, fixed
		}
		if todo.Count == 0 || round > 20 {
			t.Fatalf("round %d: %d fixes are in each other's way", round, todo.Waiting)
		}
		for _, d := range found {
			if d.Fix != nil && d.Fix.KeepsMeaning {
				fixed[d.Code]++
			}
		}
		root, archs = root.edited(todo.Files, nil), []string{root.arch}
		next := *s
		next.documents = maps.Clone(s.documents)
		next.setRoot(root)
		s = &next
		for _, file := range todo.Files {
			if f := root.File(file.Path); f != nil {
				if errors := errorsIn(f.Tree); len(errors) > 0 {
					t.Fatalf("%s: %s", f.Path, errors[0].Message)
				}
			}
		}
	}
}

// errorsIn returns what conf would reject a file for.
func errorsIn(tree *parser.Tree) []parser.Error {
	return slices.DeleteFunc(tree.Errors(), func(e parser.Error) bool { return e.Severity != parser.SeverityError })
}

// TestFixKernel makes all fixes that keep the meaning in a whole kernel, those of rules
// that are off included. The configurations of two architectures must be what they were,
// byte for byte.
func TestFixKernel(t *testing.T) {
	dir := needDirectory(t, "KCONFIG_LS_LINUX")
	archs := []string{"x86", "arm64"}
	s, root := reloaded(t, dir, Settings{Arch: "x86", Environment: map[string]string{}, Checks: allRules()})
	was := map[string]map[string]string{}
	for _, arch := range archs {
		was[arch] = configurations(root, arch)
	}
	after, fixed := fixTree(t, s, root, root.Archs())
	t.Logf("fixed: %v", fixed)
	for _, arch := range archs {
		is := configurations(after, arch)
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
		after, fixed := fixTree(t, s, root, []string{root.arch})
		t.Logf("fixed: %v", fixed)
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
