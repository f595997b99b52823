package analysis

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
)

// matchClass says how well a query fits, the best first.
type matchClass uint8

const (
	matchExact          matchClass = iota
	matchPrefix                    // the name begins with the query
	matchPart                      // a part of the name begins with it
	matchSubstring                 // the name contains it
	matchInitials                  // it is made of beginnings of parts of the name
	matchPromptWords               // words of the prompt begin with the query's
	matchPromptContains            // the prompt contains the query
	matchLetters                   // the name has the query's letters in order
	matchNothing
)

// searchQuery is a query as it is compared. All of it is lower case.
type searchQuery struct {
	text    string   // for prompts
	name    string   // for names: without CONFIG_, blanks turned into "_"
	words   []string // of text
	letters uint64   // of name
}

func newSearchQuery(query string) searchQuery {
	words := strings.Fields(lowerASCII(query))
	q := searchQuery{text: strings.Join(words, " "), words: words}
	q.name = strings.Join(words, "_")
	if bare, ok := strings.CutPrefix(q.name, "config_"); ok && bare != "" {
		q.name = bare
	}
	q.letters = menu.LettersOf(q.name)
	return q
}

// match tells how well the query fits.
func (q *searchQuery) match(t *menu.Title) matchClass {
	if q.text == "" {
		if t.Name == "" {
			return matchNothing
		}
		return matchExact
	}
	class := matchNothing
	if q.letters&^t.NameLetters == 0 && len(q.name) <= len(t.Name) {
		class = matchName(t.Name, q.name)
	}
	if class <= matchInitials || q.letters&^(t.PromptLetters|t.NameLetters) != 0 {
		return class
	}
	return min(class, q.matchPrompt(t))
}

// matchPrompt tells how well the query fits the prompt. Words of a query with
// several may also begin parts of the name.
func (q *searchQuery) matchPrompt(t *menu.Title) matchClass {
	all := true
	for _, word := range q.words {
		if !hasWordPrefix(t.Prompt, word) && (len(q.words) == 1 || !hasWordPrefix(t.Name, word)) {
			all = false
			break
		}
	}
	switch {
	case all:
		return matchPromptWords
	case indexFold(t.Prompt, q.text, 0) >= 0:
		return matchPromptContains
	}
	return matchNothing
}

// matchName tells how well a lower case query fits a name.
func matchName(name, query string) matchClass {
	class := matchNothing
	for i := indexFold(name, query, 0); i >= 0; i = indexFold(name, query, i+1) {
		switch {
		case i == 0 && len(name) == len(query):
			return matchExact
		case i == 0:
			return matchPrefix
		case beginsWord(name, i):
			return matchPart
		}
		class = matchSubstring
	}
	if class == matchNothing {
		class = matchScattered(name, query)
	}
	return class
}

// matchScattered tells whether the letters of the query are in the name in
// their order, and whether each run of them begins a part of it.
func matchScattered(name, query string) matchClass {
	initials, at := true, 0
	for i := 0; i < len(query); i++ {
		next := at
		if at == 0 || lowerByte(name[at]) != query[i] {
			next = indexPart(name, query[i], at)
		}
		if next < 0 {
			initials = false
			break
		}
		if at = next + 1; at >= len(name) && i+1 < len(query) {
			initials = false
			break
		}
	}
	if initials {
		return matchInitials
	}
	at = 0
	for i := 0; i < len(name) && at < len(query); i++ {
		if lowerByte(name[i]) == query[at] {
			at++
		}
	}
	// Two or three letters are in order somewhere in half of all names.
	if at == len(query) && len(query) >= 4 {
		return matchLetters
	}
	return matchNothing
}

// indexPart returns where the next part of a name begins that starts with a
// letter, -1 if there is none.
func indexPart(name string, letter byte, from int) int {
	for i := from; i < len(name); i++ {
		if lowerByte(name[i]) == letter && beginsWord(name, i) {
			return i
		}
	}
	return -1
}

// beginsWord reports whether a word of the text begins at i.
func beginsWord(text string, i int) bool { return i == 0 || !isLetterOrDigit(text[i-1]) }

// isLetterOrDigit reports whether a byte is part of a word in a text: a letter, a
// digit, or part of a character beyond ASCII.
func isLetterOrDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// hasWordPrefix reports whether a word of the text begins with a lower case
// word.
func hasWordPrefix(text, word string) bool {
	for i := indexFold(text, word, 0); i >= 0; i = indexFold(text, word, i+1) {
		if beginsWord(text, i) {
			return true
		}
	}
	return false
}

// indexFold returns where a lower case text is in another one from an index on,
// without regard to the case of ASCII letters, -1 if it is not.
func indexFold(text, lower string, from int) int {
	if lower == "" {
		return -1
	}
	first := lower[0]
	for i := from; i+len(lower) <= len(text); i++ {
		if lowerByte(text[i]) == first && equalFold(text[i+1:i+len(lower)], lower[1:]) {
			return i
		}
	}
	return -1
}

func equalFold(text, lower string) bool {
	for i := range len(text) {
		if lowerByte(text[i]) != lower[i] {
			return false
		}
	}
	return true
}

func lowerByte(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// lowerASCII returns the text with its ASCII letters in lower case. Others stay,
// so that its length does.
func lowerASCII(text string) string {
	b := []byte(text)
	for i := range b {
		b[i] = lowerByte(b[i])
	}
	return string(b)
}
