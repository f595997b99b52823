package lsp

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// find is one of the functions of analysis that lead from a place to others.
type find func(s *analysis.Snapshot, path string, offset int) (origin analysis.Location, targets []analysis.Target)

func (s *server) definition(ctx context.Context, snap *analysis.Snapshot, p *protocol.DefinitionParams) (any, error) {
	return s.targets(ctx, snap, p, analysis.Definition, s.caps.DefinitionLinks)
}

func (s *server) declaration(ctx context.Context, snap *analysis.Snapshot, p *protocol.DefinitionParams) (any, error) {
	return s.targets(ctx, snap, p, analysis.Declaration, s.caps.DeclarationLinks)
}

func (s *server) implementation(ctx context.Context, snap *analysis.Snapshot, p *protocol.DefinitionParams) (any, error) {
	return s.targets(ctx, snap, p, analysis.Implementation, s.caps.ImplementationLinks)
}

// targets answers with links if the client takes them, else with locations.
func (s *server) targets(ctx context.Context, snap *analysis.Snapshot, p *protocol.DefinitionParams, f find, links bool) (any, error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	origin, targets := f(d.Snapshot, d.path, d.offset(p.Position))
	if len(targets) == 0 {
		return nil, nil
	}
	if !links {
		locations := make([]protocol.Location, 0, len(targets))
		for _, t := range targets {
			locations = append(locations, d.location(t.Selection))
		}
		return locations, nil
	}
	from := d.rangeOf(origin)
	converted := make([]protocol.LocationLink, 0, len(targets))
	for _, t := range targets {
		converted = append(converted, protocol.LocationLink{
			OriginSelectionRange: &from,
			TargetURI:            documentURI(t.Path),
			TargetRange:          d.rangeOf(t.Location),
			TargetSelectionRange: d.rangeOf(t.Selection),
		})
	}
	return converted, nil
}
