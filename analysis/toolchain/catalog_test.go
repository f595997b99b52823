package toolchain

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// noting notes the commands that are asked for. All probes succeed.
type noting struct {
	asker    *Asker
	commands map[string]bool
}

func (n noting) Shell(command string) (string, bool) {
	n.commands[command] = true
	output, err := evaluate(&planned{inquiry: &inquiry{asker: n.asker, trust: Probe}}, command)
	return output, err == nil
}

// define reads the definitions of a file.
func define(t *testing.T, env *macro.Environment, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for st := range parser.Parse(string(text), parser.Linux(6, 12)).All() {
		if st.Kind != parser.Assignment {
			continue
		}
		var tokens []int
		for i := range st.Len() {
			if k := st.Token(i).Kind; k != parser.Comment {
				tokens = append(tokens, i)
			}
		}
		flavor, value := macro.Recursive, ""
		if st.Token(tokens[1]).Kind == parser.ColonEqual {
			flavor = macro.Simple
		}
		if len(tokens) > 2 {
			value = st.TokenText(tokens[2])
		}
		env.Define(st.TokenText(tokens[0]), flavor, value, macro.Position{})
	}
}

// All calls of macros that ask tools in Linux 6.12, of all architectures, lead
// to commands that are understood.
func TestCatalog(t *testing.T) {
	oracles := named(t, "KCONFIG_LS_ORACLES", "the directory of recorded runs")
	tree := named(t, "KCONFIG_LS_LINUX", "a kernel tree")
	data, err := os.ReadFile(filepath.Join(oracles, "toolchain/toolchain-catalog-6.12.json"))
	if err != nil {
		t.Fatal(err)
	}
	var catalog struct {
		Calls []struct{ Call, Symbol string }
	}
	if err := json.Unmarshal(data, &catalog); err != nil || len(catalog.Calls) < 100 {
		t.Fatal(len(catalog.Calls), err)
	}
	variables := Compose(map[string]string{"LLVM": "1"})
	for name, text := range map[string]string{
		"srctree": tree, "ARCH": "x86", "SRCARCH": "x86", "CLANG_FLAGS": ClangFlags("x86", ""), "USERCFLAGS": "", "USERLDFLAGS": "",
		"CC_VERSION_TEXT": "", "RUSTC_VERSION_TEXT": "",
	} {
		variables[name] = text
	}
	a := New(Options{Dir: tree, Tools: variables, Variables: variables})
	noted := noting{a, map[string]bool{}}
	env := macro.New(macro.Options{Variables: variables, Answers: noted})
	define(t, env, filepath.Join(tree, "scripts/Kconfig.include"))
	for _, call := range catalog.Calls {
		if r := env.ExpandText(call.Call, macro.Position{}); !r.Known() {
			t.Errorf("%s: %s is not known: %v %v", call.Symbol, call.Call, r.Err, r.Causes)
		}
	}
	unknown := 0
	var silent []string
	for command := range noted.commands {
		if len(a.Requirements(t.Context(), command)) == 0 {
			silent = append(silent, strings.ReplaceAll(command, tree+"/", ""))
		}
		for _, status := range []int{0, 1} {
			if _, err := plan(a, command, status); err != nil {
				unknown++
				t.Errorf("%s: %s", command, err)
			}
		}
	}
	t.Logf("%d calls, %d commands, %d not understood", len(catalog.Calls), len(noted.commands), unknown)
	slices.Sort(silent)
	golden(t, "testdata/no-requirements.txt", strings.Join(silent, "\n")+"\n")
}
