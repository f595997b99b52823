package toolchain

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// knownScript is a script that Kconfig files call and that is written anew
// here, because it needs more of the shell than is understood.
type knownScript struct {
	// marks are texts that the script must have in it: another script of the
	// same name may do something else.
	marks []string
	run   func(e *evaluation, file scriptFile, s streams) (int, error)
}

func (k knownScript) matches(text string) bool {
	for _, mark := range k.marks {
		if !strings.Contains(text, mark) {
			return false
		}
	}
	return true
}

// knownScripts are the scripts by their names. It is filled in by init, as
// scripts call others.
var knownScripts map[string]knownScript

func init() {
	knownScripts = map[string]knownScript{
		"cc-version.sh":         {[]string{"__clang_major__", "__GNUC__", "-E -P -x c", "10000 * $1"}, compilerVersion},
		"as-version.sh":         {[]string{"-Wa,--version", "-fintegrated-as", "10000 * $1"}, assemblerVersion},
		"ld-version.sh":         {[]string{"--version", "BFD", "LLD", "10000 * $1"}, linkerVersion},
		"gcc-version.sh":        {[]string{"__GNUC__", "__GNUC_MINOR__", "__GNUC_PATCHLEVEL__", "%02d%02d"}, gccVersion},
		"clang-version.sh":      {[]string{"__clang_major__", "__clang_minor__", "__clang_patchlevel__", "%02d%02d"}, clangVersion},
		"rustc-version.sh":      {[]string{"--version 2>/dev/null", "get_canonical_version $2", "0000 * $1"}, rustVersion},
		"rustc-llvm-version.sh": {[]string{"--version --verbose", "LLVM.*", "get_canonical_version $3", "((10000 * $1"}, rustLLVMVersion},
		"pahole-version.sh":     {[]string{"command -v", "--version | sed -E", `s/v([0-9]+)\.([0-9]+)/\1\2/`}, paholeVersion},
		"min-tool-version.sh":   {[]string{"case \"$1\" in"}, minToolVersion},
		"tools-support-relr.sh": {[]string{"void *p = &p;", "--pack-dyn-relocs=relr", "$NM", "$OBJCOPY -O binary"}, relocations},
		"rust_is_available.sh":  {[]string{"rust_is_available_bindgen_libclang.h", "--print sysroot", "core/src/lib.rs", "clang version"}, rustIsAvailable},
	}
}

// capture runs a command and returns what it writes to its standard output.
func (e *evaluation) capture(argv []string, in string) (out string, status int, err error) {
	if len(argv) == 0 || builtins[argv[0]] != nil {
		return "", 0, notUnderstood("the script is called without a tool")
	}
	s := new(stream)
	status, err = e.simple(argv, streams{in: in, out: s})
	return s.b.String(), status, err
}

// with returns the script's arguments and more.
func (e *evaluation) with(more ...string) []string { return slices.Concat(e.arguments, more) }

// number turns a version, such as 12.2.0, into the number that Kconfig files
// compare. What is behind a number, as in 0-nightly, is dropped, and what
// is missing is zero.
func number(version string, major int) (int, bool) {
	parts := strings.Split(version, ".")
	n := 0
	for i, factor := range []int{major, 100, 1} {
		if i == len(parts) {
			break
		}
		digits := leadingDigits.FindString(parts[i])
		part, err := strconv.Atoi(digits)
		if err != nil || part > 1<<20 || digits != parts[i] && parts[i][len(digits)] != '-' {
			return 0, false
		}
		n += factor * part
	}
	return n, true
}

var leadingDigits = regexp.MustCompile(`^[0-9]+`)

// The factors of the major version.
const (
	usualMajor = 10000
	rustMajor  = 100000
)

// garbage is the reason of an output that has not what is looked for.
func (e *evaluation) garbage(output string) error {
	name := ""
	if len(e.arguments) > 0 {
		name = shortName(e.arguments[0])
	}
	return badOutput(name, output)
}

