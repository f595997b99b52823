package macro

import "strconv"

// Builtin is a function that every tool has.
type Builtin struct {
	Name string
	// Parameters are the names of its arguments. A call must have them all.
	Parameters []string
	// Doc says in one sentence what it does.
	Doc string
}

// Builtins returns the built-in functions, sorted by name.
func Builtins() []Builtin {
	return []Builtin{
		{"error-if", []string{"condition", "text"}, "Stops with the text as an error if the condition is y, else expands to nothing."},
		{"filename", nil, "Expands to the name of the file that is being read."},
		{"info", []string{"text"}, "Prints the text to standard output and expands to nothing."},
		{"lineno", nil, "Expands to the number of the line that is being read."},
		{"shell", []string{"command"}, "Runs the command and expands to what it prints, with inner line ends as blanks and those at the end removed."},
		{"warning-if", []string{"condition", "text"}, "Prints the text as a warning if the condition is y, and expands to nothing."},
	}
}

// builtinOf returns the built-in function of the name.
func builtinOf(name string) (Builtin, bool) {
	switch name { // most names are none, and the list is not cheap
	case "error-if", "filename", "info", "lineno", "shell", "warning-if":
		for _, f := range Builtins() {
			if f.Name == name {
				return f, true
			}
		}
	}
	return Builtin{}, false
}

// builtin calls a built-in function (function_expand in preprocess.c).
func (x *expansion) builtin(f Builtin, args []value) value {
	switch {
	case len(args) < len(f.Parameters):
		x.fail(CodeTooFewArguments, f.Name, "too few function arguments passed to '"+f.Name+"'")
		return value{}
	case len(args) > len(f.Parameters):
		x.fail(CodeTooManyArguments, f.Name, "too many function arguments passed to '"+f.Name+"'")
		return value{}
	}
	switch f.Name {
	case "error-if":
		if isYes(args[0]) {
			x.fail(CodeErrorIf, "", args[1].text)
		}
	case "filename":
		return value{text: x.at.File}
	case "info":
		x.say(Info, args[0])
	case "lineno":
		return value{text: strconv.Itoa(x.at.Line)}
	case "shell":
		return x.shell(args[0])
	case "warning-if":
		if isYes(args[0]) {
			x.say(Warning, args[1])
		}
	}
	return value{}
}

// isYes reports whether a condition is known to be y.
func isYes(condition value) bool { return len(condition.causes) == 0 && condition.text == "y" }

// say gives out a message.
func (x *expansion) say(kind MessageKind, text value) {
	if x.spend(len(text.text)) {
		x.messages = append(x.messages, Message{kind, text.text, x.at})
	}
}

// shell asks for what a command prints.
func (x *expansion) shell(command value) value {
	asked := unionOfCommands(command.asked, []string{command.text})
	causes := command.causes
	if len(causes) == 0 {
		if answers := x.env.options.Answers; answers != nil {
			if output, known := answers.Shell(command.text); known {
				return value{text: shellText(output), asked: asked}
			}
		}
		causes = []Cause{{Command, command.text}}
	}
	v := x.unknown([]value{{text: "shell"}, command}, causes)
	v.asked = asked
	return v
}
