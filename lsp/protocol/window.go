package protocol

import (
	"encoding/json"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// Messages, as glsp has them.
type (
	MessageType              = lsp.MessageType
	ShowMessageParams        = lsp.ShowMessageParams
	ShowMessageRequestParams = lsp.ShowMessageRequestParams
	MessageActionItem        = lsp.MessageActionItem
	LogMessageParams         = lsp.LogMessageParams
	ShowDocumentResult       = lsp.ShowDocumentResult
)

// The types of messages.
const (
	MessageError   = lsp.MessageTypeError
	MessageWarning = lsp.MessageTypeWarning
	MessageInfo    = lsp.MessageTypeInfo
	MessageLog     = lsp.MessageTypeLog

	MessageDebug MessageType = 5 // 3.18
)

// ShowDocumentParams are the parameters of [MethodShowDocument], for clients
// with Capabilities.ShowDocument. URI may also be a web address if External.
type ShowDocumentParams struct {
	URI       DocumentURI `json:"uri"`
	External  bool        `json:"external,omitempty"`
	TakeFocus bool        `json:"takeFocus,omitempty"`
	Selection *Range      `json:"selection,omitempty"`
}

// WorkDoneProgressCreateParams are the parameters of [MethodProgressCreate],
// for clients with Capabilities.WorkDoneProgress. After the answer, and not
// before, the token may be used.
type WorkDoneProgressCreateParams struct {
	Token Token `json:"token"`
}

// WorkDoneProgressCancelParams are the parameters of [MethodProgressCancel].
type WorkDoneProgressCancelParams struct {
	Token Token `json:"token"`
}

// ProgressParams are the parameters of [MethodProgress]. Value is a
// [WorkDoneProgressBegin], [WorkDoneProgressReport] or [WorkDoneProgressEnd].
type ProgressParams struct {
	Token Token         `json:"token"`
	Value ProgressValue `json:"value"`
}

// A ProgressValue is one of the three kinds of progress messages.
type ProgressValue interface{ progressKind() string }

// WorkDoneProgressBegin opens a progress. A nil Percentage means that none will
// be reported.
type WorkDoneProgressBegin struct {
	Title       string  `json:"title"`
	Cancellable bool    `json:"cancellable,omitempty"`
	Message     string  `json:"message,omitempty"`
	Percentage  *uint32 `json:"percentage,omitempty"` // 0 to 100
}

// WorkDoneProgressReport tells how far the work is. Percentage must not fall.
type WorkDoneProgressReport struct {
	Cancellable bool    `json:"cancellable,omitempty"`
	Message     string  `json:"message,omitempty"`
	Percentage  *uint32 `json:"percentage,omitempty"` // 0 to 100
}

// WorkDoneProgressEnd closes a progress; nothing may follow.
type WorkDoneProgressEnd struct {
	Message string `json:"message,omitempty"`
}

func (WorkDoneProgressBegin) progressKind() string  { return "begin" }
func (WorkDoneProgressReport) progressKind() string { return "report" }
func (WorkDoneProgressEnd) progressKind() string    { return "end" }

// MarshalJSON implements [json.Marshaler].
func (b WorkDoneProgressBegin) MarshalJSON() ([]byte, error) {
	type plain WorkDoneProgressBegin // without this method
	return json.Marshal(struct {
		Kind string `json:"kind"`
		plain
	}{b.progressKind(), plain(b)})
}

// MarshalJSON implements [json.Marshaler].
func (r WorkDoneProgressReport) MarshalJSON() ([]byte, error) {
	type plain WorkDoneProgressReport // without this method
	return json.Marshal(struct {
		Kind string `json:"kind"`
		plain
	}{r.progressKind(), plain(r)})
}

// MarshalJSON implements [json.Marshaler].
func (e WorkDoneProgressEnd) MarshalJSON() ([]byte, error) {
	type plain WorkDoneProgressEnd // without this method
	return json.Marshal(struct {
		Kind string `json:"kind"`
		plain
	}{e.progressKind(), plain(e)})
}

// TraceValue says how much the client wants to be told with [MethodLogTrace].
type TraceValue string

// The trace values. glsp spells the second one as no client does.
const (
	TraceOff      TraceValue = "off"
	TraceMessages TraceValue = "messages"
	TraceVerbose  TraceValue = "verbose"
)

// SetTraceParams are the parameters of [MethodSetTrace].
type SetTraceParams struct {
	Value TraceValue `json:"value"`
}

// LogTraceParams are the parameters of [MethodLogTrace]. Verbose is for
// [TraceVerbose] only.
type LogTraceParams struct {
	Message string `json:"message"`
	Verbose string `json:"verbose,omitempty"`
}
