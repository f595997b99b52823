// Package scan does what commands that name files and directories have in
// common: it finds the trees that these belong to, loads them, and collects
// what is wrong with the named parts. It is also the one place that writes to
// files of trees: fixes, formatted files and configurations.
package scan

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/inputs"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// AllArchs stands for every architecture of a tree.
const AllArchs = "all"

// Options are what the user has said.
type Options struct {
	FS vfs.FS
	// Dir is the absolute path of the working directory.
	Dir string
	// Arch is the architecture to look at, AllArchs for all, "" to find out.
	Arch string
	// BuildArch is the architecture that a build would take from the user's
	// environment. What a tree itself says goes before it.
	BuildArch string
	// Dialect is the name of the dialect, "" to find out.
	Dialect string
	// Environment and Answers tell about the build; see analysis.Settings.
	Environment map[string]string
	Answers     []inputs.Answer
	// Gates are symbols that stand for a language besides those that are found.
	Gates []string
	// Checks are which checks are looked for, and how severe they are. They go before
	// what a tree says.
	Checks check.Levels
	// UndefinedAllowed are names that may be used without being defined.
	UndefinedAllowed []string
	// Suppressed adds what somebody does not want, marked as such.
	Suppressed bool
	// WithoutHints leaves hints out of a check of a tree.
	WithoutHints bool
	// Deep adds to a check what takes a look at all configurations.
	Deep bool
	// Toolchain asks tools, nil to take no more than what Answers has.
	Toolchain *Toolchain
	// Progress is told how many files were read, of so many that are known so
	// far. It may be nil, and is called from any goroutine.
	Progress func(read, known int)
	// Note is told what the user should know besides the result. It may be nil.
	Note func(text string)

	// values returns what the .config that counts says, nil for that of the tree.
	values func(root *analysis.Root) map[string]string
}

// ForProject returns the options with what counts for a tree only if it has
// architectures.
func (o Options) ForProject(p analysis.Project) Options {
	if o.BuildArch == "" || o.Environment["ARCH"] != "" || o.Environment["SRCARCH"] != "" || len(analysis.ArchsOf(o.FS, p)) == 0 {
		return o
	}
	environment := map[string]string{"ARCH": o.BuildArch}
	maps.Copy(environment, o.Environment)
	o.Environment = environment
	return o
}

// Settings returns the settings for the tree in a directory.
func (o Options) Settings(dir string) analysis.Settings {
	s := analysis.Settings{
		Gates: o.Gates, Checks: o.Checks, UndefinedAllowed: o.UndefinedAllowed,
		Arch: o.Arch, Dialect: o.Dialect, Environment: o.Environment, WholeEnvironment: o.Environment != nil,
		Answers: inputs.Recorded(o.Answers, dir),
	}
	if o.Toolchain != nil {
		s.Tools = func(root *analysis.Root, arch string) *analysis.Tools { return o.Toolchain.of(o, root, arch) }
	}
	if s.Arch == AllArchs {
		s.Arch = ""
	}
	return s
}

// Path is a file or directory that the user named.
type Path struct {
	Name     string // as the user wrote it
	Absolute string
	IsDir    bool
	// Project is the tree that it belongs to, if InProject.
	Project   analysis.Project
	InProject bool
}

// Find looks up a path that the user named.
func (o Options) Find(name string) (Path, error) {
	if name == "" {
		return Path{}, errors.New("an empty path names no file: name a Kconfig file or a directory")
	}
	p := Path{Name: name, Absolute: filepath.Clean(name)}
	if !filepath.IsAbs(p.Absolute) {
		p.Absolute = filepath.Join(o.Dir, p.Absolute)
	}
	info, err := o.FS.Stat(p.Absolute)
	if err != nil {
		return Path{}, unreadable(name, err)
	}
	p.IsDir = info.IsDir()
	p.Project, p.InProject = analysis.Locate(o.FS, p.Absolute)
	return p, nil
}

// load loads the tree of a path.
func (o Options) load(p Path) (*analysis.Snapshot, *analysis.Root, error) {
	return o.loadBy(p, analysis.Load)
}

// loadView loads what a view of the tree of a path reaches.
func (o Options) loadView(p Path) (*analysis.Snapshot, *analysis.Root, error) {
	return o.loadBy(p, analysis.LoadView)
}

type loadFunction func(vfs.FS, string, analysis.Settings, func(read, known int)) (*analysis.Snapshot, *analysis.Root, error)

func (o Options) loadBy(p Path, load loadFunction) (*analysis.Snapshot, *analysis.Root, error) {
	if !p.InProject {
		return nil, nil, noTree(p)
	}
	o = o.ForProject(p.Project)
	s, root, err := load(o.FS, p.Absolute, o.Settings(p.Project.Dir), o.Progress)
	if err == nil && root == nil {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, nil, unreadable(filepath.Join(p.Project.Dir, filepath.FromSlash(p.Project.Kconfig)), err)
	}
	return s, root, nil
}

