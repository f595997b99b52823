package lsp

import (
	"context"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// codeAction offers the fixes of the diagnostics in a range. They come whole: there is
// nothing to resolve.
func (s *server) codeAction(ctx context.Context, snap *analysis.Snapshot, p *protocol.CodeActionParams) (protocol.List[protocol.CodeAction], error) {
	if !s.caps.CodeActionLiterals || !wantsQuickFixes(p.Context.Only) {
		return nil, nil
	}
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	var actions []protocol.CodeAction
	for _, found := range analysis.Fixes(d.Snapshot, d.path, d.offset(p.Range.Start), d.offset(p.Range.End)) {
		actions = append(actions, protocol.CodeAction{
			Title: found.Fix.Title, Kind: protocol.QuickFix,
			Diagnostics: d.convertDiagnostics([]analysis.Diagnostic{found}),
			IsPreferred: s.caps.CodeActionIsPreferred,
			Edit:        d.workspaceEdit(found.Fix.Edits),
		})
	}
	return actions, nil
}

// wantsQuickFixes reports whether quick fixes are among the kinds of actions that a
// client wants, which are all if it names none.
func wantsQuickFixes(only []protocol.CodeActionKind) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(kind protocol.CodeActionKind) bool {
		return kind == "" || kind == protocol.QuickFix || strings.HasPrefix(string(protocol.QuickFix), string(kind)+".")
	})
}
