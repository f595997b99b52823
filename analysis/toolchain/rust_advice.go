package toolchain

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// advise adds what the script only warns of, and what it does not look at.
// There is a row only where there is something to say.
func (v *rustSurvey) advise() {
	v.exactly(&v.rustc)
	v.exactly(&v.bindgen)
	v.adviseOnPairs()
	clang := v.clang()
	v.adviseOnClang(clang)
	v.adviseOnPinned()
	v.adviseOnTarget()
	v.adviseOnLLVM(clang)
}

// advice adds a row behind another one that the script does not depend on.
func (v *rustSurvey) advice(after *row, variable, text string, line int) *row {
	r := v.row(variable, text, line)
	r.Advice = true
	v.rows = v.rows[:len(v.rows)-1]
	at := slices.Index(v.rows, after) + 1
	for at > 0 && at < len(v.rows) && v.rows[at].Advice {
		at++
	}
	v.rows = slices.Insert(v.rows, at, r)
	return r
}

// exactly tells of a version that the kernel was not made for. Before 6.11 it
// supported one version of each tool; scripts of that time print a note.
func (v *rustSurvey) exactly(t *rustTool) {
	line := 0
	for i, text := range strings.Split(v.file.text, "\n") {
		if strings.Contains(text, "'$"+t.variable+"' is too new") {
			line = i + 1
		}
	}
	if line == 0 || t.number == 0 || t.least.number == 0 || t.number < t.least.number {
		return
	}
	r := v.advice(t.enough, t.variable, t.name+" is "+t.least.text+", the version that this kernel was made for", line)
	fix := "cargo install --locked --version " + t.least.text + " bindgen"
	if t.least.number >= 6100 { // where the program became a package of its own
		fix += "-cli"
	}
	if t.thing == rustThing {
		fix = "run rustup override set " + t.least.text + " in the tree, and rustup component add rust-src"
	}
	r.decide(t.number == t.least.number, "It may work. If it does not: "+fix+".", "%s, which is newer", found(t.what(), t.version, t.path))
	if r.State == Yes {
		r.Reason = t.enough.Reason
	}
}

// knownBug is a pair of bindgen and libclang that is known not to work. The
// script has a header for it, and so have we: distributions may have mended
// what they have.
type knownBug struct {
	mark          string // in the script, where it looks for this
	bindgen       func(number int) bool
	libclang      int // the first version that has it, 0 if all have
	name, version string
	header        string
	output        string // what is in the bindings if all is well, "" for success alone
	page          string
}

var knownBugs = []knownBug{
	{
		mark: "bindgen_0_66.h", bindgen: func(n int) bool { return n == 6600 || n == 6601 },
		name: "bindgen is not 0.66.0 or 0.66.1, or is mended", version: "0.66.2",
		header: "#define NUL \"\\0\"\n", page: "https://github.com/rust-lang/rust-bindgen/pull/2567",
	},
	{
		mark: "libclang_concat.h", bindgen: func(n int) bool { return n < 6905 }, libclang: 1900100,
		name: "bindgen is 0.69.5 or newer for libclang 19.1 and newer, or is mended", version: "0.69.5",
		header: "#define TWICE(word) int word##word\nTWICE(foo);\n", output: "foofoo",
		page: "https://github.com/rust-lang/rust-bindgen/pull/2824",
	},
	{
		mark: "bindgen_libclang_22.h", bindgen: func(n int) bool { return n < 7201 }, libclang: 2200000,
		name: "bindgen is 0.72.1 or newer for libclang 22 and newer, or is mended", version: "0.72.1",
		header: "struct pair;\nstruct pair {\n\tint foo;\n};\n", output: "pub foo",
		page: "https://github.com/rust-lang/rust-bindgen/pull/3278",
	},
}

func (v *rustSurvey) adviseOnPairs() {
	for _, bug := range knownBugs {
		line := v.at(bug.mark)
		if line == 0 || v.bindgen.number == 0 || !bug.bindgen(v.bindgen.number) || v.libclang.number < bug.libclang {
			continue
		}
		after := v.bindgen.enough
		is := found(v.bindgen.what(), v.bindgen.version, v.bindgen.path)
		if bug.libclang > 0 {
			after = v.libclang.enough
			is += " with libclang " + v.libclang.version
		}
		r := v.advice(after, "BINDGEN", bug.name, line)
		o, err := v.e.world.ask(v.header("bug.h", bug.header))
		if err != nil {
			r.unanswered(err)
			continue
		}
		ok := o.Status == 0 && bug.output == "" || bug.output != "" && strings.Contains(o.Out, bug.output)
		least := leastVersion{text: bug.version}
		least.number, _ = number(bug.version, rustMajor)
		r.decide(ok, v.fix.update(need{thing: bindgenThing, least: least}), "%s", is+map[bool]string{
			true:  ", and reads a header that shows the bug",
			false: ", where a bug is known (" + bug.page + ")",
		}[ok])
	}
}

// rustClang is the C compiler, if it is Clang.
type rustClang struct {
	is      string // what it is, for sentences
	version string // as the compiler prints it
	major   string
}

var clangVersionPattern = regexp.MustCompile(`^.*version ([0-9]+\.[0-9]+\.[0-9]+)`)

