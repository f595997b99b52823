package lsp

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// references returns a plain slice, which is encoded in one pass: a popular
// symbol has a thousand references.
func (s *server) references(ctx context.Context, snap *analysis.Snapshot, p *protocol.ReferenceParams) ([]protocol.Location, error) {
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

// mappers converts locations in many files and makes what it needs for a file
// once.
type mappers struct {
	document
	byPath map[string]located
}

// located is a file that locations lie in.
type located struct {
	uri protocol.DocumentURI
	in  mapper // without a text for a file that the snapshot does not know
}

func (d document) mappers() mappers {
	m := mappers{d, map[string]located{}}
	if d.text != nil {
		m.byPath[d.path] = located{documentURI(d.path), d.mapper}
	}
	return m
}

func (m mappers) location(l analysis.Location) protocol.Location {
	file, ok := m.byPath[l.Path]
	if !ok {
		file.uri = documentURI(l.Path)
		if text := m.Text(l.Path); text != nil {
			file.in = newMapper(text, m.encoding)
		}
		m.byPath[l.Path] = file
	}
	if file.in.text == nil {
		return protocol.Location{URI: file.uri}
	}
	return protocol.Location{URI: file.uri, Range: file.in.span(l.Start, l.End)}
}
