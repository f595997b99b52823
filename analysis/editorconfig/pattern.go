package editorconfig

import (
	"regexp"
	"strconv"
	"strings"
)

// maxPattern is how long a pattern may be, in bytes. Longer ones match nothing.
const maxPattern = 4096

// pattern is the name of a section. It is carried out by a regular expression, whose
// time does not explode.
type pattern struct {
	expression *regexp.Regexp // nil matches nothing
	// ranges are those of the {first..last} in the pattern, one for each group of the
	// expression.
	ranges [][2]int
}

// newPattern reads a pattern. One without a slash is about names in all directories.
func newPattern(text string) pattern {
	if len(text) > maxPattern {
		return pattern{}
	}
	t := translator{text: text, braces: balanced(text)}
	t.out.WriteString("^(?s:")
	switch at := strings.IndexByte(text, '/'); {
	case at == 0:
		t.at = 1
	case at < 0:
		t.out.WriteString("(?:.*/)?")
	}
	t.translate()
	t.out.WriteString(")$")
	expression, err := regexp.Compile(t.out.String())
	if err != nil {
		return pattern{}
	}
	return pattern{expression, t.ranges}
}

// match reports whether the pattern is about the file with a path, which counts from
// the directory of the file with the pattern, with slashes.
func (p pattern) match(path string) bool {
	if p.expression == nil {
		return false
	}
	groups := p.expression.FindStringSubmatch(path)
	if groups == nil {
		return false
	}
	for i, r := range p.ranges {
		if groups[i+1] == "" { // in an alternative that was not taken
			continue
		}
		n, err := strconv.Atoi(groups[i+1])
		if err != nil || n < r[0] || n > r[1] {
			return false
		}
	}
	return true
}

// translator turns a pattern into a regular expression.
type translator struct {
	text   string
	at     int
	braces bool // whether braces have a meaning
	depth  int  // of open braces
	out    strings.Builder
	ranges [][2]int
}

func (t *translator) translate() {
	for t.at < len(t.text) {
		c := t.text[t.at]
		t.at++
		switch {
		case c == '\\' && t.at < len(t.text):
			t.literal(t.text[t.at])
			t.at++
		case c == '?':
			t.out.WriteString("[^/]")
		case c == '*':
			t.star()
		case c == '[':
			t.set()
		case c == '{' && t.braces:
			t.brace()
		case c == '}' && t.depth > 0:
			t.depth--
			t.out.WriteByte(')')
		case c == ',' && t.depth > 0:
			t.out.WriteByte('|')
		default:
			t.literal(c)
		}
	}
}

// literal adds a byte that stands for itself.
func (t *translator) literal(c byte) { t.out.WriteString(regexp.QuoteMeta(string([]byte{c}))) }

// star adds "*", which stops at slashes, or "**", which does not. "/**/" is a slash as
// well.
func (t *translator) star() {
	if t.at >= len(t.text) || t.text[t.at] != '*' {
		t.out.WriteString("[^/]*")
		return
	}
	start := t.at - 1
	for t.at < len(t.text) && t.text[t.at] == '*' {
		t.at++
	}
	if start > 0 && t.text[start-1] == '/' && t.at < len(t.text) && t.text[t.at] == '/' {
		t.at++
		t.out.WriteString("(?:.*/)?")
		return
	}
	t.out.WriteString(".*")
}

// set adds a set of characters, or the bracket alone if it is none.
func (t *translator) set() {
	rest := t.text[t.at:]
	end := strings.IndexByte(rest, ']')
	if end <= 0 || strings.ContainsRune(rest[:end], '/') {
		t.literal('[')
		return
	}
	t.at += end + 1
	members := rest[:end]
	t.out.WriteByte('[')
	if members[0] == '!' {
		t.out.WriteString("^/")
		members = members[1:]
	}
	for i := range len(members) {
		if members[i] == '-' {
			t.out.WriteByte('-') // a range, or itself at the ends
		} else {
			t.literal(members[i])
		}
	}
	t.out.WriteByte(']')
}

// brace adds a range of numbers, alternatives, or a word in braces that stand for
// themselves because there is nothing to choose.
func (t *translator) brace() {
	rest := t.text[t.at:]
	if end := strings.IndexByte(rest, '}'); end >= 0 && !strings.ContainsAny(rest[:end], ",{") {
		t.at += end + 1
		from, to, isRange := strings.Cut(rest[:end], "..")
		first, errFirst := strconv.Atoi(from)
		last, errLast := strconv.Atoi(to)
		if isRange && errFirst == nil && errLast == nil {
			t.ranges = append(t.ranges, [2]int{min(first, last), max(first, last)})
			t.out.WriteString(`([+-]?\d+)`)
			return
		}
		t.out.WriteString(regexp.QuoteMeta("{" + rest[:end] + "}"))
		return
	}
	t.depth++
	t.out.WriteString("(?:")
}

// balanced reports whether each brace of a pattern has its other one. Where not, they
// all stand for themselves.
func balanced(text string) bool {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}
