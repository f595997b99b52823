package protocol

import (
	"encoding/json"
	"slices"
)

// InitializeResult answers [MethodInitialize].
type InitializeResult struct {
	Capabilities ServerCapabilities `json:"capabilities"`
	ServerInfo   *ProgramInfo       `json:"serverInfo,omitempty"`
}

// ProgramInfo names a program and its version.
type ProgramInfo struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
}

// ServerCapabilities says what a server can do, as far as this one can do
// anything. A zero member means that it cannot.
type ServerCapabilities struct {
	PositionEncoding                PositionEncoding                 `json:"positionEncoding,omitempty"` // 3.17
	TextDocumentSync                *TextDocumentSyncOptions         `json:"textDocumentSync,omitempty"`
	CompletionProvider              *CompletionOptions               `json:"completionProvider,omitempty"`
	HoverProvider                   bool                             `json:"hoverProvider,omitempty"`
	SignatureHelpProvider           *SignatureHelpOptions            `json:"signatureHelpProvider,omitempty"`
	DeclarationProvider             bool                             `json:"declarationProvider,omitempty"`
	DefinitionProvider              bool                             `json:"definitionProvider,omitempty"`
	TypeDefinitionProvider          bool                             `json:"typeDefinitionProvider,omitempty"`
	ImplementationProvider          bool                             `json:"implementationProvider,omitempty"`
	ReferencesProvider              bool                             `json:"referencesProvider,omitempty"`
	DocumentHighlightProvider       bool                             `json:"documentHighlightProvider,omitempty"`
	DocumentSymbolProvider          *DocumentSymbolOptions           `json:"documentSymbolProvider,omitempty"`
	CodeActionProvider              *CodeActionOptions               `json:"codeActionProvider,omitempty"`
	CodeLensProvider                *ResolveOptions                  `json:"codeLensProvider,omitempty"`
	DocumentLinkProvider            *ResolveOptions                  `json:"documentLinkProvider,omitempty"`
	DocumentFormattingProvider      bool                             `json:"documentFormattingProvider,omitempty"`
	DocumentRangeFormattingProvider *DocumentRangeFormattingOptions  `json:"documentRangeFormattingProvider,omitempty"`
	DocumentOnTypeFormatting        *DocumentOnTypeFormattingOptions `json:"documentOnTypeFormattingProvider,omitempty"`
	RenameProvider                  *RenameOptions                   `json:"renameProvider,omitempty"`
	FoldingRangeProvider            bool                             `json:"foldingRangeProvider,omitempty"`
	SelectionRangeProvider          bool                             `json:"selectionRangeProvider,omitempty"`
	ExecuteCommandProvider          *ExecuteCommandOptions           `json:"executeCommandProvider,omitempty"`
	CallHierarchyProvider           bool                             `json:"callHierarchyProvider,omitempty"`
	TypeHierarchyProvider           bool                             `json:"typeHierarchyProvider,omitempty"` // 3.17
	LinkedEditingRangeProvider      bool                             `json:"linkedEditingRangeProvider,omitempty"`
	SemanticTokensProvider          *SemanticTokensOptions           `json:"semanticTokensProvider,omitempty"`
	InlayHintProvider               *ResolveOptions                  `json:"inlayHintProvider,omitempty"`  // 3.17
	DiagnosticProvider              *DiagnosticOptions               `json:"diagnosticProvider,omitempty"` // 3.17
	WorkspaceSymbolProvider         *ResolveOptions                  `json:"workspaceSymbolProvider,omitempty"`
	Workspace                       *WorkspaceOptions                `json:"workspace,omitempty"`
}

// TextDocumentSyncOptions say what the server wants to hear about documents.
type TextDocumentSyncOptions struct {
	OpenClose         bool                 `json:"openClose,omitempty"`
	Change            TextDocumentSyncKind `json:"change"`
	WillSave          bool                 `json:"willSave,omitempty"`
	WillSaveWaitUntil bool                 `json:"willSaveWaitUntil,omitempty"`
	Save              *SaveOptions         `json:"save,omitempty"`
}

// SaveOptions say whether [MethodDidSave] shall bring the text.
type SaveOptions struct {
	IncludeText bool `json:"includeText,omitempty"`
}

// CompletionOptions belong to [MethodCompletion].
type CompletionOptions struct {
	TriggerCharacters   []string               `json:"triggerCharacters,omitempty"`
	AllCommitCharacters []string               `json:"allCommitCharacters,omitempty"`
	ResolveProvider     bool                   `json:"resolveProvider,omitempty"`
	CompletionItem      *CompletionItemOptions `json:"completionItem,omitempty"` // 3.17
}

// CompletionItemOptions say what the server can do with resolved items.
type CompletionItemOptions struct {
	LabelDetailsSupport bool `json:"labelDetailsSupport,omitempty"`
}

// SignatureHelpOptions belong to [MethodSignatureHelp].
type SignatureHelpOptions struct {
	TriggerCharacters   []string `json:"triggerCharacters,omitempty"`
	RetriggerCharacters []string `json:"retriggerCharacters,omitempty"`
}

