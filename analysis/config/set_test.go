package config_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/config/conftest"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

var unknownTrees = flag.Uint64("unknown-trees", 120, "how many trees TestUnknownIsSound makes")

// generated returns a tree made at random, with its .config. With unknown, some
// names in it are what nobody has asked a tool for.
func generated(seed uint64, old, unknown bool) *tree {
	kconfig, input := conftest.Generate(seed, conftest.Options{Old: old})
	if unknown {
		for _, name := range []string{"NOWHERE", "UNDEFINED", "NOBODY"} {
			kconfig = strings.ReplaceAll(kconfig, " "+name, " $(shell,"+strings.ToLower(name)+")")
		}
	}
	dialect := "linux-6.12"
	if old {
		dialect = "linux-6.1"
	}
	return &tree{files: map[string]string{"Kconfig": kconfig}, dialect: dialect, input: &input}
}

// everything returns all that an evaluation knows, a line for each symbol.
func everything(e *config.Evaluation) []string {
	lines := make([]string, 0, len(e.Model.Symbols))
	for i := range e.Model.Symbols {
		a := expr.Atom(i)
		st := e.State(a)
		st.Causes = slices.Clone(st.Causes)
		lines = append(lines, fmt.Sprintf("%d %s: %+v chosen %d", i, e.Model.Symbols[i].Name, st, e.Chosen(a)))
	}
	return lines
}

// changeAtRandom sets or unsets a symbol that the numbers choose.
func changeAtRandom(e *config.Evaluation, which, what int) (change string, changed []expr.Atom) {
	var defined []expr.Atom
	for i := range e.Model.Symbols {
		if s := &e.Model.Symbols[i]; s.Defined && s.Kind == model.Plain {
			defined = append(defined, expr.Atom(i))
		}
	}
	if len(defined) == 0 {
		return "nothing", nil
	}
	a := defined[which%len(defined)]
	name := e.Model.Symbols[a].Name
	texts := []string{"y", "y", "n", "m", "1", "0x10", "25", "text", ""}
	what %= len(texts) + 2
	if what >= len(texts) {
		return "unset " + name, e.Unset(a)
	}
	changed, err := e.Set(a, texts[what])
	return fmt.Sprintf("set %s to %q (%v)", name, texts[what], err), changed
}

// checkChange compares the values after a change with those of an evaluation
// from the beginning, and what is said to have changed with what has.
func checkChange(t *testing.T, e *config.Evaluation, before []string, change string, changed []expr.Atom) []string {
	t.Helper()
	after := everything(e)
	fresh := everything(config.Evaluate(e.Model, e.User().Clone(), e.Rules))
	if d := cmp.Diff(fresh, after); d != "" {
		t.Errorf("%s (-from the beginning +after the change):\n%s", change, d)
	}
	for i := range after {
		if before[i] != after[i] && !slices.Contains(changed, expr.Atom(i)) && e.Model.Symbols[i].Kind == model.Plain {
			t.Errorf("%s: a change is not told:\n%s\n%s", change, before[i], after[i])
		}
	}
	if !slices.IsSortedFunc(changed, func(a, b expr.Atom) int {
		return strings.Compare(e.Model.Symbols[a].Name, e.Model.Symbols[b].Name)
	}) {
		t.Errorf("%s: %v is not sorted", change, changed)
	}
	return after
}

func checkSet(t *testing.T, seed uint64, old, unknown bool, changes []byte) {
	tr := generated(seed, old, unknown)
	m, rules := tr.model(t)
	if m.Err != nil || modulesNeedTristate(m) {
		return // which of several answers conf gives depends on what it computed before
	}
	e, _ := config.Load(m, tr.file(), rules)
	before := everything(e)
	for i := 0; i+1 < len(changes) && i < 40; i += 2 {
		change, changed := changeAtRandom(e, int(changes[i]), int(changes[i+1]))
		before = checkChange(t, e, before, change, changed)
		if t.Failed() {
			t.Logf("change %d with seed %d, old %v, unknown %v\n%s--- .config\n%s", i/2, seed, old, unknown, tr.files["Kconfig"], *tr.input)
			return
		}
	}
}

// modulesNeedTristate reports whether what decides about modules hangs on
// tristates, for which it matters whether there are modules.
func modulesNeedTristate(m *model.Model) bool {
	return slices.ContainsFunc(m.ModulesNeeds(), func(a expr.Atom) bool {
		return a > model.AtomYes && m.Symbols[a].Type == model.Tristate
	})
}

// TestSet changes values in trees made at random.
func TestSet(t *testing.T) {
	for seed := range *unknownTrees {
		r := rand.New(rand.NewPCG(seed, 7))
		changes := make([]byte, 24)
		for i := range changes {
			changes[i] = byte(r.IntN(256))
		}
		checkSet(t, seed, seed%2 == 1, seed%3 == 0, changes)
		if t.Failed() {
			return
		}
	}
}

func FuzzSet(f *testing.F) {
	f.Add(uint64(1), false, false, []byte{1, 2, 3, 4, 5, 6})
	f.Add(uint64(2), true, true, []byte{1, 0, 2, 0, 3, 2, 4, 3})
	f.Fuzz(checkSet)
}

