package lsp

import (
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// formatStep formats a file, what is between two marks, or the line of a mark where a
// text was typed, and shows the edits. The options that it sends along want nothing
// that any project has.
func formatStep(s *scriptRun, rest string) {
	options := protocol.FormattingOptions{TabSize: 7, InsertSpaces: true}
	marks, typed, isTyped := strings.Cut(rest, " ")
	first, last, isRange := strings.Cut(marks, "..")
	var edits []protocol.TextEdit
	var uri protocol.DocumentURI
	var done bool
	switch {
	case isTyped:
		text, err := strconv.Unquote(typed)
		if err != nil {
			s.t.Fatal(err)
		}
		at := s.at(first)
		uri = at.TextDocument.URI
		done = s.ask(protocol.MethodOnTypeFormatting, protocol.DocumentOnTypeFormattingParams{TextDocumentPositionParams: at, Ch: text, Options: options}, &edits)
	case isRange:
		from, to := s.at(first), s.at(last)
		uri = from.TextDocument.URI
		done = s.ask(protocol.MethodRangeFormatting, protocol.DocumentRangeFormattingParams{
			TextDocument: from.TextDocument, Range: protocol.Range{Start: from.Position, End: to.Position}, Options: options}, &edits)
	default:
		uri = s.uri(rest)
		done = s.ask(protocol.MethodFormatting, protocol.DocumentFormattingParams{TextDocument: protocol.TextDocumentIdentifier{URI: uri}, Options: options}, &edits)
	}
	if !done {
		return
	}
	if len(edits) == 0 {
		s.printf("nothing")
	}
	for _, e := range edits {
		s.printf("  %s to %q", s.location(uri, e.Range), e.NewText)
	}
}
