package toolchain

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// Options say what an asker may use.
type Options struct {
	// Trust is how far it may go.
	Trust Trust
	// Dir is the top of the tree, absolute: what the tree calls srctree.
	Dir string
	// Workspace are the directories whose programs are never run at trust
	// Probe. Dir is always one of them.
	Workspace []string
	// Tools are the commands of tools as [Compose] returns them. They must be
	// the user's, and not come from the tree or from settings in it.
	Tools map[string]string
	// Libclang are the variables by which bindgen finds its libclang, as
	// [LibclangVariables] returns them; nil stands for those of the prober. They
	// must be the user's, too: a library is loaded.
	Libclang map[string]string
	// Variables are the environment variables that the tree's build exports.
	// They are what $CC and the like in a command stand for, if they are not
	// tools.
	Variables map[string]string
	// Recorded are answers that come before all others. It may be nil.
	Recorded macro.Answers
	// RecordedOnly has nothing count but recorded answers, so that Trust is None.
	RecordedOnly bool
	// Config is what a .config of the tree says, as for [FromConfig]. It may
	// be nil.
	Config map[string]string
	// Prober runs tools. Without it one is made that keeps nothing on disk.
	Prober *Prober
	// Files reads the scripts of the tree. The default is the file system.
	Files vfs.FS
}

// The limits of what a tree may ask.
const (
	// MaxQuestions is how many different commands of a tree are answered.
	MaxQuestions = 20_000
	// MaxProbes is how many processes are run for a tree.
	MaxProbes = 2_000
	// maxTimeouts is after how many processes that did not end no more are run.
	maxTimeouts = 8
)

// Answer is what a command prints, or why that is not known.
type Answer struct {
	// Output is what the command writes to its standard output.
	Output string
	// Known reports whether there is an answer. If not, Reason says why.
	Known  bool
	Source Source
	Reason Reason
}

// Question is a command that was asked, and its answer.
type Question struct {
	Command string
	Answer  Answer
}

// Asker answers the questions of one tree. It gives each answer once and
// remembers it: after a tool was installed or the .config has changed another
// asker is needed. It is safe for concurrent use, and is a [macro.Answers].
type Asker struct {
	options  Options
	tools    []*tool
	searcher *searcher
	config   configAnswers

	mu      sync.Mutex
	answers map[string]*pending
	probes  int // that were run
	late    int // that did not end in time
	known   map[*tool]Tool
	fresh   map[string]outcome // of probes that are not kept on disk, by their keys
}

// pending is an answer, or the promise of one.
type pending struct {
	done   chan struct{} // closed when there is the answer
	answer Answer
}

// New returns an asker. It looks at nothing and starts nothing until it is
// asked.
func New(o Options) *Asker {
	if o.Files == nil {
		o.Files = vfs.OS{}
	}
	if o.Prober == nil {
		o.Prober = NewProber(ProberOptions{})
	}
	if o.RecordedOnly {
		o.Trust = None
	}
	if o.Libclang == nil {
		o.Libclang = LibclangVariables(o.Prober.environment)
	}
	tools := newTools(o.Tools)
	return &Asker{
		options:  o,
		tools:    tools,
		searcher: newSearcher(o.Prober.environment["PATH"], append([]string{o.Dir}, o.Workspace...)),
		config:   configAnswers{values: o.Config, tools: tools, variables: o.Variables, strict: o.Trust > None},
		answers:  map[string]*pending{},
		known:    map[*tool]Tool{},
		fresh:    map[string]outcome{},
	}
}

// Trust returns how far the asker may go.
func (a *Asker) Trust() Trust { return a.options.Trust }

// Shell answers as [macro.Answers] does. It may wait for a tool.
func (a *Asker) Shell(command string) (output string, known bool) {
	answer := a.Ask(context.Background(), command)
	return answer.Output, answer.Known
}

