package protocol

import "encoding/json"

// Capabilities is what a client can do, as far as it matters to this server.
// It is resolved once, and read without asking which parts are there: the zero
// value is a client that can do nothing.
type Capabilities struct {
	// PositionEncoding is the first of utf-8 and utf-32 that the client offers,
	// else utf-16. The server must announce it.
	PositionEncoding PositionEncoding

	// Documents.
	DidSave           bool // sends textDocument/didSave
	WillSave          bool
	WillSaveWaitUntil bool

	// Completion.
	CompletionSnippets         bool
	CompletionMarkdown         bool
	CompletionInsertReplace    bool // edits with two ranges
	CompletionLabelDetails     bool
	CompletionDeprecatedTag    bool
	CompletionContext          bool
	CompletionDefaultEditRange bool // itemDefaults.editRange
	CompletionDefaultFormat    bool // itemDefaults.insertTextFormat
	CompletionDefaultData      bool // itemDefaults.data
	CompletionDefaultCommit    bool // itemDefaults.commitCharacters
	CompletionDefaultTextMode  bool // itemDefaults.insertTextMode
	CompletionResolveDocs      bool // documentation may come with resolve
	CompletionResolveDetail    bool
	CompletionResolveEdits     bool // additionalTextEdits may come with resolve
	CompletionAdjustIndent     bool // insertTextMode adjustIndentation
	CompletionCommitCharacters bool
	CompletionPreselect        bool
	CompletionKinds            bool // knows those after Reference

	// Reading.
	HoverMarkdown          bool
	SignatureMarkdown      bool
	SignatureActiveInfo    bool // activeParameter of a signature
	DefinitionLinks        bool // LocationLink
	DeclarationLinks       bool
	TypeDefinitionLinks    bool
	ImplementationLinks    bool
	HierarchicalSymbols    bool // DocumentSymbol
	SymbolDeprecatedTag    bool
	SymbolKinds            bool // knows those after Array, in outlines
	WorkspaceSymbolKinds   bool // in searches
	DocumentLinkTooltip    bool
	FoldingLineOnly        bool  // ignores characters
	FoldingRangeLimit      int32 // 0: none known
	FoldingCollapsedText   bool
	FoldingRangeRefresh    bool
	CodeLensRefresh        bool
	InlayHints             bool
	InlayHintRefresh       bool
	InlayHintResolveDetail bool // tooltips may come with resolve
	InlayHintResolveEdits  bool // textEdits may come with resolve
	CallHierarchy          bool
	TypeHierarchy          bool

	// Semantic tokens.
	SemanticTokensFull        bool
	SemanticTokensDelta       bool
	SemanticTokensRange       bool
	SemanticTokensRefresh     bool
	SemanticTokensMultiline   bool
	SemanticTokensOverlapping bool
	SemanticTokenTypes        []string // those the client knows
	SemanticTokenModifiers    []string

	// Diagnostics.
	DiagnosticRelatedInformation bool
	DiagnosticUnnecessaryTag     bool
	DiagnosticDeprecatedTag      bool
	DiagnosticVersion            bool // takes PublishDiagnosticsParams.Version
	DiagnosticCodeDescription    bool
	DiagnosticData               bool // sends Diagnostic.Data back
	PullDiagnostics              bool
	PullDiagnosticsRelated       bool // takes reports on related documents
	PullDiagnosticsRefresh       bool
	PullWorkspace                bool // makes good use of workspace/diagnostic

	// Changing.
	CodeActionLiterals      bool // CodeAction; else only Command
	CodeActionIsPreferred   bool
	CodeActionDisabled      bool
	CodeActionData          bool
	CodeActionResolveEdit   bool // edit may come with resolve
	PrepareRename           bool
	RenameChangeAnnotations bool // rename honours change annotations
	ActionChangeAnnotations bool // code actions do
	DocumentChanges         bool // WorkspaceEdit.DocumentChanges
	ChangeAnnotations       bool
	CreateFiles             bool // in workspace edits
	RenameFiles             bool
	DeleteFiles             bool
	ApplyEdit               bool
	WillRenameFilesRequests bool
	DidRenameFilesMessages  bool
	RangesFormatting        bool
	FormattingDynamic       bool // takes registrations of formatting
	RangeFormattingDynamic  bool
	OnTypeFormattingDynamic bool

	// Workspace.
	Configuration               bool // workspace/configuration
	ConfigurationDynamic        bool // takes registrations of didChangeConfiguration
	WorkspaceFolders            bool
	WatchDynamic                bool // takes registrations of didChangeWatchedFiles
	WatchRelativePatterns       bool
	WorkspaceSymbolResolveRange bool
	TextDocumentContent         bool

	// Window.
	WorkDoneProgress   bool
	ShowDocument       bool
	ShowMessageActions bool // additional properties of message actions come back

	// Of our own, below experimental.
	ChangedMessages bool // takes kconfig/changed

	// General.
	StaleRequestCancel bool // cancels stale requests itself
	MarkdownParser     string
}

