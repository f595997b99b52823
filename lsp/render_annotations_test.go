package lsp

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// The steps of scripts about hints, lenses and the call hierarchy.

func hintsStep(s *scriptRun, what string) {
	uri, r := s.uri(what), protocol.Range{}
	if b := s.buffers[uri]; b != nil {
		r.End = position(b.text, len(b.text), s.encoding)
	} else {
		marked, b, start, end := s.between(what)
		uri, r = marked, protocol.Range{Start: position(b.text, start, s.encoding), End: position(b.text, end, s.encoding)}
	}
	var hints []protocol.InlayHint
	if !s.ask(protocol.MethodInlayHint, protocol.InlayHintParams{TextDocument: protocol.TextDocumentIdentifier{URI: uri}, Range: r}, &hints) {
		return
	}
	for _, h := range hints {
		kind, first := "no", ""
		if h.Tooltip != nil {
			kind = string(h.Tooltip.Kind)
			first, _, _ = strings.Cut(h.Tooltip.Value, "\n")
		}
		s.printf("%s %q; %s tooltip: %s", s.span(uri, protocol.Range{Start: h.Position, End: h.Position}), h.Label[0].Value, kind, first)
	}
}

func lensesStep(s *scriptRun, file string) {
	var lenses []protocol.CodeLens
	if !s.ask(protocol.MethodCodeLens, s.document(file), &lenses) {
		return
	}
	for _, lens := range lenses {
		var resolved protocol.CodeLens
		if lens.Command != nil && lens.Command.Command != commandShowGate {
			s.t.Errorf("%v is resolved already", lens)
		}
		if !s.ask(protocol.MethodCodeLensResolve, lens, &resolved) {
			continue
		}
		s.printf("%s: %s (%s)", s.span(s.uri(file), lens.Range), resolved.Command.Title, resolved.Command.Command)
		if len(resolved.Command.Arguments) == 0 {
			continue
		}
		places, ok := resolved.Command.Arguments[2].([]any)
		if !ok {
			s.printf("  %v", resolved.Command.Arguments[2])
		}
		for _, place := range places {
			var location protocol.Location
			remarshal(s.t, place, &location)
			s.printf("  %s", s.location(location.URI, location.Range))
		}
	}
}

func callsStep(s *scriptRun, mark string) {
	var items []protocol.CallHierarchyItem
	if !s.ask(protocol.MethodPrepareCallHierarchy, s.at(mark), &items) {
		return
	}
	if len(items) == 0 {
		s.printf("nothing")
	}
	show := func(direction string, item protocol.CallHierarchyItem, uri protocol.DocumentURI, ranges []protocol.Range) {
		s.printf("%s %s (%s) %s", direction, item.Name, item.Detail, s.location(item.URI, item.SelectionRange))
		for _, r := range ranges {
			s.printf("  %s", s.location(uri, r))
		}
	}
	for _, item := range items {
		show("of", item, "", nil)
		params := protocol.CallHierarchyCallsParams{Item: item}
		var incoming []protocol.CallHierarchyIncomingCall
		var outgoing []protocol.CallHierarchyOutgoingCall
		s.ask(protocol.MethodIncomingCalls, params, &incoming)
		s.ask(protocol.MethodOutgoingCalls, params, &outgoing)
		for _, call := range incoming {
			show("from", call.From, call.From.URI, call.FromRanges)
		}
		for _, call := range outgoing {
			show("to", call.To, item.URI, call.FromRanges)
		}
	}
}

// remarshal decodes a value that was decoded without its type.
func remarshal(t testing.TB, from, to any) {
	t.Helper()
	raw, err := json.Marshal(from)
	if err == nil {
		err = json.Unmarshal(raw, to)
	}
	if err != nil {
		t.Fatal(err)
	}
}
