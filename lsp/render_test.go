package lsp

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// The steps of scripts that ask, and how they show the answers.

// text returns what the editor knows of a document: its buffer, or the disk.
func (e *editor) text(uri protocol.DocumentURI) (string, bool) {
	if b := e.buffers[uri]; b != nil {
		return b.text, true
	}
	if path, err := uri.Path(); err == nil {
		return e.disk.text(path)
	}
	return "", false
}

// span renders a range as `line:column-line:column "text"`.
func (e *editor) span(uri protocol.DocumentURI, r protocol.Range) string {
	text, ok := e.text(uri)
	if !ok {
		return "of an unknown file"
	}
	start, ok := offset(text, r.Start, e.encoding)
	end, ok2 := offset(text, r.End, e.encoding)
	if !ok || !ok2 || end < start {
		e.t.Errorf("%s: the range %v is not in the text", e.name(uri), r)
		return fmt.Sprintf("%v", r)
	}
	place := func(offset int) string {
		p := position(text, offset, protocol.UTF8)
		return fmt.Sprintf("%d:%d", p.Line+1, p.Character+1)
	}
	covered := text[start:end]
	if len(covered) > 50 {
		covered = covered[:20] + "..." + covered[len(covered)-20:]
	}
	return fmt.Sprintf("%s-%s %q", place(start), place(end), covered)
}

func (e *editor) location(uri protocol.DocumentURI, r protocol.Range) string {
	return e.name(uri) + ":" + e.span(uri, r)
}

func (s *scriptRun) targets(method, mark string) {
	var raw json.RawMessage
	at := s.at(mark)
	if !s.ask(method, at, &raw) {
		return
	}
	var links []struct {
		protocol.LocationLink
		protocol.Location
	}
	if err := json.Unmarshal(raw, &links); err != nil {
		s.t.Fatalf("%v: %s", err, raw)
	}
	if len(links) == 0 {
		s.printf("nothing")
	}
	for i, l := range links {
		if l.URI != "" {
			s.printf("%s", s.location(l.URI, l.Location.Range))
			continue
		}
		if i == 0 {
			s.printf("from %s", s.span(at.TextDocument.URI, *l.OriginSelectionRange))
		}
		s.printf("%s in %s", s.location(l.TargetURI, l.TargetSelectionRange), s.span(l.TargetURI, l.TargetRange))
	}
}

func referencesStep(s *scriptRun, rest string) {
	mark, only, _ := strings.Cut(rest, " ")
	var locations []protocol.Location
	if s.ask(protocol.MethodReferences, protocol.ReferenceParams{
		TextDocumentPositionParams: s.at(mark), Context: protocol.ReferenceContext{IncludeDeclaration: only == ""},
	}, &locations) {
		s.locations(locations)
	}
}

func (s *scriptRun) locations(locations []protocol.Location) {
	if len(locations) == 0 {
		s.printf("nothing")
	}
	for _, l := range locations {
		s.printf("%s", s.location(l.URI, l.Range))
	}
}

func highlightStep(s *scriptRun, mark string) {
	at := s.at(mark)
	var highlights []protocol.DocumentHighlight
	if !s.ask(protocol.MethodDocumentHighlight, at, &highlights) {
		return
	}
	for _, h := range highlights {
		s.printf("%s %s", []string{"", "text", "read", "write"}[h.Kind], s.span(at.TextDocument.URI, h.Range))
	}
}

// hoverStep shows the kind, the range and the first line: what else a hover
// says is tested with the analysis.
func hoverStep(s *scriptRun, mark string) {
	at := s.at(mark)
	var hover *protocol.Hover
	if !s.ask(protocol.MethodHover, at, &hover) {
		return
	}
	if hover == nil {
		s.printf("nothing")
		return
	}
	first := ""
	for line := range strings.Lines(hover.Contents.Value) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "```") {
			first = line
			break
		}
	}
	s.printf("%s %s", hover.Contents.Kind, s.span(at.TextDocument.URI, *hover.Range))
	s.printf("%s", first)
}

