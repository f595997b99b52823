package toolchain

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// question is a command whose requirements are looked for.
type question struct {
	asker *Asker
	ctx   context.Context
	dry   bool
	world *inquiry
	form  form
}

// made returns what an answer is made of, from what was noted on the way to it.
func (q question) made(n *notes, status int, err error) []Requirement {
	if len(n.requirements) > 0 {
		return n.requirements
	}
	if !q.form.prints {
		return q.version(n)
	}
	if q.form.yes == "n" || q.form.asked.negated { // it is well if what is asked fails
		return nil
	}
	r := row{}
	var t *tool
	if len(n.probes) == 0 {
		t = q.tested(&r)
	} else if t = n.probes[0].tool; !q.probed(&r, n) {
		return nil
	}
	if r.Text == "" {
		return nil
	}
	if t != nil {
		r.Tool = t.name
	}
	switch {
	case err != nil:
		r.unanswered(err)
	case t == nil:
		r.State = yesOrNo(status == 0)
	default:
		d := q.asker.describe(q.ctx, t, q.dry)
		r.State = yesOrNo(status == 0)
		if is := d.is(); is != "" {
			r.Reason = is
		}
		if status != 0 {
			r.Fix = q.fix(t, d, r.Text)
		}
	}
	return []Requirement{r.Requirement}
}

func yesOrNo(ok bool) State {
	if ok {
		return Yes
	}
	return No
}

// version returns that a tool tells its version, for commands that print it.
func (q question) version(n *notes) []Requirement {
	var t *tool
	switch {
	case slices.ContainsFunc(n.scripts, func(name string) bool { return strings.HasSuffix(name, "-version.sh") }):
		t = n.tool
	case len(n.probes) > 0 && n.probes[0].question == "its version":
		t = n.probes[0].tool
	}
	if t == nil {
		return nil
	}
	d := q.asker.describe(q.ctx, t, q.dry)
	r := row{Requirement: Requirement{Text: t.command() + " tells its version", Tool: t.name}}
	switch {
	case d.State == Found && d.Number > 0:
		r.holds("%s", d.is())
	case d.State == Missing:
		r.fails(q.fix(t, d, ""), "%s", d.is())
	default:
		r.unanswered(&unknown{d.Reason})
	}
	return []Requirement{r.Requirement}
}

// probed says what a probe has to find. Where there are several, one script has
// asked for them all.
func (q question) probed(r *row, n *notes) bool {
	p := n.probes[0]
	name := p.tool.command()
	if len(n.probes) > 1 && len(n.scripts) != 1 {
		return false
	}
	what, whether := strings.CutPrefix(p.question, "whether it ")
	made, source := strings.CutPrefix(p.question, "what it makes of ")
	decides := q.form.last()
	var grep []string
	if len(decides) > 1 {
		grep = literals(decides[len(decides)-1].words)
	}
	switch {
	case whether:
		r.Text = name + " " + what
	case p.question == "its version" && len(decides) == 1:
		r.Text = name + " can be run"
	case len(grep) > 1 && grep[0] == "grep":
		r.Text = q.grepped(p, grep)
	case source && len(n.scripts) == 0 && !decidesBuiltin(decides):
		r.Text = name + " compiles " + made
	case len(n.scripts) == 1:
		r.Text = name + " is as " + n.scripts[0] + " wants it"
	}
	return r.Text != ""
}

// decidesBuiltin reports whether what comes last in a pipeline is none of the
// tools.
func decidesBuiltin(pipeline []command) bool {
	if len(pipeline) == 0 || len(pipeline[len(pipeline)-1].words) == 0 {
		return true
	}
	name, ok := pipeline[len(pipeline)-1].words[0].literal()
	return ok && builtins[name] != nil
}

// grepped says what has to be in the output of a tool.
func (q question) grepped(p *probe, grep []string) string {
	pattern, not := grep[len(grep)-1], ""
	for _, option := range grep[1 : len(grep)-1] {
		if strings.HasPrefix(option, "-") && strings.Contains(option, "v") {
			not = "no "
		}
	}
	verb, arguments := "prints for", strings.Join(p.arguments, " ")
	if p.in != "" {
		verb, arguments = "makes of", shorten(strings.TrimSpace(p.in))
	}
	return fmt.Sprintf("what %s %s %s has %s%s in it", p.tool.command(), verb, arguments, not, pattern)
}

// Names that scripts/cc-version.sh, as-version.sh and ld-version.sh give, which
// commands compare, by the tool and what it is called.
var toolNames = map[string]struct{ variable, what string }{
	"GCC": {"CC", "compiler"}, "Clang": {"CC", "compiler"}, "ICC": {"CC", "compiler"},
	"GNU": {"CC", "assembler"}, "LLVM": {"CC", "assembler"},
	"BFD": {"LD", "linker"}, "LLD": {"LD", "linker"},
}

