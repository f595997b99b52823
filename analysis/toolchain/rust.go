package toolchain

import (
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

	// looseVersion is what the first scripts take for a version, whatever stands
	// before it, and libclangLine the lines in which they look for libclang's.
	looseVersion = regexp.MustCompile(`([0-9]+\.[0-9]+\.[0-9]+)`)
	libclangLine = regexp.MustCompile(`(?m)^.*clang version .*$`)
)

// strictMarks are the patterns of the scripts that look for a version behind the
// name of the tool, and looseMark is that of those that look for any. These do
// not mind how the tool ends.
var strictMarks = []string{"rustc ([0-9]", "bindgen ([0-9]", "clang version ([0-9]"}

const looseMark = `grep -oE '[0-9]+\.[0-9]+\.[0-9]+'`

// rustIsAvailable does what rust_is_available.sh does: look for a Rust
// compiler, bindgen, libclang and the sources of core, of the versions that
// the tree needs. The script also warns of pairs that are known not to work
// together; that does not change its result.
func rustIsAvailable(e *evaluation, file scriptFile, s streams) (int, error) {
	loose := strings.Contains(file.text, looseMark)
	for _, mark := range strictMarks {
		if loose == strings.Contains(file.text, mark) {
			return 0, notUnderstood("the script is not one of those that are known by this name")
		}
	}
	v := newRustSurvey(e, file, loose)
	if e.notes != nil {
		v.advise()
		e.notes.requirements = append(e.notes.requirements, v.requirements()...)
	}
	state, err := v.verdict()
	switch state {
	case Yes:
		return 0, nil
	case No:
		return 1, s.complain()
	}
	if err == nil {
		err = notUnderstood("what it asks is not known")
	}
	return 0, err
}

// rustSurvey is what rust_is_available.sh looks at, one row for each of its
// checks in its order. It stops at the first that fails; here all are looked at
// that can be on their own.
type rustSurvey struct {
	e              *evaluation
	file           scriptFile
	loose          bool // it is one of the first scripts
	fix            fixer
	rows           []*row
	rustc, bindgen rustTool
	libclang       rustTool // what bindgen says of it
	sources        *row
}

// rustTool is rustc, bindgen or libclang.
type rustTool struct {
	variable string // RUSTC
	name     string // rustc, as the script calls it
	thing    thing
	command  string // what the variable says
	tool     *tool
	choice   *rustupChoice
	path     string // "" if it is not known
	// found, runs and enough are the rows about it, understood the one between
	// the last two.
	found, runs, understood, enough *row
	all                             string // all that is said of its version
	version                         string
	number                          int // encoded with rustMajor, 0 if it is not known
	least                           leastVersion
}

// at is the place of a row in the script.
func (v *rustSurvey) at(marks ...string) int { return lineOf(v.file.text, marks...) }

// row adds a row about a tool.
func (v *rustSurvey) row(variable, text string, line int) *row {
	r := &row{Requirement: Requirement{Text: text, Tool: variable}}
	if line > 0 {
		r.File, r.Line = v.file.name, line
	}
	v.rows = append(v.rows, r)
	return r
}

func newRustSurvey(e *evaluation, file scriptFile, loose bool) *rustSurvey {
	v := &rustSurvey{e: e, file: file, loose: loose, fix: fixer{e.world.distribution()}}
	v.rustc = rustTool{variable: "RUSTC", name: "rustc", thing: rustThing}
	v.bindgen = rustTool{variable: "BINDGEN", name: "bindgen", thing: bindgenThing}
	v.libclang = rustTool{variable: "BINDGEN", name: "libclang", thing: libclangThing}
	v.lookAtVariables()
	v.find(&v.rustc)
	v.find(&v.bindgen)
	v.ask(&v.rustc, rustcPattern, "--version")
	version := []string{"--version"}
	if strings.Contains(file.text, bindgenWorkaround) {
		version = append(version, bindgenWorkaround)
	}
	v.ask(&v.bindgen, bindgenPattern, version...)
	v.lookAtLibclang()
	v.lookAtSources()
	return v
}

// verdict is whether the script succeeds. Unknown comes with the reason.
func (v *rustSurvey) verdict() (State, error) {
	var err error
	all := true
	for _, r := range v.rows {
		switch {
		case r.Advice || r.State == Yes:
		case r.State == No:
			return No, nil
		default:
			all = false
			if err == nil {
				err = r.err
			}
		}
	}
	if all {
		return Yes, nil
	}
	return Unknown, err
}

