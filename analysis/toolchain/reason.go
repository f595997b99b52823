package toolchain

import "strings"

// Obstacle is what stands between a command and its answer.
type Obstacle uint8

// The obstacles.
const (
	NoObstacle    Obstacle = iota
	NotAsked               // it could be asked, but was not yet
	NotTrusted             // the level of trust does not allow to ask
	NotAllowed             // an argument or input is not among those known to be harmless
	NotUnderstood          // the command is not one that is recognised
	NotATool               // the program is none of the tools in use
	OutOfBounds            // the program is in the workspace, or named by a relative path
	TimedOut               // it took too long
	BadOutput              // it printed something else than expected, or too much
	NotRun                 // it could not be started, or was not because of too many questions
	Canceled               // whoever asked did not wait
	NotRecorded            // only recorded answers count, and it is none of them
)

// Reason says why an answer is not known. The zero value says nothing: there
// is an answer.
type Reason struct {
	Obstacle Obstacle
	// Tool is who would have to be asked: a command such as gcc, or the path of
	// a script from the top of the tree. It may be empty.
	Tool string
	// Question is what is to be known, such as "whether it takes -m32" or "its version".
	Question string
	// Why is the obstacle in words, to be read after "because".
	Why string
	// Remedy is a sentence that says what to do, or empty.
	Remedy string
}

// String returns the reason in one or two sentences, the tool first.
func (r Reason) String() string {
	if r.Obstacle == NoObstacle {
		return ""
	}
	var b strings.Builder
	if r.Tool != "" {
		b.WriteString(r.Tool)
		b.WriteString(": ")
	}
	question := r.Question
	if question == "" {
		question = "what it prints"
	}
	b.WriteString(question)
	b.WriteString(" is not known, because ")
	b.WriteString(r.Why)
	b.WriteString(".")
	if r.Remedy != "" {
		b.WriteString(" ")
		b.WriteString(r.Remedy)
	}
	return b.String()
}

// unknown is a reason on its way out of an evaluation.
type unknown struct{ Reason }

func (u *unknown) Error() string { return u.Reason.String() }

// The remedies.
const (
	trustProbe = "Trust the workspace, or set trust to probe, as by --trust probe, to have your tools asked."
	recordAnew = "Record the answers anew, or leave them out to have your tools asked."
	trustShell = "It would be known if the tree's own commands were allowed to run (--trust shell); do that only with trees you would build."
)

// notUnderstood is the reason of a command that is not recognised.
func notUnderstood(what string) *unknown {
	return &unknown{Reason{Obstacle: NotUnderstood, Why: what, Remedy: trustShell}}
}

// notAllowed is the reason of an argument that is not known to be harmless.
func notAllowed(tool, argument string) *unknown {
	return &unknown{Reason{
		Obstacle: NotAllowed, Tool: tool,
		Why:    "the argument " + shorten(argument) + " is not among those that are known to run nothing and read no other files",
		Remedy: trustShell,
	}}
}

// answered says what a tool printed, to be read after "because".
func answered(output string) string {
	if strings.TrimSpace(output) == "" {
		return "it answered nothing"
	}
	return "it answered " + shorten(output)
}

// oneLine puts a text into one line.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
}

// shorten makes a text fit for a sentence: quoted, in one line, not too long.
func shorten(text string) string {
	const most = 60
	text = oneLine(text)
	if len(text) > most {
		cut := most
		for cut > 0 && text[cut]&0xc0 == 0x80 {
			cut--
		}
		text = text[:cut] + "..."
	}
	if strings.Contains(text, "`") {
		return `"` + text + `"`
	}
	return "`" + text + "`"
}
