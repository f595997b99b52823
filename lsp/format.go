package lsp

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// The options that clients send along with requests to format, the width of a tab and
// the like, are not looked at: as with gopls, the style is that of the language, here
// of the project, and an .editorconfig goes before it. What an editor would like is
// its default for all files, and hardly what its user means for these.

func (s *server) formatting(ctx context.Context, snap *analysis.Snapshot, p *protocol.DocumentFormattingParams) (protocol.List[protocol.TextEdit], error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	return d.textEdits(analysis.Format(d.Snapshot, d.path)), nil
}

func (s *server) rangeFormatting(ctx context.Context, snap *analysis.Snapshot, p *protocol.DocumentRangeFormattingParams) (protocol.List[protocol.TextEdit], error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	return d.textEdits(analysis.FormatRange(d.Snapshot, d.path, d.offset(p.Range.Start), d.offset(p.Range.End))), nil
}

// typedCharacters are those after which clients ask for what to do about the line: line
// ends, and the last letters of endif, endmenu and endchoice.
func typedCharacters() *protocol.DocumentOnTypeFormattingOptions {
	return &protocol.DocumentOnTypeFormattingOptions{
		FirstTriggerCharacter: "\n", MoreTriggerCharacter: []string{"f", "u", "e"},
	}
}

func (s *server) onTypeFormatting(ctx context.Context, snap *analysis.Snapshot, p *protocol.DocumentOnTypeFormattingParams) (protocol.List[protocol.TextEdit], error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	return d.textEdits(analysis.FormatTyped(d.Snapshot, d.path, d.offset(p.Position), p.Ch)), nil
}

// textEdits converts edits of the document.
func (d document) textEdits(edits []analysis.Edit) protocol.List[protocol.TextEdit] {
	var all protocol.List[protocol.TextEdit]
	for _, e := range edits {
		at := d.rangeOf(analysis.Location{Path: d.path, Start: e.Start, End: e.End})
		all = append(all, protocol.TextEdit{Range: at, NewText: e.Text})
	}
	return all
}
