package kbuild

import "strings"

// Makefile is what a Makefile or Kbuild file says. It never changes.
type Makefile struct {
	objects []Object
	flags   []Flag
	// byName are the objects by their name, byList the lists that stand in
	// another one by the name of the list that stands there.
	byName map[string][]int
	byList map[string][]int
}

// Objects returns the object files and directories that the Makefile lists, sorted
// by place.
func (m *Makefile) Objects() []Object {
	found := make([]Object, 0, len(m.objects))
	for _, o := range m.objects {
		if o.Kind != list {
			found = append(found, o)
		}
	}
	return found
}

// Flags returns the flags for compilers and other tools, sorted by place.
func (m *Makefile) Flags() []Flag { return m.flags }

// Parse reads a Makefile. It takes any text, and time in proportion to its length.
// Recipes, the bodies of define, and target-specific variables are passed over.
func Parse(text string) *Makefile {
	r := reader{text: text, m: &Makefile{byName: map[string][]int{}, byList: map[string][]int{}}}
	for at := 0; at < len(text); {
		end := lineEnd(text, at)
		r.line(at, end)
		at = end + 1
	}
	for i, o := range r.m.objects {
		if o.Kind == list {
			r.m.byList[o.Name] = append(r.m.byList[o.Name], i)
		} else {
			r.m.byName[o.Name] = append(r.m.byName[o.Name], i)
		}
	}
	return r.m
}

// lineEnd returns where the line at an offset ends, with the lines that a "\"
// before the line end continues it by.
func lineEnd(text string, at int) int {
	for {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return len(text)
		}
		at += n
		before := strings.TrimSuffix(text[:at], "\r")
		backslashes := 0
		for backslashes < len(before) && before[len(before)-1-backslashes] == '\\' {
			backslashes++
		}
		if backslashes%2 == 0 {
			return at
		}
		at++
	}
}

// maxNesting is how many conditionals in each other are told apart.
const maxNesting = 32

// reader takes a Makefile apart line by line.
type reader struct {
	text string
	m    *Makefile
	// branches are the conditionals that are open.
	branches []branch
	// defines is how many define are open, inRule whether a line that begins with
	// a tab belongs to a recipe.
	defines int
	inRule  bool
}

// branch is the open branch of a conditional.
type branch struct {
	outer []Condition // around the conditional
	// before are the negations of the branches before, own is the condition of
	// this one.
	before, own []Condition
	all         []Condition // all of these
}

func (b *branch) set(own []Condition) {
	b.own = own
	b.all = append(append(b.outer[:len(b.outer):len(b.outer)], b.before...), own...)
}

// around returns the conditions of the open conditionals.
func (r *reader) around() []Condition {
	if len(r.branches) == 0 {
		return nil
	}
	return r.branches[len(r.branches)-1].all
}

// line reads the bytes [start, end) as one line.
func (r *reader) line(start, end int) {
	recipe := r.inRule && r.text[start] == '\t'
	end = commentStart(r.text, start, end)
	for start < end && isBlank(r.text[start]) {
		start++
	}
	line := r.text[start:end]
	word := firstWord(line)
	if r.defines > 0 {
		switch word {
		case "define":
			r.defines++
		case "endef":
			r.defines--
		}
		return
	}
	switch {
	case line == "" || recipe:
		return
	case word == "define", word == "override" && firstWord(strings.TrimLeft(line[len(word):], " \t")) == "define":
		r.defines, r.inRule = 1, false
		return
	}
	if r.conditional(start, end, word) {
		return
	}
	a, kind := assignmentIn(r.text, start, end)
	if kind != otherLine {
		r.inRule = kind == ruleLine
	}
	if kind == assignmentLine {
		r.assignment(a)
	}
}

