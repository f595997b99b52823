package analysis

import (
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
)

// buildSurvey is what checks about gates look at in the Makefiles of one version of a
// tree. Each directory is looked at once, for however many views. It is safe for
// concurrent use.
type buildSurvey struct {
	root        *Root
	mu          sync.Mutex
	directories map[string]*surveyedDirectory // by path relative to the tree's
}

// surveyedDirectory is what the Makefiles of a directory say.
type surveyedDirectory struct {
	once sync.Once
	// below are the directories that they go into.
	below   []string
	objects []check.BuiltObject
	flags   []check.GivenFlag
}

func newBuildSurvey(r *Root) *buildSurvey {
	return &buildSurvey{root: r, directories: map[string]*surveyedDirectory{}}
}

// of returns what is built of sources of Rust, and the flags that are given to tools
// under some condition without asking whether the tools know them, in the directories
// of the Kconfig files of a view and in those that the Makefiles there go into.
func (b *buildSurvey) of(view *menu.View) (objects []check.BuiltObject, flags []check.GivenFlag) {
	if b.root.build == nil {
		return nil, nil // a single file
	}
	paths := map[string]bool{}
	for id := range view.Files() {
		if f := b.root.Sources.File(id); f != nil && !path.IsAbs(f.Path) {
			paths[directoryOf(f.Path)] = true
		}
	}
	for _, d := range b.each(paths) {
		for _, dir := range d.below {
			paths[dir] = true
		}
	}
	for _, d := range b.each(paths) {
		objects, flags = append(objects, d.objects...), append(flags, d.flags...)
	}
	return objects, flags
}

// each returns some directories, sorted by path.
func (b *buildSurvey) each(paths map[string]bool) []*surveyedDirectory {
	sorted := slices.Sorted(maps.Keys(paths))
	found := make([]*surveyedDirectory, len(sorted))
	parallel(b.root.settings.workers(), len(sorted), func(i int) { found[i] = b.directory(sorted[i]) })
	return found
}

func (b *buildSurvey) directory(dir string) *surveyedDirectory {
	b.mu.Lock()
	d := b.directories[dir]
	if d == nil {
		d = &surveyedDirectory{}
		b.directories[dir] = d
	}
	b.mu.Unlock()
	d.once.Do(func() {
		d.below = b.root.directoriesBelow(dir)
		d.objects, d.flags = b.root.rustObjects(dir), b.root.givenFlags(dir)
	})
	return d
}

// directoriesBelow returns the directories that the Makefile of a directory goes into.
func (r *Root) directoriesBelow(dir string) []string {
	d := r.BuildDirectory(dir)
	if d.Makefile == nil {
		return nil
	}
	var below []string
	for _, o := range d.Makefile.Objects() {
		if o.Kind == kbuild.Directory {
			below = append(below, path.Join(dir, o.Name))
		}
	}
	return below
}

// rustObjects returns what is built of sources of Rust by the Makefile of a directory.
func (r *Root) rustObjects(dir string) []check.BuiltObject {
	d := r.BuildDirectory(dir)
	if d.Makefile == nil {
		return nil
	}
	var all []check.BuiltObject
	var seen []string // an object in several lists is one with several ways
	for _, o := range d.Makefile.Objects() {
		if o.Kind != kbuild.File || slices.Contains(seen, o.Name) || !strings.Contains(o.Name, "/") && !d.files.rust {
			continue
		}
		sources := r.BuildSources(dir, o.Stem())
		if len(sources) == 0 || !strings.HasSuffix(sources[0], ".rs") {
			continue
		}
		seen = append(seen, o.Name)
		for _, p := range r.BuildPaths(dir, o.Name) {
			if r.allKnown(dir, p) {
				step := p.Steps[0]
				all = append(all, check.BuiltObject{
					Source: path.Join(dir, sources[0]), Place: r.buildPlace(d.Path, step.Start, step.End), Conditions: r.conditionsOf(p),
				})
			}
		}
	}
	return all
}

// givenFlags returns the flags that the Makefiles of a directory give to tools under
// some condition, without asking whether the tools know them.
func (r *Root) givenFlags(dir string) []check.GivenFlag {
	var all []check.GivenFlag
	for i, m := range r.makefilesIn(dir) {
		if i > 0 && dir != "" && !r.isArchDirectory(dir) {
			break // Kbuild reads one of the two
		}
		all = append(all, r.flagsIn(dir, m)...)
	}
	return all
}
