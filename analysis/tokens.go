package analysis

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// TokenType is an index of TokenTypes.
type TokenType uint8

// The types of semantic tokens.
const (
	TokenKeyword TokenType = iota
	TokenTypeName
	TokenVariable // a symbol
	TokenConstant // y, m, n
	TokenNumber
	TokenString
	TokenTitle // of a menu
	TokenOperator
	TokenComment // and help texts
	TokenMacro
	TokenFunction // a macro with arguments
)

// TokenModifier is a set of bits, of which bit i is TokenModifiers()[i].
type TokenModifier uint16

// The modifiers of semantic tokens.
const (
	ModifierDefinition TokenModifier = 1 << iota
	ModifierReadonly
	ModifierDocumentation
	ModifierDeprecated
	// ModifierUndefined is for symbols that nothing in the tree defines.
	ModifierUndefined
	// ModifierOff is for symbols that a configuration sets to n, ModifierDropped
	// for those whose line in a configuration has no effect, or another one.
	ModifierOff
	ModifierDropped
	// ModifierRustGated is for symbols that cannot be on without Rust, or another
	// language; ModifierToolchain for those that stand and fall with what a tool
	// can do, or say it; and ModifierUnavailable for those of both kinds that cannot
	// be on as things are.
	ModifierRustGated
	ModifierToolchain
	ModifierUnavailable
)

// TokenTypes returns the names of the types, in the order of their numbers.
// They are standard names of the protocol.
func TokenTypes() []string {
	return []string{
		TokenKeyword: "keyword", TokenTypeName: "type", TokenVariable: "variable", TokenConstant: "enumMember",
		TokenNumber: "number", TokenString: "string", TokenTitle: "namespace", TokenOperator: "operator",
		TokenComment: "comment", TokenMacro: "macro", TokenFunction: "function",
	}
}

// TokenModifiers returns the names of the modifiers, in the order of their bits.
// The first four are standard names of the protocol.
func TokenModifiers() []string {
	return []string{
		"definition", "readonly", "documentation", "deprecated", "undefined", "off", "dropped",
		"rustGated", "toolchain", "unavailable",
	}
}

// SemanticToken is a part of a line with what it means.
type SemanticToken struct {
	Start, End int // byte offsets
	Type       TokenType
	Modifiers  TokenModifier
}

// Tokens returns the semantic tokens of a file that overlap the bytes
// [start, end), in order. They do not overlap each other, and none holds a line
// end: what spans several lines is a token in each.
func Tokens(s *Snapshot, path string, start, end int) []SemanticToken {
	if c, ok := s.configScope(path); ok {
		return c.paintConfig(start, end)
	}
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	tree := c.file.Tree
	start, end = max(start, 0), min(end, tree.Size())
	first := tree.IndexAt(start)
	if start >= end || first < 0 {
		return nil
	}
	b := painter{scope: c, start: start, end: end, undefined: c.undefinedTokens(), marks: c.root.gateMarks(c.arch)}
	for st := range tree.From(first) {
		if int(st.Start) >= end {
			break
		}
		b.statement(st)
	}
	return b.tokens
}

// undefinedTokens returns where the tokens begin that the diagnostics of the
// file call undefined.
func (c scope) undefinedTokens() map[uint32]bool {
	undefined := map[uint32]bool{}
	for _, d := range c.diagnose(false) {
		if check.IsUndefined(d.Code) {
			undefined[uint32(d.Start)] = true
		}
	}
	return undefined
}

// painter collects semantic tokens.
type painter struct {
	scope
	start, end int
	undefined  map[uint32]bool
	marks      *gateMarks
	tokens     []SemanticToken
}

// statement adds the tokens of a statement.
func (b *painter) statement(st parser.Statement) {
	first := st.First(0)
	prompt, hasPrompt := st.PromptToken()
	for i := range st.Len() {
		t := st.Token(i)
		kind, modifiers, ok := b.meaning(st, i, i == first, hasPrompt && i == prompt)
		if !ok || int(t.End) <= b.start || int(t.Start) >= b.end {
			continue
		}
		switch t.Kind {
		case parser.MacroWord, parser.String, parser.Path, parser.Value:
			b.withMacros(st.TokenText(i), int(t.Start), kind, modifiers)
		default:
			b.lines(st.TokenText(i), int(t.Start), kind, modifiers)
		}
	}
}

