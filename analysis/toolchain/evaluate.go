package toolchain

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// evaluation works out what one command prints, without a shell.
type evaluation struct {
	world     world
	variables map[string]string // set for this command, before those of the world
	arguments []string          // $1 and so on
	directory string            // the temporary one that it made, such as ".tmp_0"
	script    string            // the script that is evaluated, from the top of the tree
	bash      bool              // it is a script for bash
	errexit   bool              // set -e
	pipefail  bool              // set -o pipefail
	exited    bool
	status    int // of the command before
	depth     int // of scripts
	steps     *int
	notes     *notes // what is noted on the way, nil for nothing
}

// world is what an evaluation may learn that is not in the text. What it may
// not learn is an error of type *unknown.
type world interface {
	// variable returns an environment variable.
	variable(name string) (string, bool)
	// find returns where a program is, or "" if there is none.
	find(name string) (path string, err error)
	// stat says what kind of file a path is.
	stat(path string) (fileKind, error)
	// script reads a script of the tree.
	script(path string) (scriptFile, error)
	// text reads another file of the tree, by its name from the top.
	text(name string) (scriptFile, error)
	// tool returns the tool that a command calls, and the arguments behind it.
	tool(argv []string) (t *tool, arguments []string, ok bool)
	// ask runs a probe.
	ask(p *probe) (outcome, error)
	// program returns where the program of a tool is, "" if that is not known.
	program(t *tool) string
	// choice returns what rustup chooses for a tool, nil if it is not rustup's.
	choice(t *tool) *rustupChoice
	// distribution is where packages come from.
	distribution() Distribution
}

// fileKind is what test wants to know of a file.
type fileKind struct {
	exists, regular, directory, executable, empty bool
}

// scriptFile is a script of the tree.
type scriptFile struct {
	name       string // from the top of the tree, with slashes
	text       string
	found      bool
	executable bool
}

// outcome is what became of a process.
type outcome struct {
	Status      int
	Out, ErrOut string
	Files       map[string]string // those that were to be kept
}

// The limits of an evaluation.
const (
	maxSteps   = 1000    // simple commands, and what they read
	stepSize   = 8 << 10 // bytes that count as one more step
	maxScripts = 3       // scripts that call scripts
	maxText    = 1 << 20 // bytes of an output, and of a command's words
)

// errTooLong is why a command that makes texts longer and longer is given up.
var errTooLong = notUnderstood("its words or its output are too long")

// stream takes what is written to it. A nil stream drops it.
type stream struct{ b strings.Builder }

func (s *stream) write(text string) error {
	if s == nil {
		return nil
	}
	if s.b.Len()+len(text) > maxText {
		return errTooLong
	}
	s.b.WriteString(text)
	return nil
}

// streams are the file descriptors of a command.
type streams struct {
	in       string
	out, err *stream
}

// complain stands for an error message of the shell. Its words are not the same
// everywhere, so that nothing may depend on them.
func (s streams) complain() error {
	if s.err != nil {
		return notUnderstood("it looks at the words of an error message")
	}
	return nil
}

// evaluate returns what a command writes to its standard output.
func evaluate(w world, command string) (string, error) {
	l, err := parse(command)
	if err != nil {
		return "", notUnderstood(err.Error())
	}
	out := new(stream)
	e := &evaluation{world: w, steps: new(int)}
	if _, err := e.list(l, streams{out: out}); err != nil {
		return "", err
	}
	return out.b.String(), nil
}

func (e *evaluation) list(l list, s streams) (int, error) {
	status := 0
	for _, c := range l {
		var err error
		if status, err = e.conditional(c, s); err != nil || e.exited {
			return status, err
		}
	}
	return status, nil
}

func (e *evaluation) conditional(c conditional, s streams) (int, error) {
	status := 0
	for i, l := range c {
		if i > 0 && l.or == (status == 0) {
			continue
		}
		// A failure that is looked at is none that ends a script.
		looked := i < len(c)-1 || l.negated
		errexit := e.errexit
		e.errexit = errexit && !looked
		var err error
		if status, err = e.pipeline(l.pipeline, s); err != nil || e.exited {
			return status, err
		}
		e.errexit = errexit || e.errexit
		if l.negated {
			status = statusOf(status != 0)
		}
		e.status = status
		if status != 0 && e.errexit && !looked {
			e.exited = true
			return status, nil
		}
	}
	return status, nil
}