// DocumentSymbolOptions belong to [MethodDocumentSymbol]. Label tells several
// outlines of one document apart.
type DocumentSymbolOptions struct {
	Label string `json:"label,omitempty"`
}

// ResolveOptions belong to methods whose answers may be completed by a second
// request.
type ResolveOptions struct {
	ResolveProvider bool `json:"resolveProvider,omitempty"`
}

// CodeActionOptions belong to [MethodCodeAction]. The zero value encodes as
// true: older clients take nothing else.
type CodeActionOptions struct {
	CodeActionKinds []CodeActionKind `json:"codeActionKinds,omitempty"`
	ResolveProvider bool             `json:"resolveProvider,omitempty"`
}

// MarshalJSON implements [json.Marshaler].
func (o CodeActionOptions) MarshalJSON() ([]byte, error) {
	if len(o.CodeActionKinds) == 0 && !o.ResolveProvider {
		return []byte("true"), nil
	}
	type plain CodeActionOptions // without this method
	return json.Marshal(plain(o))
}

// RenameOptions belong to [MethodRename]. The zero value encodes as true: only
// clients with Capabilities.PrepareRename take anything else.
type RenameOptions struct {
	PrepareProvider bool `json:"prepareProvider,omitempty"`
}

// MarshalJSON implements [json.Marshaler].
func (o RenameOptions) MarshalJSON() ([]byte, error) {
	if !o.PrepareProvider {
		return []byte("true"), nil
	}
	type plain RenameOptions // without this method
	return json.Marshal(plain(o))
}

// DocumentRangeFormattingOptions belong to [MethodRangeFormatting].
type DocumentRangeFormattingOptions struct {
	RangesSupport bool `json:"rangesSupport,omitempty"` // 3.18
}

// DocumentOnTypeFormattingOptions belong to [MethodOnTypeFormatting].
type DocumentOnTypeFormattingOptions struct {
	FirstTriggerCharacter string   `json:"firstTriggerCharacter"`
	MoreTriggerCharacter  []string `json:"moreTriggerCharacter,omitempty"`
}

// ExecuteCommandOptions belong to [MethodExecuteCommand].
type ExecuteCommandOptions struct {
	Commands List[string] `json:"commands"`
}

// SemanticTokensOptions belong to the semantic tokens methods.
type SemanticTokensOptions struct {
	Legend SemanticTokensLegend       `json:"legend"`
	Range  bool                       `json:"range,omitempty"`
	Full   *SemanticTokensFullOptions `json:"full,omitempty"`
}

// SemanticTokensFullOptions belong to [MethodSemanticTokensFull].
type SemanticTokensFullOptions struct {
	Delta bool `json:"delta,omitempty"`
}

// SemanticTokensLegend gives the numbers in [TokenData] their meaning: a type is
// an index of TokenTypes, modifiers are a set of bits, counted as indexes of
// TokenModifiers.
type SemanticTokensLegend struct {
	TokenTypes     List[SemanticTokenType]     `json:"tokenTypes"`
	TokenModifiers List[SemanticTokenModifier] `json:"tokenModifiers"`
}

// DiagnosticOptions belong to the pull of diagnostics (3.17).
type DiagnosticOptions struct {
	Identifier            string `json:"identifier,omitempty"`
	InterFileDependencies bool   `json:"interFileDependencies"`
	WorkspaceDiagnostics  bool   `json:"workspaceDiagnostics"`
}

// WorkspaceOptions say what the server can do with the workspace.
type WorkspaceOptions struct {
	WorkspaceFolders    *WorkspaceFoldersOptions    `json:"workspaceFolders,omitempty"`
	FileOperations      *FileOperationOptions       `json:"fileOperations,omitempty"`
	TextDocumentContent *TextDocumentContentOptions `json:"textDocumentContent,omitempty"` // 3.18
}

// WorkspaceFoldersOptions say whether the server knows more than one folder.
type WorkspaceFoldersOptions struct {
	Supported           bool `json:"supported,omitempty"`
	ChangeNotifications bool `json:"changeNotifications,omitempty"`
}

// FileOperationOptions say what the server wants to hear about files that the
// user creates, renames and deletes in the editor.
type FileOperationOptions struct {
	DidCreate  *FileOperationFilters `json:"didCreate,omitempty"`
	WillCreate *FileOperationFilters `json:"willCreate,omitempty"`
	DidRename  *FileOperationFilters `json:"didRename,omitempty"`
	WillRename *FileOperationFilters `json:"willRename,omitempty"`
	DidDelete  *FileOperationFilters `json:"didDelete,omitempty"`
	WillDelete *FileOperationFilters `json:"willDelete,omitempty"`
}

// FileOperationFilters select files; one that matches is enough.
type FileOperationFilters struct {
	Filters List[FileOperationFilter] `json:"filters"`
}

// FileOperationFilter selects files of a scheme by a pattern.
type FileOperationFilter struct {
	Scheme  string               `json:"scheme,omitempty"`
	Pattern FileOperationPattern `json:"pattern"`
}