// meaning returns the type of a token. It reports false for those that have no
// meaning of their own.
func (b *painter) meaning(st parser.Statement, i int, first, prompt bool) (TokenType, TokenModifier, bool) {
	t := st.Token(i)
	switch k := t.Kind; {
	case k == parser.Comment:
		return TokenComment, 0, true
	case k == parser.HelpBody:
		return TokenComment, ModifierDocumentation, true
	case k.IsKeyword():
		return keywordMeaning(st, i, first)
	case prompt:
		if st.Kind == parser.Menu || st.Kind == parser.Mainmenu {
			return TokenTitle, 0, true
		}
		return TokenString, 0, true
	case k == parser.Word && st.Kind == parser.Assignment && first:
		if _, _, value, ok := assignment(st); ok && macro.Parameters(value) > 0 {
			return TokenFunction, ModifierDefinition, true
		}
		return TokenMacro, ModifierDefinition, true
	case k == parser.Word:
		return b.wordMeaning(st, i)
	case k == parser.MacroWord:
		if st.Kind.IsSymbolDefinition() {
			return TokenVariable, ModifierDefinition, true
		}
		return TokenVariable, 0, true
	case k == parser.String || k == parser.Path || k == parser.Value:
		return TokenString, 0, true
	case k == parser.Or || k == parser.And || k == parser.Not || k.IsComparison() ||
		k == parser.ColonEqual || k == parser.PlusEqual:
		return TokenOperator, 0, true
	}
	return 0, 0, false
}

func keywordMeaning(st parser.Statement, i int, first bool) (TokenType, TokenModifier, bool) {
	kind := st.Token(i).Kind
	var modifiers TokenModifier
	if first && (kind == parser.KwBoolean || kind == parser.KwOption || st.TokenText(i) == "---help---") {
		modifiers = ModifierDeprecated
	}
	if st.Kind == parser.Type && first {
		return TokenTypeName, modifiers, true
	}
	return TokenKeyword, modifiers, true
}

// wordMeaning returns the type of a bare word.
func (b *painter) wordMeaning(st parser.Statement, i int) (TokenType, TokenModifier, bool) {
	if o, ok := b.file.OccurrenceAt(st.Index, i); ok {
		switch {
		case o.Role == menu.Defines:
			return TokenVariable, ModifierDefinition | b.marks.of(st.TokenText(i)).modifiers(), true
		case b.undefined[st.Token(i).Start]:
			return TokenVariable, ModifierUndefined, true
		}
		return TokenVariable, b.marks.of(st.TokenText(i)).modifiers(), true
	}
	switch word := st.TokenText(i); {
	case st.Kind == parser.Unknown:
		return 0, 0, false
	case word == "y" || word == "m" || word == "n":
		return TokenConstant, ModifierReadonly, true
	case menu.IsConstant(word):
		return TokenNumber, ModifierReadonly, true
	case st.Kind == parser.Choice:
		return TokenVariable, ModifierDefinition, true
	}
	return 0, 0, false
}

// lines adds a text of a type, a token for each line without its indentation.
func (b *painter) lines(text string, base int, kind TokenType, modifiers TokenModifier) {
	for start := 0; start < len(text); {
		end := len(text)
		next := end
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end, next = start+i, start+i+1
		}
		line := text[start:end]
		indent := 0
		if start > 0 || kind == TokenComment {
			indent = len(line) - len(strings.TrimLeft(line, " \t"))
		}
		if line = strings.TrimRight(line, " \t\r"); len(line) > indent {
			b.add(base+start+indent, base+start+len(line), kind, modifiers)
		}
		start = next
	}
}

func (b *painter) add(start, end int, kind TokenType, modifiers TokenModifier) {
	if end <= b.start || start >= b.end {
		return
	}
	b.tokens = append(b.tokens, SemanticToken{start, end, kind, modifiers})
}

// maxPainted bounds the macro references in one token that are shown as such.
// Each costs a pass over its text.
const maxPainted = 500

// withMacros adds a token with macro references in it: their names are macros or
// functions, their arguments texts, and the rest is of the given type.
func (b *painter) withMacros(text string, base int, kind TokenType, modifiers TokenModifier) {
	refs := macro.References(text)
	if len(refs) == 0 || len(refs) > maxPainted {
		b.lines(text, base, kind, modifiers)
		return
	}
	// The innermost reference that a byte belongs to counts; those come last.
	paint := make([]TokenType, len(text))
	fill := func(s macro.Span, kind TokenType) {
		for i := s.Start; i < s.End; i++ {
			paint[i] = kind
		}
	}
	fill(macro.Span{End: uint32(len(text))}, kind)
	for _, r := range refs {
		fill(r.Span, TokenOperator)
		if len(r.Args) > 0 {
			fill(r.Name, TokenFunction)
		} else {
			fill(r.Name, TokenMacro)
		}
		for _, arg := range r.Args {
			fill(arg, TokenString)
		}
	}
	for start := 0; start < len(text); {
		end := start + 1
		for end < len(text) && paint[end] == paint[start] {
			end++
		}
		own := TokenModifier(0)
		if paint[start] == kind {
			own = modifiers
		}
		b.lines(text[start:end], base+start, paint[start], own)
		start = end
	}
}
