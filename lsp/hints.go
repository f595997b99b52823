package lsp

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

func (s *server) inlayHint(ctx context.Context, snap *analysis.Snapshot, p *protocol.InlayHintParams) (protocol.List[protocol.InlayHint], error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	if analysis.ValuesAwaited(d.Snapshot, d.path) {
		if err := session.Idle(ctx, func() { s.diags.awaitValues(ctx) }); err != nil {
			return nil, err
		}
	}
	var hints []protocol.InlayHint
	for _, h := range analysis.Hints(d.Snapshot, d.path, d.offset(p.Range.Start), d.offset(p.Range.End)) {
		hint := protocol.InlayHint{
			Position: d.position(h.Offset), Label: []protocol.InlayHintLabelPart{{Value: h.Label}}, PaddingLeft: true,
		}
		if h.Tooltip.Plain != "" {
			tooltip := markup(h.Tooltip, s.caps.HoverMarkdown)
			hint.Tooltip = &tooltip
		}
		hints = append(hints, hint)
	}
	return hints, nil
}
