package scan

import (
	"context"
	"path/filepath"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis"
)

// longestProof is how long is tried to settle what needs Rust and what it excludes.
// For a kernel it takes some seconds; a tree can be made for which it takes years.
const longestProof = time.Minute

// Rust reports on the languages' gates of the tree that a path belongs to. config
// is the .config whose values count, "" for the tree's own. With tools it tells of the
// toolchain's gates, too.
func Rust(ctx context.Context, name, config string, tools bool, o Options) (*analysis.GateReport, error) {
	p, err := o.Find(name)
	if err != nil {
		return nil, err
	}
	if config != "" && !filepath.IsAbs(config) {
		config = filepath.Join(o.Dir, config)
	}
	if config != "" {
		if _, _, err := o.FS.ReadFile(config, maxConfigSize); err != nil {
			return nil, noConfig(config, err)
		}
		o.values = func(root *analysis.Root) map[string]string {
			if file, _, err := o.valuesFile(root, config); err == nil && file != nil {
				return file.Values()
			}
			return nil
		}
	}
	s, root, err := o.load(p)
	if err != nil {
		return nil, err
	}
	arch, err := o.oneArch(root, "gates are open or closed as one architecture sees the tree")
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, longestProof)
	defer cancel()
	return analysis.GatesReport(ctx, s, analysis.Configuration{Root: root, Arch: arch, Path: config}, tools)
}
