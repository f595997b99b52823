package lsp

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// The steps of scripts about configurations. FILE, where there is one, is the
// configuration file; changes are NAME=VALUE, or NAME! to unset.

// menuStep shows a part of the menu: all of it, what is below the entry with a
// prompt, or all of the tree that a file belongs to (in FILE).
func menuStep(s *scriptRun, rest string) {
	prompt, depth := rest, 9
	if p, d, ok := strings.Cut(rest, " depth "); ok {
		prompt = p
		fmt.Sscan(d, &depth)
	}
	params := map[string]any{"depth": depth}
	if file, ok := strings.CutPrefix(rest, "in "); ok {
		params["textDocument"] = protocol.TextDocumentIdentifier{URI: s.uri(file)}
	} else if prompt != "" {
		var all menuResult
		if !s.ask(methodMenu, map[string]any{"depth": 9}, &all) {
			return
		}
		params["node"] = nodeWith(all.Node, prompt)
	}
	var result menuResult
	if s.ask(methodMenu, params, &result) {
		s.printf("version %d of %s, %s, %s %t", result.Version, s.name(result.Root), result.Arch, s.name(result.Config.URI), result.Config.Exists)
		s.menuItem(result.Node, "")
	}
}

// nodeWith finds an entry by its prompt or symbol.
func nodeWith(item menuItem, prompt string) string {
	if item.Prompt != nil && *item.Prompt == prompt || item.Symbol == prompt {
		return item.ID
	}
	for _, child := range item.Children {
		if id := nodeWith(child, prompt); id != "" {
			return id
		}
	}
	return ""
}

func (s *scriptRun) menuItem(item menuItem, indent string) {
	place := item.Place
	item.Place = nil
	children := item.Children
	item.Children = nil
	if item.ID == "" {
		s.t.Errorf("no id: %+v", item)
	}
	item.ID = ""
	raw, err := json.Marshal(item)
	if err != nil {
		s.t.Fatal(err)
	}
	line := strings.Replace(string(raw), `"id":"",`, "", 1)
	if place != nil {
		line += " at " + s.location(place.URI, place.Range)
	}
	s.printf("%s%s", indent, line)
	for _, child := range children {
		s.menuItem(child, indent+"  ")
	}
}

// configParams reads the rest of a set or save step.
func (s *scriptRun) configParams(rest string) map[string]any {
	changes := []any{}
	params := map[string]any{}
	for field := range strings.FieldsSeq(rest) {
		name, value, isSet := strings.Cut(field, "=")
		unset, isUnset := strings.CutSuffix(field, "!")
		switch {
		case isSet:
			changes = append(changes, map[string]any{"symbol": name, "value": value})
		case isUnset:
			changes = append(changes, map[string]any{"symbol": unset, "value": nil})
		default:
			params["config"] = s.uri(field)
		}
	}
	params["changes"] = changes
	return params
}

func setStep(s *scriptRun, rest string) {
	var result setResult
	if !s.ask(methodSet, s.configParams(rest), &result) {
		return
	}
	for _, e := range result.Effects {
		raw, err := json.Marshal(e)
		if err != nil {
			s.t.Fatal(err)
		}
		s.printf("%s", raw)
	}
	s.showIneffective(result.Ineffective, result.Unknown)
	for line := range strings.Lines(result.Diff) {
		s.printf("%s", strings.TrimSuffix(line, "\n"))
	}
}

func (s *scriptRun) showIneffective(all []ineffective, unknown []string) {
	for _, i := range all {
		s.printf("change %d of %s: %s: %s", i.Index, i.Symbol, i.Reason, i.Text)
	}
	if len(unknown) > 0 {
		s.printf("not known: %s", strings.Join(unknown, " "))
	}
}

