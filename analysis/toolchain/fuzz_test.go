package toolchain

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// oneFile is a tree in which every path is the same script.
type oneFile string

type oneInfo struct{}

func (oneInfo) Name() string       { return "script" }
func (oneInfo) Size() int64        { return 1 }
func (oneInfo) Mode() fs.FileMode  { return 0o755 }
func (oneInfo) ModTime() time.Time { return time.Time{} }
func (oneInfo) IsDir() bool        { return false }
func (oneInfo) Sys() any           { return nil }

func (f oneFile) ReadFile(string, int64) (string, fs.FileInfo, error) {
	return string(f), oneInfo{}, nil
}
func (oneFile) Stat(string) (fs.FileInfo, error)      { return oneInfo{}, nil }
func (oneFile) ReadDir(string) ([]fs.DirEntry, error) { return nil, nil }

// mapFile is the order to a linker to write a map, not a machine such as -mapcs.
var mapFile = regexp.MustCompile(`(^|,)--?(Map?|map)(,|=|$)`)

// dangerous returns what is wrong with a probe. It knows nothing of how probes
// are made: it looks for what makes tools run or read what they should not.
func dangerous(p *probe) string {
	commands := Compose(nil)
	if commands[p.tool.name] != p.tool.command() {
		return "it is not a tool of the user"
	}
	for i, a := range p.arguments {
		if a == findModule {
			continue
		}
		before := ""
		if i > 0 {
			before = p.arguments[i-1]
		}
		switch {
		case a == os.DevNull, strings.HasSuffix(a, "="+os.DevNull) && strings.Count(a, "/") == strings.Count(os.DevNull, "/"):
			continue
		case before == "-o" && (a == "-" || objectFile.MatchString(a) || a == "p" || a == "p.o"):
			continue
		case strings.ContainsAny(a, "/\\@|;$`'\"<>&*?~ \t\n\x00"):
			return "it has a path, a list of arguments or shell text: " + a
		}
		low := strings.ToLower(a)
		if queries.MatchString(a) || strings.HasPrefix(low, "-fno-") || strings.HasPrefix(low, "-mno-") {
			continue // these switch something off
		}
		for _, word := range []string{
			"plugin", "specs", "wrapper", "sysroot", "-include", "-isystem", "-iquote", "-imacros", "-xclang",
			"fuse-ld", "module-mapper", "module-file", "codegen-backend", "-clinker", "-clink-arg", "save-temps", "-wp,", "-wl,-t", "--script",
			"dump", "--dependency-file", "print-map", "load",
		} {
			if strings.Contains(low, word) && !(p.tool.role == rustCompiler && a == "sysroot") && !(a[0] == '-' && a[1] == 'W' && !strings.Contains(a, ",")) &&
				!strings.HasPrefix(a, "-mload-") {
				return "it has " + word + ": " + a
			}
		}
		if mapFile.MatchString(a) {
			return "it has a map to be written: " + a
		}
		if p.tool.role == compiler || p.tool.role == linker {
			for _, prefix := range []string{"-B", "-I", "-L", "-T", "-i", "-l", "-R", "-X", "-u", "-h", "-y", "-J", "--config", "-r", "-MF", "-MD"} {
				if strings.HasPrefix(a, prefix) && !slices.Contains([]string{"-Bsymbolic", "-Bstatic", "-r", "-X"}, a) {
					return "it has " + prefix + ": " + a
				}
			}
		}
	}
	return ""
}

// TestReasonInOneLine asks for scripts with names that nobody gives.
func TestReasonInOneLine(t *testing.T) {
	for command, tool := range map[string]string{
		"'scripts/a\nb.sh'":   "scripts/a b.sh",
		"'scripts/a\r\tb'; x": "scripts/a  b",
		"scripts/\xff.sh":     "scripts/?.sh",
		"scripts/long-" + strings.Repeat("x", 60) + ".sh": shortName("scripts/long-" + strings.Repeat("x", 60) + ".sh"),
	} {
		a := New(Options{
			Dir: "/tree", Files: oneFile("#!/bin/sh\necho \x00\n"), Tools: Compose(nil),
			Prober: NewProber(ProberOptions{Environment: []string{"PATH="}}),
		})
		answer := a.Ask(t.Context(), command)
		if text := answer.Reason.String(); answer.Known || answer.Reason.Tool != tool || !strings.HasPrefix(text, tool+": ") || strings.ContainsAny(text, "\r\n") {
			t.Errorf("%q: %+v, want %q as the tool", command, answer, tool)
		}
	}
}

// FuzzCommand: no command makes the evaluation panic, what is not known has a
// reason, and no probe has an argument that could do harm.
func FuzzCommand(f *testing.F) {
	for _, command := range forms {
		f.Add(command, "#!/bin/sh\necho a | $* -S -x c - -o - 2>/dev/null | grep -q b\n", false)
	}
	f.Add("scripts/a.sh gcc", "#!/bin/bash\nset -e\nset -o pipefail\ncat << \"END\" | $@ -x c - -o /dev/null\n#include <stdio.h>\nEND\n", true)
	f.Add("scripts/cc-version.sh gcc", "__clang_major__ __GNUC__ -E -P -x c 10000 * $1 min-tool-version.sh\ncase \"$1\" in\ngcc)\necho 5.1\n;;\n", true)
	f.Add("{ scripts/rust_is_available.sh; } >/dev/null 2>&1 && echo y || echo n", "rust_is_available_bindgen_libclang.h --print sysroot core/src/lib.rs "+bindgenWorkaround+
		" rustc ([0-9] bindgen ([0-9] clang version ([0-9]\n'$RUSTC' is too new\ncase \"$1\" in\nllvm)\necho 11.0.0\n;;\nrustc)\necho 1.62.0\n;;\nbindgen)\necho 0.56.0\n;;\n", true)
	f.Add("echo \"$(x)\" `y` ${z:-1} <<A\n$1\nA\n", "", false)
	f.Add("gcc -Wl,-Map,-x", "", false)
	f.Add("gcc -Wl,-T", "", false)
	f.Add("'a\nb'", "#!/bin/sh\necho \x00\n", false)
	f.Fuzz(func(t *testing.T, command, script string, failing bool) {
		variables := map[string]string{"ARCH": "x86", "SRCARCH": "x86"}
		a := New(Options{
			Dir: "/tree", Files: oneFile(script), Tools: Compose(nil), Variables: variables,
			Prober: NewProber(ProberOptions{Environment: []string{"PATH="}}),
		})
		answer := a.answer(t.Context(), command, false)
		if answer.Known != (answer.Source != Unanswered) || answer.Known != (answer.Reason == Reason{}) {
			t.Errorf("%q: %+v", command, answer)
		}
		if !answer.Known && (answer.Reason.Why == "" || answer.Reason.Question == "" || strings.Contains(answer.Reason.String(), "\n")) {
			t.Errorf("%q: %+v", command, answer.Reason)
		}
		for _, r := range a.Requirements(t.Context(), command) {
			if r.Text == "" || r.State == Unknown && r.Reason == "" || strings.ContainsAny(r.Text+r.Reason+r.Fix, "\n\x00") {
				t.Errorf("%q: %+v", command, r)
			}
		}
		probes, _ := plan(a, command, statusOf(!failing))
		for _, p := range probes {
			if what := dangerous(p); what != "" {
				t.Errorf("%q calls %s %q: %s", command, p.tool.command(), p.arguments, what)
			}
			if p.question == "" {
				t.Errorf("%q calls %s %q without a question", command, p.tool.command(), p.arguments)
			}
		}
	})
}
