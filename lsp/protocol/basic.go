package protocol

import lsp "github.com/tliron/glsp/protocol_3_16"

// A Position is a place between two characters of a document. Character counts
// code units of the negotiated [PositionEncoding]; both count from 0. A
// Character past the end of the line means the end of the line.
type Position struct {
	Line      uint32 `json:"line"`
	Character uint32 `json:"character"`
}

// A Range is the text from Start up to, but not including, End.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// A Location is a range in a document.
type Location struct {
	URI   DocumentURI `json:"uri"`
	Range Range       `json:"range"`
}

// A LocationLink is a target together with the text it was reached from, for
// clients with Capabilities.DefinitionLinks and its like.
type LocationLink struct {
	OriginSelectionRange *Range      `json:"originSelectionRange,omitempty"`
	TargetURI            DocumentURI `json:"targetUri"`
	TargetRange          Range       `json:"targetRange"`
	TargetSelectionRange Range       `json:"targetSelectionRange"`
}

// A PositionEncoding names the code units that Position.Character counts.
type PositionEncoding string

// The position encodings. UTF16 is what a client means that names none.
const (
	UTF8  PositionEncoding = "utf-8"
	UTF16 PositionEncoding = "utf-16"
	UTF32 PositionEncoding = "utf-32"
)

// TextDocumentIdentifier names a document.
type TextDocumentIdentifier struct {
	URI DocumentURI `json:"uri"`
}

// VersionedTextDocumentIdentifier names a version of a document. Versions grow
// with each change; they need not be consecutive.
type VersionedTextDocumentIdentifier struct {
	URI     DocumentURI `json:"uri"`
	Version int32       `json:"version"`
}

// OptionalVersionedTextDocumentIdentifier names a version of a document, or,
// with a nil Version, what is on disk.
type OptionalVersionedTextDocumentIdentifier struct {
	URI     DocumentURI `json:"uri"`
	Version *int32      `json:"version"`
}

// TextDocumentPositionParams are the parameters that many requests share.
type TextDocumentPositionParams struct {
	TextDocument TextDocumentIdentifier `json:"textDocument"`
	Position     Position               `json:"position"`
}

// Markup and commands, as glsp has them.
type (
	MarkupKind    = lsp.MarkupKind
	MarkupContent = lsp.MarkupContent
	Command       = lsp.Command
)

// The kinds of [MarkupContent].
const (
	PlainText = lsp.MarkupKindPlainText
	Markdown  = lsp.MarkupKindMarkdown
)

// A DocumentFilter selects documents; empty members select all.
type DocumentFilter struct {
	Language string `json:"language,omitempty"`
	Scheme   string `json:"scheme,omitempty"`
	Pattern  string `json:"pattern,omitempty"`
}

// TextDocumentRegistrationOptions are the common part of dynamic registrations
// about documents. A nil selector means the client's own.
type TextDocumentRegistrationOptions struct {
	DocumentSelector []DocumentFilter `json:"documentSelector"`
}
