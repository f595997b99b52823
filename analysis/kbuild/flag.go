package kbuild

import "strings"

// Tool is what a flag is for.
type Tool uint8

// The tools that Makefiles have flags for.
const (
	Compiler Tool = iota + 1
	Assembler
	Linker
	RustCompiler
)

// Flag is a flag that a Makefile gives to a compiler or another tool that builds
// the kernel. Flags of tools for the host are none.
type Flag struct {
	Tool Tool
	// Text is the flag as it is written, such as "-fno-foo" or "-DX=$(CONFIG_X)".
	Text string
	// Variable is the name of the variable that holds it, without a condition:
	// "ccflags", "KBUILD_CFLAGS", "CFLAGS_foo.o".
	Variable string
	// Object is the object file that the flag is for, such as "foo.o", "" if it is
	// for a directory or for everything.
	Object string
	// Conditions are all that must hold for the flag to be given: those around the
	// line, outer ones first, that in the name of the variable, and those of calls
	// of if around the flag. Those of the object are not among them.
	Conditions []Condition
	// Tested tells that make asks the tool whether it knows the flag, as cc-option
	// does.
	Tested bool
	// Start and End are the bytes of Text.
	Start, End int
}

// flagReader finds flags in the value of a variable.
type flagReader struct {
	text  string
	flag  Flag // with all that the flags of the variable have in common
	found []Flag
}

// flagVariable reports whether a variable holds flags, and returns what reads them.
func (r *reader) flagVariable(a assignment) (flagReader, bool) {
	name, own := a.name, []Condition(nil)
	if strings.Contains(name, "$") {
		var ok bool
		if name, own, ok = r.listOf(a); !ok {
			return flagReader{}, false
		}
	} else if i := strings.LastIndexByte(name, '-'); i > 0 {
		switch name[i:] {
		case "-y", "-m":
			name = name[:i]
		case "-n", "-":
			return flagReader{}, false // they are never given
		}
	}
	tool := toolOf(name)
	if tool == 0 {
		return flagReader{}, false
	}
	f := Flag{Tool: tool, Variable: name}
	if _, object, ok := strings.Cut(name, "FLAGS_"); ok && strings.HasSuffix(object, ".o") {
		f.Object = object
	}
	around := r.around()
	f.Conditions = append(around[:len(around):len(around)], own...)
	return flagReader{r.text, f, r.m.flags}, true
}

// toolOf returns the tool that a variable has flags for, 0 if it has none, or
// those of a tool for the host, or those that are taken away.
func toolOf(variable string) Tool {
	lower := strings.ToLower(variable)
	owner, object, _ := strings.Cut(lower, "flags") // KBUILD_USERCFLAGS, CFLAGS_user.o
	if strings.Contains(owner, "host") || strings.Contains(owner, "user") || strings.HasPrefix(object, "_remove") || strings.HasPrefix(object, "-remove") {
		return 0
	}
	for _, known := range []struct {
		word string
		tool Tool
	}{
		{"rustflags", RustCompiler}, {"cflags", Compiler}, {"cppflags", Compiler}, {"cc_flags", Compiler},
		{"asflags", Assembler}, {"aflags", Assembler}, {"ldflags", Linker},
	} {
		if strings.Contains(lower, known.word) {
			return known.tool
		}
	}
	return 0
}

// words adds the flags among the words of the bytes [start, end).
func (f *flagReader) words(start, end, depth int) {
	words(f.text, start, end, func(start, end int) {
		switch {
		case f.text[start] == '-' && end > start+1:
			flag := f.flag
			flag.Text, flag.Start, flag.End = f.text[start:end], start, end
			f.found = append(f.found, flag)
		case f.text[start] == '$' && depth < maxDepth:
			f.call(start, end, depth)
		}
	})
}

// call adds the flags among the arguments of a function.
func (f *flagReader) call(start, end, depth int) {
	if end < start+4 || referenceEnd(f.text, start, end) != end || f.text[start+1] != '(' && f.text[start+1] != '{' {
		return
	}
	start, end = trim(f.text, start+2, end-1)
	function := firstWord(f.text[start:end])
	args := argumentRanges(f.text, start+len(function), end)
	inner := *f
	switch {
	case function == "call" && isFlagTest(strings.TrimSpace(f.text[args[0][0]:args[0][1]])):
		inner.flag.Tested = true
		args = args[1:]
	case function == "if" && len(args) >= 2:
		asked := truth(f.text[args[0][0]:args[0][1]], 0)
		if asked == nil {
			asked = []Condition{{}}
		}
		for i := range asked {
			asked[i].Start, asked[i].End = args[0][0], args[0][1]
		}
		for i, arg := range args[1:] {
			if i == 1 {
				asked = negate(asked)
			}
			inner.flag.Conditions = append(f.flag.Conditions[:len(f.flag.Conditions):len(f.flag.Conditions)], asked...)
			inner.words(arg[0], arg[1], depth+1)
		}
		f.found = inner.found
		return
	case function == "call" || len(args) > 1:
		return // who knows what it does with its arguments
	}
	for _, arg := range args {
		inner.words(arg[0], arg[1], depth+1)
	}
	f.found = inner.found
}

// isFlagTest reports whether a function of scripts/Makefile.compiler tries flags
// out.
func isFlagTest(function string) bool {
	switch strings.TrimPrefix(function, "__") {
	case "cc-option", "cc-option-yn", "cc-disable-warning", "cc-ldoption", "as-option", "as-instr", "ld-option", "rustc-option":
		return true
	}
	return false
}

// argumentRanges returns the bytes of the arguments of a function.
func argumentRanges(text string, start, end int) [][2]int {
	var found [][2]int
	for _, arg := range arguments(text[start:end]) {
		found = append(found, [2]int{start, start + len(arg)})
		start += len(arg) + 1
	}
	return found
}