func searchStep(s *scriptRun, query string) {
	var symbols []protocol.WorkspaceSymbol
	if !s.ask(protocol.MethodWorkspaceSymbol, protocol.WorkspaceSymbolParams{Query: query}, &symbols) {
		return
	}
	for _, symbol := range symbols {
		mark := ""
		if strings.HasSuffix(symbol.ContainerName, ")") {
			mark = " in " + symbol.ContainerName
		}
		s.printf("%s | %s%s", symbol.Name, s.location(symbol.Location.URI, *symbol.Location.Range), mark)
	}
}

// completeStep shows the items with the given labels.
func completeStep(s *scriptRun, rest string) {
	fields := strings.Fields(rest)
	list, uri := s.complete(fields[0])
	for _, label := range fields[1:] {
		i := slices.IndexFunc(list.Items, func(item protocol.CompletionItem) bool { return item.Label == label })
		if i < 0 {
			s.printf("no %s", label)
			continue
		}
		item := list.Items[i]
		var edit protocol.CompletionTextEdit
		switch {
		case item.TextEdit != nil:
			edit = *item.TextEdit
		case list.ItemDefaults != nil && list.ItemDefaults.EditRange != nil:
			edit = protocol.CompletionTextEdit{NewText: item.TextEditText, Insert: list.ItemDefaults.EditRange.Insert, Replace: list.ItemDefaults.EditRange.Replace}
			if edit.NewText == "" {
				edit.NewText = item.Label
			}
		}
		where := s.span(uri, edit.Replace)
		if edit.Insert != edit.Replace {
			where += ", or insert at " + s.span(uri, edit.Insert)
		}
		s.printf("%s: %q for %s", label, edit.NewText, where)
		if item.LabelDetails != nil {
			s.printf("  label details %q %q", item.LabelDetails.Detail, item.LabelDetails.Description)
		}
		if item.Detail != "" {
			s.printf("  detail %q", item.Detail)
		}
		if len(item.Tags) > 0 {
			s.printf("  tags %v", item.Tags)
		}
	}
}

func (s *scriptRun) complete(mark string) (list protocol.CompletionList, uri protocol.DocumentURI) {
	at := s.at(mark)
	s.ask(protocol.MethodCompletion, at, &list)
	return list, at.TextDocument.URI
}

func resolveStep(s *scriptRun, rest string) {
	mark, label, _ := strings.Cut(rest, " ")
	list, _ := s.complete(mark)
	for _, item := range list.Items {
		if item.Label != label {
			continue
		}
		var resolved protocol.CompletionItem
		if s.ask(protocol.MethodCompletionResolve, item, &resolved) {
			if resolved.Label != label || resolved.Documentation == nil {
				s.t.Errorf("%s: resolved to %+v", label, resolved)
				return
			}
			s.printf("%s documentation", resolved.Documentation.Kind)
		}
		return
	}
	s.printf("no %s", label)
}

func signatureStep(s *scriptRun, mark string) {
	var help *protocol.SignatureHelp
	if !s.ask(protocol.MethodSignatureHelp, s.at(mark), &help) {
		return
	}
	if help == nil {
		s.printf("nothing")
		return
	}
	active := "none"
	if help.ActiveParameter != nil {
		active = fmt.Sprint(*help.ActiveParameter)
	}
	s.printf("%s, active %s", help.Signatures[0].Label, active)
}

func prepareStep(s *scriptRun, mark string) {
	at := s.at(mark)
	var result prepareRenameResult
	if s.ask(protocol.MethodPrepareRename, at, &result) {
		s.printf("%s as %q", s.span(at.TextDocument.URI, result.Range), result.Placeholder)
	}
}

func renameStep(s *scriptRun, rest string) {
	mark, name, _ := strings.Cut(rest, " ")
	var result struct {
		Changes         map[protocol.DocumentURI][]protocol.TextEdit
		DocumentChanges []protocol.TextDocumentEdit
	}
	if !s.ask(protocol.MethodRename, protocol.RenameParams{TextDocumentPositionParams: s.at(mark), NewName: name}, &result) {
		return
	}
	var lines []string
	show := func(uri protocol.DocumentURI, version string, edits []protocol.TextEdit) {
		for _, e := range edits {
			lines = append(lines, fmt.Sprintf("%s%s to %q", s.location(uri, e.Range), version, e.NewText))
		}
	}
	for uri, edits := range result.Changes {
		show(uri, "", edits)
	}
	for _, change := range result.DocumentChanges {
		version := ""
		if v := change.TextDocument.Version; v != nil {
			version = fmt.Sprintf(" (version %d)", *v)
		}
		show(change.TextDocument.URI, version, change.Edits)
	}
	slices.Sort(lines)
	for _, line := range lines {
		s.printf("%s", line)
	}
}

