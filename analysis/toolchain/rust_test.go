//go:build unix

package toolchain

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// rustBench is a machine with stand-ins for the Rust tools.
type rustBench struct {
	*bench
	base      string // a directory with the programs of any machine
	tree      string
	trust     Trust
	variables map[string]string // the user's
	arch      string
}

// stand are the tools and files of a machine: what rustc, bindgen, libclang and
// the C compiler say.
type stand struct {
	rustc    string // what --version does, "" for no rustc
	sysroot  string // what --print sysroot does, "" for saying where it is
	targets  string
	bindgen  string // what --version does, "" for no bindgen
	libclang string // what it does with a header
	bindings string // what it prints for a header
	cc       string // what -E and --version do
	sources  bool
	extra    map[string]string // further variables of the user; BIN stands for the tools' directory
}

// pragma is what bindgen writes for the header of the script.
func pragma(version string) string {
	return `echo "libclang.h:1:9: warning: Debian clang version ` + version + `  [-W#pragma-messages], err: false" >&2`
}

// well is a machine on which Rust is available.
func well() stand {
	return stand{
		rustc: "echo rustc 1.85.1", bindgen: "echo bindgen 0.71.1", libclang: pragma("19.1.7"),
		cc: "echo GCC 12 2 0", sources: true,
	}
}

func newRustBench(t *testing.T, tree string, s stand) *rustBench {
	t.Helper()
	r := &rustBench{bench: newBench(t), base: baseOf(t), tree: tree, trust: Probe, variables: map[string]string{"CC": "mycc"}, arch: "x86"}
	if s.rustc != "" {
		sysroot := s.sysroot
		if sysroot == "" {
			sysroot = `root=${0%/*}; echo "${root%/*}"`
		}
		r.tool("rustc", `case "$*" in
"--version --verbose") `+s.rustc+`; echo "LLVM version: 19.1.7";;
*target-list*) echo "`+s.targets+`";;
*--sysroot=*) (`+sysroot+`) >/dev/null || exit 1; echo "$1" | sed 's/--sysroot=//';;
*sysroot*) `+sysroot+`;;
*) `+s.rustc+`;;
esac`)
	}
	if s.bindgen != "" {
		r.tool("bindgen", `case "$1" in
--version) `+s.bindgen+`;;
*) echo "`+s.bindings+`"; `+s.libclang+`;;
esac`)
	}
	r.tool("mycc", s.cc)
	if s.sources {
		r.write(filepath.Join(r.bin, "../lib/rustlib/src/rust/library/core/src/lib.rs"), "", 0o644)
	}
	for name, value := range s.extra {
		r.variables[name] = strings.ReplaceAll(value, "BIN", r.bin)
	}
	r.options.Root = fstest.MapFS{}
	return r
}

// environment is that of the machine: of its own programs those only that scripts are
// made of, since it may have tools for Rust.
func (r *rustBench) environment() []string {
	return []string{"PATH=" + r.bin + ":" + r.base, "HOME=" + filepath.Dir(r.bin)}
}

