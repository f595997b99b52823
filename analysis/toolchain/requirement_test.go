//go:build unix

package toolchain

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// release is a file system that has an os-release.
func release(lines ...string) fstest.MapFS {
	return fstest.MapFS{"etc/os-release": {Data: []byte(strings.Join(lines, "\n") + "\n")}}
}

func TestDetectDistribution(t *testing.T) {
	for _, test := range []struct {
		root fstest.MapFS
		goos string
		want Distribution
	}{
		{release(`PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"`, `VERSION_ID="12"`, "ID=debian"), "linux", Distribution{"debian", "12"}},
		{release("ID=ubuntu", "ID_LIKE=debian", `VERSION_ID="24.04"`), "linux", Distribution{"ubuntu", "24.04"}},
		{release("ID=linuxmint", `ID_LIKE="ubuntu debian"`, `VERSION_ID="22"`), "linux", Distribution{ID: "ubuntu"}},
		{release("ID=rocky", `ID_LIKE="rhel centos fedora"`, `VERSION_ID="9.4"`), "linux", Distribution{ID: "fedora"}},
		{release("ID='opensuse-tumbleweed'", `ID_LIKE="opensuse suse"`, `VERSION_ID="20260901"`), "linux", Distribution{ID: "opensuse"}},
		{release("ID=arch"), "linux", Distribution{ID: "arch"}},
		{release("ID=alpine", "VERSION_ID=3.20"), "linux", Distribution{}},
		{fstest.MapFS{"usr/lib/os-release": {Data: []byte("ID=gentoo\n")}}, "linux", Distribution{ID: "gentoo"}},
		{fstest.MapFS{}, "linux", Distribution{}},
		{fstest.MapFS{}, "darwin", Distribution{ID: "homebrew"}},
		{release("# ID=debian", "NOT_ID=fedora"), "linux", Distribution{}},
	} {
		if got := DetectDistribution(test.root, test.goos); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.root["etc/os-release"], got, test.want)
		}
	}
}