func symbolsStep(s *scriptRun, file string) {
	var raw json.RawMessage
	if !s.ask(protocol.MethodDocumentSymbol, s.document(file), &raw) {
		return
	}
	var flat []protocol.SymbolInformation
	if err := json.Unmarshal(raw, &flat); err == nil && len(flat) > 0 && flat[0].Location.URI != "" {
		for _, symbol := range flat {
			s.printf("%s in %q: %s", symbol.Name, symbol.ContainerName, s.location(symbol.Location.URI, symbol.Location.Range))
		}
		return
	}
	var tree []protocol.DocumentSymbol
	if err := json.Unmarshal(raw, &tree); err != nil {
		s.t.Fatal(err)
	}
	s.symbolTree(file, tree, "")
}

func (s *scriptRun) symbolTree(file string, symbols []protocol.DocumentSymbol, indent string) {
	for _, symbol := range symbols {
		mark := ""
		if i := strings.LastIndexByte(symbol.Detail, '('); i > 0 && strings.HasSuffix(symbol.Detail, ")") {
			mark = " " + symbol.Detail[i:]
		}
		s.printf("%s%s%s | %s in %s", indent, symbol.Name, mark, s.span(s.uri(file), symbol.SelectionRange), s.span(s.uri(file), symbol.Range))
		s.symbolTree(file, symbol.Children, indent+"  ")
	}
}

func linksStep(s *scriptRun, file string) {
	var links []protocol.DocumentLink
	if !s.ask(protocol.MethodDocumentLink, s.document(file), &links) {
		return
	}
	for _, link := range links {
		s.printf("%s to %s", s.span(s.uri(file), link.Range), link.Target)
	}
}

// foldingStep shows lines: clients differ in whether they take characters.
func foldingStep(s *scriptRun, file string) {
	var ranges []protocol.FoldingRange
	if !s.ask(protocol.MethodFoldingRange, s.document(file), &ranges) {
		return
	}
	for _, r := range ranges {
		s.printf("%s %d-%d", r.Kind, r.StartLine+1, r.EndLine+1)
	}
}

func selectionStep(s *scriptRun, marks string) {
	params := protocol.SelectionRangeParams{}
	for mark := range strings.FieldsSeq(marks) {
		at := s.at(mark)
		params.TextDocument = at.TextDocument
		params.Positions = append(params.Positions, at.Position)
	}
	var ranges []*protocol.SelectionRange
	if !s.ask(protocol.MethodSelectionRange, params, &ranges) {
		return
	}
	for _, r := range ranges {
		for indent := ""; r != nil; r, indent = r.Parent, indent+"  " {
			s.printf("%s%s", indent, s.span(params.TextDocument.URI, r.Range))
		}
	}
}

// sentData is an answer of semantic tokens.
type sentData struct {
	id   string
	data []uint32
}

func tokensStep(s *scriptRun, file string) {
	var tokens protocol.SemanticTokens
	if s.ask(protocol.MethodSemanticTokensFull, s.document(file), &tokens) {
		s.tokens[file] = sentData{tokens.ResultID, tokens.Data}
		s.showTokens(s.uri(file), tokens.Data)
	}
}

func tokenRangeStep(s *scriptRun, marks string) {
	uri, b, start, end := s.between(marks)
	var tokens protocol.SemanticTokens
	if s.ask(protocol.MethodSemanticTokensRange, protocol.SemanticTokensRangeParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: uri},
		Range:        protocol.Range{Start: position(b.text, start, s.encoding), End: position(b.text, end, s.encoding)},
	}, &tokens) {
		s.showTokens(uri, tokens.Data)
	}
}

