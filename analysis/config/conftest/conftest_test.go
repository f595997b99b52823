package conftest

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var (
	confOld   = flag.Bool("conf-old", false, "the conf of KCONFIG_LS_CONF is older than Linux 6.9")
	confCases = flag.Uint64("conf-cases", 300, "how many trees TestAccepted makes")
)

func TestDeterministic(t *testing.T) {
	different := map[string]bool{}
	for seed := range uint64(50) {
		for _, o := range []Options{{}, {Old: true}, {Size: 5}} {
			a, ac := Generate(seed, o)
			b, bc := Generate(seed, o)
			if a != b || ac != bc {
				t.Errorf("seed %d %+v: not the same twice", seed, o)
			}
			if a == "" {
				t.Errorf("seed %d %+v: nothing", seed, o)
			}
			different[a] = true
		}
	}
	if len(different) < 100 {
		t.Errorf("only %d different trees", len(different))
	}
}

// TestVaried checks that what the generator is for does come up.
func TestVaried(t *testing.T) {
	var all, configs strings.Builder
	for seed := range uint64(400) {
		k, c := Generate(seed, Options{Old: seed%2 == 0})
		all.WriteString(k)
		configs.WriteString(c)
	}
	for _, want := range []string{
		"choice\n", "endchoice", "visible if", "menuconfig", "mainmenu", "modules\n", "imply ", "select ", "range ",
		"def_bool", "def_tristate", "optional\n", "choice CHOICE_", " <= ", " != ", "if m", `\"`, `""`, "comment ", "64BIT", "help\n",
	} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("no %q in any tree", want)
		}
	}
	for _, want := range []string{"=y\n", "=m\n", " is not set\n", "\r\n", "CONFIG_UNKNOWN", "=0x", `\"`, "garbage"} {
		if !strings.Contains(configs.String(), want) {
			t.Errorf("no %q in any .config", want)
		}
	}
}

// TestAccepted checks that a real conf reads most of the trees: what it rejects
// is lost for a comparison.
func TestAccepted(t *testing.T) {
	conf := os.Getenv("KCONFIG_LS_CONF")
	if conf == "" {
		t.Skip("set KCONFIG_LS_CONF to a conf to see whether it accepts the trees")
	}
	list := filepath.SplitList(conf)
	conf = list[len(list)-1]
	dir := t.TempDir()
	accepted := uint64(0)
	shown := 0
	for seed := range *confCases {
		kconfig, config := Generate(seed, Options{Old: *confOld})
		for name, text := range map[string]string{"Kconfig": kconfig, ".config": config} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command(conf, "-s", "--olddefconfig", "Kconfig")
		cmd.Dir = dir
		cmd.Env = []string{"srctree=."}
		out, err := cmd.CombinedOutput()
		if err == nil {
			accepted++
		} else if shown++; shown <= 5 && testing.Verbose() {
			t.Logf("seed %d: %v\n%s", seed, err, out)
		}
	}
	t.Logf("%d of %d accepted", accepted, *confCases)
	if accepted*10 < *confCases*8 {
		t.Errorf("only %d of %d accepted", accepted, *confCases)
	}
}
