// Kconfig-ls is a language server for Kconfig, and the same engine on the
// command line: it checks Kconfig files and trees, shows how a file is read,
// and lists symbols.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"

	"github.com/kconfig-ls/kconfig-ls/cmd/internal/terminal"
)

func main() {
	p := &program{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}
	os.Exit(p.run(context.Background(), os.Args[1:]))
}

// The exit statuses of all commands but serve, whose are the protocol's.
const (
	exitFindings = 1 // something was found that wants to be mended
	exitFailure  = 2 // it could not be looked at, or not be understood what to do
)

// exitStatus is an error that has nothing to say: what there was to say has
// been said.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// usageError is an error about the arguments of a command.
type usageError struct {
	command string // with the names of its parents
	err     error
}

func (e usageError) Error() string { return e.err.Error() }

// run carries out a command line and returns the exit status.
func (p *program) run(ctx context.Context, args []string) int {
	root := p.rootCommand()
	root.SetArgs(args)
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	err := root.ExecuteContext(ctx)
	var status exitStatus
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &status):
		return int(status)
	case errors.Is(err, syscall.EPIPE):
		return exitFailure // nobody reads on: there is nobody to tell
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		p.say("kconfig-ls: " + line)
	}
	if errors.As(err, &usage) {
		p.say(fmt.Sprintf("Run \"%s --help\" to see how it is used.", usage.command))
	}
	return exitFailure
}

// say writes a line for people to standard error. Names of files and what is in
// them may be part of it.
func (p *program) say(text string) {
	_, _ = fmt.Fprintln(p.stderr, terminal.Printable(text)) // there is nobody to tell otherwise
}
