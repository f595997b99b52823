package analysis

import (
	"path/filepath"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// judgement is what becomes of the lines of a configuration, and the values
// that it gives.
type judgement struct {
	conf, under *config.File
	model       *cachedModel

	once  sync.Once
	lines []judged
	sure  bool // see judge.sure

	// mu guards the evaluation, which remembers what it is asked.
	mu         sync.Mutex
	evaluation *config.Evaluation
}

// maxJudgements is how many judgements of a tree are kept: there is one for each
// document, and users look at few.
const maxJudgements = 32

// judgements remembers what became of the configurations of a tree. All
// versions of the tree share it. Losing an entry costs an evaluation.
type judgements struct {
	mu     sync.Mutex
	byPath map[string]*judgement
}

// get returns the judgement of a configuration, which may still have to be made.
func (k *judgements) get(path string, conf, under *config.File, m *cachedModel) *judgement {
	k.mu.Lock()
	defer k.mu.Unlock()
	j := k.byPath[path]
	if j != nil && j.conf == conf && j.under == under && j.model == m {
		return j
	}
	if k.byPath == nil || len(k.byPath) >= maxJudgements {
		k.byPath = map[string]*judgement{}
	}
	j = &judgement{conf: conf, under: under, model: m}
	k.byPath[path] = j
	return j
}

// judgement returns what becomes of the lines with the values of the tree. It
// is nil if they cannot be known: outside of trees, and where parts of the tree
// are generated or come from elsewhere. For the kernel it takes some 10 ms, and
// where a model has to be made first some 100 ms.
func (c configScope) judgement() *judgement {
	if !c.evaluates() {
		return nil
	}
	under := c.under()
	j := c.root.judgements.get(c.path, c.conf, under, c.root.cachedModel(c.arch))
	j.once.Do(func() {
		m := j.model.model
		mode := config.OldDefConfig
		if configKindOf(c.path) == configDefault {
			mode = config.DefConfig
		}
		j.evaluation = config.Apply(m, mode, under, c.conf, c.root.ConfigRules()).Evaluation
		j.sure = c.kind != configFragment || under != nil
		work := judge{configScope: c, m: m, e: j.evaluation, lines: c.judgeText(false), sure: j.sure}
		work.values()
		if c.kind == configDefault {
			work.checkDefaults()
		}
		j.lines = work.lines
	})
	return j
}

// EvaluateConfigs computes the values that the open configurations give, so that
// Diagnose and other features have them at hand.
func EvaluateConfigs(s *Snapshot) {
	for _, d := range s.Documents() {
		if c, ok := s.configScope(d.Path); ok {
			c.judgement()
		}
	}
}

// evaluates reports whether all that the values of the configuration depend on
// is in the tree, but for what tools would say.
func (c configScope) evaluates() bool {
	if c.root == nil || c.root.Single || !check.Closed(c.root.Dialect) {
		return false
	}
	m := c.root.cachedModel(c.arch)
	return m.model.Err == nil && !m.unresolved()
}

// unresolved reports whether files are missing from the model.
func (c *cachedModel) unresolved() bool {
	c.resolved.Do(func() { c.lacking = c.view.Unresolved(c.sources) })
	return c.lacking
}

// under returns the configuration that a fragment is put on top of: the .config
// of its tree, if that is for the same architecture. It is nil if there is none.
func (c configScope) under() *config.File {
	if c.kind != configFragment || c.partial {
		return nil
	}
	f := c.treeConfig()
	if f == nil {
		return nil
	}
	if arch := titleArch(f.Text); arch != "" && arch != c.arch {
		return nil
	}
	return f
}

// treeConfig returns the .config of the tree, as it is open or on disk, nil if
// there is none.
func (c configScope) treeConfig() *config.File {
	if d := c.documents[filepath.Join(c.root.Dir, ".config")]; d != nil && d.config != nil {
		return d.config.file
	}
	return c.root.dotConfig.read(c.root)
}

// dotConfig is the .config of a tree on disk, which is read when somebody asks.
type dotConfig struct {
	once sync.Once
	file *config.File // nil if there is none
}

func (d *dotConfig) read(r *Root) *config.File {
	d.once.Do(func() {
		if text, _, err := r.loader.fsys.ReadFile(r.loader.absolute(".config"), maxFileSize); err == nil {
			d.file = config.Parse(text, config.Prefix(r.Dialect))
		}
	})
	return d.file
}

// values returns the values of a judgement, and what ends their use: until then
// nobody else can use them.
func (c configScope) values(j *judgement) (values *Values, done func()) {
	j.mu.Lock()
	values = &Values{root: c.root, arch: c.arch, evaluation: j.evaluation, configName: "this file"}
	if j.under != nil {
		values.underName = "the tree's .config"
	}
	return values, j.mu.Unlock
}

// lookup returns a symbol that the view defines.
func (j *judgement) lookup(name string) (*model.Symbol, bool) {
	m := j.model.model
	a, ok := m.Lookup(name)
	if !ok || !m.Symbols[a].Defined {
		return nil, false
	}
	return &m.Symbols[a], true
}
