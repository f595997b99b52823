package enable_test

import (
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/enable"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// oneToolchain answers as one toolchain would that can do all.
type oneToolchain struct{}

func (oneToolchain) Shell(command string) (string, bool) {
	switch {
	case strings.Contains(command, "echo \"y\""), strings.Contains(command, "echo y"):
		return "y", true
	case strings.Contains(command, "cc-version"):
		return "GCC 140200", true
	case strings.Contains(command, "ld-version"):
		return "BFD 24300", true
	case strings.Contains(command, "as-version"):
		return "GNU 24300", true
	case strings.Contains(command, "version"):
		return "180100", true
	}
	return "", true
}

// kernel is the kernel for x86 with the values of its defconfig.
type kernel struct {
	m       *model.Model
	rules   config.Rules
	before  *config.Evaluation
	symbols []expr.Atom // the bool and tristate symbols, in random order
}

func loadKernel(t testing.TB) kernel {
	t.Helper()
	dir := os.Getenv("KCONFIG_LS_LINUX")
	if dir == "" {
		t.Skip("SKIPPED: set KCONFIG_LS_LINUX to a kernel tree to enable its symbols")
	}
	_, root, err := analysis.Load(vfs.OS{}, dir, analysis.Settings{Arch: "x86", Answers: oneToolchain{}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "arch", "x86", "configs", "x86_64_defconfig"))
	if err != nil {
		t.Fatal(err)
	}
	k := kernel{m: root.Model(""), rules: root.ConfigRules()}
	if k.m.Err != nil {
		t.Fatal(k.m.Err)
	}
	made := config.Run(k.m, config.DefConfig, config.Parse(string(text), "CONFIG_"), "CONFIG_", k.rules)
	k.before, _ = config.Load(k.m, config.Parse(made.Text, "CONFIG_"), k.rules)
	for i := range k.m.Symbols {
		if s := &k.m.Symbols[i]; s.Defined && s.Kind == model.Plain && s.Type.IsLogical() {
			k.symbols = append(k.symbols, expr.Atom(i))
		}
	}
	random := rand.New(rand.NewPCG(5, 7))
	random.Shuffle(len(k.symbols), func(i, j int) { k.symbols[i], k.symbols[j] = k.symbols[j], k.symbols[i] })
	return k
}

// wish returns the opposite of what a symbol is.
func (k kernel) wish(a expr.Atom) solve.Wish {
	if k.before.State(a).Value == expr.N {
		return solve.Wish{Atom: a, Values: expr.M | expr.Y}
	}
	return solve.Wish{Atom: a, Values: expr.N}
}

// TestKernel turns symbols of the kernel on and off from the defconfig of x86. What is
// found is written to a .config and read again, as the build does, by our evaluation,
// and in part by the kernel's own conf if there is one.
func TestKernel(t *testing.T) {
	k := loadKernel(t)
	f := enable.New(k.m, k.rules)
	var times, impossible []time.Duration
	verdicts := map[enable.Verdict]int{}
	changes, conditional, confirmed := 0, 0, 0
	for i, a := range k.symbols[:200] {
		w := k.wish(a)
		start := time.Now()
		r := f.Find(context.Background(), k.before, []solve.Wish{w}, 1)
		took := time.Since(start)
		name := k.m.Symbols[a].Name
		verdicts[r.Verdict]++
		if r.Verdict != enable.Possible {
			impossible = append(impossible, took)
			if r.Verdict == enable.Open || len(r.Core) == 0 {
				t.Errorf("%s=%v: %v with %d reasons", name, w.Values, r.Verdict, len(r.Core))
			}
			continue
		}
		times = append(times, took)
		changes += len(r.Alternatives[0].Changes)
		if len(r.Alternatives[0].Conditions) > 0 {
			conditional++
			continue
		}
		text := r.Alternatives[0].After.Write("CONFIG_")
		again, _ := config.Load(k.m, config.Parse(text, "CONFIG_"), k.rules)
		if got := again.State(a).Value; !got.Known() || !w.Values.Can(got) {
			t.Errorf("%s=%v: is %v after it was written and read", name, w.Values, got)
		}
		if i < confSample && k.confirms(t, name, w.Values, text) {
			confirmed++
		}
	}
	slices.Sort(times)
	slices.Sort(impossible)
	t.Logf("%v; %d changes; possible: p50 %v, p90 %v, max %v; impossible: p50 %v, max %v; %d under conditions, %d confirmed by conf", verdicts, changes,
		times[len(times)/2], times[len(times)*9/10], times[len(times)-1], impossible[len(impossible)/2], impossible[len(impossible)-1], conditional, confirmed)
	if verdicts[enable.Possible] < 100 {
		t.Error("too few are possible")
	}
}

// confSample is how many symbols conf is asked about.
const confSample = 8

// confirms reports whether conf, with the tools of this machine, leaves a symbol as it is
// to be.
func (k kernel) confirms(t *testing.T, name string, values expr.Tristate, text string) bool {
	conf := os.Getenv("KCONFIG_LS_CONF_612")
	if conf == "" {
		return false
	}
	file := filepath.Join(t.TempDir(), ".config")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(conf, "-s", "--olddefconfig", "Kconfig")
	cmd.Dir = os.Getenv("KCONFIG_LS_LINUX")
	cmd.Env = append(os.Environ(), "KCONFIG_CONFIG="+file,
		// Nothing is written into the tree.
		"KCONFIG_AUTOCONFIG="+file+".auto.conf", "KCONFIG_AUTOHEADER="+file+".h", "KCONFIG_RUSTCCFG="+file+".rustc",
		"ARCH=x86", "SRCARCH=x86", "srctree=.", "KERNELVERSION=6.12.0",
		"CC=gcc", "LD=ld", "HOSTCC=gcc", "NM=nm", "OBJCOPY=objcopy", "PAHOLE=pahole", "RUSTC=rustc", "BINDGEN=bindgen",
		"CC_VERSION_TEXT=gcc", "RUSTC_VERSION_TEXT=", "PYTHON3=python3")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("conf: %v\n%s", err, out)
	}
	after, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := expr.N
	if value, ok := config.Parse(string(after), "CONFIG_").Values()[name]; ok {
		got = expr.ParseTristate(value)
	}
	if !values.Can(got) {
		t.Errorf("%s=%v: conf makes it %v", name, values, got)
		return false
	}
	return true
}