// deltaStep checks that the answer turns the last one into what a full answer
// would be.
func deltaStep(s *scriptRun, file string) {
	before := s.tokens[file]
	var delta struct {
		protocol.SemanticTokensDelta
		Data []uint32
	}
	if !s.ask(protocol.MethodSemanticTokensDelta, map[string]any{
		"textDocument": protocol.TextDocumentIdentifier{URI: s.uri(file)}, "previousResultId": before.id,
	}, &delta) {
		return
	}
	data := delta.Data
	if data == nil {
		data = slices.Clone(before.data)
		for _, e := range delta.Edits {
			data = slices.Replace(data, int(e.Start), int(e.Start+e.DeleteCount), e.Data...)
		}
	}
	s.tokens[file] = sentData{delta.ResultID, data}
	var full protocol.SemanticTokens
	if s.ask(protocol.MethodSemanticTokensFull, s.document(file), &full) && !slices.Equal(full.Data, data) {
		s.t.Errorf("%s: the delta leads to\n%v, in full it is\n%v", file, data, full.Data)
	}
	s.tokens[file] = sentData{full.ResultID, full.Data}
	if delta.Data != nil {
		s.printf("in full")
	} else {
		s.printf("%d edits", len(delta.Edits))
	}
}

func (s *scriptRun) showTokens(uri protocol.DocumentURI, data []uint32) {
	var at protocol.Position
	for i := 0; i+4 < len(data); i += 5 {
		if data[i] > 0 {
			at = protocol.Position{Line: at.Line + data[i]}
		}
		at.Character += data[i+1]
		end := protocol.Position{Line: at.Line, Character: at.Character + data[i+2]}
		kind := analysis.TokenTypes()[data[i+3]]
		for bit, modifier := range analysis.TokenModifiers() {
			if data[i+4]&(1<<bit) != 0 {
				kind += "." + modifier
			}
		}
		s.printf("%s %s", s.span(uri, protocol.Range{Start: at, End: end}), kind)
	}
}

// diagnosticsStep shows codes and places: messages are tested where they are
// made.
func diagnosticsStep(s *scriptRun, file string) {
	s.settle()
	uri := s.uri(file)
	p, ok := s.published[uri]
	if !ok {
		s.printf("none published")
		return
	}
	if p.Version != nil {
		s.printf("version %d", *p.Version)
	}
	s.showDiagnostics(uri, p.Diagnostics)
}

func (s *scriptRun) showDiagnostics(uri protocol.DocumentURI, items []protocol.Diagnostic) {
	if len(items) == 0 {
		s.printf("nothing wrong")
	}
	for _, d := range items {
		s.printf("%s %s %s", []string{"", "error", "warning", "information", "hint"}[d.Severity], d.Code, s.span(uri, d.Range))
		for _, r := range d.RelatedInformation {
			s.printf("  %s", s.location(r.Location.URI, r.Location.Range))
		}
	}
}

func pullStep(s *scriptRun, file string) {
	if s.pulled == nil {
		s.pulled = map[string]string{}
	}
	uri := s.uri(file)
	var report protocol.DiagnosticReport
	if !s.ask(protocol.MethodDocumentDiagnostic, protocol.DocumentDiagnosticParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: uri}, PreviousResultID: s.pulled[file],
	}, &report) {
		return
	}
	s.pulled[file] = report.ResultID
	if report.Unchanged {
		s.printf("unchanged")
		return
	}
	s.showDiagnostics(uri, report.Items)
}

func pullAllStep(s *scriptRun, _ string) {
	var report protocol.WorkspaceDiagnosticReport
	if !s.ask(protocol.MethodWorkspaceDiagnostic, protocol.WorkspaceDiagnosticParams{}, &report) {
		return
	}
	for _, item := range report.Items {
		s.printf("%s", s.name(item.URI))
		s.showDiagnostics(item.URI, item.Items)
	}
}

func (s *scriptRun) views(method string, params any) {
	var result viewsResult
	if !s.ask(method, params, &result) {
		return
	}
	for _, root := range result.Roots {
		s.printf("%s: %s, %s %s, %v of %v", s.name(root.URI), root.Kconfig, root.Dialect, root.Version, root.Arch, root.Archs)
	}
}
