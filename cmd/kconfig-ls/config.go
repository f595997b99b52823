package main

import (
	"fmt"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/scan"
)

func (p *program) configCommand() *cobra.Command {
	var arch, in, out string
	cmd := &cobra.Command{
		Use:  "config MODE [PATH]",
		Args: arguments(1, 2, "a mode, and one path at most"),
		RunE: func(_ *cobra.Command, args []string) error {
			mode, ok := config.ParseMode(args[0])
			if !ok {
				return fmt.Errorf("there is no mode %q", args[0])
			}
			path := "."
			if len(args) > 1 {
				path = args[1]
			}
			o, err := p.options(arch)
			if err != nil {
				return err
			}
			// The process ends before its garbage would matter.
			debug.SetGCPercent(800)
			request := scan.ConfigRequest{Mode: mode, In: in}
			if all, ok := os.LookupEnv("KCONFIG_ALLCONFIG"); ok {
				request.AllConfig = &all
			}
			outcome, err := scan.Config(path, request, o)
			if err != nil {
				return err
			}
			if out != "" {
				return scan.WriteConfig(out, outcome.Text)
			}
			_, err = p.stdout.WriteString(outcome.Text)
			return err
		},
	}
	p.addArch(cmd, &arch, "configure the tree as `ARCH` sees it")
	cmd.Flags().StringVar(&in, "in", "", "begin with this `FILE`")
	cmd.Flags().StringVar(&out, "out", "", "write to this `FILE`")
	return cmd
}
