//go:build unix

package lsp

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/toolchain"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// realTree is a tree on the disk, with tools beside it that are shell scripts,
// and a place for what they leave behind.
type realTree struct {
	*testClient
	dir, bin, marks string
	options         clientOptions
}

// toolTimeout is longer than the usual one, because tools are asked at the lowest
// priority: on a machine that is busy with other tests they take their time.
const toolTimeout = 30 * time.Second

func newRealTree(t *testing.T, files map[string]string) *realTree {
	t.Helper()
	top := t.TempDir()
	r := &realTree{dir: filepath.Join(top, "tree"), bin: filepath.Join(top, "bin"), marks: filepath.Join(top, "marks")}
	for _, dir := range []string{r.dir, r.bin, r.marks} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range files {
		r.write(t, filepath.Join(r.dir, name), text)
	}
	r.options = clientOptions{
		root: r.dir, variables: map[string]string{"CC": "mycc"},
		prober: toolchain.NewProber(toolchain.ProberOptions{Timeout: toolTimeout, Environment: []string{"PATH=" + r.bin + ":/usr/bin:/bin", "HOME=" + top}}),
	}
	return r
}

func (r *realTree) write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	mode := os.FileMode(0o600)
	if strings.HasPrefix(text, "#!") {
		mode = 0o700
	}
	// A process that another test starts meanwhile would hold the file open for writing
	// until it executes its own program, and until then nobody could run the file.
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// mark is a shell command that leaves something behind.
func (r *realTree) mark(name string) string { return "touch '" + filepath.Join(r.marks, name) + "'" }

// left returns what commands have left behind.
func (r *realTree) left(t *testing.T) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(r.marks)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func (r *realTree) start(t *testing.T) {
	t.Helper()
	r.testClient = startClient(t, r.options)
}

// source returns where the answer to a question comes from, "" if there is no
// such question. The question is the one that contains a text.
func (r *realTree) source(text string) string {
	r.t.Helper()
	var result toolchainResult
	r.call(methodToolchain, configurationParams{}, &result)
	for _, q := range result.Questions {
		if strings.Contains(q.Command, text) {
			return q.Source
		}
	}
	return ""
}

// until waits for something to become true.
func (r *realTree) until(what string, is func() bool) {
	r.t.Helper()
	for deadline := time.Now().Add(time.Minute); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			r.t.Fatalf("%s: not after a minute", what)
		}
	}
}

// value returns the value of a symbol, "?" if it is not known.
func (r *realTree) value(symbol string) string {
	r.t.Helper()
	var result whyResult
	r.call(methodWhy, whyParams{Symbol: symbol}, &result)
	if !result.Symbol.Known {
		return "?"
	}
	return *result.Symbol.Value
}

const askingTree = `mainmenu "Test"
success = $(shell,{ $(1); } >/dev/null 2>&1 && echo "y" || echo "n")
cc-option = $(success,$(CC) -Werror $(CLANG_FLAGS) $(1) -c -x c /dev/null -o /dev/null)
config TEXT
	string
	default "$(CC_VERSION_TEXT)"
config FAST
	def_bool $(cc-option,-mfast)
if $(cc-option,-mmore)
config MORE
	def_bool $(cc-option,-mmore)
source "$(shell,set -- $(CC_VERSION_TEXT) && echo $2)/Kconfig"
endif
`

const askingCompiler = `#!/bin/sh
case "$*" in
*-mslow*) sleep 60;;
*-mfast*) exit 0;;
*-mmore*) exit 0;;
--version) echo "mycc two";;
*) exit 1;;
esac
`

// rustScript is a script that is known by what is in it, and rustVersions the
// table beside it.
const (
	rustScript = `#!/bin/sh
# rust_is_available_bindgen_libclang.h, workaround-for-0.69.0, clang version,
# --print sysroot, core/src/lib.rs, rustc ([0-9], bindgen ([0-9], clang version ([0-9]
command -v "$RUSTC" && "$RUSTC" --version && command -v "$BINDGEN" && "$BINDGEN" --version
`
	rustVersions = `#!/bin/sh
case "$1" in
llvm)
	echo 13.0.1
	;;
rustc)
	echo 1.78.0
	;;
bindgen)
	echo 0.65.1
	;;
esac
`
)

