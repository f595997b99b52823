package scan

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
)

// WhyRequest says what Why is to explain.
type WhyRequest struct {
	// Symbol is the symbol's name, with or without the prefix that it has in
	// configurations.
	Symbol string
	// Config is the .config whose values count, "" for the tree's own.
	Config string
	// Origin asks where the value comes from, and not what it lacks to be y.
	Origin bool
}

// Why explains the value of a symbol in the tree that a path belongs to.
func Why(name string, request WhyRequest, o Options) (*report.Explanation, error) {
	p, err := o.Find(name)
	if err != nil {
		return nil, err
	}
	o.takeValues(request.Config)
	_, root, err := o.load(p)
	if err != nil {
		return nil, err
	}
	arch, err := o.oneArch(root, "values are explained as one architecture sees the tree")
	if err != nil {
		return nil, err
	}
	file, fileName, err := o.valuesFile(root, request.Config)
	if err != nil {
		return nil, err
	}
	values := analysis.ValuesOf(root, arch, file, fileName)
	e := &report.Explanation{Root: root.Dir, Arch: arch, Config: fileName}
	for _, candidate := range []string{request.Symbol, strings.TrimPrefix(request.Symbol, config.Prefix(root.Dialect))} {
		var ok bool
		if request.Origin {
			e.Why, ok = values.ExplainOrigin(candidate)
		} else {
			e.Why, ok = values.Explain(candidate)
		}
		if ok {
			e.Symbol = candidate
			e.Fill(values)
			return e, nil
		}
	}
	message := fmt.Sprintf("%s is mentioned nowhere in %s", request.Symbol, root.Dir)
	if near, ok := root.Sources.Nearest(strings.TrimPrefix(request.Symbol, config.Prefix(root.Dialect))); ok {
		message += ": did you mean " + near + "?"
	}
	return nil, errors.New(message)
}

// valuesFile reads the configuration whose values count: the given one, or the
// tree's own if there is one.
func (o Options) valuesFile(root *analysis.Root, name string) (file *config.File, called string, err error) {
	path, called := name, name
	switch {
	case name == "":
		path, called = filepath.Join(root.Dir, ".config"), ".config"
	case !filepath.IsAbs(path):
		path = filepath.Join(o.Dir, path)
	}
	text, _, err := o.FS.ReadFile(path, maxConfigSize)
	switch {
	case err == nil:
		return config.Parse(text, config.Prefix(root.Dialect)), called, nil
	case name == "" && errors.Is(err, fs.ErrNotExist):
		return nil, "", nil
	}
	return nil, "", unreadable(called, err)
}

// takeValues has tools be asked about under the values of a configuration, if one is
// named. That it cannot be read is told when it is needed.
func (o *Options) takeValues(name string) {
	if name == "" {
		return
	}
	of := *o
	o.values = func(root *analysis.Root) map[string]string {
		if file, _, err := of.valuesFile(root, name); err == nil && file != nil {
			return file.Values()
		}
		return nil
	}
}
