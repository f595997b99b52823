package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// choice is a flag that takes one of a few values.
type choice struct {
	value   string
	kind    string // of the values
	allowed []string
	known   func(string) bool // whether a value that is not in the list is allowed, nil for no
}

// newChoice returns a choice whose first value is the default.
func newChoice(kind string, allowed ...string) choice {
	return choice{value: allowed[0], kind: kind, allowed: allowed}
}

// String returns the value.
func (c *choice) String() string { return c.value }

// Set takes a value that is allowed.
func (c *choice) Set(value string) error {
	if !slices.Contains(c.allowed, value) && (c.known == nil || !c.known(value)) {
		return fmt.Errorf("it must be one of %s", strings.Join(c.allowed, ", "))
	}
	c.value = value
	return nil
}

// Type names the kind of values in help texts.
func (c *choice) Type() string { return c.kind }

// addFormat gives a command the flag --format.
func addFormat(cmd *cobra.Command, format *choice, usage string) {
	cmd.Flags().Var(format, "format", usage+": "+strings.Join(format.allowed, ", "))
	complete(cmd, "format", func([]string) []string { return format.allowed })
}

// addArch gives a command the flag --arch, which is completed from the tree of
// the command's first argument.
func (p *program) addArch(cmd *cobra.Command, arch *string, usage string, more ...string) {
	cmd.Flags().StringVar(arch, "arch", "", usage)
	complete(cmd, "arch", func(args []string) []string {
		o, err := p.options("")
		if err != nil {
			return nil
		}
		path := "."
		if len(args) > 0 {
			path = args[0]
		}
		return append(o.ArchNames(path), more...)
	})
}

// complete has the shell complete the values of a flag; without a function, by
// the names of files.
func complete(cmd *cobra.Command, flag string, values func(args []string) []string) {
	err := cmd.RegisterFlagCompletionFunc(flag, func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if values == nil {
			return nil, cobra.ShellCompDirectiveDefault
		}
		return values(args), cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic(err) // the flag is not defined: a mistake in this package
	}
}

// hide leaves a flag out of help texts.
func hide(cmd *cobra.Command, flag string) {
	if err := cmd.Flags().MarkHidden(flag); err != nil {
		panic(err) // as in complete
	}
}

// arguments wraps a rule about arguments so that its error counts as one about
// usage. What names the arguments for the message.
func arguments(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) >= least && (most < 0 || len(args) <= most) {
			return nil
		}
		return usageError{cmd.CommandPath(), fmt.Errorf("%s takes %s; it was given %d", cmd.Name(), what, len(args))}
	}
}
