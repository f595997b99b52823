//go:build unix

package toolchain

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Nothing that lies in a workspace, or that a tree's text asks for, runs at
// trust none and probe. Each thing that is planted leaves a marker if it does.
func TestNothingPlantedRuns(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("gcc"); err != nil {
		t.Skip("NOT RUN: there is no gcc here")
	}
	for _, trust := range []Trust{None, Probe} {
		t.Run(trust.String(), func(t *testing.T) { plantAndAsk(t, trust) })
	}
	t.Run("the traps work", func(t *testing.T) {
		b := newBench(t)
		commands := plant(b)
		a := b.asker(Shell)
		for _, command := range commands {
			a.Ask(t.Context(), command)
		}
		if marks := b.marks(); len(marks) < 10 {
			t.Errorf("only these traps were sprung at trust shell: %q", marks)
		}
	})
}

// marks returns the markers there are.
func (b *bench) marks() []string {
	entries, err := os.ReadDir(b.markers)
	if err != nil {
		b.t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// trap returns a shell script that leaves a marker.
func (b *bench) trap(name string) string {
	return "#!/bin/sh\ntouch '" + b.markers + "/" + name + "'\necho 'GCC 1 2 3'\n"
}

// plant fills a workspace with traps and returns commands that step on them.
func plant(b *bench) []string {
	in := func(name string) string { return filepath.Join(b.work, name) }
	var commands []string
	add := func(more ...string) { commands = append(commands, more...) }

	// Scripts of the tree, by names that are known and others.
	for _, name := range []string{
		"cc-version.sh", "as-version.sh", "ld-version.sh", "rustc-version.sh", "rustc-llvm-version.sh", "pahole-version.sh",
		"min-tool-version.sh", "tools-support-relr.sh", "rust_is_available.sh", "gcc-version.sh", "clang-version.sh",
		"cc-can-link.sh", "gcc-x86_64-has-stack-protector.sh", "evil.sh",
	} {
		b.write(in("scripts/"+name), b.trap("script-"+name), 0o755)
		add(in("scripts/"+name)+" gcc", "{ "+in("scripts/"+name)+` gcc; } >/dev/null 2>&1 && echo y || echo n`,
			"scripts/"+name+" gcc", "./scripts/"+name+" gcc", "sh scripts/"+name, ". scripts/"+name, "env CC=gcc "+in("scripts/"+name))
	}
	// Tools in the workspace: named by their path, found on PATH, behind links,
	// and beside the tree in a relative directory of PATH.
	for _, name := range []string{"gcc", "ld", "nm", "cc1", "as", "collect2", "rustc", "rustfmt", "rustup", "cargo", "bindgen", "pahole", "clang", "llvm-config", "evil", "ld.evil"} {
		b.write(in("bin/"+name), b.trap("tool-"+name), 0o755)
		b.write(in(name), b.trap("here-"+name), 0o755)
	}
	if err := os.Symlink(in("bin/evil"), filepath.Join(b.bin, "linked")); err != nil {
		b.t.Fatal(err)
	}
	if err := os.Symlink(in("bin"), filepath.Join(b.bin, "..", "linkedbin")); err != nil {
		b.t.Fatal(err)
	}
	b.options.Environment = []string{"PATH=" + strings.Join([]string{
		".", "", "bin", in("bin"), b.work, filepath.Join(b.bin, "..", "linkedbin"), filepath.Join(b.work, "..", "work", "bin"), b.bin, "/usr/bin", "/bin",
	}, ":"), "HOME=" + b.bin}
	add("evil", "linked", "linked --version", "./evil", in("evil"), in("bin/gcc")+" --version", "bin/gcc --version", "ld.evil --version",
		"evil --version", "PATH=bin evil", "env PATH=bin evil", "command evil", "exec evil", "eval evil")

	// Text of the shell with side effects.
	mark := func(name string) string { return "touch " + b.markers + "/" + name }
	add(mark("plain"), "echo $("+mark("substitution")+")", "echo `"+mark("backquotes")+"`", "true; "+mark("list"), "false || "+mark("or"),
		"echo a | "+mark("pipe"), "echo > "+b.markers+"/redirect", "trap '"+mark("trap")+"' EXIT", "eval '"+mark("eval")+"'",
		"sh -c '"+mark("sh")+"'", "echo x | sed 's/x/y/w "+b.markers+"/sed'", "echo x | sed 'e "+mark("sed-e")+"'", "if "+mark("if")+"; then :; fi",
		"awk 'BEGIN { system(\""+mark("awk")+"\") }'", "f() { "+mark("function")+"; }; f", "("+mark("subshell")+")",
		"mkdir "+b.markers+"/mkdir", "trap \"rm -rf "+b.bin+"\" EXIT", "printf x | tee "+b.markers+"/tee", "gcc --version; "+mark("after"),
		"test x = \"$("+mark("quoted")+")\"", "env "+mark("env"), mark("background")+" &", "cat <<E\n`"+mark("here")+"`\nE\n",
		"perl -e 'system(\""+mark("perl")+"\")'", "python3 -c 'import os; os.system(\""+mark("python")+"\")'", "python3 -c 'import evilmodule'")
	b.write(in("evilmodule.py"), "import os\nos.system('"+mark("module")+"')\n", 0o644)
	b.write(in("lxml.py"), "import os\nos.system('"+mark("lxml")+"')\n", 0o644)
	add("python3 -c 'import lxml'")

	// Arguments that load code, run programs or write files.
	b.write(in("plugin.so"), "", 0o755)
	b.write(in("specs"), "*cc1:\n"+in("evil")+"\n", 0o644)
	b.write(in("args"), "-wrapper\n"+in("evil")+"\n", 0o644)
	for _, flag := range []string{
		"-fplugin=" + in("plugin.so"), "-fplugin=./plugin.so", "-specs=" + in("specs"), "-specs=specs", "@" + in("args"), "@args",
		"-B" + b.work + "/", "-B" + in("bin"), "-B.", "-Bbin", "-B bin", "-wrapper " + in("evil"), "-wrapper evil", "-fuse-ld=evil",
		"-no-integrated-cpp -B" + b.work, "-Wa,@args", "-Wl,-plugin," + in("plugin.so"), "-Xlinker -plugin -Xlinker x",
		"-o " + b.markers + "/output", "-MD -MF " + b.markers + "/depends", "-Wp,-MD," + b.markers + "/wp", "-save-temps=" + b.markers,
		"-fdump-tree-all=" + b.markers + "/dump", "-dumpdir " + b.markers + "/", "-Wa,-al=" + b.markers + "/listing", "-fmodule-mapper='|" + in("evil") + "'",
		"-fprofile-dir=" + b.markers, "--sysroot=" + b.work, "-iplugindir=" + b.work, "-fstack-usage -dumpbase " + b.markers + "/x",
	} {
		add(success(`trap "rm -rf .tmp_$$" EXIT; mkdir .tmp_$$; gcc -Werror `+flag+` -c -x c /dev/null -o .tmp_$$/tmp.o`),
			success("gcc "+flag+" -E -x c /dev/null -o /dev/null"), success("echo 'int main;' | gcc "+flag+" -x c - -o /dev/null"))
	}
	add("echo int x | gcc -c -x c - -o "+b.markers+"/object", "gcc -c -x c evil.c -o /dev/null", "ld -v -plugin "+in("plugin.so"), "ld --version -Map="+b.markers+"/map",
		"ld -o "+b.markers+"/linked", "objcopy /dev/null "+b.markers+"/copy", "ar rc "+b.markers+"/archive", "nm --plugin "+in("plugin.so"),
		"gcc -print-prog-name=../../evil", "rustc -Clinker="+in("evil")+" --crate-type=rlib /dev/null", "rustc -o "+b.markers+"/rust /dev/null",
		"bindgen -o "+b.markers+"/bindings x.h", "pahole -x")

	// A compiler that is chosen by a file.
	b.write(in("rust-toolchain.toml"), "[toolchain]\npath = \""+in("rust")+"\"\n", 0o644)
	b.write(in("rust/bin/rustc"), b.trap("rust-toolchain"), 0o755)
	add("rustc --version", "rustc --version 2>/dev/null")
	return commands
}

func plantAndAsk(t *testing.T, trust Trust) {
	b := newBench(t)
	commands := plant(b)
	// Also with tools that are named by paths into the workspace: the user may
	// have copied that from somewhere.
	for _, tools := range []map[string]string{
		nil,
		{"CC": filepath.Join(b.work, "bin/gcc"), "LD": "bin/ld", "NM": "./nm", "RUSTC": "linked"},
		{"CC": "ccache " + filepath.Join(b.work, "gcc"), "LD": "evil", "LLVM": "bin/", "PAHOLE": "linked", "AR": "../" + filepath.Base(b.work) + "/evil"},
		{"LLVM": b.work + "/bin/", "CROSS_COMPILE": "bin/"},
	} {
		a := New(Options{Trust: trust, Dir: b.work, Tools: Compose(tools), Prober: NewProber(b.options)})
		all := commands
		for _, command := range Compose(tools) {
			all = append(all, command+" --version", command+" --help", success("command -v "+command),
				success(command+" -Werror -m64 -c -x c /dev/null -o /dev/null"))
		}
		for _, command := range all {
			a.Ask(t.Context(), command)
			a.Explain(command)
			a.Requirements(t.Context(), command)
		}
		a.Inventory(t.Context())
	}
	if marks := b.marks(); len(marks) > 0 {
		t.Errorf("these ran: %q", marks)
	}
	if trust == Probe { // what is none of this is answered
		a := b.asker(Probe)
		answer := New(Options{Trust: trust, Dir: b.work, Tools: Compose(nil), Prober: NewProber(b.options)}).
			Ask(t.Context(), success("gcc -Werror -m64 -c -x c /dev/null -o /dev/null"))
		if !answer.Known {
			t.Error(answer.Reason)
		}
		b.expectUnknown(a, "linked --version", OutOfBounds)
	}
}

// Of all that a workspace may have for the Rust tools, nothing runs: programs
// by their names, files that choose a compiler, and libraries to be loaded.
func TestNothingPlantedRunsForRust(t *testing.T) {
	for _, trust := range []Trust{None, Probe} {
		t.Run(trust.String(), func(t *testing.T) { plantForRust(t, trust) })
	}
	t.Run("the traps work", func(t *testing.T) {
		b, a := rustTraps(t, Shell, nil, nil)
		a.Ask(t.Context(), success("./scripts/rust_is_available.sh"))
		if marks := strings.Join(b.marks(), " "); !strings.Contains(marks, "script-rust_is_available.sh") || !strings.Contains(marks, "here-rustc") {
			t.Errorf("only these traps were sprung at trust shell: %q", marks)
		}
	})
}

// rustTraps returns a bench whose workspace is full of traps, and an asker of
// it.
func rustTraps(t *testing.T, trust Trust, tools, environment map[string]string) (*bench, *Asker) {
	b := newBench(t)
	in := func(name string) string { return filepath.Join(b.work, name) }
	layOut(t, b.work, "new")
	for _, name := range []string{"rust_is_available.sh", "min-tool-version.sh"} {
		script, err := os.ReadFile(in("scripts/" + name))
		if err != nil {
			t.Fatal(err)
		}
		b.write(in("scripts/"+name), "#!/bin/sh\ntouch '"+b.markers+"/script-"+name+"'\n"+string(script), 0o755)
	}
	for _, name := range []string{"rustc", "bindgen", "rustfmt", "cargo", "rustup", "clang", "llvm-config", "evil"} {
		b.write(in(name), b.trap("here-"+name), 0o755)
		b.write(in("bin/"+name), b.trap("bin-"+name), 0o755)
		b.write(in("evil-toolchain/bin/"+name), b.trap("toolchain-"+name), 0o755)
	}
	b.write(in("rust-toolchain.toml"), "[toolchain]\npath = \"/proc/self/cwd/evil-toolchain\"\n", 0o644)
	b.write(in("scripts/rust-toolchain.toml"), "[toolchain]\npath = \""+in("evil-toolchain")+"\"\n", 0o644)
	b.write(in(".cargo/config.toml"), "[build]\nrustc = \""+in("evil")+"\"\nrustc-wrapper = \""+in("evil")+"\"\n[env]\nRUSTC = \""+in("evil")+"\"\n", 0o644)

	// Outside there is rustup, and a bindgen that does what it is told.
	b.tool("rustup", "touch "+b.markers+"/rustup; [ -e rust-toolchain.toml ] && touch "+b.markers+"/found-toolchain; exit 1")
	if err := os.Symlink("rustup", filepath.Join(b.bin, "rustc")); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(b.bin, "../home")
	b.write(filepath.Join(home, ".rustup/settings.toml"), "default_toolchain = \"stable\"\n[overrides]\n", 0o644)
	b.write(filepath.Join(home, ".rustup/toolchains/stable/bin/rustc"), "#!/bin/sh\necho rustc 1.85.1\n", 0o755)
	b.tool("bindgen", `for evil in "$LIBCLANG_PATH/evil" "$LLVM_CONFIG_PATH" "$CLANG_PATH" ./evil; do
	[ -x "$evil" ] && "$evil"
done
[ -n "$BINDGEN_EXTRA_CLANG_ARGS$RUSTC_WRAPPER$CARGO_HOME$RUSTFLAGS" ] && touch '`+b.markers+`/environment'
case "$1" in --version) echo bindgen 0.71.1;; *) echo "clang version 19.1.7" >&2;; esac`)
	b.options.Environment = []string{
		"PATH=" + strings.Join([]string{".", "", "bin", "./evil-toolchain/bin", in("bin"), b.work, b.bin, "/usr/bin", "/bin"}, ":"), "HOME=" + home,
		"BINDGEN_EXTRA_CLANG_ARGS=-fplugin=" + in("evil"), "RUSTC_WRAPPER=" + in("evil"), "CARGO_HOME=" + in(".cargo"), "RUSTFLAGS=-Clinker=" + in("evil"),
	}
	variables := map[string]string{"SRCARCH": "arm64"}
	for name, value := range environment {
		value = strings.ReplaceAll(value, "WORK", b.work)
		if name == "LIBCLANG_PATH" || name == "LLVM_CONFIG_PATH" || name == "CLANG_PATH" {
			b.options.Environment = append(b.options.Environment, name+"="+value)
		} else {
			variables[name] = value
		}
	}
	user := map[string]string{}
	for name, value := range tools {
		user[name] = strings.ReplaceAll(value, "WORK", b.work)
	}
	return b, New(Options{Trust: trust, Dir: b.work, Tools: Compose(user), Variables: variables, Prober: NewProber(b.options)})
}

func plantForRust(t *testing.T, trust Trust) {
	for i, test := range []struct{ tools, environment map[string]string }{
		{nil, nil},
		{map[string]string{"RUSTC": "WORK/rustc", "BINDGEN": "WORK/bindgen"}, nil},
		{map[string]string{"RUSTC": "./rustc", "BINDGEN": "bin/bindgen"}, nil},
		{map[string]string{"RUSTC": "evil", "BINDGEN": "evil"}, nil},
		{map[string]string{"RUSTC": "/proc/self/cwd/rustc", "BINDGEN": "/proc/self/cwd/bindgen"}, nil},
		{map[string]string{"RUSTC": "rustup", "LLVM": "WORK/"}, nil},
		{nil, map[string]string{"LIBCLANG_PATH": "WORK", "LLVM_CONFIG_PATH": "WORK/llvm-config", "CLANG_PATH": "WORK/clang"}},
		{nil, map[string]string{"LIBCLANG_PATH": ".", "LLVM_CONFIG_PATH": "./llvm-config", "CLANG_PATH": "clang"}},
		{nil, map[string]string{"KRUSTFLAGS": "-Clinker=WORK/evil -Zcodegen-backend=WORK/evil", "RUST_LIB_SRC": "WORK"}},
		{nil, map[string]string{"KRUSTFLAGS": "--sysroot=WORK/evil-toolchain"}},
	} {
		t.Run(strconv.Itoa(i), func(t *testing.T) { askForRust(t, trust, test.tools, test.environment) })
	}
}

func askForRust(t *testing.T, trust Trust, tools, environment map[string]string) {
	b, a := rustTraps(t, trust, tools, environment)
	t.Chdir(b.work) // as a server may be started
	for _, script := range []string{b.work + "/scripts/rust_is_available.sh", "scripts/rust_is_available.sh", "./scripts/rust_is_available.sh"} {
		a.Requirements(t.Context(), success(script))
		a.Ask(t.Context(), success(script))
	}
	for _, command := range []string{"rustc --version", "bindgen --version workaround-for-0.69.0", "./rustc --version", "bindgen x.h", "cargo --version"} {
		a.Ask(t.Context(), command)
		a.Requirements(t.Context(), command)
	}
	a.Inventory(t.Context())
	if marks := b.marks(); len(marks) > 0 {
		t.Errorf("with %q and %q these ran: %q", tools, environment, marks)
	}
	if trust == Probe && tools == nil && environment == nil { // what is outside is asked all the same
		b.expect(a, "bindgen --version workaround-for-0.69.0", "bindgen 0.71.1\n", Cache)
		b.expect(a, "rustc --version", "rustc 1.85.1\n", Cache)
	}
}
