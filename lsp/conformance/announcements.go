package conformance

// Where things stand that several methods have in common.
var (
	completionItems = []string{"textDocument/completion#result *", "textDocument/completion#result items.*", "completionItem/resolve#result"}
	completionLists = []string{"textDocument/completion#result"}
	diagnosticItems = []string{
		"textDocument/publishDiagnostics#params diagnostics.*", "textDocument/diagnostic#result items.*",
		"textDocument/diagnostic#result relatedDocuments.**.items.*", "workspace/diagnostic#result items.*.items.*",
	}
	codeActions    = []string{"textDocument/codeAction#result *", "codeAction/resolve#result"}
	actionEdits    = []string{"textDocument/codeAction#result *.edit", "codeAction/resolve#result edit"}
	renameEdits    = []string{"textDocument/rename#result"}
	workspaceEdits = append(append([]string{"workspace/applyEdit#params edit"}, actionEdits...), renameEdits...)
	signatures     = []string{"textDocument/signatureHelp#result signatures.*"}
	symbolItems    = []string{"textDocument/documentSymbol#result *", "textDocument/documentSymbol#result *.children.*", "textDocument/documentSymbol#result *.children.*.children.*"}
)

// The kinds that clients know which do not say which ones. Those that do say it know
// what to do with others.
var (
	firstCompletionKinds = []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18"}
	firstSymbolKinds     = firstCompletionKinds
)

// plain is the format of texts that all clients can show.
var plain = []string{"plaintext"}