func (v *rustSurvey) requirements() []Requirement {
	var all []Requirement
	for _, r := range v.rows {
		all = append(all, r.Requirement)
	}
	return all
}

// lookAtVariables does what newer scripts do first: make sure that Kbuild has
// called them.
func (v *rustSurvey) lookAtVariables() {
	line := v.at(`-z "${RUSTC+x}"`)
	if line == 0 {
		return
	}
	r := v.row("", "RUSTC, BINDGEN and CC are set", line)
	for _, name := range []string{"RUSTC", "BINDGEN", "CC"} {
		if _, err := v.e.parameter(name); err != nil {
			r.unanswered(err)
			return
		}
	}
	r.holds("a build sets them")
}

// find looks for a program as "command -v" does.
func (v *rustSurvey) find(t *rustTool) {
	t.found = v.row(t.variable, t.name+" is installed", v.at(`command -v "$`+t.variable+`"`, "command -v $"+t.variable))
	command, err := v.e.parameter(t.variable)
	if err != nil {
		t.found.unanswered(err)
		return
	}
	t.command = command
	path, err := v.e.world.find(command)
	if err != nil {
		t.found.unanswered(err)
		return
	}
	needed := need{thing: t.thing}
	needed.least, _ = v.e.leastVersion(v.file, t.name, rustMajor)
	if t == &v.rustc {
		needed.also = []thing{rustSources}
	}
	if path == "" {
		switch {
		case command == "":
			t.found.fails("Set "+t.variable+" to its name, or leave it out.", "%s is empty", t.variable)
		case strings.Contains(command, "/"):
			t.found.fails("Correct "+t.variable+", or leave it out.", "there is no program %s, which %s names", command, t.variable)
		case command != t.name:
			t.found.fails("Correct "+t.variable+", or leave it out.", "there is no program %s in PATH, which %s names", shortName(command), t.variable)
		default:
			t.found.fails(v.fix.get(needed), "there is no %s in PATH", command)
		}
		return
	}
	tool, rest, ok := v.e.world.tool([]string{command})
	if !ok || len(rest) > 0 {
		t.found.unanswered(&unknown{Reason{
			Obstacle: NotATool, Tool: shortName(command), Question: "whether it can build for this tree",
			Why:    shortName(command) + " is none of the tools that your settings or environment name",
			Remedy: trustShell,
		}})
		return
	}
	t.tool, t.path, t.choice = tool, path, v.e.world.choice(tool)
	if p := v.e.world.program(tool); p != "" {
		t.path = p
	}
	t.found.holds("%s is %s%s", shortName(command), t.path, t.choice.chosen())
}

// chosen says who has chosen the compiler, for the end of a sentence.
func (c *rustupChoice) chosen() string {
	if c == nil || c.toolchain == "" {
		return ""
	}
	return ", the toolchain " + c.toolchain + " (by " + c.by + ")"
}

// what is the tool's name for sentences.
func (t *rustTool) what() string {
	if t.command == "" || t.thing == libclangThing {
		return t.name
	}
	return shortName(t.command)
}

// ask asks a tool for its version, and judges it.
func (v *rustSurvey) ask(t *rustTool, pattern *regexp.Regexp, arguments ...string) {
	output := "$rust_compiler"
	if t.thing == bindgenThing {
		output = "$rust_bindings_generator"
	}
	t.runs = v.row(t.variable, t.name+" can be run", v.at(`-n "`+output+`_code"`))
	t.understood = v.row(t.variable, t.name+" tells its version", v.at(`-z "`+output+`_version"`, `"`+output+`_output"`))
	v.judged(t)
	if t.tool == nil {
		t.runs.behind(t.found)
		v.unjudged(t, t.found)
		return
	}
	o, err := v.e.world.ask(&probe{tool: t.tool, arguments: arguments, question: "whether it can build for this tree"})
	call := strings.Join(append([]string{t.what()}, arguments[:1]...), " ")
	switch {
	case err != nil:
		t.runs.unanswered(err)
	case o.Status != 0 && !v.loose:
		t.runs.fails("Run "+call+" to see why, and install it anew.", "%s ends with status %d", call, o.Status)
	default:
		t.runs.holds("%s succeeds", call)
		if o.Status != 0 {
			t.runs.holds("%s ends with status %d, which this tree does not mind", call, o.Status)
		}
		v.judge(t, pattern, call, o.Out)
		return
	}
	v.unjudged(t, t.runs)
}

