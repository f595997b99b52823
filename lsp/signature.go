package lsp

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

func (s *server) signatureHelp(ctx context.Context, snap *analysis.Snapshot, p *protocol.SignatureHelpParams) (*protocol.SignatureHelp, error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	found, ok := analysis.SignatureAt(d.Snapshot, d.path, d.offset(p.Position))
	if !ok {
		return nil, nil
	}
	text := markup(found.Documentation, s.caps.SignatureMarkdown)
	information := protocol.SignatureInformation{Label: found.Label, Documentation: &text}
	for _, parameter := range found.Parameters {
		information.Parameters = append(information.Parameters, protocol.ParameterInformation{Label: parameter.Name})
	}
	help := &protocol.SignatureHelp{Signatures: []protocol.SignatureInformation{information}}
	if found.Active >= 0 {
		active := uint32(found.Active)
		help.ActiveParameter = &active
	}
	return help, nil
}
