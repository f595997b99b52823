package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/git"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/scan"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/terminal"
)

// The formats of results.
const (
	formatText       = "text"
	formatJSON       = "json"
	formatSARIF      = "sarif"
	formatGitHub     = "github"
	formatCheckstyle = "checkstyle"
)

// textColumns is how wide source lines are shown where there is no terminal.
const textColumns = 120

func (p *program) checkCommand() *cobra.Command {
	var run checkRun
	run.format = newChoice("FORMAT", formatText, formatJSON, formatSARIF, formatGitHub, formatCheckstyle)
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

Which checks there are tells "kconfig-ls explain". A tree says which of them it
wants, and how severe, in .kconfig-ls.yaml at its top; --only and --skip go before
it. A comment "# kconfig-ls: ignore=ID reason" behind a line, or on the one before,
is about that line. Names that the file of KCONFIG_SYM_CHECK_EXCLUDES has may be
undefined.

For CI, --baseline has a run fail for new findings only, and --diff for those that a
change brings, uncommitted ones included. For the latter your git is run, to read
objects only. --fix makes the fixes after which every configuration comes to the same
values, as often as there are any.

The exit status is 0 if no error and no warning is reported, 1 if one is, and 2 if
something could not be read or the command line is wrong.`,
		Example: `  kconfig-ls check
  kconfig-ls check ~/src/linux --arch all
  kconfig-ls check drivers/net/Kconfig fs
  kconfig-ls check --format json | jq '.diagnostics[].message'
  kconfig-ls check --format sarif > kconfig.sarif
  kconfig-ls check --only syntax,undefined-symbol --severity error
  kconfig-ls check --baseline kconfig.baseline.json --write-baseline
  kconfig-ls check --arch all --diff origin/main...
  kconfig-ls check --fix drivers/net`,
		Args: arguments(0, -1, ""),
		RunE: func(cmd *cobra.Command, paths []string) error {
			if len(paths) == 0 {
				paths = []string{"."}
			}
			if err := run.valid(cmd.CommandPath()); err != nil {
				return err
			}
			return p.reading(cmd.Context(), run.arch, func(ctx context.Context, o scan.Options) error {
				return p.check(ctx, paths, o, &run)
			})
		},
	}
	p.addArch(cmd, &run.arch, "check the tree as `ARCH` sees it, or as \"all\" of them do", scan.AllArchs)
	addFormat(cmd, &run.format, "how findings are written")
	addSelection(cmd, &run.selection)
	cmd.Flags().BoolVar(&run.deep, "deep", false, "prove what holds in all configurations, too; it takes seconds")
	return cmd
}

// checkRun is what the flags of check say.
type checkRun struct {
	selection
	arch   string
	format choice
	// deep adds what takes a look at all configurations.
	deep bool
}

// check checks the given paths and writes what is reported.
func (p *program) check(ctx context.Context, paths []string, o scan.Options, run *checkRun) error {
	var err error
	if o.UndefinedAllowed, err = undefinedAllowed(); err != nil {
		return err
	}
	o.Checks, o.Suppressed, o.Deep = run.levels(), run.format.value == formatSARIF, run.deep
	o.WithoutHints = run.least() < check.Hint
	known, err := run.known()
	if err != nil {
		return err
	}
	var then *git.Revision
	if run.diff != "" {
		dir, err := run.repositoryOf(paths[0], o)
		if err != nil {
			return err
		}
		if then, err = git.Open(ctx, o.FS, dir, run.diff); err != nil {
			return fmt.Errorf("--diff: %w", err)
		}
		defer then.Close()
	}
	for round := 1; ; round++ {
		r, err := p.look(paths, o)
		if err != nil {
			return err
		}
		run.drop(r)
		if run.writeBaseline {
			return p.writeBaseline(r, run.baseline)
		}
		if then != nil {
			scan.Since(r, paths, o, then)
		}
		if known != nil {
			known.Hold(r, func(id report.Identity) bool { return run.expects(id, r, paths, o) })
		}
		if run.fix && round <= maxRounds {
			fixed, err := scan.Fix(r, o)
			p.sayFixed(fixed, o.Dir, round == 1)
			if err != nil {
				return err
			}
			if len(fixed.Findings) > 0 {
				continue // which can have led to more
			}
		}
		p.sayStale(r, run.baseline)
		return p.finish(r, p.write(r, run.format.value, o.Dir))
	}
}

// maxRounds bounds how often fixes are made, should one of them undo another.
const maxRounds = 20

// look looks for what is wrong, and shows how far it is.
func (p *program) look(paths []string, o scan.Options) (*report.Report, error) {
	progress := p.progress(&o)
	defer progress.Done()
	return scan.Check(paths, o)
}

// write writes a report in a format.
func (p *program) write(r *report.Report, format, dir string) error {
	switch format {
	case formatJSON:
		return report.WriteJSON(p.stdout, r)
	case formatSARIF:
		return report.WriteSARIF(p.stdout, r, stampedBuild().version)
	case formatCheckstyle:
		return report.WriteCheckstyle(p.stdout, r)
	case formatGitHub:
		if workspace := os.Getenv("GITHUB_WORKSPACE"); workspace != "" {
			dir = workspace // the top of the repository, which annotations are relative to
		}
		return report.WriteGitHub(p.stdout, r, dir)
	}
	err := report.WriteText(p.stdout, r, p.textOptions(dir))
	if err == nil {
		p.say(r.Summary().String())
		if n := r.Fixable(); n > 0 {
			p.say(fmt.Sprintf("%d can be mended with --fix without a change of meaning", n))
		}
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
