package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

// methodEnable finds the fewest changes of a configuration to what is wanted.
// docs/protocol.md describes it, and commandEnable.
const (
	methodEnable  = "kconfig/enable"
	commandEnable = "kconfig.enable"
)

// enableTime is how long changes are looked for, at most.
const enableTime = 10 * time.Second

// maxAlternatives is how many ways are looked for unless a client says otherwise.
const maxAlternatives = 3

// enableParams ask for changes of a configuration.
type enableParams struct {
	configurationParams
	Wanted []wantedValue `json:"wanted"`
	// Most is how many alternatives are looked for, absent for maxAlternatives.
	Most *int `json:"most,omitempty"`
}

// wantedValue is a value that a symbol is to have.
type wantedValue struct {
	Symbol string `json:"symbol"`
	Value  string `json:"value,omitempty"`
}

// enableResult answers kconfig/enable.
type enableResult struct {
	configurationHead
	Wanted       protocol.List[wantedValue] `json:"wanted"`
	Verdict      analysis.EnableVerdict     `json:"verdict"`
	Alternatives protocol.List[alternative] `json:"alternatives"`
	Reasons      protocol.List[reason]      `json:"reasons"`
	Answers      protocol.List[reason]      `json:"answers"`
}

// alternative is a way to what is wanted. The edit is null if nothing changes.
type alternative struct {
	Title      string                      `json:"title"`
	Changes    protocol.List[enableChange] `json:"changes"`
	Effects    protocol.List[effect]       `json:"effects"`
	Conditions protocol.List[reason]       `json:"conditions"`
	Unknown    protocol.List[string]       `json:"unknown"`
	Diff       string                      `json:"diff"`
	Edit       *protocol.WorkspaceEdit     `json:"edit"`
}

// enableChange is a symbol that the user has to set.
type enableChange struct {
	Symbol string             `json:"symbol"`
	From   string             `json:"from"`
	To     string             `json:"to"`
	Prompt string             `json:"prompt,omitempty"`
	Place  *protocol.Location `json:"place,omitempty"`
}

func (s *server) enable(ctx context.Context, snap *analysis.Snapshot, p *enableParams) (*enableResult, error) {
	if len(p.Wanted) == 0 {
		return nil, protocol.Errorf(protocol.InvalidParams, "wanted names no symbol")
	}
	settled, c, err := s.configuration(ctx, snap, p.configurationParams)
	if err != nil {
		return nil, err
	}
	most := maxAlternatives
	if p.Most != nil {
		most = max(*p.Most, 1)
	}
	e, err := s.findChanges(ctx, settled, c, p.Wanted, most)
	if err != nil {
		return nil, err
	}
	m := document{Snapshot: settled, mapper: mapper{encoding: s.caps.PositionEncoding}, server: s}.mappers()
	result := &enableResult{configurationHead: s.head(c, e.Arch, e.Path, e.Exists), Verdict: e.Verdict, Reasons: m.reasons(e.Reasons), Answers: m.reasons(e.Answers)}
	for _, w := range e.Wanted {
		result.Wanted = append(result.Wanted, wantedValue(w))
	}
	for i, found := range e.Alternatives {
		a := alternative{
			Title: found.Title, Conditions: m.reasons(found.Conditions), Unknown: found.Unknown,
			Diff: analysis.UnifiedDiff(filepath.Base(e.Path), found.Before, found.After), Edit: s.enableEdit(settled, e, i),
		}
		for _, change := range found.Changes {
			a.Changes = append(a.Changes, enableChange{change.Symbol, change.From, change.To, change.Prompt, m.place(change.Place)})
		}
		for _, x := range found.Effects {
			a.Effects = append(a.Effects, effect{x.Symbol, stateText(x.Old), stateText(x.New), x.Reason})
		}
		result.Alternatives = append(result.Alternatives, a)
	}
	return result, nil
}

func (s *server) findChanges(ctx context.Context, snap *analysis.Snapshot, c analysis.Configuration, values []wantedValue, most int) (analysis.Enabled, error) {
	ctx, cancel := context.WithTimeout(ctx, enableTime)
	defer cancel()
	wanted := make([]analysis.Wanted, len(values))
	for i, v := range values {
		wanted[i] = analysis.Wanted(v)
	}
	e, err := analysis.Enable(ctx, snap, c, wanted, most)
	if err != nil {
		return e, configurationError(err)
	}
	return e, nil
}

func (m mappers) reasons(all []*analysis.Why) protocol.List[reason] {
	var reasons protocol.List[reason]
	for _, w := range all {
		reasons = append(reasons, m.reason(w))
	}
	return reasons
}

