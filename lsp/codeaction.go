package lsp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// The kinds of code actions that are ours alone.
const (
	fixAllKind      protocol.CodeActionKind = protocol.SourceFixAll + ".kconfig"
	sortSelectsKind protocol.CodeActionKind = protocol.Source + ".sortSelects.kconfig"
)

// codeActionKinds are those that there can be.
func codeActionKinds() []protocol.CodeActionKind {
	return []protocol.CodeActionKind{
		protocol.QuickFix, protocol.RefactorExtract, protocol.RefactorRewrite, fixAllKind, sortSelectsKind,
	}
}

// codeAction offers what can be done in a range: the fixes of its diagnostics, then
// refactorings, and what is done to a whole file if the client asks for that by kind. The
// edits come along, but for those that a look at the whole tree has to allow, if the
// client can wait for them; see codeActionResolve.
func (s *server) codeAction(ctx context.Context, snap *analysis.Snapshot, p *protocol.CodeActionParams) (protocol.List[protocol.CodeAction], error) {
	if !s.caps.CodeActionLiterals {
		return nil, nil
	}
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	a := actionCollector{document: d, params: p, start: d.offset(p.Range.Start), end: d.offset(p.Range.End)}
	if a.wants(protocol.QuickFix) || a.wantsSource(fixAllKind) {
		a.found = analysis.Diagnose(d.Snapshot, d.path, false)
	}
	if a.wants(protocol.QuickFix) {
		a.fixes()
	}
	a.refactorings()
	if a.wants(protocol.QuickFix) {
		a.ignores()
	}
	if a.wantsSource(fixAllKind) {
		a.fixAll(fixAllKind, "", "Fix all findings in this file that can be fixed without a change of meaning")
	}
	return append(a.actions, s.enableActions(d, p)...), nil
}

// actionCollector collects the actions of a range.
type actionCollector struct {
	document
	params     *protocol.CodeActionParams
	start, end int                   // bytes
	found      []analysis.Diagnostic // in the whole document
	actions    []protocol.CodeAction
}

// wants reports whether actions of a kind are among those that the client asks for.
func (a *actionCollector) wants(kind protocol.CodeActionKind) bool {
	return wantsKind(a.params.Context.Only, kind)
}

// wantsKind reports whether actions of a kind are among those that a client asks for,
// which are all if it names none, and else those of a kind and of kinds below it.
func wantsKind(only []protocol.CodeActionKind, kind protocol.CodeActionKind) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(wanted protocol.CodeActionKind) bool {
		return wanted == "" || wanted == kind || strings.HasPrefix(string(kind), string(wanted)+".")
	})
}

// wantsSource reports whether the client asks for actions on whole files: they have
// nothing to do with the range, so not every client should list them everywhere.
func (a *actionCollector) wantsSource(kind protocol.CodeActionKind) bool {
	return len(a.params.Context.Only) > 0 && a.wants(kind)
}

// inRange returns the diagnostics that lie in the range or touch it.
func (a *actionCollector) inRange() []analysis.Diagnostic {
	var all []analysis.Diagnostic
	for _, d := range a.found {
		if d.Path == a.path && d.End >= a.start && d.Start <= a.end {
			all = append(all, d)
		}
	}
	return all
}

// fixes offers the fixes of the diagnostics in the range, and those of all findings of
// the same rules in the file.
func (a *actionCollector) fixes() {
	var codes []string
	for _, d := range a.inRange() {
		if d.Fix == nil {
			continue
		}
		a.actions = append(a.actions, protocol.CodeAction{
			Title: d.Fix.Title, Kind: protocol.QuickFix,
			Diagnostics: a.convertDiagnostics([]analysis.Diagnostic{d}),
			IsPreferred: a.server.caps.CodeActionIsPreferred,
			Edit:        a.changeEdit(changeOf(d.Fix.Title, d.Fix.Edits, d.Fix.KeepsMeaning)),
		})
		if !slices.Contains(codes, d.Code) {
			codes = append(codes, d.Code)
		}
	}
	for _, code := range codes {
		a.fixAll(protocol.QuickFix, code, "")
	}
}

// fixAll offers the fixes of all findings of a rule in the file, or with an empty code
// those of all rules that keep the meaning. Of a rule it has to be more than one.
func (a *actionCollector) fixAll(kind protocol.CodeActionKind, code, title string) {
	fixed := analysis.FixAllIn(a.found, a.path, code)
	n := len(fixed.Mended)
	if n == 0 || code != "" && n < 2 {
		return
	}
	if code != "" {
		title = fmt.Sprintf("Fix all %d %s findings in this file", n, code)
		if fixed.Waiting > 0 {
			title = fmt.Sprintf("Fix %d of %d %s findings in this file", n, n+fixed.Waiting, code)
		}
	}
	c := change{files: fixed.Files, groups: fixed.Codes, annotations: map[string]protocol.ChangeAnnotation{}}
	for _, d := range fixed.Mended {
		note := c.annotations[d.Code]
		note.Label, note.Description = d.Code, d.Fix.Title
		note.NeedsConfirmation = note.NeedsConfirmation || !d.Fix.KeepsMeaning
		c.annotations[d.Code] = note
	}
	action := protocol.CodeAction{Title: title, Kind: kind, Edit: a.changeEdit(c)}
	if kind == protocol.QuickFix {
		action.Diagnostics = a.convertDiagnostics(fixed.Mended)
	}
	a.actions = append(a.actions, action)
}

// ignores offers comments that have the diagnostics of the range no longer shown.
func (a *actionCollector) ignores() {
	var codes []string
	for _, d := range a.inRange() {
		if slices.Contains(codes, d.Code) {
			continue
		}
		codes = append(codes, d.Code)
		fix, ok := analysis.IgnoreFix(a.Snapshot, d)
		if !ok {
			continue
		}
		a.actions = append(a.actions, protocol.CodeAction{
			Title: fix.Title, Kind: protocol.QuickFix,
			Diagnostics: a.convertDiagnostics([]analysis.Diagnostic{d}),
			Edit:        a.changeEdit(changeOf(fix.Title, fix.Edits, true)),
		})
	}
}
