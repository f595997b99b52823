package kbuild

import (
	"path"
	"strings"
)

// configPrefix is what the build puts before the names of symbols.
const configPrefix = "CONFIG_"

// Language is a language in which configuration symbols are named.
type Language uint8

const (
	// Make is that of Makefiles and Kbuild files.
	Make Language = iota + 1
	// C is that of all that goes through the C preprocessor: sources and headers
	// of C, assembly, linker scripts and device trees.
	C
	// Rust is that of Rust.
	Rust
)

// LanguageOf returns the language of a file by its name, 0 for files that are none
// of a build with Kbuild.
func LanguageOf(file string) Language {
	base := path.Base(strings.ReplaceAll(file, "\\", "/"))
	switch path.Ext(base) {
	case ".rs":
		return Rust
	case ".c", ".h", ".S", ".dts", ".dtsi", ".dtso":
		return C
	case ".mk":
		return Make
	}
	switch {
	case strings.HasSuffix(base, ".lds.S"), strings.HasSuffix(base, ".lds.h"):
		return C
	case base == "Makefile", base == "Kbuild", strings.HasPrefix(base, "Makefile."), strings.HasPrefix(base, "Kbuild."):
		return Make
	}
	return 0
}

// Use says how a text names a symbol.
type Use uint8

const (
	// Plain is a use in code.
	Plain Use = iota + 1
	// Cfg is one in the condition of cfg, cfg_attr or cfg! of Rust.
	Cfg
	// Comment is one in a comment, or in what documents Rust.
	Comment
	// Text is one in a string.
	Text
)

// Reference is a place that names a configuration symbol.
type Reference struct {
	Use Use
	// Name is the symbol without CONFIG_. In C it may end in _MODULE, which is
	// defined if the symbol is m.
	Name string
	// Start and End are the bytes of the name with CONFIG_.
	Start, End int
}

// References returns the places of a text that name configuration symbols, sorted.
// Parts of names, as in CONFIG_FOO_##x and CONFIG_$(X), are left out. It takes any
// text, and time in proportion to its length.
func References(text string, language Language) []Reference {
	if !strings.Contains(text, configPrefix) {
		return nil
	}
	s := scanner{text: text, language: language}
	s.scan()
	return s.found
}

// scanner tells code from comments and strings.
type scanner struct {
	text     string
	language Language
	found    []Reference
	// depth counts the open brackets of Rust, cfg is the depth in the outermost
	// open cfg(...), 0 outside of one.
	depth, cfg int
}

func (s *scanner) scan() {
	for at := 0; at < len(s.text); {
		end, use := s.next(at)
		if use != 0 {
			s.names(at, end, use)
		}
		at = end
	}
}

// next returns the end of the comment, string, word or character at an offset, and
// how the names in it are used, 0 if there are none.
func (s *scanner) next(at int) (end int, use Use) {
	text := s.text
	c := text[at]
	if isNameByte(c) {
		end = nameEnd(text, at)
		if s.language == Rust {
			return s.rustWord(at, end)
		}
		return end, Plain
	}
	if s.language == Make {
		if c == '#' && (at == 0 || text[at-1] != '\\') {
			return lineEnd(text, at), Comment
		}
		return at + 1, 0
	}
	switch {
	case strings.HasPrefix(text[at:], "//"):
		if s.language == C {
			return lineEnd(text, at), Comment
		}
		return endOfLine(text, at), Comment
	case strings.HasPrefix(text[at:], "/*"):
		return s.blockCommentEnd(at), Comment
	case c == '"':
		return s.stringEnd(at), Text
	case c == '\'':
		return s.characterEnd(at), 0
	case s.language == Rust:
		s.bracket(c)
	}
	return at + 1, 0
}

// bracket counts the brackets of Rust.
func (s *scanner) bracket(c byte) {
	switch c {
	case '(', '[', '{':
		s.depth++
	case ')', ']', '}':
		s.depth--
		if s.depth < s.cfg {
			s.cfg = 0
		}
	}
}

// rustWord is next for a word of Rust.
func (s *scanner) rustWord(at, end int) (int, Use) {
	text := s.text
	switch text[at:end] {
	case "cfg", "cfg_attr":
		open := end
		if open < len(text) && text[open] == '!' {
			open++
		}
		if s.cfg == 0 && open < len(text) && text[open] == '(' {
			s.cfg = s.depth + 1
		}
	case "r", "br", "cr":
		if closed := rawStringEnd(text, end); closed > 0 {
			return closed, Text
		}
	}
	if s.cfg > 0 {
		return end, Cfg
	}
	return end, Plain
}