// conditional reads ifdef and the like, else and endif.
func (r *reader) conditional(start, end int, word string) bool {
	depth := len(r.branches)
	rest := start + len(word)
	switch word {
	case "ifdef", "ifndef", "ifeq", "ifneq":
		b := branch{outer: r.around()}
		b.set(r.test(word, rest, end))
		if depth >= maxNesting {
			b.set(nil)
		}
		r.branches = append(r.branches, b)
	case "else":
		if depth == 0 {
			return true
		}
		b := &r.branches[depth-1]
		for rest < end && isBlank(r.text[rest]) {
			rest++
		}
		// With many branches each says less than it could, so that all of them
		// together stay short.
		if len(b.before) < maxNesting {
			b.before = append(b.before[:len(b.before):len(b.before)], negate(b.own)...)
		}
		var own []Condition
		if next := firstWord(r.text[rest:end]); strings.HasPrefix(next, "if") {
			own = r.test(next, rest+len(next), end)
		}
		if depth > maxNesting {
			own, b.before = nil, nil
		}
		b.set(own)
	case "endif":
		if depth > 0 {
			r.branches = r.branches[:depth-1]
		}
	default:
		return false
	}
	return true
}

// assignment is a line that gives a variable a value.
type assignment struct {
	name                 string
	nameStart            int
	valueStart, valueEnd int
}

// lineKind says what a line is that is neither a conditional nor in a recipe.
type lineKind uint8

const (
	otherLine lineKind = iota
	assignmentLine
	ruleLine
)

// assignmentIn takes the bytes [start, end) apart as an assignment, if they are one.
func assignmentIn(text string, start, end int) (assignment, lineKind) {
	for {
		word := firstWord(text[start:end])
		if word != "export" && word != "override" && word != "private" {
			break
		}
		start += len(word)
		for start < end && isBlank(text[start]) {
			start++
		}
	}
	for i := start; i < end; i++ {
		switch c := text[i]; c {
		case '$':
			i = min(referenceEnd(text, i, end)-1, end)
		case '=', '+', '?', '!', ':':
			op := i
			for op < end && strings.IndexByte("+?!:", text[op]) >= 0 {
				op++
			}
			if op >= end || text[op] != '=' {
				if c == ':' {
					return assignment{}, ruleLine
				}
				continue
			}
			name := strings.TrimRight(text[start:i], " \t")
			if name == "" || strings.ContainsAny(name, " \t,") && !hasReference(name) {
				return assignment{}, otherLine
			}
			return assignment{name, start, op + 1, end}, assignmentLine
		}
	}
	return assignment{}, otherLine
}

func hasReference(name string) bool {
	return strings.Contains(name, "$(") || strings.Contains(name, "${")
}

// assignment reads what the value of a variable lists.
func (r *reader) assignment(a assignment) {
	if flags, ok := r.flagVariable(a); ok {
		flags.words(a.valueStart, a.valueEnd, 0)
		r.m.flags = flags.found
		return
	}
	r.objectWords(a)
}

// commentStart returns where the comment of a line begins, end if there is none.
func commentStart(text string, start, end int) int {
	for i := start; i < end; i++ {
		switch text[i] {
		case '#':
			return i
		case '\\':
			i++
		}
	}
	return end
}

// referenceEnd returns the end of the reference at the "$" at an offset: behind
// its closing bracket, or behind the one character it has.
func referenceEnd(text string, at, end int) int {
	if at+1 >= end {
		return end
	}
	open, closing := text[at+1], byte(')')
	switch open {
	case '(':
	case '{':
		closing = '}'
	default:
		return at + 2
	}
	depth := 0
	for i := at + 1; i < end; i++ {
		switch text[i] {
		case open:
			depth++
		case closing:
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return end
}

// words calls f with each word of the bytes [start, end); blanks in references do
// not part words.
func words(text string, start, end int, f func(start, end int)) {
	for i := start; i < end; {
		if isBlank(text[i]) || isContinuation(text, i) {
			i++
			continue
		}
		from := i
		for i < end && !isBlank(text[i]) && !isContinuation(text, i) {
			if text[i] == '$' {
				i = referenceEnd(text, i, end)
			} else {
				i++
			}
		}
		f(from, i)
	}
}

func isContinuation(text string, i int) bool {
	return text[i] == '\\' && (strings.HasPrefix(text[i+1:], "\n") || strings.HasPrefix(text[i+1:], "\r\n"))
}

func isBlank(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f'
}

// firstWord returns the bytes before the first blank or bracket.
func firstWord(line string) string {
	if i := strings.IndexAny(line, " \t\r\n\\(\"'"); i >= 0 {
		return line[:i]
	}
	return line
}
