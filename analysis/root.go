package analysis

import (
	"maps"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/policy"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Root is one Kconfig tree: its files and the views of them. It never changes.
type Root struct {
	// Dir is the absolute path of the tree's top directory.
	Dir string
	// Kconfig is the root file, relative to Dir, with slashes.
	Kconfig string
	// Dialect is the variant of the language that the tree is written in.
	Dialect parser.Dialect
	// Sources are the tree's files.
	Sources *menu.Sources
	// Complete tells that files which no view reaches are in Sources too, so
	// that what is not there does not exist.
	Complete bool
	// Single tells that this is one file outside of any tree.
	Single bool
	// Version is the version of the project, "" if it is not known.
	Version string

	settings *Settings
	arch     string // of the default view, "" in trees without architectures
	archs    []string
	loader   *loader
	views    *viewSet
	tools    *toolSet
	alone    bool // see project.alone
	cycles   *cycleCache
	lines    *lineCache
	policy   *check.Policy
	// stated is what the tree says of checks, nil if it says nothing.
	stated *policy.Policy
	// allowed and forbidden are Settings.UndefinedAllowed and Settings.Forbidden, and what
	// the tree says of that itself.
	allowed, forbidden map[string]bool
	models             *modelCache
	// judgements and dotConfig are about configurations of the tree.
	judgements *judgements
	dotConfig  *dotConfig
	// leastRustc is the oldest rustc that the tree can be built with, see leastRustc.
	leastRustc int
	// build is what the tree's Makefiles on disk say, openMakefiles are those that
	// are open, by path relative to Dir. A single file has none.
	build         *buildFiles
	code          *codeCache
	renames       *renameTable
	openMakefiles map[string]*codeText
	// completing is closed when the tree is complete, or never will be.
	completing chan struct{}
}

// viewSet holds the views of a tree that were asked for. It is shared by all
// versions of the tree that have the same source statements.
type viewSet struct {
	mu    sync.Mutex
	views map[string]*lazyView
}

type lazyView struct {
	once sync.Once
	view *menu.View
}

func newViewSet() *viewSet { return &viewSet{views: map[string]*lazyView{}} }

// take takes over the view of an architecture.
func (v *viewSet) take(from *viewSet, arch string) {
	from.mu.Lock()
	view := from.views[arch]
	from.mu.Unlock()
	v.mu.Lock()
	defer v.mu.Unlock()
	v.views[arch] = view
}

// toolSet holds what is known of tools, by architecture. It is shared by all
// versions of the tree that know the same.
type toolSet struct {
	mu    sync.Mutex
	known map[string]func() *Tools
}

func newToolSet() *toolSet { return &toolSet{known: map[string]func() *Tools{}} }

// Tools returns what is known of the tools that the architecture's view asks,
// nil for nothing.
func (r *Root) Tools(arch string) *Tools {
	if r.tools == nil || r.settings.Tools == nil {
		return nil
	}
	r.tools.mu.Lock()
	known := r.tools.known[arch]
	if known == nil {
		known = sync.OnceValue(func() *Tools { return r.settings.Tools(r, arch) })
		r.tools.known[arch] = known
	}
	r.tools.mu.Unlock()
	return known()
}

// WithTools returns the tree with other knowledge of the tools that an
// architecture's view asks. That view and its model are made when somebody
// asks; the others are kept.
func (r *Root) WithTools(arch string, tools *Tools) *Root {
	next := r.withTools(arch, tools)
	next.models = r.models.without(arch)
	return next
}

// withTools is WithTools with the models that were made so far.
func (r *Root) withTools(arch string, tools *Tools) *Root {
	next := *r
	next.tools, next.views = newToolSet(), newViewSet()
	r.tools.mu.Lock()
	maps.Copy(next.tools.known, r.tools.known)
	r.tools.mu.Unlock()
	next.tools.known[arch] = func() *Tools { return tools }
	r.views.mu.Lock()
	maps.Copy(next.views.views, r.views.views)
	r.views.mu.Unlock()
	delete(next.views.views, arch)
	return &next
}

// Arch returns the architecture of the default view, "" if the tree has none.
func (r *Root) Arch() string { return r.arch }

// Archs returns the architectures that the tree has views for, sorted.
func (r *Root) Archs() []string { return r.archs }

// View returns the tree as the architecture sees it. The first call for an
// architecture follows its source statements.
func (r *Root) View(arch string) *menu.View {
	r.views.mu.Lock()
	lazy := r.views.views[arch]
	if lazy == nil {
		lazy = &lazyView{}
		r.views.views[arch] = lazy
	}
	r.views.mu.Unlock()
	lazy.once.Do(func() {
		root := r.Sources.FileByPath(r.Kconfig)
		lazy.view = menu.Link(root, r.variables(arch), r.viewLoader())
	})
	return lazy.view
}

// viewLoader gives a view the files of Sources before those on disk.
func (r *Root) viewLoader() menu.Loader {
	if r.Single {
		return singleLoader{r.loader}
	}
	return sourcesLoader{r.Sources, r.loader}
}

// sourcesLoader prefers the files of a snapshot to what the loader has read.
type sourcesLoader struct {
	sources *menu.Sources
	*loader
}

func (l sourcesLoader) Load(target string) (*menu.File, error) {
	if f := l.sources.FileByPath(l.key(target)); f != nil {
		return f, nil
	}
	return l.loader.Load(target)
}

// singleLoader follows nothing: what a single file includes is not known.
type singleLoader struct{ *loader }

func (singleLoader) Load(string) (*menu.File, error) { return nil, menu.ErrNotFollowed }
func (singleLoader) Glob(string) []string            { return nil }

// with returns the tree with other sources. Views are kept if they hold.
func (r *Root) with(sources *menu.Sources, viewsHold bool) *Root {
	next := *r
	next.Sources = sources
	if !viewsHold {
		next.views = newViewSet()
	}
	return &next
}

// Path returns the absolute path of a file of the tree.
func (r *Root) Path(f *menu.File) string { return absoluteIn(r.Dir, f.Path) }

// File returns the file with the absolute path, nil if the tree has none.
func (r *Root) File(absolute string) *menu.File {
	return r.Sources.FileByPath(relativeTo(r.Dir, absolute))
}

// contains reports whether the absolute path lies in the tree's directory. What is no
// such path, as that of a document that is not saved yet, lies in none.
func (r *Root) contains(absolute string) bool {
	return !r.Single && filepath.IsAbs(absolute) == filepath.IsAbs(r.Dir) && !filepath.IsAbs(filepath.FromSlash(relativeTo(r.Dir, absolute)))
}

// findArchs returns the directories below arch/ that have a Kconfig file, for
// trees that include one of them by a variable, as Linux does in arch/Kconfig.
func findArchs(l *loader, root *menu.File) []string {
	files := []*menu.File{root}
	if f, err := l.Load("arch/Kconfig"); err == nil {
		files = append(files, f)
	}
	for _, f := range files {
		for st := range f.Sources() {
			if text := st.Text(); !strings.Contains(text, "arch/$(SRCARCH)/") && !strings.Contains(text, "arch/$(ARCH)/") &&
				!strings.Contains(text, "arch/$SRCARCH/") && !strings.Contains(text, "arch/$ARCH/") {
				continue
			}
			var archs []string
			for _, match := range l.Glob("arch/*/Kconfig") {
				archs = append(archs, strings.Split(match, "/")[1])
			}
			sort.Strings(archs)
			return archs
		}
	}
	return nil
}

// defaultArch returns the architecture of a tree's default view: that of the
// settings, of the tree's .config, of the environment, or of this machine.
func defaultArch(l *loader, s *Settings, archs []string) string {
	if len(archs) == 0 {
		return ""
	}
	has := func(arch string) bool {
		i := sort.SearchStrings(archs, arch)
		return i < len(archs) && archs[i] == arch
	}
	for _, candidate := range []string{
		s.Arch,
		configArch(l),
		s.Environment["SRCARCH"],
		s.Environment["ARCH"],
		runtime.GOARCH,
	} {
		if arch := sourceArch(candidate); has(arch) {
			return arch
		}
	}
	for _, arch := range []string{"x86", "arm64"} {
		if has(arch) {
			return arch
		}
	}
	return archs[0]
}

// sourceArch turns a name of an architecture, as Kbuild's ARCH or Go's GOARCH
// have it, into the name of its directory.
func sourceArch(name string) string {
	switch name {
	case "i386", "x86_64", "amd64", "386":
		return "x86"
	case "sparc32", "sparc64":
		return "sparc"
	case "parisc64":
		return "parisc"
	case "riscv32", "riscv64":
		return "riscv"
	case "s390x":
		return "s390"
	case "ppc64", "ppc64le", "ppc":
		return "powerpc"
	case "loong64", "loongarch64":
		return "loongarch"
	case "mipsle", "mips64", "mips64le":
		return "mips"
	case "aarch64":
		return "arm64"
	}
	return name
}

// configArch reads the architecture from the title line of the tree's .config,
// such as "# Linux/x86 6.12.0 Kernel Configuration".
func configArch(l *loader) string {
	text, _, err := l.fsys.ReadFile(l.absolute(".config"), maxFileSize)
	if err != nil {
		return ""
	}
	return titleArch(text)
}
