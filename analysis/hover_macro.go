package analysis

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// How much of a macro is shown.
const (
	maxShownValue  = 1500
	maxShownCauses = 5
)

// reasonOf says why a file could not be read.
func reasonOf(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "does not exist"
	case errors.Is(err, fs.ErrPermission):
		return "may not be read"
	}
	return "cannot be read"
}

// preprocessor returns the macros as they are at the end of the view.
func (c scope) preprocessor() (variables, bool) {
	v, ok := c.view.Variables().(variables)
	return v, ok
}

// macro explains a variable or function. The reference is how it is used, ""
// where it is defined.
func (p place) macro(d *document, name, reference string) bool {
	name = strings.TrimSpace(name)
	v, ok := p.preprocessor()
	if !ok || name == "" {
		return false
	}
	if n, err := strconv.Atoi(name); err == nil && n > 0 {
		if p.st.Kind != parser.Assignment {
			return false
		}
		d.paragraph(inCode("$("+name+")"), words(": argument "+name+" of the function "), inCode(p.st.TokenText(p.st.First(0))))
		return true
	}
	definition, defined := v.Lookup(name)
	builtin, isBuiltin := builtinNamed(name)
	value, isEnvironment := p.root.environment(p.arch)[name]
	switch {
	case defined:
		d.code(shorten(name+operatorOf(definition.Flavor)+definition.Value, maxShownValue))
		d.paragraph(words("Defined at "), inCode(definition.At.File+":"+strconv.Itoa(definition.At.Line)))
		if n := macro.Parameters(definition.Value); n > 0 {
			d.paragraph(words("A function with " + plural(n, "argument.", "arguments.")))
		}
	case isBuiltin:
		d.code(builtinLabel(builtin))
		d.paragraph(words(builtin.Doc))
	case isEnvironment:
		d.paragraph(inCode(name), words(": a variable of the environment, "), inCode(shorten(value, maxShownValue)))
		return true
	case strings.Contains(name, "$("):
		return p.expansion(d, v, reference)
	case strings.Contains(reference, ",") && !p.root.Dialect.Has(parser.JoinedLines):
		d.paragraph(inCode(name), words(" is no function of the tree: the call expands to nothing."))
		return true
	case strings.Contains(reference, ","):
		d.paragraph(inCode(name), words(" is not defined in the tree. What it comes to is known only to the build."))
		return true
	default:
		d.paragraph(inCode(name), words(" is not defined in the tree. Its value comes from the environment of the build, which is not known here."))
		return true
	}
	p.expansion(d, v, reference)
	return true
}

// expansion says what a reference comes to, or why that is not known.
func (p place) expansion(d *document, v variables, reference string) bool {
	if reference == "" || macro.Parameters(reference) > 0 || !strings.HasSuffix(reference, ")") {
		return false // its arguments are those of a function
	}
	result := v.Environment.ExpandText(reference, position(p.file, p.st))
	text, known := result.Text()
	switch {
	case known && text == "":
		d.paragraph(words("Expands to nothing."))
	case known:
		d.paragraph(words("Expands to "), inCode(shorten(text, maxShownValue)))
	case result.Err != nil:
		d.paragraph(words("Cannot be expanded: " + result.Err.Text))
	default:
		p.causeList(d, result.Causes)
	}
	return true
}

// causes says why the value of a token is not known.
func (p place) causes(d *document, token string) {
	if v, ok := p.preprocessor(); ok {
		p.causeList(d, v.Environment.Expand(token, position(p.file, p.st)).Causes)
	}
}

// causeList says what would have to be known.
func (p place) causeList(d *document, causes []macro.Cause) {
	var items [][]phrase
	for _, cause := range causes {
		text := shorten(cause.Text, maxHelpColumns)
		if why := p.root.explain(p.arch, cause); why != "" {
			items = append(items, []phrase{words(why)})
			continue
		}
		switch cause.Kind {
		case macro.Command:
			item := []phrase{inCode(text)}
			if tool := toolOf(cause.Text); tool != "" {
				item = []phrase{inCode(tool), words(" was not asked: "), inCode(text)}
			}
			items = append(items, item)
		case macro.Function:
			items = append(items, []phrase{words("the function "), inCode(text), words(" belongs to the build")})
		default:
			items = append(items, []phrase{words("the variable "), inCode(text), words(" is not set")})
		}
	}
	d.list([]phrase{words("Its value is not known, because:")}, items, maxShownCauses)
}

// causeText says in one line what would have to be known.
func causeText(cause macro.Cause) string {
	text := shorten(cause.Text, maxHelpColumns)
	switch cause.Kind {
	case macro.Command:
		if tool := toolOf(cause.Text); tool != "" {
			return tool + " was not asked: " + text
		}
		return "a tool was not asked: " + text
	case macro.Function:
		return "the function " + text + " belongs to the build"
	}
	return "the variable " + text + " is not set"
}

// toolOf returns the program that a command asks, "" if that is not plain to
// see. It looks past what shells and the kernel's own wrappers put before it.
func toolOf(command string) string {
	for part := range strings.FieldsFuncSeq(command, func(r rune) bool { return r == ';' || r == '|' || r == '&' }) {
		fields := strings.Fields(strings.TrimLeft(part, "{( \t"))
		if len(fields) == 0 {
			continue
		}
		word := fields[0]
		switch word {
		case "trap", "mkdir", "printf", "echo", "cat", "set", "test", "[", "cd", "rm", "}":
			continue
		case "command", "env", "exec":
			fields = slices.DeleteFunc(fields[1:], func(f string) bool { return strings.HasPrefix(f, "-") })
			if len(fields) == 0 {
				continue
			}
			word = fields[0]
		}
		if strings.ContainsAny(word, "$\"'`<>=") {
			return ""
		}
		return word[strings.LastIndexByte(word, '/')+1:]
	}
	return ""
}

func operatorOf(flavor macro.Flavor) string {
	if flavor == macro.Simple {
		return " := "
	}
	return " = "
}

// builtinNamed returns the built-in function with the name.
func builtinNamed(name string) (macro.Builtin, bool) {
	for _, b := range macro.Builtins() {
		if b.Name == name {
			return b, true
		}
	}
	return macro.Builtin{}, false
}

// builtinLabel returns a call of a built-in function.
func builtinLabel(b macro.Builtin) string {
	return "$(" + strings.Join(append([]string{b.Name}, b.Parameters...), ",") + ")"
}