// noTree is the error about a path that belongs to no tree.
func noTree(p Path) error {
	if p.IsDir {
		return noKconfig(p)
	}
	return fmt.Errorf("%s belongs to no Kconfig tree: name a file or a directory of one", p.Name)
}

// archs returns the architectures to look at and the name for all of them.
func (o Options) archs(root *analysis.Root) (archs []string, name string, err error) {
	switch {
	case len(root.Archs()) == 0:
		if o.Arch != "" && o.Arch != AllArchs {
			o.note(root.Dir + " has no architectures: --arch " + o.Arch + " changes nothing")
		}
		return []string{""}, "", nil
	case o.Arch == AllArchs:
		return root.Archs(), AllArchs, nil
	case o.Arch == "":
		return []string{root.Arch()}, root.Arch(), nil
	}
	arch, ok := root.ArchNamed(o.Arch)
	if !ok {
		return nil, "", fmt.Errorf("--arch %s: %s has no such architecture; it has %s",
			o.Arch, root.Dir, strings.Join(root.Archs(), ", "))
	}
	return []string{arch}, arch, nil
}

// oneArch returns the architecture to look at, where it can be only one.
func (o Options) oneArch(root *analysis.Root, what string) (string, error) {
	if o.Arch == AllArchs {
		return "", fmt.Errorf("--arch %s: %s: name one of them", AllArchs, what)
	}
	archs, _, err := o.archs(root)
	if err != nil {
		return "", err
	}
	return archs[0], nil
}

func (o Options) note(text string) {
	if o.Note != nil {
		o.Note(text)
	}
}

// singleSettings returns the settings for a file that is looked at alone, in
// the dialect of the tree around it if there is one.
func (o Options) singleSettings(p Path) analysis.Settings {
	dir := filepath.Dir(p.Absolute)
	if p.InProject {
		dir = p.Project.Dir
		if o.Dialect == "" {
			o.Dialect = dialectName(p.Project.Dialect)
		}
	}
	return o.Settings(dir)
}

// single loads a file that is looked at alone.
func (o Options) single(p Path) (*analysis.Snapshot, error) {
	s, err := analysis.LoadSingle(o.FS, p.Absolute, o.singleSettings(p))
	if err != nil {
		return nil, unreadable(p.Name, err)
	}
	return s, nil
}

// dialectName returns the name by which settings know a dialect.
func dialectName(d parser.Dialect) string {
	if d.Version == "" {
		return d.Name
	}
	return d.Name + "-" + d.Version
}

// DialectNames returns the names of all dialects.
func DialectNames() []string {
	var names []string
	for _, d := range parser.Dialects() {
		names = append(names, dialectName(d))
	}
	return names
}

// ArchNames returns the architectures of the tree that a path belongs to.
func (o Options) ArchNames(name string) []string {
	p, err := o.Find(name)
	if err != nil || !p.InProject {
		return nil
	}
	return analysis.ArchsOf(o.FS, p.Project)
}

// unreadable words the error about a path that cannot be read: what, why, and
// what to do.
func unreadable(name string, err error) error {
	var large *vfs.TooLargeError
	var failed *fs.PathError
	switch {
	case errors.As(err, &large):
		return fmt.Errorf("%s is %d MiB long; files of more than %d MiB are not read: this is hardly a Kconfig file",
			name, large.Size>>20, large.Limit>>20)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s does not exist: name a Kconfig file, or a directory that has one", name)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s cannot be read: permission denied: make it readable, or leave it out", name)
	case errors.As(err, &failed):
		return fmt.Errorf("%s cannot be read: %w", name, failed.Err)
	}
	return fmt.Errorf("%s cannot be read: %w", name, err)
}

// disjoint returns the paths without those that lie below another one.
func disjoint(paths []Path) []Path {
	var kept []Path
	for i, p := range paths {
		covered := slices.ContainsFunc(paths[:i], func(o Path) bool { return below(o.Absolute, p.Absolute) }) ||
			slices.ContainsFunc(paths[i+1:], func(o Path) bool {
				return o.Absolute != p.Absolute && below(o.Absolute, p.Absolute)
			})
		if !covered {
			kept = append(kept, p)
		}
	}
	return kept
}

// below reports whether a path is a directory or lies in it.
func below(dir, path string) bool {
	rest, ok := strings.CutPrefix(path, dir)
	return ok && (rest == "" || rest[0] == filepath.Separator || strings.HasSuffix(dir, string(filepath.Separator)))
}
