package protocol

import lsp "github.com/tliron/glsp/protocol_3_16"

// How documents are kept in step, and why they are saved, as glsp has it.
type (
	TextDocumentSyncKind   = lsp.TextDocumentSyncKind
	TextDocumentSaveReason = lsp.TextDocumentSaveReason
)

// The kinds of document synchronization.
const (
	SyncNone        = lsp.TextDocumentSyncKindNone
	SyncFull        = lsp.TextDocumentSyncKindFull
	SyncIncremental = lsp.TextDocumentSyncKindIncremental
)

// The reasons for saving.
const (
	SaveManual     = lsp.TextDocumentSaveReasonManual
	SaveAfterDelay = lsp.TextDocumentSaveReasonAfterDelay
	SaveFocusOut   = lsp.TextDocumentSaveReasonFocusOut
)

// TextDocumentItem is a document with its text.
type TextDocumentItem struct {
	URI        DocumentURI `json:"uri"`
	LanguageID string      `json:"languageId"`
	Version    int32       `json:"version"`
	Text       string      `json:"text"`
}

// DidOpenTextDocumentParams are the parameters of [MethodDidOpen].
type DidOpenTextDocumentParams struct {
	TextDocument TextDocumentItem `json:"textDocument"`
}

// DidChangeTextDocumentParams are the parameters of [MethodDidChange]. The
// changes apply one after another, each to the outcome of the one before.
type DidChangeTextDocumentParams struct {
	TextDocument   VersionedTextDocumentIdentifier      `json:"textDocument"`
	ContentChanges List[TextDocumentContentChangeEvent] `json:"contentChanges"`
}

// TextDocumentContentChangeEvent replaces Range by Text, or, with a nil Range,
// the whole document.
type TextDocumentContentChangeEvent struct {
	Range *Range `json:"range,omitempty"`
	Text  string `json:"text"`
}

// WillSaveTextDocumentParams are the parameters of [MethodWillSave] and
// [MethodWillSaveWaitUntil].
type WillSaveTextDocumentParams struct {
	TextDocument TextDocumentIdentifier `json:"textDocument"`
	Reason       TextDocumentSaveReason `json:"reason"`
}

// DidSaveTextDocumentParams are the parameters of [MethodDidSave]. Text is nil
// unless the server asked for it.
type DidSaveTextDocumentParams struct {
	TextDocument TextDocumentIdentifier `json:"textDocument"`
	Text         *string                `json:"text,omitempty"`
}

// DidCloseTextDocumentParams are the parameters of [MethodDidClose].
type DidCloseTextDocumentParams struct {
	TextDocument TextDocumentIdentifier `json:"textDocument"`
}
