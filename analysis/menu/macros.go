package menu

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// TokenPlace is a token of a file.
type TokenPlace struct {
	Statement, Token int
}

// MacroTokens returns the tokens of the file that may hold macro references,
// and the names of assignments, in order. It is found out once for a file. The
// caller must not change the slice.
func (f *File) MacroTokens() []TokenPlace {
	if known := f.found.macroTokens.Load(); known != nil {
		return *known
	}
	var places []TokenPlace
	for i := range f.Tree.Chunks() {
		from, to := f.Tree.Chunk(i)
		if !f.mayHaveMacros(from, to) {
			continue
		}
		for st := range f.Tree.From(from) {
			if st.Index >= to {
				break
			}
			places = appendMacroTokens(places, st)
		}
	}
	f.found.macroTokens.Store(&places)
	return places
}

// mayHaveMacros reports whether there is any macro in the statements of a chunk,
// without looking at its tokens.
func (f *File) mayHaveMacros(from, to int) bool {
	for _, i := range f.linksIn(from, to) {
		if f.Tree.At(int(i)).Kind == parser.Assignment {
			return true
		}
	}
	if from == to {
		return false
	}
	return strings.Contains(f.Tree.Slice(int(f.Tree.At(from).Start), int(f.Tree.At(to-1).End)), "$(")
}

func appendMacroTokens(places []TokenPlace, st parser.Statement) []TokenPlace {
	for i := range st.Len() {
		switch st.Token(i).Kind {
		case parser.MacroWord:
			places = append(places, TokenPlace{st.Index, i})
		case parser.String, parser.Path, parser.Value:
			if strings.Contains(st.TokenText(i), "$(") {
				places = append(places, TokenPlace{st.Index, i})
			}
		case parser.Word:
			if st.Kind == parser.Assignment && i == st.First(0) {
				places = append(places, TokenPlace{st.Index, i})
			}
		}
	}
	return places
}

// MatchesMacroName reports whether a word with macro references looks as if it
// stood for a name: whether all of it but the references is in the name, in
// order. A word that is nothing but references tells nothing.
func MatchesMacroName(word, name string) bool {
	literals := literalsOf(word)
	first, last := literals[0], literals[len(literals)-1]
	switch {
	case len(literals) == 1:
		return word == name
	case strings.Join(literals, "") == "":
		return false
	}
	if len(name) < len(first)+len(last) || !strings.HasPrefix(name, first) || !strings.HasSuffix(name, last) {
		return false
	}
	rest := name[len(first) : len(name)-len(last)]
	for _, literal := range literals[1 : len(literals)-1] {
		i := strings.Index(rest, literal)
		if i < 0 {
			return false
		}
		rest = rest[i+len(literal):]
	}
	return true
}

// literalsOf returns the texts before, between and behind the outermost macro
// references of a word.
func literalsOf(word string) []string {
	var literals []string
	start, depth := 0, 0
	for i := 0; i < len(word); i++ {
		switch {
		case depth == 0 && word[i] == '$' && i+1 < len(word) && word[i+1] == '(':
			literals = append(literals, word[start:i])
			depth = 1
			i++
		case depth > 0 && word[i] == '(':
			depth++
		case depth > 0 && word[i] == ')':
			if depth--; depth == 0 {
				start = i + 1
			}
		}
	}
	if depth > 0 { // the last reference is not closed
		return append(literals, "")
	}
	return append(literals, word[start:])
}
