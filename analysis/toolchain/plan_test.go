package toolchain

import "strings"

// planned is a world in which every probe succeeds or fails as it is told, and
// that notes them.
type planned struct {
	*inquiry
	status  int
	probes  []*probe
	looksAt []string
}

func (p *planned) ask(asked *probe) (outcome, error) {
	p.probes = append(p.probes, asked)
	o := outcome{Status: p.status, Out: "GNU ld 2.40\n", Files: map[string]string{"p": "p", "p.o": "p.o"}}
	switch arguments := strings.Join(asked.arguments, " "); {
	case strings.Contains(arguments, "-E -P"):
		o.Out = "GCC 12 2 0\n"
	case strings.Contains(arguments, "-Wa,--version"):
		o.Out = "GNU assembler (GNU Binutils) 2.40\n"
	case strings.Contains(arguments, "--verbose"):
		o.Out = "LLVM version: 19.1.7\n"
	case asked.tool.role == rustCompiler && arguments == "--version":
		o.Out = "rustc 1.85.1\n"
	case asked.tool.role == bindings && asked.arguments[0] == "--version":
		o.Out = "bindgen 0.71.1\n"
	case asked.tool.role == bindings:
		o.Out, o.ErrOut = "", "clang version 19.1.7\n"
	case asked.tool.role == debugInfo:
		o.Out = "v1.25\n"
	case strings.Contains(arguments, "-print-file-name"):
		o.Out = "/usr/lib/plugin\n"
	case asked.tool.role == python:
		o.Out = "True\n"
	case asked.tool.name == "NM":
		o.Out = ""
	}
	return o, nil
}

// find knows the tools in use, and no other program.
func (p *planned) find(name string) (string, error) {
	if _, _, ok := p.tool([]string{name}); ok {
		return "/usr/bin/" + name, nil
	}
	return "", nil
}

func (p *planned) stat(name string) (fileKind, error) {
	p.looksAt = append(p.looksAt, name)
	return fileKind{exists: true}, nil
}

// plan returns the probes that an answer would take if all of them end with a
// status.
func plan(a *Asker, command string, status int) ([]*probe, error) {
	p := &planned{inquiry: &inquiry{asker: a, trust: Probe}, status: status}
	_, err := evaluate(p, command)
	if l, wrong := parse(command); wrong == nil && len(l) > 0 { // what more its requirements take
		_, _ = formOf(l).run(&evaluation{world: p, steps: new(int), notes: new(notes)})
	}
	return p.probes, err
}