// uses are what clients must have announced before a server may use it, as the
// specification has it.
var uses = []use{
	// What a server asks for.
	{places: []string{"workspace/configuration#params"}, needs: []string{"workspace.configuration"}},
	{places: []string{"workspace/applyEdit#params"}, needs: []string{"workspace.applyEdit"}},
	{places: []string{"window/workDoneProgress/create#params"}, needs: []string{"window.workDoneProgress"}},
	{places: []string{"window/showDocument#params"}, needs: []string{"window.showDocument.support"}},
	{places: []string{"client/registerCapability#params registrations.*"}, member: "registerOptions.watchers.*.globPattern.baseUri", needs: []string{"workspace.didChangeWatchedFiles.relativePatternSupport"}},
	{places: []string{"initialize#result capabilities"}, member: "positionEncoding", needs: []string{"general.positionEncodings:*"}, otherwise: []string{"utf-16"}},

	// Diagnostics.
	{places: diagnosticItems, member: "relatedInformation", needs: diagnosticNeeds("relatedInformation")},
	{places: diagnosticItems, member: "codeDescription", needs: diagnosticNeeds("codeDescriptionSupport")},
	{places: diagnosticItems, member: "data", needs: diagnosticNeeds("dataSupport")},
	{places: diagnosticItems, member: "tags.*", needs: diagnosticNeeds("tagSupport.valueSet:*")},
	{places: diagnosticItems, member: "message.kind", needs: []string{"textDocument.diagnostic.markupMessageSupport"}},
	{places: []string{"textDocument/publishDiagnostics#params"}, member: "version", needs: []string{"textDocument.publishDiagnostics.versionSupport"}},
	{places: []string{"textDocument/diagnostic#result"}, member: "relatedDocuments", needs: []string{"textDocument.diagnostic.relatedDocumentSupport"}},

	// Completion.
	{places: completionItems, member: "insertTextFormat", of: is("2"), needs: completionNeeds("snippetSupport")},
	{places: completionItems, member: "labelDetails", needs: completionNeeds("labelDetailsSupport")},
	{places: completionItems, member: "documentation.kind", needs: completionNeeds("documentationFormat:*"), otherwise: plain},
	{places: completionItems, member: "tags.*", needs: completionNeeds("tagSupport.valueSet:*")},
	{places: completionItems, member: "deprecated", needs: completionNeeds("deprecatedSupport")},
	{places: completionItems, member: "textEdit.insert", needs: completionNeeds("insertReplaceSupport")},
	{places: completionItems, member: "commitCharacters", needs: completionNeeds("commitCharactersSupport")},
	{places: completionItems, member: "preselect", needs: completionNeeds("preselectSupport")},
	{places: completionItems, member: "insertTextMode", needs: completionNeeds("insertTextModeSupport.valueSet:*")},
	{places: completionItems, member: "kind", needs: []string{"textDocument.completion.completionItemKind.valueSet"}, otherwise: firstCompletionKinds},
	{places: completionLists, member: "itemDefaults.commitCharacters", needs: listNeeds("commitCharacters")},
	{places: completionLists, member: "itemDefaults.editRange", needs: listNeeds("editRange")},
	{places: completionLists, member: "itemDefaults.editRange.insert", needs: completionNeeds("insertReplaceSupport")},
	{places: completionLists, member: "itemDefaults.insertTextFormat", needs: listNeeds("insertTextFormat")},
	{places: completionLists, member: "itemDefaults.insertTextFormat", of: is("2"), needs: completionNeeds("snippetSupport")},
	{places: completionLists, member: "itemDefaults.insertTextMode", needs: listNeeds("insertTextMode")},
	{places: completionLists, member: "itemDefaults.data", needs: listNeeds("data")},
	{places: completionLists, member: "applyKind", needs: []string{"textDocument.completion.completionList.applyKindSupport"}},

	// Reading.
	{places: []string{"textDocument/hover#result"}, member: "contents.kind", needs: []string{"textDocument.hover.contentFormat:*"}, otherwise: plain},
	{places: signatures, member: "documentation.kind", needs: []string{"textDocument.signatureHelp.signatureInformation.documentationFormat:*"}, otherwise: plain},
	{places: signatures, member: "parameters.*.documentation.kind", needs: []string{"textDocument.signatureHelp.signatureInformation.documentationFormat:*"}, otherwise: plain},
	{places: signatures, member: "parameters.*.label.*", needs: []string{"textDocument.signatureHelp.signatureInformation.parameterInformation.labelOffsetSupport"}},
	{places: signatures, member: "activeParameter", needs: []string{"textDocument.signatureHelp.signatureInformation.activeParameterSupport"}},
	{places: []string{"textDocument/definition#result *"}, member: "targetUri", needs: []string{"textDocument.definition.linkSupport"}},
	{places: []string{"textDocument/declaration#result *"}, member: "targetUri", needs: []string{"textDocument.declaration.linkSupport"}},
	{places: []string{"textDocument/typeDefinition#result *"}, member: "targetUri", needs: []string{"textDocument.typeDefinition.linkSupport"}},
	{places: []string{"textDocument/implementation#result *"}, member: "targetUri", needs: []string{"textDocument.implementation.linkSupport"}},
	{places: symbolItems, member: "selectionRange", needs: []string{"textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"}},
	{places: symbolItems, member: "tags.*", needs: []string{"textDocument.documentSymbol.tagSupport.valueSet:*"}},
	{places: symbolItems, member: "kind", needs: []string{"textDocument.documentSymbol.symbolKind.valueSet"}, otherwise: firstSymbolKinds},
	{places: []string{"workspace/symbol#result *"}, member: "tags.*", needs: []string{"workspace.symbol.tagSupport.valueSet:*"}},
	{places: []string{"workspace/symbol#result *"}, member: "kind", needs: []string{"workspace.symbol.symbolKind.valueSet"}, otherwise: firstSymbolKinds},
	{places: []string{"workspace/symbol#result *"}, member: "location", of: without("range"), needs: []string{"workspace.symbol.resolveSupport.properties:location.range"}},
	{places: []string{"textDocument/documentLink#result *"}, member: "tooltip", needs: []string{"textDocument.documentLink.tooltipSupport"}},
	{places: []string{"textDocument/foldingRange#result *"}, member: "collapsedText", needs: []string{"textDocument.foldingRange.foldingRange.collapsedText"}},

	// Changing.
	{places: codeActions, of: isLiteral, needs: []string{"textDocument.codeAction.codeActionLiteralSupport"}},
	{places: codeActions, member: "isPreferred", needs: []string{"textDocument.codeAction.isPreferredSupport"}},
	{places: codeActions, member: "disabled", needs: []string{"textDocument.codeAction.disabledSupport"}},
	{places: codeActions, member: "data", needs: []string{"textDocument.codeAction.dataSupport"}},
	{places: codeActions, member: "tags.*", needs: []string{"textDocument.codeAction.tagSupport.valueSet:*"}},
	{places: codeActions, of: isUnresolved, needs: []string{"textDocument.codeAction.resolveSupport.properties:edit"}},
	{places: actionEdits, member: "changeAnnotations", needs: []string{"textDocument.codeAction.honorsChangeAnnotations"}},
	{places: renameEdits, member: "changeAnnotations", needs: []string{"textDocument.rename.honorsChangeAnnotations"}},
	{places: []string{"textDocument/prepareRename#result"}, member: "defaultBehavior", needs: []string{"textDocument.rename.prepareSupportDefaultBehavior"}},
	{places: workspaceEdits, member: "documentChanges", needs: []string{"workspace.workspaceEdit.documentChanges"}},
	{places: workspaceEdits, member: "documentChanges.*.kind", needs: []string{"workspace.workspaceEdit.resourceOperations:*"}},
	{places: workspaceEdits, member: "documentChanges.*.edits.*.snippet", needs: []string{"workspace.workspaceEdit.snippetEditSupport"}},
	{places: workspaceEdits, member: "documentChanges.*.edits.*.annotationId", needs: []string{"workspace.workspaceEdit.changeAnnotationSupport"}},
	{places: workspaceEdits, member: "documentChanges.*.annotationId", needs: []string{"workspace.workspaceEdit.changeAnnotationSupport"}},
	{places: workspaceEdits, member: "changeAnnotations", needs: []string{"workspace.workspaceEdit.changeAnnotationSupport"}},
	{places: []string{"workspace/applyEdit#params"}, member: "metadata", needs: []string{"workspace.workspaceEdit.metadataSupport"}},
}

