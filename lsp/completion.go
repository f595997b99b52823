package lsp

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// maxCompletions is how many items an answer has at most. Clients ask again
// with more letters if there were more; nobody reads a longer list.
const maxCompletions = 100

// completionData comes back from the client with an item to resolve.
type completionData struct {
	Dir  string `json:"dir"`
	Kind uint8  `json:"kind"`
	Name string `json:"name"`
}

func (s *server) completion(ctx context.Context, snap *analysis.Snapshot, p *protocol.CompletionParams) (*protocol.CompletionList, error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	offset := d.offset(p.Position)
	if p.Context != nil && p.Context.TriggerCharacter == "\"" && d.closesQuote(offset) {
		// Only an opening quote asks for something. Who has typed a prompt goes on with
		// Enter, and editors take that for the choice of what they show.
		return nil, nil
	}
	found := analysis.Complete(d.Snapshot, d.path, offset, analysis.CompleteOptions{Limit: maxCompletions, Snippets: s.caps.CompletionSnippets})
	list := &protocol.CompletionList{IsIncomplete: found.Incomplete, Items: make([]protocol.CompletionItem, 0, len(found.Items))}
	// Most often all items replace the same text. To say so once makes the
	// answer a third shorter.
	var common analysis.Location
	if s.caps.CompletionDefaultEditRange && len(found.Items) > 0 {
		common = found.Items[0].Replace
		edit := d.editRange(common, offset)
		list.ItemDefaults = &protocol.CompletionItemDefaults{EditRange: &edit}
	}
	for _, item := range found.Items {
		converted := d.completionItem(item)
		switch edit := d.editRange(item.Replace, offset); {
		case list.ItemDefaults == nil || item.Replace != common:
			converted.TextEdit = &protocol.CompletionTextEdit{NewText: item.InsertText, Insert: edit.Insert, Replace: edit.Replace}
		case item.InsertText != item.Label:
			converted.TextEditText = item.InsertText
		}
		list.Items = append(list.Items, converted)
	}
	return list, nil
}

// closesQuote reports whether the quote before an offset is not the first one of a text
// in its line.
func (d document) closesQuote(offset int) bool {
	start := d.text.LineStart(d.text.Line(offset))
	return strings.Count(strings.ReplaceAll(d.text.Slice(start, offset), `\"`, ""), `"`)%2 == 0
}

// editRange returns what an item replaces: the word around the cursor or, for
// clients that let the user choose to insert, the part of it before the cursor.
func (d document) editRange(replace analysis.Location, offset int) protocol.CompletionEditRange {
	whole := d.rangeOf(replace)
	edit := protocol.CompletionEditRange{Insert: whole, Replace: whole}
	if d.server.caps.CompletionInsertReplace {
		edit.Insert.End = d.position(max(offset, replace.Start))
	}
	return edit
}

func (d document) completionItem(item analysis.CompletionItem) protocol.CompletionItem {
	converted := protocol.CompletionItem{
		Label:      item.Label,
		Kind:       completionKind(item.Kind, d.server.caps.CompletionKinds),
		SortText:   item.SortText,
		FilterText: item.FilterText,
	}
	if item.Snippet {
		converted.InsertTextFormat = protocol.InsertSnippet
	}
	if item.Unavailable && d.server.caps.CompletionDeprecatedTag {
		converted.Tags = append(converted.Tags, protocol.CompletionTagDeprecated)
	}
	short := item.Detail
	if item.Mark != "" {
		short = strings.TrimSpace(short + " (" + item.Mark + ")")
	}
	if d.server.caps.CompletionLabelDetails {
		if short != "" || item.Description != "" {
			details := &protocol.CompletionItemLabelDetails{Description: item.Description}
			if short != "" {
				details.Detail = " " + short
			}
			converted.LabelDetails = details
		}
	} else {
		converted.Detail = short
		if item.Description != "" {
			if converted.Detail != "" {
				converted.Detail += "  "
			}
			converted.Detail += item.Description
		}
	}
	if item.Data != (analysis.CompletionData{}) {
		converted.Data = protocol.RawData(completionData{item.Data.Dir, uint8(item.Data.Kind), item.Data.Name})
	}
	return converted
}

func (s *server) completionResolve(ctx context.Context, snap *analysis.Snapshot, item *protocol.CompletionItem) (*protocol.CompletionItem, error) {
	var data completionData
	if len(item.Data) == 0 || json.Unmarshal(item.Data, &data) != nil {
		return item, nil
	}
	settled, err := s.workspace.Settled(ctx, snap)
	if err != nil {
		return item, err
	}
	about := analysis.CompletionData{Dir: data.Dir, Kind: analysis.CompletionKind(data.Kind), Name: data.Name}
	if text, ok := analysis.ResolveCompletion(settled, about); ok {
		content := markup(text, s.caps.CompletionMarkdown)
		item.Documentation = &content
	}
	return item, nil
}

// completionKind returns what icon an item has. A client that does not say which kinds
// it knows has those of the first version of the protocol.
func completionKind(kind analysis.CompletionKind, all bool) protocol.CompletionItemKind {
	switch {
	case kind == analysis.CompletionConstant && !all:
		return protocol.CompletionValue
	case kind == analysis.CompletionFolder && !all:
		return protocol.CompletionFile
	}
	switch kind {
	case analysis.CompletionKeyword:
		return protocol.CompletionKeyword
	case analysis.CompletionSnippet:
		return protocol.CompletionSnippet
	case analysis.CompletionSymbol:
		return protocol.CompletionVariable
	case analysis.CompletionConstant:
		return protocol.CompletionConstant
	case analysis.CompletionFile:
		return protocol.CompletionFile
	case analysis.CompletionFolder:
		return protocol.CompletionFolder
	case analysis.CompletionFunction:
		return protocol.CompletionFunction
	}
	return protocol.CompletionProperty
}
