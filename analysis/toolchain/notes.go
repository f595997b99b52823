package toolchain

import (
	"context"
	"slices"
	"strings"
)

// notes is what is noted while a command is evaluated: what its answer is made
// of. A nil one drops everything.
type notes struct {
	probes       []*probe
	scripts      []string      // their names without directories
	tool         *tool         // that a script was called with
	requirements []Requirement // of scripts that have several
}

func (n *notes) asked(p *probe) {
	if n != nil {
		n.probes = append(n.probes, p)
	}
}

func (n *notes) called(file scriptFile, t *tool) {
	if n == nil {
		return
	}
	n.scripts = append(n.scripts, base(file.name))
	if n.tool == nil {
		n.tool = t
	}
}

// Requirements returns what the answer to a command is made of, in the order in
// which the command asks: one for a flag that a compiler may take, several for
// scripts/rust_is_available.sh. All of those that are no advice hold if, and
// only if, the command succeeds. It is nil for a command of which nothing can be
// said.
//
// Tools are asked as far as the level of trust allows it: also those of which a
// command would not be asked because it has failed before.
func (a *Asker) Requirements(ctx context.Context, command string) []Requirement {
	return a.requirements(ctx, command, false)
}

func (a *Asker) requirements(ctx context.Context, command string, dry bool) []Requirement {
	l, err := parse(command)
	if err != nil || len(l) == 0 {
		return nil
	}
	q := question{
		asker: a, ctx: ctx, dry: dry,
		world: &inquiry{asker: a, ctx: ctx, trust: min(a.options.Trust, Probe), dry: dry},
		form:  formOf(l),
	}
	n := new(notes)
	e := &evaluation{world: q.world, steps: new(int), notes: n}
	status, err := q.form.run(e)
	result := q.made(n, status, err)
	if answer := a.Peek(command); answer.Known && len(result) > 0 {
		q.form.settle(result, answer)
	}
	return result
}

// Learn asks a command, and what else its requirements take, so that a snapshot
// knows all of them.
func (a *Asker) Learn(ctx context.Context, command string) {
	a.Ask(ctx, command)
	if strings.Contains(command, rustScript) {
		a.Requirements(ctx, command)
	}
}

// form is what a command is like as a whole: what it does first, what it asks,
// and what it prints then.
type form struct {
	before list
	asked  link
	// yes and no are what it prints if what is asked succeeds or fails, if
	// prints is set.
	yes, no string
	prints  bool
}

// formOf takes a command apart: { asked; } && echo yes || echo no.
func formOf(l list) form {
	last := l[len(l)-1]
	f := form{before: l[:len(l)-1], asked: last[0]}
	for _, next := range last[1:] {
		text, ok := echoed(next)
		if !ok || !f.prints && next.or {
			return form{before: l}
		}
		if !next.or {
			f.yes, f.prints = text, true
		} else {
			f.no = text
		}
	}
	return f
}

// echoed returns the word that a part of a command prints.
func echoed(l link) (string, bool) {
	if l.negated || len(l.pipeline) != 1 {
		return "", false
	}
	words := literals(l.pipeline[0].words)
	if len(words) == 0 || words[0] != "echo" {
		return "", false
	}
	return strings.Join(words[1:], " "), true
}

// literals returns the texts of words, nil if one of them is not known without
// evaluation.
func literals(words []word) []string {
	var texts []string
	for _, w := range words {
		text, ok := w.literal()
		if !ok {
			return nil
		}
		texts = append(texts, text)
	}
	return texts
}

// run evaluates what is asked, and returns its status.
func (f form) run(e *evaluation) (int, error) {
	out := streams{out: new(stream)}
	status, err := e.list(f.before, out)
	if err != nil || f.asked.pipeline == nil {
		return status, err
	}
	status, err = e.pipeline(f.asked.pipeline, out)
	if f.asked.negated {
		status = statusOf(status != 0)
	}
	return status, err
}

// last returns the pipeline that decides, behind groups.
func (f form) last() []command {
	pipeline := f.asked.pipeline
	for len(pipeline) == 1 && pipeline[0].group && len(pipeline[0].body) > 0 {
		body := pipeline[0].body
		pipeline = body[len(body)-1][0].pipeline
	}
	return pipeline
}

// settle makes requirements say what an answer does that comes from elsewhere
// than tools that were asked.
func (f form) settle(requirements []Requirement, answer Answer) {
	if !f.prints {
		return
	}
	printed := strings.TrimRight(answer.Output, "\n")
	state := Unknown
	switch printed {
	case f.yes:
		state = Yes
	case f.no:
		state = No
	}
	if state == Unknown || state == No && len(requirements) > 1 {
		return // which of them fails is not said
	}
	by := map[Source]string{Recorded: "a recorded answer says so", Config: "the .config says so", ShellRun: "the command of the tree said so"}[answer.Source]
	for i := range requirements {
		if r := &requirements[i]; r.State == Unknown && !r.Advice && by != "" {
			r.State, r.Reason, r.Fix, r.Obstacle = state, by, "", NoObstacle
		}
	}
}

// Requirements returns what [Asker.Requirements] does as far as it is known by
// now. It runs nothing, and says the same each time.
func (s *Snapshot) Requirements(command string) []Requirement {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, ok := s.requirements[command]
	if !ok && len(s.requirements) < MaxQuestions {
		all = s.asker.requirements(context.Background(), command, true)
		s.requirements[command] = all
	}
	return slices.Clone(all)
}

// unasked reports whether there are requirements of a command that could be
// asked. Where that is one, it is the command's answer that is open.
func (s *Snapshot) unasked(command string) bool {
	if !strings.Contains(command, rustScript) {
		return false
	}
	return slices.ContainsFunc(s.Requirements(command), func(r Requirement) bool { return r.Obstacle == NotAsked })
}

// rustScript is the script whose answer has several requirements.
const rustScript = "rust_is_available.sh"