// Pulls reports whether it is left to the client to ask for diagnostics. One that cannot
// be told to ask again, as Neovim 0.10, would not learn what is found later, or by a
// change of another file: such a client has them sent.
func (c Capabilities) Pulls() bool { return c.PullDiagnostics && c.PullDiagnosticsRefresh }

// ResolveCapabilities reads the client's capabilities out of the parameters of
// [MethodInitialize], of which they are a member. It survives everything: a
// value of the wrong type anywhere counts as absent, and nothing else is lost
// with it.
func ResolveCapabilities(raw json.RawMessage) Capabilities {
	return resolveCapabilities(parseValue(raw))
}

func resolveCapabilities(params value) Capabilities {
	var c Capabilities
	client := params.at("capabilities")
	document := client.at("textDocument")
	c.resolveCompletion(document.at("completion"))
	c.resolveReading(document, client.at("workspace"))
	c.resolveSemanticTokens(document.at("semanticTokens"))
	c.resolveDiagnostics(document)
	c.resolveChanging(document, client.at("workspace"))
	c.resolveWorkspace(client.at("workspace"))
	// Told to ask again, Neovim (0.12 at least) asks about the workspace only, if it can,
	// and does not take the answer for documents that are open: they would go on showing
	// what was found before.
	c.PullWorkspace = c.PullDiagnostics && params.at("clientInfo", "name").string() != "Neovim"

	sync := document.at("synchronization")
	c.DidSave = sync.at("didSave").bool()
	c.WillSave = sync.at("willSave").bool()
	c.WillSaveWaitUntil = sync.at("willSaveWaitUntil").bool()

	window := client.at("window")
	c.WorkDoneProgress = window.at("workDoneProgress").bool()
	c.ShowDocument = window.at("showDocument", "support").bool()
	c.ShowMessageActions = window.at("showMessage", "messageActionItem", "additionalPropertiesSupport").bool()

	c.ChangedMessages = client.at("experimental", "kconfigChanged").bool()

	general := client.at("general")
	c.StaleRequestCancel = general.at("staleRequestSupport", "cancel").bool()
	c.MarkdownParser = general.at("markdown", "parser").string()
	c.PositionEncoding = positionEncoding(general.at("positionEncodings"))
	return c
}

// positionEncoding chooses from the client's offer. UTF-8 costs the server
// nothing, UTF-32 little, and UTF-16 is what every client must take.
func positionEncoding(offer value) PositionEncoding {
	for _, encoding := range []PositionEncoding{UTF8, UTF32} {
		if offer.has(string(encoding)) {
			return encoding
		}
	}
	return UTF16
}

