package lsp

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/policy"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

// watchedPatterns are the files whose changes on disk matter.
func watchedPatterns() []string {
	return []string{
		"**/Kconfig*", "**/Config.in*", "**/Config-*.in", "**/Config.src", "**/*.kconfig",
		"**/" + configName, "**/" + policy.Name,
		// What is built from which file matters too; see analysis.BuildDirectory.
		"**/Makefile", "**/Kbuild", "**/*.rs", "**/sdkconfig.rename*",
	}
}

// configName is the name of the file that values come from.
const configName = ".config"

// register asks the client to tell of changed files and settings, as far as it
// can be asked.
func (s *server) register(ctx context.Context, client session.Client) {
	var registrations []protocol.Registration
	if s.caps.WatchDynamic {
		var watchers []protocol.FileSystemWatcher
		for _, pattern := range watchedPatterns() {
			watchers = append(watchers, protocol.FileSystemWatcher{GlobPattern: protocol.GlobPattern{Pattern: pattern}})
		}
		registrations = append(registrations, protocol.Registration{
			ID: "kconfig-files", Method: protocol.MethodDidChangeWatchedFiles,
			RegisterOptions: protocol.DidChangeWatchedFilesRegistrationOptions{Watchers: watchers},
		})
	}
	if s.caps.ConfigurationDynamic {
		registrations = append(registrations, protocol.Registration{
			ID: "kconfig-settings", Method: protocol.MethodDidChangeConfiguration,
			RegisterOptions: map[string]string{"section": "kconfig"},
		})
	}
	if len(registrations) == 0 {
		return
	}
	if err := client.Call(ctx, protocol.MethodRegisterCapability, protocol.RegistrationParams{Registrations: registrations}, nil); err != nil && ctx.Err() == nil {
		s.logError("the client refused to watch files: " + err.Error())
	}
}

func (s *server) didChangeWatchedFiles(_ context.Context, n session.Notifier, p *protocol.DidChangeWatchedFilesParams) error {
	var paths []string
	for _, change := range p.Changes {
		if path, err := change.URI.Path(); err == nil {
			paths = append(paths, path)
		}
	}
	n.Go(func(context.Context, session.Client) {
		if s.workspace.Files(paths) {
			s.treesChanged()
		} else if slices.ContainsFunc(paths, func(path string) bool { return filepath.Base(path) == configName }) {
			s.diags.everything() // which looks at the gates again, too
			s.refreshAnnotations()
		}
		// A file outside of all trees can be the root of a new one. One of a
		// batch is enough: the others belong to it, or come with the next.
		for _, path := range paths {
			if analysis.IsKconfigName(filepath.Base(path)) && s.workspace.Snapshot().Root(path) == nil {
				s.workspace.Discover(path)
				break
			}
		}
	})
	return nil
}

// sweepIfUnwatched looks for files that changed on disk, for clients that
// cannot watch them.
func (s *server) sweepIfUnwatched() {
	if s.caps.WatchDynamic {
		return
	}
	s.sweeps.start(s.client, func(context.Context, session.Client) {
		if s.workspace.Sweep() {
			s.treesChanged()
		}
	})
}

func (s *server) didChangeWorkspaceFolders(_ context.Context, _ session.Notifier, p *protocol.DidChangeWorkspaceFoldersParams) error {
	paths := func(folders []protocol.WorkspaceFolder) (paths []string) {
		for _, folder := range folders {
			if path, err := folder.URI.Path(); err == nil {
				paths = append(paths, path)
			}
		}
		return paths
	}
	s.toolchains.setFolders(paths(p.Event.Added), paths(p.Event.Removed))
	for _, folder := range p.Event.Added {
		if path, err := folder.URI.Path(); err == nil {
			s.workspace.DiscoverFolder(path)
		}
	}
	for _, folder := range p.Event.Removed {
		if path, err := folder.URI.Path(); err == nil {
			s.workspace.Forget(filepath.Clean(path))
		}
	}
	s.treesChanged()
	return nil
}
