package scan

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
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
	assumed map[string]bool
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
		values = o.treeValues
	}
	a := toolchain.New(toolchain.Options{
		Trust: t.Trust, Dir: root.Dir, Tools: toolchain.Compose(variables), Variables: root.Environment(arch),
		Recorded: inputs.Recorded(o.Answers, root.Dir), RecordedOnly: o.Answers != nil,
		Config: values(root), Prober: t.Prober, Files: o.FS,
	})
	tools := &analysis.Tools{Answers: inputs.Recorded(o.Answers, root.Dir)}
	if o.Answers == nil || o.Environment == nil { // else there is nothing to find out
		tools.Exports = a.Exports(t.Context)
		if prefix, ok := variables["CROSS_COMPILE"]; ok {
			tools.Exports["CROSS_COMPILE"] = prefix
		}
		exported := maps.Clone(tools.Exports)
		maps.Copy(exported, root.Environment(arch))
		a = a.With(exported)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.askers == nil {
		t.askers, t.assumed = map[string]*toolchain.Asker{}, map[string]bool{}
	}
	t.askers[root.Dir+"\x00"+arch] = a
	tools.Answers = answers{t, a}
	tools.Explain = func(command string) string { return a.Explain(command).String() }
	return tools
}

// Asker returns who answers the questions of a view, nil if the view was not
// looked at.
func (t *Toolchain) Asker(root *analysis.Root, arch string) *toolchain.Asker {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.askers[root.Dir+"\x00"+arch]
}

// Assumed returns the commands that were taken to print what is assumed, sorted.
func (t *Toolchain) Assumed() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Sorted(maps.Keys(t.assumed))
}

// answers waits for tools, and makes do with what is assumed.
type answers struct {
	*Toolchain
	asker *toolchain.Asker
}

var _ macro.Answers = answers{}

func (a answers) Shell(command string) (output string, known bool) {
	answer := a.asker.Ask(a.Context, command)
	if answer.Known || a.Assume == "" {
		return answer.Output, answer.Known
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.assumed[command] = true
	return a.Assume, true
}

// treeValues returns what the tree's own .config says.
func (o Options) treeValues(root *analysis.Root) map[string]string {
	text, _, err := o.FS.ReadFile(filepath.Join(root.Dir, ".config"), maxConfigSize)
	if err != nil {
		return nil
	}
	return config.Parse(text, config.Prefix(root.Dialect)).Values()
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
	arch, err := o.oneArch(root, "tools are asked")
	if err != nil {
		return nil, "", nil, err
	}
	root.Model(arch)
	return root, arch, o.Toolchain.Asker(root, arch), nil
}