// FileOperationPattern selects files by a glob. Matches is "file", "folder" or,
// for both, empty.
type FileOperationPattern struct {
	Glob    string `json:"glob"`
	Matches string `json:"matches,omitempty"`
}

// TextDocumentContentOptions name the URI schemes whose documents the server
// makes up (3.18).
type TextDocumentContentOptions struct {
	Schemes List[string] `json:"schemes"`
}

// Methods returns the methods that c promises to handle, sorted. Together with
// what needs no promise (configuration and watched files) they should be those
// of the registry; a test can compare.
func (c *ServerCapabilities) Methods() []string {
	var methods []string
	add := func(promised bool, names ...string) {
		if promised {
			methods = append(methods, names...)
		}
	}
	if s := c.TextDocumentSync; s != nil {
		add(s.OpenClose, MethodDidOpen, MethodDidClose)
		add(s.Change != SyncNone, MethodDidChange)
		add(s.WillSave, MethodWillSave)
		add(s.WillSaveWaitUntil, MethodWillSaveWaitUntil)
		add(s.Save != nil, MethodDidSave)
	}
	if p := c.CompletionProvider; p != nil {
		add(true, MethodCompletion)
		add(p.ResolveProvider, MethodCompletionResolve)
	}
	add(c.HoverProvider, MethodHover)
	add(c.SignatureHelpProvider != nil, MethodSignatureHelp)
	add(c.DeclarationProvider, MethodDeclaration)
	add(c.DefinitionProvider, MethodDefinition)
	add(c.TypeDefinitionProvider, MethodTypeDefinition)
	add(c.ImplementationProvider, MethodImplementation)
	add(c.ReferencesProvider, MethodReferences)
	add(c.DocumentHighlightProvider, MethodDocumentHighlight)
	add(c.DocumentSymbolProvider != nil, MethodDocumentSymbol)
	if p := c.CodeActionProvider; p != nil {
		add(true, MethodCodeAction)
		add(p.ResolveProvider, MethodCodeActionResolve)
	}
	resolvable := func(o *ResolveOptions, method, resolve string) {
		add(o != nil, method)
		add(o != nil && o.ResolveProvider, resolve)
	}
	resolvable(c.CodeLensProvider, MethodCodeLens, MethodCodeLensResolve)
	resolvable(c.DocumentLinkProvider, MethodDocumentLink, MethodDocumentLinkResolve)
	resolvable(c.InlayHintProvider, MethodInlayHint, MethodInlayHintResolve)
	resolvable(c.WorkspaceSymbolProvider, MethodWorkspaceSymbol, MethodWorkspaceSymbolResolve)
	add(c.DocumentFormattingProvider, MethodFormatting)
	if p := c.DocumentRangeFormattingProvider; p != nil {
		add(true, MethodRangeFormatting)
		add(p.RangesSupport, MethodRangesFormatting)
	}
	add(c.DocumentOnTypeFormatting != nil, MethodOnTypeFormatting)
	if p := c.RenameProvider; p != nil {
		add(true, MethodRename)
		add(p.PrepareProvider, MethodPrepareRename)
	}
	add(c.FoldingRangeProvider, MethodFoldingRange)
	add(c.SelectionRangeProvider, MethodSelectionRange)
	add(c.ExecuteCommandProvider != nil, MethodExecuteCommand)
	add(c.CallHierarchyProvider, MethodPrepareCallHierarchy, MethodIncomingCalls, MethodOutgoingCalls)
	add(c.TypeHierarchyProvider, MethodPrepareTypeHierarchy, MethodTypeHierarchySupertypes, MethodTypeHierarchySubtypes)
	add(c.LinkedEditingRangeProvider, MethodLinkedEditingRange)
	if p := c.SemanticTokensProvider; p != nil {
		add(p.Full != nil, MethodSemanticTokensFull)
		add(p.Full != nil && p.Full.Delta, MethodSemanticTokensDelta)
		add(p.Range, MethodSemanticTokensRange)
	}
	if p := c.DiagnosticProvider; p != nil {
		add(true, MethodDocumentDiagnostic)
		add(p.WorkspaceDiagnostics, MethodWorkspaceDiagnostic)
	}
	if w := c.Workspace; w != nil {
		add(w.WorkspaceFolders != nil && w.WorkspaceFolders.ChangeNotifications, MethodDidChangeWorkspaceFolders)
		add(w.TextDocumentContent != nil, MethodTextDocumentContent)
		if f := w.FileOperations; f != nil {
			add(f.DidCreate != nil, MethodDidCreateFiles)
			add(f.WillCreate != nil, MethodWillCreateFiles)
			add(f.DidRename != nil, MethodDidRenameFiles)
			add(f.WillRename != nil, MethodWillRenameFiles)
			add(f.DidDelete != nil, MethodDidDeleteFiles)
			add(f.WillDelete != nil, MethodWillDeleteFiles)
		}
	}
	slices.Sort(methods)
	return methods
}
