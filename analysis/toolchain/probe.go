package toolchain

import (
	"os"
	"regexp"
	"strings"
)

// probe is a call of a tool of which all is known.
type probe struct {
	tool      *tool
	arguments []string
	in        string            // its standard input
	files     map[string]string // in its private directory
	keep      []string          // files that it makes and that the next probe needs
	question  string            // what is to be known, as Reason has it
	// environment is what it gets besides that of every probe, "NAME=value".
	environment []string
	fresh       bool // the answer depends on more than the tool, and is not kept on disk
}

// call runs a tool with what a command of the tree gives to it, if all of that
// is allowed.
func (e *evaluation) call(t *tool, arguments []string, s streams) (int, error) {
	p, err := e.probe(t, arguments, s.in)
	if err != nil {
		return 0, err
	}
	return e.finish(p, s)
}

// finish runs a probe and passes on what it writes.
func (e *evaluation) finish(p *probe, s streams) (int, error) {
	o, err := e.world.ask(p)
	e.notes.asked(p)
	if err != nil {
		return 0, err
	}
	if p.tool.role == python && len(p.arguments) > 1 && o.Status != notFound {
		return isModule(p, o.Out)
	}
	if o.Status == notFound && o.Out == "" && o.ErrOut == "" {
		return notFound, s.complain()
	}
	if s.out != nil && s.out == s.err && o.Out != "" && o.ErrOut != "" {
		return 0, notUnderstood("it mixes output with error messages")
	}
	if err := s.out.write(o.Out); err != nil {
		return 0, err
	}
	return o.Status, s.err.write(o.ErrOut)
}

// notFound is the status of a program that is not there.
const notFound = 127

// probe returns the probe that a tool's arguments are.
func (e *evaluation) probe(t *tool, arguments []string, in string) (*probe, error) {
	p := &probe{tool: t}
	if len(arguments) == 1 {
		switch arguments[0] {
		case "--version":
			p.arguments, p.question = arguments, "its version"
			return p, nil
		case "--help":
			p.arguments, p.question = arguments, "what it says of itself"
			return p, nil
		}
	}
	switch t.role {
	case compiler:
		return e.compile(p, arguments, in)
	case linker:
		return p.link(arguments)
	case rustCompiler:
		return e.compileRust(p, arguments)
	case bindings:
		if len(arguments) == 2 && arguments[0] == "--version" && arguments[1] == bindgenWorkaround {
			p.arguments, p.question = arguments, "its version"
			return p, nil
		}
	case python:
		return p.importModule(arguments)
	}
	argument := strings.Join(arguments, " ")
	if argument == "" {
		argument = "none"
	}
	return nil, notAllowed(t.command(), argument)
}

// refuse returns why an argument is not passed on.
func (p *probe) refuse(argument string) (*probe, error) {
	return nil, notAllowed(p.tool.command(), argument)
}

// objectFile is what the temporary directory of a macro may get.
var objectFile = regexp.MustCompile(`^tmp[a-z0-9_]*\.[a-z]+$`)

// output returns what is to stand behind -o in place of a name.
func (e *evaluation) output(name string) (string, bool) {
	if name == "/dev/null" {
		return os.DevNull, true
	}
	if file, ok := strings.CutPrefix(name, e.directory+"/"); ok && e.directory != "" && objectFile.MatchString(file) {
		return file, true // in the private directory
	}
	return "", false
}

var (
	queries  = regexp.MustCompile(`^(--?print-(file|prog)-name=[A-Za-z0-9_+-][A-Za-z0-9_.+-]*|--?print-(runtime-dir|libgcc-file-name|search-dirs|multiarch|sysroot)|-dumpversion|-dumpfullversion|-dumpmachine)$`)
	language = map[string]bool{"c": true, "assembler": true, "assembler-with-cpp": true}
)

// compile understands the arguments of a C compiler.
func (e *evaluation) compile(p *probe, arguments []string, in string) (*probe, error) {
	var flags []string // what is asked about
	var query, linking, reads, assembly = "", true, false, false
	next := func(i int) string {
		if i+1 < len(arguments) {
			return arguments[i+1]
		}
		return ""
	}
	for i := 0; i < len(arguments); i++ {
		a := arguments[i]
		pair := false
		switch {
		case a == "-c", a == "-S", a == "-E":
			linking = false
		case a == "-P", a == "-dM", a == "-v":
		case a == "-":
			reads = true
		case a == "/dev/null":
			a = os.DevNull
		case a == "-Werror", a == "-Wa,--fatal-warnings":
		case a == "-o":
			pair = true
			if next(i) == "-" {
				break
			}
			output, ok := e.output(next(i))
			if !ok {
				return p.refuse("-o " + next(i))
			}
			p.arguments = append(p.arguments, a, output)
			i++
			continue
		case a == "-x":
			if pair = true; !language[next(i)] {
				return p.refuse("-x " + next(i))
			}
			assembly = next(i) != "c"
		case a == "--param":
			if pair = true; !parameterFlag.MatchString(next(i)) {
				return p.refuse("--param " + next(i))
			}
			flags = append(flags, a+" "+next(i))
		case a == "-mllvm":
			if pair = true; !allowed(backendFlag, next(i)) {
				return p.refuse("-mllvm " + next(i))
			}
			flags = append(flags, a+" "+next(i))
		case queries.MatchString(a):
			query = a
		case allowed(compilerFlag, a):
			flags = append(flags, a)
		default:
			return p.refuse(a)
		}
		p.arguments = append(p.arguments, a)
		if pair {
			i++
			p.arguments = append(p.arguments, arguments[i])
		}
	}
	if reads {
		if what, ok := checkSource(in); !ok {
			return nil, &unknown{Reason{
				Obstacle: NotAllowed, Tool: p.tool.command(), Question: "whether it takes a piece of code",
				Why:    "the code has " + shorten(what) + ", which could read other files",
				Remedy: trustShell,
			}}
		}
		p.in = in
	}
	// What is installed beside the compiler may change while it stays the same.
	p.fresh = linking || query != "" || strings.Contains(p.in, "include")
	switch first := strings.TrimSpace(in); {
	case query != "":
		p.question = "what it says to " + query
	case reads && assembly:
		p.question = "whether it assembles " + shorten(first)
	case reads && linking:
		p.question = "whether it makes programs" + with(flags)
	case reads:
		p.question = "what it makes of " + shorten(first) + with(flags)
	case len(flags) > 0:
		p.question = "whether it takes " + strings.Join(flags, " ")
	default:
		p.question = "whether it works"
	}
	return p, nil
}

