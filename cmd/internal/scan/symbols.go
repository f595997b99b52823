package scan

import (
	"iter"

	"github.com/kconfig-ls/kconfig-ls/analysis"
)

// Symbols returns the symbols that an architecture's view of a tree defines, in
// the order of their names. The path is the tree's directory, any other path in
// it, or a file outside of any tree.
func Symbols(name string, o Options) (iter.Seq[analysis.Symbol], error) {
	p, err := o.Find(name)
	if err != nil {
		return nil, err
	}
	var s *analysis.Snapshot
	var root *analysis.Root
	switch {
	case p.InProject:
		if o.Arch == "" {
			o.Arch = archOf(o, []Path{p})
		}
		s, root, err = o.load(p)
	case p.IsDir:
		return nil, noKconfig(p)
	default:
		if s, err = o.single(p); err == nil {
			root = s.Tree(p.Absolute)
		}
	}
	if err != nil {
		return nil, err
	}
	arch := ""
	if !root.Single {
		if arch, err = o.oneArch(root, "symbols are listed as one architecture sees them"); err != nil {
			return nil, err
		}
	}
	return analysis.Symbols(s, root, arch), nil
}