// judged adds the rows that compare a version.
func (v *rustSurvey) judged(t *rustTool) {
	name := t.name
	if t.thing == libclangThing {
		name = "llvm"
	}
	least, err := v.e.leastVersion(v.file, name, rustMajor)
	t.least = least
	if err != nil {
		t.enough = v.row(t.variable, t.name+" is new enough for this tree", 0)
		t.enough.unanswered(err)
		return
	}
	t.enough = v.row(t.variable, t.name+" is "+least.text+" or newer", 0)
	t.enough.File, t.enough.Line = least.file, least.line
}

// unjudged tells that a version is not known.
func (v *rustSurvey) unjudged(t *rustTool, why *row) {
	t.understood.behind(why)
	if t.enough.err == nil {
		t.enough.behind(why)
	}
}

// judge compares the version that a tool tells.
func (v *rustSurvey) judge(t *rustTool, pattern *regexp.Regexp, call, output string) {
	var all []string
	if v.loose {
		if pattern == libclangPattern {
			output = strings.Join(libclangLine.FindAllString(output, -1), "\n")
		}
		output, _, _ = strings.Cut(output, "\n")
		pattern = looseVersion
	}
	for _, m := range pattern.FindAllStringSubmatch(output, -1) {
		all = append(all, m[1])
	}
	n, ok := 0, false
	if len(all) > 0 {
		n, ok = number(all[0], rustMajor)
	}
	if !ok {
		fix := "Run " + call + " to see what it prints; it may not be " + t.name + "."
		if t.thing == libclangThing {
			fix = "Set LIBCLANG_PATH to the directory of another libclang.so."
		}
		t.understood.fails(fix, "%s prints %s, which has no version of %s in it", call, lastLine(output), t.name)
		if t.enough.err == nil {
			t.enough.behind(t.understood)
		}
		return
	}
	t.version, t.number, t.all = all[0], n, strings.Join(all, "\n")
	if v.loose {
		t.all = t.version
	}
	is := found(t.what(), t.version, t.path)
	t.understood.holds("%s", is)
	if t.enough.err != nil {
		return
	}
	is += t.choice.chosen()
	if n < t.least.number {
		is += ", and " + t.least.text + " or newer is needed"
	}
	t.enough.decide(n >= t.least.number, v.updateOf(t), "%s", is)
}

// updateOf says how to get a newer version of a tool.
func (v *rustSurvey) updateOf(t *rustTool) string {
	n := need{thing: t.thing, least: t.least}
	if t.thing == rustThing {
		if t.choice != nil {
			return "Run rustup update, or rustup override set stable in the tree, and then rustup component add rust-src."
		}
		n.also = []thing{rustSources}
	}
	return v.fix.update(n)
}

// lookAtLibclang has bindgen say which libclang it uses.
func (v *rustSurvey) lookAtLibclang() {
	t := &v.libclang
	t.runs = v.row(t.variable, "bindgen finds libclang", v.at(`-n "$bindgen_libclang_code"`))
	t.understood = v.row(t.variable, "libclang tells its version", v.at(`-z "$bindgen_libclang_version"`, `"$bindgen_libclang_output"`))
	v.judged(t)
	before := v.bindgen.found
	if v.bindgen.tool != nil {
		before = v.bindgen.runs
	}
	if before.State != Yes {
		t.runs.behind(before)
		v.unjudged(t, before)
		return
	}
	o, err := v.e.world.ask(v.header("libclang.h", libclangSource))
	switch {
	case err != nil:
		t.runs.unanswered(err)
	case o.Status != 0 && !v.loose:
		said := ""
		if strings.TrimSpace(o.ErrOut) != "" {
			said = " and says " + complaint(o.ErrOut)
		}
		t.runs.fails(join(v.fix.get(need{thing: libclangThing, least: t.least}),
			"If it is there, set LIBCLANG_PATH to the directory of libclang.so."),
			"%s ends with status %d for a header%s", v.bindgen.what(), o.Status, said)
	default:
		t.runs.holds("%s reads a header", v.bindgen.what())
		v.judge(t, libclangPattern, v.bindgen.what(), o.ErrOut)
		return
	}
	v.unjudged(t, t.runs)
}

// header is a probe of bindgen with a header of ours.
func (v *rustSurvey) header(name, text string) *probe {
	return &probe{
		tool: v.bindgen.tool, arguments: []string{name}, files: map[string]string{name: text}, fresh: true,
		question: "whether it can build for this tree",
	}
}
