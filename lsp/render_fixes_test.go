package lsp

import (
	"maps"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// codeActions asks for code actions: of RANGE, then all or those of a KIND, and
// "automatic" if nobody asked.
func (s *scriptRun) codeActions(rest string) (actions []protocol.CodeAction, ok bool) {
	fields := strings.Fields(rest)
	first, last, ok := strings.Cut(fields[0], "..")
	if !ok {
		last = first
	}
	from, to := s.at(first), s.at(last)
	params := protocol.CodeActionParams{TextDocument: from.TextDocument, Range: protocol.Range{Start: from.Position, End: to.Position}}
	for _, field := range fields[1:] {
		if field == "automatic" {
			params.Context.TriggerKind = protocol.CodeActionAutomatic
		} else {
			params.Context.Only = append(params.Context.Only, protocol.CodeActionKind(field))
		}
	}
	return actions, s.ask(protocol.MethodCodeAction, params, &actions)
}

// fixesStep shows code actions and their edits.
func fixesStep(s *scriptRun, rest string) {
	actions, ok := s.codeActions(rest)
	if ok && len(actions) == 0 {
		s.printf("nothing")
	}
	for _, a := range actions {
		s.showAction(a)
	}
}

// resolveActionStep resolves the action with a title: RANGE TITLE.
func resolveActionStep(s *scriptRun, rest string) {
	marks, title, _ := strings.Cut(rest, " ")
	actions, ok := s.codeActions(marks)
	if !ok {
		return
	}
	s.resolveAction(actions, title)
}

// staleActionStep does so after an edit that the server hears of in between: RANGE
// EDITED-RANGE TITLE.
func staleActionStep(s *scriptRun, rest string) {
	fields := strings.SplitN(rest, " ", 3)
	actions, ok := s.codeActions(fields[0])
	if !ok {
		return
	}
	s.change(edit{fields[1], "x"})
	s.resolveAction(actions, fields[2])
}

func (s *scriptRun) resolveAction(actions []protocol.CodeAction, title string) {
	i := slices.IndexFunc(actions, func(a protocol.CodeAction) bool { return a.Title == title })
	if i < 0 {
		s.t.Fatalf("no action %q", title)
	}
	var resolved protocol.CodeAction
	if s.ask(protocol.MethodCodeActionResolve, actions[i], &resolved) {
		s.showAction(resolved)
	}
}

func (s *scriptRun) showAction(a protocol.CodeAction) {
	notes := string(a.Kind)
	if a.IsPreferred {
		notes += ", preferred"
	}
	if a.Edit == nil && a.Disabled == nil {
		notes += ", to be resolved"
	}
	var codes []string
	for _, d := range a.Diagnostics {
		codes = append(codes, d.Code)
	}
	about := ""
	if len(codes) > 0 {
		about = " for " + strings.Join(codes, ", ")
	}
	s.printf("%s (%s)%s", a.Title, notes, about)
	if a.Disabled != nil {
		s.printf("  disabled: %s", a.Disabled.Reason)
	}
	if a.Edit == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(a.Edit.ChangeAnnotations)) {
		note := a.Edit.ChangeAnnotations[name]
		confirm := ""
		if note.NeedsConfirmation {
			confirm = ", to be confirmed"
		}
		s.printf("  [%s] %q %q%s", name, note.Label, note.Description, confirm)
	}
	for uri, edits := range a.Edit.Changes {
		for _, e := range edits {
			s.printf("  %s to %q", s.location(uri, e.Range), e.NewText)
		}
	}
	for _, change := range a.Edit.DocumentChanges {
		if change.Create != nil {
			s.printf("  create %s%s", s.name(change.Create.URI), inGroup(change.Create.AnnotationID))
			continue
		}
		for _, e := range change.Edit.Edits {
			if version := change.Edit.TextDocument.Version; version != nil {
				s.printf("  %s (version %d) to %q%s", s.location(change.Edit.TextDocument.URI, e.Range), *version, e.NewText, inGroup(e.AnnotationID))
			} else {
				s.printf("  %s to %q%s", s.name(change.Edit.TextDocument.URI), e.NewText, inGroup(e.AnnotationID))
			}
		}
	}
}

func inGroup(annotation string) string {
	if annotation == "" {
		return ""
	}
	return " [" + annotation + "]"
}