// Although a script fails at its first check, all that it asks is asked in the
// background, so that people see all that is missing.
func TestRequirementsAreAsked(t *testing.T) {
	r := newRealTree(t, map[string]string{
		"Kconfig":                      "config RUST_IS_AVAILABLE\n\tdef_bool $(shell,$(srctree)/scripts/rust_is_available.sh && echo y || echo n)\n",
		"scripts/rust_is_available.sh": rustScript,
		"scripts/min-tool-version.sh":  rustVersions,
		"arch/x86/Kconfig":             "",
	})
	for _, name := range []string{"bindgen"} {
		r.write(t, filepath.Join(r.bin, name), "#!/bin/sh\n"+r.mark(name)+"\ncase $1 in --version) echo bindgen 0.60.1;; *) "+r.mark("libclang")+"; echo clang version 14.0.6 >&2;; esac\n")
	}
	r.options.options = `{"trust":"probe","tools":{"RUSTC":"nonesuch"}}`
	r.start(t)
	r.until("bindgen and libclang are asked", func() bool { return len(r.left(t)) == 2 })
	r.until("the answer", func() bool { return r.value("RUST_IS_AVAILABLE") == "n" })
	if source := r.source("rust_is_available"); source != "probe" && source != "cache" {
		t.Errorf("the answer comes from %q", source)
	}

	// The reasons lead to the lines of scripts that ask for something.
	var why whyResult
	r.call(methodWhy, whyParams{Symbol: "RUST_IS_AVAILABLE"}, &why)
	lines := map[string]uint32{}
	var collect func(one reason)
	collect = func(one reason) {
		if one.Kind == "requirement" && one.Place != nil {
			lines[path.Base(string(one.Place.URI))] = one.Place.Range.Start.Line + 1
		}
		for _, cause := range one.Causes {
			collect(cause)
		}
	}
	collect(why.Reason)
	if want := map[string]uint32{"rust_is_available.sh": 4, "min-tool-version.sh": 10}; !maps.Equal(lines, want) {
		t.Errorf("the lines are %v, want %v", lines, want)
	}
}

// A tree is loaded without waiting for tools. When they have answered, it is
// looked at with the answers, down to the files that it includes.
func TestToolsAreAsked(t *testing.T) {
	t.Parallel()
	r := newRealTree(t, map[string]string{
		"Kconfig":     askingTree,
		"two/Kconfig": "config TWO\n\tbool \"Two\"\n\tdefault y\n",
	})
	r.write(t, filepath.Join(r.bin, "mycc"), askingCompiler)
	r.options.options = `{"trust":"probe"}`
	r.start(t)
	r.until("the answer of the compiler", func() bool { return r.value("FAST") == "y" })
	for symbol, want := range map[string]string{"TEXT": "mycc two", "MORE": "y", "TWO": "y"} {
		if got := r.value(symbol); got != want {
			t.Errorf("%s is %s, want %s", symbol, got, want)
		}
	}
	var result toolchainResult
	r.until("the inventory", func() bool {
		r.call(methodToolchain, configurationParams{Root: protocol.URIFromPath(r.dir)}, &result)
		return result.Tools[0].State == "found"
	})
	if cc := result.Tools[0]; cc.Variable != "CC" || cc.Path != filepath.Join(r.bin, "mycc") || cc.Version != "mycc two" {
		t.Errorf("%+v", cc)
	}
	if result.Version != 1 || result.Trust != "probe" || result.Root != protocol.URIFromPath(r.dir) {
		t.Errorf("%+v", result)
	}

	// What is typed is not asked before it is saved.
	path := filepath.Join(r.dir, "Kconfig")
	r.testClient.open(path, askingTree)
	typed := askingTree + "config TYPED\n\tdef_bool $(cc-option,-mfaster)\n"
	r.notify(protocol.MethodDidChange, protocol.DidChangeTextDocumentParams{
		TextDocument:   protocol.VersionedTextDocumentIdentifier{URI: protocol.URIFromPath(path), Version: 2},
		ContentChanges: []protocol.TextDocumentContentChangeEvent{{Text: typed}},
	})
	time.Sleep(300 * time.Millisecond)
	if got := r.source("-mfaster"); got != "unanswered" {
		t.Errorf("a question that is being typed: %q", got)
	}
	r.write(t, path, typed)
	r.notify(protocol.MethodDidSave, map[string]any{"textDocument": protocol.TextDocumentIdentifier{URI: protocol.URIFromPath(path)}})
	r.until("the answer to the saved question", func() bool { return r.value("TYPED") == "y" })

	// The client's settings can only forbid.
	r.settings = []byte(`{"trust":"none"}`)
	r.notify(protocol.MethodDidChangeConfiguration, map[string]any{"settings": nil})
	r.until("the end of trust", func() bool { return r.value("FAST") == "?" })
	r.settings = []byte(`{"trust":"shell"}`)
	r.notify(protocol.MethodDidChangeConfiguration, map[string]any{"settings": nil})
	r.until("trust again", func() bool { return r.value("FAST") == "y" })
	r.call(methodToolchain, configurationParams{}, &result)
	if result.Trust != "probe" {
		t.Errorf("settings have raised trust to %s", result.Trust)
	}
	r.shutdown()
}

