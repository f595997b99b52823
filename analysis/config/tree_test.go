package config_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

// tree is a small tree to configure.
type tree struct {
	files   map[string]string // by path; the root is Kconfig
	dialect string
	env     map[string]string
	answers macro.Answers
	// open has variables that env does not name unknown instead of empty.
	open bool
	// input is the .config, defconfig or KCONFIG_ALLCONFIG; nil for none.
	input *string
}

// model loads the tree.
func (tr *tree) model(t testing.TB) (*model.Model, config.Rules) {
	t.Helper()
	dir, err := filepath.Abs(filepath.FromSlash("/tree"))
	if err != nil {
		t.Fatal(err)
	}
	disk := vfstest.Memory{}
	for name, text := range tr.files {
		disk[filepath.Join(dir, filepath.FromSlash(name))] = text
	}
	settings := analysis.Settings{
		Dialect: tr.dialect, Environment: map[string]string{"srctree": "."}, WholeEnvironment: !tr.open,
		Answers: tr.answers, Workers: 1,
	}
	for name, value := range tr.env {
		settings.Environment[name] = value
	}
	_, root, err := analysis.Load(disk, dir, settings, nil)
	if err != nil || root == nil {
		t.Fatalf("cannot load the tree: %v", err)
	}
	return root.Model(""), root.ConfigRules()
}

// file returns the input as a mode gets it.
func (tr *tree) file() *config.File {
	if tr.input == nil {
		return nil
	}
	return config.Parse(*tr.input, "CONFIG_")
}

// run returns what our engine makes of the tree.
func (tr *tree) run(t testing.TB, mode config.Mode) config.Outcome {
	t.Helper()
	m, rules := tr.model(t)
	if m.Err != nil {
		t.Fatalf("reading ends with an error: %v", m.Err)
	}
	return config.Run(m, mode, tr.file(), "CONFIG_", rules)
}

// confVariable returns the environment variable that names the conf of a
// dialect.
func confVariable(dialect string) string {
	version := strings.TrimPrefix(dialect, "linux-")
	return "KCONFIG_LS_CONF_" + strings.ToUpper(strings.NewReplacer(".", "", "-", "_").Replace(version))
}

// realConf is a conf of the kernel and a directory to run it in.
type realConf struct {
	path, dir string
}

// newRealConf returns the conf of a dialect, false if nobody has named one.
func newRealConf(t testing.TB, dialect string) (*realConf, bool) {
	t.Helper()
	variable := confVariable(dialect)
	if variable == "" || os.Getenv(variable) == "" {
		return nil, false
	}
	c := &realConf{os.Getenv(variable), t.TempDir()}
	// Without it conf would write header files.
	c.write(t, "include/config/auto.conf", "")
	return c, true
}

func (c *realConf) write(t testing.TB, name, text string) {
	t.Helper()
	path := filepath.Join(c.dir, filepath.FromSlash(name))
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = os.WriteFile(path, []byte(text), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// run returns what conf makes of a tree, and its standard error. It reports
// false if conf fails.
func (c *realConf) run(t testing.TB, tr *tree, mode config.Mode) (text, stderr string, ok bool) {
	t.Helper()
	for _, name := range []string{".config", "result"} {
		if err := os.Remove(filepath.Join(c.dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	for name, text := range tr.files {
		c.write(t, name, text)
	}
	argument, result := "--"+string(mode), ".config"
	env := []string{"PATH=" + os.Getenv("PATH"), "srctree=.", "HOME=/nonexistent", "LC_ALL=C"}
	for name, value := range tr.env {
		env = append(env, name+"="+value)
	}
	if tr.input != nil {
		input := ".config"
		if mode == config.DefConfig || !mode.TakesInput() {
			input = "input"
		}
		if !mode.TakesInput() {
			env = append(env, "KCONFIG_ALLCONFIG=input")
		}
		c.write(t, input, *tr.input)
	}
	switch mode {
	case config.DefConfig:
		argument += "=input"
	case config.SaveDefConfig:
		argument, result = "--savedefconfig=result", "result"
	}
	arguments := []string{"-s", argument, "Kconfig"}
	if tr.dialect == "busybox" { // as its Makefile calls it
		arguments = map[config.Mode][]string{
			config.DefConfig: {"-D", "input", "Kconfig"}, config.AllDefConfig: {"-d", "Kconfig"},
			config.AllYesConfig: {"-y", "Kconfig"}, config.AllModConfig: {"-m", "Kconfig"}, config.AllNoConfig: {"-n", "Kconfig"},
		}[mode]
		env = append(env, "KCONFIG_NOTIMESTAMP=1")
	}
	cmd := exec.Command(c.path, arguments...)
	cmd.Dir, cmd.Env = c.dir, env
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			t.Fatal(err)
		}
		return "", problems.String(), false
	}
	if mode == config.ListNewConfig {
		// It says what it thinks of types of symbols there too.
		lines := slices.DeleteFunc(strings.SplitAfter(out.String(), "\n"), func(line string) bool {
			return !strings.HasPrefix(line, "CONFIG_")
		})
		return strings.Join(lines, ""), problems.String(), true
	}
	data, err := os.ReadFile(filepath.Join(c.dir, result))
	if err != nil {
		t.Fatal(err)
	}
	return string(data), problems.String(), true
}

// values returns a line for every symbol with an entry: its value, or what it
// can be and why that is not known.
func values(e *config.Evaluation) string {
	var lines []string
	for i := range e.Model.Symbols {
		s := &e.Model.Symbols[i]
		if !s.Defined || s.Kind != model.Plain {
			continue
		}
		st := e.State(expr.Atom(i))
		var b strings.Builder
		fmt.Fprintf(&b, "%s = ", s.Name)
		switch {
		case st.Known && s.Type == model.String:
			b.WriteString(config.Quote(st.Text))
		case st.Known:
			b.WriteString(st.Text)
		case s.Type.IsLogical():
			fmt.Fprintf(&b, "one of %v", st.Value)
		default:
			b.WriteString("not known")
		}
		switch {
		case st.Written:
		case st.MaybeWritten:
			b.WriteString(" (if written)")
		default:
			b.WriteString(" (not written)")
		}
		var causes []string
		for _, a := range st.Causes {
			causes = append(causes, e.Model.Symbols[a].Name)
		}
		if len(causes) > 0 {
			slices.Sort(causes)
			fmt.Fprintf(&b, " because of %s", strings.Join(causes, ", "))
		}
		lines = append(lines, b.String()+"\n")
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}