// TestSetKernel changes values of a kernel.
func TestSetKernel(t *testing.T) {
	dir, linux := oracles(t)
	runs := filepath.Join(dir, "configs", "6.12", "x86-gcc")
	root := loadRecorded(t, linux, runs)
	_, input := recordedInput(t, linux, runs, "defconfig")
	e, _ := config.Load(root.Model(""), input, root.ConfigRules())
	before := everything(e)
	r := rand.New(rand.NewPCG(3, 9))
	for range 12 {
		change, changed := changeAtRandom(e, r.IntN(1<<20), r.IntN(1<<10))
		before = checkChange(t, e, before, change, changed)
	}
	for _, name := range []string{"MODULES", "PCI", "NET", "SMP", "EXPERT"} {
		a, ok := e.Model.Lookup(name)
		if !ok {
			t.Fatalf("no %s", name)
		}
		for _, text := range []string{"n", "y"} {
			changed, err := e.Set(a, text)
			before = checkChange(t, e, before, fmt.Sprintf("%s=%s (%v)", name, text, err), changed)
		}
	}
}

// answered answers all questions alike.
func answered(text string) *macro.Recorded {
	r := macro.NewRecorded(".")
	for _, name := range []string{"nowhere", "undefined", "nobody"} {
		r.Add(name, text)
	}
	return r
}

// TestUnknownIsSound evaluates trees with questions that nobody answered, and
// again with answers: what was known is so under all of them.
func TestUnknownIsSound(t *testing.T) {
	known, all := 0, 0
	for seed := range uint64(400) {
		tr := generated(seed, seed%2 == 1, true)
		open, rules := tr.model(t)
		if open.Err != nil || modulesNeedTristate(open) {
			continue
		}
		e, _ := config.Load(open, tr.file(), rules)
		for _, answer := range []string{"y", "n", "m", "7", "OTHER"} {
			tr.answers = answered(answer)
			m, rules := tr.model(t)
			if modulesNeedTristate(m) {
				continue
			}
			closed, _ := config.Load(m, tr.file(), rules)
			for i := range open.Symbols {
				s := &open.Symbols[i]
				a, ok := m.Lookup(s.Name)
				if !s.Defined || s.Kind != model.Plain || s.Type == model.UnknownType || !ok {
					continue
				}
				was, is := e.State(expr.Atom(i)), closed.State(a)
				all++
				if was.Known {
					known++
				}
				wrong := !was.Known && len(was.Causes) == 0 || was.Known && was.Text != is.Text || s.Type.IsLogical() && !was.Value.Can(is.Value) ||
					was.Visible&is.Visible == 0 || was.Written && !is.Written || is.Written && !was.MaybeWritten
				if wrong {
					t.Errorf("seed %d, answer %s, %s: not answered %+v, answered %+v", seed, answer, s.Name, was, is)
				}
			}
		}
		tr.answers = nil
		if t.Failed() {
			t.Logf("%s--- .config\n%s", tr.files["Kconfig"], *tr.input)
			return
		}
	}
	t.Logf("%d of %d values are known without answers", known, all)
}

// FuzzEvaluate evaluates any text, such as one with circles of dependencies: it
// ends and does not panic.
func FuzzEvaluate(f *testing.F) {
	f.Add("config A\n\tbool \"A\"\n\tdepends on !B\nconfig B\n\tdef_bool !A\n", "CONFIG_A=y\n", false)
	f.Add("config A\n\ttristate \"A\"\n\tselect B\nconfig B\n\tbool\n\tselect A\n\tdefault A\n", "CONFIG_A=m\n", true)
	f.Add("choice\n\tprompt \"c\"\n\tdefault A if B\nconfig A\n\tbool \"A\" if B\nconfig B\n\tbool \"B\" if !A\nendchoice\n", "# CONFIG_A is not set\n", false)
	f.Add("config MODULES\n\tbool \"m\" if T\n\tmodules\nconfig T\n\ttristate \"t\"\n\tdefault m if MODULES\n", "CONFIG_T=m\n", true)
	f.Add("config I\n\tint \"i\"\n\trange I I\n\tdefault I\nconfig S\n\tstring\n\tdefault S if S = \"\"\n", "CONFIG_I=\x00\nCONFIG_S=\"", false)
	f.Add("config I\n\tint \"i\"\n\tdepends on J < 3\n\tdefault 1\nconfig J\n\tint\n\tdefault 5 if I = 1\n\tdefault 1\n", "", false)
	for seed := range uint64(6) {
		tr := generated(seed, seed%2 == 1, seed%3 == 0)
		f.Add(tr.files["Kconfig"], *tr.input, seed%2 == 1)
	}
	f.Fuzz(func(t *testing.T, kconfig, input string, old bool) {
		if len(kconfig) > 20_000 || len(input) > 20_000 {
			return
		}
		tr := generated(0, old, false)
		tr.files["Kconfig"], tr.input, tr.open = kconfig, &input, true
		m, rules := tr.model(t)
		for _, mode := range config.Modes() {
			config.Run(m, mode, tr.file(), "CONFIG_", rules)
		}
		e, _ := config.Load(m, tr.file(), rules)
		for i := range 6 {
			changeAtRandom(e, i, i)
			changeAtRandom(e, i, i+5)
		}
		e.Write("CONFIG_")
		for a := range m.Symbols {
			e.State(expr.Atom(a))
		}
	})
}
