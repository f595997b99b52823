package lsp

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

func (s *server) references(ctx context.Context, snap *analysis.Snapshot, p *protocol.ReferenceParams) (protocol.List[protocol.Location], error) {
	d, ok := s.completeDocument(ctx, snap, p.TextDocument, completionPatience)
	if !ok {
		return nil, nil
	}
	found := analysis.References(d.Snapshot, d.path, d.offset(p.Position), p.Context.IncludeDeclaration)
	mappers := d.mappers()
	locations := make([]protocol.Location, 0, len(found))
	for _, r := range found {
		locations = append(locations, mappers.location(r.Location))
	}
	return locations, nil
}

func (s *server) documentHighlight(ctx context.Context, snap *analysis.Snapshot, p *protocol.DocumentHighlightParams) (protocol.List[protocol.DocumentHighlight], error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	var highlights []protocol.DocumentHighlight
	for _, h := range analysis.Highlights(d.Snapshot, d.path, d.offset(p.Position)) {
		kind := protocol.HighlightText
		switch h.Kind {
		case analysis.HighlightRead:
			kind = protocol.HighlightRead
		case analysis.HighlightWrite:
			kind = protocol.HighlightWrite
		}
		highlights = append(highlights, protocol.DocumentHighlight{Range: d.rangeOf(h.Location), Kind: kind})
	}
	return highlights, nil
}

// mappers converts locations in many files and makes a mapper for each once.
type mappers struct {
	document
	byPath map[string]mapper
}

func (d document) mappers() mappers { return mappers{d, map[string]mapper{d.path: d.mapper}} }

func (m mappers) location(l analysis.Location) protocol.Location {
	in, ok := m.byPath[l.Path]
	if !ok {
		tree := m.Text(l.Path)
		if tree == nil {
			return protocol.Location{URI: documentURI(l.Path)}
		}
		in = newMapper(tree, m.encoding)
		m.byPath[l.Path] = in
	}
	return protocol.Location{URI: documentURI(l.Path), Range: in.span(l.Start, l.End)}
}
