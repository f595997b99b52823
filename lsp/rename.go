package lsp

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// prepareRenameResult is the range of what would be renamed, and its name.
type prepareRenameResult struct {
	Range       protocol.Range `json:"range"`
	Placeholder string         `json:"placeholder"`
}

func (s *server) prepareRename(ctx context.Context, snap *analysis.Snapshot, p *protocol.PrepareRenameParams) (*prepareRenameResult, error) {
	d, ok := s.completeDocument(ctx, snap, p.TextDocument, 0)
	if !ok {
		return nil, nil
	}
	location, name, err := analysis.PrepareRename(d.Snapshot, d.path, d.offset(p.Position))
	if err != nil {
		return nil, protocol.Errorf(protocol.RequestFailed, "%s", err)
	}
	return &prepareRenameResult{d.rangeOf(location), name}, nil
}

func (s *server) rename(ctx context.Context, snap *analysis.Snapshot, p *protocol.RenameParams) (*protocol.WorkspaceEdit, error) {
	d, ok := s.completeDocument(ctx, snap, p.TextDocument, 0)
	if !ok {
		return nil, nil
	}
	files, err := analysis.Rename(d.Snapshot, d.path, d.offset(p.Position), p.NewName)
	if err != nil {
		return nil, protocol.Errorf(protocol.RequestFailed, "%s", err)
	}
	return d.workspaceEdit(files), nil
}

// workspaceEdit converts edits, with the documents' versions if the client
// takes them.
func (d document) workspaceEdit(files []analysis.FileEdit) *protocol.WorkspaceEdit {
	mappers := d.mappers()
	edit := &protocol.WorkspaceEdit{}
	for _, file := range files {
		uri := documentURI(file.Path)
		var edits protocol.List[protocol.TextEdit]
		for _, e := range file.Edits {
			location := mappers.location(analysis.Location{Path: file.Path, Start: e.Start, End: e.End})
			edits = append(edits, protocol.TextEdit{Range: location.Range, NewText: e.Text})
		}
		if !d.server.caps.DocumentChanges {
			if edit.Changes == nil {
				edit.Changes = map[protocol.DocumentURI]protocol.List[protocol.TextEdit]{}
			}
			edit.Changes[uri] = edits
			continue
		}
		id := protocol.OptionalVersionedTextDocumentIdentifier{URI: uri}
		if document := d.Document(file.Path); document != nil {
			version := document.Version
			id.Version = &version
		}
		edit.DocumentChanges = append(edit.DocumentChanges, protocol.DocumentChange{
			Edit: &protocol.TextDocumentEdit{TextDocument: id, Edits: edits},
		})
	}
	return edit
}