// clang returns the C compiler if it is Clang, nil if it is not or not known.
func (v *rustSurvey) clang() *rustClang {
	command, err := v.e.parameter("CC")
	if err != nil {
		return nil
	}
	words := strings.Fields(command)
	t, rest, ok := v.e.world.tool(words)
	if !ok || t.role != compiler {
		return nil
	}
	sub := *v.e
	sub.arguments, sub.notes = words, nil
	name, parts, err := sub.compilerName(false)
	if err != nil || name != "Clang" {
		return nil
	}
	o, err := v.e.world.ask(&probe{tool: t, arguments: append(rest, "--version"), question: "its version"})
	if err != nil {
		return nil
	}
	c := &rustClang{major: parts[0]}
	if m := clangVersionPattern.FindStringSubmatch(o.Out); m != nil {
		c.version = m[1]
	}
	c.is = found(shortName(command), "Clang "+c.version, v.e.world.program(t))
	return c
}

// adviseOnClang compares Clang with the libclang of bindgen, as the script does.
func (v *rustSurvey) adviseOnClang(c *rustClang) {
	line := v.at("does not match Clang's")
	if line == 0 || c == nil || v.libclang.number == 0 {
		return
	}
	r := v.advice(v.sources, "BINDGEN", "libclang is of the same version as Clang", line)
	v.rows = slices.DeleteFunc(v.rows, func(other *row) bool { return other == r })
	v.rows = slices.Insert(v.rows, slices.Index(v.rows, v.sources), r) // as in the script
	is := fmt.Sprintf("bindgen uses libclang %s, and %s", v.libclang.version, c.is)
	r.decide(v.libclang.all == c.version, "It may work. If it does not, set LIBCLANG_PATH to the directory lib of LLVM "+c.major+".", "%s", is)
}

// adviseOnPinned tells of a file by which rustup chooses another compiler in a
// build than the one that was asked.
func (v *rustSurvey) adviseOnPinned() {
	choice := v.rustc.choice
	if choice == nil || choice.pinned == "" {
		return
	}
	r := v.advice(v.rustc.found, "RUSTC", "a build uses the rustc that was asked", 0)
	r.Obstacle = NotAllowed
	if choice.channel == "" {
		r.Reason = fmt.Sprintf("not known, because %s beside the tree's files or above names a compiler by its path, and such a program is never run by us; a build would use it", choice.pinned)
		r.Fix = "Remove it, or run rustup override set stable in the tree, which goes before it."
		return
	}
	if choice.channel == choice.toolchain || strings.HasPrefix(choice.toolchain, choice.channel+"-") {
		r.State, r.Obstacle = Yes, NoObstacle
		r.Reason = fmt.Sprintf("%s names the channel %s, and so does %s", choice.pinned, choice.channel, choice.by)
		return
	}
	r.Reason = fmt.Sprintf("%s names the channel %s, which a build would use; what was asked is %s, by %s", choice.pinned, choice.channel, choice.toolchain, choice.by)
	r.Fix = "Run rustup override set " + choice.channel + " in the tree to have that asked."
}

var rustTarget = regexp.MustCompile(`RUSTFLAGS.*--target=([a-z0-9_.-]+)`)

// adviseOnTarget asks rustc whether it knows the target that the architecture's
// Makefile names.
func (v *rustSurvey) adviseOnTarget() {
	arch, err := v.e.parameter("SRCARCH")
	if err != nil || !toolchainName.MatchString(arch) || v.rustc.tool == nil {
		return
	}
	file, err := v.e.world.text("arch/" + arch + "/Makefile")
	if err != nil || !file.found {
		return
	}
	var targets []string
	line := 0
	for i, text := range strings.Split(file.text, "\n") {
		if m := rustTarget.FindStringSubmatch(text); m != nil && !strings.Contains(text, "OPTION_CHKS") {
			if targets = append(targets, m[1]); line == 0 {
				line = i + 1
			}
		}
	}
	if len(targets) == 0 {
		return
	}
	r := v.advice(v.rows[len(v.rows)-1], "RUSTC", "rustc has the target "+strings.Join(targets, " or "), 0)
	r.File, r.Line = file.name, line
	o, err := v.e.world.ask(&probe{tool: v.rustc.tool, arguments: []string{"--print", "target-list"}, question: "which targets it has"})
	switch {
	case err != nil:
		r.unanswered(err)
	case o.Status != 0:
		r.Reason = fmt.Sprintf("not known, because %s --print target-list ends with status %d", v.rustc.what(), o.Status)
		r.Obstacle = BadOutput
	default:
		known := strings.Fields(o.Out)
		ok := slices.ContainsFunc(targets, func(t string) bool { return slices.Contains(known, t) })
		reason := found(v.rustc.what(), v.rustc.version, v.rustc.path)
		if !ok {
			reason += ", which does not list it"
		}
		r.decide(ok, v.updateOf(&v.rustc), "%s", reason)
	}
}

var llvmVersion = regexp.MustCompile(`(?m)^LLVM version: ([0-9]+)[0-9.]*`)

// adviseOnLLVM compares the LLVM of rustc with that of Clang, where the tree has
// a symbol for it.
func (v *rustSurvey) adviseOnLLVM(c *rustClang) {
	if c == nil || v.rustc.tool == nil {
		return
	}
	file, err := v.e.world.text("init/Kconfig")
	line := lineOf(file.text, "config RUSTC_CLANG_LLVM_COMPATIBLE")
	if err != nil || line == 0 {
		return
	}
	o, err := v.e.world.ask(&probe{tool: v.rustc.tool, arguments: []string{"--version", "--verbose"}, question: "its version"})
	if err != nil {
		return
	}
	m := llvmVersion.FindStringSubmatch(o.Out)
	if m == nil {
		return
	}
	r := v.advice(v.rows[len(v.rows)-1], "RUSTC", "rustc and Clang are of the same major version of LLVM", 0)
	r.File, r.Line = file.name, line
	r.decide(m[1] == c.major, "Build with LLVM=-"+m[1]+", if it is installed.", "%s has LLVM %s, and %s", v.rustc.what(), m[1], c.is)
}
