package lsp

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

func (s *server) hover(ctx context.Context, snap *analysis.Snapshot, p *protocol.HoverParams) (*protocol.Hover, error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	info, ok := analysis.Hover(d.Snapshot, d.path, d.offset(p.Position))
	if !ok {
		return nil, nil
	}
	span := d.rangeOf(info.Location)
	return &protocol.Hover{Contents: markup(info.Documentation, s.caps.HoverMarkdown), Range: &span}, nil
}

// markup returns the form of a text that a client can show.
func markup(text analysis.Documentation, markdown bool) protocol.MarkupContent {
	if markdown {
		return protocol.MarkupContent{Kind: protocol.Markdown, Value: text.Markdown}
	}
	return protocol.MarkupContent{Kind: protocol.PlainText, Value: text.Plain}
}