// Ask returns what a command prints. The answer is the same each time, unless
// the context ends before there is one.
func (a *Asker) Ask(ctx context.Context, command string) Answer {
	for {
		a.mu.Lock()
		p, ok := a.answers[command]
		if !ok {
			if len(a.answers) >= MaxQuestions {
				a.mu.Unlock()
				return Answer{Reason: tooMany("the tree asks too many questions")}
			}
			p = &pending{done: make(chan struct{})}
			a.answers[command] = p
			a.mu.Unlock()
			return a.settle(ctx, command, p)
		}
		a.mu.Unlock()
		select {
		case <-p.done:
			if p.answer.Reason.Obstacle != Canceled {
				return p.answer
			}
			// Who asked first did not wait for the answer; ask again.
		case <-ctx.Done():
			return Answer{Reason: Reason{Obstacle: Canceled, Why: canceled(ctx).Error()}}
		}
	}
}

// settle finds an answer and gives it to all who wait for it.
func (a *Asker) settle(ctx context.Context, command string, p *pending) Answer {
	p.answer.Reason = Reason{Obstacle: Canceled, Why: "the search for an answer has failed"}
	defer func() { // also if it panics
		if p.answer.Reason.Obstacle == Canceled {
			a.mu.Lock()
			delete(a.answers, command)
			a.mu.Unlock()
		}
		close(p.done)
	}()
	p.answer = a.answer(ctx, command, false)
	return p.answer
}

// whyNoMore is why no more processes are run.
const whyNoMore = "the tree asks too much, or tools did not answer too often"

// tooMany is the reason of what exceeds a limit.
func tooMany(why string) Reason { return Reason{Obstacle: NotRun, Why: why} }

// answer looks for an answer, from the cheapest source to the dearest. A dry
// search runs nothing.
func (a *Asker) answer(ctx context.Context, command string, dry bool) Answer {
	if a.options.Recorded != nil {
		if output, known := a.options.Recorded.Shell(command); known {
			return Answer{Output: output, Known: true, Source: Recorded}
		}
	}
	if a.options.RecordedOnly {
		return Answer{Reason: Reason{
			Obstacle: NotRecorded, Question: a.whatPrints(command), Why: "it is not among the recorded answers",
			Remedy: recordAnew,
		}}
	}
	text := &inquiry{asker: a, trust: None, dry: true}
	output, err := evaluate(text, command)
	if err == nil && !text.touched {
		return Answer{Output: output, Known: true, Source: Pure}
	}
	if output, known := a.config.Shell(command); known {
		return Answer{Output: output + "\n", Known: true, Source: Config}
	}
	switch a.options.Trust {
	case Probe:
		in := &inquiry{asker: a, ctx: ctx, trust: Probe, dry: dry}
		if output, err = evaluate(in, command); err == nil {
			source := Probed
			if in.cached && !in.ran {
				source = Cache
			}
			return Answer{Output: output, Known: true, Source: source}
		}
	case Shell:
		return a.shell(ctx, command, dry)
	default:
		if err == nil { // it takes a look at files only
			err = &unknown{Reason{Obstacle: NotTrusted, Why: whyNotTrusted, Remedy: trustProbe}}
		}
	}
	return Answer{Reason: a.reason(err, command)}
}

const whyNotTrusted = "the workspace is not trusted"

// reason returns why a command has no answer, for people.
func (a *Asker) reason(err error, command string) Reason {
	u, ok := err.(*unknown)
	if !ok {
		u = notUnderstood(err.Error())
	}
	r := u.Reason
	r.Tool = oneLine(r.Tool) // it may be a script, which can have any name
	if r.Question == "" {
		r.Question = a.whatPrints(command)
	}
	return r
}

// whatPrints is the question for the output of a command, with paths from the
// top of the tree.
func (a *Asker) whatPrints(command string) string {
	return "what " + shorten(strings.ReplaceAll(command, a.options.Dir+"/", "")) + " prints"
}

