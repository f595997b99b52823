//go:build unix

package toolchain

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// scriptCase is a script of the tree and what the tools say that it asks.
type scriptCase struct {
	script string
	tools  map[string]string // shell scripts; all others are missing
	known  bool              // that there is an answer is expected
}

func says(text string) string { return "cat <<'END'\n" + text + "\nEND\n" }

func scriptCases() []scriptCase {
	var all []scriptCase
	add := func(script, tool string, outputs ...string) {
		for _, output := range outputs {
			all = append(all, scriptCase{script, map[string]string{tool: output}, true})
		}
		all = append(all, scriptCase{script, nil, true})
	}
	add("cc-version.sh mycc", "mycc", says("GCC	12  2  0"), says("Clang 19 1 7"), says("Clang 10 0 1"), says("unknown"), says("GCC 4 9 0"),
		says("GCC 5 1 0"), says("ICC 1900 4 0"), "exit 1")
	add("cc-version.sh mycc -m64", "mycc", says("\n\nGCC 8 1 0"))
	add("as-version.sh mycc", "mycc", says("GNU assembler (GNU Binutils for Debian) 2.40\nCopyright"), says("GNU assembler version 2.34-4.fc32"),
		says("GNU assembler (GNU Binutils) 2.35.1.20201116"), says("clang version 14"), says("GNU assembler (GNU Binutils) 2.20"), "exit 1")
	add("as-version.sh mycc -fintegrated-as -Werror=unknown-warning-option", "mycc", "exit 1")
	add("ld-version.sh ld", "ld", says("GNU ld (GNU Binutils for Debian) 2.40\nCopyright"), says("GNU ld version 2.34-4.fc32"), says("GNU gold (GNU Binutils) 1.16"),
		says("LLD 14.0.6 (compatible with GNU linkers)"), says("Debian LLD 19.1.7 (compatible with GNU linkers)"), says("LLD 13.0.1, compatible"),
		says("something else"), says("GNU ld (GNU Binutils) 2.10"), "exit 1", says("Ubuntu LLD 9.0"))
	add("rustc-version.sh rustc", "rustc", says("rustc 1.85.1 (4eb161250 2025-03-15)"), says("rustc 1.99.0-nightly (1 2)"), says("rustc 1.96.0-beta.3 (1 2)"), "exit 1")
	add("rustc-llvm-version.sh rustc", "rustc", says("rustc 1.85.1 (4eb161250 2025-03-15)\nbinary: rustc\nLLVM version: 19.1.7"), says("rustc 1.85.1"), "exit 1")
	add("pahole-version.sh pahole", "pahole", says("v1.24"), says("v1.30"), says("v1.9"))
	for _, tool := range []string{"gcc", "llvm", "binutils", "rustc", "bindgen"} {
		all = append(all, scriptCase{"min-tool-version.sh " + tool, nil, true})
	}

	rust := func(rustc, bindgen, libclang string) scriptCase {
		tools := map[string]string{"mycc": says("GCC 12 2 0")}
		if rustc != "" {
			tools["rustc"] = `case "$*" in *sysroot*) dirname "$(dirname "$0")";; *) echo ` + rustc + `;; esac`
		}
		if bindgen != "" {
			tools["bindgen"] = `case "$1" in --version) echo ` + bindgen + `;; *) ` + libclang + `;; esac`
		}
		return scriptCase{"rust_is_available.sh", tools, true}
	}
	const warning = `echo "x.h:2:9: warning: clang version 19.1.7  [-W#pragma-messages], err: false" >&2`
	all = append(all,
		rust("rustc 1.85.1", "bindgen 0.71.1", warning),
		rust("rustc 1.62.0", "bindgen 0.56.0", warning),
		rust("rustc 1.50.0", "bindgen 0.71.1", warning),
		rust("rustc 1.85.1", "bindgen 0.40.0", warning),
		rust("rustc 1.85.1-dev", "bindgen 0.71.1-dev", warning),
		rust("rustc 1.85.1", "bindgen 0.71.1", strings.Replace(warning, "19.1.7", "10.0.1", 1)),
		rust("rustc 1.85.1", "bindgen 0.71.1", "exit 101"),
		rust("rustc 1.85.1", "bindgen 0.71.1", ":"),
		rust("something", "bindgen 0.71.1", warning),
		rust("rustc 1.85.1", "something", warning),
		rust("", "bindgen 0.71.1", warning),
		rust("rustc 1.85.1", "", warning),
		rust("rustc 1.85.1; exit 1", "bindgen 0.71.1", warning),
		rust("rustc 1.85.1", "bindgen 0.71.1; exit 1", warning),
	)
	return all
}