// saveStep shows the edit, carries it out and shows the text.
func saveStep(s *scriptRun, rest string) {
	var result struct {
		saveResult
		Edit *struct {
			Changes         map[protocol.DocumentURI][]protocol.TextEdit
			DocumentChanges []protocol.DocumentChange
		} `json:"edit"`
	}
	if !s.ask(methodSave, s.configParams(rest), &result) {
		return
	}
	s.showIneffective(result.Ineffective, result.Unknown)
	if result.Edit == nil {
		s.printf("no edit")
		return
	}
	uri := result.Config.URI
	text, exists := s.text(uri)
	if exists != result.Config.Exists {
		s.t.Errorf("exists: %t, told %t", exists, result.Config.Exists)
	}
	edits := result.Edit.Changes[uri]
	for _, change := range result.Edit.DocumentChanges {
		if change.Create != nil {
			s.printf("create %s", s.name(change.Create.URI))
			continue
		}
		if v := change.Edit.TextDocument.Version; v != nil {
			s.printf("version %d", *v)
		}
		edits = change.Edit.Edits
	}
	for i := len(edits) - 1; i >= 0; i-- {
		start, ok := offset(text, edits[i].Range.Start, s.encoding)
		end, ok2 := offset(text, edits[i].Range.End, s.encoding)
		if !ok || !ok2 {
			s.t.Errorf("the range %v is not in the text", edits[i].Range)
			return
		}
		if exists {
			s.printf("%s to %q", s.span(uri, edits[i].Range), edits[i].NewText)
		}
		text = text[:start] + edits[i].NewText + text[end:]
	}
	for line := range strings.Lines(text) {
		s.printf("| %s", strings.TrimSuffix(line, "\n"))
	}
}

// whyStep asks why a symbol has its value, with "origin" where it comes from.
func whyStep(s *scriptRun, rest string) {
	params := map[string]any{}
	for field := range strings.FieldsSeq(rest) {
		switch name, file, _ := strings.Cut(field, "="); {
		case field == "origin":
			params["origin"] = true
		case name == "config":
			params["config"] = s.uri(file)
		default:
			params["symbol"] = field
		}
	}
	var result whyResult
	if !s.ask(methodWhy, params, &result) {
		return
	}
	raw, err := json.Marshal(result.Symbol)
	if err != nil {
		s.t.Fatal(err)
	}
	s.printf("%s", strings.ReplaceAll(string(raw), string(result.Root), ""))
	s.reason(result.Reason, "")
}

// rustStep asks for the report on gates.
func rustStep(s *scriptRun, rest string) {
	params := map[string]any{}
	if file, ok := strings.CutPrefix(rest, "config="); ok {
		params["config"] = s.uri(file)
	}
	if rest == "brief" {
		params["brief"] = true
	}
	var result rustResult
	if !s.ask(methodRust, params, &result) {
		return
	}
	s.printf("version %d of %s, %s, config %s exists %t", result.Version, s.name(result.Root), result.View.Arch, s.name(result.Config.URI), result.Config.Exists)
	for _, g := range result.Gates {
		s.printf("gate %s %s=%s at %s:%d; %s%s", g.Title, g.Symbol, g.Value, g.File, g.Line, g.Hint, g.Write)
		for _, c := range g.Conditions {
			s.printf("  %s %s at %s:%d: %s | %s", c.State, c.Text, c.File, c.Line, c.Reason, c.Fix)
		}
	}
	for _, g := range result.Gated {
		s.printf("%s %s %q at %s:%d on %s: %s", g.Kind, g.Symbol, g.Prompt, g.File, g.Line, g.Gate, g.State)
		for _, link := range g.Chain {
			s.printf("  %s at %s:%d: %s", link.Symbol, link.File, link.Line, link.Text)
		}
	}
	for _, x := range result.Excluded {
		s.printf("excluded %s by %s: %s", x.Symbol, x.Gate, x.When)
	}
}

func (s *scriptRun) reason(r reason, indent string) {
	line := r.Kind + ": " + r.Text
	if r.Place != nil {
		line += " at " + s.location(r.Place.URI, r.Place.Range)
	}
	if r.ConfigLine != nil {
		line += fmt.Sprintf(" (configuration line %d)", *r.ConfigLine)
	}
	s.printf("%s%s", indent, line)
	for _, cause := range r.Causes {
		s.reason(cause, indent+"  ")
	}
}
