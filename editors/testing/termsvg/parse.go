package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// style is how a character looks. Colours are as in SVG, "" for the usual one.
type style struct {
	foreground, background, line           string
	bold, dim, italic, underlined, reverse bool
	struck, curly                          bool
}

// span is text in one style.
type span struct {
	text string
	style
}

// width returns how many cells a span fills. Characters that fill two are not among
// those that programs for terminals draw with.
func (s span) width() int { return utf8.RuneCountInString(s.text) }

// parse takes a text with escape sequences apart into lines of spans.
func parse(text string) ([][]span, error) {
	var lines [][]span
	var now style
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		var spans []span
		for line != "" {
			plain, rest, found := strings.Cut(line, "\x1b")
			if plain != "" {
				spans = append(spans, span{plain, now})
			}
			if !found {
				break
			}
			if rest, found = strings.CutPrefix(rest, "["); !found {
				// Character sets, which tmux switches to draw lines with.
				if len(rest) < 2 || rest[0] != '(' {
					return nil, fmt.Errorf("an escape sequence that is not known: %q", rest)
				}
				line = rest[2:]
				continue
			}
			end := strings.IndexFunc(rest, func(r rune) bool { return r >= '@' && r <= '~' })
			if end < 0 || rest[end] != 'm' {
				return nil, fmt.Errorf("an escape sequence that is not known: %q", rest)
			}
			if err := now.apply(rest[:end]); err != nil {
				return nil, err
			}
			line = rest[end+1:]
		}
		lines = append(lines, spans)
	}
	return lines, nil
}

// apply carries out a sequence that selects styles, such as "1;38;5;12".
func (s *style) apply(sequence string) error {
	codes := strings.Split(sequence, ";")
	for i := 0; i < len(codes); i++ {
		code, detail, _ := strings.Cut(codes[i], ":")
		switch n, err := strconv.Atoi(code); {
		case code == "" || n == 0 && err == nil:
			*s = style{}
		case err != nil:
			return fmt.Errorf("a style that is not known: %q", sequence)
		case n == 38 || n == 48 || n == 58:
			parts := strings.FieldsFunc(detail, func(r rune) bool { return r == ':' })
			if detail == "" {
				parts = codes[i+1:]
			}
			colour, used, err := colourOf(parts)
			if err != nil {
				return fmt.Errorf("%q: %w", sequence, err)
			}
			if detail == "" {
				i += used
			}
			*map[int]*string{38: &s.foreground, 48: &s.background, 58: &s.line}[n] = colour
		default:
			s.set(n, detail)
		}
	}
	return nil
}

// set carries out one code that takes no colour. Those that terminals may ignore are.
func (s *style) set(n int, detail string) {
	switch {
	case n == 1:
		s.bold = true
	case n == 2:
		s.dim = true
	case n == 22:
		s.bold, s.dim = false, false
	case n == 3, n == 23:
		s.italic = n == 3
	case n == 4:
		s.underlined, s.curly = detail != "0", detail == "3"
	case n == 24:
		s.underlined, s.curly = false, false
	case n == 7, n == 27:
		s.reverse = n == 7
	case n == 9, n == 29:
		s.struck = n == 9
	case n >= 30 && n <= 37:
		s.foreground = palette[n-30]
	case n >= 90 && n <= 97:
		s.foreground = palette[n-90+8]
	case n >= 40 && n <= 47:
		s.background = palette[n-40]
	case n >= 100 && n <= 107:
		s.background = palette[n-100+8]
	case n == 39:
		s.foreground = ""
	case n == 49:
		s.background = ""
	case n == 59:
		s.line = ""
	}
}

// palette are the sixteen colours that have numbers of their own.
var palette = [16]string{
	"#1d1f21", "#cc6666", "#b5bd68", "#f0c674", "#81a2be", "#b294bb", "#8abeb7", "#c5c8c6",
	"#5c6370", "#cc6666", "#b5bd68", "#f0c674", "#81a2be", "#b294bb", "#8abeb7", "#ffffff",
}

// colourOf returns the colour that "5;N" or "2;R;G;B" stands for, and how many parts
// say so.
func colourOf(parts []string) (string, int, error) {
	number := func(i int) int {
		if i >= len(parts) {
			return -1
		}
		n, err := strconv.Atoi(parts[i])
		if err != nil || n > 255 {
			return -1
		}
		return n
	}
	switch n := number(1); {
	case number(0) == 5 && n >= 0 && n < 16:
		return palette[n], 2, nil
	case number(0) == 5 && n >= 232:
		grey := 8 + 10*(n-232)
		return fmt.Sprintf("#%02x%02x%02x", grey, grey, grey), 2, nil
	case number(0) == 5 && n >= 16:
		level := func(i int) int { return [6]int{0, 95, 135, 175, 215, 255}[i%6] }
		n -= 16
		return fmt.Sprintf("#%02x%02x%02x", level(n/36), level(n/6), level(n)), 2, nil
	case number(0) == 2 && n >= 0 && number(2) >= 0 && number(3) >= 0:
		return fmt.Sprintf("#%02x%02x%02x", n, number(2), number(3)), 4, nil
	}
	return "", 0, fmt.Errorf("a colour that is not known: %q", parts)
}
