package kbuild

import (
	"slices"
	"strings"
)

// Ask says how code asks for a configuration symbol.
type Ask uint8

const (
	// IfDefined is "#ifdef" and "#elifdef".
	IfDefined Ask = iota + 1
	// IfNotDefined is "#ifndef" and "#elifndef".
	IfNotDefined
	// InCondition is a place in the condition of "#if" or "#elif".
	InCondition
	// IsEnabled is the argument of IS_ENABLED and its like.
	IsEnabled
	// Definition is the name in "#define" or "#undef", the parameter of a macro, or what a
	// Makefile assigns to: the name is the code's own.
	Definition
	// MakeValue is the value of a variable in a Makefile, as $(CONFIG_X), or what "ifdef"
	// and "ifndef" ask for there.
	MakeValue
)

// AskOf returns how a reference of C or of a Makefile asks for its symbol, 0 if it does
// not, as where a name is used for its value or is an identifier of the code's own. It
// takes time in proportion to the line and the continued ones before it.
func AskOf(text string, language Language, r Reference) Ask {
	switch {
	case r.Use != Plain:
		return 0
	case language == Make:
		return makeAsk(text, r)
	case language != C:
		return 0
	}
	before := text[directiveStart(text, r.Start):r.Start]
	directive, rest := directiveOf(before)
	alone := strings.TrimSpace(rest) == ""
	switch directive {
	case "ifdef", "elifdef":
		if alone {
			return IfDefined
		}
	case "ifndef", "elifndef":
		if alone {
			return IfNotDefined
		}
	case "define", "undef":
		if alone || isParameter(rest, text[r.Start:r.End]) {
			return Definition
		}
	case "if", "elif":
		if !strings.HasPrefix(strings.TrimLeft(text[r.End:], " \t"), "(") { // a macro of the code's own
			return InCondition
		}
	}
	if name, ok := strings.CutSuffix(strings.TrimRight(before, " \t"), "("); ok {
		name = strings.TrimRight(name, " \t")
		for _, test := range enabledTests() {
			if bare, ok := strings.CutSuffix(name, test); ok && (bare == "" || !isNameByte(bare[len(bare)-1])) {
				return IsEnabled
			}
		}
	}
	return 0
}

// enabledTests returns the macros of include/linux/kconfig.h that ask for a symbol.
func enabledTests() [4]string {
	return [...]string{"IS_ENABLED", "IS_BUILTIN", "IS_MODULE", "IS_REACHABLE"}
}

// Unprefixed returns the names without CONFIG_ that a text of C gives to IS_ENABLED and
// its like, sorted. Macros can have such names.
func Unprefixed(text string) []Reference {
	var found []Reference
	for _, test := range enabledTests() {
		for at := 0; ; {
			i := strings.Index(text[at:], test)
			if i < 0 {
				break
			}
			start := at + i
			at = start + len(test)
			if start > 0 && isNameByte(text[start-1]) {
				continue
			}
			list := at + blanks(text[at:])
			if !strings.HasPrefix(text[list:], "(") {
				continue
			}
			name := list + 1 + blanks(text[list+1:])
			end := nameEnd(text, name)
			if end == name || strings.HasPrefix(text[name:], configPrefix) || !strings.HasPrefix(text[end+blanks(text[end:]):], ")") ||
				UseAt(text, C, name+1) != Plain {
				continue
			}
			found = append(found, Reference{Plain, text[name:end], name, end})
		}
	}
	slices.SortFunc(found, func(a, b Reference) int { return a.Start - b.Start })
	return found
}

// blanks returns how many blanks a text begins with.
func blanks(text string) int { return len(text) - len(strings.TrimLeft(text, " \t")) }

// directiveStart returns the start of the line of an offset, or of the first of the
// lines that a backslash continues up to it.
func directiveStart(text string, offset int) int {
	for {
		start := strings.LastIndexByte(text[:offset], '\n') + 1
		if start < 2 || !strings.HasSuffix(strings.TrimSuffix(text[:start-1], "\r"), `\`) {
			return start
		}
		offset = start - 1
	}
}

// directiveOf returns the name of the preprocessor's directive that a line begins with,
// "" for none, and what follows it.
func directiveOf(line string) (name, rest string) {
	line, ok := strings.CutPrefix(strings.TrimLeft(line, " \t"), "#")
	if !ok {
		return "", ""
	}
	line = strings.TrimLeft(line, " \t")
	end := nameEnd(line, 0)
	return line[:end], line[end:]
}

// isParameter reports whether a name is one of the parameters of a macro, by what stands
// between "#define" and a use of the name.
func isParameter(definition, name string) bool {
	definition = strings.TrimLeft(definition, " \t")
	list, ok := strings.CutPrefix(definition[nameEnd(definition, 0):], "(")
	if !ok {
		return false
	}
	list, _, closed := strings.Cut(list, ")")
	if !closed {
		return true // it stands in the list itself
	}
	for parameter := range strings.SplitSeq(list, ",") {
		if strings.Trim(parameter, " \t\\\r\n") == name {
			return true
		}
	}
	return false
}

// makeAsk is AskOf for a Makefile.
func makeAsk(text string, r Reference) Ask {
	start := directiveStart(text, r.Start)
	before, after := text[start:r.Start], strings.TrimLeft(text[r.End:endOfLine(text, r.End)], " \t")
	fields := strings.Fields(before)
	if len(fields) > 0 {
		switch fields[0] {
		case "export", "unexport", "define", "override", "undefine":
			return Definition
		case "ifdef", "ifndef":
			if len(fields) == 1 {
				return MakeValue
			}
		}
	}
	if strings.TrimSpace(before) == "" {
		for _, operator := range [...]string{"=", ":=", "::=", ":::=", "?=", "+=", "!="} {
			if strings.HasPrefix(after, operator) {
				return Definition
			}
		}
	}
	if strings.HasSuffix(before, "$(") && strings.HasPrefix(after, ")") || strings.HasSuffix(before, "${") && strings.HasPrefix(after, "}") {
		return MakeValue
	}
	return 0
}