// statusOf returns the status of success or failure.
func statusOf(ok bool) int {
	if ok {
		return 0
	}
	return 1
}

func (e *evaluation) pipeline(commands []command, s streams) (int, error) {
	last := len(commands) - 1
	if last == 0 {
		return e.command(commands[0], s)
	}
	status, failed := 0, 0
	in := s.in
	for i, c := range commands {
		stage := streams{in: in, out: s.out, err: s.err}
		pipe := new(stream)
		if i < last {
			stage.out = pipe
		}
		// Each command is a process of its own: what it sets is gone.
		sub := *e
		var err error
		if status, err = sub.command(c, stage); err != nil {
			return 0, err
		}
		if status != 0 {
			failed = status
		}
		in = pipe.b.String()
	}
	if e.pipefail {
		return failed, nil
	}
	return status, nil
}

func (e *evaluation) command(c command, s streams) (int, error) {
	for _, r := range c.redirects {
		if err := e.redirect(r, &s); err != nil {
			return 0, err
		}
	}
	if c.group {
		return e.list(c.body, s)
	}
	var argv []string
	size := 0
	for _, w := range c.words {
		fields, err := e.expand(w)
		if err != nil {
			return 0, err
		}
		for _, field := range fields {
			if size += len(field) + 1; size > maxText {
				return 0, errTooLong
			}
		}
		argv = append(argv, fields...)
	}
	if len(argv) == 0 {
		return 0, nil
	}
	if *e.steps += 1 + (len(s.in)+size)/stepSize; *e.steps > maxSteps {
		return 0, notUnderstood("it has too many steps")
	}
	return e.simple(argv, s)
}

func (e *evaluation) redirect(r redirect, s *streams) error {
	target, err := e.expand(*r.target)
	if err != nil {
		return err
	}
	if r.operator == "<<" {
		s.in, _ = r.target.literal()
		return nil
	}
	name := strings.Join(target, " ")
	var to *stream
	switch {
	case r.operator == ">&" && name == "1":
		to = s.out
	case r.operator == ">&" && name == "2":
		to = s.err
	case r.operator != ">&" && name == "/dev/null":
	default:
		return notUnderstood("it reads or writes " + shorten(name))
	}
	switch {
	case r.operator == "<" && r.fd == 0:
		s.in = ""
	case r.operator != "<" && r.fd == 1:
		s.out = to
	case r.operator != "<" && r.fd == 2:
		s.err = to
	default:
		return notUnderstood("it redirects a file that is not one of the first three")
	}
	return nil
}

// expand returns the fields that a word becomes.
func (e *evaluation) expand(w word) ([]string, error) {
	var fields []string
	var field strings.Builder
	open := false // there is a field, even if it is empty
	end := func() {
		if open {
			fields = append(fields, field.String())
			field.Reset()
			open = false
		}
	}
	add := func(text string, quoted bool) error {
		if !quoted && strings.ContainsAny(text, "*?[") || !quoted && !open && strings.HasPrefix(text, "~") {
			return notUnderstood("it has a pattern for names of files, " + shorten(text))
		}
		if field.Len()+len(text) > maxText {
			return errTooLong
		}
		field.WriteString(text)
		open = true
		return nil
	}
	for i, p := range w {
		if !p.parameter {
			// A text without patterns may be "[" alone, the command.
			quoted := p.quoted || len(w) == 1 && p.text == "["
			if err := add(p.text, quoted); err != nil {
				return nil, err
			}
			continue
		}
		if p.quoted && p.text == "@" {
			if len(w) != 2 || i != 1 || w[0].text != "" {
				return nil, notUnderstood("it joins all arguments with another text")
			}
			return slices.Clone(e.arguments), nil
		}
		text, err := e.parameter(p.text)
		if err != nil {
			return nil, err
		}
		if p.quoted {
			if err := add(text, true); err != nil {
				return nil, err
			}
			continue
		}
		for len(text) > 0 {
			if i := strings.IndexAny(text, " \t\n"); i != 0 {
				if i < 0 {
					i = len(text)
				}
				if err := add(text[:i], false); err != nil {
					return nil, err
				}
				text = text[i:]
				continue
			}
			end()
			text = strings.TrimLeft(text, " \t\n")
		}
	}
	end()
	return fields, nil
}