// A tool that does not answer holds up nothing but its own answers.
func TestHangingTool(t *testing.T) {
	t.Parallel()
	r := newRealTree(t, map[string]string{"Kconfig": askingTree + "config SLOW\n\tdef_bool $(cc-option,-mslow)\n", "two/Kconfig": ""})
	r.write(t, filepath.Join(r.bin, "mycc"), askingCompiler)
	r.options.options = `{"trust":"probe"}`
	start := time.Now()
	r.start(t)
	if got := r.value("SLOW"); got != "?" {
		t.Errorf("SLOW is %s", got)
	}
	if took := time.Since(start); took > toolTimeout {
		t.Errorf("the first answer took %s", took)
	}
	r.until("the others", func() bool { return r.value("FAST") == "y" })
	if took := time.Since(start); took > toolTimeout {
		t.Errorf("the other answers took %s", took)
	}
	r.shutdown()
	if took := time.Since(start); took > toolTimeout {
		t.Errorf("the session ended after %s", took)
	}
}

// With recorded answers nothing is run at all.
func TestRecordedAnswersRunNothing(t *testing.T) {
	t.Parallel()
	r := newRealTree(t, map[string]string{"Kconfig": askingTree})
	r.write(t, filepath.Join(r.bin, "mycc"), "#!/bin/sh\n"+r.mark("compiler")+"\n")
	recorded := macro.NewRecorded(r.dir)
	recorded.Add(`{ mycc -Werror  -mfast -c -x c /dev/null -o /dev/null; } >/dev/null 2>&1 && echo "y" || echo "n"`, "n")
	recorded.Add("LC_ALL=C mycc --version 2>/dev/null | head -n 1", "mycc")
	r.options.options, r.options.recorded = `{"trust":"probe"}`, recorded
	r.start(t)
	if got := r.value("FAST"); got != "n" {
		t.Errorf("FAST is %s", got)
	}
	time.Sleep(500 * time.Millisecond)
	if got := r.value("MORE"); got != "?" {
		t.Errorf("MORE is %s", got)
	}
	r.shutdown()
	if left := r.left(t); len(left) > 0 {
		t.Errorf("these ran: %q", left)
	}
}