// with puts flags at the end of a question.
func with(flags []string) string {
	if len(flags) == 0 {
		return ""
	}
	return " with " + strings.Join(flags, " ")
}

// link understands the arguments of a linker that is not to link anything.
func (p *probe) link(arguments []string) (*probe, error) {
	var flags []string
	shows := false
	for i := 0; i < len(arguments); i++ {
		a := arguments[i]
		switch {
		case a == "-v" || a == "--version" || a == "-V":
			shows = true
		case (a == "-z" || a == "-m") && i+1 < len(arguments) && linkerWord.MatchString(arguments[i+1]):
			flags = append(flags, a+" "+arguments[i+1])
			p.arguments = append(p.arguments, a)
			i++
			a = arguments[i]
		case allowed(linkerFlag, a):
			flags = append(flags, a)
		default:
			return p.refuse(a)
		}
		p.arguments = append(p.arguments, a)
	}
	if !shows {
		return p.refuse(strings.Join(arguments, " "))
	}
	p.question = "its version"
	if len(flags) > 0 {
		p.question = "whether it takes " + strings.Join(flags, " ")
	}
	return p, nil
}

// compileRust understands the arguments of rustc.
func (e *evaluation) compileRust(p *probe, arguments []string) (*probe, error) {
	switch text := strings.Join(arguments, " "); text {
	case "--version --verbose", "-vV":
		p.arguments, p.question = arguments, "its version"
		return p, nil
	case "--print sysroot", "--print target-list", "--print cfg":
		p.arguments, p.question = arguments, "what it says to "+text
		return p, nil
	}
	var flags []string
	for i := 0; i < len(arguments); i++ {
		a := arguments[i]
		switch {
		case a == "--crate-type=rlib":
		case a == "/dev/null":
			a = os.DevNull
		case e.directory != "" && a == "--out-dir="+e.directory:
			a = "--out-dir=."
		case a == "-o" && i+1 < len(arguments):
			output, ok := e.output(arguments[i+1])
			if !ok {
				return p.refuse("-o " + arguments[i+1])
			}
			p.arguments = append(p.arguments, a)
			i++
			a = output
		case (a == "-Z" || a == "-C") && i+1 < len(arguments) && allowed(rustFlag, a+arguments[i+1]):
			i++
			a += arguments[i]
			flags = append(flags, a)
		case allowed(rustFlag, a):
			flags = append(flags, a)
		default:
			return p.refuse(a)
		}
		p.arguments = append(p.arguments, a)
	}
	p.question = "whether it takes " + strings.Join(flags, " ")
	return p, nil
}

var importStatement = regexp.MustCompile(`^import ([a-z_][a-z0-9_]*)$`)

// importModule asks Python whether there is a module, without running it.
func (p *probe) importModule(arguments []string) (*probe, error) {
	if len(arguments) == 2 && arguments[0] == "-c" {
		if m := importStatement.FindStringSubmatch(arguments[1]); m != nil {
			// -I: neither the environment nor the directory may name modules.
			p.arguments = []string{"-I", "-c", findModule, m[1]}
			p.question = "whether it has the module " + m[1]
			p.fresh = true
			return p, nil
		}
	}
	return p.refuse(strings.Join(arguments, " "))
}

// findModule does not end in the status of the answer, as failures have some
// status, too: those of programs, for one, that are to choose a Python.
const findModule = "import sys, importlib.util; print(importlib.util.find_spec(sys.argv[1]) is not None)"

// isModule returns the status of an import from what findModule prints.
func isModule(p *probe, output string) (int, error) {
	switch strings.TrimSpace(output) {
	case "True":
		return 0, nil
	case "False":
		return 1, nil
	}
	return 0, &unknown{Reason{
		Obstacle: BadOutput, Tool: p.tool.command(), Question: p.question,
		Why: answered(output) + " when it was asked for modules",
	}}
}