// refreshes are messages that have clients ask again, and where these announce that they
// take them, in any of the places: Helix calls one workspace.diagnostic, and means it.
var refreshes = map[string][]string{
	"workspace/semanticTokens/refresh": {"workspace.semanticTokens.refreshSupport"},
	"workspace/inlayHint/refresh":      {"workspace.inlayHint.refreshSupport"},
	"workspace/inlineValue/refresh":    {"workspace.inlineValue.refreshSupport"},
	"workspace/codeLens/refresh":       {"workspace.codeLens.refreshSupport"},
	"workspace/diagnostic/refresh":     {"workspace.diagnostics.refreshSupport", "workspace.diagnostic.refreshSupport"},
	"workspace/foldingRange/refresh":   {"workspace.foldingRange.refreshSupport"},
	"workspace/workspaceFolders":       {"workspace.workspaceFolders"},
	"kconfig/changed":                  {"experimental.kconfigChanged"},
}

// diagnosticNeeds says where clients announce what diagnostics can have: with the push,
// or since 3.18 with the pull.
func diagnosticNeeds(name string) []string {
	return []string{"textDocument.publishDiagnostics." + name, "textDocument.diagnostic." + name}
}

func completionNeeds(name string) []string {
	return []string{"textDocument.completion.completionItem." + name}
}

func listNeeds(name string) []string {
	return []string{"textDocument.completion.completionList.itemDefaults:" + name}
}

func is(text string) func(any) bool {
	return func(value any) bool { return textOf(value) == text }
}

func without(name string) func(any) bool {
	return func(value any) bool {
		_, isObject := value.(map[string]any)
		return isObject && member(value, name) == nil
	}
}

// isLiteral reports whether an item is a code action, and not the command that clients
// had before there were code actions.
func isLiteral(item any) bool {
	_, isCommand := member(item, "command").(string)
	return !isCommand
}

// isUnresolved reports whether a code action does nothing until it is resolved.
func isUnresolved(item any) bool {
	return isLiteral(item) && member(item, "edit") == nil && member(item, "command") == nil && member(item, "disabled") == nil
}
