package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/scan"
)

func (p *program) toolchainCommand() *cobra.Command {
	var arch string
	format := newChoice("FORMAT", formatText, formatJSON)
	cmd := &cobra.Command{
		Use:   "toolchain [PATH]",
		Short: "Show your tools, and what a tree asks of them",
		Long: `Toolchain lists the tools that a build of the tree would use, with their
versions, and every command that $(shell,...) in its Kconfig files asks for, with
what it prints and where that is known from:

  recorded   the file that --answers names
  pure       the command's text alone
  config     the tree's .config
  probe      your tools, asked by calls that are put together here
  cache      the same, from the last time
  shell      the command itself, at --trust shell only

Where there is no answer, it says why, and what to do about it. PATH is a file or
directory of the tree, by default the working directory.

Tools are those that CC, LD, LLVM, CROSS_COMPILE, RUSTC and the like name in the
environment, or in --env. They are looked up on PATH, but not in the tree.`,
		Example: `  kconfig-ls toolchain ~/src/linux
  LLVM=1 kconfig-ls toolchain --arch arm64
  kconfig-ls toolchain --format json | jq '.questions[] | select(.known | not)'
  kconfig-ls toolchain --trust none`,
		Args: arguments(0, 1, "one path at most"),
		RunE: func(cmd *cobra.Command, args []string) error {
			path := "."
			if len(args) > 0 {
				path = args[0]
			}
			return p.asking(cmd.Context(), arch, "", func(ctx context.Context, o scan.Options) error {
				progress := p.progress(&o)
				root, arch, asker, err := scan.Tools(path, o)
				progress.Done()
				if err != nil {
					return err
				}
				r := report.NewToolchain(root.Dir, arch, asker.Trust(), asker.Inventory(ctx), asker.Questions())
				if format.value == formatJSON {
					err = report.WriteToolchainJSON(p.stdout, r)
				} else {
					err = report.WriteToolchainText(p.stdout, r, p.textOptions(o.Dir))
				}
				if err != nil {
					return outputError(err)
				}
				return nil
			})
		},
	}
	p.addArch(cmd, &arch, "look at the tree as `ARCH` sees it")
	addFormat(cmd, &format, "how the list is written")
	return cmd
}
