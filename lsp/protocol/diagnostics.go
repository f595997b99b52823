package protocol

import (
	"encoding/json"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// Severities, tags and links to documentation, as glsp has them.
type (
	DiagnosticSeverity = lsp.DiagnosticSeverity
	DiagnosticTag      = lsp.DiagnosticTag
	CodeDescription    = lsp.CodeDescription
)

// The severities of diagnostics.
const (
	SeverityError       = lsp.DiagnosticSeverityError
	SeverityWarning     = lsp.DiagnosticSeverityWarning
	SeverityInformation = lsp.DiagnosticSeverityInformation
	SeverityHint        = lsp.DiagnosticSeverityHint
)

// The tags of diagnostics.
const (
	TagUnnecessary = lsp.DiagnosticTagUnnecessary
	TagDeprecated  = lsp.DiagnosticTagDeprecated
)

// A Diagnostic is a finding about a range of a document. It travels in both
// directions: clients send it back to ask for code actions. Data then tells
// what was found, without looking again.
type Diagnostic struct {
	Range              Range                          `json:"range"`
	Severity           DiagnosticSeverity             `json:"severity,omitempty"`
	Code               string                         `json:"code,omitempty"`
	CodeDescription    *CodeDescription               `json:"codeDescription,omitempty"`
	Source             string                         `json:"source,omitempty"`
	Message            string                         `json:"message"`
	Tags               []DiagnosticTag                `json:"tags,omitempty"`
	RelatedInformation []DiagnosticRelatedInformation `json:"relatedInformation,omitempty"`
	Data               json.RawMessage                `json:"data,omitempty"`
}

// DiagnosticRelatedInformation points to another place that has to do with a
// diagnostic.
type DiagnosticRelatedInformation struct {
	Location Location `json:"location"`
	Message  string   `json:"message"`
}

// UnmarshalJSON implements [json.Unmarshaler]. Clients send the diagnostics of
// all servers of a document, so it also takes what this server never sends:
// numeric codes, which become their decimal text, and messages in markup, of
// which it keeps the text.
func (d *Diagnostic) UnmarshalJSON(data []byte) error {
	type plain Diagnostic // without this method
	wide := struct {
		*plain
		Code    json.RawMessage `json:"code"`
		Message json.RawMessage `json:"message"`
	}{plain: (*plain)(d)}
	if err := json.Unmarshal(data, &wide); err != nil {
		return err
	}
	d.Code = stringOr(wide.Code, func() string {
		var n json.Number
		_ = json.Unmarshal(wide.Code, &n) // else no code we could know
		return n.String()
	})
	d.Message = stringOr(wide.Message, func() string {
		var m MarkupContent
		_ = json.Unmarshal(wide.Message, &m) // else no message we could show
		return m.Value
	})
	return nil
}

// stringOr decodes raw as a string, or else asks otherwise.
func stringOr(raw json.RawMessage, otherwise func() string) string {
	if len(raw) == 0 {
		return ""
	}
	var s string
	if err := json.Unmarshal(raw, &s); err == nil {
		return s
	}
	return otherwise()
}

// PublishDiagnosticsParams are the parameters of [MethodPublishDiagnostics].
// They replace all earlier diagnostics of the document. Version is the version
// of the text that was looked at, or nil for a document that is not open.
type PublishDiagnosticsParams struct {
	URI         DocumentURI      `json:"uri"`
	Version     *int32           `json:"version,omitempty"`
	Diagnostics List[Diagnostic] `json:"diagnostics"`
}

// DocumentDiagnosticParams are the parameters of [MethodDocumentDiagnostic].
// PreviousResultID is empty if the client has no report yet.
type DocumentDiagnosticParams struct {
	WorkDoneProgressParams
	TextDocument     TextDocumentIdentifier `json:"textDocument"`
	Identifier       string                 `json:"identifier,omitempty"`
	PreviousResultID string                 `json:"previousResultId,omitempty"`
}

// A DiagnosticReport is what one pull of diagnostics brings for one document:
// either everything there is to say, or that the report with the given
// ResultID still holds.
type DiagnosticReport struct {
	Unchanged bool
	ResultID  string       // must not be empty if Unchanged
	Items     []Diagnostic // ignored if Unchanged
}

type fullReport struct {
	Kind     string           `json:"kind"`
	ResultID string           `json:"resultId,omitempty"`
	Items    List[Diagnostic] `json:"items"`
}

type unchangedReport struct {
	Kind     string `json:"kind"`
	ResultID string `json:"resultId"`
}

// MarshalJSON implements [json.Marshaler].
func (r DiagnosticReport) MarshalJSON() ([]byte, error) {
	if r.Unchanged {
		return json.Marshal(unchangedReport{"unchanged", r.ResultID})
	}
	return json.Marshal(fullReport{"full", r.ResultID, r.Items})
}

// UnmarshalJSON implements [json.Unmarshaler].
func (r *DiagnosticReport) UnmarshalJSON(data []byte) error {
	var full fullReport
	if err := json.Unmarshal(data, &full); err != nil {
		return err
	}
	*r = DiagnosticReport{full.Kind == "unchanged", full.ResultID, full.Items}
	return nil
}

// DocumentDiagnosticReport answers [MethodDocumentDiagnostic]. RelatedDocuments
// may be set only for clients with Capabilities.PullDiagnosticsRelated.
type DocumentDiagnosticReport struct {
	DiagnosticReport
	RelatedDocuments map[DocumentURI]DiagnosticReport
}

// MarshalJSON implements [json.Marshaler].
func (r DocumentDiagnosticReport) MarshalJSON() ([]byte, error) {
	if r.Unchanged {
		return json.Marshal(struct {
			unchangedReport
			Related map[DocumentURI]DiagnosticReport `json:"relatedDocuments,omitempty"`
		}{unchangedReport{"unchanged", r.ResultID}, r.RelatedDocuments})
	}
	return json.Marshal(struct {
		fullReport
		Related map[DocumentURI]DiagnosticReport `json:"relatedDocuments,omitempty"`
	}{fullReport{"full", r.ResultID, r.Items}, r.RelatedDocuments})
}

// UnmarshalJSON implements [json.Unmarshaler].
func (r *DocumentDiagnosticReport) UnmarshalJSON(data []byte) error {
	if err := r.DiagnosticReport.UnmarshalJSON(data); err != nil {
		return err
	}
	var rest struct {
		Related map[DocumentURI]DiagnosticReport `json:"relatedDocuments"`
	}
	if err := json.Unmarshal(data, &rest); err != nil {
		return err
	}
	r.RelatedDocuments = rest.Related
	return nil
}

// WorkspaceDiagnosticParams are the parameters of [MethodWorkspaceDiagnostic].
type WorkspaceDiagnosticParams struct {
	WorkDoneProgressParams
	Identifier        string                 `json:"identifier,omitempty"`
	PreviousResultIDs List[PreviousResultID] `json:"previousResultIds"`
}

// A PreviousResultID says which report of a document the client has.
type PreviousResultID struct {
	URI   DocumentURI `json:"uri"`
	Value string      `json:"value"`
}

// WorkspaceDiagnosticReport answers [MethodWorkspaceDiagnostic].
type WorkspaceDiagnosticReport struct {
	Items List[WorkspaceDocumentDiagnosticReport] `json:"items"`
}

// WorkspaceDocumentDiagnosticReport is the report on one document of the
// workspace. Version is nil for a document that is not open.
type WorkspaceDocumentDiagnosticReport struct {
	DiagnosticReport
	URI     DocumentURI
	Version *int32
}

type reportAddress struct {
	URI     DocumentURI `json:"uri"`
	Version *int32      `json:"version"` // null is required, absence is not allowed
}

// MarshalJSON implements [json.Marshaler].
func (r WorkspaceDocumentDiagnosticReport) MarshalJSON() ([]byte, error) {
	address := reportAddress{r.URI, r.Version}
	if r.Unchanged {
		return json.Marshal(struct {
			unchangedReport
			reportAddress
		}{unchangedReport{"unchanged", r.ResultID}, address})
	}
	return json.Marshal(struct {
		fullReport
		reportAddress
	}{fullReport{"full", r.ResultID, r.Items}, address})
}

// UnmarshalJSON implements [json.Unmarshaler].
func (r *WorkspaceDocumentDiagnosticReport) UnmarshalJSON(data []byte) error {
	if err := r.DiagnosticReport.UnmarshalJSON(data); err != nil {
		return err
	}
	var address reportAddress
	if err := json.Unmarshal(data, &address); err != nil {
		return err
	}
	r.URI, r.Version = address.URI, address.Version
	return nil
}

// DiagnosticServerCancellationData is the Data of a [ServerCancelled] error that
// answers a pull.
type DiagnosticServerCancellationData struct {
	RetriggerRequest bool `json:"retriggerRequest"`
}
