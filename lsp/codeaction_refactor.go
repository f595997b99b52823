package lsp

import (
	"context"
	"encoding/json"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// actionData is what a code action carries to its resolving.
type actionData struct {
	URI     protocol.DocumentURI `json:"uri"`
	Version *int32               `json:"version,omitempty"`
	Range   protocol.Range       `json:"range"`
	ID      string               `json:"id"`
}

// refactoringKind returns the kind that an editor knows a refactoring by.
func refactoringKind(k analysis.RefactoringKind) protocol.CodeActionKind {
	switch k {
	case analysis.Extract:
		return protocol.RefactorExtract
	case analysis.Mend:
		return protocol.QuickFix
	case analysis.SortSelects:
		return sortSelectsKind
	}
	return protocol.RefactorRewrite
}

// refactorings offers what can be done in the range without anything being wrong.
func (a *actionCollector) refactorings() {
	kinds := codeActionKinds()
	wanted := false
	for _, kind := range kinds[:3] {
		wanted = wanted || a.wants(kind)
	}
	if !wanted && !a.wantsSource(sortSelectsKind) {
		return
	}
	for _, r := range analysis.Refactorings(a.Snapshot, a.path, a.start, a.end) {
		kind := refactoringKind(r.Kind)
		if !a.wants(kind) || kind == sortSelectsKind && !a.wantsSource(kind) {
			continue
		}
		action := protocol.CodeAction{Title: r.Title, Kind: kind}
		if r.Code != "" {
			for _, d := range a.inRange() {
				if d.Code == r.Code {
					action.Diagnostics = append(action.Diagnostics, a.convertDiagnostics([]analysis.Diagnostic{d})...)
				}
			}
		}
		if a.completed(&action, r) {
			a.actions = append(a.actions, action)
		}
	}
}

// completed gives an action its edit, what it is resolved with, or the reason why it
// cannot be done. It reports whether there is anything to show to this client.
func (a *actionCollector) completed(action *protocol.CodeAction, r analysis.Refactoring) bool {
	caps := &a.server.caps
	automatic := a.params.Context.TriggerKind == protocol.CodeActionAutomatic
	if r.Refused == "" && len(r.New) > 0 && !(caps.DocumentChanges && caps.CreateFiles) {
		r.Refused = "the editor cannot create files for a code action"
	}
	if r.Refused == "" && r.Unverified {
		if caps.CodeActionResolveEdit && caps.CodeActionData {
			action.Data = protocol.RawData(actionData{a.params.TextDocument.URI, a.version(), a.params.Range, r.ID})
			return true
		}
		if automatic {
			return false // nobody asked, and it takes a while
		}
		var err error
		if r, err = analysis.Verify(r); err != nil {
			r.Refused = err.Error()
		} else if r.Effect != "" {
			action.Title += ", though " + r.Effect
		}
	}
	if r.Refused != "" {
		action.Disabled = &protocol.CodeActionDisabled{Reason: r.Refused}
		return caps.CodeActionDisabled && !automatic
	}
	action.Edit = a.refactoringEdit(r)
	return true
}

// version returns the version of the document, nil if it is not open.
func (d document) version() *int32 {
	if open := d.Document(d.path); open != nil {
		version := open.Version
		return &version
	}
	return nil
}

// refactoringEdit returns the edit of a refactoring that may be made.
func (d document) refactoringEdit(r analysis.Refactoring) *protocol.WorkspaceEdit {
	c := changeOf(r.Title, r.Files, r.KeepsMeaning && r.Effect == "")
	c.created = r.New
	if r.Effect != "" {
		note := c.annotations[c.group]
		note.Description = r.Effect
		c.annotations[c.group] = note
	}
	return d.changeEdit(c)
}

// codeActionResolve looks at the whole tree as it would be, and gives an action its edit
// if nothing else changes. A document that is another one since is not touched.
func (s *server) codeActionResolve(ctx context.Context, snap *analysis.Snapshot, action *protocol.CodeAction) (*protocol.CodeAction, error) {
	if resolved, ours, err := s.resolveEnabling(ctx, snap, action); ours {
		return resolved, err
	}
	var data actionData
	if action.Edit != nil || len(action.Data) == 0 || json.Unmarshal(action.Data, &data) != nil {
		return action, nil
	}
	d, ok := s.document(ctx, snap, protocol.TextDocumentIdentifier{URI: data.URI})
	if !ok {
		return action, nil
	}
	if version := d.version(); version != nil && data.Version != nil && *version != *data.Version {
		return nil, protocol.Errorf(protocol.ContentModified, "the document has changed: ask for code actions again")
	}
	for _, r := range analysis.Refactorings(d.Snapshot, d.path, d.offset(data.Range.Start), d.offset(data.Range.End)) {
		if r.ID != data.ID {
			continue
		}
		r, err := analysis.Verify(r)
		if err != nil {
			return nil, protocol.Errorf(protocol.RequestFailed, "%s", err)
		}
		if r.Effect != "" && !s.annotates() {
			return nil, protocol.Errorf(protocol.RequestFailed, "%s", r.Effect)
		}
		action.Edit = d.refactoringEdit(r)
		return action, nil
	}
	return nil, protocol.Errorf(protocol.ContentModified, "this cannot be done any more: ask for code actions again")
}
