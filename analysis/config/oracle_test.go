package config_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// oracles returns the directory with recorded runs of conf and the kernel tree
// that they were made of, or skips the test.
func oracles(t testing.TB) (dir, linux string) {
	t.Helper()
	dir, linux = os.Getenv("KCONFIG_LS_ORACLES"), os.Getenv("KCONFIG_LS_LINUX")
	if dir == "" || linux == "" {
		t.Skip("NOT RUN: KCONFIG_LS_ORACLES does not name the recorded runs of conf, or KCONFIG_LS_LINUX no kernel 6.12")
	}
	return dir, linux
}

// loadRecorded loads a kernel as a recorded run of conf saw it: with the
// environment and the answers that are in a directory.
func loadRecorded(t testing.TB, linux, runs string) *analysis.Root {
	t.Helper()
	settings := analysis.Settings{Environment: map[string]string{}, WholeEnvironment: true}
	data, err := os.ReadFile(filepath.Join(runs, "env.json"))
	if err == nil {
		err = json.Unmarshal(data, &settings.Environment)
	}
	if err != nil {
		t.Fatal(err)
	}
	settings.Arch = settings.Environment["SRCARCH"]
	answers := macro.NewRecorded(linux)
	file, err := os.Open(filepath.Join(runs, "answers.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	eachLine(t, file, func(line string) {
		var row struct{ Cmd, Out string }
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		answers.Add(row.Cmd, row.Out)
	})
	settings.Answers = answers
	_, root, err := analysis.Load(vfs.OS{}, linux, settings, nil)
	if err != nil || root == nil {
		t.Fatalf("%s: %v", linux, err)
	}
	if !strings.HasPrefix(root.Version, "6.12.") {
		t.Skipf("NOT RUN: the records are those of Linux 6.12, and KCONFIG_LS_LINUX names %s", root.Version)
	}
	return root
}

func eachLine(t testing.TB, r io.Reader, visit func(string)) {
	t.Helper()
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		visit(lines.Text())
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// recordedInput returns the mode that a recorded .config is the output of, and
// what that began with. One of randconfig is what it gives itself.
func recordedInput(t testing.TB, linux, runs, name string) (config.Mode, *config.File) {
	t.Helper()
	read := func(path string) *config.File {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return config.Parse(string(data), "CONFIG_")
	}
	if strings.HasPrefix(name, "randconfig") {
		return config.OldDefConfig, read(filepath.Join(runs, name+".config"))
	}
	mode, ok := config.ParseMode(name)
	if !ok {
		t.Fatalf("no mode %s", name)
	}
	if mode != config.DefConfig {
		return mode, nil
	}
	file, err := os.ReadFile(filepath.Join(runs, "defconfig.name"))
	if err != nil {
		t.Fatal(err)
	}
	arch, _, _ := strings.Cut(filepath.Base(runs), "-")
	return mode, read(filepath.Join(linux, "arch", arch, "configs", strings.TrimSpace(string(file))))
}

// TestConfigsOracle makes all .config files again that conf has made of a
// kernel, byte for byte.
func TestConfigsOracle(t *testing.T) {
	dir, linux := oracles(t)
	all, err := filepath.Glob(filepath.Join(dir, "configs", "6.12", "*"))
	if err != nil || len(all) == 0 {
		t.Fatal("no configurations:", err)
	}
	for _, runs := range all {
		t.Run(filepath.Base(runs), func(t *testing.T) {
			root := loadRecorded(t, linux, runs)
			files, err := filepath.Glob(filepath.Join(runs, "*.config"))
			if err != nil || len(files) < 7 {
				t.Fatal("too few configurations:", err)
			}
			lines := 0
			for _, file := range files {
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				name := strings.TrimSuffix(filepath.Base(file), ".config")
				mode, input := recordedInput(t, linux, runs, name)
				got := config.Run(root.Model(""), mode, input, "CONFIG_", root.ConfigRules())
				lines += strings.Count(string(want), "\n")
				if got.Text != string(want) {
					d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.Text, "\n"))
					t.Errorf("%s (-conf +ours):\n%.4000s", name, d)
				}
				if unknown := unknownSymbols(got.Evaluation); len(unknown) > 0 {
					t.Errorf("%s: %d values are not known, such as that of %s", name, len(unknown), unknown[0])
				}
			}
			t.Logf("%d files with %d lines", len(files), lines)
		})
	}
}

