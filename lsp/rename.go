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
