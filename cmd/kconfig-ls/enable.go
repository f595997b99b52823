package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/scan"
)

// maxAlternatives is how many alternatives are looked for unless --choose asks for
// more.
const maxAlternatives = 3

func (p *program) enableCommand() *cobra.Command {
	var arch, in string
	var without []string
	var write, diff bool
	var choose int
	format := newChoice("FORMAT", formatText, formatJSON)
	cmd := &cobra.Command{
		Use:   "enable SYMBOL[=VALUE]... [PATH]",
		Short: "Find the fewest changes that give a symbol a value",
		Long: `Enable finds the fewest changes of a configuration with which symbols have the
values that are wanted: y or m if none is given, n to turn one off, or the value
of an int, hex or string symbol. It says what has to be set, in an order in which
the menu shows it, and which other values change with that; and other ways if
there are some. Each is confirmed by an evaluation before it is shown.

If there is no way it says which lines of which files together make it
impossible: for this architecture, or only with what your tools have answered.
What hangs on tools that were not asked is shown with that condition.

Symbols are written with or without CONFIG_. PATH is a file or directory of the
tree; it is told from a symbol by a slash, or is "." or "..". By default it is the
working directory. The configuration is the tree's own .config, or the one that
--config names; without one, the defaults. --write changes it.

The exit status is 0 if it is possible, 1 if it is not, and 2 if that cannot be
told.`,
		Example: `  kconfig-ls enable DRM_AMDGPU=m
  kconfig-ls enable RUST ~/src/linux/ --arch arm64
  kconfig-ls enable DEBUG_INFO=n --write
  kconfig-ls enable NET --without INET
  kconfig-ls enable BPF_LSM --config /boot/config-6.12.0 --format json | jq .alternatives[0].changes`,
		Args: arguments(1, -1, "symbols, and one path at most"),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, wanted := ".", args
			if last := args[len(args)-1]; isPath(last) {
				path, wanted = last, args[:len(args)-1]
			}
			for _, name := range without {
				wanted = append(wanted[:len(wanted):len(wanted)], name+"=n")
			}
			if len(wanted) == 0 || choose < 1 {
				return usageError{cmd.CommandPath(), fmt.Errorf("enable takes at least one symbol, and --choose a number from 1 on")}
			}
			request := scan.EnableRequest{Wanted: wanted, Config: in, Most: max(choose, maxAlternatives)}
			return p.asking(cmd.Context(), arch, "", func(ctx context.Context, o scan.Options) error {
				progress := p.progress(&o)
				e, err := scan.Enable(ctx, path, request, o)
				progress.Done()
				if err != nil {
					return err
				}
				if format.value == formatJSON {
					err = report.WriteEnableJSON(p.stdout, e)
				} else {
					err = report.WriteEnableText(p.stdout, e, diff, p.textOptions(o.Dir))
				}
				if err != nil {
					return outputError(err)
				}
				return p.finishEnable(e, write, choose)
			})
		},
	}
	p.addArch(cmd, &arch, "look at the tree as `ARCH` sees it")
	flags := cmd.Flags()
	flags.StringVar(&in, "config", "", "change this .config `FILE`")
	flags.StringArrayVar(&without, "without", nil, "have this `SYMBOL` be n at the same time; may be given several times")
	flags.BoolVar(&diff, "diff", false, "show what becomes of the lines of the configuration")
	flags.BoolVar(&write, "write", false, "write the first alternative, or the one of --choose, to the configuration")
	flags.IntVar(&choose, "choose", 1, "the `NUMBER` of the alternative to write")
	complete(cmd, "config", nil)
	complete(cmd, "without", func([]string) []string { return nil })
	addFormat(cmd, &format, "how the changes are written")
	return cmd
}

// isPath reports whether an argument is a path and no symbol.
func isPath(arg string) bool {
	symbol, _, _ := strings.Cut(arg, "=") // a value may have slashes
	return symbol == "." || symbol == ".." || strings.ContainsRune(symbol, filepath.Separator) || strings.Contains(symbol, "/")
}

// finishEnable writes the configuration, and returns the exit status as an error.
func (p *program) finishEnable(e *report.Enabling, write bool, choose int) error {
	switch e.Verdict {
	case analysis.EnablePossible:
	case analysis.EnableOpen:
		return exitStatus(exitFailure)
	default:
		return exitStatus(exitFindings)
	}
	if !write {
		return nil
	}
	if choose > len(e.Alternatives) {
		return fmt.Errorf("there is no alternative %d to write, only %d", choose, len(e.Alternatives))
	}
	chosen := e.Alternatives[choose-1]
	if chosen.Before == chosen.After && e.Exists {
		return nil
	}
	if err := scan.WriteEnabled(e, choose-1); err != nil {
		return err
	}
	if n := len(chosen.Unknown); n > 0 {
		p.say(fmt.Sprintf("kconfig-ls: note: %d symbols are left out of %s, as they hang on tools that were not asked", n, e.Path))
	}
	return nil
}
