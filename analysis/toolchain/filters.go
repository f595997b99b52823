package toolchain

import (
	"regexp"
	"strconv"
	"strings"
)

// cat passes on what is piped into it.
func cat(_ *evaluation, arguments []string, s streams) (int, error) {
	if len(arguments) > 0 {
		return usage("cat", arguments)
	}
	return 0, s.out.write(s.in)
}

// lineCount parses the arguments of head and tail.
func lineCount(arguments []string) (n int, ok bool) {
	text := ""
	switch {
	case len(arguments) == 0:
		return 10, true
	case len(arguments) == 1 && strings.HasPrefix(arguments[0], "-"):
		text = strings.TrimPrefix(arguments[0][1:], "n")
	case len(arguments) == 2 && arguments[0] == "-n":
		text = arguments[1]
	}
	count, err := strconv.ParseUint(text, 10, 16)
	return int(count), err == nil
}

func head(_ *evaluation, arguments []string, s streams) (int, error) {
	n, ok := lineCount(arguments)
	if !ok {
		return usage("head", arguments)
	}
	lines := strings.SplitAfter(s.in, "\n")
	return 0, s.out.write(strings.Join(lines[:min(n, len(lines))], ""))
}

func tail(_ *evaluation, arguments []string, s streams) (int, error) {
	n, ok := lineCount(arguments)
	if !ok {
		return usage("tail", arguments)
	}
	lines := strings.SplitAfter(s.in, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return 0, s.out.write(strings.Join(lines[max(0, len(lines)-n):], ""))
}

func grep(_ *evaluation, arguments []string, s streams) (int, error) {
	all := arguments
	var quiet, invert, fold, extended, fixed bool
	for len(arguments) > 0 && strings.HasPrefix(arguments[0], "-") && len(arguments[0]) > 1 {
		for _, c := range arguments[0][1:] {
			switch c {
			case 'q':
				quiet = true
			case 'v':
				invert = true
			case 'i':
				fold = true
			case 'E':
				extended = true
			case 'F':
				fixed = true
			default:
				return usage("grep", all)
			}
		}
		arguments = arguments[1:]
	}
	if len(arguments) != 1 || extended && fixed {
		return usage("grep", all)
	}
	pattern := regexp.QuoteMeta(arguments[0])
	if !fixed {
		var ok bool
		if pattern, ok = translate(arguments[0], extended); !ok {
			return usage("grep", all)
		}
	}
	if fold {
		pattern = "(?i)" + pattern
	}
	matcher, err := regexp.Compile(pattern)
	if err != nil {
		return usage("grep", all)
	}
	found := false
	for line := range strings.Lines(s.in) {
		text := strings.TrimSuffix(line, "\n")
		if matcher.MatchString(text) == invert {
			continue
		}
		found = true
		if quiet {
			break
		}
		if err := s.out.write(text + "\n"); err != nil {
			return 0, err
		}
	}
	return statusOf(found), nil
}

// translate turns a POSIX regular expression into one of package regexp, if it
// is a plain one. What it leaves out means different things to different
// programs, or is not needed.
func translate(pattern string, extended bool) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		switch {
		case c == '\\':
			if i++; i == len(pattern) {
				return "", false
			}
			switch d := pattern[i]; {
			case d == '<' || d == '>':
				b.WriteString(`\b`)
			case strings.IndexByte(`.*[]^$\/`, d) >= 0, extended && strings.IndexByte(`+?(){}|`, d) >= 0:
				b.WriteString(regexp.QuoteMeta(string(d)))
			default:
				return "", false
			}
		case c == '[':
			end := i + 1
			if end < len(pattern) && pattern[end] == '^' {
				end++
			}
			if end < len(pattern) && pattern[end] == ']' {
				end++
			}
			for end < len(pattern) && pattern[end] != ']' {
				if pattern[end] == '[' || pattern[end] == '\\' {
					return "", false
				}
				end++
			}
			if end >= len(pattern) {
				return "", false
			}
			b.WriteString(pattern[i : end+1])
			i = end
		case c == '^':
			if i > 0 && !(extended && strings.IndexByte("(|", pattern[i-1]) >= 0) {
				return "", false
			}
			b.WriteByte('^')
		case c == '$':
			if i+1 < len(pattern) && !(extended && strings.IndexByte(")|", pattern[i+1]) >= 0) {
				return "", false
			}
			b.WriteByte('$')
		case c == '*':
			if i == 0 || pattern[i-1] == '^' {
				return "", false
			}
			b.WriteByte('*')
		case c == '.':
			b.WriteByte('.')
		case extended && strings.IndexByte("+?()|", c) >= 0:
			b.WriteByte(c)
		case extended && (c == '{' || c == '}'):
			return "", false
		default:
			b.WriteString(regexp.QuoteMeta(string(rune(c))))
			if c >= 0x80 {
				return "", false
			}
		}
	}
	return b.String(), true
}

// sed knows one substitution, with a plain text in place of what is found.
func sed(_ *evaluation, arguments []string, s streams) (int, error) {
	if len(arguments) != 1 {
		return usage("sed", arguments)
	}
	match := substitution.FindStringSubmatch(arguments[0])
	if match == nil {
		return usage("sed", arguments)
	}
	pattern, ok := translate(match[1], false)
	if !ok {
		return usage("sed", arguments)
	}
	matcher, err := regexp.Compile(pattern)
	if err != nil {
		return usage("sed", arguments)
	}
	var b strings.Builder
	matcher.Longest()
	for line := range strings.Lines(s.in) {
		if b.Len() > maxText {
			return 0, errTooLong
		}
		text, ended := strings.CutSuffix(line, "\n")
		if at := matcher.FindStringIndex(text); at != nil {
			text = text[:at[0]] + match[2] + text[at[1]:]
		}
		b.WriteString(text)
		if ended {
			b.WriteByte('\n')
		}
	}
	return 0, s.out.write(b.String())
}

var substitution = regexp.MustCompile(`^s/([^/\\]*)/([^/\\&]*)/$`)

// localEntry is the program of gcc-check-fpatchable-function-entry.sh: it
// prints the records, which end at semicolons, that have a nop on the line
// behind the one with the local entry point.
const localEntry = `BEGIN { RS = ";" } /\.localentry.*nop.*\n[[:space:]]*nop/ { print $0 }`

var localEntryPattern = regexp.MustCompile(`(?s)\.localentry.*nop.*\n[[:space:]]*nop`)

// awk knows one program.
func awk(_ *evaluation, arguments []string, s streams) (int, error) {
	if len(arguments) != 1 || arguments[0] != localEntry {
		return usage("awk", arguments)
	}
	var b strings.Builder
	for record := range strings.SplitSeq(s.in, ";") {
		if localEntryPattern.MatchString(record) {
			b.WriteString(record + "\n")
		}
	}
	return 0, s.out.write(b.String())
}
