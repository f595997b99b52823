package protocol

import (
	"strconv"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// Types and modifiers of semantic tokens, as glsp has them.
type (
	SemanticTokenType     = lsp.SemanticTokenType
	SemanticTokenModifier = lsp.SemanticTokenModifier
)

// The types of semantic tokens that clients know how to colour.
const (
	TokenNamespace     = lsp.SemanticTokenTypeNamespace
	TokenType          = lsp.SemanticTokenTypeType
	TokenClass         = lsp.SemanticTokenTypeClass
	TokenEnum          = lsp.SemanticTokenTypeEnum
	TokenInterface     = lsp.SemanticTokenTypeInterface
	TokenStruct        = lsp.SemanticTokenTypeStruct
	TokenTypeParameter = lsp.SemanticTokenTypeTypeParameter
	TokenParameter     = lsp.SemanticTokenTypeParameter
	TokenVariable      = lsp.SemanticTokenTypeVariable
	TokenProperty      = lsp.SemanticTokenTypeProperty
	TokenEnumMember    = lsp.SemanticTokenTypeEnumMember
	TokenEvent         = lsp.SemanticTokenTypeEvent
	TokenFunction      = lsp.SemanticTokenTypeFunction
	TokenMethod        = lsp.SemanticTokenTypeMethod
	TokenMacro         = lsp.SemanticTokenTypeMacro
	TokenKeyword       = lsp.SemanticTokenTypeKeyword
	TokenModifier      = lsp.SemanticTokenTypeModifier
	TokenComment       = lsp.SemanticTokenTypeComment
	TokenString        = lsp.SemanticTokenTypeString
	TokenNumber        = lsp.SemanticTokenTypeNumber
	TokenRegexp        = lsp.SemanticTokenTypeRegexp
	TokenOperator      = lsp.SemanticTokenTypeOperator

	TokenDecorator SemanticTokenType = "decorator" // 3.17
	TokenLabel     SemanticTokenType = "label"     // 3.18
)

// The modifiers of semantic tokens.
const (
	ModifierDeclaration    = lsp.SemanticTokenModifierDeclaration
	ModifierDefinition     = lsp.SemanticTokenModifierDefinition
	ModifierReadonly       = lsp.SemanticTokenModifierReadonly
	ModifierStatic         = lsp.SemanticTokenModifierStatic
	ModifierDeprecated     = lsp.SemanticTokenModifierDeprecated
	ModifierAbstract       = lsp.SemanticTokenModifierAbstract
	ModifierAsync          = lsp.SemanticTokenModifierAsync
	ModifierModification   = lsp.SemanticTokenModifierModification
	ModifierDocumentation  = lsp.SemanticTokenModifierDocumentation
	ModifierDefaultLibrary = lsp.SemanticTokenModifierDefaultLibrary
)

// SemanticTokensParams are the parameters of [MethodSemanticTokensFull].
type SemanticTokensParams struct {
	WorkDoneProgressParams
	TextDocument TextDocumentIdentifier `json:"textDocument"`
}

// SemanticTokensDeltaParams are the parameters of [MethodSemanticTokensDelta].
type SemanticTokensDeltaParams struct {
	WorkDoneProgressParams
	TextDocument     TextDocumentIdentifier `json:"textDocument"`
	PreviousResultID string                 `json:"previousResultId"`
}

// SemanticTokensRangeParams are the parameters of [MethodSemanticTokensRange].
type SemanticTokensRangeParams struct {
	WorkDoneProgressParams
	TextDocument TextDocumentIdentifier `json:"textDocument"`
	Range        Range                  `json:"range"`
}

// TokenData is the encoded form of semantic tokens: five numbers a token, the
// position relative to the token before. It never encodes as null, which
// clients take badly.
type TokenData []uint32

// MarshalJSON implements [json.Marshaler]. It exists for the sake of nil, and
// of speed: token data are the longest arrays of the protocol.
func (d TokenData) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, 2+3*len(d))
	b = append(b, '[')
	for i, n := range d {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(b, uint64(n), 10)
	}
	return append(b, ']'), nil
}

// SemanticTokens answers [MethodSemanticTokensFull] and
// [MethodSemanticTokensRange].
type SemanticTokens struct {
	ResultID string    `json:"resultId,omitempty"`
	Data     TokenData `json:"data"`
}

// SemanticTokensDelta answers [MethodSemanticTokensDelta]; [SemanticTokens] may
// be sent in its place. Edits must not overlap and refer to the old data.
type SemanticTokensDelta struct {
	ResultID string                   `json:"resultId,omitempty"`
	Edits    List[SemanticTokensEdit] `json:"edits"`
}

// A SemanticTokensEdit replaces DeleteCount numbers from index Start by Data.
type SemanticTokensEdit struct {
	Start       uint32    `json:"start"`
	DeleteCount uint32    `json:"deleteCount"`
	Data        TokenData `json:"data,omitempty"`
}
