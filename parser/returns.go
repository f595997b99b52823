package parser

import "strings"

// HasLoneReturn reports whether the text has a "\r" that no "\n" follows,
// which editors take for a line end and Kconfig does not.
func (t *Tree) HasLoneReturn() bool {
	for _, c := range t.chunks {
		for text := c.text; ; {
			at := strings.IndexByte(text, '\r')
			if at < 0 {
				break
			}
			text = text[at+1:]
			if text == "" || text[0] != '\n' {
				return true
			}
		}
	}
	return false
}
