package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/scan"
)

func (p *program) symbolsCommand() *cobra.Command {
	var arch string
	format := newChoice("FORMAT", formatJSON, formatText)
	cmd := &cobra.Command{
		Use:   "symbols [PATH]",
		Short: "List the symbols of a tree",
		Long: `Symbols lists the symbols of the tree that PATH belongs to, by default the
working directory, in the order of their names.

Only what the architecture's view of the tree reaches counts, except for
"references", which counts the places of the whole tree that mention the symbol.
"dependsOn" is what the symbol depends on in effect: its own lines, and all
menus, choices and ifs around its definitions.`,
		Example: `  kconfig-ls symbols ~/src/linux --arch arm64 > symbols.jsonl
  kconfig-ls symbols | jq -r 'select(.selectedBy == [] and .references == 0) | .name'
  kconfig-ls symbols --format text | less`,
		Args: arguments(0, 1, "one path at most"),
		RunE: func(cmd *cobra.Command, args []string) error {
			path := "."
			if len(args) > 0 {
				path = args[0]
			}
			return p.reading(cmd.Context(), arch, func(_ context.Context, o scan.Options) error {
				progress := p.progress(&o)
				symbols, err := scan.Symbols(path, o)
				progress.Done()
				if err != nil {
					return err
				}
				write := report.WriteSymbolsJSON
				if format.value == formatText {
					write = report.WriteSymbolsText
				}
				if err := write(p.stdout, symbols); err != nil {
					return outputError(err)
				}
				return nil
			})
		},
	}
	p.addArch(cmd, &arch, "list what `ARCH` sees of the tree")
	addFormat(cmd, &format, "how symbols are written")
	return cmd
}
