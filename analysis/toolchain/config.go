package toolchain

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
)

// configAnswers are the answers that a .config tells of: it has the versions
// of the tools that it was made with.
type configAnswers struct {
	values    map[string]string
	tools     []*tool
	variables map[string]string
	strict    bool // only if the text of the compiler's version is known to be the same
}

// ConfigSymbols returns the symbols of a .config that say anything of tools.
func ConfigSymbols() []string {
	return []string{
		"AS_IS_GNU", "AS_IS_LLVM", "AS_VERSION", "BINDGEN_VERSION_TEXT", "CC_IS_CLANG", "CC_IS_GCC", "CC_VERSION_TEXT",
		"CLANG_VERSION", "GCC_VERSION", "LD_IS_BFD", "LD_IS_LLD", "LD_VERSION", "LLD_VERSION", "PAHOLE_VERSION",
		"RUSTC_LLVM_VERSION", "RUSTC_VERSION", "RUSTC_VERSION_TEXT",
	}
}

// FromConfig returns the answers to questions for versions that are in a
// .config: values are its symbols without CONFIG_ and its strings without
// quotes, tools the commands as [Compose] returns them, and variables what the
// build exports, as far as it is known.
//
// A .config may have been made with other tools. So there is an answer only if
// what it says of the compiler fits the one in use: the same text as
// CC_VERSION_TEXT if that is among the variables, else at least the same name.
func FromConfig(values, tools, variables map[string]string) macro.Answers {
	return configAnswers{values: values, tools: newTools(tools), variables: variables}
}

// Shell returns what a command prints, if that is in the .config.
func (c configAnswers) Shell(command string) (output string, known bool) {
	words, ok := plainWords(command)
	if !ok || len(c.values) == 0 {
		return "", false
	}
	if t, arguments, ok := match(c.tools, words); ok {
		return c.versionText(t, arguments)
	}
	t, arguments, ok := match(c.tools, words[1:])
	if !ok || !strings.Contains(words[0], "/") {
		return "", false
	}
	switch base(words[0]) + " " + t.name {
	case "cc-version.sh CC":
		return c.compiler(t)
	case "as-version.sh CC":
		return c.assembler(t)
	case "ld-version.sh LD":
		return c.linker(t, arguments)
	case "rustc-version.sh RUSTC":
		return c.rust("RUSTC_VERSION")
	case "rustc-llvm-version.sh RUSTC":
		return c.rust("RUSTC_LLVM_VERSION")
	case "pahole-version.sh PAHOLE":
		if !c.strict {
			return c.value("PAHOLE_VERSION")
		}
	}
	return "", false
}

// value returns what a symbol is set to.
func (c configAnswers) value(name string) (string, bool) {
	text := c.values[name]
	return text, text != ""
}

// fits reports whether the compiler of the .config is the one in use.
func (c configAnswers) fits(compiler *tool) bool {
	recorded, ok := c.value("CC_VERSION_TEXT")
	if !ok {
		return false
	}
	if text, known := c.variables["CC_VERSION_TEXT"]; known {
		return text == recorded
	}
	if c.strict {
		return false
	}
	name := base(compiler.words[len(compiler.words)-1])
	if c.values["CC_IS_CLANG"] == "y" {
		return strings.HasPrefix(name, "clang")
	}
	first, _, _ := strings.Cut(recorded, " ")
	return first == name
}

func (c configAnswers) compiler(t *tool) (string, bool) {
	if !c.fits(t) {
		return "", false
	}
	switch {
	case c.values["CC_IS_GCC"] == "y":
		return c.named("GCC ", "GCC_VERSION")
	case c.values["CC_IS_CLANG"] == "y":
		return c.named("Clang ", "CLANG_VERSION")
	}
	return "", false
}

// named returns a name and the number that a symbol has.
func (c configAnswers) named(name, symbol string) (string, bool) {
	text, ok := c.value(symbol)
	return name + text, ok
}

func (c configAnswers) assembler(t *tool) (string, bool) {
	switch {
	case !c.fits(t):
	case c.values["AS_IS_LLVM"] == "y":
		return "LLVM 0", true
	case c.values["AS_IS_GNU"] == "y":
		return c.named("GNU ", "AS_VERSION")
	}
	return "", false
}

func (c configAnswers) linker(t *tool, arguments []string) (string, bool) {
	lld := strings.Contains(base(t.words[len(t.words)-1]), "lld")
	switch {
	case len(arguments) > 0, !c.tellsOfCompiler():
	case c.values["LD_IS_LLD"] == "y" && lld:
		return c.named("LLD ", "LLD_VERSION")
	case c.values["LD_IS_BFD"] == "y" && !lld:
		return c.named("BFD ", "LD_VERSION")
	}
	return "", false
}

// tellsOfCompiler reports whether the compiler in use, with which the linker
// came, fits the .config.
func (c configAnswers) tellsOfCompiler() bool {
	for _, t := range c.tools {
		if t.name == "CC" {
			return c.fits(t)
		}
	}
	return false
}

func (c configAnswers) rust(symbol string) (string, bool) {
	text, known := c.variables["RUSTC_VERSION_TEXT"]
	recorded, ok := c.value("RUSTC_VERSION_TEXT")
	if known && ok && text != recorded || c.strict && !(known && ok) {
		return "", false
	}
	return c.value(symbol)
}

// versionText returns what a tool says of its version.
func (c configAnswers) versionText(t *tool, arguments []string) (string, bool) {
	if c.strict {
		return "", false
	}
	switch t.name + " " + strings.Join(arguments, " ") {
	case "RUSTC --version":
		return c.value("RUSTC_VERSION_TEXT")
	case "BINDGEN --version", "BINDGEN --version " + bindgenWorkaround:
		return c.value("BINDGEN_VERSION_TEXT")
	}
	return "", false
}

// plainWords returns the words of a command that is nothing but words.
func plainWords(command string) ([]string, bool) {
	l, err := parse(command)
	if err != nil || len(l) != 1 || len(l[0]) != 1 || l[0][0].negated || len(l[0][0].pipeline) != 1 {
		return nil, false
	}
	c := l[0][0].pipeline[0]
	for _, r := range c.redirects {
		if r.fd != 2 {
			return nil, false
		}
	}
	var words []string
	for _, w := range c.words {
		text, ok := w.literal()
		if !ok {
			return nil, false
		}
		words = append(words, text)
	}
	return words, len(words) > 0
}
