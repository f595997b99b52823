package analysis

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/gate"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// kernelRust is what is gated on RUST in kernels, on every architecture alike, as a
// SAT solver and the kernel's own conf have it: directly, and through another symbol.
var kernelRust = map[string]struct{ direct, transitive []string }{
	"6.1.": {
		[]string{"BINDGEN_VERSION_TEXT", "RUSTC_VERSION_TEXT", "RUST_DEBUG_ASSERTIONS", "RUST_OVERFLOW_CHECKS", "SAMPLES_RUST"},
		[]string{"SAMPLE_RUST_HOSTPROGS", "SAMPLE_RUST_MINIMAL"},
	},
	"6.12.": {
		[]string{
			"BINDGEN_VERSION_TEXT", "BLK_DEV_RUST_NULL", "DRM_PANIC_SCREEN_QR_CODE", "RUSTC_VERSION_TEXT",
			"RUST_BUILD_ASSERT_ALLOW", "RUST_DEBUG_ASSERTIONS", "RUST_FW_LOADER_ABSTRACTIONS", "RUST_KERNEL_DOCTESTS",
			"RUST_OVERFLOW_CHECKS", "RUST_PHYLIB_ABSTRACTIONS", "SAMPLES_RUST",
		},
		[]string{
			"AMCC_QT2025_PHY", "AX88796B_RUST_PHY", "DRM_PANIC_SCREEN_QR_CODE_URL", "DRM_PANIC_SCREEN_QR_VERSION",
			"SAMPLE_RUST_HOSTPROGS", "SAMPLE_RUST_MINIMAL", "SAMPLE_RUST_PRINT",
		},
	},
}

// What is gated on RUST is the same for all architectures, whether or not they have
// HAVE_RUST, and each chain is one: every line names what the next one is about.
func TestGatesKernel(t *testing.T) {
	k := loadKernel(t)
	i := slices.IndexFunc([]string{"6.1.", "6.12."}, func(v string) bool { return strings.HasPrefix(k.root.Version, v) })
	if i < 0 {
		t.Skipf("SKIPPED: the gated symbols of Linux %s are not recorded", k.root.Version)
	}
	want := kernelRust[[]string{"6.1.", "6.12."}[i]]
	for _, arch := range []string{"x86", "arm64", "riscv", "loongarch", "s390"} {
		r, err := GatesReport(t.Context(), k.Snapshot, Configuration{Root: k.root, Arch: arch, Path: filepath.Join(k.root.Dir, "no.config")}, false)
		if err != nil {
			t.Fatal(arch, err)
		}
		var direct, transitive []string
		for _, g := range r.Gated {
			if g.Gate != "RUST" || len(g.Chain) == 0 || g.Chain[0].Symbol != g.Symbol || g.Chain[len(g.Chain)-1].Needs != "RUST" {
				t.Errorf("%s: %s: the chain is %v", arch, g.Symbol, g.Chain)
			}
			for i, step := range g.Chain {
				if i > 0 && g.Chain[i-1].Needs != step.Symbol || !strings.Contains(step.Text, step.Needs) {
					t.Errorf("%s: %s: %v does not lead on", arch, g.Symbol, step)
				}
			}
			if g.Direct {
				direct = append(direct, g.Symbol)
			} else {
				transitive = append(transitive, g.Symbol)
			}
		}
		if diff := cmp.Diff(want.direct, direct); diff != "" {
			t.Errorf("%s, directly (-want +got):\n%s", arch, diff)
		}
		if diff := cmp.Diff(want.transitive, transitive); diff != "" {
			t.Errorf("%s, through others (-want +got):\n%s", arch, diff)
		}
	}
}

