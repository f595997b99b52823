package lsp

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// enableStep shows the ways to values of symbols.
func enableStep(s *scriptRun, rest string) {
	var wanted []wantedValue
	for field := range strings.FieldsSeq(rest) {
		name, value, _ := strings.Cut(field, "=")
		wanted = append(wanted, wantedValue{name, value})
	}
	var result struct {
		enableResult
		Alternatives []struct {
			alternative
			Edit json.RawMessage `json:"edit"`
		} `json:"alternatives"`
	}
	if !s.ask(methodEnable, map[string]any{"wanted": wanted}, &result) {
		return
	}
	s.printf("version %d of %s: %s", result.Version, s.name(result.Root), result.Verdict)
	for _, a := range result.Alternatives {
		s.printf("%s", a.Title)
		for _, c := range a.Changes {
			s.printf("  %s: %s to %s, %q at %s", c.Symbol, c.From, c.To, c.Prompt, s.location(c.Place.URI, c.Place.Range))
		}
		for _, x := range a.Effects {
			s.printf("  %s: %s to %s, %s", x.Symbol, *x.Old.Value, *x.New.Value, x.Reason)
		}
		for _, c := range a.Conditions {
			s.reason(c, "  ")
		}
		if len(a.Unknown) > 0 {
			s.printf("  unknown %q", a.Unknown)
		}
		for line := range strings.Lines(a.Diff) {
			s.printf("  %s", strings.TrimSuffix(line, "\n"))
		}
		s.printf("  %s", a.Edit)
	}
	for _, r := range slices.Concat(result.Reasons, result.Answers) {
		s.reason(r, "")
	}
}

// enablingStep shows the code action that enables a symbol, and what comes of it: the
// edit of the resolved action, or the one that the command has the client apply.
func enablingStep(s *scriptRun, mark string) {
	at := s.at(mark)
	params := protocol.CodeActionParams{TextDocument: at.TextDocument, Range: protocol.Range{Start: at.Position, End: at.Position}}
	var actions []json.RawMessage
	if !s.ask(protocol.MethodCodeAction, params, &actions) {
		return
	}
	found := false
	for _, raw := range actions {
		var action struct {
			Title   string
			Kind    string
			Edit    json.RawMessage
			Command *struct {
				Command   string
				Arguments []json.RawMessage
			}
		}
		if err := json.Unmarshal(raw, &action); err != nil {
			s.t.Fatal(err)
		}
		if !strings.HasPrefix(action.Title, "Enable ") {
			continue
		}
		found = true
		s.printf("%s (%s)", action.Title, action.Kind)
		if action.Edit != nil {
			s.t.Error("it comes with an edit")
		}
		if action.Command == nil {
			if s.ask(protocol.MethodCodeActionResolve, raw, &action) {
				s.printf("  %s", action.Edit)
			}
			continue
		}
		var result json.RawMessage
		if s.ask(protocol.MethodExecuteCommand, action.Command, &result) {
			s.mu.Lock()
			for _, edit := range s.applied {
				s.printf("  applied %s", edit)
			}
			s.applied = nil
			s.mu.Unlock()
		}
	}
	if !found {
		s.printf("nothing")
	}
}
