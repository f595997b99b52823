package format

import (
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Style says how a text is set.
type Style struct {
	// Unit is what attributes are indented by, and what is in a block as well if
	// Nested: a tab, or some spaces.
	Unit string
	// Help is what a help text is indented by in addition to its "help".
	Help string
	// Nested tells that what is in a menu, choice or if is indented, Flat that it is
	// not. If it is neither, entries begin in the first column, but those in blocks that
	// somebody has indented by whole units stay where they are, and their attributes
	// may be one unit deeper than they or at one unit.
	Nested, Flat bool
	// OneUnit tells that continued lines are indented by one unit more than their first
	// one. Else they stay where they are, as long as they are indented by more.
	OneUnit bool
	// BetweenEntries tells that there is a blank line between entries, but not below a
	// comment entry without attributes, which is a heading, nor between the members of
	// a choice unless BetweenMembers.
	BetweenEntries, BetweenMembers bool
	// AroundIfs tells that there is a blank line before and behind an outermost if and
	// its endif.
	AroundIfs bool
	// CommentSpace tells that comments are written "# text" and not "#text".
	CommentSpace bool
	// KeepBlanks leaves blanks at the end of lines, KeepEnd a last line without a line
	// end.
	KeepBlanks, KeepEnd bool
	// MaxLine is how many columns a line may have, 0 for any number. Lines are not
	// broken.
	MaxLine int
	// TabWidth is how many columns a tab takes where columns of a line are counted. For
	// the language it is always 8.
	TabWidth int
}

// StyleOf returns the style of the projects that use a dialect. Where they have
// written down none it is that of Linux, section 10 of its coding style.
func StyleOf(d parser.Dialect) Style {
	s := Style{Unit: "\t", Help: "  ", BetweenEntries: true, TabWidth: 8}
	switch d.Name {
	case "zephyr": // its style guidelines for Kconfig
		s.Flat, s.BetweenMembers, s.AroundIfs, s.CommentSpace, s.MaxLine = true, true, true, true, 100
	case "esp-idf": // what kconfcheck asks for
		s = Style{Unit: "    ", Help: "    ", Nested: true, OneUnit: true, MaxLine: 119, TabWidth: 4}
	case "qemu": // all of its files
		s.Unit = "    "
	case "busybox": // all of its files; they are put together by a script
		s.Help, s.BetweenEntries = "", false
	}
	return s
}

// maxIndent is the widest unit of indentation that a configuration can ask for.
const maxIndent = 16

// Override returns the style changed by what an .editorconfig says, by its keys in
// lower case. Values that make no sense say nothing.
func (s Style) Override(properties map[string]string) Style {
	if n, ok := number(properties["tab_width"]); ok && n > 0 && n <= maxIndent {
		s.TabWidth = n
	}
	size, sized := number(properties["indent_size"])
	if properties["indent_size"] == "tab" {
		size, sized = s.TabWidth, true
	}
	if !sized || size == 0 || size > maxIndent {
		size, sized = len(s.Unit), s.Unit != "\t"
	}
	if !sized {
		size = s.TabWidth
	}
	switch {
	case properties["indent_style"] == "tab":
		if s.Unit != "\t" {
			s.Help = "  "
		}
		s.Unit = "\t"
	case properties["indent_style"] == "space" || s.Unit != "\t":
		if len(s.Help) == len(s.Unit) {
			s.Help = strings.Repeat(" ", size)
		}
		s.Unit = strings.Repeat(" ", size)
	}
	switch properties["trim_trailing_whitespace"] {
	case "true":
		s.KeepBlanks = false
	case "false":
		s.KeepBlanks = true
	}
	switch properties["insert_final_newline"] {
	case "true":
		s.KeepEnd = false
	case "false":
		s.KeepEnd = true
	}
	if n, ok := number(properties["max_line_length"]); ok {
		s.MaxLine = n
	} else if properties["max_line_length"] == "off" {
		s.MaxLine = 0
	}
	return s
}

// number reads a number that is not negative.
func number(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0
}

// maxLevel is the deepest nesting that is indented further.
const maxLevel = 64

// head returns the indentation of an entry at a nesting level, which is indented by
// blanks so far.
func (s Style) head(level int, blanks string) string {
	level = min(level, maxLevel)
	switch {
	case s.Nested:
		return strings.Repeat(s.Unit, level)
	case !s.Flat && len(blanks) <= level*len(s.Unit) && strings.Trim(blanks, s.Unit) == "" && len(blanks)%len(s.Unit) == 0:
		return blanks
	}
	return ""
}

// width returns how many columns a line's indentation has for the language, in which
// tabs go to the next multiple of eight. See indentation in parser/help.go.
func width(blanks string) int {
	n := 0
	for i := range len(blanks) {
		if blanks[i] == '\t' {
			n = n&^7 + 8
		} else {
			n++
		}
	}
	return n
}

// ofWidth returns an indentation of so many columns in the style's kind of blanks.
func (s Style) ofWidth(n int) string {
	if s.Unit == "\t" {
		return strings.Repeat("\t", n/8) + strings.Repeat(" ", n%8)
	}
	return strings.Repeat(" ", n)
}