// plant fills a tree with what leaves something behind if it is run: commands
// with side effects in macros, scripts, tools in the tree, and settings of the
// workspace that name them.
func (r *realTree) plant(t *testing.T) {
	trap := func(name string) string { return "#!/bin/sh\n" + r.mark(name) + "\necho y\n" }
	var b strings.Builder
	b.WriteString("mainmenu \"Traps\"\n")
	n := 0
	add := func(command string) {
		n++
		fmt.Fprintf(&b, "now%d := $(shell,%s)\nlater%d = $(shell,%s)\nconfig TRAP%d\n\tbool \"$(later%d)\" if $(later%d)\n\tdefault $(shell,%s)\n",
			n, command, n, command, n, n, n, command)
	}
	for _, name := range []string{"cc-version.sh", "as-version.sh", "ld-version.sh", "rustc-version.sh", "pahole-version.sh", "min-tool-version.sh", "rust_is_available.sh", "cc-can-link.sh", "evil.sh"} {
		r.write(t, filepath.Join(r.dir, "scripts", name), trap("script-"+name))
		add("$(srctree)/scripts/" + name + " gcc")
		add("scripts/" + name)
		add("sh scripts/" + name)
	}
	for _, name := range []string{"gcc", "cc", "mycc", "ld", "as", "nm", "rustc", "bindgen", "rustup", "clang", "python3", "evil", "sh"} {
		r.write(t, filepath.Join(r.dir, "bin", name), trap("tool-"+name))
		r.write(t, filepath.Join(r.dir, name), trap("here-"+name))
		add("./" + name)
		add("bin/" + name + " --version")
		add(filepath.Join(r.dir, "bin", name) + " -v")
		add(name + " --version")
	}
	for name, command := range map[string]string{
		"plain": "%s", "and": "true && %s", "or": "false || %s", "list": "echo a; %s", "substitution": "echo `%s`",
		"subshell": "( %s )", "group": "{ %s; }", "eval": "eval \"%s\"", "sh": "sh -c \"%s\"", "background": "%s &", "env": "env %s",
	} {
		add(fmt.Sprintf(command, r.mark(name)))
	}
	add("$(srctree)/rust/rust_is_available.sh && echo y")
	add("echo x > " + r.marks + "/redirect")
	add("mkdir " + r.marks + "/mkdir")
	add("gcc -o " + r.marks + "/output -c -x c /dev/null")
	add("gcc -fplugin=./evil.so -c -x c /dev/null -o /dev/null")
	add("gcc -B. -c -x c /dev/null -o /dev/null")
	add("gcc @args -c -x c /dev/null -o /dev/null")
	add("$(CC) -Bbin -c -x c /dev/null -o /dev/null")
	b.WriteString("CC := " + filepath.Join(r.dir, "bin/gcc") + "\nconfig OWN\n\tdef_bool $(shell,$(CC) --version)\nsource \"$(shell," + r.mark("source") + ")/Kconfig\"\n")
	r.write(t, filepath.Join(r.dir, "Kconfig"), b.String())

	evil := filepath.Join(r.dir, "bin", "evil")
	r.write(t, filepath.Join(r.dir, ".vscode/settings.json"), `{"kconfig.trust":"shell","kconfig.environment":{"CC":"`+evil+`"},"kconfig.tools":{"CC":"`+evil+`"}}`)
	r.write(t, filepath.Join(r.dir, "rust-toolchain.toml"), "[toolchain]\npath = \"/proc/self/cwd/bin\"\n")
	r.write(t, filepath.Join(r.dir, ".cargo/config.toml"), "[build]\nrustc = \""+evil+"\"\nrustc-wrapper = \""+evil+"\"\n")
	// A script that is known, so that what it asks is asked.
	r.write(t, filepath.Join(r.dir, "rust/rust_is_available.sh"), rustScript+r.mark("known-script")+"\n")
	r.write(t, filepath.Join(r.dir, "rust/min-tool-version.sh"), rustVersions+r.mark("known-table")+"\n")
	r.write(t, filepath.Join(r.dir, ".env"), "CC="+evil+"\nPATH="+r.dir+"/bin\n")
	r.write(t, filepath.Join(r.dir, ".envrc"), r.mark("envrc")+"\n")
	r.write(t, filepath.Join(r.dir, "Makefile"), "CC := "+evil+"\nexport CC\nVERSION = $(shell "+r.mark("makefile")+")\n")
	r.write(t, filepath.Join(r.dir, ".config"), "CONFIG_CC_VERSION_TEXT=\"`"+r.mark("config")+"`\"\n")
	r.write(t, filepath.Join(r.dir, "rust-toolchain.toml"), "[toolchain]\npath = \""+r.dir+"\"\n")
	r.write(t, filepath.Join(r.dir, "args"), "-wrapper\n"+evil+"\n")
}

