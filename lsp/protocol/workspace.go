package protocol

import (
	"encoding/json"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// A WorkspaceFolder is a folder that the client has opened.
type WorkspaceFolder struct {
	URI  DocumentURI `json:"uri"`
	Name string      `json:"name"`
}

// DidChangeWorkspaceFoldersParams are the parameters of
// [MethodDidChangeWorkspaceFolders].
type DidChangeWorkspaceFoldersParams struct {
	Event WorkspaceFoldersChangeEvent `json:"event"`
}

// WorkspaceFoldersChangeEvent says which folders were opened and closed.
type WorkspaceFoldersChangeEvent struct {
	Added   List[WorkspaceFolder] `json:"added"`
	Removed List[WorkspaceFolder] `json:"removed"`
}

// DidChangeConfigurationParams are the parameters of
// [MethodDidChangeConfiguration]. Clients with Capabilities.Configuration often
// send null here, and expect to be asked with [MethodConfiguration].
type DidChangeConfigurationParams struct {
	Settings json.RawMessage `json:"settings"`
}

// ConfigurationParams are the parameters of [MethodConfiguration]. The answer
// has one value for each item, in order, null for what is not set.
type ConfigurationParams struct {
	Items List[ConfigurationItem] `json:"items"`
}

// A ConfigurationItem asks for a section of the settings in a scope.
type ConfigurationItem struct {
	ScopeURI DocumentURI `json:"scopeUri,omitempty"`
	Section  string      `json:"section,omitempty"`
}

// FileChangeType says what happened to a watched file.
type FileChangeType uint32

// The changes of watched files.
const (
	FileCreated FileChangeType = FileChangeType(lsp.FileChangeTypeCreated)
	FileChanged FileChangeType = FileChangeType(lsp.FileChangeTypeChanged)
	FileDeleted FileChangeType = FileChangeType(lsp.FileChangeTypeDeleted)
)

// DidChangeWatchedFilesParams are the parameters of
// [MethodDidChangeWatchedFiles].
type DidChangeWatchedFilesParams struct {
	Changes List[FileEvent] `json:"changes"`
}

// A FileEvent is a change of a watched file.
type FileEvent struct {
	URI  DocumentURI    `json:"uri"`
	Type FileChangeType `json:"type"`
}

// WatchKind is a set of changes to be told of.
type WatchKind uint32

// The members of [WatchKind]. Zero means all of them.
const (
	WatchCreate WatchKind = WatchKind(lsp.WatchKindCreate)
	WatchChange WatchKind = WatchKind(lsp.WatchKindChange)
	WatchDelete WatchKind = WatchKind(lsp.WatchKindDelete)
)

// DidChangeWatchedFilesRegistrationOptions register watchers with
// [MethodRegisterCapability].
type DidChangeWatchedFilesRegistrationOptions struct {
	Watchers List[FileSystemWatcher] `json:"watchers"`
}

// A FileSystemWatcher asks to be told of changes of files that match.
type FileSystemWatcher struct {
	GlobPattern GlobPattern `json:"globPattern"`
	Kind        WatchKind   `json:"kind,omitempty"`
}

// A GlobPattern matches paths: relative to BaseURI, or, without one, to each
// workspace folder. BaseURI may be set only for clients with
// Capabilities.WatchRelativePatterns (3.17).
type GlobPattern struct {
	BaseURI DocumentURI
	Pattern string
}

type relativePattern struct {
	BaseURI DocumentURI `json:"baseUri"`
	Pattern string      `json:"pattern"`
}

// MarshalJSON implements [json.Marshaler].
func (g GlobPattern) MarshalJSON() ([]byte, error) {
	if g.BaseURI == "" {
		return json.Marshal(g.Pattern)
	}
	return json.Marshal(relativePattern(g))
}

// UnmarshalJSON implements [json.Unmarshaler].
func (g *GlobPattern) UnmarshalJSON(data []byte) error {
	var pattern string
	if err := json.Unmarshal(data, &pattern); err == nil {
		*g = GlobPattern{Pattern: pattern}
		return nil
	}
	return json.Unmarshal(data, (*relativePattern)(g))
}

// RegistrationParams are the parameters of [MethodRegisterCapability].
type RegistrationParams struct {
	Registrations List[Registration] `json:"registrations"`
}

// A Registration asks the client for what a capability would have asked for.
// RegisterOptions is the options structure that belongs to Method. ID is for
// taking the registration back.
type Registration struct {
	ID              string `json:"id"`
	Method          string `json:"method"`
	RegisterOptions any    `json:"registerOptions,omitempty"`
}

// UnregistrationParams are the parameters of [MethodUnregisterCapability]. The
// name on the wire is misspelled in the specification.
type UnregistrationParams struct {
	Unregistrations List[Unregistration] `json:"unregisterations"`
}

// Unregistration takes a [Registration] back.
type Unregistration struct {
	ID     string `json:"id"`
	Method string `json:"method"`
}

// ExecuteCommandParams are the parameters of [MethodExecuteCommand].
type ExecuteCommandParams struct {
	WorkDoneProgressParams
	Command   string            `json:"command"`
	Arguments []json.RawMessage `json:"arguments,omitempty"`
}

// CreateFilesParams are the parameters of [MethodWillCreateFiles] and
// [MethodDidCreateFiles].
type CreateFilesParams struct {
	Files List[FileName] `json:"files"`
}

// DeleteFilesParams are the parameters of [MethodWillDeleteFiles] and
// [MethodDidDeleteFiles].
type DeleteFilesParams struct {
	Files List[FileName] `json:"files"`
}

// FileName names a file or folder that is created or deleted.
type FileName struct {
	URI DocumentURI `json:"uri"`
}

// RenameFilesParams are the parameters of [MethodWillRenameFiles] and
// [MethodDidRenameFiles].
type RenameFilesParams struct {
	Files List[FileRename] `json:"files"`
}

// FileRename is the renaming of a file or folder.
type FileRename struct {
	OldURI DocumentURI `json:"oldUri"`
	NewURI DocumentURI `json:"newUri"`
}

// TextDocumentContentParams are the parameters of [MethodTextDocumentContent]
// (3.18).
type TextDocumentContentParams struct {
	URI DocumentURI `json:"uri"`
}

// TextDocumentContentResult answers [MethodTextDocumentContent] (3.18).
type TextDocumentContentResult struct {
	Text string `json:"text"`
}

// TextDocumentContentRefreshParams are the parameters of
// [MethodTextDocumentContentRefresh] (3.18).
type TextDocumentContentRefreshParams struct {
	URI DocumentURI `json:"uri"`
}
