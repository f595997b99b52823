// Lsptap records what an editor and a language server say to one another on
// standard input and output, and looks at such recordings.
//
//	lsptap record -out FILE -- SERVER ARGUMENT...
//	lsptap judge FILE...
//	lsptap times FILE...
//	lsptap neutral [-tree NAME] [-root DIR=NAME]... [-file NAME=FILE]... [-trim] [-most N] [-comment TEXT]
//	               -out SESSION FILE
//
// Record stands between the two. It passes their bytes on, unchanged and at once,
// and writes each message on a line of JSON. It ends as the server does, with its
// exit status.
//
// Judge holds all messages against the official types of the protocol, their order
// against its rules, and what the server sends against what the client announced. The
// exit status is 1 if the server does anything wrong; what the client does wrong is
// only told.
//
// Times prints how long the server took to answer, for each method, and how long
// after a change the diagnostics came.
//
// Neutral makes a session of a recording, which can be kept and replayed: nothing in
// it depends on the machine. The directory that the client has opened, and each DIR, is
// given another NAME. Each FILE is put into the session, as one that the tree had
// besides those that are always there. With -trim requests are left out that a client
// repeats while it waits; with -most only the first N requests of each method are kept,
// and the documents that they are about.
// Package recording says what a session looks like.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

const usage = `usage: lsptap record -out FILE -- SERVER ARGUMENT...
       lsptap judge FILE...
       lsptap times FILE...
       lsptap neutral [-tree NAME] [-root DIR=NAME]... [-file NAME=FILE]... [-trim] [-most N] [-comment TEXT]
                      -out SESSION FILE
`

// errUsage says that the command line makes no sense.
var errUsage = errors.New("bad usage")

func main() {
	status, err := run(os.Args[1:], os.Stdin, os.Stdout)
	switch {
	case errors.Is(err, errUsage):
		if err != errUsage {
			fmt.Fprintln(os.Stderr, "lsptap:", err)
		}
		fmt.Fprint(os.Stderr, usage)
		status = 2
	case err != nil:
		fmt.Fprintln(os.Stderr, "lsptap:", err)
	}
	os.Exit(status)
}

// run carries out a command. The status is that of the process: with an error 2, unless
// a server has ended with another.
func run(args []string, in io.ReadCloser, out io.WriteCloser) (status int, err error) {
	if len(args) == 0 {
		return 2, errUsage
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	target := flags.String("out", "", "the file that is written")
	o := neutralOptions{roots: roots{}, files: files{}}
	flags.StringVar(&o.tree, "tree", "", "the new name of the directory that the client has opened")
	flags.Var(o.roots, "root", "a directory and its new name")
	flags.Var(o.files, "file", "a file of the tree")
	flags.BoolVar(&o.trim, "trim", false, "leave out what is repeated")
	flags.IntVar(&o.most, "most", 0, "how many requests of each method are kept")
	flags.StringVar(&o.comment, "comment", "", "what the session is")
	parse := func(least, most int) error {
		if err := flags.Parse(args[1:]); err != nil {
			return fmt.Errorf("%w: %s: %w", errUsage, args[0], err)
		}
		if n := flags.NArg(); n < least || most > 0 && n > most {
			return errUsage
		}
		return nil
	}
	switch args[0] {
	case "record":
		if err := parse(1, 0); err != nil {
			return 2, err
		}
		if *target == "" {
			return 2, errUsage
		}
		return record(*target, flags.Args(), in, out)
	case "judge":
		if err := parse(1, 0); err != nil {
			return 2, err
		}
		return judge(out, flags.Args())
	case "times":
		if err := parse(1, 0); err != nil {
			return 2, err
		}
		return orFailed(times(out, flags.Args()))
	case "neutral":
		if err := parse(1, 1); err != nil {
			return 2, err
		}
		if *target == "" || o.tree == "" && len(o.roots) == 0 {
			return 2, errUsage
		}
		return orFailed(neutral(flags.Arg(0), *target, o))
	}
	return 2, fmt.Errorf("%w: there is no command %s", errUsage, strings.TrimSpace(args[0]))
}

func orFailed(err error) (status int, _ error) {
	if err != nil {
		return 2, err
	}
	return 0, nil
}
