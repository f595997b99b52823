package lsp

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// The methods of our own about views.
const (
	methodViews   = "kconfig/views"
	methodSetView = "kconfig/setView"
	methodChanged = "kconfig/changed"
)

// viewsResult answers kconfig/views.
type viewsResult struct {
	Roots protocol.List[viewsRoot] `json:"roots"`
}

// viewsRoot is a tree with the views it has.
type viewsRoot struct {
	URI      protocol.DocumentURI  `json:"uri"` // of the directory
	Kconfig  string                `json:"kconfig"`
	Dialect  string                `json:"dialect"`
	Version  string                `json:"version,omitempty"`
	Archs    protocol.List[string] `json:"archs"`
	Arch     string                `json:"arch"` // of the current view
	Complete bool                  `json:"complete"`
}

// setViewParams switch the view of a tree.
type setViewParams struct {
	// URI is the tree's directory, or any file in it. It may be absent if there
	// is one tree only.
	URI  protocol.DocumentURI `json:"uri"`
	Arch string               `json:"arch"`
}

func (s *server) views(ctx context.Context, snap *analysis.Snapshot, _ *struct{}) (viewsResult, error) {
	settled, err := s.workspace.Settled(ctx, snap)
	if err != nil {
		return viewsResult{}, err
	}
	var result viewsResult
	for _, root := range settled.Roots() {
		result.Roots = append(result.Roots, viewsRoot{
			URI: protocol.URIFromPath(root.Dir), Kconfig: root.Kconfig, Dialect: root.Dialect.Name, Version: root.Version,
			Archs: root.Archs(), Arch: root.Arch(), Complete: root.Complete,
		})
	}
	return result, nil
}

func (s *server) setView(ctx context.Context, snap *analysis.Snapshot, p *setViewParams) (viewsResult, error) {
	settled, err := s.workspace.Settled(ctx, snap)
	if err != nil {
		return viewsResult{}, err
	}
	var root *analysis.Root
	switch roots := settled.Roots(); {
	case p.URI != "":
		root = settled.Root(filepath.Clean(documentPath(p.URI)))
	case len(roots) == 1:
		root = roots[0]
	}
	if root == nil {
		return viewsResult{}, protocol.Errorf(protocol.InvalidParams, "%q names no Kconfig tree that is loaded", p.URI)
	}
	if !s.workspace.SetArch(root.Dir, p.Arch) {
		return viewsResult{}, protocol.Errorf(protocol.InvalidParams, "%s", fmt.Sprintf("the tree in %s has no architecture %q; it has %v", root.Dir, p.Arch, root.Archs()))
	}
	s.treesChanged()
	return s.views(ctx, s.workspace.Snapshot(), nil)
}