// Each way to say that something is missing, and what to do about it.
func TestRustRequirements(t *testing.T) {
	t.Parallel()
	stands := rustStands()
	var b strings.Builder
	for _, test := range []struct {
		tree, machine string
		release       fstest.MapFS
		change        func(r *rustBench)
	}{
		{"new", "all is well", nil, nil},
		{"new", "all is well", nil, func(r *rustBench) { r.trust = None }},
		{"old", "all is well", nil, nil},
		{"old", "all as 6.1 has it", nil, nil},
		{"new", "nothing is installed", release("ID=debian", "VERSION_ID=12"), nil},
		{"new", "nothing is installed", release("ID=debian", "VERSION_ID=13"), nil},
		{"new", "nothing is installed", release("ID=ubuntu", "VERSION_ID=24.04"), nil},
		{"new", "nothing is installed", release("ID=fedora"), nil},
		{"new", "nothing is installed", release("ID=arch"), nil},
		{"new", "nothing is installed", release("ID=opensuse-leap", "ID_LIKE=suse"), nil},
		{"new", "nothing is installed", release("ID=nixos"), nil},
		{"new", "nothing is installed", release("ID=gentoo"), nil},
		{"new", "nothing is installed", nil, nil},
		{"new", "rustc is too old", release("ID=debian", "VERSION_ID=12"), nil},
		{"new", "rustc is too old", release("ID=fedora"), nil},
		{"new", "bindgen is just too old", release("ID=debian", "VERSION_ID=12"), nil},
		{"new", "bindgen is just too old", release("ID=ubuntu", "VERSION_ID=24.04"), nil},
		{"new", "bindgen is just too old", release("ID=arch"), nil},
		{"new", "rustc fails", nil, nil},
		{"new", "rustc says garbage", nil, nil},
		{"new", "RUSTC is empty", nil, nil},
		{"new", "RUSTC is not there", nil, nil},
		{"new", "RUSTC is two words", nil, nil},
		{"new", "libclang fails", release("ID=debian", "VERSION_ID=12"), nil},
		{"new", "libclang says garbage", nil, nil},
		{"new", "libclang is too old", release("ID=debian", "VERSION_ID=13"), nil},
		{"new", "libclang is Clang's", nil, nil},
		{"new", "libclang is not Clang's", nil, nil},
		{"new", "bindgen 0.66.0 with a bug", nil, nil},
		{"new", "bindgen 0.68 with libclang 19.1", nil, nil},
		{"new", "bindgen 0.68, mended", nil, nil},
		{"new", "bindgen 0.71 with libclang 22", nil, nil},
		{"new", "no sources", release("ID=fedora"), nil},
		{"new", "no sources", release("ID=ubuntu", "VERSION_ID=25.10"), nil},
		{"new", "RUST_LIB_SRC is wrong", nil, nil},
		{"new", "sysroot fails", nil, nil},
		{"new", "all is well", nil, func(r *rustBench) { r.variables["KRUSTFLAGS"] = "--extern=x=/y" }},
		{"new", "all is well", nil, func(r *rustBench) { r.variables["LIBCLANG_PATH"] = r.tree + "/lib" }},
		{"new", "all is well", nil, func(r *rustBench) { r.arch = "arm64" }},
		{"new", "all is well", nil, func(r *rustBench) { r.arch = "loongarch" }},
	} {
		s, ok := stands[test.machine]
		if !ok {
			t.Fatalf("there is no machine %q", test.machine)
		}
		if test.change != nil {
			s.targets = "aarch64-unknown-none riscv64imac-unknown-none-elf"
		}
		r := newRustBench(t, fixtureTree(t, test.tree), s)
		title := test.tree + " tree: " + test.machine
		if test.release != nil {
			r.options.Root = test.release
			d := DetectDistribution(test.release, "linux")
			title += ", " + strings.TrimSpace(d.ID+" "+d.Version)
		}
		if test.change != nil {
			test.change(r)
			title += fmt.Sprintf(", trust %s, arch %s", r.trust, r.arch)
		}
		all := r.asker().Requirements(t.Context(), r.command())
		fmt.Fprintf(&b, "== %s\n%s\n", title, strings.ReplaceAll(r.show(interesting(all, test.machine)), r.tree, "TREE"))
	}
	golden(t, "testdata/rust-requirements.txt", b.String())
}

// interesting leaves out what holds or was not looked at, unless all is well.
func interesting(all []Requirement, machine string) []Requirement {
	if machine == "all is well" {
		return all
	}
	var left []Requirement
	for _, r := range all {
		if r.State == No || r.Advice || r.State == Unknown && r.Obstacle != NoObstacle {
			left = append(left, r)
		}
	}
	return left
}

