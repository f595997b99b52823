package lsp

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// fixesStep asks for code actions, all or those of a kind, and shows their edits.
func fixesStep(s *scriptRun, rest string) {
	marks, kind, _ := strings.Cut(rest, " ")
	first, last, ok := strings.Cut(marks, "..")
	if !ok {
		last = first
	}
	from, to := s.at(first), s.at(last)
	params := protocol.CodeActionParams{TextDocument: from.TextDocument, Range: protocol.Range{Start: from.Position, End: to.Position}}
	if kind != "" {
		params.Context.Only = []protocol.CodeActionKind{protocol.CodeActionKind(kind)}
	}
	var actions []struct {
		Title       string
		Kind        string
		IsPreferred bool
		Diagnostics []protocol.Diagnostic
		Edit        struct {
			Changes         map[protocol.DocumentURI][]protocol.TextEdit
			DocumentChanges []protocol.TextDocumentEdit
		}
	}
	if !s.ask(protocol.MethodCodeAction, params, &actions) {
		return
	}
	if len(actions) == 0 {
		s.printf("nothing")
	}
	for _, a := range actions {
		preferred := ""
		if a.IsPreferred {
			preferred = ", preferred"
		}
		s.printf("%s (%s%s) for %s", a.Title, a.Kind, preferred, a.Diagnostics[0].Code)
		for uri, edits := range a.Edit.Changes {
			for _, e := range edits {
				s.printf("  %s to %q", s.location(uri, e.Range), e.NewText)
			}
		}
		for _, change := range a.Edit.DocumentChanges {
			for _, e := range change.Edits {
				s.printf("  %s (version %d) to %q", s.location(change.TextDocument.URI, e.Range), *change.TextDocument.Version, e.NewText)
			}
		}
	}
}