// The scripts that are written anew here say what the tree's own say, of tools
// of many kinds.
func TestScriptsAgreeWithShell(t *testing.T) {
	tree := named(t, "KCONFIG_LS_LINUX", "a kernel tree")
	for _, sources := range []bool{true, false} { // of Rust's library
		for _, arch := range []string{"x86", "s390"} {
			for _, test := range scriptCases() {
				if (arch != "x86" || !sources) && !strings.Contains(test.script, "rust_is") && !strings.Contains(test.script, "cc-v") {
					continue
				}
				compareScript(t, tree, arch, sources, test)
			}
		}
	}
}

func compareScript(t *testing.T, tree, arch string, sources bool, test scriptCase) {
	t.Helper()
	b := newBench(t)
	for name, script := range test.tools {
		b.tool(name, script)
	}
	if sources {
		b.write(filepath.Join(b.bin, "../lib/rustlib/src/rust/library/core/src/lib.rs"), "", 0o644)
	}
	command := tree + "/scripts/" + test.script + " 2>/dev/null && echo succeeded"
	path := "PATH=" + b.bin + ":/usr/bin:/bin"
	b.options.Environment = []string{path, "HOME=" + b.bin}
	variables := map[string]string{"ARCH": arch, "SRCARCH": arch, "KRUSTFLAGS": ""}
	a := New(Options{
		Trust: Probe, Dir: tree, Variables: variables, Prober: NewProber(b.options),
		Tools: Compose(map[string]string{"CC": "mycc"}),
	})
	shell := exec.Command("sh", "-c", command)
	shell.Dir = b.work
	shell.Env = []string{path, "ARCH=" + arch, "SRCARCH=" + arch, "CC=mycc", "RUSTC=rustc", "BINDGEN=bindgen"}
	out, _ := shell.Output()
	answer := a.Ask(t.Context(), command)
	switch {
	case !answer.Known && !test.known:
	case !answer.Known:
		t.Errorf("%s of %q: %s", test.script, test.tools, answer.Reason)
	case answer.Output != string(out):
		t.Errorf("%s of %q: got %q, the shell says %q", test.script, test.tools, answer.Output, out)
	}
}

// A script of a known name that does something else is left alone, and so is
// one that cannot be read or whose table of versions is of another form.
func TestUnknownScripts(t *testing.T) {
	b := newBench(t)
	b.tool("mycc", says("GCC 12 2 0"))
	scripts := filepath.Join(b.work, "scripts")
	const marks = "#!/bin/sh\n# __clang_major__ __GNUC__ -E -P -x c 10000 * $1 min-tool-version.sh\n"
	table := func(text string) { b.write(scripts+"/min-tool-version.sh", text, 0o755) }
	command := scripts + "/cc-version.sh mycc"
	for _, test := range []struct {
		script, table string
		mode          os.FileMode
		want          string // "" for not known
	}{
		{marks, "case \"$1\" in\ngcc)\n\techo 5.1.0\n\t;;\nesac\n", 0o755, "GCC 120200\n"},
		{marks, "case \"$1\" in\ngcc)\n\tif [ \"$ARCH\" = parisc64 ]; then\n\t\techo 99.0\n\telse\n\t\techo 5.1\n\tfi\n\t;;\nesac\n", 0o755, "GCC 120200\n"},
		{marks, "case \"$1\" in\ngcc)\n\tsomething\n\t;;\nesac\n", 0o755, ""},
		{marks, "case \"$1\" in\nllvm)\n\techo 5.1.0\n\t;;\nesac\n", 0o755, ""},
		{"#!/bin/sh\nexec other\n", "", 0o755, ""},
		{strings.Repeat("#", maxScript+1), "", 0o755, ""},
		{marks, "", 0o644, "denied"},
	} {
		if err := os.RemoveAll(scripts); err != nil {
			t.Fatal(err)
		}
		b.write(scripts+"/cc-version.sh", test.script, test.mode)
		table(test.table)
		answer := b.asker(Probe).Ask(t.Context(), command+" || echo denied")
		if strings.TrimSuffix(answer.Output, "\n") != strings.TrimSuffix(test.want, "\n") || answer.Known != (test.want != "") {
			t.Errorf("%.60q: %+v", test.script, answer)
		}
		if !answer.Known && answer.Reason.Tool != "scripts/cc-version.sh" {
			t.Errorf("%.60q: %+v", test.script, answer.Reason)
		}
	}
}
