package lsp

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

func (s *server) foldingRange(ctx context.Context, snap *analysis.Snapshot, p *protocol.FoldingRangeParams) (protocol.List[protocol.FoldingRange], error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	var ranges []protocol.FoldingRange
	for _, fold := range analysis.Folding(d.Snapshot, d.path) {
		span := d.span(fold.Start, fold.End)
		if span.End.Line <= span.Start.Line {
			continue
		}
		converted := protocol.FoldingRange{StartLine: span.Start.Line, EndLine: span.End.Line, Kind: protocol.FoldRegion}
		switch fold.Kind {
		case analysis.FoldComment:
			converted.Kind = protocol.FoldComment
		case analysis.FoldImports:
			converted.Kind = protocol.FoldImports
		}
		if !s.caps.FoldingLineOnly {
			converted.StartCharacter, converted.EndCharacter = &span.Start.Character, &span.End.Character
		}
		ranges = append(ranges, converted)
	}
	if limit := int(s.caps.FoldingRangeLimit); limit > 0 && len(ranges) > limit {
		ranges = ranges[:limit]
	}
	return ranges, nil
}

func (s *server) selectionRange(ctx context.Context, snap *analysis.Snapshot, p *protocol.SelectionRangeParams) (protocol.List[*protocol.SelectionRange], error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	var result []*protocol.SelectionRange
	for _, position := range p.Positions {
		var around *protocol.SelectionRange
		found := analysis.Selections(d.Snapshot, d.path, d.offset(position))
		for i := len(found) - 1; i >= 0; i-- {
			around = &protocol.SelectionRange{Range: d.rangeOf(found[i]), Parent: around}
		}
		if around == nil { // there must be one for each position
			around = &protocol.SelectionRange{Range: d.span(d.offset(position), d.offset(position))}
		}
		result = append(result, around)
	}
	return result, nil
}

func (s *server) documentLink(ctx context.Context, snap *analysis.Snapshot, p *protocol.DocumentLinkParams) (protocol.List[protocol.DocumentLink], error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	var links []protocol.DocumentLink
	for _, link := range analysis.Links(d.Snapshot, d.path) {
		converted := protocol.DocumentLink{Range: d.rangeOf(link.Location)}
		if link.URL != "" {
			converted.Target = protocol.ParseURI(link.URL)
		} else {
			converted.Target = documentURI(link.File)
		}
		if s.caps.DocumentLinkTooltip {
			converted.Tooltip = link.Tooltip
		}
		links = append(links, converted)
	}
	return links, nil
}
