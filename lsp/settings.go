package lsp

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/toolchain"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

// settings is where a session's settings come from.
type settings struct {
	// base is what holds where the client's configuration says nothing: the
	// command line and the options of initialize.
	base analysis.Settings
	// pulling is held from asking the client until its answer has taken
	// effect, so that an older answer never replaces a newer one.
	pulling sync.Mutex
}

// clientSettings are the settings a client can send, below the key "kconfig".
type clientSettings struct {
	// Arch is the architecture of the default view.
	Arch string `json:"arch"`
	// Dialect overrides what is found out about a tree.
	Dialect string `json:"dialect"`
	// Environment are variables as the build would export them.
	Environment map[string]string `json:"environment"`
	// Gates are symbols that stand for a language besides those that are found.
	Gates []string `json:"gates"`
	// Checks are levels of checks and families.
	Checks map[string]string `json:"checks"`
	// Trust is how far tools may be asked: none, probe or shell. In the options
	// of initialize it is what the user allows; anywhere else, where a workspace
	// may have a say, it can only forbid.
	Trust string `json:"trust"`
	// Tools are variables that name tools, such as CC, LLVM and CROSS_COMPILE.
	// They count in the options of initialize only.
	Tools map[string]string `json:"tools"`

	trust toolchain.Trust
}

// annotationSettings are the settings that choose what is shown between the
// lines, by section and name. All are true by default.
var annotationSettings = map[string]map[string]analysis.Annotations{
	"inlayHints": {
		"values": analysis.HintValues, "blockEnds": analysis.HintBlockEnds, "macros": analysis.HintMacros, "gates": analysis.HintGates,
	},
	"codeLens": {
		"references": analysis.LensReferences, "selectedBy": analysis.LensSelectedBy, "value": analysis.LensValue, "gates": analysis.LensGates,
	},
}

// decodeSettings returns base changed by settings that a client sent, with or
// without the key "kconfig" around them. Settings of a wrong type are reported
// and left out.
func (s *server) decodeSettings(base analysis.Settings, raw json.RawMessage) analysis.Settings {
	fields := settingsFields(raw)
	decode := func(name string, target any) bool { return s.decodeSetting(fields, "", name, target) }
	var sent clientSettings
	if decode("arch", &sent.Arch) && sent.Arch != "" {
		base.Arch = sent.Arch
	}
	if decode("dialect", &sent.Dialect) && sent.Dialect != "" {
		base.Dialect = sent.Dialect
	}
	if decode("environment", &sent.Environment) && len(sent.Environment) > 0 {
		merged := maps.Clone(base.Environment)
		if merged == nil {
			merged = map[string]string{}
		}
		maps.Copy(merged, sent.Environment)
		base.Environment = merged
	}
	if decode("gates", &sent.Gates) {
		base.Gates = sent.Gates
	}
	if decode("checks", &sent.Checks) {
		base.Checks = s.decodeChecks(base.Checks, sent.Checks)
	}
	for _, section := range slices.Sorted(maps.Keys(annotationSettings)) {
		annotations := annotationSettings[section]
		var members map[string]json.RawMessage
		if !decode(section, &members) {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(annotations)) {
			annotation := annotations[name]
			shown := base.Hidden&annotation == 0
			s.decodeSetting(members, section+".", name, &shown)
			if base.Hidden &^= annotation; !shown {
				base.Hidden |= annotation
			}
		}
	}
	return base
}

// settingsFields returns the settings that a client sent, with or without the
// key "kconfig" around them, nil for what is no object: a client without
// settings sends null or [].
func settingsFields(raw json.RawMessage) map[string]json.RawMessage {
	var outer struct {
		Kconfig json.RawMessage `json:"kconfig"`
	}
	if json.Unmarshal(raw, &outer) == nil && len(outer.Kconfig) > 0 {
		raw = outer.Kconfig
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return nil
	}
	return fields
}

// decodeSetting decodes one of the settings of a section, and reports whether
// it is there. One of a wrong type is reported and left out.
func (s *server) decodeSetting(fields map[string]json.RawMessage, section, name string, target any) bool {
	value, ok := fields[name]
	if !ok {
		return false
	}
	if err := json.Unmarshal(value, target); err != nil {
		s.logError("the setting kconfig." + section + name + " has the wrong type and is not used: " + err.Error())
		return false
	}
	return true
}

// decodeTrust returns what a client sent about tools, and whether it says how
// far they may be asked. What is no level of trust is none.
func (s *server) decodeTrust(raw json.RawMessage) (sent clientSettings, given bool) {
	fields := settingsFields(raw)
	s.decodeSetting(fields, "", "tools", &sent.Tools)
	var level any
	if !s.decodeSetting(fields, "", "trust", &level) || level == nil || level == "" {
		return sent, false
	}
	sent.Trust, _ = level.(string)
	var err error
	if sent.trust, err = toolchain.ParseTrust(sent.Trust); err != nil {
		s.logError("the setting kconfig.trust is not none, probe or shell: nothing is run")
	}
	return sent, true
}

// applySettings takes over what the client's configuration says now.
func (s *server) applySettings(raw json.RawMessage) {
	sent, given := s.decodeTrust(raw)
	s.toolchains.limit(sent.trust, given)
	s.workspace.SetSettings(s.decodeSettings(s.settings.base, raw))
	s.treesChanged()
}

func (s *server) didChangeConfiguration(_ context.Context, n session.Notifier, p *protocol.DidChangeConfigurationParams) error {
	if s.caps.Configuration {
		// The notification is only a call to come and ask.
		n.Go(s.pullSettings)
		return nil
	}
	s.applySettings(p.Settings)
	return nil
}

// pullSettings asks the client for its settings.
func (s *server) pullSettings(ctx context.Context, client session.Client) {
	if !s.caps.Configuration {
		return
	}
	s.settings.pulling.Lock()
	defer s.settings.pulling.Unlock()
	var answers []json.RawMessage
	err := client.Call(ctx, protocol.MethodConfiguration, protocol.ConfigurationParams{
		Items: []protocol.ConfigurationItem{{Section: "kconfig"}},
	}, &answers)
	if err != nil || len(answers) == 0 {
		return // a client that does not answer keeps what it has
	}
	s.applySettings(answers[0])
}
