package main

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/scan"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/terminal"
)

func (p *program) fmtCommand() *cobra.Command {
	var check, diff, write bool
	cmd := &cobra.Command{
		Use:   "fmt [PATH...]",
		Short: "Set Kconfig files in their project's style",
		Long: `Fmt sets Kconfig files in the style of their project: attributes behind one tab
and help texts behind a tab and two spaces in most, four spaces for each level in
ESP-IDF. The .editorconfig files of a tree can say otherwise.

Only white space changes, and nothing is read otherwise afterwards: that is proved
for each file. Lines with an error stay as they are.

PATH is a file, or a directory, which stands for all Kconfig files below it. The
result for one file is printed, unless a flag says what else to do. Without PATH, or
with "-", standard input is formatted.

With --check and --diff the exit status is 1 if a file is not in that style.`,
		Example: `  kconfig-ls fmt drivers/net/Kconfig
  kconfig-ls fmt --check .
  kconfig-ls fmt --diff drivers/net
  kconfig-ls fmt -w drivers/net/Kconfig`,
		Args: arguments(0, -1, ""),
		RunE: func(_ *cobra.Command, names []string) error {
			o, err := p.options("")
			if err != nil {
				return err
			}
			f := formatter{program: p, report: check, diff: diff, write: write}
			if len(names) == 0 || len(names) == 1 && names[0] == scan.StandardInput {
				return f.input(o)
			}
			return f.files(names, o)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "print the names of files that are not in that style")
	cmd.Flags().BoolVar(&diff, "diff", false, "print what would change")
	cmd.Flags().BoolVarP(&write, "write", "w", false, "change the files")
	cmd.MarkFlagsMutuallyExclusive("check", "diff", "write")
	return cmd
}

// formatter carries out fmt.
type formatter struct {
	*program
	report, diff, write bool
	changes             bool // whether any file is not in its style
}

// input formats standard input.
func (f *formatter) input(o scan.Options) error {
	if f.write {
		return errors.New("--write cannot change standard input: name files")
	}
	done, err := scan.FormatInput(f.stdin, o)
	if err != nil {
		return err
	}
	if err := f.show(done); err != nil {
		return err
	}
	return f.status()
}

// files formats files.
func (f *formatter) files(names []string, o scan.Options) error {
	if !f.report && !f.diff && !f.write {
		if p, err := o.Find(names[0]); err == nil && (p.IsDir || len(names) > 1) {
			return errors.New("only one file can be printed: name one, or say what to do with --check, --diff or --write")
		}
	}
	if err := scan.Format(names, o, f.show); err != nil {
		return err
	}
	return f.status()
}

// show does with a file what the flags say.
func (f *formatter) show(done scan.Formatted) error {
	f.changes = f.changes || done.Changes()
	text := done.After
	switch {
	case f.write:
		if !done.Changes() {
			return nil
		}
		return scan.WriteFormatted(done)
	case f.report:
		if text = ""; done.Changes() {
			text = terminal.Printable(done.Name) + "\n"
		}
	case f.diff:
		text = analysis.UnifiedDiff(done.Name, done.Before, done.After)
	}
	if _, err := io.WriteString(f.stdout, text); err != nil {
		return outputError(err)
	}
	return nil
}

// status returns the error that the command ends with.
func (f *formatter) status() error {
	if f.changes && (f.report || f.diff) {
		return exitStatus(exitFindings)
	}
	return nil
}