func badOutput(tool, output string) error {
	return &unknown{Reason{
		Obstacle: BadOutput, Tool: tool, Question: "its version",
		Why:    answered(output) + ", which has no version in it",
		Remedy: "Check that it works by calling it with --version.",
	}}
}

// reached reports whether a version is at least the one that the tree needs,
// if the script checks that.
func (e *evaluation) reached(file scriptFile, tool string, version, major int) (bool, error) {
	if !strings.Contains(file.text, "min-tool-version.sh") {
		return true, nil
	}
	least, err := e.leastVersion(file, tool, major)
	return version >= least.number, err
}

// compilerSource has the compiler say its name and version.
const compilerSource = `#if defined(__clang__)
Clang	__clang_major__  __clang_minor__  __clang_patchlevel__
` + intelSource + `#elif defined(__GNUC__)
GCC	__GNUC__  __GNUC_MINOR__  __GNUC_PATCHLEVEL__
#else
unknown
#endif
`

// intelSource is the part for a compiler that newer trees do not know: they
// take it for the GCC that it says it is.
const intelSource = `#elif defined(__INTEL_COMPILER)
ICC	__INTEL_COMPILER  __INTEL_COMPILER_UPDATE
`

// compilerName asks a compiler for its name and the parts of its version. The
// name is empty if it is none that is known.
func (e *evaluation) compilerName(intel bool) (name string, parts []string, err error) {
	source := compilerSource
	if !intel {
		source = strings.Replace(source, intelSource, "", 1)
	}
	out, _, err := e.capture(e.with("-E", "-P", "-x", "c", "-"), source)
	if err != nil {
		return "", nil, err
	}
	fields := strings.Fields(out)
	switch {
	case len(fields) == 0, fields[0] != "GCC" && fields[0] != "Clang" && !(intel && fields[0] == "ICC"):
		return "", nil, nil
	case len(fields) < 3, fields[0] != "ICC" && len(fields) != 4:
		return "", nil, e.garbage(out)
	case fields[0] == "ICC":
		n, err := strconv.Atoi(fields[1])
		if err != nil {
			return "", nil, e.garbage(out)
		}
		return "ICC", []string{strconv.Itoa(n / 100), strconv.Itoa(n % 100), fields[2]}, nil
	}
	return fields[0], fields[1:], nil
}

func compilerVersion(e *evaluation, file scriptFile, s streams) (int, error) {
	name, parts, err := e.compilerName(strings.Contains(file.text, "__INTEL_COMPILER"))
	if err != nil {
		return 0, err
	}
	if name == "" {
		return 1, s.complain()
	}
	version, ok := number(strings.Join(parts, "."), usualMajor)
	if !ok {
		return 0, e.garbage(strings.Join(parts, " "))
	}
	tool := map[string]string{"GCC": "gcc", "Clang": "llvm", "ICC": "icc"}[name]
	if ok, err := e.reached(file, tool, version, usualMajor); !ok || err != nil {
		return e.tooOld(s, err)
	}
	return 0, s.out.write(name + " " + strconv.Itoa(version) + "\n")
}

// tooOld is the end of a script whose tool does not suit.
func (e *evaluation) tooOld(s streams, err error) (int, error) {
	if err == nil {
		err = s.complain()
	}
	return 1, err
}

func assemblerVersion(e *evaluation, file scriptFile, s streams) (int, error) {
	if slices.Contains(e.arguments, "-fintegrated-as") {
		return 0, s.out.write("LLVM 0\n")
	}
	out, _, err := e.capture(e.with("-Wa,--version", "-c", "-x", "assembler-with-cpp", "/dev/null", "-o", "/dev/null"), "")
	if err != nil {
		return 0, err
	}
	fields := firstLine(out)
	if len(fields) < 3 || fields[0] != "GNU" || fields[1] != "assembler" {
		return 1, s.complain()
	}
	return e.binutils(file, "GNU", fields[len(fields)-1], s)
}

