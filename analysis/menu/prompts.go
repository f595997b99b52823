package menu

import (
	"sync/atomic"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Title is an entry of a file as searches see it: a symbol's definition, or a
// menu or choice with its text.
type Title struct {
	// Kind is Config, Menuconfig, Choice or Menu.
	Kind parser.StatementKind
	// Type is the type keyword that the entry gives its symbol, 0 if none.
	Type parser.TokenKind
	// Statement is the entry's statement in the file.
	Statement int
	// Name is the symbol's name, unexpanded; "" for other entries.
	Name string
	// Prompt is the prompt or title without quotes, macros unexpanded.
	Prompt string
	// The letters of the name and of the prompt, as LettersOf gives them.
	NameLetters, PromptLetters uint64
}

// Titles returns the entries of the file that have a name or a text, in order.
// They are found out once for a file. The caller must not change the slice.
func (f *File) Titles() []Title {
	if known := f.found.titles.Load(); known != nil {
		return *known
	}
	var titles []Title
	open := -1 // the title that attribute lines belong to
	for st := range f.Tree.All() {
		switch {
		case st.Kind == parser.Blank || st.Kind == parser.HelpText:
		case st.Kind.IsSymbolDefinition(), st.Kind == parser.Choice, st.Kind == parser.Menu:
			titles = append(titles, Title{Kind: st.Kind, Statement: st.Index})
			open = len(titles) - 1
			t := &titles[open]
			if st.Kind.IsSymbolDefinition() {
				t.Name = st.Name()
			}
			t.addPrompt(st)
		case st.Kind.IsEntry():
			open = -1
		case open >= 0:
			t := &titles[open]
			if keyword, ok := TypeOf(st); ok && t.Type == 0 {
				t.Type = keyword
			}
			t.addPrompt(st)
		}
	}
	kept := titles[:0]
	for _, t := range titles {
		if t.Name != "" || t.Prompt != "" {
			t.NameLetters, t.PromptLetters = LettersOf(t.Name), LettersOf(t.Prompt)
			kept = append(kept, t)
		}
	}
	f.found.titles.Store(&kept)
	return kept
}

func (t *Title) addPrompt(st parser.Statement) {
	if i, ok := st.PromptToken(); ok {
		t.Prompt = parser.Unquote(st.TokenText(i))
	}
}

// LettersOf returns which letters and digits a text has, without regard to case,
// as a set of bits. A text can only contain another one, in whatever order, if
// its set contains that one's.
func LettersOf(text string) (set uint64) {
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z':
			set |= 1 << (c - 'a')
		case c >= 'A' && c <= 'Z':
			set |= 1 << (c - 'A')
		case c >= '0' && c <= '9':
			set |= 1 << (26 + c - '0')
		}
	}
	return set
}

// findings is what was found in a file once, which does not change it.
type findings struct {
	titles      atomic.Pointer[[]Title]
	macroTokens atomic.Pointer[[]TokenPlace]
	sources     atomic.Pointer[[]int32] // statements
}