// shell has the shell run a command.
func (a *Asker) shell(ctx context.Context, command string, dry bool) Answer {
	r := Reason{Tool: "sh", Question: a.whatPrints(command)}
	if dry {
		r.Obstacle, r.Why = NotAsked, "it was not run yet"
		return Answer{Reason: r}
	}
	if !a.spend() {
		return Answer{Reason: tooMany(whyNoMore)}
	}
	variables := maps.Clone(a.options.Tools)
	if variables == nil {
		variables = map[string]string{}
	}
	maps.Copy(variables, a.options.Variables)
	variables["srctree"] = a.options.Dir
	o, err := a.options.Prober.runShell(ctx, a.options.Dir, variables, command)
	if err != nil {
		return Answer{Reason: a.failed(err, r)}
	}
	return Answer{Output: o.Out, Known: true, Source: ShellRun}
}

// failed completes the reason why a process has no result.
func (a *Asker) failed(err error, r Reason) Reason {
	r.Obstacle, r.Why = NotRun, err.Error()
	if f, ok := err.(*failure); ok {
		r.Obstacle = f.obstacle
	}
	if r.Obstacle == TimedOut {
		a.mu.Lock()
		a.late++
		a.mu.Unlock()
		r.Remedy = "Ask again when the machine is less busy, or check that the tool works."
	}
	return r
}

// spend reports whether one more process may be run.
func (a *Asker) spend() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.probes++
	return a.probes <= MaxProbes && a.late < maxTimeouts
}

// Peek returns what a command prints as far as that can be said without running
// anything. A question that would take a tool that was not asked yet has no
// answer: that is [NotAsked].
func (a *Asker) Peek(command string) Answer {
	a.mu.Lock()
	p := a.answers[command]
	a.mu.Unlock()
	if p != nil {
		select {
		case <-p.done:
			return p.answer
		default:
		}
	}
	return a.answer(context.Background(), command, true)
}

// Explain returns why a command has no answer, without running anything for
// it: a question that was not asked yet is one of the reasons. The reason is
// the zero value if there is an answer.
func (a *Asker) Explain(command string) Reason { return a.Peek(command).Reason }

// With returns an asker of the same tree with more variables, which go before
// those that it has. It knows the answers that were given so far.
func (a *Asker) With(variables map[string]string) *Asker {
	o := a.options
	o.Variables = maps.Clone(o.Variables)
	if o.Variables == nil {
		o.Variables = map[string]string{}
	}
	maps.Copy(o.Variables, variables)
	next := New(o)
	a.mu.Lock()
	defer a.mu.Unlock()
	next.probes, next.late = a.probes, a.late
	maps.Copy(next.fresh, a.fresh)
	for command, p := range a.answers {
		select {
		case <-p.done:
			next.answers[command] = p
		default:
		}
	}
	return next
}

// Questions returns the commands that were asked so far and have been
// answered or given up, sorted.
func (a *Asker) Questions() []Question {
	a.mu.Lock()
	defer a.mu.Unlock()
	var all []Question
	for _, command := range slices.Sorted(maps.Keys(a.answers)) {
		p := a.answers[command]
		select {
		case <-p.done:
			all = append(all, Question{command, p.answer})
		default:
		}
	}
	return all
}

// WriteRecords writes the answers that are known so far, so that they can be
// given again as recorded ones: on each line a JSON object with the command
// "cmd" and its output "out". The text {srctree} stands for the tree's
// directory.
func (a *Asker) WriteRecords(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	type record struct {
		Command string `json:"cmd"`
		Output  string `json:"out"`
	}
	var records []record
	for _, q := range a.Questions() {
		if q.Answer.Known {
			records = append(records, record{a.placeholder(q.Command), a.placeholder(strings.TrimRight(q.Answer.Output, "\n"))})
		}
	}
	// Not by where the tree is.
	slices.SortFunc(records, func(a, b record) int { return strings.Compare(a.Command, b.Command) })
	for _, record := range records {
		if err := encoder.Encode(record); err != nil {
			return err
		}
	}
	return nil
}

// placeholder puts {srctree} in place of the tree's directory.
func (a *Asker) placeholder(text string) string {
	if a.options.Dir == "" {
		return text
	}
	return strings.ReplaceAll(text, a.options.Dir, "{srctree}")
}
