package lsp

import (
	"context"
	"encoding/json"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// nodeData is what an item of the call hierarchy carries to the requests about
// it. Blocks carry none: nothing leads on from them.
type nodeData struct {
	Symbol string `json:"symbol"`
}

func (s *server) prepareCallHierarchy(ctx context.Context, snap *analysis.Snapshot, p *protocol.CallHierarchyPrepareParams) ([]protocol.CallHierarchyItem, error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	n, ok := analysis.NodeAt(d.Snapshot, d.path, d.offset(p.Position))
	if !ok {
		return nil, nil
	}
	return []protocol.CallHierarchyItem{d.mappers().hierarchyItem(n)}, nil
}

func (s *server) incomingCalls(ctx context.Context, snap *analysis.Snapshot, p *protocol.CallHierarchyCallsParams) ([]protocol.CallHierarchyIncomingCall, error) {
	d, symbol, ok := s.hierarchyNode(ctx, snap, p)
	if !ok {
		return nil, nil
	}
	mappers := d.mappers()
	calls := []protocol.CallHierarchyIncomingCall{}
	for _, e := range analysis.EdgesTo(d.Snapshot, d.path, symbol) {
		calls = append(calls, protocol.CallHierarchyIncomingCall{From: mappers.hierarchyItem(e.Node), FromRanges: mappers.ranges(e.Places)})
	}
	return calls, nil
}

func (s *server) outgoingCalls(ctx context.Context, snap *analysis.Snapshot, p *protocol.CallHierarchyCallsParams) ([]protocol.CallHierarchyOutgoingCall, error) {
	d, symbol, ok := s.hierarchyNode(ctx, snap, p)
	if !ok {
		return nil, nil
	}
	mappers := d.mappers()
	calls := []protocol.CallHierarchyOutgoingCall{}
	for _, e := range analysis.EdgesFrom(d.Snapshot, d.path, symbol) {
		calls = append(calls, protocol.CallHierarchyOutgoingCall{To: mappers.hierarchyItem(e.Node), FromRanges: mappers.ranges(e.Places)})
	}
	return calls, nil
}

// hierarchyNode returns the symbol that a request is about, and a file of its
// tree. It waits a moment for files that no view reaches.
func (s *server) hierarchyNode(ctx context.Context, snap *analysis.Snapshot, p *protocol.CallHierarchyCallsParams) (document, string, bool) {
	var data nodeData
	if json.Unmarshal(p.Item.Data, &data) != nil || data.Symbol == "" {
		return document{}, "", false
	}
	d, ok := s.completeDocument(ctx, snap, protocol.TextDocumentIdentifier{URI: p.Item.URI}, completionPatience)
	return d, data.Symbol, ok
}

func (m mappers) hierarchyItem(n analysis.Node) protocol.CallHierarchyItem {
	location := m.location(n.Location)
	item := protocol.CallHierarchyItem{
		Name: n.Title, Detail: n.Detail, Kind: nodeKind(n), URI: location.URI,
		Range: location.Range, SelectionRange: m.location(n.Selection).Range,
	}
	if n.Symbol != "" {
		item.Data = protocol.RawData(nodeData{n.Symbol})
	}
	return item
}

func nodeKind(n analysis.Node) protocol.SymbolKind {
	switch n.Kind {
	case parser.Menuconfig:
		return symbolKind(analysis.OutlineMenuconfig, true)
	case parser.Menu:
		return symbolKind(analysis.OutlineMenu, true)
	case parser.Choice:
		return symbolKind(analysis.OutlineChoice, true)
	case parser.If:
		return symbolKind(analysis.OutlineIf, true)
	case parser.MenuComment:
		return protocol.SymbolString
	}
	return symbolKind(analysis.OutlineConfig, true)
}

// ranges converts places in one file.
func (m mappers) ranges(places []analysis.Location) protocol.List[protocol.Range] {
	var ranges protocol.List[protocol.Range]
	for _, place := range places {
		ranges = append(ranges, m.location(place).Range)
	}
	return ranges
}
