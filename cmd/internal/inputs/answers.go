package inputs

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
)

// Answer is a command of a tree and what it wrote to its standard output. The
// text {srctree} stands for the tree's directory.
type Answer struct {
	Command string
	Output  string
}

// ReadAnswers reads a file with recorded answers: on each line a JSON object
// with the command "cmd" and its output "out".
func ReadAnswers(path string) ([]Answer, error) {
	data, err := read(path)
	if err != nil {
		return nil, err
	}
	return parseAnswers(path, data)
}

func parseAnswers(path string, data []byte) ([]Answer, error) {
	answers := []Answer{}
	line := 0
	for text := range bytes.Lines(data) {
		line++
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		var answer struct{ Cmd, Out *string }
		if err := json.Unmarshal(text, &answer); err != nil {
			return nil, fmt.Errorf("%s:%d: %s", path, line, unreadable(err))
		}
		if answer.Cmd == nil || answer.Out == nil {
			return nil, fmt.Errorf(`%s:%d: expected an object with the strings "cmd" and "out"`, path, line)
		}
		answers = append(answers, Answer{*answer.Cmd, *answer.Out})
	}
	return answers, nil
}

// unreadable says what is wrong with a line of answers.
func unreadable(err error) string {
	if _, ok := err.(*json.UnmarshalTypeError); ok {
		return `expected an object with the strings "cmd" and "out"`
	}
	return "this is not JSON: " + err.Error()
}

// Recorded returns the answers for the tree in a directory, nil if there are
// no answers.
func Recorded(answers []Answer, dir string) macro.Answers {
	if answers == nil {
		return nil
	}
	recorded := macro.NewRecorded(dir)
	for _, a := range answers {
		recorded.Add(a.Command, a.Output)
	}
	return recorded
}
