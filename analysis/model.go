package analysis

import (
	"maps"
	"sync"

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
}

// cachedModel is the model of one version of a tree. Nobody waits for it with
// the cache locked.
type cachedModel struct {
	once    sync.Once
	sources *menu.Sources
	view    *menu.View
	model   *model.Model
	// evaluation is the values without any user value, made when somebody asks.
	evaluated  sync.Once
	evaluation *config.Evaluation
}

// without returns the cache without the model of one architecture.
func (c *modelCache) without(arch string) *modelCache {
	c.mu.Lock()
	defer c.mu.Unlock()
	views := maps.Clone(c.views)
	delete(views, arch)
	return &modelCache{views: views}
}

// take takes over the model of one architecture if it was made.
func (c *modelCache) take(from *modelCache, arch string) {
	from.mu.Lock()
	made := from.views[arch]
	from.mu.Unlock()
	if made == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.views == nil {
		c.views = map[string]*cachedModel{}
	}
	c.views[arch] = made
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
		c.model = model.Build(r.Sources, view, r.Dialect, preprocessor{r.variables(arch), r.environment(arch)})
	})
	return c
}

// ConfigRules returns the rules by which the tree's own conf works, as its
// sources or the tree's version tell.
func (r *Root) ConfigRules() config.Rules {
	otherwise := config.Rules{}
	if r.Dialect.Has(parser.OldChoices) {
		otherwise = config.OldRules()
	}
	read := func(name string) string {
		text, _, err := r.loader.fsys.ReadFile(r.loader.absolute("scripts/kconfig/"+name), maxFileSize)
		if err != nil {
			return "" // then the version tells
		}
		return text
	}
	return config.RulesOf(read("symbol.c"), read("confdata.c"), otherwise)
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
