package config_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
)

var update = flag.Bool("update", false, "write the want parts of testdata anew: those that conf decides from a real conf")

// testCase is an archive of testdata: one rule of the language, and what conf
// makes of it. Its comment says the rule and where the kernel has it. The parts:
//
//	settings         lines such as "dialect=linux-6.1" (6.12 if there is none), "env NAME=value"
//	answers          what tools answer: JSON, one object with cmd and out a line
//	.config          the input of the modes, KCONFIG_ALLCONFIG for allyesconfig and its like
//	want-MODE.config what conf writes in a mode
//	want-values      what we know of each symbol, for trees that ask tools
//	any other        a file of the tree
type testCase struct {
	tree
	path    string
	archive *txtar.Archive
}

func readCase(t testing.TB, path string) *testCase {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c := &testCase{path: path, archive: archive}
	c.tree = tree{files: map[string]string{}, dialect: "linux-6.12", env: map[string]string{}}
	for _, part := range archive.Files {
		text := string(part.Data)
		switch {
		case strings.HasPrefix(part.Name, "want-"):
			c.open = c.open || part.Name == "want-values"
		case part.Name == "settings":
			c.settings(t, text)
		case part.Name == "answers":
			recorded := macro.NewRecorded(".")
			for line := range strings.Lines(text) {
				var answer struct{ Cmd, Out string }
				if err := json.Unmarshal([]byte(line), &answer); err != nil {
					t.Fatal(err)
				}
				recorded.Add(answer.Cmd, answer.Out)
			}
			c.answers = recorded
		case part.Name == ".config":
			text := escapes.Replace(text)
			c.input = &text
		default:
			c.files[part.Name] = escapes.Replace(text)
		}
	}
	return c
}

// escapes are what stands for characters that an archive cannot have, or that
// an editor might mend.
var escapes = strings.NewReplacer("<CR>", "\r", "<NO NEWLINE>\n", "", "<BLANK>", " ", "<NUL>", "\x00")

func (c *testCase) settings(t testing.TB, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		variable, isVariable := strings.CutPrefix(name, "env ")
		switch {
		case ok && isVariable:
			c.env[variable] = value
		case ok && name == "dialect":
			c.dialect = value
		default:
			t.Fatalf("%s: not a setting: %q", c.path, line)
		}
	}
}

// mode returns the mode of a part with what conf writes.
func modeOf(part string) (config.Mode, bool) {
	name, ok := strings.CutPrefix(part, "want-")
	if !ok {
		return "", false
	}
	return config.ParseMode(strings.TrimSuffix(name, ".config"))
}

func caseFiles(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases:", err)
	}
	return paths
}

// TestCases runs the archives of testdata. What they want comes from the conf of
// the version that an archive names, see TestCasesOfConf.
func TestCases(t *testing.T) {
	if *update {
		t.Skip("TestCasesOfConf updates")
	}
	for _, path := range caseFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			c := readCase(t, path)
			wants := 0
			for _, part := range c.archive.Files {
				mode, ok := modeOf(part.Name)
				switch {
				case ok:
					if d := cmp.Diff(string(part.Data), c.run(t, mode).Text); d != "" {
						t.Errorf("%s (-conf +ours):\n%s", mode, d)
					}
				case part.Name == "want-values":
					m, rules := c.model(t)
					e := config.Run(m, config.OldDefConfig, c.file(), "CONFIG_", rules).Evaluation
					if d := cmp.Diff(string(part.Data), values(e)); d != "" {
						t.Errorf("values (-want +got):\n%s", d)
					}
				case strings.HasPrefix(part.Name, "want-"):
					t.Errorf("there is no mode for %s", part.Name)
				default:
					continue
				}
				wants++
			}
			if wants == 0 {
				t.Error("the case wants nothing")
			}
		})
	}
}

// TestCasesOfConf checks that the archives of testdata say what the kernel's own
// conf says. With -update it writes that into them.
func TestCasesOfConf(t *testing.T) {
	missing := map[string]int{}
	for _, path := range caseFiles(t) {
		c := readCase(t, path)
		conf, ok := newRealConf(t, c.dialect)
		if !ok {
			missing[confVariable(c.dialect)]++
		}
		changed := false
		for i := range c.archive.Files {
			part := &c.archive.Files[i]
			mode, isMode := modeOf(part.Name)
			var want string
			switch {
			case isMode && ok:
				text, problems, accepted := conf.run(t, &c.tree, mode)
				if !accepted {
					t.Errorf("%s: %s: conf fails:\n%s", path, mode, problems)
					continue
				}
				want = text
			case part.Name == "want-values" && *update:
				m, rules := c.model(t)
				want = values(config.Run(m, config.OldDefConfig, c.file(), "CONFIG_", rules).Evaluation)
			default:
				continue
			}
			if want == string(part.Data) {
				continue
			}
			if !*update {
				t.Errorf("%s: %s (-archive +conf):\n%s", path, part.Name, cmp.Diff(string(part.Data), want))
			}
			part.Data, changed = []byte(want), true
		}
		if changed && *update {
			if err := os.WriteFile(path, txtar.Format(c.archive), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for variable, n := range missing {
		if variable != "" {
			t.Logf("NOT CHECKED: %s does not name a conf: %d cases", variable, n)
		}
	}
	if len(missing) > 0 && !*update {
		t.Skip("SKIPPED: not all cases were compared with a real conf")
	}
}
