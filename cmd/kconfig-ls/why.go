package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/scan"
)

func (p *program) whyCommand() *cobra.Command {
	var arch, in string
	var value bool
	format := newChoice("FORMAT", formatText, formatJSON)
	cmd := &cobra.Command{
		Use:   "why SYMBOL [PATH]",
		Short: "Say why a symbol is n, or where its value comes from",
		Long: `Why says why a symbol is n or m and not y: which conditions do not hold, and
what is behind each of them, down to a line of the configuration, an
architecture, or a tool. If the symbol is y, or is no bool or tristate, it says
where the value comes from; with --value it always does.

The symbol is written with or without CONFIG_. PATH is a file or directory of
the tree, by default the working directory. The values are those of the tree's
own .config, or of the one that --config names; without one, the defaults.

What $(shell,...) asks is answered by probes of your tools, unless --trust none
forbids it; see "kconfig-ls toolchain".`,
		Example: `  kconfig-ls why RUST
  kconfig-ls why CONFIG_MODVERSIONS ~/src/linux --arch arm64
  kconfig-ls why --value NR_CPUS --config /boot/config-6.12.0
  kconfig-ls why RUST --format json | jq .reason.text`,
		Args: arguments(1, 2, "a symbol, and one path at most"),
		RunE: func(cmd *cobra.Command, args []string) error {
			path := "."
			if len(args) > 1 {
				path = args[1]
			}
			return p.asking(cmd.Context(), arch, "", func(_ context.Context, o scan.Options) error {
				progress := p.progress(&o)
				e, err := scan.Why(path, scan.WhyRequest{Symbol: args[0], Config: in, Origin: value}, o)
				progress.Done()
				if err != nil {
					return err
				}
				if format.value == formatJSON {
					err = report.WriteWhyJSON(p.stdout, e)
				} else {
					err = report.WriteWhyText(p.stdout, e, p.textOptions(o.Dir))
				}
				if err != nil {
					return outputError(err)
				}
				return nil
			})
		},
	}
	p.addArch(cmd, &arch, "look at the tree as `ARCH` sees it")
	cmd.Flags().StringVar(&in, "config", "", "take the values of this .config `FILE`")
	cmd.Flags().BoolVar(&value, "value", false, "say where the value comes from, whatever it is")
	complete(cmd, "config", nil)
	addFormat(cmd, &format, "how the explanation is written")
	return cmd
}
