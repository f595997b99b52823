package scan

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
)

// EnableRequest says what Enable is to find.
type EnableRequest struct {
	// Wanted are the values that symbols are to have, as SYMBOL or SYMBOL=VALUE.
	Wanted []string
	// Config is the .config that is to be changed, "" for the tree's own.
	Config string
	// Most is how many alternatives are looked for.
	Most int
}

// Enable finds the fewest changes of a configuration to what is wanted, in the tree that
// a path belongs to.
func Enable(ctx context.Context, name string, request EnableRequest, o Options) (*report.Enabling, error) {
	p, err := o.Find(name)
	if err != nil {
		return nil, err
	}
	o.takeValues(request.Config)
	s, root, err := o.load(p)
	if err != nil {
		return nil, err
	}
	arch, err := o.oneArch(root, "symbols are enabled as one architecture sees the tree")
	if err != nil {
		return nil, err
	}
	_, fileName, err := o.valuesFile(root, request.Config)
	if err != nil {
		return nil, err
	}
	c := analysis.Configuration{Root: root, Arch: arch}
	if request.Config != "" {
		if c.Path = request.Config; !filepath.IsAbs(c.Path) {
			c.Path = filepath.Join(o.Dir, c.Path)
		}
	}
	var wanted []analysis.Wanted
	for _, word := range request.Wanted {
		symbol, value, _ := strings.Cut(word, "=")
		if unquoted, ok := strings.CutPrefix(value, `"`); ok {
			value = strings.TrimSuffix(unquoted, `"`)
		}
		wanted = append(wanted, analysis.Wanted{Symbol: symbol, Value: value})
	}
	found, err := analysis.Enable(ctx, s, c, wanted, request.Most)
	if err != nil {
		return nil, err
	}
	return &report.Enabling{Root: root.Dir, Config: fileName, Enabled: found}, nil
}

// WriteEnabled writes what a configuration is to become to its file: all of it, or
// nothing.
func WriteEnabled(e *report.Enabling, choice int) error {
	if err := WriteConfig(e.Path, e.Alternatives[choice].After); err != nil {
		if path, ok := err.(*fs.PathError); ok { //nolint:errorlint // it is not wrapped, and the file that was tried is not the one that is meant
			err = path.Err
		}
		return fmt.Errorf("%s cannot be written: %w", e.Path, err)
	}
	return nil
}
