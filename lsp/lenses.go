package lsp

import (
	"context"
	"encoding/json"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

// The commands of code lenses, which the client carries out. docs/protocol.md
// describes their arguments.
const (
	commandShowReferences = "kconfig.showReferences"
	commandShowValue      = "kconfig.showValue"
	commandShowGate       = "kconfig.showGate"
)

// lensData is what a code lens carries to its resolving.
type lensData struct {
	URI    protocol.DocumentURI `json:"uri"`
	Symbol string               `json:"symbol"`
	Kind   analysis.Annotations `json:"kind"`
}

func (s *server) codeLens(ctx context.Context, snap *analysis.Snapshot, p *protocol.CodeLensParams) (protocol.List[protocol.CodeLens], error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	var lenses []protocol.CodeLens
	for _, lens := range analysis.Lenses(d.Snapshot, d.path) {
		shown := protocol.CodeLens{Range: d.rangeOf(lens.Location)}
		if lens.Title != "" {
			shown.Command = &protocol.Command{
				Title: lens.Title, Command: commandShowGate, Arguments: []any{p.TextDocument.URI, shown.Range.Start, lens.Symbol},
			}
		} else {
			shown.Data = protocol.RawData(lensData{p.TextDocument.URI, lens.Symbol, lens.Kind})
		}
		lenses = append(lenses, shown)
	}
	return lenses, nil
}

// codeLensResolve says what a lens tells. One that came from elsewhere, or whose
// symbol is gone, comes back with a command that does nothing.
func (s *server) codeLensResolve(ctx context.Context, snap *analysis.Snapshot, lens *protocol.CodeLens) (*protocol.CodeLens, error) {
	if lens.Command != nil {
		return lens, nil // it is resolved
	}
	nothing := &protocol.Command{Title: "-"}
	var data lensData
	if json.Unmarshal(lens.Data, &data) != nil {
		lens.Command = nothing
		return lens, nil
	}
	d, ok := s.document(ctx, snap, protocol.TextDocumentIdentifier{URI: data.URI})
	if !ok {
		lens.Command = nothing
		return lens, nil
	}
	if data.Kind == analysis.LensValue && analysis.ValuesAwaited(d.Snapshot, d.path) {
		if err := session.Idle(ctx, func() { s.diags.awaitValues(ctx) }); err != nil {
			return nil, err
		}
	}
	info, ok := analysis.LensOf(d.Snapshot, d.path, data.Symbol, data.Kind)
	switch {
	case !ok:
		lens.Command = nothing
	case data.Kind == analysis.LensValue:
		lens.Command = &protocol.Command{Title: info.Title, Command: commandShowValue, Arguments: []any{data.URI, lens.Range.Start, data.Symbol}}
	default:
		mappers := d.mappers()
		locations := make([]protocol.Location, 0, len(info.Places))
		for _, place := range info.Places {
			locations = append(locations, mappers.location(place))
		}
		lens.Command = &protocol.Command{Title: info.Title, Command: commandShowReferences, Arguments: []any{data.URI, lens.Range.Start, locations}}
	}
	return lens, nil
}
