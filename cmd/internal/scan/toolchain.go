package scan

import (
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/toolchain"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/inputs"
)

// Toolchain asks tools for the trees that a command looks at. Each view of a
// tree has its own asker.
type Toolchain struct {
	// Trust is how far it may go. With recorded answers nothing is run.
	Trust toolchain.Trust
	// Variables are the user's environment variables, some of which name tools.
	Variables map[string]string
	// Prober runs the tools.
	Prober *toolchain.Prober
	// Assume is what commands without an answer are taken to print, "" for
	// nothing.
	Assume string
	// Context ends the waiting for tools.
	Context context.Context

	mu      sync.Mutex
	askers  map[string]*toolchain.Asker // by directory and architecture
	assumed map[string]bool             // what was assumed, in words
}

// NewToolchain returns a toolchain that asks tools of this machine.
func NewToolchain(ctx context.Context, trust toolchain.Trust, assume string) *Toolchain {
	return &Toolchain{
		Trust: trust, Assume: assume, Context: ctx, Variables: ProcessVariables(),
		Prober: toolchain.NewProber(toolchain.ProberOptions{CacheDir: toolchain.CacheDir()}),
		askers: map[string]*toolchain.Asker{}, assumed: map[string]bool{},
	}
}

// ProcessVariables returns the environment of this process.
func ProcessVariables() map[string]string {
	variables := map[string]string{}
	for _, variable := range os.Environ() {
		if name, value, ok := strings.Cut(variable, "="); ok && name != "" {
			variables[name] = value
		}
	}
	return variables
}

// of returns what is known of tools for a view of a tree, after asking them.
func (t *Toolchain) of(o Options, root *analysis.Root, arch string) *analysis.Tools {
	variables := t.Variables
	if o.Environment != nil {
		variables = o.Environment
	}
	values := o.values
	if values == nil {
		values = (*analysis.Root).OwnConfig
	}
	a := toolchain.New(toolchain.Options{
		Trust: t.Trust, Dir: root.Dir, Tools: toolchain.Compose(variables),
		Libclang: toolchain.LibclangVariables(variables), Variables: root.Environment(arch),
		Recorded: inputs.Recorded(o.Answers, root.Dir), RecordedOnly: o.Answers != nil,
		Config: values(root), Prober: t.Prober, Files: o.FS,
	})
	tools := &analysis.Tools{Answers: inputs.Recorded(o.Answers, root.Dir)}
	if o.Answers == nil || o.Environment == nil { // else there is nothing to find out
		tools.Exports = a.Exports(t.Context)
		maps.Copy(tools.Exports, toolchain.Passed(variables))
		t.assumeExports(tools.Exports)
		exported := maps.Clone(tools.Exports)
		maps.Copy(exported, root.Environment(arch))
		a = a.With(exported)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.askers[root.Dir+"\x00"+arch] = a
	tools.Answers = answers{t, a, root.Dir}
	tools.Requirements = func(command string) []analysis.Requirement {
		return requirements(a.Requirements(t.Context, command))
	}
	tools.Explain = func(cause macro.Cause) string {
		switch cause.Kind {
		case macro.Command:
			return a.Explain(cause.Text).String()
		case macro.Variable:
			return a.ExplainExport(cause.Text).String()
		}
		return ""
	}
	return tools
}

// requirements turns what the tools have to do into what views show.
func requirements(all []toolchain.Requirement) []analysis.Requirement {
	var shown []analysis.Requirement
	for _, r := range all {
		state := map[toolchain.State]analysis.Answer{toolchain.No: analysis.No, toolchain.Yes: analysis.Yes}[r.State]
		shown = append(shown, analysis.Requirement{
			Text: r.Text, State: state, Advice: r.Advice, Reason: r.Reason, Fix: r.Fix, Tool: r.Tool, File: r.File, Line: r.Line,
		})
	}
	return shown
}

// assumeExports has what tools would have to be asked for empty, if there is
// something to assume.
func (t *Toolchain) assumeExports(exports map[string]string) {
	if t.Assume == "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, name := range []string{"CC_VERSION_TEXT", "CLANG_FLAGS", "RUSTC_VERSION_TEXT"} {
		if _, ok := exports[name]; !ok {
			exports[name] = ""
			t.assumed["taken to be empty: "+name] = true
		}
	}
}

// Asker returns who answers the questions of a view, nil if the view was not
// looked at.
func (t *Toolchain) Asker(root *analysis.Root, arch string) *toolchain.Asker {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.askers[root.Dir+"\x00"+arch]
}

// Assumed says what was assumed, in order.
func (t *Toolchain) Assumed() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Sorted(maps.Keys(t.assumed))
}

// answers waits for tools, and makes do with what is assumed.
type answers struct {
	*Toolchain
	asker *toolchain.Asker
	dir   string
}

var _ macro.Answers = answers{}

func (a answers) Shell(command string) (output string, known bool) {
	answer := a.asker.Ask(a.Context, command)
	if answer.Known || a.Assume == "" {
		return answer.Output, answer.Known
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.assumed["taken to print "+a.Assume+": "+strings.ReplaceAll(command, a.dir+"/", "")] = true
	return a.Assume, true
}

// Tools loads a view of the tree that a path belongs to, with all that its
// Kconfig files ask, and returns who has answered.
func Tools(name string, o Options) (*analysis.Root, string, *toolchain.Asker, error) {
	p, err := o.Find(name)
	if err != nil {
		return nil, "", nil, err
	}
	_, root, err := o.loadView(p)
	if err != nil {
		return nil, "", nil, err
	}
	arch, err := o.oneArch(root, "tools are asked what one architecture of the tree asks")
	if err != nil {
		return nil, "", nil, err
	}
	root.Model(arch)
	return root, arch, o.Toolchain.Asker(root, arch), nil
}
