package lsp

import (
	"maps"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

// publishPolicies sends what is wrong with the files in which trees say what they want
// of checks. Nobody opens these with this server, so it is sent unasked, also to clients
// that pull.
func (d *diagnostics) publishPolicies(client session.Client, snap *analysis.Snapshot) {
	current := map[string]bool{}
	for _, root := range snap.Roots() {
		file, ok := root.PolicyFile()
		if !ok || len(file.Found) == 0 {
			continue
		}
		current[file.Path] = true
		document, ok := d.server.documentIn(snap, file.Path)
		if !ok {
			continue
		}
		items := document.convertDiagnostics(file.Found)
		if identity := identityOf(0, items); d.policies[file.Path] != identity {
			d.policies[file.Path] = identity
			d.send(client, file.Path, nil, items)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(d.policies)) {
		if !current[path] {
			delete(d.policies, path)
			d.send(client, path, nil, nil)
		}
	}
}

// decodeChecks returns levels changed by the setting kconfig.checks, a level for each
// of some checks or families. What is none is reported and left out.
func (s *server) decodeChecks(base check.Levels, sent map[string]string) check.Levels {
	levels := check.Levels{}
	maps.Copy(levels, base)
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		level, ok := check.LevelByName(sent[name])
		switch {
		case !check.IsName(name):
			s.logError("the setting kconfig.checks: " + check.UnknownName(name))
		case !ok:
			s.logError("the setting kconfig.checks." + name + " is not off, on, error, warning, information or hint, and is not used")
		default:
			levels[name] = level
		}
	}
	return levels
}