// TestNothingPlantedRuns opens a tree that is full of traps, and does with it
// what editors do. At trust none and probe none of them is sprung; that they
// work is seen at trust shell.
func TestNothingPlantedRuns(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, options string
		sprung        bool
	}{
		{"nothing said", ``, false},
		{"none", `{"trust":"none"}`, false},
		{"probe", `{"trust":"probe"}`, false},
		{"tools in the tree", `{"trust":"probe","tools":{"CC":"TREE/bin/gcc","LD":"bin/ld","RUSTC":"./rustc","LLVM":"TREE/bin/"}}`, false},
		{"shell", `{"trust":"shell"}`, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRealTree(t, nil)
			r.plant(t)
			path := "PATH=.:bin:" + r.dir + "/bin:" + r.dir + ":" + r.bin + ":/usr/bin:/bin"
			r.options.prober = toolchain.NewProber(toolchain.ProberOptions{Timeout: toolTimeout, Environment: []string{path, "HOME=" + r.dir}})
			r.options.variables = nil
			r.options.options = strings.ReplaceAll(test.options, "TREE", r.dir)
			// What the workspace's own settings say arrives like this.
			r.options.settings = `{"trust":"shell","environment":{"CC":"` + r.dir + `/bin/evil"},"tools":{"CC":"` + r.dir + `/bin/evil"}}`
			r.start(t)
			text, err := os.ReadFile(filepath.Join(r.dir, "Kconfig"))
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(r.dir, "Kconfig")
			r.testClient.open(file, string(text))
			for line := range 8 {
				if err := r.try(protocol.MethodHover, at(file, line, 12), nil); err != nil {
					t.Error(err)
				}
			}
			_ = r.try(protocol.MethodCompletion, at(file, 1, 20), nil)
			var menu menuResult
			r.call(methodMenu, menuParams{}, &menu)
			_ = r.value("TRAP1")
			r.notify(protocol.MethodDidSave, map[string]any{"textDocument": protocol.TextDocumentIdentifier{URI: protocol.URIFromPath(file)}})
			if test.sprung {
				r.until("the traps", func() bool { return len(r.left(t)) >= 15 })
			} else {
				r.until("the end of asking", func() bool {
					var result toolchainResult
					r.call(methodToolchain, configurationParams{}, &result)
					return len(result.Questions) > 50 && !slices.ContainsFunc(result.Questions, func(q toolchain.ReportedQuestion) bool {
						return strings.Contains(q.Reason, "not asked yet")
					})
				})
			}
			r.shutdown()
			if left := r.left(t); !test.sprung && len(left) > 0 {
				t.Errorf("these ran: %q", left)
			}
		})
	}
}

// Trees that are no part of the workspace are not trusted as far as it is.
func TestTrustOfOtherTrees(t *testing.T) {
	t.Parallel()
	r := newRealTree(t, map[string]string{"Kconfig": "mainmenu \"Test\"\nconfig A\n\tdef_bool $(shell,for i in y; do echo $i; done)\n"})
	other := filepath.Join(filepath.Dir(r.dir), "other")
	trap := "mainmenu \"Other\"\nconfig B\n\tdef_bool $(shell,for i in y; do " + r.mark("other") + "; echo $i; done)\n"
	r.write(t, filepath.Join(other, "Kconfig"), trap)
	r.options.options = `{"trust":"shell"}`
	r.start(t)
	r.until("the command of the workspace", func() bool { return r.value("A") == "y" })
	r.testClient.open(filepath.Join(other, "Kconfig"), trap)
	var result toolchainResult
	r.call(methodToolchain, configurationParams{Root: protocol.URIFromPath(other)}, &result)
	time.Sleep(300 * time.Millisecond)
	if result.Trust != "probe" || len(r.left(t)) > 0 {
		t.Errorf("trust %s, these ran: %q", result.Trust, r.left(t))
	}
	r.shutdown()
}

// The command line bounds what the client can allow.
func TestTrustOfTheCommandLine(t *testing.T) {
	for _, test := range []struct{ line, client, workspace, want string }{
		{"", "", "", "none"},
		{"", "", `"shell"`, "none"},
		{"", `"probe"`, "", "probe"},
		{"", `"shell"`, `"probe"`, "probe"},
		{"", `"shell"`, `"nonsense"`, "none"},
		{"", `7`, "", "none"},
		{"", `"shell"`, `null`, "shell"},
		{"probe", "", "", "probe"},
		{"probe", `"shell"`, "", "probe"},
		{"probe", `"none"`, `"shell"`, "none"},
		{"none", `"shell"`, `"shell"`, "none"},
	} {
		r := newRealTree(t, map[string]string{"Kconfig": "mainmenu \"Test\"\n"})
		if test.line != "" {
			level, err := toolchain.ParseTrust(test.line)
			if err != nil {
				t.Fatal(err)
			}
			r.options.trust = &level
		}
		if test.client != "" {
			r.options.options = `{"kconfig":{"trust":` + test.client + `}}`
		}
		if test.workspace != "" {
			r.options.settings = `{"trust":` + test.workspace + `}`
		}
		r.start(t)
		var result toolchainResult
		got := func() bool {
			r.call(methodToolchain, configurationParams{}, &result)
			return result.Trust == test.want
		}
		r.until(fmt.Sprintf("%+v", test), got)
		r.shutdown()
	}
}
