package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/scan"
)

func (p *program) rustCommand() *cobra.Command {
	var arch, config string
	var gates []string
	var tools bool
	format := newChoice("FORMAT", formatText, formatJSON)
	cmd := &cobra.Command{
		Use:   "rust [PATH]",
		Short: "Say what Rust needs, what holds it back, and what needs Rust",
		Long: `Rust goes through all that the option for Rust depends on in a tree: each
condition with yes, no or unknown, where it stands, the reason, and what to do
about it. Conditions that ask tools are taken apart: rustc, bindgen, libclang and
the sources of the core library, with the versions that this tree needs. If all
holds and Rust is still off, it names the one line of the .config that is missing.

Then it lists the symbols that cannot be on without Rust, with the chain of lines
that says so, and those that cannot be on beside it, with gcc and with clang. With
--tools it lists what hangs on compilers, linkers and other tools in the same way:
on a flag, a version, or which one it is.

PATH is a file or directory of the tree, by default the working directory. The
values are those of the tree's own .config, or of the one that --config names;
without one, the defaults. Tools are found as Kbuild finds them: RUSTC, BINDGEN,
CC, LLVM, CROSS_COMPILE and PAHOLE in the environment name them. They are probed,
unless --trust none forbids it; nothing of the tree is run.`,
		Example: `  kconfig-ls rust ~/src/linux
  kconfig-ls rust --arch arm64 --config /boot/config-6.12.0
  LLVM=1 kconfig-ls rust --format json | jq '.gates[0].conditions[] | select(.state != "yes")'`,
		Args: arguments(0, 1, "one path at most"),
		RunE: func(cmd *cobra.Command, args []string) error {
			path := "."
			if len(args) > 0 {
				path = args[0]
			}
			return p.asking(cmd.Context(), arch, "", func(ctx context.Context, o scan.Options) error {
				progress := p.progress(&o)
				o.Gates = gates
				r, err := scan.Rust(ctx, path, config, tools, o)
				progress.Done()
				if err != nil {
					return err
				}
				if format.value == formatJSON {
					err = report.WriteGatesJSON(p.stdout, r)
				} else {
					err = report.WriteGatesText(p.stdout, r, p.textOptions(o.Dir))
				}
				if err != nil {
					return outputError(err)
				}
				return nil
			})
		},
	}
	p.addArch(cmd, &arch, "look at the tree as `ARCH` sees it")
	cmd.Flags().StringVar(&config, "config", "", "take the values of this .config `FILE`")
	complete(cmd, "config", nil)
	cmd.Flags().StringSliceVar(&gates, "gate", nil, "report on this `SYMBOL`, too, as if it stood for a language; may be repeated")
	complete(cmd, "gate", func([]string) []string { return nil })
	cmd.Flags().BoolVar(&tools, "tools", false, "list also what can be on only with some compiler, linker or other tool")
	addFormat(cmd, &format, "how the report is written")
	return cmd
}
