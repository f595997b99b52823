package lsp

import (
	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

// registerFeatures lists the requests about documents and the workspace.
func (s *server) registerFeatures(r *session.Registry[*analysis.Snapshot]) {
	session.OnRequest(r, protocol.MethodHover, s.hover)
	session.OnRequest(r, protocol.MethodCompletion, s.completion)
	session.OnRequest(r, protocol.MethodCompletionResolve, s.completionResolve)
	session.OnRequest(r, protocol.MethodSignatureHelp, s.signatureHelp)
	session.OnRequest(r, protocol.MethodDefinition, s.definition)
	session.OnRequest(r, protocol.MethodDeclaration, s.declaration)
	session.OnRequest(r, protocol.MethodImplementation, s.implementation)
	session.OnRequest(r, protocol.MethodReferences, s.references)
	session.OnRequest(r, protocol.MethodDocumentHighlight, s.documentHighlight)
	session.OnRequest(r, protocol.MethodDocumentSymbol, s.documentSymbol)
	session.OnRequest(r, protocol.MethodWorkspaceSymbol, s.workspaceSymbol)
	session.OnRequest(r, protocol.MethodFoldingRange, s.foldingRange)
	session.OnRequest(r, protocol.MethodSelectionRange, s.selectionRange)
	session.OnRequest(r, protocol.MethodDocumentLink, s.documentLink)
	session.OnRequest(r, protocol.MethodSemanticTokensFull, s.semanticTokensFull, session.Automatic())
	session.OnRequest(r, protocol.MethodSemanticTokensDelta, s.semanticTokensDelta, session.Automatic())
	session.OnRequest(r, protocol.MethodSemanticTokensRange, s.semanticTokensRange, session.Automatic())
	session.OnRequest(r, protocol.MethodPrepareRename, s.prepareRename)
	session.OnRequest(r, protocol.MethodRename, s.rename)
	session.OnRequest(r, protocol.MethodFormatting, s.formatting)
	session.OnRequest(r, protocol.MethodRangeFormatting, s.rangeFormatting)
	session.OnRequest(r, protocol.MethodOnTypeFormatting, s.onTypeFormatting, session.Automatic())
	session.OnRequest(r, protocol.MethodCodeAction, s.codeAction, session.Automatic())
	session.OnRequest(r, protocol.MethodCodeActionResolve, s.codeActionResolve)
	session.OnRequest(r, protocol.MethodExecuteCommand, s.executeCommand)
	session.OnRequest(r, methodWhy, s.why)
	session.OnRequest(r, methodEnable, s.enable)
	session.OnRequest(r, methodRust, s.rust)
	session.OnRequest(r, protocol.MethodInlayHint, s.inlayHint, session.Automatic())
	session.OnRequest(r, protocol.MethodCodeLens, s.codeLens, session.Automatic())
	session.OnRequest(r, protocol.MethodCodeLensResolve, s.codeLensResolve)
	session.OnRequest(r, protocol.MethodPrepareCallHierarchy, s.prepareCallHierarchy)
	session.OnRequest(r, protocol.MethodIncomingCalls, s.incomingCalls)
	session.OnRequest(r, protocol.MethodOutgoingCalls, s.outgoingCalls)
	session.OnRequest(r, methodMenu, s.menu)
	session.OnRequest(r, methodSet, s.set)
	session.OnRequest(r, methodSave, s.save)
}
