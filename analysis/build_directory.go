package analysis

import (
	"path"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
)

// BuildDirectory is a directory of a tree as Kbuild sees it.
type BuildDirectory struct {
	// Dir is the directory relative to that of the tree, with slashes, "" for the
	// top.
	Dir string
	// Path is the absolute path of the file that says what is built there: Kbuild,
	// or else Makefile, as kbuild-file in scripts/Kbuild.include has it. It is "" if
	// there is neither.
	Path string
	// Makefile is what that file says, nil if there is none. Of an open file it is
	// the text in the editor.
	Makefile *kbuild.Makefile

	files *directoryFiles
}

// BuildDirectory returns a directory of the tree, given relative to that of the
// tree, with slashes, "" for the top. For a Kconfig file it is the directory of
// menu.File.Path.
func (r *Root) BuildDirectory(dir string) BuildDirectory {
	if dir == "." {
		dir = ""
	}
	d := BuildDirectory{Dir: dir}
	if r.build == nil {
		return d // a single file
	}
	d.files = r.build.directory(r, dir)
	if files := r.makefilesIn(dir); len(files) > 0 {
		d.Path, d.Makefile = files[0].path, files[0].makefile
	}
	return d
}

// BuildSources returns the names of the source files that an object can be made of, in
// the order in which Kbuild's rules take them: of foo.o it is one or more of
// foo.c, foo.S and foo.rs that exist. A stem can have directories in it, as
// sub/foo, and is kbuild.Object.Stem.
func (r *Root) BuildSources(dir, stem string) []string {
	if r.build == nil {
		return nil
	}
	d := r.build.directory(r, directoryOf(path.Join(dir, stem)))
	var found []string
	for _, extension := range []string{".c", ".S", ".rs"} {
		if d.sources[path.Base(stem)+extension] {
			found = append(found, stem+extension)
		}
	}
	return found
}

// openedMakefile is a Makefile of a directory.
type openedMakefile struct {
	path     string // absolute
	makefile *kbuild.Makefile
}

// makefilesIn returns the Kbuild file and the Makefile of a directory, as far as
// they exist.
func (r *Root) makefilesIn(dir string) []openedMakefile {
	d := r.build.directory(r, dir)
	var found []openedMakefile
	for _, name := range []string{"Kbuild", "Makefile"} {
		relative := path.Join(dir, name)
		text := r.openMakefiles[relative]
		if i := slices.IndexFunc(d.makefiles, func(m makefileOnDisk) bool { return m.name == name }); text == nil && i >= 0 {
			text = d.makefiles[i].text
		}
		if text != nil {
			found = append(found, openedMakefile{r.loader.absolute(relative), text.makefile()})
		}
	}
	return found
}

// BuildStep is an object or directory in a Makefile.
type BuildStep struct {
	// Path is the absolute path of the Makefile.
	Path string
	kbuild.Object
}

// BuildPath is one way in which an object gets built: from the object over the
// composites that it is part of to its directory, and from there over the
// directories around it.
type BuildPath struct {
	Steps []BuildStep
	// Whole tells that the steps lead to the top of the tree. If not, it is not
	// known why Kbuild goes into the directory of the last step.
	Whole bool
}

// BuildCondition is something that must hold for an object to be built.
type BuildCondition struct {
	// Path is the absolute path of the Makefile that says so.
	Path string
	kbuild.Condition
}

// Location returns the place in the Makefile.
func (c *BuildCondition) Location() Location { return Location{c.Path, c.Start, c.End} }

// Conditions returns all that must hold on the path.
func (p BuildPath) Conditions() []BuildCondition {
	var found []BuildCondition
	for i := range p.Steps {
		step := &p.Steps[i]
		for _, c := range slices.Concat(step.Own, step.Around) {
			found = append(found, BuildCondition{step.Path, c})
		}
	}
	return found
}

// maxBuildPaths is how many ways to an object are told.
const maxBuildPaths = 32

// BuildPaths returns the ways in which an object of a directory gets built. The
// directory is given as for BuildDirectory, the name as in kbuild.Object. There
// is none if the Makefile beside it does not build it, or not by means that are
// understood.
func (r *Root) BuildPaths(dir, name string) []BuildPath {
	d := r.BuildDirectory(dir)
	if d.Makefile == nil {
		return nil
	}
	return joinPaths(buildPaths(d.Path, d.Makefile, name), r.directoryPaths(d.Dir))
}

// buildPaths returns the ways to an object within one Makefile.
func buildPaths(makefile string, m *kbuild.Makefile, name string) []BuildPath {
	var found []BuildPath
	for _, p := range m.Paths(name) {
		var steps []BuildStep
		for _, o := range p.Objects {
			steps = append(steps, BuildStep{makefile, o})
		}
		found = append(found, BuildPath{Steps: steps})
	}
	return found
}

// joinPaths returns each of the first paths with each of the further ones behind
// it.
func joinPaths(first, further []BuildPath) []BuildPath {
	var found []BuildPath
	for _, a := range first {
		for _, b := range further {
			if len(found) < maxBuildPaths {
				found = append(found, BuildPath{slices.Concat(a.Steps, b.Steps), b.Whole})
			}
		}
	}
	return found
}

// directoryPaths returns the ways in which Kbuild comes to a directory: one
// without steps if it is at the top, or if nothing is known.
func (r *Root) directoryPaths(dir string) []BuildPath {
	if path.IsAbs(dir) {
		return []BuildPath{{}} // a file that the tree includes from elsewhere
	}
	var around []string // the directory and those around it, outer ones first
	for at := dir; ; at = directoryOf(at) {
		around = append(around, at)
		if at == "" {
			break
		}
	}
	slices.Reverse(around)
	ways := make([][]BuildPath, len(around))
	for i, to := range around {
		if to == "" || r.isArchDirectory(to) {
			ways[i] = []BuildPath{{Whole: true}}
			continue
		}
		for k := i - 1; k >= 0; k-- { // the nearest first
			ways[i] = append(ways[i], joinPaths(r.entries(around[k], to), ways[k])...)
		}
		if len(ways[i]) == 0 {
			ways[i] = []BuildPath{{}}
		}
		ways[i] = ways[i][:min(len(ways[i]), maxBuildPaths)]
	}
	return ways[len(ways)-1]
}

// entries returns the ways in which the Makefiles of one directory go into another
// one below it.
func (r *Root) entries(from, to string) []BuildPath {
	below := strings.TrimPrefix(strings.TrimPrefix(to, from), "/") + "/"
	isArch := r.isArchDirectory(from)
	var found []BuildPath
	for i, m := range r.makefilesIn(from) {
		if i > 0 && from != "" && !isArch {
			break // Kbuild reads one of the two
		}
		found = append(found, buildPaths(m.path, m.makefile, below)...)
		if isArch { // the top Makefile includes it
			found = append(found, buildPaths(m.path, m.makefile, to+"/")...)
		}
	}
	return found
}

// isArchDirectory reports whether a directory is that of an architecture, which
// the build of each tree names by a variable.
func (r *Root) isArchDirectory(dir string) bool {
	arch, ok := strings.CutPrefix(dir, "arch/")
	return ok && slices.Contains(r.archs, arch)
}
