// Package terminal knows what a terminal can show: which characters have which
// width, where colours are wanted, and how to rewrite a line of progress.
package terminal

import (
	"os"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"
	"golang.org/x/text/width"
)

// Is reports whether a file is a terminal.
func Is(f *os.File) bool { return f != nil && term.IsTerminal(int(f.Fd())) }

// Colors reports whether colours are wanted on a file: it is a terminal that
// knows them, and NO_COLOR (https://no-color.org) is not set.
func Colors(f *os.File, getenv func(string) string) bool {
	return getenv("NO_COLOR") == "" && getenv("TERM") != "dumb" && Is(f)
}

// Columns returns the width of a terminal in characters, and otherwise what is
// returned for files that are none.
func Columns(f *os.File, otherwise int) int {
	if Is(f) {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
			return columns
		}
	}
	return otherwise
}

// Printable returns a text in which everything that a terminal would act on, or
// show as nothing, is written out: control characters, characters that change
// the direction of writing, and bytes that are no UTF-8. Line ends and tabs
// become blanks.
func Printable(text string) string {
	plain := true
	for i := range len(text) {
		if text[i] < ' ' || text[i] >= 0x7f {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	var b strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if r == '\n' || r == '\t' {
			b.WriteByte(' ')
		} else {
			cell, _ := Cell(text[:size])
			b.WriteString(cell)
		}
		text = text[size:]
	}
	return b.String()
}

// Cell returns how one character is shown, and how many columns that takes.
func Cell(character string) (shown string, columns int) {
	r, size := utf8.DecodeRuneInString(character)
	switch {
	case r == utf8.RuneError && size <= 1:
		if size == 0 {
			return "", 0
		}
		shown = `\x` + strconv.FormatUint(uint64(character[0])+0x100, 16)[1:]
		return shown, len(shown)
	case r == ' ':
		return " ", 1
	case !unicode.IsPrint(r):
		shown = strings.Trim(strconv.QuoteRune(r), "'")
		return shown, len(shown)
	case unicode.In(r, unicode.Mn, unicode.Me):
		return character, 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return character, 2
	}
	return character, 1
}
