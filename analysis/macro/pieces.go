package macro

import (
	"iter"
	"strings"
)

// Piece is a part of a token: a literal text without its escapes, or a macro
// reference as it is written.
type Piece struct {
	Text string
	// Reference says that the text is a reference, from "$(" to its ")".
	Reference bool
	// Open says that the reference has no ")". It is then the last piece, and a
	// closing quote belongs to it.
	Open bool
}

// Pieces yields the parts of a token as it is written. The quotes of a string,
// of which the second may be missing, belong to none. Backslashes are escapes
// in strings only, and not within references. Literal pieces may follow each
// other.
//
// As the STRING state of scripts/kconfig/lexer.l.
func Pieces(token string) iter.Seq[Piece] {
	return func(yield func(Piece) bool) {
		var quote byte
		if token != "" && (token[0] == '"' || token[0] == '\'') {
			quote = token[0]
			token = token[1:]
		}
		start, i := 0, 0
		for i < len(token) {
			c := token[i]
			reference := c == '$' && strings.HasPrefix(token[i:], "$(")
			if !reference && (quote == 0 || c != quote && c != '\\') {
				i++
				continue
			}
			if start < i && !yield(Piece{Text: token[start:i]}) {
				return
			}
			switch {
			case reference:
				n, closed := referenceLen(token[i:])
				if !yield(Piece{token[i : i+n], true, !closed}) {
					return
				}
				i += n
				start = i
			case c == quote:
				return
			default: // a backslash takes the meaning of the character behind it
				i++
				start = i
				if i < len(token) {
					if token[i] == '\n' {
						start++
					}
					i++
				}
			}
		}
		if start < len(token) {
			yield(Piece{Text: token[start:]})
		}
	}
}

// referenceLen returns the length of the reference that a text begins with,
// and whether it has its ")".
func referenceLen(text string) (n int, closed bool) {
	depth := 0
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1, true
			}
		}
	}
	return len(text), false
}
