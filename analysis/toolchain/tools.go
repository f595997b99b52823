package toolchain

import (
	"slices"
	"strings"
)

// role is what a tool is for, which says what it may be asked.
type role uint8

const (
	compiler role = iota
	linker
	binary // of programs that look at or change object files
	rustCompiler
	bindings
	debugInfo
	python
)

// roles are the tools that are known, by the variables that name them.
var roles = map[string]role{
	"CC": compiler, "HOSTCC": compiler, "LD": linker, "AR": binary, "NM": binary, "OBJCOPY": binary,
	"RUSTC": rustCompiler, "BINDGEN": bindings, "PAHOLE": debugInfo, "PYTHON3": python,
}

// ToolNames returns the variables that name tools, in the order in which
// people look at them.
func ToolNames() []string {
	return []string{"CC", "LD", "AR", "NM", "OBJCOPY", "HOSTCC", "RUSTC", "BINDGEN", "PAHOLE", "PYTHON3"}
}

// Compose returns the commands of all tools by the variables that name them,
// as the top Makefile of Linux composes them: from LLVM and CROSS_COMPILE,
// unless the tool is given itself. A tool that is given as empty is not used.
//
// The variables must be the user's: what a tree or its settings name would be
// run. Note that make takes CC and the others from its command line and not
// from the environment. Only those of [ToolNames] are ever asked anything; the
// others are what Kconfig files may mention.
func Compose(variables map[string]string) map[string]string {
	llvm, prefix, suffix := variables["LLVM"], "", ""
	switch {
	case strings.HasSuffix(llvm, "/"):
		prefix = llvm
	case strings.HasPrefix(llvm, "-"):
		suffix = llvm
	}
	cross := variables["CROSS_COMPILE"]
	tools := map[string]string{
		"CC": cross + "gcc", "LD": cross + "ld", "AR": cross + "ar", "NM": cross + "nm", "OBJCOPY": cross + "objcopy",
		"HOSTCC": "gcc", "RUSTC": "rustc", "BINDGEN": "bindgen", "PAHOLE": "pahole", "PYTHON3": "python3",
		"OBJDUMP": cross + "objdump", "READELF": cross + "readelf", "STRIP": cross + "strip", "HOSTCXX": "g++",
		"HOSTRUSTC": "rustc", "RUSTDOC": "rustdoc", "RUSTFMT": "rustfmt",
		"AWK": "awk", "BASH": "bash", "PERL": "perl", "LEX": "flex", "YACC": "bison", "HOSTPKG_CONFIG": "pkg-config",
	}
	if llvm != "" {
		for name, program := range map[string]string{
			"CC": "clang", "LD": "ld.lld", "AR": "llvm-ar", "NM": "llvm-nm", "OBJCOPY": "llvm-objcopy", "HOSTCC": "clang",
			"OBJDUMP": "llvm-objdump", "READELF": "llvm-readelf", "STRIP": "llvm-strip", "HOSTCXX": "clang++",
		} {
			tools[name] = prefix + program + suffix
		}
	}
	for name := range tools {
		if command, given := variables[name]; given {
			tools[name] = command
		}
	}
	return tools
}

// Passed returns the variables of the user that a build passes on as they are,
// and that Kconfig files or the scripts they call mention.
func Passed(variables map[string]string) map[string]string {
	passed := map[string]string{}
	for _, name := range []string{"CROSS_COMPILE", "CROSS_COMPILE_COMPAT", "USERCFLAGS", "USERLDFLAGS", "KRUSTFLAGS", "RUST_LIB_SRC"} {
		if value, ok := variables[name]; ok {
			passed[name] = value
		}
	}
	return passed
}

// libclangNames are the variables by which bindgen finds its libclang.
var libclangNames = []string{"LIBCLANG_PATH", "LLVM_CONFIG_PATH", "CLANG_PATH"}

// LibclangVariables returns those of the user's variables by which bindgen finds
// its libclang.
func LibclangVariables(variables map[string]string) map[string]string {
	found := map[string]string{}
	for _, name := range libclangNames {
		if value := variables[name]; value != "" {
			found[name] = value
		}
	}
	return found
}

// targets are the targets that scripts/Makefile.clang names, by SRCARCH.
var targets = map[string]string{
	"arm": "arm-linux-gnueabi", "arm64": "aarch64-linux-gnu", "hexagon": "hexagon-linux-musl",
	"loongarch": "loongarch64-linux-gnusf", "m68k": "m68k-linux-gnu", "mips": "mipsel-linux-gnu",
	"powerpc": "powerpc64le-linux-gnu", "riscv": "riscv64-linux-gnu", "s390": "s390x-linux-gnu",
	"sparc": "sparc64-linux-gnu", "x86": "x86_64-linux-gnu",
}

// ClangFlags returns CLANG_FLAGS as Linux 6.12 exports it if the compiler is
// Clang with its own assembler, and "" if it cannot be said.
func ClangFlags(sourceArch, subArch string) string {
	if sourceArch == "um" {
		sourceArch = subArch
	}
	target, ok := targets[sourceArch]
	if !ok {
		return ""
	}
	return "--target=" + target + " -fintegrated-as -Werror=unknown-warning-option" +
		" -Werror=ignored-optimization-argument -Werror=option-ignored -Werror=unused-command-line-argument"
}

// tool is a tool in use.
type tool struct {
	name  string // the variable, such as CC
	role  role
	words []string // the command, such as gcc or ccache gcc
}

// command returns the tool's command for people.
func (t *tool) command() string { return strings.Join(t.words, " ") }

// newTools returns the tools of composed commands.
func newTools(commands map[string]string) []*tool {
	var tools []*tool
	for _, name := range ToolNames() {
		if words := strings.Fields(commands[name]); len(words) > 0 {
			tools = append(tools, &tool{name: name, role: roles[name], words: words})
		}
	}
	return tools
}

// match returns the tool whose command the words begin with, the longest one,
// and the arguments behind it.
func match(tools []*tool, argv []string) (t *tool, arguments []string, ok bool) {
	for _, candidate := range tools {
		n := len(candidate.words)
		if n <= len(argv) && slices.Equal(candidate.words, argv[:n]) && (t == nil || n > len(t.words)) {
			t = candidate
		}
	}
	if t == nil {
		return nil, nil, false
	}
	return t, argv[len(t.words):], true
}
