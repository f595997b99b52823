package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/analysis/toolchain"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/inputs"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/scan"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/terminal"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// program is what all commands share: the standard streams and the flags that
// each of them accepts.
type program struct {
	stdin, stdout, stderr *os.File

	environment string // --env
	answers     string // --answers
	dialect     choice // --dialect
	trust       choice // --trust, "" if it is not given
}

// stdioFlag is what editors pass by custom. There is no other way to talk to
// the server, so it changes nothing.
const stdioFlag = "stdio"

func (p *program) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "kconfig-ls",
		Short: "A language server for Kconfig, and a checker for the command line",
		Long: `kconfig-ls understands the Kconfig files of Linux, U-Boot, Zephyr, coreboot,
Buildroot, BusyBox, ESP-IDF, NuttX, QEMU and their like. Editors start it as a
language server; on the command line it checks files and whole trees, shows how
a file is read, and lists symbols.

Which project a file belongs to, and which variant of the language it is written
in, is found out from the files around it.`,
		Example: `  kconfig-ls check                         check the tree around the working directory
  kconfig-ls check drivers/net --arch arm  check a part of it as arm sees it
  kconfig-ls symbols --arch arm64          list what can be configured, with dependencies
  kconfig-ls serve                         talk to an editor (also without any command)`,
		SilenceErrors: true,
		SilenceUsage:  true,

		SuggestionsMinimumDistance: 2,

		Version: stampedBuild().version,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return unknownCommand(cmd, args[0])
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if terminal.Is(p.stdin) {
				return cmd.Help()
			}
			return p.serve(cmd.Context())
		},
	}
	root.SetVersionTemplate(stampedBuild().text())
	root.Flags().Bool(stdioFlag, true, "talk over standard input and output")
	hide(root, stdioFlag)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{cmd.CommandPath(), err}
	})

	p.dialect = newDialect()
	flags := root.PersistentFlags()
	flags.SortFlags = false
	flags.StringVar(&p.environment, "env", "", "read the build's environment variables from `FILE`: a JSON object of\nstrings in which {srctree} stands for the tree's directory")
	flags.StringVar(&p.answers, "answers", "", "read what tools have answered from `FILE`: a JSON object {\"cmd\",\"out\"}\non each line")
	flags.Var(&p.dialect, "dialect", "read files as this `DIALECT` instead of finding out, such as\nlinux-6.12, zephyr or u-boot")
	p.trust = choice{kind: "LEVEL", allowed: trustLevels()}
	flags.Var(&p.trust, "trust", "what may be run to answer $(shell,...): none, probe (your tools, by\nharmless calls), or shell (the tree's own commands). The default is probe\nwhere values are computed (config, enable, why, toolchain), else none")
	complete(root, "trust", func([]string) []string { return p.trust.allowed })
	complete(root, "dialect", func([]string) []string { return scan.DialectNames() })
	complete(root, "env", nil)
	complete(root, "answers", nil)

	root.AddCommand(p.checkCommand(), p.explainCommand(), p.fmtCommand(), p.configCommand(), p.enableCommand(), p.rustCommand(), p.whyCommand(), p.toolchainCommand(), p.parseCommand(), p.symbolsCommand(), p.serveCommand(), p.versionCommand())
	return root
}

// unknownCommand says that there is no such command, and which may be meant.
func unknownCommand(root *cobra.Command, name string) error {
	message := fmt.Sprintf("there is no command %q", name)
	if _, err := os.Stat(name); err == nil {
		message += fmt.Sprintf(": to check a file or directory, say %q", "kconfig-ls check "+name)
	} else if near := root.SuggestionsFor(name); len(near) > 0 {
		message += ": did you mean " + strings.Join(near, " or ") + "?"
	}
	return usageError{root.CommandPath(), fmt.Errorf("%s", message)}
}

// options returns what the flags say about how trees are read.
func (p *program) options(arch string) (scan.Options, error) {
	dir, err := os.Getwd()
	if err != nil {
		return scan.Options{}, fmt.Errorf("the working directory is not known: %w: change to one that exists", err)
	}
	o := scan.Options{FS: vfs.OS{}, Dir: dir, Arch: arch, BuildArch: os.Getenv("ARCH"), Dialect: p.dialect.value}
	o.Note = func(text string) { p.say("kconfig-ls: note: " + text) }
	if p.environment != "" {
		if o.Environment, err = inputs.ReadEnvironment(p.environment); err != nil {
			return scan.Options{}, fmt.Errorf("--env: %w", err)
		}
	}
	if p.answers != "" {
		if o.Answers, err = inputs.ReadAnswers(p.answers); err != nil {
			return scan.Options{}, fmt.Errorf("--answers: %w", err)
		}
		if p.trust.value != "" && p.trust.value != toolchain.None.String() {
			return scan.Options{}, fmt.Errorf("--answers has nothing run: leave out --trust %s, or --answers", p.trust.value)
		}
	}
	return o, nil
}

// asking calls do with options that let the tools answer which the trees ask.
// An interrupt ends the waiting for them.
func (p *program) asking(ctx context.Context, arch, assume string, do func(context.Context, scan.Options) error) error {
	o, err := p.options(arch)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	trust := toolchain.Probe
	if p.trust.value != "" {
		if trust, err = toolchain.ParseTrust(p.trust.value); err != nil {
			return err
		}
	}
	if o.Answers != nil {
		trust = toolchain.None
	}
	o.Toolchain = scan.NewToolchain(ctx, trust, assume)
	err = do(ctx, o)
	if ctx.Err() != nil {
		return exitStatus(exitFailure) // whoever has interrupted knows
	}
	return err
}

// reading is asking for commands that do without tools unless they are told to.
func (p *program) reading(ctx context.Context, arch string, do func(context.Context, scan.Options) error) error {
	if p.trust.value != "" && p.trust.value != toolchain.None.String() {
		return p.asking(ctx, arch, "", do)
	}
	o, err := p.options(arch)
	if err != nil {
		return err
	}
	return do(ctx, o)
}

// trustLevels returns the names of the levels of trust.
func trustLevels() []string {
	return []string{toolchain.None.String(), toolchain.Probe.String(), toolchain.Shell.String()}
}

// progress returns the line that shows how far reading is, nil if standard
// error is no terminal, and has the options tell it.
func (p *program) progress(o *scan.Options) *terminal.Progress {
	if !terminal.Is(p.stderr) {
		return nil
	}
	line := terminal.NewProgress(p.stderr)
	o.Progress = func(read, known int) { line.Show(fmt.Sprintf("reading Kconfig files: %d of %d", read, known)) }
	return line
}

// newDialect returns the value of --dialect.
func newDialect() choice {
	return choice{kind: "DIALECT", allowed: scan.DialectNames(), known: func(name string) bool {
		_, ok := parser.DialectByName(name)
		return ok
	}}
}
