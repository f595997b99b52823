package protocol

import "encoding/json"

// InlayHintParams are the parameters of [MethodInlayHint] (3.17).
type InlayHintParams struct {
	WorkDoneProgressParams
	TextDocument TextDocumentIdentifier `json:"textDocument"`
	Range        Range                  `json:"range"`
}

// InlayHintKind says what a hint is about.
type InlayHintKind uint32

// The kinds of inlay hints. A hint that is neither has none.
const (
	InlayHintType      InlayHintKind = 1
	InlayHintParameter InlayHintKind = 2
)

// An InlayHint is text that the client shows at a position without its being
// in the document. The label is always sent as parts, which all clients take.
type InlayHint struct {
	Position     Position                 `json:"position"`
	Label        List[InlayHintLabelPart] `json:"label"`
	Kind         InlayHintKind            `json:"kind,omitempty"`
	TextEdits    []TextEdit               `json:"textEdits,omitempty"`
	Tooltip      *MarkupContent           `json:"tooltip,omitempty"`
	PaddingLeft  bool                     `json:"paddingLeft,omitempty"`
	PaddingRight bool                     `json:"paddingRight,omitempty"`
	Data         json.RawMessage          `json:"data,omitempty"`
}

// An InlayHintLabelPart is a piece of a hint's label, with its own tooltip and
// target. Value must not be empty.
type InlayHintLabelPart struct {
	Value    string         `json:"value"`
	Tooltip  *MarkupContent `json:"tooltip,omitempty"`
	Location *Location      `json:"location,omitempty"`
	Command  *Command       `json:"command,omitempty"`
}
