package lsp

import (
	"context"
	"path/filepath"
	"sort"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// setParams are changes of a configuration: all of those that the user has made
// since it was saved.
type setParams struct {
	configurationParams
	Changes []configChange `json:"changes"`
}

// configChange is a change of one symbol. A value that is null or absent takes
// the user's value away.
type configChange struct {
	Symbol string  `json:"symbol"`
	Value  *string `json:"value"`
}

// setResult answers kconfig/set.
type setResult struct {
	configurationHead
	Effects     protocol.List[effect]      `json:"effects"`
	Ineffective protocol.List[ineffective] `json:"ineffective"`
	Unknown     protocol.List[string]      `json:"unknown"`
	Diff        string                     `json:"diff"`
}

// saveResult answers kconfig/save. The edit is null if nothing changes.
type saveResult struct {
	configurationHead
	Ineffective protocol.List[ineffective] `json:"ineffective"`
	Unknown     protocol.List[string]      `json:"unknown"`
	Edit        *protocol.WorkspaceEdit    `json:"edit"`
}

// effect is a symbol that changes.
type effect struct {
	Symbol string                `json:"symbol"`
	Old    symbolState           `json:"old"`
	New    symbolState           `json:"new"`
	Reason analysis.EffectReason `json:"reason"`
}

// symbolState is what a configuration makes of a symbol. Written is absent if it
// is not known whether the symbol is part of the file.
type symbolState struct {
	Value      *string  `json:"value,omitempty"`
	Known      bool     `json:"known"`
	Causes     []string `json:"causes,omitempty"`
	Visibility string   `json:"visibility"`
	Written    *bool    `json:"written,omitempty"`
}

// ineffective is a change that came to nothing.
type ineffective struct {
	Index  int                        `json:"index"`
	Symbol string                     `json:"symbol"`
	Reason analysis.IneffectiveReason `json:"reason"`
	Text   string                     `json:"text"`
}

func configChanges(sent []configChange) []analysis.ConfigChange {
	changes := make([]analysis.ConfigChange, len(sent))
	for i, change := range sent {
		changes[i] = analysis.ConfigChange{Symbol: change.Symbol, Unset: change.Value == nil}
		if change.Value != nil {
			changes[i].Value = *change.Value
		}
	}
	return changes
}

// preview returns what follows from changes.
func (s *server) preview(ctx context.Context, snap *analysis.Snapshot, p *setParams) (*analysis.Snapshot, configurationHead, analysis.Consequences, error) {
	settled, c, err := s.configuration(ctx, snap, p.configurationParams)
	if err != nil {
		return nil, configurationHead{}, analysis.Consequences{}, err
	}
	consequences, err := analysis.Preview(settled, c, configChanges(p.Changes))
	if err != nil {
		return nil, configurationHead{}, consequences, configurationError(err)
	}
	return settled, s.head(c, consequences.Arch, consequences.Path, consequences.Exists), consequences, nil
}

func (s *server) set(ctx context.Context, snap *analysis.Snapshot, p *setParams) (*setResult, error) {
	_, head, c, err := s.preview(ctx, snap, p)
	if err != nil {
		return nil, err
	}
	result := &setResult{
		configurationHead: head, Ineffective: ineffectives(c.Ineffective), Unknown: c.Unknown,
		Diff: analysis.UnifiedDiff(filepath.Base(c.Path), c.Before, c.After),
	}
	for _, e := range c.Effects {
		result.Effects = append(result.Effects, effect{e.Symbol, stateText(e.Old), stateText(e.New), e.Reason})
	}
	return result, nil
}

func stateText(s analysis.SymbolState) symbolState {
	state := symbolState{Value: valueText(s.Value), Known: s.Value.Known, Causes: s.Value.Causes, Visibility: tristateText(s.Visible)}
	if s.Written == s.MaybeWritten {
		state.Written = &s.Written
	}
	return state
}

func ineffectives(all []analysis.Ineffective) protocol.List[ineffective] {
	var converted protocol.List[ineffective]
	for _, i := range all {
		converted = append(converted, ineffective{i.Index, i.Change.Symbol, i.Reason, i.Text})
	}
	return converted
}

// save answers with the edit that brings a configuration file up to date. The
// client carries it out: nothing is written here.
func (s *server) save(ctx context.Context, snap *analysis.Snapshot, p *setParams) (*saveResult, error) {
	settled, head, c, err := s.preview(ctx, snap, p)
	if err != nil {
		return nil, err
	}
	return &saveResult{
		configurationHead: head, Ineffective: ineffectives(c.Ineffective), Unknown: c.Unknown, Edit: s.configEdit(settled, c),
	}, nil
}

// configEdit returns the edit of a configuration file: of the lines that differ,
// or of all in a file that is to be created. It is nil if nothing changes.
func (s *server) configEdit(snap *analysis.Snapshot, c analysis.Consequences) *protocol.WorkspaceEdit {
	if c.Exists && c.Before == c.After {
		return nil
	}
	uri := documentURI(c.Path)
	lines := textLines{c.Before, editorLines(c.Before), mapper{encoding: s.caps.PositionEncoding}}
	var edits protocol.List[protocol.TextEdit]
	for _, e := range analysis.LineEdits(c.Before, c.After) {
		edits = append(edits, protocol.TextEdit{Range: protocol.Range{Start: lines.position(e.Start), End: lines.position(e.End)}, NewText: e.Text})
	}
	if !s.caps.DocumentChanges {
		return &protocol.WorkspaceEdit{Changes: map[protocol.DocumentURI]protocol.List[protocol.TextEdit]{uri: edits}}
	}
	id := protocol.OptionalVersionedTextDocumentIdentifier{URI: uri}
	if d := snap.Document(c.Path); d != nil {
		version := d.Version
		id.Version = &version
	}
	edit := &protocol.WorkspaceEdit{}
	if !c.Exists && s.caps.CreateFiles {
		edit.DocumentChanges = append(edit.DocumentChanges, protocol.DocumentChange{
			Create: &protocol.CreateFile{URI: uri, Options: &protocol.CreateFileOptions{IgnoreIfExists: true}},
		})
	}
	edit.DocumentChanges = append(edit.DocumentChanges, protocol.DocumentChange{
		Edit: &protocol.TextDocumentEdit{TextDocument: id, Edits: edits},
	})
	return edit
}

// textLines finds positions in a text that is no Kconfig file, at the ends of
// its lines.
type textLines struct {
	text   string
	starts []int // as editors have lines
	mapper
}

func (l textLines) position(offset int) protocol.Position {
	line := sort.SearchInts(l.starts, offset+1) - 1
	text := strings.TrimRight(l.text[l.starts[line]:offset], "\r\n")
	return protocol.Position{Line: uint32(line), Character: uint32(l.characters(text))}
}
