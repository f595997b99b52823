package analysis

import (
	"maps"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Project is a tree that was found but not loaded.
type Project struct {
	// Dir is the absolute path of the tree's top directory.
	Dir string
	// Kconfig is the root file, relative to Dir, with slashes.
	Kconfig string
	// Dialect is the variant of the language that the tree is written in.
	Dialect parser.Dialect
}

// Locate finds the tree that a file or directory belongs to, the one that Load
// loads. It reports false if there is none.
func Locate(fsys vfs.FS, path string) (Project, bool) {
	p, ok := locate(fsys, path)
	return Project{p.dir, p.root, p.dialect}, ok
}

// ArchsOf returns the architectures that a tree has views for, sorted. It reads
// no more than the files that tell.
func ArchsOf(fsys vfs.FS, p Project) []string {
	l := newLoader(fsys, p.Dir, p.Dialect, 1)
	first, err := l.Load(p.Kconfig)
	if err != nil {
		return nil
	}
	return findArchs(l, first)
}

// LoadText returns a snapshot with one file that belongs to no tree. Its text is
// given, so that it needs not exist.
func LoadText(fsys vfs.FS, path, text string, settings Settings) *Snapshot {
	s := &Snapshot{settings: settings.clone(), documents: map[string]*Document{}}
	s.documents[path] = singleDocument(fsys, s.settings, path, 0, text)
	return s
}

// ConfigArch returns the architecture whose view a configuration of the snapshot
// is looked at in, "" if there is none.
func (s *Snapshot) ConfigArch(path string) string {
	c, _ := s.configScope(path)
	return c.arch
}

// WithConfig returns the snapshot with a configuration on disk as a document of
// it.
func (s *Snapshot) WithConfig(fsys vfs.FS, path string) (*Snapshot, error) {
	text, _, err := fsys.ReadFile(path, maxFileSize)
	if err != nil {
		return nil, err
	}
	next := *s
	next.documents = maps.Clone(s.documents)
	next.place(fsys, path, 0, text, documentKind{config: true})
	return &next, nil
}

// ArchNamed returns the architecture that a name stands for, which may be one
// as Kbuild's ARCH has it, such as x86_64 for x86. It reports false if the tree
// has no view for it.
func (r *Root) ArchNamed(name string) (string, bool) {
	for _, arch := range []string{name, sourceArch(name)} {
		if slices.Contains(r.archs, arch) {
			return arch, true
		}
	}
	return "", false
}

// Tree returns the tree that a file is looked at in: the innermost loaded one
// whose directory holds it, or the file as a tree of its own. It is nil if the
// snapshot knows neither.
func (s *Snapshot) Tree(path string) *Root {
	if d := s.documents[path]; d != nil && d.single != nil {
		return d.single
	}
	return s.Root(path)
}