func (c *Capabilities) resolveCompletion(v value) {
	item := v.at("completionItem")
	c.CompletionSnippets = item.at("snippetSupport").bool()
	c.CompletionMarkdown = item.at("documentationFormat").has(string(Markdown))
	c.CompletionInsertReplace = item.at("insertReplaceSupport").bool()
	c.CompletionLabelDetails = item.at("labelDetailsSupport").bool()
	c.CompletionDeprecatedTag = item.at("tagSupport", "valueSet").hasNumber(int(CompletionTagDeprecated))
	c.CompletionCommitCharacters = item.at("commitCharactersSupport").bool()
	c.CompletionPreselect = item.at("preselectSupport").bool()
	c.CompletionAdjustIndent = item.at("insertTextModeSupport", "valueSet").hasNumber(int(InsertAdjustIndentation))
	c.CompletionContext = v.at("contextSupport").bool()
	c.CompletionKinds = v.at("completionItemKind", "valueSet").isList()

	defaults := v.at("completionList", "itemDefaults")
	c.CompletionDefaultEditRange = defaults.has("editRange")
	c.CompletionDefaultFormat = defaults.has("insertTextFormat")
	c.CompletionDefaultData = defaults.has("data")
	c.CompletionDefaultCommit = defaults.has("commitCharacters")
	c.CompletionDefaultTextMode = defaults.has("insertTextMode")

	resolve := item.at("resolveSupport", "properties")
	c.CompletionResolveDocs = resolve.has("documentation")
	c.CompletionResolveDetail = resolve.has("detail")
	c.CompletionResolveEdits = resolve.has("additionalTextEdits")
}

func (c *Capabilities) resolveReading(document, workspace value) {
	c.HoverMarkdown = document.at("hover", "contentFormat").has(string(Markdown))
	signature := document.at("signatureHelp", "signatureInformation")
	c.SignatureMarkdown = signature.at("documentationFormat").has(string(Markdown))
	c.SignatureActiveInfo = signature.at("activeParameterSupport").bool()

	c.DefinitionLinks = document.at("definition", "linkSupport").bool()
	c.DeclarationLinks = document.at("declaration", "linkSupport").bool()
	c.TypeDefinitionLinks = document.at("typeDefinition", "linkSupport").bool()
	c.ImplementationLinks = document.at("implementation", "linkSupport").bool()

	symbol := document.at("documentSymbol")
	c.HierarchicalSymbols = symbol.at("hierarchicalDocumentSymbolSupport").bool()
	c.SymbolKinds = symbol.at("symbolKind", "valueSet").isList()
	c.WorkspaceSymbolKinds = workspace.at("symbol", "symbolKind", "valueSet").isList()
	c.SymbolDeprecatedTag = symbol.at("tagSupport", "valueSet").hasNumber(int(SymbolTagDeprecated))

	c.DocumentLinkTooltip = document.at("documentLink", "tooltipSupport").bool()
	c.CodeLensRefresh = workspace.at("codeLens", "refreshSupport").bool()

	folding := document.at("foldingRange")
	c.FoldingLineOnly = folding.at("lineFoldingOnly").bool()
	c.FoldingRangeLimit = max(0, folding.at("rangeLimit").int32())
	c.FoldingCollapsedText = folding.at("foldingRange", "collapsedText").bool()
	c.FoldingRangeRefresh = workspace.at("foldingRange", "refreshSupport").bool()

	c.InlayHints = document.at("inlayHint").isObject()
	c.InlayHintRefresh = workspace.at("inlayHint", "refreshSupport").bool()
	resolve := document.at("inlayHint", "resolveSupport", "properties")
	c.InlayHintResolveDetail = resolve.has("tooltip")
	c.InlayHintResolveEdits = resolve.has("textEdits")

	c.CallHierarchy = document.at("callHierarchy").isObject()
	c.TypeHierarchy = document.at("typeHierarchy").isObject()
}

func (c *Capabilities) resolveSemanticTokens(v value) {
	full := v.at("requests", "full")
	c.SemanticTokensFull = full.bool() || full.isObject()
	c.SemanticTokensDelta = full.at("delta").bool()
	ranges := v.at("requests", "range")
	c.SemanticTokensRange = ranges.bool() || ranges.isObject()
	c.SemanticTokensMultiline = v.at("multilineTokenSupport").bool()
	c.SemanticTokensOverlapping = v.at("overlappingTokenSupport").bool()
	c.SemanticTokenTypes = v.at("tokenTypes").strings()
	c.SemanticTokenModifiers = v.at("tokenModifiers").strings()
}