// rawStringEnd returns the end of the raw string of Rust whose "#" or quote is at
// an offset, 0 if there is none.
func rawStringEnd(text string, at int) int {
	from := at
	for at < len(text) && text[at] == '#' {
		at++
	}
	if at >= len(text) || text[at] != '"' {
		return 0
	}
	closing := `"` + text[from:at]
	n := strings.Index(text[at+1:], closing)
	if n < 0 {
		return len(text)
	}
	return at + 1 + n + len(closing)
}

// blockCommentEnd returns the end of a comment between "/*" and "*/", which can
// have others in it in Rust.
func (s *scanner) blockCommentEnd(at int) int {
	depth := 1
	for at += len("/*"); at+1 < len(s.text); at++ {
		switch {
		case s.text[at] == '*' && s.text[at+1] == '/':
			if depth--; depth == 0 {
				return at + len("*/")
			}
			at++
		case s.language == Rust && s.text[at] == '/' && s.text[at+1] == '*':
			depth++
			at++
		}
	}
	return len(s.text)
}

// stringEnd returns the end of a string. One of C ends with its line, so that an
// apostrophe or quote in a comment of assembly spoils no more than that.
func (s *scanner) stringEnd(at int) int {
	for i := at + 1; i < len(s.text); i++ {
		switch s.text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		case '\n':
			if s.language == C {
				return i
			}
		}
	}
	return len(s.text)
}

// characterEnd returns the end of a character such as 'x' or '\n', or just behind
// the apostrophe if it begins none, as in a lifetime of Rust.
func (s *scanner) characterEnd(at int) int {
	const longest = len(`'\u{10ffff}'`)
	rest := s.text[at:min(len(s.text), at+longest)]
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '\'':
			if i > 1 && (s.language == C || rest[1] == '\\' || isOneCharacter(rest[1:i])) {
				return at + i + 1
			}
			return at + 1
		case '\n':
			return at + 1
		}
	}
	return at + 1
}

func isOneCharacter(text string) bool {
	for i := range text {
		if i > 0 {
			return false
		}
	}
	return true
}

// names adds the names of symbols in the bytes [start, end).
func (s *scanner) names(start, end int, use Use) {
	for at := start; ; {
		n := strings.Index(s.text[at:end], configPrefix)
		if n < 0 {
			return
		}
		at += n
		last := min(nameEnd(s.text, at), end)
		if (at == start || !isNameByte(s.text[at-1])) && last > at+len(configPrefix) && !s.isPart(at, last, use) {
			s.found = append(s.found, Reference{use, s.text[at+len(configPrefix) : last], at, last})
		}
		at = last
	}
}

// isPart reports whether what stands between two offsets is only a part of a name.
func (s *scanner) isPart(start, end int, use Use) bool {
	rest := s.text[end:]
	switch {
	case s.language == C && (strings.HasPrefix(strings.TrimLeft(rest, " \t"), "##") || strings.HasSuffix(strings.TrimRight(s.text[:start], " \t"), "##")):
		return true
	case s.language == Make && strings.HasPrefix(rest, "$"):
		return true
	case use == Comment || use == Text: // CONFIG_FOO_*, CONFIG_FOO_{A,B}, CONFIG_FOO_<n>, CONFIG_%s
		return s.text[end-1] == '_' || rest != "" && (strings.IndexByte("{<%", rest[0]) >= 0 || rest[0] == '*' && !strings.HasPrefix(rest, "*/"))
	}
	return false
}

func isNameByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// nameEnd returns the end of the name at an offset.
func nameEnd(text string, at int) int {
	for at < len(text) && isNameByte(text[at]) {
		at++
	}
	return at
}

// endOfLine returns the end of the line at an offset, without what ends it.
func endOfLine(text string, at int) int {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(text)
}

// UseAt returns how a name at an offset, or one that ends there, is used, 0 where
// none can be. It takes time in proportion to the offset.
func UseAt(text string, language Language, offset int) Use {
	s := scanner{text: text, language: language}
	for at := 0; at < len(text) && at < offset; {
		end, use := s.next(at)
		if offset <= end {
			return use
		}
		at = end
	}
	return 0
}
