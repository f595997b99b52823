//go:build unix

package toolchain

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
)

// bench is a directory with tools that are shell scripts, a workspace and a
// place for markers.
type bench struct {
	t                           *testing.T
	bin, work, markers, answers string
	options                     ProberOptions
}

func newBench(t *testing.T) *bench {
	t.Helper()
	root := t.TempDir()
	b := &bench{
		t: t, bin: filepath.Join(root, "bin"), work: filepath.Join(root, "work"),
		markers: filepath.Join(root, "markers"), answers: filepath.Join(root, "cache"),
	}
	for _, dir := range []string{b.bin, b.work, b.markers} {
		if err := os.Mkdir(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	b.options = ProberOptions{
		Environment: []string{"PATH=" + b.bin + ":/usr/bin:/bin", "HOME=" + root, "SECRET=1"},
		CacheDir:    b.answers,
		Timeout:     30 * time.Second, // nothing waits so long but on a machine that is busy
	}
	return b
}

// write makes a file with directories above it.
func (b *bench) write(path, text string, mode os.FileMode) {
	b.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		b.t.Fatal(err)
	}
	if err := writeProgram(path, []byte(text), mode); err != nil {
		b.t.Fatal(err)
	}
}

// writeProgram is os.WriteFile for what is run soon after. A process that another
// test starts meanwhile would hold the file open for writing until it executes its own
// program, and until then nobody can run the file.
func writeProgram(path string, data []byte, mode os.FileMode) error {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	return os.WriteFile(path, data, mode)
}

// tool makes a tool of a shell script.
func (b *bench) tool(name, script string) {
	b.t.Helper()
	b.write(filepath.Join(b.bin, name), "#!/bin/sh\n"+script, 0o755)
}

// count makes a tool's script that also counts its calls.
func (b *bench) counting(script string) string {
	return "echo x >>" + b.markers + "/calls\n" + script
}

func (b *bench) calls() int {
	data, _ := os.ReadFile(filepath.Join(b.markers, "calls"))
	return bytes.Count(data, []byte("x"))
}

// asker returns an asker of another prober, as after a restart.
func (b *bench) asker(trust Trust) *Asker {
	return New(Options{
		Trust: trust, Dir: b.work, Tools: Compose(map[string]string{"CC": "mycc"}),
		Prober: NewProber(b.options),
	})
}

// success is a command of a tree that asks for the success of another.
func success(command string) string {
	return "{ " + command + `; } >/dev/null 2>&1 && echo "y" || echo "n"`
}

// takes asks whether the compiler takes a flag.
func takes(flag string) string {
	return success(`trap "rm -rf .tmp_$$" EXIT; mkdir .tmp_$$; mycc -Werror  ` + flag + ` -c -x c /dev/null -o .tmp_$$/tmp.o`)
}

func (b *bench) expect(a *Asker, command, output string, source Source) {
	b.t.Helper()
	answer := a.Ask(b.t.Context(), command)
	if !answer.Known || answer.Output != output || answer.Source != source {
		b.t.Errorf("%s: %+v, want %q from %s", command, answer, output, source)
	}
}

func (b *bench) expectUnknown(a *Asker, command string, obstacle Obstacle) Reason {
	b.t.Helper()
	answer := a.Ask(b.t.Context(), command)
	if answer.Known || answer.Reason.Obstacle != obstacle {
		b.t.Errorf("%s: %+v, want obstacle %d", command, answer, obstacle)
	}
	return answer.Reason
}

func TestTrustLevels(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.tool("mycc", b.counting(`case "$*" in *-mbad*) exit 1;; esac`))
	none := b.asker(None)
	reason := b.expectUnknown(none, takes("-mgood"), NotTrusted)
	const want = "mycc: whether it takes -mgood is not known, because the workspace is not trusted. " +
		"Trust the workspace, or set trust to probe, as by --trust probe, to have your tools asked."
	if reason.String() != want {
		t.Errorf("got  %s\nwant %s", reason, want)
	}
	b.expectUnknown(none, success("command -v mycc"), NotTrusted)
	b.expectUnknown(none, success("test -e /dev/null"), NotTrusted)
	b.expect(none, success("test x = x"), "y\n", Pure)
	if b.calls() != 0 {
		t.Error("a tool was run without trust")
	}

	probe := b.asker(Probe)
	if reason := probe.Explain(takes("-mgood")); reason.Obstacle != NotAsked || b.calls() != 0 {
		t.Errorf("%+v, %d calls", reason, b.calls())
	}
	b.expect(probe, takes("-mgood"), "y\n", Probed)
	b.expect(probe, takes("-mbad"), "n\n", Probed)
	b.expect(probe, takes("-mgood"), "y\n", Probed) // remembered
	b.expect(probe, success("command -v mycc"), "y\n", Probed)
	b.expect(probe, "command -v nonesuch || echo none", "none\n", Probed)
	b.expect(probe, success("pahole --version"), "n\n", Probed) // there is none
	b.expectUnknown(probe, "date", NotATool)
	if b.calls() != 2 {
		t.Errorf("%d calls", b.calls())
	}
	if reason := probe.Explain(takes("-mgood")); reason != (Reason{}) {
		t.Error(reason)
	}
	// What it knows is of no use without trust.
	b.expectUnknown(b.asker(None), takes("-mgood"), NotTrusted)

	shell := b.asker(Shell)
	b.expect(shell, "pwd; echo $srctree $CC $SECRET; exit 3", b.work+"\n"+b.work+" mycc 1\n", ShellRun)
	b.expect(shell, success("test x = x"), "y\n", Pure)
}

func TestLayers(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.tool("mycc", "echo real")
	recorded := macro.NewRecorded(b.work)
	recorded.Add("mycc --version", "recorded")
	a := New(Options{
		Trust: Probe, Dir: b.work, Tools: Compose(map[string]string{"CC": "mycc"}), Prober: NewProber(b.options),
		Recorded: recorded, Variables: map[string]string{"CC_VERSION_TEXT": "text"},
		Config: map[string]string{"CC_VERSION_TEXT": "text", "CC_IS_GCC": "y", "GCC_VERSION": "120200"},
	})
	b.expect(a, "mycc --version", "recorded", Recorded)
	b.expect(a, "{ mycc --version; }", "real\n", Probed)
	b.expect(a, b.work+"/scripts/cc-version.sh mycc", "GCC 120200\n", Config)
	b.expect(a, "echo "+b.work, b.work+"\n", Pure)
	b.expectUnknown(a, "date", NotATool)

	var got bytes.Buffer
	if err := a.WriteRecords(&got); err != nil {
		t.Fatal(err)
	}
	const want = `{"cmd":"echo {srctree}","out":"{srctree}"}
{"cmd":"mycc --version","out":"recorded"}
{"cmd":"{ mycc --version; }","out":"real"}
{"cmd":"{srctree}/scripts/cc-version.sh mycc","out":"GCC 120200"}
`
	if got.String() != want {
		t.Errorf("records:\n%s", got.String())
	}
	if questions := a.Questions(); len(questions) != 5 || questions[1].Command != "date" {
		t.Errorf("%+v", questions)
	}
}

// A probe sees a clean environment and an empty directory.
func TestProbeEnvironment(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.tool("mycc", `env | cut -d= -f1 | sort | tr '\n' ' '; ls -A | wc -l; test "$HOME" = "$(pwd)" || echo no home; cat; ps -o nice= -p $$`)
	answer := b.asker(Probe).Ask(t.Context(), "mycc --version")
	fields := strings.Fields(answer.Output)
	if got := strings.Join(fields, " "); !strings.HasPrefix(got, "HOME LC_ALL PATH PWD TMPDIR 0") {
		t.Errorf("%q", answer.Output)
	}
	if last := fields[len(fields)-1]; last != "19" {
		t.Logf("NOT CHECKED: the priority was %q", last)
	}
}

func TestHangingTool(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.options.Timeout = 2 * time.Second // enough to start the processes on a machine that is busy
	pids := b.markers + "/pids"
	b.tool("mycc", "sleep 1000 & echo $$ $! >"+pids+"; (sleep 1000 & echo $! >>"+pids+"); sleep 1000")
	// One that ends and leaves something behind.
	b.tool("ld", "sleep 1000 >/dev/null 2>&1 </dev/null & echo $! >>"+pids+"; echo done")
	// One whose child keeps the output open.
	b.tool("nm", "sleep 1000 & echo $! >>"+pids+"; echo done")
	a := b.asker(Probe)
	start := time.Now()
	reason := b.expectUnknown(a, takes("-mx"), TimedOut)
	if !strings.HasPrefix(reason.String(), "mycc: whether it takes -mx is not known, because it did not answer within 2s.") {
		t.Error(reason)
	}
	b.expectUnknown(a, "nm --version", TimedOut)
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
	b.options.Timeout = 30 * time.Second
	b.expect(b.asker(Probe), "ld --version", "done\n", Probed)
	data, err := os.ReadFile(pids)
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Fields(string(data))
	if len(all) < 5 {
		t.Errorf("processes %q", all)
	}
	for _, text := range all {
		pid, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		if !ended(pid) {
			t.Errorf("process %d is still there", pid)
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	// A tool that never answers is not asked for ever.
	b.options.Timeout = 50 * time.Millisecond
	a = b.asker(Probe)
	for i := range 2 * maxTimeouts {
		a.Ask(t.Context(), takes(fmt.Sprint("-my", i)))
	}
	b.expectUnknown(a, takes("-mz"), NotRun)
}

// ended reports whether a process is gone, or waits for its parent only.
func ended(pid int) bool {
	for range 100 {
		if syscall.Kill(pid, 0) != nil {
			return true
		}
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err == nil && bytes.Contains(stat, []byte(") Z ")) {
			return true
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}

func TestOutputs(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.tool("mycc", `case "$*" in
*-mflood*) exec head -c 1000000000 /dev/zero;;
*-mnoise*) head -c 1000000000 /dev/zero >&2;;
*-E*) printf 'GCC\377 garbage\0';;
*-Wa,--version*) echo "GNU assembler nonsense";;
--version) head -c 5000 /dev/zero | tr '\0' x; printf '\377\376';;
esac`)
	b.tool("ld", `echo "GNU ld version unknown"`)
	b.tool("rustc", "echo rustc")
	b.tool("pahole", "echo what")
	a := b.asker(Probe)
	for name, text := range map[string]string{
		"cc-version.sh": "__clang_major__ __GNUC__ -E -P -x c 10000 * $1", "as-version.sh": "-Wa,--version -fintegrated-as 10000 * $1",
		"ld-version.sh": "--version BFD LLD 10000 * $1", "rustc-version.sh": "--version 2>/dev/null get_canonical_version $2 100000 * $1",
		"pahole-version.sh": `command -v --version | sed -E 's/v([0-9]+)\.([0-9]+)/\1\2/'`,
	} {
		b.write(filepath.Join(b.work, "scripts", name), "#!/bin/sh\n# "+text+"\ntouch "+b.markers+"/script\n", 0o755)
	}
	start := time.Now()
	reason := b.expectUnknown(a, takes("-mflood"), BadOutput)
	if !strings.Contains(reason.String(), "it wrote more than 1048576 bytes") {
		t.Error(reason)
	}
	b.expectUnknown(a, takes("-mnoise"), BadOutput)
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
	b.expect(a, b.work+"/scripts/cc-version.sh mycc", "", Probed) // an unknown compiler
	b.expectUnknown(a, b.work+"/scripts/as-version.sh mycc ", BadOutput)
	b.expectUnknown(a, b.work+"/scripts/ld-version.sh ld", BadOutput)
	b.expectUnknown(a, b.work+"/scripts/rustc-version.sh rustc", BadOutput)
	reason = b.expectUnknown(a, b.work+"/scripts/pahole-version.sh pahole", BadOutput)
	if want := "pahole: its version is not known, because it answered `what `, which has no version in it. Check that it works by calling it with --version."; reason.String() != want {
		t.Error(reason)
	}
	if answer := a.Ask(t.Context(), "mycc --version"); len(answer.Output) != 5002 {
		t.Errorf("%d bytes", len(answer.Output))
	}
	if _, err := os.Stat(b.markers + "/script"); err == nil {
		t.Error("a script of the tree was run")
	}
}

func TestVanishingTool(t *testing.T) {
	b := newBench(t)
	b.tool("mycc", "exit 0")
	a := b.asker(Probe)
	b.expect(a, takes("-mx"), "y\n", Probed)
	if err := os.Remove(filepath.Join(b.bin, "mycc")); err != nil {
		t.Fatal(err)
	}
	b.expect(a, takes("-mx"), "y\n", Probed) // an answer stays
	b.expect(a, takes("-my"), "n\n", Probed)
	// One that cannot be started.
	b.write(filepath.Join(b.bin, "ld"), "#!/nonexistent/interpreter\n", 0o755)
	b.expectUnknown(a, "ld --version", NotRun)
	b.write(filepath.Join(b.bin, "nm"), "\x7fELF rubbish", 0o755)
	b.expectUnknown(a, "nm --version", NotRun)
}

func TestCache(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.tool("mycc", b.counting("echo 1"))
	tool := filepath.Join(b.bin, "mycc")
	b.expect(b.asker(Probe), "mycc --version", "1\n", Probed)
	b.expect(b.asker(Probe), "mycc --version", "1\n", Cache)
	if b.calls() != 1 {
		t.Errorf("%d calls", b.calls())
	}
	b.expect(b.asker(Probe), "mycc --help", "1\n", Probed) // another question

	// Another time of change, another size, another assembler, another place.
	later := time.Now().Add(time.Minute)
	if err := os.Chtimes(tool, later, later); err != nil {
		t.Fatal(err)
	}
	b.expect(b.asker(Probe), "mycc --version", "1\n", Probed)
	b.tool("mycc", b.counting("echo 222"))
	if err := os.Chtimes(tool, later, later); err != nil {
		t.Fatal(err)
	}
	b.expect(b.asker(Probe), "mycc --version", "222\n", Probed)
	b.expect(b.asker(Probe), "mycc --version", "222\n", Cache)
	b.tool("as", "")
	b.tool("myas", "")
	b.expect(b.asker(Probe), "mycc --version", "222\n", Probed)

	// Damage of any kind costs a question and no more.
	files, err := filepath.Glob(filepath.Join(b.answers, "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	good, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var form map[string]any
	if err := json.Unmarshal(good, &form); err != nil || form["Version"] != float64(cacheVersion) || form["Program"] != tool {
		t.Error(form, err)
	}
	for _, bad := range []string{
		"", "{", "null", "[]", "{}", string(good[:len(good)/2]), strings.Replace(string(good), `"Version":1`, `"Version":2`, 1),
		strings.Replace(string(good), "/mycc", "/other", 1), `{"Version":1,"Answers":{"x":3}}`, strings.Repeat("x", maxCacheFile+1),
	} {
		if err := os.WriteFile(files[0], []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		b.expect(b.asker(Probe), "mycc --version", "222\n", Probed)
		b.expect(b.asker(Probe), "mycc --version", "222\n", Cache)
	}
	if err := os.Remove(files[0]); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(files[0], 0o777); err != nil {
		t.Fatal(err)
	}
	b.expect(b.asker(Probe), "mycc --version", "222\n", Probed)

	// What depends on more than the tool, and what failed, is not kept.
	b.options.CacheDir = filepath.Join(b.answers, "other")
	b.expect(b.asker(Probe), "gcc -print-file-name=plugin >/dev/null; mycc -print-file-name=x", "222\n", Probed)
	if files, _ := filepath.Glob(filepath.Join(b.options.CacheDir, "*")); len(files) > 0 {
		t.Error(files)
	}
	left, _ := filepath.Glob(filepath.Join(b.answers, ".new-*"))
	if len(left) > 0 {
		t.Error(left)
	}
}

func TestConcurrentQuestions(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.tool("mycc", b.counting("ls -d "+b.markers+"/busy* 2>/dev/null | wc -l >>"+b.markers+"/parallel; touch "+b.markers+"/busy$$; sleep 0.05; rm "+b.markers+"/busy$$"))
	a := b.asker(Probe)
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			if output, known := a.Shell(takes(fmt.Sprint("-mx", i%8))); !known || output != "y\n" {
				t.Errorf("%q, %v", output, known)
			}
		})
	}
	all.Wait()
	if b.calls() != 8 {
		t.Errorf("%d calls for 8 questions", b.calls())
	}
	data, _ := os.ReadFile(b.markers + "/parallel")
	for _, others := range strings.Fields(string(data)) {
		if n, _ := strconv.Atoi(others); n >= maxParallel {
			t.Errorf("%d at once", n+1)
		}
	}
}

func TestCanceledQuestion(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.tool("mycc", "sleep 0.3")
	a := b.asker(Probe)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if answer := a.Ask(ctx, takes("-mx")); answer.Known || answer.Reason.Obstacle != Canceled {
		t.Errorf("%+v", answer)
	}
	if len(a.Questions()) != 0 {
		t.Error("a question that was withdrawn is remembered")
	}
	b.expect(a, takes("-mx"), "y\n", Probed)
}

func TestInventory(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.options.Environment[0] = "PATH=" + b.bin
	b.tool("mycc", `case "$*" in *-E*) exec /bin/echo GCC 12 2 0;; esac; echo "mycc (Debian #1) 12.2.0"; echo more`)
	b.tool("ld", `echo "Debian LLD 14.0.6 (compatible with GNU linkers)"`)
	b.tool("nm", `echo "GNU nm (GNU Binutils for Debian) 2.40"`)
	b.tool("objcopy", `echo "llvm-objcopy, compatible with GNU objcopy"; echo "Debian LLVM version 14.0.6"`)
	b.tool("rustc", `echo "rustc 1.85.1 (4eb161250 2025-03-15) (built from a source tarball)"`)
	b.tool("bindgen", `test "$2" = workaround-for-0.69.0 && echo "bindgen 0.71.1"`)
	b.tool("pahole", "echo v1.30")
	b.tool("ar", "exit 1")
	var got strings.Builder
	for _, trust := range []Trust{Probe, None} {
		for _, tool := range b.asker(trust).Inventory(t.Context()) {
			path := strings.TrimPrefix(tool.Path, b.bin)
			fmt.Fprintf(&got, "%s %s %s %d %s %q %d %s\n", trust, tool.Variable, tool.Command, tool.State, path, tool.Version, tool.Number, tool.Reason)
		}
	}
	golden(t, "testdata/inventory.txt", got.String())

	b.write(b.work+"/scripts/pahole-version.sh", `command -v --version | sed -E 's/v([0-9]+)\.([0-9]+)/\1\2/'`, 0o755)
	asker := b.asker(Probe)
	exports := asker.Exports(t.Context())
	for name, want := range map[string]string{
		"CC": "mycc", "CC_VERSION_TEXT": "mycc (Debian 1) 12.2.0", "CLANG_FLAGS": "", "PAHOLE_VERSION": "130",
		"RUSTC_VERSION_TEXT": "rustc 1.85.1 (4eb161250 2025-03-15) (built from a source tarball)",
	} {
		if got, ok := exports[name]; got != want || !ok {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	// The answers that were recorded meanwhile are all it takes.
	recorded := macro.NewRecorded(b.work)
	for _, q := range asker.Questions() {
		recorded.Add(q.Command, q.Answer.Output)
	}
	replayed := New(Options{Dir: b.work, Tools: asker.options.Tools, Recorded: recorded, RecordedOnly: true})
	if got := replayed.Exports(t.Context()); !maps.Equal(got, exports) {
		t.Errorf("from recorded answers: %q, want %q", got, exports)
	}
	if reason := b.expectUnknown(replayed, "true && echo y", NotRecorded); !strings.Contains(reason.String(), "it is not among the recorded answers") {
		t.Error(reason)
	}
	exports = b.asker(None).Exports(t.Context())
	if text, ok := exports["CC_VERSION_TEXT"]; ok || exports["CC"] != "mycc" {
		t.Errorf("%q", text)
	}
	text := "Debian clang version 19.1.7 (3)"
	exports = New(Options{
		Tools: Compose(map[string]string{"LLVM": "1"}), Variables: map[string]string{"SRCARCH": "arm64"},
		Config: map[string]string{"CC_VERSION_TEXT": text, "CC_IS_CLANG": "y"},
	}).Exports(t.Context())
	if exports["CC_VERSION_TEXT"] != text || !strings.HasPrefix(exports["CLANG_FLAGS"], "--target=aarch64-linux-gnu ") {
		t.Error(exports)
	}
}