func unknownSymbols(e *config.Evaluation) []string {
	var names []string
	for a := range e.Model.Symbols {
		s := &e.Model.Symbols[a]
		if _, known := e.Value(expr.Atom(a)); s.Defined && s.Kind == model.Plain && !known {
			names = append(names, s.Name)
		}
	}
	return names
}

// TestValuesOracle compares all that conf knows of every symbol of a kernel
// under several configurations.
func TestValuesOracle(t *testing.T) {
	dir, linux := oracles(t)
	for _, arch := range []string{"x86", "arm64", "riscv"} {
		t.Run(arch, func(t *testing.T) {
			runs := filepath.Join(dir, "configs", "6.12", arch+"-gcc")
			root := loadRecorded(t, linux, runs)
			tables, err := filepath.Glob(filepath.Join(dir, "values", "6.12-"+arch+"-*.tsv.gz"))
			if err != nil || len(tables) == 0 {
				t.Fatal("no tables:", err)
			}
			for _, table := range tables {
				name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(table), "6.12-"+arch+"-"), ".tsv.gz")
				text, err := os.ReadFile(filepath.Join(runs, name+".config")) // conf has read what it had written
				if err != nil {
					t.Fatal(err)
				}
				input := config.Parse(string(text), "CONFIG_")
				e := config.Run(root.Model(""), config.OldDefConfig, input, "CONFIG_", root.ConfigRules()).Evaluation
				compareValues(t, e, table)
			}
		})
	}
}

// compareValues compares the values of an evaluation with a table: name, type,
// value, visibility, direct dependency, reverse dependency, implied, whether it
// is written and whether the user has set it.
func compareValues(t *testing.T, e *config.Evaluation, table string) {
	t.Helper()
	file, err := os.Open(table)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	text, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	compared, differences := 0, 0
	seen := map[string]bool{}
	eachLine(t, text, func(want string) {
		name, _, _ := strings.Cut(want, "\t")
		seen[name] = true
		compared++
		if got := valueLine(e, name); got != want {
			if differences++; differences <= 10 {
				t.Errorf("%s:\nconf %s\nours %s", filepath.Base(table), want, got)
			}
		}
	})
	for a := range e.Model.Symbols {
		if s := &e.Model.Symbols[a]; s.Defined && s.Kind == model.Plain && !seen[s.Name] {
			t.Errorf("%s: conf does not know %s", filepath.Base(table), s.Name)
		}
	}
	t.Logf("%-40s %d symbols, %d differ", filepath.Base(table), compared, differences)
}

func valueLine(e *config.Evaluation, name string) string {
	a, ok := e.Model.Lookup(name)
	if !ok {
		return "no such symbol"
	}
	s, st := &e.Model.Symbols[a], e.State(a)
	flag := func(b bool) int { return map[bool]int{true: 1}[b] }
	if !s.Defined || s.Type == model.UnknownType { // conf does not look at the rest
		return fmt.Sprintf("%s\tunknown\t%s\t0\t0\t0\t0\t0\t%d", name, config.Quote(st.Text), flag(e.User().Value(a).Set))
	}
	numbers := map[expr.Tristate]int{expr.N: 0, expr.M: 1, expr.Y: 2}
	return fmt.Sprintf("%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d", name, strings.Replace(s.Type.String(), "int", "integer", 1),
		config.Quote(st.Text), numbers[st.Visible], numbers[st.Direct], numbers[st.Reverse], numbers[st.Implied],
		flag(st.Written), flag(e.User().Value(a).Set))
}

