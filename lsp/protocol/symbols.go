package protocol

import (
	"encoding/json"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// Kinds and tags of symbols, as glsp has them.
type (
	SymbolKind = lsp.SymbolKind
	SymbolTag  = lsp.SymbolTag
)

// The kinds of symbols.
const (
	SymbolFile          = lsp.SymbolKindFile
	SymbolModule        = lsp.SymbolKindModule
	SymbolNamespace     = lsp.SymbolKindNamespace
	SymbolPackage       = lsp.SymbolKindPackage
	SymbolClass         = lsp.SymbolKindClass
	SymbolMethod        = lsp.SymbolKindMethod
	SymbolProperty      = lsp.SymbolKindProperty
	SymbolField         = lsp.SymbolKindField
	SymbolConstructor   = lsp.SymbolKindConstructor
	SymbolEnum          = lsp.SymbolKindEnum
	SymbolInterface     = lsp.SymbolKindInterface
	SymbolFunction      = lsp.SymbolKindFunction
	SymbolVariable      = lsp.SymbolKindVariable
	SymbolConstant      = lsp.SymbolKindConstant
	SymbolString        = lsp.SymbolKindString
	SymbolNumber        = lsp.SymbolKindNumber
	SymbolBoolean       = lsp.SymbolKindBoolean
	SymbolArray         = lsp.SymbolKindArray
	SymbolObject        = lsp.SymbolKindObject
	SymbolKey           = lsp.SymbolKindKey
	SymbolNull          = lsp.SymbolKindNull
	SymbolEnumMember    = lsp.SymbolKindEnumMember
	SymbolStruct        = lsp.SymbolKindStruct
	SymbolEvent         = lsp.SymbolKindEvent
	SymbolOperator      = lsp.SymbolKindOperator
	SymbolTypeParameter = lsp.SymbolKindTypeParameter

	SymbolTagDeprecated = lsp.SymbolTagDeprecated
)

// DocumentSymbolParams are the parameters of [MethodDocumentSymbol].
type DocumentSymbolParams struct {
	WorkDoneProgressParams
	TextDocument TextDocumentIdentifier `json:"textDocument"`
}

// A DocumentSymbol is an entry of an outline, for clients with
// Capabilities.HierarchicalSymbols. SelectionRange lies in Range. Name must not
// be empty.
type DocumentSymbol struct {
	Name           string           `json:"name"`
	Detail         string           `json:"detail,omitempty"`
	Kind           SymbolKind       `json:"kind"`
	Tags           []SymbolTag      `json:"tags,omitempty"`
	Range          Range            `json:"range"`
	SelectionRange Range            `json:"selectionRange"`
	Children       []DocumentSymbol `json:"children,omitempty"`
}

// SymbolInformation is an entry of a flat outline.
type SymbolInformation struct {
	Name          string      `json:"name"`
	Kind          SymbolKind  `json:"kind"`
	Tags          []SymbolTag `json:"tags,omitempty"`
	Location      Location    `json:"location"`
	ContainerName string      `json:"containerName,omitempty"`
}

// WorkspaceSymbolParams are the parameters of [MethodWorkspaceSymbol].
type WorkspaceSymbolParams struct {
	WorkDoneProgressParams
	Query string `json:"query"`
}

// A WorkspaceSymbol is a hit of [MethodWorkspaceSymbol] (3.17). Its location
// may lack the range for clients with Capabilities.WorkspaceSymbolResolveRange.
// With the range it is understood by older clients too, as SymbolInformation.
type WorkspaceSymbol struct {
	Name          string                  `json:"name"`
	Kind          SymbolKind              `json:"kind"`
	Tags          []SymbolTag             `json:"tags,omitempty"`
	ContainerName string                  `json:"containerName,omitempty"`
	Location      WorkspaceSymbolLocation `json:"location"`
	Data          json.RawMessage         `json:"data,omitempty"`
}

// WorkspaceSymbolLocation is a location whose range may be left to
// [MethodWorkspaceSymbolResolve].
type WorkspaceSymbolLocation struct {
	URI   DocumentURI `json:"uri"`
	Range *Range      `json:"range,omitempty"`
}

// CallHierarchyPrepareParams are the parameters of
// [MethodPrepareCallHierarchy].
type CallHierarchyPrepareParams struct {
	TextDocumentPositionParams
	WorkDoneProgressParams
}

// A HierarchyItem is a node of the call hierarchy or the type hierarchy.
type HierarchyItem struct {
	Name           string          `json:"name"`
	Kind           SymbolKind      `json:"kind"`
	Tags           []SymbolTag     `json:"tags,omitempty"`
	Detail         string          `json:"detail,omitempty"`
	URI            DocumentURI     `json:"uri"`
	Range          Range           `json:"range"`
	SelectionRange Range           `json:"selectionRange"`
	Data           json.RawMessage `json:"data,omitempty"`
}

// The two hierarchies have the same items.
type (
	CallHierarchyItem = HierarchyItem
	TypeHierarchyItem = HierarchyItem
)

// CallHierarchyCallsParams are the parameters of [MethodIncomingCalls] and
// [MethodOutgoingCalls].
type CallHierarchyCallsParams struct {
	WorkDoneProgressParams
	Item CallHierarchyItem `json:"item"`
}

// CallHierarchyIncomingCall says who uses the item asked about. FromRanges are
// in the document of From.
type CallHierarchyIncomingCall struct {
	From       CallHierarchyItem `json:"from"`
	FromRanges List[Range]       `json:"fromRanges"`
}

// CallHierarchyOutgoingCall says what the item asked about uses. FromRanges are
// in the document of the item asked about.
type CallHierarchyOutgoingCall struct {
	To         CallHierarchyItem `json:"to"`
	FromRanges List[Range]       `json:"fromRanges"`
}

// TypeHierarchyPrepareParams are the parameters of
// [MethodPrepareTypeHierarchy] (3.17).
type TypeHierarchyPrepareParams struct {
	TextDocumentPositionParams
	WorkDoneProgressParams
}

// TypeHierarchyParams are the parameters of [MethodTypeHierarchySupertypes] and
// [MethodTypeHierarchySubtypes] (3.17).
type TypeHierarchyParams struct {
	WorkDoneProgressParams
	Item TypeHierarchyItem `json:"item"`
}
