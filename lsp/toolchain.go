package lsp

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/toolchain"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

// toolchains knows what tools say, and asks them. A tree is loaded with what is
// known without running anything. In the background the questions are asked
// that its view leaves open, and when there are answers the tree is published
// anew with them. So nobody ever waits for a tool, and what a tree is looked at
// with does not change under it.
//
// Only what is saved is asked: at trust shell a command that is being typed must
// not run with every key.
type toolchains struct {
	server *server
	prober *toolchain.Prober
	checks errand

	mu        sync.Mutex
	variables map[string]string // the user's, some of which name tools
	most      toolchain.Trust   // what the user allows
	trust     toolchain.Trust   // what is allowed now
	ready     bool              // the client's settings are known
	folders   []string
	views     map[viewKey]*viewTools
}

// viewKey is a view: a tree's directory and an architecture.
type viewKey struct{ dir, arch string }

// viewTools is what is known of tools for a view.
type viewTools struct {
	key      viewKey
	identity string // of what the asker was made of
	base     *toolchain.Asker
	trust    toolchain.Trust
	asking   errand

	// The mutex of toolchains holds these.
	asker    *toolchain.Asker
	snapshot *toolchain.Snapshot // what the tree is looked at with
	tools    *analysis.Tools
	asked    *menu.Sources // the version of the tree whose questions were asked last
	stop     context.CancelFunc
}

// start takes over what the command line says, before any tree is loaded.
func (t *toolchains) start(s *server, o Options) {
	t.server, t.prober = s, o.Prober
	if t.prober == nil {
		t.prober = toolchain.NewProber(toolchain.ProberOptions{})
	}
	t.variables = maps.Clone(o.Variables)
	if o.Settings.WholeEnvironment {
		t.variables = maps.Clone(o.Settings.Environment)
	}
	if t.variables == nil {
		t.variables = map[string]string{}
	}
	t.most = toolchain.None
	if o.Trust != nil {
		t.most = *o.Trust
	}
	t.trust = t.most
	t.views = map[viewKey]*viewTools{}
}

// initialize takes over what the client says of its user, not of the workspace:
// how far tools may be asked, and which ones. The command line bounds it.
func (t *toolchains) initialize(sent clientSettings, trusted bool, folders []string, ready bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if trusted {
		if bound := t.server.options.Trust; bound == nil || sent.trust < *bound {
			t.most = sent.trust
		}
	}
	t.trust, t.ready, t.folders = t.most, ready, slices.Clone(folders)
	maps.Copy(t.variables, sent.Tools)
}

// limit takes over what the client's configuration says, which may be that of a
// workspace: it can only forbid.
func (t *toolchains) limit(trust toolchain.Trust, given bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	before := t.trust
	t.trust = t.most
	if given {
		t.trust = min(t.most, trust)
	}
	if t.trust < before { // what runs has lost its permission
		for _, v := range t.views {
			if v.stop != nil {
				v.stop()
			}
		}
	}
}

// setReady lets tools be asked.
func (t *toolchains) setReady() {
	t.mu.Lock()
	t.ready = true
	t.mu.Unlock()
	t.check()
}

// setFolders tells which folders the workspace has now.
func (t *toolchains) setFolders(added, removed []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.folders = slices.DeleteFunc(slices.Clone(t.folders), func(f string) bool { return slices.Contains(removed, f) })
	t.folders = append(t.folders, added...)
}

// of returns what is known of the tools that a view asks without running
// anything. It is where trees get it from when they are loaded.
func (t *toolchains) of(root *analysis.Root, arch string) *analysis.Tools {
	v := t.make(root, arch)
	t.mu.Lock()
	defer t.mu.Unlock()
	if old := t.views[v.key]; old != nil && old.stop != nil {
		old.stop()
	}
	t.views[v.key] = v
	return v.tools
}

// make makes an asker for a view.
func (t *toolchains) make(root *analysis.Root, arch string) *viewTools {
	values := root.OwnConfig()
	t.mu.Lock()
	defer t.mu.Unlock()
	v := &viewTools{key: viewKey{root.Dir, arch}, trust: t.trustOf(root.Dir), identity: t.identity(root.Dir, values)}
	recorded := t.server.options.Settings.Answers
	v.base = toolchain.New(toolchain.Options{
		Trust: v.trust, Dir: root.Dir, Workspace: slices.Clone(t.folders), Tools: toolchain.Compose(t.variables),
		Libclang: toolchain.LibclangVariables(t.variables), Variables: root.Environment(arch), Recorded: recorded, RecordedOnly: recorded != nil,
		Config: values, Prober: t.prober, Files: t.server.options.FS,
	})
	v.asker = t.exporting(v.base, v.base.Snapshot().Exports(), root, arch)
	v.snapshot = v.asker.Snapshot()
	v.tools = t.known(v.snapshot)
	return v
}

