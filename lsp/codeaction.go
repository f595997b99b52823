package lsp

import (
	"context"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// codeAction offers the fixes of the diagnostics in a range, which come whole, and to
// enable the symbol there.
func (s *server) codeAction(ctx context.Context, snap *analysis.Snapshot, p *protocol.CodeActionParams) (protocol.List[protocol.CodeAction], error) {
	if !s.caps.CodeActionLiterals {
		return nil, nil
	}
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	var actions []protocol.CodeAction
	if !wantsKind(p.Context.Only, protocol.QuickFix) {
		return s.enableActions(d, p), nil
	}
	for _, found := range analysis.Fixes(d.Snapshot, d.path, d.offset(p.Range.Start), d.offset(p.Range.End)) {
		actions = append(actions, protocol.CodeAction{
			Title: found.Fix.Title, Kind: protocol.QuickFix,
			Diagnostics: d.convertDiagnostics([]analysis.Diagnostic{found}),
			IsPreferred: s.caps.CodeActionIsPreferred,
			Edit:        d.workspaceEdit(found.Fix.Edits),
		})
	}
	return append(actions, s.enableActions(d, p)...), nil
}

// wantsKind reports whether a kind is among those of the actions that a client wants,
// which are all if it names none.
func wantsKind(only []protocol.CodeActionKind, kind protocol.CodeActionKind) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(wanted protocol.CodeActionKind) bool {
		return wanted == "" || wanted == kind || strings.HasPrefix(string(kind), string(wanted)+".")
	})
}
