package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/policy"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
)

// selection is what the command line says of which findings are wanted.
type selection struct {
	only, skip    []string
	severity      choice
	baseline      string
	writeBaseline bool
	diff          string
	fix           bool
}

// addSelection gives a command the flags of a selection.
func addSelection(cmd *cobra.Command, s *selection) {
	s.severity = newChoice("LEVEL", check.Information.String(), check.Error.String(), check.Warning.String(), check.Hint.String())
	flags := cmd.Flags()
	flags.StringSliceVar(&s.only, "only", nil, "look for these checks or families of checks only: `ID,...`")
	flags.StringSliceVar(&s.skip, "skip", nil, "look for all but these: `ID,...`")
	flags.Var(&s.severity, "severity", "the least severity that is shown: error, warning, information, hint")
	flags.StringVar(&s.baseline, "baseline", "", "report only what this `FILE` does not have")
	flags.BoolVar(&s.writeBaseline, "write-baseline", false, "write what is found to the file of --baseline, and report nothing")
	flags.StringVar(&s.diff, "diff", "", "report only what is new since this `REVISION` of git, or lies in lines\nthat have changed since; \"REVISION...\" stands for where HEAD has left it")
	flags.BoolVar(&s.fix, "fix", false, "make the fixes that keep the meaning, and report what is left")
	for _, flag := range []string{"only", "skip"} {
		complete(cmd, flag, func([]string) []string { return check.Names() })
	}
	complete(cmd, "severity", func([]string) []string { return s.severity.allowed })
	complete(cmd, "baseline", nil)
}

// valid returns what is wrong with the flags.
func (s *selection) valid(command string) error {
	for _, flag := range []struct {
		name   string
		values []string
	}{{"--only", s.only}, {"--skip", s.skip}} {
		for _, name := range flag.values {
			if !check.IsName(name) {
				return usageError{command, fmt.Errorf("%s: %s", flag.name, check.UnknownName(name))}
			}
		}
	}
	switch {
	case s.writeBaseline && s.baseline == "":
		return usageError{command, errors.New("--write-baseline needs a file: name it with --baseline")}
	case s.writeBaseline && (s.diff != "" || s.fix):
		return usageError{command, errors.New("--write-baseline takes all that is found: leave out --diff and --fix")}
	}
	return nil
}

// levels returns what --only and --skip come to. A check that is off by default is on if
// it is named itself, not by its family.
func (s *selection) levels() check.Levels {
	levels := check.Levels{}
	for _, r := range check.Rules() {
		family := string(r.Family)
		switch {
		case slices.Contains(s.skip, r.ID) || slices.Contains(s.skip, family):
			levels[r.ID] = check.Off
		case slices.Contains(s.only, r.ID) || slices.Contains(s.only, family) && !r.Off:
			levels[r.ID] = check.On
		case len(s.only) > 0 && !slices.Contains(s.only, family):
			levels[r.ID] = check.Off
		}
	}
	return levels
}

// least returns how severe a finding has to be to be shown.
func (s *selection) least() check.Severity {
	for _, severity := range []check.Severity{check.Error, check.Warning, check.Hint} {
		if severity.String() == s.severity.value {
			return severity
		}
	}
	return check.Information
}

// drop takes what is less severe than wanted out of a report.
func (s *selection) drop(r *report.Report) {
	least := s.least()
	r.Findings = slices.DeleteFunc(r.Findings, func(f report.Finding) bool { return f.Severity > least })
}

// excludesVariable names the file of names that the kernel's own checker lets be
// undefined.
const excludesVariable = "KCONFIG_SYM_CHECK_EXCLUDES"

// undefinedAllowed returns the names that the environment lets be undefined.
func undefinedAllowed() ([]string, error) {
	path := os.Getenv(excludesVariable)
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: correct the path, or unset it", excludesVariable, err)
	}
	return policy.Names(strings.ToValidUTF8(string(text), "")), nil
}
