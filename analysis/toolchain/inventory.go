package toolchain

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// ToolState says what is known of a tool.
type ToolState uint8

// The states of a tool.
const (
	NotLookedFor ToolState = iota // trust does not allow it
	Missing                       // it is not installed
	Refused                       // it is there, but must not or could not be run
	Found
)

// String returns the name of the state as requests have it.
func (s ToolState) String() string {
	switch s {
	case NotLookedFor:
		return "not-looked-for"
	case Missing:
		return "missing"
	case Refused:
		return "refused"
	case Found:
		return "found"
	}
	return fmt.Sprintf("ToolState(%d)", uint8(s))
}

// Tool is what is known of a tool.
type Tool struct {
	// Variable is what names the tool, such as CC, and Command what it says.
	Variable, Command string
	State             ToolState
	// Path is where the program is.
	Path string
	// Version is the first line of what it says of its version, as
	// CC_VERSION_TEXT has it.
	Version string
	// Number is the version as Kconfig files compare it, or 0: 120200 for gcc
	// 12.2.0, 108501 for rustc 1.85.1, 124 for pahole 1.24.
	Number int
	// Reason says why the version is not known.
	Reason Reason
}

// Inventory returns what is known of all tools that are named, in the order of
// [ToolNames]. At trust Probe and above it asks them for their versions.
func (a *Asker) Inventory(ctx context.Context) []Tool { return a.inventory(ctx, false) }

func (a *Asker) inventory(ctx context.Context, dry bool) []Tool {
	var all []Tool
	for _, t := range a.tools {
		all = append(all, a.describe(ctx, t, dry))
	}
	return all
}

// describe returns what is known of a tool, the same each time once it was
// asked.
func (a *Asker) describe(ctx context.Context, t *tool, dry bool) Tool {
	a.mu.Lock()
	d, ok := a.known[t]
	a.mu.Unlock()
	if ok {
		return d
	}
	d = a.examine(ctx, t, dry)
	if dry || d.Reason.Obstacle == Canceled {
		return d
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if earlier, ok := a.known[t]; ok {
		return earlier
	}
	a.known[t] = d
	return d
}

func (a *Asker) examine(ctx context.Context, t *tool, dry bool) Tool {
	d := Tool{Variable: t.name, Command: t.command()}
	q := &inquiry{asker: a, ctx: ctx, trust: min(a.options.Trust, Probe), dry: dry}
	p := &probe{tool: t, arguments: []string{"--version"}, question: "its version"}
	if t.role == bindings {
		p.arguments = append(p.arguments, bindgenWorkaround)
	}
	o, err := q.ask(p)
	if err != nil {
		d.Reason = a.reason(err, t.command()+" --version")
		if d.State = Refused; d.Reason.Obstacle == NotTrusted || d.Reason.Obstacle == NotAsked || d.Reason.Obstacle == NotRecorded {
			d.State = NotLookedFor
		}
		return d
	}
	found, err := a.locate(t)
	if err != nil {
		d.State = Missing
		return d
	}
	d.State, d.Path = Found, found.path
	line, _, _ := strings.Cut(o.Out, "\n")
	d.Version = strings.TrimSpace(strings.ReplaceAll(line, "#", "")) // make would take it for a comment
	d.Number, err = numberOf(&evaluation{world: q, steps: new(int), arguments: t.words}, t, o.Out)
	if err == nil && d.Number == 0 || o.Status != 0 {
		err = badOutput(t.command(), line)
	}
	if err != nil {
		d.Reason = a.reason(err, t.command()+" --version")
	}
	return d
}

var otherVersion = regexp.MustCompile(`(?:LLD|LLVM version|^Python) ([0-9.]+)`)

// numberOf returns the version of a tool as a number, or 0. The output is what
// it says to --version.
func numberOf(e *evaluation, t *tool, output string) (int, error) {
	version, major := "", usualMajor
	words := firstLine(output)
	switch t.role {
	case compiler:
		_, parts, err := e.compilerName(false)
		if err != nil {
			return 0, err
		}
		version = strings.Join(parts, ".")
	case rustCompiler, bindings:
		major = rustMajor
		if len(words) > 1 {
			version = words[1]
		}
	case debugInfo:
		if m := paholeNumber.FindStringSubmatch(output); m != nil {
			return strconv.Atoi(m[1] + m[2])
		}
	default:
		if m := otherVersion.FindStringSubmatch(output); m != nil {
			version = m[1]
		} else if len(words) > 1 && words[0] == "GNU" {
			version = versionStart.FindString(words[len(words)-1])
		}
	}
	n, _ := number(version, major)
	return n, nil
}

// Exports returns the variables that the top Makefile of Linux exports for
// Kconfig files to use, as far as they come from tools and are known: the
// commands of the tools, the texts of the versions of the C and the Rust
// compiler, the flags for Clang, and the version of pahole. At trust None the
// versions are those that are recorded, or those of the .config, if it fits.
func (a *Asker) Exports(ctx context.Context) map[string]string {
	return a.exports(func(command string) Answer { return a.Ask(ctx, command) })
}

// exports asks what the top Makefile does, so that recorded answers have what
// it takes to know the variables again.
func (a *Asker) exports(ask func(command string) Answer) map[string]string {
	exports := maps.Clone(a.options.Tools)
	if exports == nil {
		exports = map[string]string{}
	}
	for _, t := range a.tools {
		name, command := a.versionCommand(t)
		if name == "" {
			continue
		}
		if answer := ask(command); answer.Known {
			// A "#" would begin a comment in a Makefile: it is left out there.
			exports[name] = strings.TrimSpace(strings.ReplaceAll(answer.Output, "#", ""))
		} else if t.name == "CC" && a.options.Trust == None && !a.options.RecordedOnly && a.config.fits(t) {
			exports[name] = a.options.Config[name]
		}
	}
	if text, known := exports["CC_VERSION_TEXT"]; known {
		exports["CLANG_FLAGS"] = ""
		if strings.Contains(text, "clang") {
			exports["CLANG_FLAGS"] = ClangFlags(a.options.Variables["SRCARCH"], a.options.Variables["SUBARCH"])
		}
	}
	return exports
}

// versionCommand returns the variable for a tool's version, and the command
// that the top Makefile sets it by; "" if there is none.
func (a *Asker) versionCommand(t *tool) (name, command string) {
	switch t.name {
	case "CC":
		return "CC_VERSION_TEXT", "LC_ALL=C " + t.command() + " --version 2>/dev/null | head -n 1"
	case "RUSTC":
		return "RUSTC_VERSION_TEXT", t.command() + " --version 2>/dev/null"
	case "PAHOLE":
		script := filepath.ToSlash(a.options.Dir) + "/scripts/pahole-version.sh"
		if _, err := a.options.Files.Stat(filepath.FromSlash(script)); err == nil { // else the tree does not ask
			return "PAHOLE_VERSION", script + " " + t.command()
		}
	}
	return "", ""
}

// ExplainExport returns why one of the variables that come from tools is not
// among the exports. The reason is the zero value for all other variables.
func (a *Asker) ExplainExport(variable string) Reason {
	if variable == "CLANG_FLAGS" {
		variable = "CC_VERSION_TEXT"
	}
	for _, t := range a.tools {
		if name, command := a.versionCommand(t); name == variable && name != "" {
			return a.Explain(command)
		}
	}
	return Reason{}
}
