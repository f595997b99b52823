package recording

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// quietGap is how long a client says nothing that has seen what it waited for.
const quietGap = 100 * time.Millisecond

// Neutral makes a session of a recording. What the server tells is kept as far as
// it is the same each time: of diagnostics the last for each document before the
// client was quiet, of requests which there were, and no reports on progress.
func Neutral(entries []Entry, names *Names) (*Session, error) {
	s := &Session{}
	told := NewGathered()
	asked := map[string]string{}    // methods of the client's requests by id
	waiting := map[string]Message{} // the server's requests by id
	cancelled := map[string]bool{}  // ids of the client's requests
	last := time.Duration(0)        // when the client said something
	flush := func() {
		s.Steps = append(s.Steps, Step{Kind: Quiet})
		s.Steps = append(s.Steps, told.Take()...)
	}
	for _, e := range entries {
		if e.Broken != "" {
			return nil, fmt.Errorf("at %v the %s sent what is no message: %.80q", e.Time(), e.From, e.Broken)
		}
		if e.Message == nil {
			continue
		}
		m, err := Open(e.Message)
		if err != nil {
			return nil, err
		}
		id := string(m.ID)
		switch {
		case e.From == Client && m.IsResponse():
			request, ok := waiting[id]
			if !ok {
				return nil, fmt.Errorf("at %v the client answers %s, which nobody asked", e.Time(), id)
			}
			delete(waiting, id)
			told.Add(request, names.Client(m))
		case e.From == Client:
			if len(s.Steps) > 0 && e.Time()-last > quietGap {
				flush()
			}
			last = e.Time()
			if m.Method == "$/cancelRequest" {
				cancelled[idIn(m.Params)] = true
			}
			if m.IsRequest() {
				asked[id] = m.Method
			}
			s.Steps = append(s.Steps, Step{Kind: Send, Message: names.Client(m)})
		case m.IsRequest():
			waiting[id] = names.Server(m)
		case m.IsNotification():
			told.Add(names.Server(m), Message{})
		default:
			m.Method = asked[id]
			delete(asked, id)
			m = names.Server(m)
			if cancelled[id] {
				m.Result, m.Error = nil, nil
			}
			s.Steps = append(s.Steps, Step{Kind: Answer, Message: m})
		}
	}
	flush()
	return s, nil
}

// Opened returns the directory that the client has opened, as its initialize request
// says it.
func Opened(entries []Entry) (string, error) {
	for _, e := range entries {
		m, err := Open(e.Message)
		if err != nil || m.Method != "initialize" {
			continue
		}
		var params struct {
			RootURI, RootPath string
			WorkspaceFolders  []struct{ URI string }
		}
		if err := json.Unmarshal(m.Params, &params); err != nil {
			return "", err
		}
		root := params.RootURI
		if len(params.WorkspaceFolders) > 0 {
			root = params.WorkspaceFolders[0].URI
		}
		if path, err := url.Parse(root); err == nil && path.Path != "" {
			return strings.TrimSuffix(path.Path, "/"), nil
		}
		if params.RootPath != "" {
			return strings.TrimSuffix(params.RootPath, "/"), nil
		}
	}
	return "", errors.New("the client has opened no directory")
}

// idIn returns the id that a $/cancelRequest names.
func idIn(params json.RawMessage) string {
	var about struct{ ID json.RawMessage }
	if json.Unmarshal(params, &about) != nil {
		return ""
	}
	return string(about.ID)
}

// Gathered is what a server has told and asked since the client was quiet, as far as
// it is the same each time.
type Gathered struct{ steps map[string]Step }

// NewGathered returns an empty Gathered.
func NewGathered() *Gathered { return &Gathered{map[string]Step{}} }

// Add adds a notification or request of the server, and what the client answered.
func (g *Gathered) Add(m, reply Message) {
	key := m.Method + " " + string(m.Params)
	switch m.Method {
	case "$/progress":
		return // how often depends on the machine
	case "textDocument/publishDiagnostics":
		var about struct{ URI string }
		if json.Unmarshal(m.Params, &about) == nil {
			key = m.Method + " " + about.URI
		}
	}
	step := Step{Kind: Told, Message: Message{Method: m.Method, Params: m.Params}}
	if m.IsRequest() {
		step.Reply = reply.Result
		if step.Reply == nil {
			step.Reply = json.RawMessage("null") // an error: the server goes on without
		}
	}
	g.steps[key] = step
}

// Take returns what was gathered, in order, and begins anew.
func (g *Gathered) Take() []Step {
	var steps []Step
	for _, step := range g.steps {
		steps = append(steps, step)
	}
	slices.SortFunc(steps, func(a, b Step) int {
		return cmp.Or(strings.Compare(a.Message.Method, b.Message.Method), strings.Compare(string(a.Message.Params), string(b.Message.Params)))
	})
	clear(g.steps)
	return steps
}

// Trim leaves out of a session what clients ask again and again while they wait:
// requests that were asked before with the same answer, if nothing was told to the
// server in between. If ofEach is not 0, it keeps only the first so many of the other
// requests of each method, and nothing of documents about which nothing is asked then.
func (s *Session) Trim(ofEach int) {
	drop := s.repeated(ofEach)
	asked := map[string]bool{}
	for _, step := range s.Steps {
		if step.Kind == Send && len(step.Message.ID) > 0 && !drop[string(step.Message.ID)] {
			asked[documentIn(step.Message.Params)] = true
		}
	}
	s.Steps = slices.DeleteFunc(s.Steps, func(step Step) bool {
		m := step.Message
		if step.Kind == Send && len(m.ID) == 0 && ofEach > 0 {
			if document := documentIn(m.Params); document != "" && !asked[document] {
				return true
			}
		}
		return drop[string(m.ID)] || m.Method == "$/cancelRequest" && drop[idIn(m.Params)]
	})
	// What lay between two quiet points may be gone: they become one.
	quiet := false
	s.Steps = slices.DeleteFunc(s.Steps, func(step Step) bool {
		again := quiet && step.Kind == Quiet
		quiet = step.Kind == Quiet || quiet && step.Kind == Told
		return again
	})
}

// repeated returns the ids of requests that Trim leaves out.
func (s *Session) repeated(ofEach int) map[string]bool {
	answers := map[string]Step{}
	for _, step := range s.Steps {
		if step.Kind == Answer {
			answers[string(step.Message.ID)] = step
		}
	}
	kept := map[string]int{}      // requests by method
	before := map[string]string{} // answers by request, since the last notification
	drop := map[string]bool{}
	for _, step := range s.Steps {
		if step.Kind != Send {
			continue
		}
		if len(step.Message.ID) == 0 {
			clear(before)
			continue
		}
		id, request := string(step.Message.ID), step.Message.Method+string(step.Message.Params)
		given := withoutID(answers[id], id)
		if last, asked := before[request]; asked && last == given || ofEach > 0 && kept[step.Message.Method] == ofEach {
			drop[id] = true
			continue
		}
		before[request] = given
		kept[step.Message.Method]++
	}
	return drop
}

// documentIn returns the document that parameters name.
func documentIn(params json.RawMessage) string {
	var about struct{ TextDocument struct{ URI string } }
	if json.Unmarshal(params, &about) != nil {
		return ""
	}
	return about.TextDocument.URI
}

// withoutID returns an answer's text without what only its id makes differ.
func withoutID(answer Step, id string) string {
	m := answer.Message
	text := string(m.Result) + string(m.Error)
	return strings.ReplaceAll(text, "id of #"+id, "id")
}
