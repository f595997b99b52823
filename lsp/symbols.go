package lsp

import (
	"context"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// maxSymbols bounds the answer to a search of the workspace.
const maxSymbols = 200

func (s *server) documentSymbol(ctx context.Context, snap *analysis.Snapshot, p *protocol.DocumentSymbolParams) (any, error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	items := analysis.Outline(d.Snapshot, d.path)
	if s.caps.HierarchicalSymbols {
		return protocol.List[protocol.DocumentSymbol](d.symbolTree(items)), nil
	}
	return d.flatSymbols(nil, items, ""), nil
}

// symbolTree converts an outline. Its depth is bounded by analysis.Outline.
func (d document) symbolTree(items []analysis.OutlineItem) []protocol.DocumentSymbol {
	symbols := make([]protocol.DocumentSymbol, 0, len(items))
	for _, item := range items {
		symbols = append(symbols, protocol.DocumentSymbol{
			Name: item.Name, Detail: item.Detail, Kind: symbolKind(item.Kind, d.server.caps.SymbolKinds),
			Range: d.rangeOf(item.Location), SelectionRange: d.rangeOf(item.Selection),
			Children: d.symbolTree(item.Children),
		})
	}
	return symbols
}

// flatSymbols converts an outline for clients that show no tree.
func (d document) flatSymbols(symbols protocol.List[protocol.SymbolInformation], items []analysis.OutlineItem, container string) protocol.List[protocol.SymbolInformation] {
	for _, item := range items {
		symbols = append(symbols, protocol.SymbolInformation{
			Name: item.Name, Kind: symbolKind(item.Kind, d.server.caps.SymbolKinds), Location: d.location(item.Location), ContainerName: container,
		})
		symbols = d.flatSymbols(symbols, item.Children, item.Name)
	}
	return symbols
}

func (s *server) workspaceSymbol(ctx context.Context, snap *analysis.Snapshot, p *protocol.WorkspaceSymbolParams) ([]protocol.WorkspaceSymbol, error) {
	settled, err := s.workspace.Settled(ctx, snap)
	if err != nil {
		return nil, err
	}
	deadline := time.Now().Add(completionPatience)
	for _, root := range settled.Roots() {
		if patience := time.Until(deadline); patience > 0 {
			if settled, err = s.completed(ctx, settled, root.Dir, patience); err != nil {
				return nil, err
			}
		}
	}
	m := document{Snapshot: settled, mapper: mapper{encoding: s.caps.PositionEncoding}, server: s}.mappers()
	symbols := []protocol.WorkspaceSymbol{} // not nil, which would be null
	for _, found := range analysis.Search(settled, p.Query, maxSymbols) {
		location := m.location(found.Location)
		name := found.Name
		if found.Prompt != "" && found.Prompt != found.Name {
			name += "  " + found.Prompt
		}
		container := found.Container
		if found.Mark != "" {
			container += " (" + found.Mark + ")"
		}
		symbols = append(symbols, protocol.WorkspaceSymbol{
			Name: name, Kind: symbolKind(found.Kind, s.caps.WorkspaceSymbolKinds), ContainerName: container,
			Location: protocol.WorkspaceSymbolLocation{URI: location.URI, Range: &location.Range},
		})
	}
	return symbols, nil
}

// symbolKind returns what icon a symbol has. A client that does not say which kinds it
// knows has those of the first version of the protocol.
func symbolKind(kind analysis.OutlineKind, all bool) protocol.SymbolKind {
	switch kind {
	case analysis.OutlineMenu, analysis.OutlineMainmenu:
		return protocol.SymbolNamespace
	case analysis.OutlineChoice:
		return protocol.SymbolEnum
	case analysis.OutlineMenuconfig:
		return protocol.SymbolModule
	case analysis.OutlineConfig:
		return protocol.SymbolVariable
	case analysis.OutlineIf:
		if !all {
			return protocol.SymbolNamespace
		}
		return protocol.SymbolOperator
	case analysis.OutlineSource:
		return protocol.SymbolFile
	case analysis.OutlineMacro:
		return protocol.SymbolFunction
	}
	return protocol.SymbolString
}
