package lsp

import (
	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// serverCapabilities returns what the server offers to a client.
func serverCapabilities(caps protocol.Capabilities) protocol.ServerCapabilities {
	c := protocol.ServerCapabilities{
		PositionEncoding: caps.PositionEncoding,
		TextDocumentSync: &protocol.TextDocumentSyncOptions{
			OpenClose: true,
			Change:    protocol.SyncIncremental,
			Save:      &protocol.SaveOptions{},
		},
		CompletionProvider: &protocol.CompletionOptions{
			// What opens a new kind of completion: a word after a keyword, a path,
			// a macro, its arguments, a value.
			TriggerCharacters: []string{" ", "\t", "\"", "/", "(", "$", ",", "="},
			ResolveProvider:   true,
			CompletionItem:    &protocol.CompletionItemOptions{LabelDetailsSupport: true},
		},
		HoverProvider: true,
		SignatureHelpProvider: &protocol.SignatureHelpOptions{
			TriggerCharacters: []string{"(", ","}, RetriggerCharacters: []string{","},
		},
		DeclarationProvider:       true,
		DefinitionProvider:        true,
		ImplementationProvider:    true,
		ReferencesProvider:        true,
		DocumentHighlightProvider: true,
		DocumentSymbolProvider:    &protocol.DocumentSymbolOptions{},
		DocumentLinkProvider:      &protocol.ResolveOptions{},
		WorkspaceSymbolProvider:   &protocol.ResolveOptions{},
		RenameProvider:            &protocol.RenameOptions{PrepareProvider: caps.PrepareRename},
		CodeLensProvider:          &protocol.ResolveOptions{ResolveProvider: true},
		CallHierarchyProvider:     true,
		InlayHintProvider:         &protocol.ResolveOptions{},
		FoldingRangeProvider:      true,

		DocumentFormattingProvider:      true,
		DocumentRangeFormattingProvider: &protocol.DocumentRangeFormattingOptions{},
		DocumentOnTypeFormatting:        typedCharacters(),

		SelectionRangeProvider: true,
		SemanticTokensProvider: &protocol.SemanticTokensOptions{
			Legend: tokenLegend(),
			Range:  true,
			Full:   &protocol.SemanticTokensFullOptions{Delta: true},
		},
		Workspace: &protocol.WorkspaceOptions{
			WorkspaceFolders: &protocol.WorkspaceFoldersOptions{Supported: true, ChangeNotifications: true},
		},
	}
	if caps.CodeActionLiterals {
		c.CodeActionProvider = &protocol.CodeActionOptions{
			CodeActionKinds: codeActionKinds(),
			ResolveProvider: resolvesEdits(caps),
		}
		if caps.ApplyEdit && !resolvesEdits(caps) {
			c.ExecuteCommandProvider = &protocol.ExecuteCommandOptions{Commands: []string{commandEnable}}
		}
	}
	if caps.Pulls() {
		c.DiagnosticProvider = &protocol.DiagnosticOptions{
			Identifier: "kconfig", InterFileDependencies: true, WorkspaceDiagnostics: caps.PullWorkspace,
		}
	}
	return c
}

// tokenLegend names the types and modifiers of semantic tokens.
func tokenLegend() protocol.SemanticTokensLegend {
	var legend protocol.SemanticTokensLegend
	for _, name := range analysis.TokenTypes() {
		legend.TokenTypes = append(legend.TokenTypes, protocol.SemanticTokenType(name))
	}
	for _, name := range analysis.TokenModifiers() {
		legend.TokenModifiers = append(legend.TokenModifiers, protocol.SemanticTokenModifier(name))
	}
	return legend
}
