package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/scan"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/terminal"
)

// The formats of results.
const (
	formatText   = "text"
	formatJSON   = "json"
	formatSARIF  = "sarif"
	formatGitHub = "github"
)

// textColumns is how wide source lines are shown where there is no terminal.
const textColumns = 120

func (p *program) checkCommand() *cobra.Command {
	var arch string
	format := newChoice("FORMAT", formatText, formatJSON, formatSARIF, formatGitHub)
	cmd := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Report what is wrong with Kconfig files",
		Long: `Check reports what is wrong with Kconfig files.

PATH is a file or a directory, by default the working directory. A path inside a
tree is checked as a part of that tree, whose top is found from any file in it:
findings are limited to what lies below PATH, but symbols and included files
count wherever they are. A file outside of any tree is checked alone.

PATH may also be a configuration: a .config, a defconfig, or a fragment. Then what
becomes of each of its lines is computed with the values of its tree.

A tree with architectures is checked as one of them sees it: that of the path,
of the tree's .config, of ARCH in --env or in the environment, or of this machine. With "--arch all" every architecture is looked at, and the files that
none of them includes.

The exit status is 0 if there is no error and no warning, 1 if there is one, and
2 if something could not be read or the command line is wrong.`,
		Example: `  kconfig-ls check
  kconfig-ls check ~/src/linux --arch all
  kconfig-ls check drivers/net/Kconfig fs
  kconfig-ls check --format json | jq '.diagnostics[].message'
  kconfig-ls check --format sarif > kconfig.sarif`,
		Args: arguments(0, -1, ""),
		RunE: func(cmd *cobra.Command, paths []string) error {
			if len(paths) == 0 {
				paths = []string{"."}
			}
			return p.reading(cmd.Context(), arch, func(_ context.Context, o scan.Options) error {
				progress := p.progress(&o)
				r, err := scan.Check(paths, o)
				progress.Done()
				if err != nil {
					return err
				}
				return p.finish(r, p.write(r, format.value, o.Dir))
			})
		},
	}
	p.addArch(cmd, &arch, "check the tree as `ARCH` sees it, or as \"all\" of them do", scan.AllArchs)
	addFormat(cmd, &format, "how findings are written")
	return cmd
}

// write writes a report in a format.
func (p *program) write(r *report.Report, format, dir string) error {
	switch format {
	case formatJSON:
		return report.WriteJSON(p.stdout, r)
	case formatSARIF:
		return report.WriteSARIF(p.stdout, r, stampedBuild().version)
	case formatGitHub:
		if workspace := os.Getenv("GITHUB_WORKSPACE"); workspace != "" {
			dir = workspace // the top of the repository, which annotations are relative to
		}
		return report.WriteGitHub(p.stdout, r, dir)
	}
	err := report.WriteText(p.stdout, r, p.textOptions(dir))
	if err == nil {
		p.say(r.Summary().String())
	}
	return err
}

func (p *program) textOptions(dir string) report.TextOptions {
	return report.TextOptions{
		Dir:     dir,
		Colors:  terminal.Colors(p.stdout, os.Getenv),
		Columns: terminal.Columns(p.stdout, textColumns),
	}
}

// finish turns a report that was written into the error that a command ends
// with.
func (p *program) finish(r *report.Report, written error) error {
	switch {
	case written != nil:
		return outputError(written)
	case !r.Summary().Clean():
		return exitStatus(exitFindings)
	}
	return nil
}

// outputError is the error about results that could not be written.
func outputError(err error) error {
	return fmt.Errorf("the results cannot be written: %w", err)
}