// firstLine returns the words of the first line that is not empty.
func firstLine(text string) []string {
	line, _, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	return strings.Fields(line)
}

// binutils prints the version of an assembler or linker of GNU.
func (e *evaluation) binutils(file scriptFile, name, text string, s streams) (int, error) {
	if name == "GNU" {
		if i := strings.LastIndexByte(text, '-'); i >= 0 {
			text = text[:i]
		}
	} else {
		text = versionStart.FindString(text)
	}
	version, ok := number(text, usualMajor)
	if !ok {
		return 0, e.garbage(text)
	}
	tool := "binutils"
	if name == "LLD" {
		tool = "llvm"
	}
	if ok, err := e.reached(file, tool, version, usualMajor); !ok || err != nil {
		return e.tooOld(s, err)
	}
	return 0, s.out.write(name + " " + strconv.Itoa(version) + "\n")
}

var versionStart = regexp.MustCompile(`^[0-9.]*`)

func linkerVersion(e *evaluation, file scriptFile, s streams) (int, error) {
	out, _, err := e.capture(e.with("--version"), "")
	if err != nil {
		return 0, err
	}
	fields := firstLine(out)
	if len(fields) > 2 && fields[0] == "GNU" && fields[1] == "ld" {
		return e.binutils(file, "BFD", fields[len(fields)-1], s)
	}
	if i := slices.Index(fields, "LLD"); i >= 0 && i+1 < len(fields) {
		return e.binutils(file, "LLD", fields[i+1], s)
	}
	return 1, s.complain()
}

// gccVersion is the script of older kernels and of U-Boot.
func gccVersion(e *evaluation, file scriptFile, s streams) (int, error) {
	patch := !strings.Contains(file.text, "-p")
	if len(e.arguments) > 0 && e.arguments[0] == "-p" {
		patch = true
		e.arguments = e.arguments[1:]
	}
	return e.printVersion(file, "GCC", patch, s)
}

func clangVersion(e *evaluation, file scriptFile, s streams) (int, error) {
	return e.printVersion(file, "Clang", true, s)
}

// printVersion prints the parts of a version as two digits each.
func (e *evaluation) printVersion(file scriptFile, want string, patch bool, s streams) (int, error) {
	name, parts, err := e.compilerName(false)
	if err != nil {
		return 0, err
	}
	if name != want {
		if want == "GCC" { // Clang says that it is GCC 4.2.1
			return 0, notUnderstood("the compiler is not GCC")
		}
		return 1, s.out.write("0\n")
	}
	if !patch {
		parts = parts[:2]
	}
	format := "%02d" + strings.Repeat("%02d", len(parts)-1)
	if strings.Contains(file.text, "%d%02d") {
		format = format[:1] + format[3:]
	}
	return printf(e, append([]string{format + `\n`}, parts...), s)
}

func rustVersion(e *evaluation, file scriptFile, s streams) (int, error) {
	out, status, err := e.capture(e.with("--version"), "")
	if err != nil {
		return 0, err
	}
	if status != 0 {
		return 1, s.out.write("0\n")
	}
	major := usualMajor
	if strings.Contains(file.text, "100000 * $1") {
		major = rustMajor
	}
	return e.printNumber(strings.Fields(out), 1, major, s)
}

// printNumber prints the number of a version that is among words.
func (e *evaluation) printNumber(words []string, at, major int, s streams) (int, error) {
	if at < len(words) {
		if version, ok := number(words[at], major); ok {
			return 0, s.out.write(strconv.Itoa(version) + "\n")
		}
	}
	return 0, e.garbage(strings.Join(words, " "))
}

var llvmLine = regexp.MustCompile(`(?m)^.*LLVM.*[0-9]+\.[0-9]+\.[0-9]+.*$`)