// trustOf returns how far the tools of a tree may be asked. A tree that is no
// part of the workspace is not what the user has allowed to run.
func (t *toolchains) trustOf(dir string) toolchain.Trust {
	if t.trust > toolchain.Probe && !slices.ContainsFunc(t.folders, func(f string) bool { return holds(f, dir) || holds(dir, f) }) {
		return toolchain.Probe
	}
	return t.trust
}

// holds reports whether a path is a directory or below it.
func holds(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// identity tells apart what askers of a tree are made of.
func (t *toolchains) identity(dir string, values map[string]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q", t.trustOf(dir), t.folders)
	for _, name := range toolchain.ConfigSymbols() {
		fmt.Fprintf(&b, " %q", values[name])
	}
	return b.String()
}

// exporting returns an asker with what the build exports.
func (t *toolchains) exporting(a *toolchain.Asker, exports map[string]string, root *analysis.Root, arch string) *toolchain.Asker {
	all := maps.Clone(exports)
	maps.Copy(all, toolchain.Passed(t.variables))
	maps.Copy(all, root.Environment(arch))
	return a.With(all)
}

// known makes a snapshot what trees are looked at with.
func (t *toolchains) known(s *toolchain.Snapshot) *analysis.Tools {
	exports := s.Exports()
	maps.Copy(exports, toolchain.Passed(t.variables))
	return &analysis.Tools{
		Answers: s, Exports: exports,
		Requirements: func(command string) []analysis.Requirement { return requirements(s.Requirements(command)) },
		Explain: func(cause macro.Cause) string {
			switch cause.Kind {
			case macro.Command:
				return s.Explain(cause.Text).String()
			case macro.Variable:
				return s.ExplainExport(cause.Text).String()
			}
			return ""
		},
	}
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

// check looks in the background whether the trees are looked at with what they
// should be, and whether there is anything to ask. It is called whenever that
// may have changed.
func (t *toolchains) check() {
	if t.server.client == nil {
		return
	}
	t.checks.start(t.server.client, func(context.Context, session.Client) {
		snap := t.server.workspace.Snapshot()
		for _, root := range snap.Roots() {
			t.checkRoot(root)
		}
	})
}

func (t *toolchains) checkRoot(root *analysis.Root) {
	arch := root.Arch()
	values := root.OwnConfig()
	tools := root.Tools(arch) // before the lock: it may come here for them
	t.mu.Lock()
	v := t.views[viewKey{root.Dir, arch}]
	fits := v != nil && v.tools == tools && v.identity == t.identity(root.Dir, values)
	t.mu.Unlock()
	if !fits {
		tools = t.of(root, arch)
		if t.server.workspace.AdoptTools(root, root.WithTools(arch, tools), arch) == nil {
			return // what is loaded instead comes here by itself
		}
		t.server.treesChanged() // which comes here again
		return
	}
	t.mu.Lock()
	ask := t.ready && v.trust > toolchain.None && v.asked != root.Sources
	t.mu.Unlock()
	if ask {
		v.asking.start(t.server.client, func(ctx context.Context, _ session.Client) {
			t.server.opening.waitForTools(ctx)
			t.ask(ctx, v)
		})
	}
}

const (
	// maxAsking is how often new answers may lead to new questions.
	maxAsking = 32
	// askers is how many questions are asked at the same time.
	askers = 2
	// publishAfter is how long answers wait for others, so that a tool that does
	// not answer does not hold up those that do.
	publishAfter = time.Second
)

// ask asks the questions of a view that are open, and publishes the tree anew
// with the answers.
func (t *toolchains) ask(ctx context.Context, v *viewTools) {
	snap := t.server.workspace.Snapshot()
	i := slices.IndexFunc(snap.Roots(), func(r *analysis.Root) bool { return r.Dir == v.key.dir })
	if i < 0 || snap.Unsaved(snap.Roots()[i]) {
		return
	}
	root := snap.Roots()[i]
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	t.mu.Lock()
	current := t.views[v.key] == v && t.ready && v.trust <= t.trustOf(v.key.dir)
	v.stop = stop
	t.mu.Unlock()
	if !current {
		return
	}
	job := asking{t: t, v: v, root: root, before: root, asker: v.asker}
	t.mu.Lock()
	v.asked = root.Sources
	t.mu.Unlock()
	if job.run(ctx); ctx.Err() != nil {
		t.mu.Lock()
		v.asked = nil
		t.mu.Unlock()
	}
}

// asking is a round of questions of a view.
type asking struct {
	t *toolchains
	v *viewTools
	// root is the tree whose questions are asked, before what it was published
	// as last.
	root, before *analysis.Root
	asker        *toolchain.Asker
}

func (a *asking) run(ctx context.Context) {
	exports := a.v.base.Exports(ctx)
	if ctx.Err() != nil {
		return
	}
	a.asker = a.t.exporting(a.asker, exports, a.root, a.v.key.arch)
	asked := map[string]bool{}
	for range maxAsking {
		snapshot, next := a.look()
		open := slices.DeleteFunc(snapshot.Open(), func(command string) bool { return asked[command] })
		if len(open) == 0 {
			a.publish(snapshot, next)
			break
		}
		for _, command := range open {
			asked[command] = true
		}
		a.askAll(ctx, open)
		if ctx.Err() != nil {
			return
		}
	}
	a.asker.Inventory(ctx) // for who asks what tools there are
}

// look returns the tree as it is with the answers that are there by now, after
// it has asked all of its questions.
func (a *asking) look() (*toolchain.Snapshot, *analysis.Root) {
	snapshot := a.asker.Snapshot()
	next := a.root.WithTools(a.v.key.arch, a.t.known(snapshot))
	next.Model(a.v.key.arch)
	return snapshot, next
}

// askAll asks questions. If some take long, the tree is published with the
// answers that there are meanwhile.
func (a *asking) askAll(ctx context.Context, commands []string) {
	queue := make(chan string, len(commands))
	for _, command := range commands {
		queue <- command
	}
	close(queue)
	var all sync.WaitGroup
	for range askers {
		all.Go(func() {
			for command := range queue {
				a.asker.Learn(ctx, command)
			}
		})
	}
	done := make(chan struct{})
	go func() {
		all.Wait()
		close(done)
	}()
	for wait := publishAfter; ; wait *= 2 {
		select {
		case <-done:
			return
		case <-time.After(wait):
			a.publish(a.look())
		}
	}
}

// publish has the tree looked at with other knowledge, unless it is the same.
func (a *asking) publish(snapshot *toolchain.Snapshot, next *analysis.Root) {
	a.t.mu.Lock()
	before := a.v.snapshot
	a.t.mu.Unlock()
	same := before.SameAs(snapshot)
	a.t.mu.Lock()
	current := a.t.views[a.v.key] == a.v
	if current {
		a.v.asker = a.asker
	}
	if current && !same {
		a.v.snapshot, a.v.tools = snapshot, next.Tools(a.v.key.arch)
	}
	a.t.mu.Unlock()
	if !current || same {
		return
	}
	adopted := a.t.server.workspace.AdoptTools(a.before, next, a.v.key.arch)
	if adopted == nil {
		return
	}
	a.before = adopted
	a.t.server.treesChanged()
}

// asker returns who knows the answers to the questions of a view, nil if there
// is nobody.
func (t *toolchains) asker(dir, arch string) *toolchain.Asker {
	t.mu.Lock()
	defer t.mu.Unlock()
	if v := t.views[viewKey{dir, arch}]; v != nil {
		return v.asker
	}
	return nil
}

// methodToolchain shows the tools of a view, and what it asks them.
// docs/protocol.md describes it.
const methodToolchain = "kconfig/toolchain"

// toolchainResult answers kconfig/toolchain.
type toolchainResult struct {
	toolchain.Report
	Root protocol.DocumentURI `json:"root"` // of the directory
	Arch string               `json:"arch"`
}

func (s *server) toolchain(ctx context.Context, snap *analysis.Snapshot, p *configurationParams) (*toolchainResult, error) {
	_, c, err := s.configuration(ctx, snap, *p)
	if err != nil {
		return nil, err
	}
	arch := c.Arch
	if arch == "" {
		arch = c.Root.Arch()
	}
	if c.Root.Tools(arch) == nil {
		return nil, protocol.Errorf(protocol.InvalidParams, "the file belongs to no tree, so that no tools are known for it")
	}
	asker := s.toolchains.asker(c.Root.Dir, arch)
	if asker == nil {
		return nil, protocol.Errorf(protocol.RequestFailed, "the tree in %s was closed meanwhile", c.Root.Dir)
	}
	// What other requests have asked besides is no question of the tree.
	snapshot := asker.Snapshot()
	c.Root.WithTools(arch, s.toolchains.known(snapshot)).Model(arch)
	return &toolchainResult{
		Report: toolchain.NewReport(asker.Trust(), snapshot.Inventory(), snapshot.Questions()),
		Root:   protocol.URIFromPath(c.Root.Dir), Arch: arch,
	}, nil
}
