package protocol

import (
	"encoding/json"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// The enumerations of completion, as glsp has them.
type (
	CompletionItemKind    = lsp.CompletionItemKind
	CompletionItemTag     = lsp.CompletionItemTag
	CompletionTriggerKind = lsp.CompletionTriggerKind
	InsertTextFormat      = lsp.InsertTextFormat
	InsertTextMode        = lsp.InsertTextMode
)

// The kinds of completion items.
const (
	CompletionText          = lsp.CompletionItemKindText
	CompletionMethod        = lsp.CompletionItemKindMethod
	CompletionFunction      = lsp.CompletionItemKindFunction
	CompletionConstructor   = lsp.CompletionItemKindConstructor
	CompletionField         = lsp.CompletionItemKindField
	CompletionVariable      = lsp.CompletionItemKindVariable
	CompletionClass         = lsp.CompletionItemKindClass
	CompletionInterface     = lsp.CompletionItemKindInterface
	CompletionModule        = lsp.CompletionItemKindModule
	CompletionProperty      = lsp.CompletionItemKindProperty
	CompletionUnit          = lsp.CompletionItemKindUnit
	CompletionValue         = lsp.CompletionItemKindValue
	CompletionEnum          = lsp.CompletionItemKindEnum
	CompletionKeyword       = lsp.CompletionItemKindKeyword
	CompletionSnippet       = lsp.CompletionItemKindSnippet
	CompletionColor         = lsp.CompletionItemKindColor
	CompletionFile          = lsp.CompletionItemKindFile
	CompletionReference     = lsp.CompletionItemKindReference
	CompletionFolder        = lsp.CompletionItemKindFolder
	CompletionEnumMember    = lsp.CompletionItemKindEnumMember
	CompletionConstant      = lsp.CompletionItemKindConstant
	CompletionStruct        = lsp.CompletionItemKindStruct
	CompletionEvent         = lsp.CompletionItemKindEvent
	CompletionOperator      = lsp.CompletionItemKindOperator
	CompletionTypeParameter = lsp.CompletionItemKindTypeParameter
)

// The other enumerations of completion.
const (
	CompletionTagDeprecated = lsp.CompletionItemTagDeprecated

	CompletionInvoked               = lsp.CompletionTriggerKindInvoked
	CompletionByTriggerCharacter    = lsp.CompletionTriggerKindTriggerCharacter
	CompletionForIncompleteListOnly = lsp.CompletionTriggerKindTriggerForIncompleteCompletions

	InsertPlainText = lsp.InsertTextFormatPlainText
	InsertSnippet   = lsp.InsertTextFormatSnippet

	InsertAsIs              = lsp.InsertTextModeAsIs
	InsertAdjustIndentation = lsp.InsertTextModeAdjustIndentation
)

// CompletionParams are the parameters of [MethodCompletion].
type CompletionParams struct {
	TextDocumentPositionParams
	WorkDoneProgressParams
	Context *CompletionContext `json:"context,omitempty"`
}

// CompletionContext says what made the client ask.
type CompletionContext struct {
	TriggerKind      CompletionTriggerKind `json:"triggerKind"`
	TriggerCharacter string                `json:"triggerCharacter,omitempty"`
}

// CompletionList answers [MethodCompletion].
type CompletionList struct {
	IsIncomplete bool                    `json:"isIncomplete"`
	ItemDefaults *CompletionItemDefaults `json:"itemDefaults,omitempty"` // 3.17
	Items        List[CompletionItem]    `json:"items"`
}

// CompletionItemDefaults holds what items have in common (3.17). Each member may
// be set only if the client has the capability of its name: CompletionDefault...
type CompletionItemDefaults struct {
	CommitCharacters []string             `json:"commitCharacters,omitempty"`
	EditRange        *CompletionEditRange `json:"editRange,omitempty"`
	InsertTextFormat InsertTextFormat     `json:"insertTextFormat,omitempty"`
	InsertTextMode   InsertTextMode       `json:"insertTextMode,omitempty"`
	Data             json.RawMessage      `json:"data,omitempty"`
}

// A CompletionEditRange is the text that a completion replaces: Insert when it
// is inserted, Replace when it overwrites what follows. If they are equal it
// encodes as a plain range, which all clients know.
type CompletionEditRange struct {
	Insert  Range
	Replace Range
}

type insertReplaceRange struct {
	Insert  Range `json:"insert"`
	Replace Range `json:"replace"`
}

// MarshalJSON implements [json.Marshaler].
func (r CompletionEditRange) MarshalJSON() ([]byte, error) {
	if r.Insert == r.Replace {
		return json.Marshal(r.Replace)
	}
	return json.Marshal(insertReplaceRange(r))
}

// UnmarshalJSON implements [json.Unmarshaler].
func (r *CompletionEditRange) UnmarshalJSON(data []byte) error {
	var both struct {
		Range
		insertReplaceRange
	}
	if err := json.Unmarshal(data, &both); err != nil {
		return err
	}
	*r = CompletionEditRange(both.insertReplaceRange)
	if r.Insert == (Range{}) && r.Replace == (Range{}) {
		r.Insert, r.Replace = both.Range, both.Range
	}
	return nil
}

// A CompletionItem is one proposal.
type CompletionItem struct {
	Label               string                      `json:"label"`
	LabelDetails        *CompletionItemLabelDetails `json:"labelDetails,omitempty"` // 3.17
	Kind                CompletionItemKind          `json:"kind,omitempty"`
	Tags                []CompletionItemTag         `json:"tags,omitempty"`
	Detail              string                      `json:"detail,omitempty"`
	Documentation       *MarkupContent              `json:"documentation,omitempty"`
	Deprecated          bool                        `json:"deprecated,omitempty"`
	Preselect           bool                        `json:"preselect,omitempty"`
	SortText            string                      `json:"sortText,omitempty"`
	FilterText          string                      `json:"filterText,omitempty"`
	InsertText          string                      `json:"insertText,omitempty"`
	InsertTextFormat    InsertTextFormat            `json:"insertTextFormat,omitempty"`
	InsertTextMode      InsertTextMode              `json:"insertTextMode,omitempty"`
	TextEdit            *CompletionTextEdit         `json:"textEdit,omitempty"`
	TextEditText        string                      `json:"textEditText,omitempty"` // 3.17
	AdditionalTextEdits []TextEdit                  `json:"additionalTextEdits,omitempty"`
	CommitCharacters    []string                    `json:"commitCharacters,omitempty"`
	Command             *Command                    `json:"command,omitempty"`
	Data                json.RawMessage             `json:"data,omitempty"`
}

// CompletionItemLabelDetails is shown next to a label: Detail right behind it,
// Description at the end of the line.
type CompletionItemLabelDetails struct {
	Detail      string `json:"detail,omitempty"`
	Description string `json:"description,omitempty"`
}

// A CompletionTextEdit replaces text by a completion. It may differ in Insert
// and Replace only for clients with Capabilities.CompletionInsertReplace; if
// they are equal it encodes as a [TextEdit].
type CompletionTextEdit struct {
	NewText string
	Insert  Range
	Replace Range
}

// ReplaceRange returns the edit that replaces r by newText in either mode.
func ReplaceRange(r Range, newText string) *CompletionTextEdit {
	return &CompletionTextEdit{NewText: newText, Insert: r, Replace: r}
}

type insertReplaceEdit struct {
	NewText string `json:"newText"`
	Insert  Range  `json:"insert"`
	Replace Range  `json:"replace"`
}

// MarshalJSON implements [json.Marshaler].
func (e CompletionTextEdit) MarshalJSON() ([]byte, error) {
	if e.Insert == e.Replace {
		return json.Marshal(TextEdit{Range: e.Replace, NewText: e.NewText})
	}
	return json.Marshal(insertReplaceEdit(e))
}

// UnmarshalJSON implements [json.Unmarshaler].
func (e *CompletionTextEdit) UnmarshalJSON(data []byte) error {
	var either struct {
		insertReplaceEdit
		Range *Range `json:"range"`
	}
	if err := json.Unmarshal(data, &either); err != nil {
		return err
	}
	*e = CompletionTextEdit(either.insertReplaceEdit)
	if either.Range != nil {
		e.Insert, e.Replace = *either.Range, *either.Range
	}
	return nil
}
