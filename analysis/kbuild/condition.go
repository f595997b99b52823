package kbuild

import "strings"

// Condition is something that must hold for a line of a Makefile to count.
type Condition struct {
	// Symbols are configuration symbols without CONFIG_, of which at least one
	// must be on: y or m. Most often there is one. There is none if the condition
	// is about something else, or is not understood.
	Symbols []string
	// Off turns it round: none of the symbols may be on. Where a Makefile compares
	// with y or m, as in ifneq ($(CONFIG_X),y), it means that the symbol does not
	// have that value.
	Off bool
	// Start and End are the bytes that say so: $(CONFIG_X) in the name of a
	// variable, or the condition behind ifdef and the like. A branch behind else
	// has those of the branch before.
	Start, End int
}

// Opaque reports whether it is not known what the condition asks for.
func (c *Condition) Opaque() bool { return len(c.Symbols) == 0 }

// negate returns what holds if the conditions do not all hold.
func negate(conditions []Condition) []Condition {
	switch len(conditions) {
	case 0:
		return nil
	case 1:
		c := conditions[0]
		c.Off = !c.Off && !c.Opaque()
		return []Condition{c}
	}
	// One of them does not hold, and which one is open.
	return []Condition{{Start: conditions[0].Start, End: conditions[len(conditions)-1].End}}
}

// test returns the conditions of a conditional, whose arguments are the bytes
// [start, end).
func (r *reader) test(word string, start, end int) []Condition {
	start, end = trim(r.text, start, end)
	var found []Condition
	switch word {
	case "ifdef", "ifndef":
		if name, ok := configName(r.text[start:end]); ok {
			found = []Condition{{Symbols: []string{name}}}
		}
	case "ifeq", "ifneq":
		if a, b, ok := operands(r.text[start:end]); ok {
			found = compare(a, b)
		}
	}
	if found == nil {
		return []Condition{{Start: start, End: end}}
	}
	for i := range found {
		found[i].Start, found[i].End = start, end
	}
	if word == "ifndef" || word == "ifneq" {
		return negate(found)
	}
	return found
}

// operands takes "(a,b)" and "a" "b" apart.
func operands(text string) (a, b string, ok bool) {
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		parts := arguments(text[1 : len(text)-1])
		if len(parts) != 2 {
			return "", "", false
		}
		return strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1]), true
	}
	if text == "" || text[0] != '"' && text[0] != '\'' {
		return "", "", false
	}
	n := strings.IndexByte(text[1:], text[0]) + 1
	if n < 1 {
		return "", "", false
	}
	a, text = text[1:n], strings.TrimSpace(text[n+1:])
	if len(text) < 2 || text[0] != '"' && text[0] != '\'' || text[len(text)-1] != text[0] {
		return "", "", false
	}
	return a, text[1 : len(text)-1], true
}

// compare returns what must hold for two texts to be equal, nil if that is not
// known.
func compare(a, b string) []Condition {
	a, b = strings.Trim(a, `"'`), strings.Trim(b, `"'`)
	if strings.Contains(b, "$") {
		a, b = b, a
	}
	if strings.Contains(b, "$") {
		return nil
	}
	switch {
	case b == "":
		return empty(a)
	case b == "y" || b == "m":
		return truth(a, 0)
	case strings.Trim(b, "y") == "":
		return allOf(a, len(b))
	}
	return nil
}

// empty returns what must hold for a text to be empty.
func empty(text string) []Condition {
	found := truth(text, 0)
	if len(found) != 1 {
		return nil
	}
	return negate(found)
}

// allOf returns what must hold for a text of n references to symbols to be "yy..".
func allOf(text string, n int) []Condition {
	var found []Condition
	for len(text) > 0 {
		if text[0] != '$' || len(found) >= maxConjuncts {
			return nil
		}
		end := referenceEnd(text, 0, len(text))
		part := truth(text[:end], 0)
		if len(part) != 1 {
			return nil
		}
		found = append(found, part...)
		text = text[end:]
	}
	if len(found) != n {
		return nil
	}
	return found
}

