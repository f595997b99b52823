//go:build unix

package toolchain

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// On this machine a probe says the same as the shell does that runs the tree's
// own command.
func TestProbesAgreeWithShell(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT RUN: -short")
	}
	for _, compiler := range []string{"gcc", "clang"} {
		t.Run(compiler, func(t *testing.T) {
			if _, err := exec.LookPath(compiler); err != nil {
				t.Skip("NOT RUN: there is no " + compiler + " here")
			}
			agreeWithShell(t, compiler)
		})
	}
}

// recordedCompiler is the compiler of a recorded run in its commands.
var recordedCompiler = regexp.MustCompile(`(^|[ ="])gcc([ "]|$)`)

func agreeWithShell(t *testing.T, compiler string) {
	oracles := named(t, "KCONFIG_LS_ORACLES", "the directory of recorded runs")
	tree := named(t, "KCONFIG_LS_LINUX", "a kernel tree")
	environment, answers := oracle(t, filepath.Join(oracles, "configs/6.12/x86-gcc"), tree)
	environment["CC"] = compiler
	environment["RUSTC"], environment["PAHOLE"], environment["BINDGEN"] = "rustc", "pahole", "bindgen"

	commands := map[string]bool{}
	for _, row := range answers {
		command := row[0]
		for _, tool := range []string{"rustc", "pahole", "bindgen"} {
			command = strings.ReplaceAll(command, "/nonexistent/"+tool, tool)
		}
		commands[recordedCompiler.ReplaceAllString(command, "${1}"+compiler+"${2}")] = true
	}
	for _, more := range []string{
		tree + "/scripts/min-tool-version.sh gcc",
		tree + "/scripts/min-tool-version.sh llvm",
		tree + "/scripts/min-tool-version.sh rustc",
		"rustc --version 2>/dev/null",
		"gcc -dM -E -x c /dev/null | grep -q '^#define \\<__LP64__\\>' && echo y || echo n",
		"gcc --version | head -n 1 | grep -q gcc && echo y",
		"echo __XTENSA_EB__ | gcc -E -P -",
		"echo __CHAR_BIT__ | gcc -mabi=ms -E -P - 2>/dev/null",
		"echo __CHAR_BIT__ | gcc -mabi=call0 -E -P - 2>/dev/null",
		`printf "%b\n" "nonsense %eax" | gcc -c -x assembler-with-cpp -o /dev/null - 2>/dev/null && echo y || echo n`,
		"mkdir .tmp_$$$$; trap \"rm -rf .tmp_$$$$\" EXIT; gcc -Werror -m64 -c -x c /dev/null -o .tmp_$$$$/tmp.o 2>/dev/null && echo y",
		tree + "/arch/powerpc/tools/gcc-check-mprofile-kernel.sh gcc -mlittle-endian 2>/dev/null && echo y || echo n",
		tree + "/arch/powerpc/tools/gcc-check-fpatchable-function-entry.sh gcc -mbig-endian 2>/dev/null && echo y || echo n",
		tree + "/arch/s390/tools/gcc-thunk-extern.sh gcc >/dev/null 2>&1 && echo y || echo n",
		"nonesuch --version >/dev/null 2>&1 && echo y || echo n",
		tree + "/scripts/nonesuch.sh >/dev/null 2>&1 && echo y || echo n",
	} {
		commands[recordedCompiler.ReplaceAllString(more, "${1}"+compiler+"${2}")] = true
	}

	a := New(Options{Trust: Probe, Dir: tree, Tools: Compose(environment), Variables: environment})
	private := t.TempDir()
	var real []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "LC_ALL=") {
			real = append(real, v)
		}
	}
	for name, text := range environment {
		real = append(real, name+"="+text)
	}
	unknown := 0
	for command := range commands {
		if strings.Contains(command, "min-tool-version.sh "+compiler) && compiler != "gcc" {
			continue // it calls it llvm
		}
		shell := exec.Command("sh", "-c", command)
		shell.Dir, shell.Env = private, real
		out, _ := shell.Output()
		answer := a.Ask(context.Background(), command)
		if !answer.Known {
			unknown++
			t.Errorf("%s: %s", command, answer.Reason)
			continue
		}
		if got, want := strings.TrimRight(answer.Output, "\n"), strings.TrimRight(string(out), "\n"); got != want {
			t.Errorf("%s: got %q, the shell says %q", command, got, want)
		}
	}
	t.Logf("%d commands, %d not known", len(commands), unknown)
}
