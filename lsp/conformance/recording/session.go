package recording

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

// A Session is a recording that can be kept and replayed. It is written as a txtar
// archive: its comment says where it comes from, and the part "session" has a step
// on each line.
//
//	> METHOD #ID PARAMS       the client asks
//	> METHOD PARAMS           the client tells
//	< METHOD #ID RESULT       the client waits for the answer to a request
//	< METHOD #ID error ERROR
//	< METHOD #ID cancelled    an answer to what the client has cancelled: any will do
//	quiet                     the client waits until the server has nothing more to do
//	. METHOD PARAMS           what the server has told since the last quiet
//	. METHOD PARAMS => RESULT what the server has asked, and the client's answer
//
// Other parts are files that are in the tree besides those that are always there.
type Session struct {
	Comment string
	Steps   []Step
	Files   []txtar.File
}

// A Step is one line of a session.
type Step struct {
	Kind    StepKind
	Message Message // of an answer it has the method, too
	// Reply is what the client answered a request of the server with.
	Reply json.RawMessage
}

// A StepKind says what happens in a step.
type StepKind string

// The kinds of steps, by how their lines begin.
const (
	Send   StepKind = ">"
	Answer StepKind = "<"
	Quiet  StepKind = "quiet"
	Told   StepKind = "."
)

const (
	sessionPart  = "session"
	errorWord    = "error "
	cancelled    = "cancelled"
	replyDivider = "=> "
)

// IsCancelled reports whether any answer will do.
func (s Step) IsCancelled() bool {
	return s.Kind == Answer && s.Message.Result == nil && s.Message.Error == nil
}

// Line returns the step as it is written.
func (s Step) Line() string {
	m := s.Message
	words := []string{string(s.Kind)}
	add := func(word string) {
		if word != "" {
			words = append(words, word)
		}
	}
	add(m.Method)
	if len(m.ID) > 0 {
		add("#" + string(m.ID))
	}
	switch {
	case s.Kind == Quiet:
	case s.IsCancelled():
		add(cancelled)
	case s.Kind == Answer && m.Error != nil:
		add(errorWord + string(m.Error))
	case s.Kind == Answer:
		add(string(m.Result))
	default:
		add(string(m.Params))
	}
	if s.Reply != nil {
		add(replyDivider + string(s.Reply))
	}
	return strings.Join(words, " ")
}

// Format returns the session as it is written.
func (s *Session) Format() []byte {
	var lines bytes.Buffer
	for _, step := range s.Steps {
		fmt.Fprintln(&lines, step.Line())
	}
	archive := txtar.Archive{Comment: []byte(s.Comment), Files: slices.Clone(s.Files)}
	archive.Files = append(archive.Files, txtar.File{Name: sessionPart, Data: lines.Bytes()})
	return txtar.Format(&archive)
}

// ParseSession reads a session.
func ParseSession(text []byte) (*Session, error) {
	archive := txtar.Parse(text)
	s := &Session{Comment: string(archive.Comment)}
	for _, file := range archive.Files {
		if file.Name != sessionPart {
			s.Files = append(s.Files, file)
			continue
		}
		number := 0
		for line := range strings.Lines(string(file.Data)) {
			number++
			step, err := parseStep(strings.TrimSuffix(line, "\n"))
			if err != nil {
				return nil, fmt.Errorf("line %d of the session: %w: %.80s", number, err, line)
			}
			s.Steps = append(s.Steps, step)
		}
	}
	if len(s.Steps) == 0 {
		return nil, errors.New("there is no part with a session")
	}
	return s, nil
}

func parseStep(line string) (Step, error) {
	word, rest, _ := strings.Cut(line, " ")
	step := Step{Kind: StepKind(word)}
	switch step.Kind {
	case Quiet:
		if rest != "" {
			return step, errors.New("there is something after quiet")
		}
		return step, nil
	case Send, Answer, Told:
	default:
		return step, errors.New("no step begins so")
	}
	m := &step.Message
	m.Method, rest, _ = strings.Cut(rest, " ")
	if m.Method == "" {
		return step, errors.New("there is no method")
	}
	if id, ok := strings.CutPrefix(rest, "#"); ok {
		value, rest2, err := cutValue(id)
		if err != nil {
			return step, fmt.Errorf("id: %w", err)
		}
		m.ID, rest = value, rest2
	}
	target := &m.Params
	if step.Kind == Answer {
		if m.ID == nil {
			return step, errors.New("an answer has no id")
		}
		if rest == cancelled {
			return step, nil
		}
		target = &m.Result
		if failure, ok := strings.CutPrefix(rest, errorWord); ok {
			target, rest = &m.Error, failure
		}
	}
	if rest != "" && !strings.HasPrefix(rest, replyDivider) {
		value, after, err := cutValue(rest)
		if err != nil {
			return step, err
		}
		*target, rest = value, after
	} else if step.Kind == Answer {
		return step, errors.New("an answer is empty")
	}
	if reply, ok := strings.CutPrefix(rest, replyDivider); ok && step.Kind == Told {
		value, after, err := cutValue(reply)
		if err != nil {
			return step, err
		}
		step.Reply, rest = value, after
	}
	if rest != "" {
		return step, errors.New("there is more than belongs to the step")
	}
	return step, nil
}

// cutValue splits off the JSON value that a text begins with.
func cutValue(text string) (value json.RawMessage, rest string, err error) {
	decoder := json.NewDecoder(strings.NewReader(text))
	if err := decoder.Decode(&value); err != nil {
		return nil, "", fmt.Errorf("no JSON: %w", err)
	}
	return value, strings.TrimPrefix(text[decoder.InputOffset():], " "), nil
}
