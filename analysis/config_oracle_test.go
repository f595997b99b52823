package analysis

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// recordedConfigs calls check with a kernel as conf saw it, and the directory
// with the configurations that conf wrote of it, for each of two architectures.
func recordedConfigs(t *testing.T, check func(t *testing.T, s *Snapshot, root *Root, runs string)) {
	oracles, linux := os.Getenv("KCONFIG_LS_ORACLES"), os.Getenv("KCONFIG_LS_LINUX")
	if oracles == "" || linux == "" {
		t.Skip("NOT RUN: KCONFIG_LS_ORACLES does not name the recorded runs of conf, or KCONFIG_LS_LINUX no kernel 6.12")
	}
	if major, minor, full := linuxVersion(vfs.OS{}, linux); major != 6 || minor != 12 {
		t.Skipf("NOT RUN: the records are those of Linux 6.12, and KCONFIG_LS_LINUX names %s", full)
	}
	for _, arch := range []string{"x86", "arm64"} {
		t.Run(arch, func(t *testing.T) {
			s, root := loadRecorded(t, oracles, linux, arch)
			check(t, s, root, filepath.Join(oracles, "configs", "6.12", arch+"-gcc"))
		})
	}
}

// opened returns the snapshot with a configuration open.
func (s *Snapshot) opened(path, text string) *Snapshot {
	next := *s
	next.documents = maps.Clone(s.documents)
	next.place(vfs.OS{}, path, 1, text, documentKind{config: true})
	return &next
}

// TestConfigOracle lints the defconfig of an architecture: the lines that are
// said not to have their effect must be those whose symbol has another value in
// the .config that conf made of it.
func TestConfigOracle(t *testing.T) {
	recordedConfigs(t, func(t *testing.T, s *Snapshot, root *Root, runs string) {
		name, err := os.ReadFile(filepath.Join(runs, "defconfig.name"))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(root.Dir, "arch", root.Arch(), "configs", strings.TrimSpace(string(name)))
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		written, err := os.ReadFile(filepath.Join(runs, "defconfig.config"))
		if err != nil {
			t.Fatal(err)
		}
		result := map[string]string{}
		f := config.Parse(string(written), "CONFIG_")
		for _, l := range f.Lines {
			if l.Kind == config.Assign || l.Kind == config.Unset {
				result[f.Name(l)] = f.Value(l)
			}
		}

		s = s.opened(path, string(text))
		c, ok := s.configScope(path)
		if !ok || c.judgement() == nil {
			t.Fatal("the values are not known")
		}
		var want, got []string
		for _, l := range c.conf.Lines {
			if l.Kind != config.Assign && l.Kind != config.Unset {
				continue
			}
			value := result[c.conf.Name(l)]
			if value == "" && c.conf.Value(l) == "n" {
				value = "n" // what is not written is n
			}
			if value != c.conf.Value(l) {
				want = append(want, c.text.Slice(int(l.Start), int(l.End)))
			}
		}
		counts := map[string]int{}
		for _, d := range Diagnose(s, path, true) {
			counts[d.Code]++
			line := c.conf.Lines[c.conf.LineAt(d.Start)]
			text := c.text.Slice(int(line.Start), int(line.End))
			switch d.Code {
			case check.CodeConfigDefault, check.CodeConfigAssignedTwice:
			case check.CodeConfigUnknownSymbol:
				if c.conf.Value(line) != "n" {
					got = append(got, text)
				}
			default:
				if d.Severity == check.Warning {
					got = append(got, text)
				}
			}
			if d.Code != check.CodeConfigDefault {
				t.Logf("%s\n\t%s: %s", text, d.Code, d.Message)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("lines without effect (-conf +ours):\n%s", diff)
		}
		t.Logf("%d lines, %d of them without effect; %v", len(c.conf.Lines), len(want), counts)
	})
}

// TestConfigsOfConf looks at each .config that conf has written. There is nothing
// wrong with it.
func TestConfigsOfConf(t *testing.T) {
	recordedConfigs(t, func(t *testing.T, s *Snapshot, root *Root, runs string) {
		files, err := filepath.Glob(filepath.Join(runs, "*.config"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no configurations: %v", err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(root.Dir, ".config")
			s := s.opened(path, string(text))
			for i, d := range Diagnose(s, path, true) {
				if i < 5 {
					t.Errorf("%s: %q: %s: %s", filepath.Base(file), s.Text(path).Slice(d.Start, d.End), d.Code, d.Message)
				}
			}
			c, _ := s.configScope(path)
			open := slices.IndexFunc(c.judgement().lines, func(l judged) bool { return l.verdict == lineOpen })
			if open >= 0 {
				l := c.conf.Lines[open]
				t.Errorf("%s: it is not known what becomes of %q", filepath.Base(file), c.text.Slice(int(l.Start), int(l.End)))
			}
		}
	})
}

// TestSavedDefconfig looks at the smallest defconfig of each .config that conf
// has written. There is nothing wrong with it, and no line too many.
func TestSavedDefconfig(t *testing.T) {
	recordedConfigs(t, func(t *testing.T, s *Snapshot, root *Root, runs string) {
		for _, name := range []string{"defconfig.config", "allmodconfig.config", "randconfig-1.config"} {
			text, err := os.ReadFile(filepath.Join(runs, name))
			if err != nil {
				t.Fatal(err)
			}
			input := config.Parse(string(text), "CONFIG_")
			saved := config.Run(root.Model(""), config.SaveDefConfig, input, "CONFIG_", root.ConfigRules()).Text
			path := filepath.Join(root.Dir, "arch", root.Arch(), "configs", "saved_defconfig")
			s := s.opened(path, saved)
			for i, d := range Diagnose(s, path, true) {
				if i < 5 {
					t.Errorf("%s: %q: %s: %s", name, s.Text(path).Slice(d.Start, d.End), d.Code, d.Message)
				}
			}
		}
	})
}