// enableEdit returns the edit of the configuration file for an alternative, nil if
// nothing changes. What changes more than the one symbol is to be confirmed, where the
// client can ask for that.
func (s *server) enableEdit(snap *analysis.Snapshot, e analysis.Enabled, i int) *protocol.WorkspaceEdit {
	a := e.Alternatives[i]
	edit := s.configEdit(snap, analysis.Consequences{Path: e.Path, Exists: e.Exists, Before: a.Before, After: a.After})
	if edit == nil || !s.caps.DocumentChanges || !s.caps.ChangeAnnotations || !s.caps.ActionChangeAnnotations {
		return edit
	}
	annotation := protocol.ChangeAnnotation{Label: strings.ToUpper(a.Title[:1]) + a.Title[1:], NeedsConfirmation: len(a.Changes) > 1 || len(a.Effects) > 0}
	if n := len(a.Effects); n > 0 {
		annotation.Description = fmt.Sprintf("%d other values change with that", n)
	}
	edit.ChangeAnnotations = map[string]protocol.ChangeAnnotation{"enable": annotation}
	for _, change := range edit.DocumentChanges {
		if change.Edit != nil {
			for j := range change.Edit.Edits {
				change.Edit.Edits[j].AnnotationID = "enable"
			}
		}
	}
	return edit
}

// resolvesEdits reports whether a client asks for the edits of actions when the user has
// chosen one.
func resolvesEdits(caps protocol.Capabilities) bool {
	return caps.CodeActionData && caps.CodeActionResolveEdit
}

// enableActions offers to turn on the symbol at a place, if it is off. What has to change
// for it is looked for when the client resolves the action, or has its command executed.
func (s *server) enableActions(d document, p *protocol.CodeActionParams) []protocol.CodeAction {
	isLazy := resolvesEdits(s.caps)
	if !isLazy && !s.caps.ApplyEdit {
		return nil
	}
	offer, ok := analysis.EnableOfferAt(d.Snapshot, d.path, d.offset(p.Range.Start))
	if !ok {
		return nil
	}
	action := protocol.CodeAction{Title: offer.Title(), Kind: protocol.RefactorRewrite}
	if offer.IsDropped {
		action.Kind = protocol.QuickFix
	}
	if !wantsKind(p.Context.Only, action.Kind) {
		return nil
	}
	c := offer.Configuration
	data, err := json.Marshal(enableParams{
		configurationParams: configurationParams{Root: protocol.URIFromPath(c.Root.Dir), Arch: c.Arch, Config: documentURI(c.File())},
		Wanted:              []wantedValue{wantedValue(offer.Wanted)},
	})
	if err != nil {
		return nil
	}
	if isLazy {
		action.Data = data
	} else {
		action.Command = &protocol.Command{Title: action.Title, Command: commandEnable, Arguments: []any{json.RawMessage(data)}}
	}
	return []protocol.CodeAction{action}
}

// resolveEnabling looks for the changes of an action that enableActions has offered. It
// reports false for any other action.
func (s *server) resolveEnabling(ctx context.Context, snap *analysis.Snapshot, action *protocol.CodeAction) (_ *protocol.CodeAction, ours bool, _ error) {
	var p enableParams
	if len(action.Data) == 0 || json.Unmarshal(action.Data, &p) != nil || len(p.Wanted) == 0 {
		return nil, false, nil
	}
	edit, _, err := s.enablingEdit(ctx, snap, &p)
	if err != nil {
		return nil, true, err
	}
	resolved := *action
	resolved.Edit = edit
	return &resolved, true, nil
}

// enablingEdit returns the edit with the fewest changes, and what it does in few words.
func (s *server) enablingEdit(ctx context.Context, snap *analysis.Snapshot, p *enableParams) (*protocol.WorkspaceEdit, string, error) {
	settled, c, err := s.configuration(ctx, snap, p.configurationParams)
	if err != nil {
		return nil, "", err
	}
	e, err := s.findChanges(ctx, settled, c, p.Wanted, 1)
	if err != nil {
		return nil, "", err
	}
	if e.Verdict != analysis.EnablePossible {
		return nil, "", protocol.Errorf(protocol.RequestFailed, "%s", e.Summary())
	}
	return s.enableEdit(settled, e, 0), e.Alternatives[0].Title, nil
}

// executeCommand carries out commandEnable: it has the client apply the edit.
func (s *server) executeCommand(ctx context.Context, snap *analysis.Snapshot, p *protocol.ExecuteCommandParams) (any, error) {
	var params enableParams
	if p.Command != commandEnable {
		return nil, protocol.Errorf(protocol.InvalidParams, "there is no command %q", p.Command)
	}
	if len(p.Arguments) != 1 || json.Unmarshal(p.Arguments[0], &params) != nil || len(params.Wanted) == 0 {
		return nil, protocol.Errorf(protocol.InvalidParams, "%s takes one argument: what kconfig/enable takes", commandEnable)
	}
	edit, title, err := s.enablingEdit(ctx, snap, &params)
	if err != nil || edit == nil {
		return nil, err
	}
	client := session.ClientFrom(ctx)
	if client == nil || !s.caps.ApplyEdit {
		return nil, protocol.Errorf(protocol.RequestFailed, "the client cannot apply edits")
	}
	var applied protocol.ApplyWorkspaceEditResult
	if err := client.Call(ctx, protocol.MethodApplyEdit, protocol.ApplyWorkspaceEditParams{Label: title, Edit: *edit}, &applied); err != nil {
		return nil, err
	}
	if !applied.Applied {
		return nil, protocol.Errorf(protocol.RequestFailed, "the edit was not applied: %s", applied.FailureReason)
	}
	return nil, nil
}
