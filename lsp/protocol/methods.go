package protocol

import lsp "github.com/tliron/glsp/protocol_3_16"

// Methods that begin, end and govern a session.
const (
	MethodInitialize    = lsp.MethodInitialize
	MethodInitialized   = lsp.MethodInitialized
	MethodShutdown      = lsp.MethodShutdown
	MethodExit          = lsp.MethodExit
	MethodCancelRequest = lsp.MethodCancelRequest
	MethodProgress      = lsp.MethodProgress
	MethodSetTrace      = lsp.MethodSetTrace
	MethodLogTrace      = lsp.MethodLogTrace
)

// Methods about documents that clients send to servers.
const (
	MethodDidOpen                 = lsp.MethodTextDocumentDidOpen
	MethodDidChange               = lsp.MethodTextDocumentDidChange
	MethodWillSave                = lsp.MethodTextDocumentWillSave
	MethodWillSaveWaitUntil       = lsp.MethodTextDocumentWillSaveWaitUntil
	MethodDidSave                 = lsp.MethodTextDocumentDidSave
	MethodDidClose                = lsp.MethodTextDocumentDidClose
	MethodCompletion              = lsp.MethodTextDocumentCompletion
	MethodCompletionResolve       = lsp.MethodCompletionItemResolve
	MethodHover                   = lsp.MethodTextDocumentHover
	MethodSignatureHelp           = lsp.MethodTextDocumentSignatureHelp
	MethodDeclaration             = lsp.MethodTextDocumentDeclaration
	MethodDefinition              = lsp.MethodTextDocumentDefinition
	MethodTypeDefinition          = lsp.MethodTextDocumentTypeDefinition
	MethodImplementation          = lsp.MethodTextDocumentImplementation
	MethodReferences              = lsp.MethodTextDocumentReferences
	MethodDocumentHighlight       = lsp.MethodTextDocumentDocumentHighlight
	MethodDocumentSymbol          = lsp.MethodTextDocumentDocumentSymbol
	MethodCodeAction              = lsp.MethodTextDocumentCodeAction
	MethodCodeActionResolve       = lsp.MethodCodeActionResolve
	MethodCodeLens                = lsp.MethodTextDocumentCodeLens
	MethodCodeLensResolve         = lsp.MethodCodeLensResolve
	MethodDocumentLink            = lsp.MethodTextDocumentDocumentLink
	MethodDocumentLinkResolve     = lsp.MethodDocumentLinkResolve
	MethodFormatting              = lsp.MethodTextDocumentFormatting
	MethodRangeFormatting         = lsp.MethodTextDocumentRangeFormatting
	MethodOnTypeFormatting        = lsp.MethodTextDocumentOnTypeFormatting
	MethodRename                  = lsp.MethodTextDocumentRename
	MethodPrepareRename           = lsp.MethodTextDocumentPrepareRename
	MethodFoldingRange            = lsp.MethodTextDocumentFoldingRange
	MethodSelectionRange          = lsp.MethodTextDocumentSelectionRange
	MethodPrepareCallHierarchy    = lsp.MethodTextDocumentPrepareCallHierarchy
	MethodIncomingCalls           = lsp.MethodCallHierarchyIncomingCalls
	MethodOutgoingCalls           = lsp.MethodCallHierarchyOutgoingCalls
	MethodSemanticTokensFull      = lsp.MethodTextDocumentSemanticTokensFull
	MethodSemanticTokensDelta     = lsp.MethodTextDocumentSemanticTokensFullDelta
	MethodSemanticTokensRange     = lsp.MethodTextDocumentSemanticTokensRange
	MethodLinkedEditingRange      = lsp.MethodTextDocumentLinkedEditingRange
	MethodInlayHint               = "textDocument/inlayHint"            // 3.17
	MethodInlayHintResolve        = "inlayHint/resolve"                 // 3.17
	MethodDocumentDiagnostic      = "textDocument/diagnostic"           // 3.17
	MethodPrepareTypeHierarchy    = "textDocument/prepareTypeHierarchy" // 3.17
	MethodTypeHierarchySupertypes = "typeHierarchy/supertypes"          // 3.17
	MethodTypeHierarchySubtypes   = "typeHierarchy/subtypes"            // 3.17
	MethodRangesFormatting        = "textDocument/rangesFormatting"     // 3.18
)

// Methods about the workspace that clients send to servers.
const (
	MethodDidChangeWorkspaceFolders = lsp.MethodWorkspaceDidChangeWorkspaceFolders
	MethodDidChangeConfiguration    = lsp.MethodWorkspaceDidChangeConfiguration
	MethodDidChangeWatchedFiles     = lsp.MethodWorkspaceDidChangeWatchedFiles
	MethodWorkspaceSymbol           = lsp.MethodWorkspaceSymbol
	MethodExecuteCommand            = lsp.MethodWorkspaceExecuteCommand
	MethodWillCreateFiles           = lsp.MethodWorkspaceWillCreateFiles
	MethodDidCreateFiles            = lsp.MethodWorkspaceDidCreateFiles
	MethodWillRenameFiles           = lsp.MethodWorkspaceWillRenameFiles
	MethodDidRenameFiles            = lsp.MethodWorkspaceDidRenameFiles
	MethodWillDeleteFiles           = lsp.MethodWorkspaceWillDeleteFiles
	MethodDidDeleteFiles            = lsp.MethodWorkspaceDidDeleteFiles
	MethodProgressCancel            = lsp.MethodWindowWorkDoneProgressCancel
	MethodWorkspaceDiagnostic       = "workspace/diagnostic"          // 3.17
	MethodWorkspaceSymbolResolve    = "workspaceSymbol/resolve"       // 3.17
	MethodTextDocumentContent       = "workspace/textDocumentContent" // 3.18
)

// Methods that servers send to clients.
const (
	MethodPublishDiagnostics         = lsp.ServerTextDocumentPublishDiagnostics
	MethodShowMessage                = lsp.ServerWindowShowMessage
	MethodShowMessageRequest         = lsp.ServerWindowShowMessageRequest
	MethodShowDocument               = lsp.ServerWindowShowDocument
	MethodLogMessage                 = lsp.ServerWindowLogMessage
	MethodTelemetryEvent             = lsp.ServerTelemetryEvent
	MethodProgressCreate             = lsp.ServerWindowWorkDoneProgressCreate
	MethodRegisterCapability         = lsp.ServerClientRegisterCapability
	MethodUnregisterCapability       = lsp.ServerClientUnregisterCapability
	MethodWorkspaceFolders           = lsp.ServerWorkspaceWorkspaceFolders
	MethodConfiguration              = lsp.ServerWorkspaceConfiguration
	MethodApplyEdit                  = lsp.ServerWorkspaceApplyEdit
	MethodCodeLensRefresh            = lsp.ServerWorkspaceCodeLensRefresh
	MethodSemanticTokensRefresh      = lsp.MethodWorkspaceSemanticTokensRefresh
	MethodInlayHintRefresh           = "workspace/inlayHint/refresh"           // 3.17
	MethodDiagnosticRefresh          = "workspace/diagnostic/refresh"          // 3.17
	MethodFoldingRangeRefresh        = "workspace/foldingRange/refresh"        // 3.18
	MethodTextDocumentContentRefresh = "workspace/textDocumentContent/refresh" // 3.18
)
