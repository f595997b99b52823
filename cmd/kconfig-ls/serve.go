package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/toolchain"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/scan"
	"github.com/kconfig-ls/kconfig-ls/lsp"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

func (p *program) serveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Talk to an editor over the Language Server Protocol",
		Long: `Serve runs the language server on standard input and output. Editors start it;
by hand there is nothing to see. What no editor can be told goes to standard
error.

Without any command and without a terminal, serve is what kconfig-ls does.

The exit status is that of the protocol: 0 if the editor said shutdown and exit,
else 1.`,
		Example: `  kconfig-ls serve
  kconfig-ls serve --env env.json --answers answers.jsonl`,
		Args: arguments(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error { return p.serve(cmd.Context()) },
	}
	cmd.Flags().Bool(stdioFlag, true, "talk over standard input and output")
	// Some editors say which process has started the server. It says so again
	// in the protocol, where it counts.
	cmd.Flags().String("clientProcessId", "", "the editor's process")
	hide(cmd, stdioFlag)
	hide(cmd, "clientProcessId")
	return cmd
}

// serve runs a session with an editor.
func (p *program) serve(ctx context.Context) error {
	o, err := p.options("")
	if err != nil {
		return err
	}
	dir := o.Dir
	if project, ok := analysis.Locate(o.FS, dir); ok {
		dir = project.Dir
		o = o.ForProject(project)
	}
	settings := o.Settings(dir)

	stream, restore := session.TakeStdio()
	defer restore()
	// An editor that has gone ends the session in order, not the process.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()

	var trust *toolchain.Trust
	if p.trust.value != "" {
		level, err := toolchain.ParseTrust(p.trust.value)
		if err != nil {
			return err
		}
		trust = &level
	}
	code := lsp.Serve(ctx, lsp.Options{
		Trust:     trust,
		Variables: scan.ProcessVariables(),
		Prober:    toolchain.NewProber(toolchain.ProberOptions{CacheDir: toolchain.CacheDir()}),
		Stream:    stream,
		FS:        o.FS,
		Settings:  settings,
		Version:   stampedBuild().version,
		Logger:    slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if code != 0 {
		return exitStatus(code)
	}
	return nil
}
