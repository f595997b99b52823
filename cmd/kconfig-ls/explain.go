package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
)

func (p *program) explainCommand() *cobra.Command {
	format := newChoice("FORMAT", formatText, formatJSON)
	cmd := &cobra.Command{
		Use:   "explain [ID...]",
		Short: "Explain checks, or list them",
		Long: `Explain prints the page of each check that is named: what it finds, why that
matters, and what to do, with examples. ID is the code in the brackets behind a
finding. The name of a family stands for all of its checks.

Without an ID it lists all checks: family, id, severity, whether it is on by
default, and what it is about.`,
		Example: `  kconfig-ls explain
  kconfig-ls explain undefined-symbol
  kconfig-ls explain --format json | jq -r '.checks[] | select(.enabled | not) | .id'`,
		Args: arguments(0, -1, ""),
		RunE: func(cmd *cobra.Command, names []string) error {
			var rules []check.Rule
			for _, r := range check.Rules() {
				if len(names) == 0 || slices.Contains(names, r.ID) || slices.Contains(names, string(r.Family)) {
					rules = append(rules, r)
				}
			}
			for _, name := range names {
				if !check.IsName(name) {
					return usageError{cmd.CommandPath(), fmt.Errorf("%s", check.UnknownName(name))}
				}
			}
			var err error
			switch {
			case format.value == formatJSON:
				err = report.WriteChecksJSON(p.stdout, rules, len(names) > 0)
			case len(names) == 0:
				err = report.WriteChecks(p.stdout, rules)
			default:
				err = report.WritePages(p.stdout, rules)
			}
			if err != nil {
				return outputError(err)
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return check.Names(), cobra.ShellCompDirectiveNoFileComp
		},
	}
	addFormat(cmd, &format, "how it is written")
	return cmd
}