// tested says what a command compares that asks no tool itself, and returns the
// tool that it is about, if any.
func (q question) tested(r *row) *tool {
	decides := q.form.last()
	if len(decides) != 1 {
		return nil
	}
	words := literals(decides[0].words)
	if len(words) == 5 && words[0] == "[" {
		words = words[:4]
	}
	switch {
	case len(words) == 4 && (words[0] == "test" || words[0] == "[") && words[2] == "=":
		name, ok := toolNames[words[3]]
		if other, known := toolNames[words[1]]; !ok || known && other != name || !known && words[1] != "" {
			return nil
		}
		r.Text = "the " + name.what + " is " + words[3]
		if words[1] != "" {
			r.Reason = "it is " + words[1]
		}
		return q.named(name.variable)
	case len(words) == 3 && words[0] == "command" && words[1] == "-v":
		r.Text = shortName(words[2]) + " is installed"
		t, rest, ok := q.world.tool([]string{words[2]})
		if ok && len(rest) == 0 {
			return t
		}
	case len(words) == 3 && words[0] == "test" && words[1] == "-e":
		r.Text = "there is " + shortName(words[2])
		if strings.HasSuffix(words[2], "plugin/include/plugin-version.h") {
			r.Text = pluginText
			return q.named("CC")
		}
	}
	return nil
}

// pluginText is for the file by which kernels look for plugins of GCC.
const pluginText = "the headers for plugins of GCC are installed"

// named returns the tool of a variable.
func (q question) named(variable string) *tool {
	for _, t := range q.asker.tools {
		if t.name == variable {
			return t
		}
	}
	return nil
}

// isClang reports whether a compiler is Clang by what it says of its version.
func (d Tool) isClang() bool { return strings.Contains(strings.ToLower(d.Version), "clang") }

// is says in a part of a sentence what a tool is.
func (d Tool) is() string {
	switch {
	case d.State == Missing && strings.Contains(d.Command, "/"):
		return "there is no program " + d.Command
	case d.State == Missing:
		return "there is no " + d.Command + " in PATH"
	case d.State != Found || d.Number == 0:
		return ""
	}
	version, name := "", ""
	switch roles[d.Variable] {
	case rustCompiler, bindings:
		version = fmt.Sprintf("%d.%d.%d", d.Number/rustMajor, d.Number/100%1000, d.Number%100)
	case debugInfo:
		version = fmt.Sprintf("%d.%d", d.Number/100, d.Number%100)
	default:
		version = fmt.Sprintf("%d.%d.%d", d.Number/usualMajor, d.Number/100%100, d.Number%100)
		switch {
		case d.Variable == "CC" && d.isClang():
			name = "Clang "
		case d.Variable == "CC":
			name = "GCC "
		case strings.Contains(d.Version, "LLD"):
			name = "LLD "
		case strings.HasPrefix(d.Version, "GNU"):
			name = "GNU "
		}
	}
	return found(d.Command, name+version, d.Path)
}

// fix says what to do about a tool that does not do what is asked.
func (q question) fix(t *tool, d Tool, text string) string {
	f := fixer{q.world.distribution()}
	things := map[role]thing{
		compiler: gccThing, linker: binutilsThing, binary: binutilsThing, rustCompiler: rustThing, bindings: bindgenThing, debugInfo: paholeThing,
	}
	name := base(t.words[len(t.words)-1])
	llvm := strings.Contains(name, "clang") || strings.Contains(name, "lld") || strings.Contains(name, "llvm")
	switch {
	case d.State == Missing && llvm:
		return f.get(need{thing: clangThing})
	case d.State == Missing:
		if th, ok := things[t.role]; ok {
			return f.get(need{thing: th})
		}
		return ""
	case text == pluginText && d.isClang():
		return "Build with GCC: without LLVM=1."
	case text == pluginText:
		install := f.command(gccPluginThing)
		if install == "" {
			return "Install the package that has them for this GCC."
		}
		return "Install them: " + strings.ReplaceAll(install, "-N-", fmt.Sprintf("-%d-", d.Number/usualMajor)) + "."
	case strings.HasSuffix(text, " is Clang"), strings.HasSuffix(text, "assembler is LLVM"), strings.HasSuffix(text, " is LLD"):
		if command := f.command(clangThing); command != "" {
			return "Build with LLVM=1; what that takes comes by " + command + "."
		}
		return "Build with LLVM=1."
	case strings.HasSuffix(text, " is GCC"), strings.HasSuffix(text, "assembler is GNU"), strings.HasSuffix(text, " is BFD"):
		return "Build without LLVM=1."
	case strings.Contains(text, " makes programs") && strings.Contains(text, " -m32"):
		return f.get(need{thing: libc32Thing})
	case strings.Contains(text, " makes programs"):
		return f.get(need{thing: libcThing})
	case strings.Contains(text, "has the module lxml"):
		return f.get(need{thing: lxmlThing})
	}
	switch t.role {
	case compiler:
		switch {
		case strings.Contains(text, " -mllvm ") && !d.isClang():
			return "Clang may do it: build with LLVM=1."
		case strings.Contains(text, " --param ") && d.isClang():
			return "GCC may do it: build without LLVM=1."
		case d.isClang():
			return "A newer Clang may do it, or GCC: build without LLVM=1."
		}
		return "A newer GCC may do it, or Clang: build with LLVM=1."
	case linker:
		if llvm {
			return "A newer LLD may do it."
		}
		return "A newer linker may do it, or LLD: build with LLVM=1."
	case rustCompiler:
		return "A newer rustc may do it."
	}
	return ""
}