// baseOf makes a directory with the programs of this machine that scripts are made of.
func baseOf(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{
		"[", "awk", "basename", "cat", "cut", "dirname", "echo", "env", "expr", "false", "grep", "head", "ls", "mkdir", "mktemp",
		"printf", "rm", "sed", "sh", "sleep", "sort", "test", "touch", "tr", "true", "uname",
	} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue // those that are needed will be missed
		}
		if err := os.Symlink(path, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func (r *rustBench) asker() *Asker {
	r.options.Environment = r.environment()
	variables := Passed(r.variables)
	variables["ARCH"], variables["SRCARCH"] = r.arch, r.arch
	return New(Options{
		Trust: r.trust, Dir: r.tree, Tools: Compose(r.variables), Variables: variables,
		Libclang: LibclangVariables(r.variables), Prober: NewProber(r.options),
	})
}

// command is what a tree asks.
func (r *rustBench) command() string { return success(r.tree + "/scripts/rust_is_available.sh") }

// shell runs the tree's own script, and reports whether it succeeds.
func (r *rustBench) shell() bool {
	command := exec.Command("sh", "-c", r.command())
	command.Dir = r.work
	command.Env = append(r.environment(), "ARCH="+r.arch, "SRCARCH="+r.arch)
	for name, value := range Compose(r.variables) {
		command.Env = append(command.Env, name+"="+value)
	}
	for name, value := range LibclangVariables(r.variables) {
		command.Env = append(command.Env, name+"="+value)
	}
	for name, value := range Passed(r.variables) {
		command.Env = append(command.Env, name+"="+value)
	}
	out, err := command.Output()
	if err != nil {
		r.t.Fatal(err)
	}
	return string(out) == "y\n"
}

// agree compares the script, the answer to the command and its requirements,
// before and after they were asked.
func (r *rustBench) agree(name string) {
	r.t.Helper()
	want := r.shell()
	a := r.asker()
	if all := a.Snapshot().Requirements(r.command()); conclusion(all) == No && want || conclusion(all) == Yes && !want {
		r.t.Errorf("%s: before anybody was asked, the script succeeds is %v, but\n%s", name, want, r.show(all))
	}
	all := a.Requirements(r.t.Context(), r.command())
	if got := conclusion(all); got != yesOrNo(want) {
		r.t.Errorf("%s: the script succeeds is %v, but\n%s", name, want, r.show(all))
	}
	if answer := a.Ask(r.t.Context(), r.command()); !answer.Known || (answer.Output == "y\n") != want {
		r.t.Errorf("%s: the script succeeds is %v, but the answer is %+v", name, want, answer)
	}
	snapshot := a.Snapshot()
	if answer := snapshot.Ask(r.command()); !answer.Known || len(snapshot.Open()) > 0 {
		r.t.Errorf("%s: after all was asked, open is %q of %+v", name, snapshot.Open(), answer)
	}
	if now := snapshot.Requirements(r.command()); !slices.Equal(now, all) {
		r.t.Errorf("%s: after all was asked, what is known without asking is\n%s\ninstead of\n%s", name, r.show(now), r.show(all))
	}
}

// conclusion is whether a command succeeds by its requirements.
func conclusion(all []Requirement) State {
	state := Yes
	for _, requirement := range all {
		switch {
		case requirement.Advice:
		case requirement.State == No:
			return No
		case requirement.State == Unknown:
			state = Unknown
		}
	}
	return state
}

// show prints requirements, one on a line.
func (r *rustBench) show(all []Requirement) string {
	var b strings.Builder
	for _, q := range all {
		kind := q.State.String()
		if q.Advice {
			kind += " (advice)"
		}
		fmt.Fprintf(&b, "%s: %s", kind, q.Text)
		if q.File != "" {
			fmt.Fprintf(&b, " [%s:%d]", q.File, q.Line)
		}
		fmt.Fprintf(&b, "\n    %s\n", q.Reason)
		if q.Fix != "" {
			fmt.Fprintf(&b, "    %s\n", q.Fix)
		}
	}
	return strings.NewReplacer(r.bin, "BIN", filepath.Dir(r.bin), "ROOT").Replace(b.String())
}

// rustStands are machines for every check of the scripts.
func rustStands() map[string]stand {
	with := func(change func(s *stand)) stand {
		s := well()
		change(&s)
		return s
	}
	versions := func(rustc, bindgen, libclang string) stand {
		return with(func(s *stand) {
			s.rustc, s.bindgen, s.libclang = "echo rustc "+rustc, "echo bindgen "+bindgen, pragma(libclang)
		})
	}
	return map[string]stand{
		"all is well":                    well(),
		"nothing is installed":           {cc: "exit 1"},
		"no rustc":                       with(func(s *stand) { s.rustc = "" }),
		"no bindgen":                     with(func(s *stand) { s.bindgen = "" }),
		"RUSTC is empty":                 with(func(s *stand) { s.extra = map[string]string{"RUSTC": ""} }),
		"RUSTC is not there":             with(func(s *stand) { s.extra = map[string]string{"RUSTC": "/nonexistent/rustc"} }),
		"RUSTC is two words":             with(func(s *stand) { s.extra = map[string]string{"RUSTC": "rustc -O"} }),
		"RUSTC is a path":                with(func(s *stand) { s.extra = map[string]string{"RUSTC": "BIN/rustc"} }),
		"BINDGEN has another name":       with(func(s *stand) { s.extra = map[string]string{"BINDGEN": "bindgen-0.71"} }),
		"rustc fails":                    with(func(s *stand) { s.rustc = "echo rustc 1.85.1; exit 3" }),
		"rustc says garbage":             with(func(s *stand) { s.rustc = "echo rusty 1.85.1" }),
		"rustc says nothing":             with(func(s *stand) { s.rustc = ":" }),
		"rustc says it on another line":  with(func(s *stand) { s.rustc = "echo hello; echo rustc 1.85.1" }),
		"rustc is too old":               versions("1.50.0", "0.71.1", "19.1.7"),
		"rustc is a development version": versions("1.99.0-nightly", "0.71.1-dev", "19.1.7"),
		"rustc is just new enough":       versions("1.78.0", "0.65.1", "13.0.1"),
		"rustc is just too old":          versions("1.77.9", "0.65.1", "13.0.1"),
		"bindgen is just too old":        versions("1.78.0", "0.65.0", "13.0.1"),
		"libclang is just too old":       versions("1.78.0", "0.65.1", "13.0.0"),
		"all as 6.1 has it":              versions("1.62.0", "0.56.0", "11.0.0"),
		"bindgen fails":                  with(func(s *stand) { s.bindgen = "exit 2" }),
		"bindgen says garbage":           with(func(s *stand) { s.bindgen = "echo bind" }),
		"bindgen 0.66.1":                 versions("1.85.1", "0.66.1", "18.1.3"),
		"bindgen 0.66.0 with a bug": with(func(s *stand) {
			s.bindgen = "echo bindgen 0.66.0"
			s.libclang += `; case "$1" in *0_66*|bug.h) exit 1;; esac`
		}),
		"bindgen 0.68 with libclang 19.1": versions("1.85.1", "0.68.1", "19.1.0"),
		"bindgen 0.68, mended": with(func(s *stand) {
			s.bindgen, s.bindings = "echo bindgen 0.68.1", "pub foofoo: int"
		}),
		"bindgen 0.71 with libclang 22": versions("1.85.1", "0.71.1", "22.1.0"),
		"bindgen 0.72.1, libclang 22":   versions("1.85.1", "0.72.1", "22.1.0"),
		"libclang fails":                with(func(s *stand) { s.libclang = "echo 'Unable to find libclang' >&2; exit 101" }),
		"libclang says garbage":         with(func(s *stand) { s.libclang = "echo warning: hello >&2" }),
		"libclang says nothing":         with(func(s *stand) { s.libclang = ":" }),
		"libclang is too old":           versions("1.85.1", "0.71.1", "10.0.1"),
		"libclang is said twice":        with(func(s *stand) { s.libclang = pragma("19.1.7") + "; " + pragma("10.0.0") }),
		"libclang is Clang's": with(func(s *stand) {
			s.cc = `case "$*" in *-E*) echo Clang 19 1 7;; *) echo clang version 19.1.7;; esac`
		}),
		"libclang is not Clang's": with(func(s *stand) {
			s.cc = `case "$*" in *-E*) echo Clang 14 0 6;; *) echo clang version 14.0.6;; esac`
		}),
		"LIBCLANG_PATH is right": with(func(s *stand) {
			s.libclang = `[ "$LIBCLANG_PATH" = "$(dirname "$0")" ] || exit 1; ` + s.libclang
			s.extra = map[string]string{"LIBCLANG_PATH": "BIN"}
		}),
		"LIBCLANG_PATH is wrong": with(func(s *stand) {
			s.libclang = `[ "$LIBCLANG_PATH" = "$(dirname "$0")" ] || exit 1; ` + s.libclang
			s.extra = map[string]string{"LIBCLANG_PATH": "/nonexistent"}
		}),
		"no compiler":   with(func(s *stand) { s.extra = map[string]string{"CC": "nonesuch"} }),
		"no sources":    with(func(s *stand) { s.sources = false }),
		"sysroot fails": with(func(s *stand) { s.sysroot = "exit 1" }),
		"sysroot fails, sources given": with(func(s *stand) {
			s.sysroot = "exit 1"
			s.extra = map[string]string{"RUST_LIB_SRC": "BIN/../lib/rustlib/src/rust/library"}
		}),
		"RUST_LIB_SRC is right": with(func(s *stand) {
			s.sysroot = "echo /none"
			s.extra = map[string]string{"RUST_LIB_SRC": "BIN/../lib/rustlib/src/rust/library"}
		}),
		"RUST_LIB_SRC is wrong": with(func(s *stand) { s.extra = map[string]string{"RUST_LIB_SRC": "/nonexistent"} }),
		"RUST_LIB_SRC is empty": with(func(s *stand) { s.extra = map[string]string{"RUST_LIB_SRC": ""} }),
		"KRUSTFLAGS name a sysroot": with(func(s *stand) {
			s.sysroot = "echo /none"
			s.extra = map[string]string{"KRUSTFLAGS": "--sysroot=BIN/.."}
		}),
		"KRUSTFLAGS name a wrong sysroot": with(func(s *stand) { s.extra = map[string]string{"KRUSTFLAGS": "--sysroot=/nonexistent"} }),
		"KRUSTFLAGS are harmless":         with(func(s *stand) { s.extra = map[string]string{"KRUSTFLAGS": "-Copt-level=2 -Dwarnings"} }),
	}
}

// fixtureTree lays out a tree of testdata in a new directory.
func fixtureTree(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	layOut(t, dir, name)
	return dir
}

func layOut(t *testing.T, dir, name string) {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/trees/" + name + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		path := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := writeProgram(path, f.Data, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

// A tree's own script succeeds if, and only if, all requirements hold, and that
// is what the evaluation of the command says.
func TestRustAgreesWithScript(t *testing.T) {
	t.Parallel()
	for _, tree := range []string{"first", "old", "new"} {
		t.Run(tree, func(t *testing.T) {
			t.Parallel() // most of it is waiting for shells
			agreeOnRust(t, fixtureTree(t, tree), 0)
		})
	}
	example, err := filepath.Abs("../testdata/example")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("example", func(t *testing.T) {
		t.Parallel()
		agreeOnRust(t, example, 0)
	})
	t.Run("kernel", func(t *testing.T) {
		t.Parallel()
		agreeOnRust(t, named(t, "KCONFIG_LS_LINUX", "a kernel tree"), 60)
	})
}

// agreeOnRust compares on all machines, and on some that are put together at
// random.
func agreeOnRust(t *testing.T, tree string, random int) {
	stands := rustStands()
	names := make([]string, 0, len(stands))
	for name := range stands {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		newRustBench(t, tree, stands[name]).agree(name)
	}
	for i := range random {
		r := rand.New(rand.NewPCG(uint64(i), 1))
		pick := func() stand { return stands[names[r.IntN(len(names))]] }
		s := pick()
		s.rustc, s.sysroot, s.bindgen, s.libclang, s.bindings, s.cc = pick().rustc, pick().sysroot, pick().bindgen, pick().libclang, pick().bindings, pick().cc
		b := newRustBench(t, tree, s)
		b.arch = []string{"x86", "s390", "loongarch", "arm64"}[i%4]
		b.agree(fmt.Sprintf("%+v", s))
	}
}
