package macro

// Result is what an expansion came to.
type Result struct {
	// Causes are what the text is unknown for, sorted, each once, and no more
	// than MaxCauses. The text is known if there are none and Err is nil.
	Causes []Cause
	// Asked are the shell commands whose answers go into the text, known or not,
	// in the order in which they are asked, each once, and no more than MaxCauses:
	// also those that a variable was assigned from. One that is itself not known
	// is as [Result.Display] has it. The caller must not change them.
	Asked []string
	// Messages are what $(info,...) and $(warning-if,...) had to say, in order.
	Messages []Message
	// Err is the error that ended the expansion, or nil. The kernel's tools
	// stop at the first one; those who go on have an empty text.
	Err *Error

	text string
}

// Text returns the expansion, and whether it is known. The text of an
// expansion that is not known, or that failed, is empty.
func (r Result) Text() (text string, known bool) {
	if !r.Known() {
		return "", false
	}
	return r.text, true
}

// Known reports whether the expansion has a text: it did not fail, and nothing
// in it is unknown.
func (r Result) Known() bool { return r.Err == nil && len(r.Causes) == 0 }

// Display returns the expansion for people: where something is unknown it has
// the reference instead. It must not be taken for a value.
func (r Result) Display() string { return r.text }

// CauseKind says what would have to be known.
type CauseKind uint8

// The kinds of causes.
const (
	// Command is a shell command without an answer.
	Command CauseKind = iota
	// Function is a function that is not defined, where that is not an error
	// but a function of the tool: see [Options.UnknownFunctions].
	Function
	// Variable is a variable that is neither defined nor in the environment:
	// see [Options.UnknownVariables].
	Variable
)

// Cause is one thing that is not known, so that a text is not known.
type Cause struct {
	Kind CauseKind
	// Text is the whole command, expanded, or the function's or variable's name.
	Text string
}

// MessageKind says who gave a message.
type MessageKind uint8

// The kinds of messages.
const (
	Info    MessageKind = iota // $(info,...), which goes to standard output
	Warning                    // $(warning-if,y,...)
)

// Message is a text that a function gave out.
type Message struct {
	Kind MessageKind
	// Text is for people: where it is unknown it has the reference instead.
	Text string
	// At is where the expansion began.
	At Position
}

// ErrorCode names what is wrong, for programs.
type ErrorCode uint8

// The codes of errors.
const (
	// CodeErrorIf is $(error-if,y,...).
	CodeErrorIf ErrorCode = iota
	// CodeRecursive is a variable that refers to itself.
	CodeRecursive
	// CodeTooDeep is a function that calls itself, or references in references,
	// without an end in sight.
	CodeTooDeep
	// CodeTooFewArguments and CodeTooManyArguments are a call of a built-in function,
	// or more than [MaxArguments] arguments to any function.
	CodeTooFewArguments
	CodeTooManyArguments
	// CodeUnterminated is a reference without its ")".
	CodeUnterminated
	// CodeTooLarge is an expansion or a definition that grew too large.
	CodeTooLarge
)

// Error is what ended an expansion.
type Error struct {
	Code ErrorCode
	// Text is the message of the kernel's tools where they have one, and that
	// of the tree for CodeErrorIf.
	Text string
	// Name is the variable or function that it is about, or empty.
	Name string
	// At is where the expansion began.
	At Position
}

// Error returns the text.
func (e *Error) Error() string { return e.Text }