func (c *Capabilities) resolveDiagnostics(document value) {
	push := document.at("publishDiagnostics")
	pull := document.at("diagnostic")
	// What diagnostics can hold, clients tell with the push, with the pull
	// (3.18) or with both.
	for _, v := range []value{push, pull} {
		c.DiagnosticRelatedInformation = c.DiagnosticRelatedInformation || v.at("relatedInformation").bool()
		c.DiagnosticCodeDescription = c.DiagnosticCodeDescription || v.at("codeDescriptionSupport").bool()
		c.DiagnosticData = c.DiagnosticData || v.at("dataSupport").bool()
		tags := v.at("tagSupport", "valueSet")
		c.DiagnosticUnnecessaryTag = c.DiagnosticUnnecessaryTag || tags.hasNumber(int(TagUnnecessary))
		c.DiagnosticDeprecatedTag = c.DiagnosticDeprecatedTag || tags.hasNumber(int(TagDeprecated))
	}
	c.DiagnosticVersion = push.at("versionSupport").bool()
	c.PullDiagnostics = pull.isObject()
	c.PullDiagnosticsRelated = pull.at("relatedDocumentSupport").bool()
}

func (c *Capabilities) resolveChanging(document, workspace value) {
	action := document.at("codeAction")
	c.CodeActionLiterals = action.at("codeActionLiteralSupport").isObject()
	c.CodeActionIsPreferred = action.at("isPreferredSupport").bool()
	c.CodeActionDisabled = action.at("disabledSupport").bool()
	c.CodeActionData = action.at("dataSupport").bool()
	c.CodeActionResolveEdit = action.at("resolveSupport", "properties").has("edit")
	c.ActionChangeAnnotations = action.at("honorsChangeAnnotations").bool()

	rename := document.at("rename")
	c.PrepareRename = rename.at("prepareSupport").bool()
	c.RenameChangeAnnotations = rename.at("honorsChangeAnnotations").bool()

	c.FormattingDynamic = document.at("formatting", "dynamicRegistration").bool()
	c.RangeFormattingDynamic = document.at("rangeFormatting", "dynamicRegistration").bool()
	c.RangesFormatting = document.at("rangeFormatting", "rangesSupport").bool()
	c.OnTypeFormattingDynamic = document.at("onTypeFormatting", "dynamicRegistration").bool()

	edit := workspace.at("workspaceEdit")
	c.DocumentChanges = edit.at("documentChanges").bool()
	c.ChangeAnnotations = edit.at("changeAnnotationSupport").isObject()
	operations := edit.at("resourceOperations")
	c.CreateFiles = operations.has("create")
	c.RenameFiles = operations.has("rename")
	c.DeleteFiles = operations.has("delete")

	c.ApplyEdit = workspace.at("applyEdit").bool()
	c.WillRenameFilesRequests = workspace.at("fileOperations", "willRename").bool()
	c.DidRenameFilesMessages = workspace.at("fileOperations", "didRename").bool()
}

func (c *Capabilities) resolveWorkspace(v value) {
	c.Configuration = v.at("configuration").bool()
	c.ConfigurationDynamic = v.at("didChangeConfiguration", "dynamicRegistration").bool()
	c.WorkspaceFolders = v.at("workspaceFolders").bool()
	c.WatchDynamic = v.at("didChangeWatchedFiles", "dynamicRegistration").bool()
	c.WatchRelativePatterns = v.at("didChangeWatchedFiles", "relativePatternSupport").bool()
	c.WorkspaceSymbolResolveRange = v.at("symbol", "resolveSupport", "properties").has("location.range")
	c.SemanticTokensRefresh = v.at("semanticTokens", "refreshSupport").bool()
	c.TextDocumentContent = v.at("textDocumentContent").isObject()
	// The specification has "diagnostics", the reference client "diagnostics"
	// too, and some clients the singular of the method's name.
	c.PullDiagnosticsRefresh = v.at("diagnostics", "refreshSupport").bool() || v.at("diagnostic", "refreshSupport").bool()
}
