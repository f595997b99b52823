package analysis

import (
	"maps"
	"sync"
	"sync/atomic"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// modelCache holds the models of a tree's views as they were made last. All
// versions of the tree share it.
type modelCache struct {
	mu    sync.Mutex
	views map[string]*cachedModel // by architecture
	// made are the models that were made last, which may be those of an older
	// version of the tree.
	made map[string]*cachedModel
	// marks are what is shown of how symbols are gated, by architecture.
	marks map[string]*gateMarks
	rules *cachedRules
}

// cachedRules are the rules by which the tree's own conf works, once somebody
// asks.
type cachedRules struct {
	once  sync.Once
	rules config.Rules
}

func newModelCache() *modelCache { return &modelCache{rules: &cachedRules{}} }

// cachedModel is the model of one version of a tree. Nobody waits for it with
// the cache locked.
type cachedModel struct {
	once    sync.Once
	sources *menu.Sources
	view    *menu.View
	model   *model.Model
	ready   atomic.Bool // the model is made
	values  valuesCache
	gates   gatesOf
	finder  finderOf
	// lacking tells that files are missing; see unresolved.
	resolved sync.Once
	lacking  bool
}

// without returns the cache without the model of one architecture.
func (c *modelCache) without(arch string) *modelCache {
	c.mu.Lock()
	defer c.mu.Unlock()
	next := &modelCache{views: maps.Clone(c.views), made: maps.Clone(c.made), marks: maps.Clone(c.marks), rules: c.rules}
	delete(next.views, arch)
	delete(next.made, arch)
	return next
}

// take takes over the model of one architecture if it was made.
func (c *modelCache) take(from *modelCache, arch string) {
	from.mu.Lock()
	made := from.made[arch]
	from.mu.Unlock()
	if made == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.views == nil {
		c.views = map[string]*cachedModel{}
	}
	if c.made == nil {
		c.made = map[string]*cachedModel{}
	}
	c.views[arch], c.made[arch] = made, made
}

// Model returns what conf would have in memory after it has read the tree as
// the architecture sees it. The empty architecture stands for the default view.
// It is made when somebody asks, some 50 ms for the kernel, and kept as long as
// nothing but comments, help texts and blanks changes.
func (r *Root) Model(arch string) *model.Model { return r.cachedModel(arch).model }

func (r *Root) cachedModel(arch string) *cachedModel {
	if arch == "" {
		arch = r.arch
	}
	view := r.View(arch)
	r.models.mu.Lock()
	c := r.models.views[arch]
	if c == nil || c.view != view || !c.sources.SameMeaning(r.Sources) {
		c = &cachedModel{sources: r.Sources, view: view}
		if r.models.views == nil {
			r.models.views = map[string]*cachedModel{}
		}
		r.models.views[arch] = c
	}
	r.models.mu.Unlock()
	c.once.Do(func() {
		c.model = r.buildModel(arch, view)
		c.ready.Store(true)
		r.models.mu.Lock()
		defer r.models.mu.Unlock()
		if r.models.made == nil {
			r.models.made = map[string]*cachedModel{}
		}
		r.models.made[arch] = c
	})
	return c
}

// modelToPass returns the model of a view for a look at one after the other: that of the
// default view, or of one that somebody has asked for, is kept, while those of twenty
// other architectures would take hundreds of megabytes that nobody needs again.
func (r *Root) modelToPass(arch string) *cachedModel {
	if arch == r.arch || r.hasModel(arch) {
		return r.cachedModel(arch)
	}
	c := &cachedModel{sources: r.Sources, view: r.View(arch)}
	c.once.Do(func() { c.model = r.buildModel(arch, c.view) })
	c.ready.Store(true)
	return c
}

func (r *Root) buildModel(arch string, view *menu.View) *model.Model {
	return model.Build(r.Sources, view, r.Dialect, preprocessor{r.variables(arch), r.environment(arch)}, r.ConfigRules().Reading)
}

// settledModel returns the model of a view as of when nobody was typing: that of
// the tree as it is, if it is made, else the last one that was. What is shown at
// every keystroke comes from it, since making one grows with the tree. Places in
// it do not hold.
func (r *Root) settledModel(arch string) *cachedModel {
	if !r.hasModel(arch) {
		r.models.mu.Lock()
		c := r.models.made[arch]
		r.models.mu.Unlock()
		if c != nil {
			return c
		}
	}
	return r.cachedModel(arch)
}

// hasModel reports whether the model of an architecture's view is made already,
// for what is asked for at every keystroke and can do without.
func (r *Root) hasModel(arch string) bool {
	view := r.View(arch)
	r.models.mu.Lock()
	defer r.models.mu.Unlock()
	c := r.models.views[arch]
	return c != nil && c.view == view && c.sources.SameMeaning(r.Sources) && c.ready.Load()
}

// ValuesAwaited reports whether the values that are shown in a file are older
// than its tree, because somebody is typing. PrepareValues makes them new.
func ValuesAwaited(s *Snapshot, path string) bool {
	r := s.Root(path)
	if r == nil || r.hasModel(r.arch) {
		return false
	}
	r.models.mu.Lock()
	defer r.models.mu.Unlock()
	return r.models.made[r.arch] != nil
}

// PrepareValues computes the values of the trees that open documents belong to,
// under their own .config, for [Hover] and others to show. It reports whether
// there was anything to compute.
func PrepareValues(s *Snapshot) bool {
	news := false
	for _, r := range s.roots {
		for _, d := range s.documents {
			if d.single != nil || d.dir != r.Dir {
				continue
			}
			news = news || !r.hasModel(r.arch)
			_, _ = s.configured(Configuration{Root: r}) // who asks for values hears of errors
			break
		}
	}
	return news
}

// ConfigRules returns the rules by which the tree's own conf works, as its
// sources or else its dialect tell. The sources are read once.
func (r *Root) ConfigRules() config.Rules {
	c := r.models.rules
	c.once.Do(func() { c.rules = config.RulesOf(r.confSources(), config.RulesFor(r.Dialect)) })
	return c.rules
}

// confDirectories are where projects keep the sources of conf.
var confDirectories = [...]string{
	"scripts/kconfig", "util/kconfig", "support/kconfig", "tools/kconfig", "scripts/config", "package/config", "kconfig",
}

// confSources returns the sources of the tree's own conf.
func (r *Root) confSources() config.Sources {
	for _, dir := range confDirectories {
		read := func(name string) string {
			text, _, err := r.loader.fsys.ReadFile(r.loader.absolute(dir+"/"+name), maxFileSize)
			if err != nil {
				return ""
			}
			return text
		}
		s := config.Sources{Confdata: read("confdata.c")}
		if s.Confdata == "" {
			continue
		}
		s.Symbol, s.Menu, s.Expr, s.Conf = read("symbol.c"), read("menu.c"), read("expr.c"), read("conf.c")
		s.Parser, s.Lexer = read("parser.y")+read("zconf.y"), read("lexer.l")+read("zconf.l")
		return s
	}
	return config.Sources{}
}

// preprocessor carries out macros while a model is built.
type preprocessor struct {
	variables
	environment map[string]string
}

func (p preprocessor) Assign(f *menu.File, st parser.Statement) macro.Result {
	name, flavor, value, ok := assignment(st)
	if !ok {
		return macro.Result{}
	}
	return p.Define(name, flavor, value, position(f, st))
}

func (p preprocessor) ExpandToken(f *menu.File, st parser.Statement, token string) macro.Result {
	return p.Environment.Expand(token, position(f, st))
}

func (p preprocessor) Variable(name string) (string, bool) {
	value, ok := p.environment[name]
	return value, ok
}