// maxConjuncts is how many conditions of one line are told apart.
const maxConjuncts = 16

// maxDepth is how deep calls of functions in each other are followed.
const maxDepth = 8

// truth returns what must hold for a text to expand to something: for $(CONFIG_X)
// that X is on. It returns nil if that is not known.
func truth(text string, depth int) []Condition {
	if depth > maxDepth {
		return nil
	}
	var parts [][]Condition
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		if text[0] != '$' {
			return nil
		}
		end := referenceEnd(text, 0, len(text))
		part := referenceTruth(text[:end], depth)
		if part == nil {
			return nil
		}
		parts = append(parts, part)
		text = text[end:]
	}
	return anyOf(parts)
}

// anyOf returns what must hold if one of several conditions must.
func anyOf(parts [][]Condition) []Condition {
	if len(parts) == 1 {
		return parts[0]
	}
	var symbols []string
	for _, part := range parts {
		if len(part) != 1 || part[0].Off {
			return nil
		}
		symbols = append(symbols, part[0].Symbols...)
	}
	if symbols == nil {
		return nil
	}
	return []Condition{{Symbols: symbols}}
}

// referenceTruth is truth for one reference.
func referenceTruth(reference string, depth int) []Condition {
	body, ok := bodyOf(reference)
	if !ok {
		return nil
	}
	variable, _, _ := strings.Cut(body, ":") // $(CONFIG_X:m=y)
	if name, ok := configName(variable); ok {
		return []Condition{{Symbols: []string{name}}}
	}
	function, rest, _ := strings.Cut(body, " ")
	args := arguments(rest)
	switch {
	case function == "strip" && len(args) == 1:
		return truth(args[0], depth+1)
	case function == "filter" && len(args) == 2 && isYesPattern(args[0]):
		return truth(args[1], depth+1)
	case function == "subst" && len(args) == 3 && isYesPattern(args[0]) && isYesPattern(args[1]):
		return truth(args[2], depth+1)
	case function == "if" && len(args) == 2 && isYesPattern(args[1]):
		return truth(args[0], depth+1)
	case function == "or":
		var parts [][]Condition
		for _, arg := range args {
			parts = append(parts, truth(arg, depth+1))
		}
		return anyOf(parts)
	case function == "and":
		var all []Condition
		for _, arg := range args {
			part := truth(arg, depth+1)
			if part == nil || len(all)+len(part) > maxConjuncts {
				return nil
			}
			all = append(all, part...)
		}
		return all
	}
	return nil
}

// isYesPattern reports whether a text is made of y and m.
func isYesPattern(text string) bool {
	return strings.Trim(text, "ym \t") == "" && strings.TrimSpace(text) != ""
}

// bodyOf returns what stands in the brackets of a reference.
func bodyOf(reference string) (string, bool) {
	if len(reference) < 3 || reference[0] != '$' {
		return "", false
	}
	last := reference[len(reference)-1]
	if reference[1] == '(' && last == ')' || reference[1] == '{' && last == '}' {
		return strings.TrimSpace(reference[2 : len(reference)-1]), true
	}
	return "", false
}

// arguments takes the arguments of a function apart.
func arguments(text string) []string {
	var found []string
	from := 0
	for i := 0; i < len(text); {
		switch text[i] {
		case '$':
			i = referenceEnd(text, i, len(text))
			continue
		case ',':
			found = append(found, text[from:i])
			from = i + 1
		}
		i++
	}
	return append(found, text[from:])
}

// configName returns the symbol that a variable CONFIG_X stands for.
func configName(variable string) (string, bool) {
	name, ok := strings.CutPrefix(variable, configPrefix)
	return name, ok && name != "" && nameEnd(name, 0) == len(name)
}

// trim returns the bytes [start, end) without blanks around them.
func trim(text string, start, end int) (int, int) {
	for start < end && isBlank(text[start]) {
		start++
	}
	for end > start && isBlank(text[end-1]) {
		end--
	}
	return start, end
}
