package lsp

import (
	"context"
	"encoding/json"
	"maps"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

// clientSettings are the settings a client can send, below the key "kconfig".
type clientSettings struct {
	// Arch is the architecture of the default view.
	Arch string `json:"arch"`
	// Dialect overrides what is found out about a tree.
	Dialect string `json:"dialect"`
	// Environment are variables as the build would export them.
	Environment map[string]string `json:"environment"`
}

// applySettings takes over settings that a client sent, with or without the key
// "kconfig" around them. Settings of a wrong type are reported and left out.
func (s *server) applySettings(raw json.RawMessage) {
	var outer struct {
		Kconfig json.RawMessage `json:"kconfig"`
	}
	if json.Unmarshal(raw, &outer) == nil && len(outer.Kconfig) > 0 {
		raw = outer.Kconfig
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return // not an object: a client without settings sends null or []
	}
	var sent clientSettings
	for name, target := range map[string]any{"arch": &sent.Arch, "dialect": &sent.Dialect, "environment": &sent.Environment} {
		if value, ok := fields[name]; ok {
			if err := json.Unmarshal(value, target); err != nil {
				s.logError("the setting kconfig." + name + " has the wrong type and is not used: " + err.Error())
			}
		}
	}
	settings := s.options.Settings
	if sent.Arch != "" {
		settings.Arch = sent.Arch
	}
	if sent.Dialect != "" {
		settings.Dialect = sent.Dialect
	}
	if len(sent.Environment) > 0 {
		merged := maps.Clone(settings.Environment)
		if merged == nil {
			merged = map[string]string{}
		}
		maps.Copy(merged, sent.Environment)
		settings.Environment = merged
	}
	s.workspace.SetSettings(settings)
}

func (s *server) didChangeConfiguration(_ context.Context, n session.Notifier, p *protocol.DidChangeConfigurationParams) error {
	if s.caps.Configuration {
		// The notification is only a call to come and ask.
		n.Go(s.pullSettings)
		return nil
	}
	s.applySettings(p.Settings)
	s.treesChanged()
	return nil
}

// pullSettings asks the client for its settings.
func (s *server) pullSettings(ctx context.Context, client session.Client) {
	if !s.caps.Configuration {
		return
	}
	var answers []json.RawMessage
	err := client.Call(ctx, protocol.MethodConfiguration, protocol.ConfigurationParams{
		Items: []protocol.ConfigurationItem{{Section: "kconfig"}},
	}, &answers)
	if err != nil || len(answers) == 0 || string(answers[0]) == "null" {
		return
	}
	s.applySettings(answers[0])
	s.treesChanged()
}