// TestToolchainOracle compares what stands and falls with each test of the toolchain
// with what a SAT solver said of Linux 6.12 for x86.
func TestToolchainOracle(t *testing.T) {
	k := loadKernel(t)
	dir := os.Getenv("KCONFIG_LS_ORACLES")
	if dir == "" {
		t.Skip("SKIPPED: set KCONFIG_LS_ORACLES to the directory with recorded requirements of symbols to run this test")
	}
	if !strings.HasPrefix(k.root.Version, "6.12.") {
		t.Skipf("SKIPPED: the records are those of Linux 6.12, not %s", k.root.Version)
	}
	data, err := os.ReadFile(filepath.Join(dir, "toolchain", "gated-by-toolchain-6.12-x86.json"))
	if err != nil {
		t.Fatal(err)
	}
	var record struct {
		Gated []struct {
			Symbol   string
			Requires []string
		}
	}
	if err := json.Unmarshal(data, &record); err != nil {
		t.Fatal(err)
	}
	m := k.root.Model("x86")
	set, complete := gate.Compute(t.Context(), m, gate.Options{Solver: gate.NewSolver(m, k.root.ConfigRules()), ProveTests: true})
	if !complete {
		t.Fatal("not complete")
	}
	// The record has the tools that were at hand in place of the variables.
	normal := strings.NewReplacer("$(CC)", "gcc", "$(LD)", "ld", "$(NM)", "nm", "$(AR)", "ar", "$(OBJCOPY)", "objcopy", "$(PYTHON3)", "python3", "$(CLANG_FLAGS)", "", "$(comma)", ",", " ", "", `"`, "")
	compared := 0
	for _, want := range record.Gated {
		a, ok := m.Lookup(want.Symbol)
		if !ok {
			t.Errorf("%s is not there", want.Symbol)
			continue
		}
		got := []string{}
		for _, r := range set.Required(a) {
			got = append(got, normal.Replace(set.TestText(r.Test)))
		}
		for i, text := range want.Requires {
			want.Requires[i] = normal.Replace(text)
		}
		slices.Sort(got)
		slices.Sort(want.Requires)
		if diff := cmp.Diff(want.Requires, slices.Compact(got)); diff != "" {
			t.Errorf("%s (-record +ours):\n%s", want.Symbol, diff)
		}
		compared++
	}
	if compared < 200 {
		t.Errorf("only %d symbols were compared", compared)
	}
	known := map[string]bool{}
	for _, want := range record.Gated {
		known[want.Symbol] = true
	}
	for i := range m.Symbols {
		s := &m.Symbols[i]
		if s.Kind == model.Plain && s.Type.IsLogical() && len(set.Required(expr.Atom(i))) > 0 && !known[s.Name] {
			t.Errorf("%s is gated only for us", s.Name)
		}
	}
}

// capable answers as tools would that can do all.
type capable struct{}

func (capable) Shell(command string) (string, bool) {
	switch {
	case strings.Contains(command, `echo "y"`):
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

// Each gated symbol is on in a configuration with RUST, by our evaluation, and off in
// the same one without it.
func TestGatesEvaluate(t *testing.T) {
	k := loadKernel(t)
	tools := map[string]string{
		"CC": "gcc", "LD": "ld", "NM": "nm", "AR": "ar", "OBJCOPY": "objcopy", "RUSTC": "rustc", "BINDGEN": "bindgen", "PAHOLE": "pahole",
		"PYTHON3": "python3", "CLANG_FLAGS": "", "CC_VERSION_TEXT": "gcc 14.2.0", "RUSTC_VERSION_TEXT": "rustc 1.85.1", "PAHOLE_VERSION": "130",
		"CROSS_COMPILE_COMPAT": "", "USERCFLAGS": "", "USERLDFLAGS": "", "KERNELVERSION": k.root.Version,
	}
	for _, arch := range []string{"x86", "arm64", "riscv", "loongarch"} {
		_, root, err := Load(vfs.OS{}, k.root.Dir, Settings{Arch: arch, Answers: capable{}, Environment: tools}, nil)
		if err != nil {
			t.Fatal(err)
		}
		m, rules := root.Model(arch), root.ConfigRules()
		rust, ok := m.Lookup("RUST")
		if !ok {
			t.Fatal("there is no RUST")
		}
		set, _ := gate.Compute(t.Context(), m, gate.Options{})
		solver := solve.New(m, solve.Options{Rules: rules})
		if solver.Can(t.Context(), solve.On(rust)) != solve.Yes {
			t.Logf("%s: RUST cannot be on in Linux %s", arch, root.Version)
			continue
		}
		for _, g := range set.Gated(0) {
			name := m.Symbols[g.Symbol].Name
			if solver.Can(t.Context(), solve.On(g.Symbol), solve.On(rust)) != solve.Yes {
				t.Errorf("%s: %s cannot be on with these tools", arch, name)
				continue
			}
			with := solver.Witness("CONFIG_")
			without := strings.Replace(with, "CONFIG_RUST=y\n", "# CONFIG_RUST is not set\n", 1)
			for _, c := range []struct {
				text string
				on   bool
			}{{with, true}, {without, false}} {
				e, _ := config.Load(m, config.Parse(c.text, "CONFIG_"), rules)
				if st := e.State(rust); (st.Value == expr.Y) != c.on {
					t.Fatalf("%s: %s: RUST is %v", arch, name, st.Value)
				}
				if st := e.State(g.Symbol); st.Written && st.Text != "n" != c.on {
					t.Errorf("%s: %s is %q with RUST %v", arch, name, st.Text, c.on)
				} else if c.on && !st.Written {
					t.Errorf("%s: %s is not on", arch, name)
				}
			}
		}
	}
}
