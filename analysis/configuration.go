package analysis

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"slices"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Configuration names a configuration file and the view of a tree that it is
// looked at in.
type Configuration struct {
	Root *Root
	// Arch is the architecture of the view, "" for the default one.
	Arch string
	// Path is the absolute path of the file, "" for the tree's .config. It need
	// not exist.
	Path string
}

// File returns the absolute path of the configuration file.
func (c Configuration) File() string {
	if c.Path == "" {
		return c.Root.loader.absolute(".config")
	}
	return c.Path
}

// configText returns the text of a configuration file: that of an open document
// before what is on disk. It reports whether there is such a file.
func configText(s *Snapshot, root *Root, path string) (text string, exists bool, err error) {
	if d := s.Document(path); d != nil {
		return d.Text().Text(), true, nil
	}
	text, _, err = root.loader.fsys.ReadFile(path, maxFileSize)
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("%s %s", path, reasonOf(err))
	}
	return text, true, nil
}

// OwnConfig returns what the tree's own .config on disk sets symbols to, by
// their names without CONFIG_: nil if there is none.
func (r *Root) OwnConfig() map[string]string {
	text, _, err := r.loader.fsys.ReadFile(r.loader.absolute(".config"), maxFileSize)
	if err != nil {
		return nil
	}
	return config.Parse(text, config.Prefix(r.Dialect)).Values()
}

// maxValues is how many configurations are remembered with a model: the tree's
// own, and those that somebody looks at besides.
const maxValues = 4

// valuesCache holds the values of a model under the configurations that were
// asked for last.
type valuesCache struct {
	mu    sync.Mutex
	texts []*valuesOf // the latest first
	stamp struct {
		once sync.Once
		text string
	}
}

// valuesOf is the values of a model under one text.
type valuesOf struct {
	text   string
	exists bool

	once sync.Once
	// mu is held while the evaluation is read, which remembers what it has
	// found out.
	mu         sync.Mutex
	evaluation *config.Evaluation
	file       *config.File // nil if there is none
}

func (c *valuesCache) of(text string, exists bool) *valuesOf {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.texts, func(v *valuesOf) bool { return v.exists == exists && v.text == text })
	if i >= 0 {
		v := c.texts[i]
		c.texts = slices.Insert(slices.Delete(c.texts, i, i+1), 0, v)
		return v
	}
	v := &valuesOf{text: text, exists: exists}
	c.texts = slices.Insert(c.texts, 0, v)
	if len(c.texts) > maxValues {
		c.texts = slices.Delete(c.texts, maxValues, len(c.texts))
	}
	return v
}

// configured is a configuration with the model of its view and its values.
type configured struct {
	*valuesOf
	snapshot *Snapshot
	root     *Root
	arch     string
	path     string
	model    *model.Model
	cache    *valuesCache
	cached   *cachedModel
}

// ErrNoTree is returned for files that belong to no tree: what their symbols
// come to is not known.
var ErrNoTree = errors.New("the file belongs to no Kconfig tree")

// configured evaluates a configuration, or finds what was evaluated before.
func (s *Snapshot) configured(c Configuration) (configured, error) {
	return s.configuredBy(c, (*Root).cachedModel)
}

// settledValues is like configured, with the model as of when nobody was typing
// (see settledModel).
func (s *Snapshot) settledValues(c Configuration) (configured, error) {
	return s.configuredBy(c, (*Root).settledModel)
}

func (s *Snapshot) configuredBy(c Configuration, modelOf func(*Root, string) *cachedModel) (configured, error) {
	if c.Root == nil || c.Root.Single {
		return configured{}, ErrNoTree
	}
	path := c.File()
	text, exists, err := configText(s, c.Root, path)
	if err != nil {
		return configured{}, err
	}
	arch := c.Arch
	if arch == "" {
		arch = c.Root.arch
	}
	cached := modelOf(c.Root, arch)
	if err := cached.model.Err; err != nil {
		return configured{}, fmt.Errorf("%s:%d: the tree cannot be read any further: %s", err.At.File, err.At.Line, err.Text)
	}
	v := cached.values.of(text, exists)
	v.once.Do(func() {
		if exists {
			v.file = config.Parse(text, config.Prefix(c.Root.Dialect))
		}
		v.evaluation, _ = config.Load(cached.model, v.file, c.Root.ConfigRules())
	})
	return configured{v, s, c.Root, arch, path, cached.model, &cached.values, cached}, nil
}

// stamp returns a text that is the same as long as the menu of the model is.
func (c configured) stamp() string {
	c.cache.stamp.once.Do(func() {
		h := fnv.New64a()
		var b []byte
		for i := range c.model.Nodes {
			n := &c.model.Nodes[i]
			b = append(b[:0], byte(n.Kind))
			for _, id := range [...]model.NodeID{n.Parent, n.First, n.Next} {
				b = binary.LittleEndian.AppendUint32(b, uint32(id))
			}
			if n.HasPrompt {
				b = append(append(b, 1), n.Text...)
			}
			if n.Symbol != model.NoAtom {
				b = append(append(b, 2), c.model.Symbols[n.Symbol].Name...)
			}
			h.Write(b)
		}
		c.cache.stamp.text = fmt.Sprintf("%016x", h.Sum64())
	})
	return c.cache.stamp.text
}

// Value is what is known of the value of a symbol under a configuration.
type Value struct {
	// Text is the value as a configuration has it, without quotes; "" if it is
	// not known.
	Text string
	// Known tells that it is known. If it is not, Causes say for people why.
	Known  bool
	Causes []string
}

// valueOf returns the value of a symbol. The evaluation must not be in use
// elsewhere.
func valueOf(e *config.Evaluation, a expr.Atom) Value {
	st := e.State(a)
	if !st.Known {
		return Value{Causes: causesOf(e.Model, st.Causes)}
	}
	return Value{Text: st.Text, Known: true}
}

// shown returns a value for people.
func (v Value) shown(t model.Type) string {
	switch {
	case !v.Known:
		return "?"
	case t == model.String:
		return config.Quote(v.Text)
	}
	return v.Text
}

// causesOf says why something is not known that hangs on the given atoms, each
// cause once.
func causesOf(m *model.Model, atoms []expr.Atom) []string {
	var texts []string
	for _, a := range atoms {
		if a == model.AtomTooDeep {
			texts = append(texts, "an expression is nested too deeply")
			continue
		}
		for _, cause := range m.Symbols[a].Causes {
			texts = append(texts, causeText(cause))
		}
	}
	slices.Sort(texts)
	return slices.Compact(texts)
}
