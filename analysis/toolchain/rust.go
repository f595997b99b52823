package toolchain

import (
	"path/filepath"
	"regexp"
	"strings"
)

// bindgenWorkaround is what rust_is_available.sh gives to bindgen 0.69.0, which
// needs another argument to say its version.
const bindgenWorkaround = "workaround-for-0.69.0"

// libclangSource has bindgen say which libclang it uses.
const libclangSource = "#pragma message(\"clang version \" __clang_version__)\n"

var (
	rustcPattern    = regexp.MustCompile(`^.*rustc ([0-9]+\.[0-9]+\.[0-9]+)`)
	bindgenPattern  = regexp.MustCompile(`^.*bindgen ([0-9]+\.[0-9]+\.[0-9]+)`)
	libclangPattern = regexp.MustCompile(`(?m)^.*clang version ([0-9]+\.[0-9]+\.[0-9]+)`)
)

// rustIsAvailable does what rust_is_available.sh does: look for a Rust
// compiler, bindgen, libclang and the sources of core, of the versions that
// the tree needs. The script also warns of pairs that are known not to work
// together; that does not change its result.
func rustIsAvailable(e *evaluation, file scriptFile, s streams) (int, error) {
	ok, err := e.checkRust(file)
	if err != nil || ok {
		return 0, err
	}
	return 1, s.complain()
}

func (e *evaluation) checkRust(file scriptFile) (bool, error) {
	tools := map[string]*tool{}
	for _, name := range []string{"RUSTC", "BINDGEN"} {
		command, err := e.parameter(name)
		if err != nil {
			return false, err
		}
		path, err := e.world.find(command)
		if err != nil || path == "" {
			return false, err
		}
		t, rest, ok := e.world.tool([]string{command})
		if !ok || len(rest) > 0 {
			return false, &unknown{Reason{
				Obstacle: NotATool, Tool: shortName(command), Question: "whether it can build for this tree",
				Why:    "it is none of the tools that your settings or environment name",
				Remedy: trustShell,
			}}
		}
		tools[name] = t
	}
	if flags, err := e.parameter("KRUSTFLAGS"); err == nil && strings.TrimSpace(flags) != "" {
		return false, notAllowed(tools["RUSTC"].command(), flags)
	}
	for _, check := range []struct {
		name, least string
		major       int
		pattern     *regexp.Regexp
		probe       probe
	}{
		{"RUSTC", "rustc", rustMajor, rustcPattern, probe{arguments: []string{"--version"}}},
		{"BINDGEN", "bindgen", rustMajor, bindgenPattern, probe{arguments: []string{"--version", bindgenWorkaround}}},
		{"BINDGEN", "llvm", rustMajor, libclangPattern, probe{
			arguments: []string{"libclang.h"},
			files:     map[string]string{"libclang.h": libclangSource},
			fresh:     true,
		}},
	} {
		p := check.probe
		p.tool, p.question = tools[check.name], "whether it can build for this tree"
		o, err := e.world.ask(&p)
		if err != nil || o.Status != 0 {
			return false, err
		}
		text := o.Out
		if check.pattern == libclangPattern {
			text = o.ErrOut
		}
		m := check.pattern.FindStringSubmatch(text)
		if m == nil {
			return false, nil
		}
		version, ok := number(m[1], check.major)
		least, err := e.leastVersion(file, check.least, check.major)
		if err != nil || !ok || version < least {
			return false, err
		}
	}
	return e.hasRustSources(tools["RUSTC"])
}

// hasRustSources reports whether the sources of core are there.
func (e *evaluation) hasRustSources(rustc *tool) (bool, error) {
	library, err := e.parameter("RUST_LIB_SRC")
	if err != nil || library == "" {
		o, err := e.world.ask(&probe{
			tool: rustc, arguments: []string{"--print", "sysroot"}, question: "where its files are",
		})
		if err != nil || o.Status != 0 {
			return false, err
		}
		library = filepath.ToSlash(strings.TrimRight(o.Out, "\r\n")) + "/lib/rustlib/src/rust/library"
	}
	kind, err := e.world.stat(library + "/core/src/lib.rs")
	return kind.exists, err
}
