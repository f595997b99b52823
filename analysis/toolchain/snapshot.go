package toolchain

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Snapshot is what an asker knows at one time. It runs nothing, so that nobody
// waits for it, and says the same each time it is asked. It is safe for
// concurrent use, and is a macro.Answers.
type Snapshot struct {
	asker *Asker

	mu           sync.Mutex
	answers      map[string]Answer
	requirements map[string][]Requirement
}

// Snapshot returns what is known without running anything, the answers that
// the asker has by now among it.
func (a *Asker) Snapshot() *Snapshot {
	return &Snapshot{asker: a, answers: map[string]Answer{}, requirements: map[string][]Requirement{}}
}

// Ask returns what a command prints, or why that is not known.
func (s *Snapshot) Ask(command string) Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	answer, ok := s.answers[command]
	if !ok {
		if len(s.answers) >= MaxQuestions {
			return Answer{Reason: tooMany("the tree asks too many questions")}
		}
		answer = s.asker.Peek(command)
		s.answers[command] = answer
	}
	return answer
}

// Shell answers as macro.Answers does.
func (s *Snapshot) Shell(command string) (output string, known bool) {
	answer := s.Ask(command)
	return answer.Output, answer.Known
}

// Exports returns what [Asker.Exports] does as far as it is known by now.
func (s *Snapshot) Exports() map[string]string { return s.asker.exports(s.Ask) }

// Explain returns why a command has no answer.
func (s *Snapshot) Explain(command string) Reason { return s.Ask(command).Reason }

// ExplainExport returns what [Asker.ExplainExport] does.
func (s *Snapshot) ExplainExport(variable string) Reason { return s.asker.ExplainExport(variable) }

// Inventory returns what is known of the tools by now.
func (s *Snapshot) Inventory() []Tool { return s.asker.inventory(context.Background(), true) }

// Questions returns the commands that were asked so far, sorted.
func (s *Snapshot) Questions() []Question {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Question
	for _, command := range slices.Sorted(maps.Keys(s.answers)) {
		all = append(all, Question{command, s.answers[command]})
	}
	return all
}

// SameAs reports whether whoever has asked this snapshot would have learned
// the same from another one: answers, exports, and reasons.
func (s *Snapshot) SameAs(other *Snapshot) bool {
	if !maps.Equal(s.Exports(), other.Exports()) {
		return false
	}
	return !slices.ContainsFunc(s.Questions(), func(q Question) bool {
		answer := other.Ask(q.Command)
		answer.Source = q.Answer.Source
		return answer != q.Answer ||
			strings.Contains(q.Command, rustScript) && !slices.Equal(s.Requirements(q.Command), other.Requirements(q.Command))
	})
}

// Open returns the commands that have no answer only because their tools were
// not asked yet, and those of which not all requirements were asked, sorted.
func (s *Snapshot) Open() []string {
	var open []string
	for _, q := range s.Questions() {
		if q.Answer.Reason.Obstacle == NotAsked || s.unasked(q.Command) {
			open = append(open, q.Command)
		}
	}
	return open
}