// TestConfCasesOracle configures the trees of one-purpose cases that conf 6.12
// accepts. Those about .config files, cfg-*, were recorded without what conf
// had read: what it wrote must be what that gives itself.
func TestConfCasesOracle(t *testing.T) {
	dir := os.Getenv("KCONFIG_LS_ORACLES")
	if dir == "" {
		t.Skip("NOT RUN: KCONFIG_LS_ORACLES does not name the recorded runs of conf")
	}
	cases, err := filepath.Glob(filepath.Join(dir, "conf-cases", "*"))
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases:", err)
	}
	compared := 0
	var rejected []string
	for _, path := range cases {
		name := filepath.Base(path)
		want, err := os.ReadFile(filepath.Join(path, ".config"))
		rc, rcErr := os.ReadFile(filepath.Join(path, "rc"))
		if err != nil || rcErr != nil || strings.TrimSpace(string(rc)) != "0" {
			rejected = append(rejected, name)
			continue
		}
		compared++
		tr := tree{files: map[string]string{}, dialect: "linux-6.12"}
		files, err := filepath.Glob(filepath.Join(path, "Kconfig*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			tr.files[filepath.Base(file)] = string(text)
		}
		text := string(want)
		if strings.HasPrefix(name, "cfg-") {
			tr.input = &text
		}
		if d := cmp.Diff(text, tr.run(t, config.OldDefConfig).Text); d != "" {
			t.Errorf("%s (-conf +ours):\n%s", name, d)
		}
	}
	t.Logf("%d cases compared, %d where conf writes nothing: %s", compared, len(rejected), strings.Join(rejected, " "))
}

// TestKernelSuite runs those steps of the kernel's own tests that need nobody to
// answer questions, or nothing but their defaults.
func TestKernelSuite(t *testing.T) {
	dir := os.Getenv("KCONFIG_LS_ORACLES")
	if dir == "" {
		t.Skip("NOT RUN: KCONFIG_LS_ORACLES does not name the recorded runs of conf")
	}
	for _, version := range []string{"6.1", "6.12", "7.3"} {
		file, err := os.Open(filepath.Join(dir, "suites", "linux-"+version+".jsonl"))
		if err != nil {
			t.Logf("NOT RUN: there is no suite of Linux %s", version)
			continue
		}
		defer file.Close()
		eachLine(t, file, func(line string) {
			var row struct {
				Case, Test string
				Files      map[string]string
				Steps      []struct {
					Mode   string
					Input  *string `json:"dot_config"`
					Keys   *string `json:"in_keys"`
					Env    map[string]string
					Config *string
				}
			}
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				t.Fatal(err)
			}
			for i, step := range row.Steps {
				name := fmt.Sprintf("%s/%s/%s/%d", version, row.Case, row.Test, i)
				mode, ok := config.ParseMode(strings.TrimPrefix(step.Mode, "--"))
				tr := tree{files: row.Files, dialect: "linux-" + version, env: step.Env, input: step.Input}
				switch {
				case step.Config == nil:
					t.Logf("%s: left out, conf fails or only lists", name)
					continue
				case slices.Contains([]string{"--oldaskconfig", "--oldconfig"}, step.Mode) && step.Keys == nil:
					mode, ok = config.OldDefConfig, true // all answers are the defaults
				case step.Mode == "--randconfig":
					mode, ok = config.OldDefConfig, true
					tr.input = step.Config // the same again
				}
				if !ok || step.Keys != nil {
					t.Logf("%s: left out, %s with answers", name, step.Mode)
					continue
				}
				if d := cmp.Diff(*step.Config, tr.run(t, mode).Text); d != "" {
					t.Errorf("%s (-conf +ours):\n%s", name, d)
				}
			}
		})
	}
}
