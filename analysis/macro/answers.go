package macro

import "strings"

// Answers knows what shell commands print, without running them in the course
// of an expansion. It must give the same answer each time it is asked.
type Answers interface {
	// Shell returns what the command writes to its standard output, with or
	// without line ends at its end. It reports false if that is not known.
	Shell(command string) (output string, known bool)
}

// Recorded is answers from a list. The zero value knows none.
type Recorded struct {
	outputs map[string]string
	srctree string
}

// sourceTree stands for the tree's path in recorded commands and outputs.
const sourceTree = "{srctree}"

// NewRecorded returns answers for a tree. srctree is its path as the variable
// srctree has it; it takes the place of "{srctree}" in what is added.
func NewRecorded(srctree string) *Recorded {
	return &Recorded{outputs: map[string]string{}, srctree: srctree}
}

// Add records what a command prints. A later answer replaces an earlier one.
func (r *Recorded) Add(command, output string) {
	command = strings.ReplaceAll(command, sourceTree, r.srctree)
	r.outputs[command] = strings.ReplaceAll(output, sourceTree, r.srctree)
}

// Shell returns the recorded answer.
func (r *Recorded) Shell(command string) (output string, known bool) {
	output, known = r.outputs[command]
	return output, known
}

// maxShellOutput is how much of an output counts: do_shell in preprocess.c
// reads once, into a buffer of 4096 bytes, and keeps one for the end.
const maxShellOutput = 4095

// shellText returns the text that a command's output gives: without line ends
// at its end, others as blanks (do_shell in preprocess.c).
func shellText(output string) string {
	if len(output) > maxShellOutput {
		output = output[:maxShellOutput]
	}
	output = strings.TrimRight(output, "\n")
	if i := strings.IndexByte(output, 0); i >= 0 {
		output = output[:i]
	}
	return strings.ReplaceAll(output, "\n", " ")
}