// What is said of commands that ask one thing.
func TestRequirements(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	gcc := `case "$*" in *-E*) echo GCC 12 2 0;; *--version*) echo "mycc (Debian 12.2.0-14) 12.2.0";; *-mbad*|*-m32*|*seg*) exit 1;; esac`
	clang := `case "$*" in *-E*) echo Clang 19 1 7;; *--version*) echo "clang version 19.1.7";; *-mbad*) exit 1;; esac`
	for _, test := range []struct {
		title, cc string
		trust     Trust
		commands  []string
	}{
		{"nobody is trusted", gcc, None, []string{takes("-mgood"), success(`test "GCC" = GCC`), "mycc --version"}},
		{"gcc", gcc, Probe, []string{
			takes("-mgood"), takes("-mbad"), takes("-fplugin=x"),
			success(`test "GCC" = GCC`), success(`test "GCC" = Clang`), success(`[ "GNU" = "LLVM" ]`), success(`test "BFD" = LLD`), success(`test "" = GCC`),
			success(`test x = y`), success(`test GCC = y`), success("test 120200 -ge 90100"), success("true"), "true", "echo x", "(",
			"mycc --version", "mycc --version | head -n 1", "TREE/scripts/cc-version.sh mycc", "set -- GCC 120200 && echo $2",
			success(`printf "%b\n" "nop" | mycc -Wa,--fatal-warnings -c -x assembler-with-cpp -o /dev/null -`),
			success(`echo 'int x = 1;' | mycc -x c - -c -o /dev/null`), success(`echo 'int seg;' | mycc -S -x c - -o - | grep -q "%seg"`),
			success("echo 'int main;' | mycc -m32 -x c - -o /dev/null"), success("ld -v --gc-sections"), success("nm --help | head -n 1 | grep -qi llvm"),
			success("objcopy --version | head -n1 | grep -qv llvm"), success("test -e /nonexistent/plugin/include/plugin-version.h"), success("test -e /dev/null"),
			success("command -v mycc"), success("command -v nonesuch"), `{ command -v mycc; } >/dev/null 2>&1 && echo "n" || echo "y"`,
			success("rustc -Zfoo --crate-type=rlib /dev/null"), success("pahole --version"), "bindgen --version workaround-for-0.69.0 2>/dev/null",
			`{ mycc -Werror -m32 -E -x c /dev/null -o /dev/null; } >/dev/null 2>&1 && echo "-m32" || echo ""`,
			`! mycc -mbad -c -x c /dev/null -o /dev/null && echo y || echo n`,
		}},
		{"Clang", clang, Probe, []string{takes("-mbad"), success(`test "Clang" = GCC`), success(`test "Clang" = Clang`), success("test -e plugin/include/plugin-version.h")}},
	} {
		bench := newBench(t)
		bench.options.Root = release("ID=debian", "VERSION_ID=12")
		bench.options.Environment = []string{"PATH=" + bench.bin, "HOME=" + bench.bin}
		bench.tool("mycc", test.cc)
		bench.tool("ld", says("GNU ld (GNU Binutils for Debian) 2.40"))
		bench.tool("nm", says("GNU nm (GNU Binutils for Debian) 2.40"))
		bench.tool("rustc", "echo rustc 1.63.0; case $* in *foo*) exit 1;; esac")
		for _, name := range []string{"cat", "grep"} { // of the machine that the stand-ins run on
			if err := os.Symlink("/bin/"+name, filepath.Join(bench.bin, name)); err != nil {
				t.Fatal(err)
			}
		}
		bench.write(filepath.Join(bench.work, "scripts/cc-version.sh"), "#!/bin/sh\n# __clang_major__ __GNUC__ -E -P -x c 10000 * $1\n", 0o755)
		a := bench.asker(test.trust)
		r := rustBench{bench: bench}
		for _, command := range test.commands {
			command = strings.ReplaceAll(command, "TREE", bench.work)
			all := a.Requirements(t.Context(), command)
			shown := strings.ReplaceAll(command, bench.work, "TREE")
			fmt.Fprintf(&b, "== %s: %s\n%s", test.title, shown, r.show(all))
			if answer := a.Ask(t.Context(), command); answer.Known && len(all) == 1 && all[0].State != Unknown && strings.HasSuffix(command, `&& echo "y" || echo "n"`) &&
				(answer.Output == "y\n") != (all[0].State == Yes) {
				t.Errorf("%s: the answer is %q, but\n%s", command, answer.Output, r.show(all))
			}
		}
	}
	golden(t, "testdata/requirements.txt", b.String())
}

// records answers commands with what was recorded.
type records map[string]string

func (r records) Shell(command string) (output string, known bool) {
	output, known = r[command]
	return output, known
}

// Where only recorded answers count, they say of requirements what can be
// concluded from them.
func TestRecordedRequirements(t *testing.T) {
	r := newRustBench(t, fixtureTree(t, "new"), well())
	for _, test := range []struct {
		command, output string
		want            State
	}{
		{r.command(), "y\n", Yes},
		{r.command(), "n\n", Unknown}, // which of them fails is not recorded
		{r.command(), "something\n", Unknown},
		{takes("-mgood"), "y\n", Yes},
		{takes("-mgood"), "n\n", No},
	} {
		a := New(Options{
			Trust: Probe, Dir: r.tree, Tools: Compose(r.variables), Recorded: records{test.command: test.output}, RecordedOnly: true,
			Prober: NewProber(r.options),
		})
		all := a.Requirements(t.Context(), test.command)
		if got := conclusion(all); got != test.want || len(all) == 0 {
			t.Errorf("%s printed %q: %s\n%s", test.command, test.output, got, r.show(all))
		}
	}
}
