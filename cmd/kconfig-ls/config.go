package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/scan"
)

func (p *program) configCommand() *cobra.Command {
	var arch, in, out, record string
	assume := choice{kind: "VALUE", allowed: []string{"n", "y"}}
	cmd := &cobra.Command{
		Use:   "config MODE [PATH]",
		Short: "Make a .config or a defconfig, as conf would",
		Long: `Config writes the configuration that the tree's own conf would write, byte by
byte, to standard output or to the file that --out names. The tree is not built
and nothing in it is run. MODE is one of

  olddefconfig   take the tree's .config, or --in, and give new symbols their
                 defaults
  defconfig      the same for a defconfig: that of the architecture, or --in
  allyesconfig, allmodconfig, allnoconfig
                 answer y, m or n wherever that is possible
  alldefconfig   give every symbol its default
  savedefconfig  write the smallest file that has the same effect
  listnewconfig  list the symbols that the .config says nothing of

--in names a file, or one of the tree's arch/ARCH/configs and configs. The modes
that begin with "all" keep the values of the file that --in or KCONFIG_ALLCONFIG
names.

What $(shell,...) asks is answered by probes of your tools (see "kconfig-ls
toolchain"); CC, LLVM, CROSS_COMPILE and the like in the environment, or in
--env, name them as for make. --record writes the answers down, and --answers
takes them from there on any machine. If an answer is missing that makes a
difference, it is named, and nothing is written.

What conf would warn about goes to standard error. The exit status is 0, or 2 if
there is no configuration.`,
		Example: `  kconfig-ls config defconfig ~/src/linux --out .config
  LLVM=1 kconfig-ls config olddefconfig --in /boot/config-6.12.0 > new.config
  kconfig-ls config defconfig --arch arm64 --record answers.jsonl > arm64.config
  kconfig-ls config allmodconfig --env env.json --answers answers.jsonl
  kconfig-ls config listnewconfig`,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := arguments(1, 2, "a mode, and one path at most")(cmd, args); err != nil {
				return err
			}
			if _, ok := config.ParseMode(args[0]); !ok {
				return usageError{cmd.CommandPath(), fmt.Errorf("there is no mode %q: it must be one of %s", args[0], strings.Join(modeNames(), ", "))}
			}
			return nil
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return modeNames(), cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			mode, _ := config.ParseMode(args[0])
			path := "."
			if len(args) > 1 {
				path = args[1]
			}
			request := scan.ConfigRequest{Mode: mode, In: in, DefConfig: os.Getenv("KBUILD_DEFCONFIG")}
			if all, ok := os.LookupEnv("KCONFIG_ALLCONFIG"); ok {
				request.AllConfig = &all
			}
			request.WarnUnknown = os.Getenv("KCONFIG_WARN_UNKNOWN_SYMBOLS") != ""
			// The process ends before its garbage would matter, in any tree but a
			// monstrous one.
			debug.SetGCPercent(-1)
			debug.SetMemoryLimit(1 << 30)
			return p.asking(cmd.Context(), arch, assume.value, func(_ context.Context, o scan.Options) error {
				progress := p.progress(&o)
				c, err := scan.Config(path, request, o)
				progress.Done()
				if err != nil {
					return err
				}
				return p.writeConfig(c, out, record)
			})
		},
	}
	p.addArch(cmd, &arch, "configure the tree as `ARCH` sees it")
	flags := cmd.Flags()
	flags.StringVar(&in, "in", "", "begin with this `FILE`")
	flags.StringVar(&out, "out", "", "write to this `FILE` instead of to standard output")
	flags.StringVar(&record, "record", "", "write what tools have answered to this `FILE`, for --answers")
	flags.Var(&assume, "assume-unknown", "take commands without an answer to print this: n or y")
	complete(cmd, "in", nil)
	complete(cmd, "out", nil)
	complete(cmd, "record", nil)
	complete(cmd, "assume-unknown", func([]string) []string { return assume.allowed })
	return cmd
}

// modeNames returns the names of all modes.
func modeNames() []string {
	var names []string
	for _, m := range config.Modes() {
		names = append(names, string(m))
	}
	return names
}

// writeConfig writes a configuration, or says what is missing for one.
func (p *program) writeConfig(c *scan.Configured, out, record string) error {
	for _, note := range c.Notes {
		p.say("kconfig-ls: note: " + note)
	}
	if len(c.Missing) > 0 {
		lines := missing(c.Missing)
		for _, line := range lines {
			p.say("kconfig-ls: missing: " + line)
		}
		answers := "1 answer is"
		if len(lines) > 1 {
			answers = fmt.Sprintf("%d answers are", len(lines))
		}
		return fmt.Errorf("%s missing that the configuration depends on, so none is written; "+
			"--assume-unknown n takes commands without an answer to print n", answers)
	}
	if record != "" {
		var records bytes.Buffer
		if err := c.Asker.WriteRecords(&records); err != nil {
			return err
		}
		if err := scan.WriteConfig(record, records.String()); err != nil {
			return fmt.Errorf("--record: %w", err)
		}
	}
	if out != "" {
		if err := scan.WriteConfig(out, c.Text); err != nil {
			var path *fs.PathError
			if errors.As(err, &path) {
				err = path.Err // the file that was tried is not the one that is meant
			}
			return fmt.Errorf("%s cannot be written: %w: choose another file with --out", out, err)
		}
		return nil
	}
	if _, err := p.stdout.WriteString(c.Text); err != nil {
		return outputError(err)
	}
	return nil
}

// missing says what is missing, why, and what for, each reason once.
func missing(all []analysis.Missing) []string {
	var texts []string
	byText := map[string]analysis.Missing{}
	for _, m := range all {
		text := m.Why
		switch {
		case text != "":
		case m.Cause.Kind == macro.Variable:
			text = "nobody has set the variable " + m.Cause.Text + ": give its value with --env"
		case m.Cause.Kind == macro.Function:
			text = "the function " + m.Cause.Text + " is the build's own, and what it returns is not known"
		case m.Cause.Text == "":
			text = "it is not known what decides about it"
		default:
			text = "what " + m.Cause.Text + " prints is not known"
		}
		first, ok := byText[text]
		if !ok {
			texts = append(texts, text)
			first = m
		} else {
			first.Count += m.Count
		}
		byText[text] = first
	}
	for i, text := range texts {
		m := byText[text]
		where := fmt.Sprintf("%s:%d", m.Place.File, m.Place.Line)
		if m.Symbol != "" {
			where = m.Symbol + ", " + where
		}
		if m.Count > 1 {
			where += fmt.Sprintf(", and %d more", m.Count-1)
		}
		texts[i] = text + " (for " + where + ")"
	}
	return texts
}