func rustLLVMVersion(e *evaluation, _ scriptFile, s streams) (int, error) {
	out, _, err := e.capture(e.with("--version", "--verbose"), "")
	if err != nil {
		return 0, err
	}
	lines := llvmLine.FindAllString(out, -1)
	if lines == nil {
		return 1, s.out.write("0\n")
	}
	return e.printNumber(strings.Fields(strings.Join(lines, "\n")), 2, usualMajor, s)
}

var paholeNumber = regexp.MustCompile(`v([0-9]+)\.([0-9]+)`)

func paholeVersion(e *evaluation, _ scriptFile, s streams) (int, error) {
	path := ""
	if len(e.arguments) == 1 {
		var err error
		if path, err = e.world.find(e.arguments[0]); err != nil {
			return 0, err
		}
	} else if len(e.arguments) > 1 {
		return 0, notUnderstood("pahole is more than one word")
	}
	if path == "" {
		return 1, s.out.write("0\n")
	}
	out, _, err := e.capture(e.with("--version"), "")
	if err != nil {
		return 0, err
	}
	if !paholeNumber.MatchString(out) {
		return 0, e.garbage(out)
	}
	var b strings.Builder
	for line := range strings.Lines(out) {
		if at := paholeNumber.FindStringSubmatchIndex(line); at != nil {
			line = line[:at[0]] + line[at[2]:at[3]] + line[at[4]:at[5]] + line[at[1]:]
		}
		b.WriteString(line)
	}
	return 0, s.out.write(b.String())
}

// relocations does what tools-support-relr.sh does: whether the linker packs
// relocations so that nm and objcopy can read them.
func relocations(e *evaluation, file scriptFile, _ streams) (int, error) {
	tools := map[string]*tool{}
	for _, name := range []string{"CC", "LD", "NM", "OBJCOPY"} {
		command, err := e.parameter(name)
		if err != nil {
			return 0, err
		}
		t, rest, ok := e.world.tool(strings.Fields(command))
		if !ok || len(rest) > 0 {
			return 0, &unknown{Reason{
				Obstacle: NotATool, Tool: shortName(command),
				Why:    "it is none of the tools that your settings or environment name",
				Remedy: trustShell,
			}}
		}
		tools[name] = t
	}
	const question = "whether it packs relative relocations"
	ask := func(name string, files map[string]string, keep []string, arguments ...string) (outcome, error) {
		return e.world.ask(&probe{tool: tools[name], arguments: arguments, files: files, keep: keep, question: question})
	}
	e.notes.asked(&probe{tool: tools["LD"], question: question}) // all of them serve it
	o, err := ask("CC", map[string]string{"p.c": "void *p = &p;\n"}, []string{"p.o"}, "-c", "-x", "c", "p.c", "-o", "p.o")
	if err != nil || o.Status != 0 {
		return o.Status, err
	}
	object, pack := o.Files, []string{"p.o", "-shared", "-Bsymbolic", "--pack-dyn-relocs=relr", "-o", "p"}
	if strings.Contains(file.text, "--use-android-relr-tags") {
		pack = append(pack, "--use-android-relr-tags")
	}
	linked, err := ask("LD", object, []string{"p"}, pack...)
	if err != nil {
		return 0, err
	}
	if linked.Status != 0 {
		if !strings.Contains(file.text, "-z pack-relative-relocs") {
			return linked.Status, nil
		}
		linked, err = ask("LD", object, []string{"p"}, "p.o", "-shared", "-Bsymbolic", "-z", "pack-relative-relocs", "-o", "p")
		if err != nil || strings.Contains(linked.Out+linked.ErrOut, "pack-relative-relocs") {
			return 1, err
		}
	}
	if linked.Files["p"] == "" {
		return 1, nil
	}
	listed, err := ask("NM", linked.Files, nil, "p")
	if err != nil || strings.TrimRight(listed.ErrOut, "\n") != "" {
		return 1, err
	}
	copied, err := ask("OBJCOPY", linked.Files, nil, "-O", "binary", "p", "p.bin")
	if err != nil {
		return 0, err
	}
	return copied.Status, nil
}
