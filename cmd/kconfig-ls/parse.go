package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/scan"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

func (p *program) parseCommand() *cobra.Command {
	format := newChoice("FORMAT", formatText, formatJSON)
	cmd := &cobra.Command{
		Use:   "parse FILE",
		Short: "Show how one file is read",
		Long: `Parse shows the statements of one Kconfig file with their tokens, and what is
wrong with the file when it is looked at alone. "-" stands for standard input.

Each line of the text has the place of a statement, its kind, and its tokens:
keywords and operators as they are, others behind their kind.

The exit status is that of the command check.`,
		Example: `  kconfig-ls parse drivers/net/Kconfig
  kconfig-ls parse --format json Kconfig | jq '.statements[] | select(.kind == "config")'
  git show HEAD~:fs/Kconfig | kconfig-ls parse -`,
		Args: arguments(1, 1, "the name of one file, or \"-\" for standard input"),
		RunE: func(_ *cobra.Command, args []string) error {
			o, err := p.options("")
			if err != nil {
				return err
			}
			tree, r, err := scan.Parse(args[0], p.stdin, o)
			if err != nil {
				return err
			}
			return p.finish(r, p.writeTree(tree, r, format.value, o.Dir))
		},
	}
	addFormat(cmd, &format, "how the tree is written")
	return cmd
}

func (p *program) writeTree(tree *parser.Tree, r *report.Report, format, dir string) error {
	if format == formatJSON {
		return report.WriteTreeJSON(p.stdout, tree, r)
	}
	if err := report.WriteTreeText(p.stdout, tree); err != nil {
		return err
	}
	if len(r.Findings) > 0 {
		if _, err := fmt.Fprintln(p.stdout); err != nil {
			return err
		}
	}
	return p.write(r, formatText, dir)
}
