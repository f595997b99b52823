package protocol

import (
	"encoding/json"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// HoverParams are the parameters of [MethodHover].
type HoverParams struct {
	TextDocumentPositionParams
	WorkDoneProgressParams
}

// Hover answers [MethodHover].
type Hover struct {
	Contents MarkupContent `json:"contents"`
	Range    *Range        `json:"range,omitempty"`
}

// SignatureHelpTriggerKind says what made the client ask for signature help.
type SignatureHelpTriggerKind = lsp.SignatureHelpTriggerKind

// The triggers of signature help.
const (
	SignatureHelpInvoked            = lsp.SignatureHelpTriggerKindInvoked
	SignatureHelpByTriggerCharacter = lsp.SignatureHelpTriggerKindTriggerCharacter
	SignatureHelpByContentChange    = lsp.SignatureHelpTriggerKindContentChange
)

// SignatureHelpParams are the parameters of [MethodSignatureHelp].
type SignatureHelpParams struct {
	TextDocumentPositionParams
	WorkDoneProgressParams
	Context *SignatureHelpContext `json:"context,omitempty"`
}

// SignatureHelpContext says what made the client ask.
type SignatureHelpContext struct {
	TriggerKind         SignatureHelpTriggerKind `json:"triggerKind"`
	TriggerCharacter    string                   `json:"triggerCharacter,omitempty"`
	IsRetrigger         bool                     `json:"isRetrigger"`
	ActiveSignatureHelp *SignatureHelp           `json:"activeSignatureHelp,omitempty"`
}

// SignatureHelp answers [MethodSignatureHelp]. The active ones count from 0.
type SignatureHelp struct {
	Signatures      List[SignatureInformation] `json:"signatures"`
	ActiveSignature *uint32                    `json:"activeSignature,omitempty"`
	ActiveParameter *uint32                    `json:"activeParameter,omitempty"`
}

// SignatureInformation describes something callable.
type SignatureInformation struct {
	Label           string                 `json:"label"`
	Documentation   *MarkupContent         `json:"documentation,omitempty"`
	Parameters      []ParameterInformation `json:"parameters,omitempty"`
	ActiveParameter *uint32                `json:"activeParameter,omitempty"`
}

// ParameterInformation describes a parameter. Label must be a part of the
// signature's label.
type ParameterInformation struct {
	Label         string         `json:"label"`
	Documentation *MarkupContent `json:"documentation,omitempty"`
}

// UnmarshalJSON implements [json.Unmarshaler]. Clients send back the help they
// show, and may have turned the label into a pair of offsets; such a label is
// left empty.
func (p *ParameterInformation) UnmarshalJSON(data []byte) error {
	type plain ParameterInformation // without this method
	wide := struct {
		*plain
		Label         json.RawMessage `json:"label"`
		Documentation json.RawMessage `json:"documentation"`
	}{plain: (*plain)(p)}
	if err := json.Unmarshal(data, &wide); err != nil {
		return err
	}
	p.Label = stringOr(wide.Label, func() string { return "" })
	p.Documentation = nil
	var content MarkupContent
	if json.Unmarshal(wide.Documentation, &content) == nil && content.Kind != "" {
		p.Documentation = &content
	}
	return nil
}

// DefinitionParams are the parameters of [MethodDefinition],
// [MethodDeclaration], [MethodTypeDefinition] and [MethodImplementation].
type DefinitionParams struct {
	TextDocumentPositionParams
	WorkDoneProgressParams
}

// ReferenceParams are the parameters of [MethodReferences].
type ReferenceParams struct {
	TextDocumentPositionParams
	WorkDoneProgressParams
	Context ReferenceContext `json:"context"`
}

// ReferenceContext says which references are wanted.
type ReferenceContext struct {
	IncludeDeclaration bool `json:"includeDeclaration"`
}

// DocumentHighlightParams are the parameters of [MethodDocumentHighlight].
type DocumentHighlightParams struct {
	TextDocumentPositionParams
	WorkDoneProgressParams
}

// DocumentHighlightKind says how a highlighted symbol is used.
type DocumentHighlightKind = lsp.DocumentHighlightKind

// The kinds of highlights.
const (
	HighlightText  = lsp.DocumentHighlightKindText
	HighlightRead  = lsp.DocumentHighlightKindRead
	HighlightWrite = lsp.DocumentHighlightKindWrite
)

// A DocumentHighlight is one use of the symbol under the cursor.
type DocumentHighlight struct {
	Range Range                 `json:"range"`
	Kind  DocumentHighlightKind `json:"kind,omitempty"`
}

// DocumentLinkParams are the parameters of [MethodDocumentLink].
type DocumentLinkParams struct {
	WorkDoneProgressParams
	TextDocument TextDocumentIdentifier `json:"textDocument"`
}

// A DocumentLink leads from a range to a document. Tooltip is shown by clients
// with Capabilities.DocumentLinkTooltip.
type DocumentLink struct {
	Range   Range           `json:"range"`
	Target  DocumentURI     `json:"target,omitempty"`
	Tooltip string          `json:"tooltip,omitempty"`
	Data    json.RawMessage `json:"data,omitempty"`
}

// CodeLensParams are the parameters of [MethodCodeLens].
type CodeLensParams struct {
	WorkDoneProgressParams
	TextDocument TextDocumentIdentifier `json:"textDocument"`
}

// A CodeLens is a command shown above a line. Without a Command it is
// unresolved.
type CodeLens struct {
	Range   Range           `json:"range"`
	Command *Command        `json:"command,omitempty"`
	Data    json.RawMessage `json:"data,omitempty"`
}

// FoldingRangeParams are the parameters of [MethodFoldingRange].
type FoldingRangeParams struct {
	WorkDoneProgressParams
	TextDocument TextDocumentIdentifier `json:"textDocument"`
}

// FoldingRangeKind says what folds.
type FoldingRangeKind = lsp.FoldingRangeKind

// The kinds of folding ranges.
const (
	FoldComment = lsp.FoldingRangeKindComment
	FoldImports = lsp.FoldingRangeKindImports
	FoldRegion  = lsp.FoldingRangeKindRegion
)

// A FoldingRange is a piece of text that can be hidden. nil characters mean the
// ends of the lines. CollapsedText is for clients with
// Capabilities.FoldingCollapsedText.
type FoldingRange struct {
	StartLine      uint32           `json:"startLine"`
	StartCharacter *uint32          `json:"startCharacter,omitempty"`
	EndLine        uint32           `json:"endLine"`
	EndCharacter   *uint32          `json:"endCharacter,omitempty"`
	Kind           FoldingRangeKind `json:"kind,omitempty"`
	CollapsedText  string           `json:"collapsedText,omitempty"` // 3.17
}

// SelectionRangeParams are the parameters of [MethodSelectionRange].
type SelectionRangeParams struct {
	WorkDoneProgressParams
	TextDocument TextDocumentIdentifier `json:"textDocument"`
	Positions    List[Position]         `json:"positions"`
}

// A SelectionRange is a step of growing selections; Parent contains Range. The
// answer to [MethodSelectionRange] has one for each position, in order.
type SelectionRange struct {
	Range  Range           `json:"range"`
	Parent *SelectionRange `json:"parent,omitempty"`
}

// LinkedEditingRangeParams are the parameters of [MethodLinkedEditingRange].
type LinkedEditingRangeParams struct {
	TextDocumentPositionParams
	WorkDoneProgressParams
}

// LinkedEditingRanges are ranges of the same text that are edited together.
type LinkedEditingRanges struct {
	Ranges      List[Range] `json:"ranges"`
	WordPattern string      `json:"wordPattern,omitempty"`
}