// processNumber is what $$ expands to. No other process has it, and names made
// from it are only compared.
const processNumber = "0"

func (e *evaluation) parameter(name string) (string, error) {
	switch name {
	case "$":
		return processNumber, nil
	case "?":
		return strconv.Itoa(e.status), nil
	case "#":
		return strconv.Itoa(len(e.arguments)), nil
	case "@", "*":
		return strings.Join(e.arguments, " "), nil
	case "0":
		return "", notUnderstood("it uses its own name")
	}
	if n, err := strconv.Atoi(name); err == nil {
		if n > len(e.arguments) {
			return "", nil
		}
		return e.arguments[n-1], nil
	}
	if text, ok := e.variables[name]; ok {
		return text, nil
	}
	if text, ok := e.world.variable(name); ok {
		return text, nil
	}
	return "", notUnderstood("the environment variable " + name + " is not known")
}

var assignment = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*=`)

// simple carries out a simple command.
func (e *evaluation) simple(argv []string, s streams) (int, error) {
	name, arguments := argv[0], argv[1:]
	if f, ok := builtins[name]; ok {
		return f(e, arguments, s)
	}
	if shellWords[name] {
		return usage(shortName(name), arguments)
	}
	if name == "LC_ALL=C" && len(arguments) > 0 {
		return e.simple(arguments, s) // as all probes have it
	}
	if assignment.MatchString(name) {
		return 0, notUnderstood("it sets a variable")
	}
	if t, rest, ok := e.world.tool(argv); ok {
		return e.call(t, rest, s)
	}
	file, err := e.world.script(name)
	if err != nil {
		return 0, err
	}
	if file.name != "" {
		return e.runScript(file, arguments, s)
	}
	path, err := e.world.find(name)
	switch {
	case err != nil:
		return 0, err
	case path == "":
		return 127, s.complain()
	}
	return 0, &unknown{Reason{
		Obstacle: NotATool, Tool: shortName(name),
		Why:    "it is none of the tools that your settings or environment name",
		Remedy: trustShell,
	}}
}

// shortName returns a program's name for a sentence.
func shortName(name string) string { return strings.Trim(shorten(name), "`\"") }

// runScript works out what a script of the tree does.
func (e *evaluation) runScript(file scriptFile, arguments []string, s streams) (int, error) {
	switch {
	case !file.found:
		return 127, s.complain()
	case !file.executable:
		return 126, s.complain()
	case e.depth == maxScripts:
		return 0, notUnderstood("its scripts call each other too deeply")
	}
	status, err := e.evaluateScript(file, arguments, s)
	if u, ok := err.(*unknown); ok && u.Tool == "" {
		named := *u
		named.Tool = shortName(file.name)
		return 0, &named
	}
	return status, err
}

func (e *evaluation) evaluateScript(file scriptFile, arguments []string, s streams) (int, error) {
	sub := &evaluation{
		world: e.world, variables: e.variables, arguments: arguments,
		script: file.name, depth: e.depth + 1, steps: e.steps, notes: e.notes,
	}
	t, _, _ := e.world.tool(arguments)
	e.notes.called(file, t)
	if known, ok := knownScripts[base(file.name)]; ok {
		if !known.matches(file.text) {
			return 0, notUnderstood("the script is not the one that is known by this name")
		}
		return known.run(sub, file, s)
	}
	line, _, _ := strings.Cut(file.text, "\n")
	interpreter, options, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(line, "#!")), " ")
	switch {
	case !strings.HasPrefix(line, "#!"):
		return 0, notUnderstood("the script does not say what reads it")
	case interpreter == "/bin/bash", interpreter == "/usr/bin/bash":
		sub.bash = true
	case interpreter != "/bin/sh":
		return 0, notUnderstood("the script is not one for the shell")
	}
	switch options {
	case "":
	case "-e":
		sub.errexit = true
	default:
		return 0, notUnderstood("the script has options for the shell")
	}
	l, err := parse(file.text)
	if err != nil {
		return 0, notUnderstood(err.Error())
	}
	return sub.list(l, s)
}

// base returns the last part of a name with slashes.
func base(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }
