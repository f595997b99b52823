package analysis

import (
	"maps"
	"path/filepath"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// loading is a tree that is being loaded.
type loading struct {
	done chan struct{}
}

// singleDocument returns a document that belongs to no tree.
func singleDocument(fsys vfs.FS, settings *Settings, path string, version int32, text string) *Document {
	dialect, ok := settings.dialect()
	if !ok {
		dialect = parser.Linux(0, 0)
	}
	dir, name := "", path // a document that is no file goes by its URI
	if filepath.IsAbs(path) {
		dir, name = filepath.Dir(path), filepath.ToSlash(filepath.Base(path))
	}
	l := newLoader(fsys, dir, dialect, 1)
	f := l.parse(name, text)
	root := &Root{
		Dir: dir, Kconfig: f.Path, Dialect: dialect, Single: true,
		Sources:  menu.NewSources(l.symbols, l.paths, []*menu.File{f}),
		settings: settings, loader: l, views: newViewSet(), lines: &lineCache{},
		policy: check.NewPolicy(dialect, settings.Checks),
	}
	return &Document{Path: path, Version: version, single: root, file: f}
}

// Forget drops a tree that is no longer wanted, unless a document of it is open.
func (w *Workspace) Forget(dir string) {
	w.update(func(s *Snapshot) {
		for _, d := range s.documents {
			if d.single == nil && d.dir == dir {
				return
			}
		}
		s.roots = slices.DeleteFunc(slices.Clone(s.roots), func(r *Root) bool { return r.Dir == dir })
	})
}

// DiscoverFolder begins to load the tree that a folder of an editor belongs to.
func (w *Workspace) DiscoverFolder(dir string) { w.Discover(filepath.Clean(dir)) }

// Sweep looks for files of loaded trees that changed on disk since they were
// read, by their size and time. It reports whether there were any.
func (w *Workspace) Sweep() bool {
	var changed []string
	for _, root := range w.Snapshot().roots {
		for key, stamp := range root.loader.stamps() {
			path := root.loader.absolute(key)
			if now, ok := stampOf(w.fsys, path); !ok || now != stamp {
				changed = append(changed, path)
			}
		}
		changed = append(changed, root.build.changed(root)...)
		if readPolicy(w.fsys, root.Dir).differs(root.stated) {
			changed = append(changed, root.policyPath())
		}
	}
	return len(changed) > 0 && w.Files(changed)
}

// Discover begins to load the tree that a file or directory belongs to, unless
// it is loaded.
func (w *Workspace) Discover(path string) {
	if w.Snapshot().Root(path) == nil {
		w.discover(path)
	}
}

// discover is Discover for a path that may belong to another tree inside of a
// loaded one.
func (w *Workspace) discover(path string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.current.Load()
	if w.stopped() {
		return
	}
	// One tree is loaded after the other: most often the second file that is
	// opened belongs to the same tree as the first.
	before := s.pending
	job := &loading{done: make(chan struct{})}
	next := *s
	next.pending = job
	w.current.Store(&next)
	w.background(func() {
		if before != nil {
			<-before.done
		}
		w.load(path, job)
	})
}

// load finds and loads the tree of a path and publishes it: first what the
// default view reaches, then, after a walk, all the rest.
func (w *Workspace) load(path string, job *loading) {
	finished := false
	finish := func() {
		if finished {
			return
		}
		finished = true
		w.settle(job)
		if w.events.Changed != nil {
			w.events.Changed()
		}
	}
	defer finish()

	s := w.Snapshot()
	if w.stopped() || s.beingRead(path) {
		return
	}
	if !filepath.IsAbs(path) {
		return // no file: it does not belong to where the process happens to be
	}
	p, ok := locate(w.fsys, path)
	if !ok || s.rootAt(p.dir) != nil || p.alone && s.Root(path) != nil {
		return
	}
	progress := func(read, known int, done bool) {
		if w.events.Progress != nil {
			w.events.Progress(p.dir, read, known, done)
		}
	}
	progress(0, 1, false)
	root := w.read(p, progress)
	if root == nil {
		progress(0, 0, true)
		return // the root file vanished meanwhile
	}
	defer close(root.completing)
	finish()
	complete := root.completed(w.stopped)
	w.update(func(s *Snapshot) { s.complete(root, complete) })
	n := complete.Sources.Paths.Count()
	progress(n, n, true)
	if w.events.Changed != nil {
		w.events.Changed()
	}
}

// beingRead reports whether a tree that may hold the path is loaded, but not
// complete: then it is not known yet whether it does.
func (s *Snapshot) beingRead(path string) bool {
	root := s.Root(path)
	return root != nil && !root.Complete && !root.alone
}

// settle ends the waiting for a job that snapshots are pending on.
func (w *Workspace) settle(job *loading) {
	w.update(func(s *Snapshot) {
		if s.pending == job {
			s.pending = nil
		}
	})
	close(job.done)
}

// read reads what the default view of a project reaches, and publishes it. It
// returns nil if there is no root file.
func (w *Workspace) read(p project, progress func(read, known int, done bool)) *Root {
	w.reading.Lock()
	defer w.reading.Unlock()
	for {
		settings := w.Snapshot().settings
		root, err := loadRoot(w.fsys, p, settings, indexed, func(read, known int) { progress(read, known, false) })
		if err != nil {
			return nil
		}
		root.completing = make(chan struct{})
		adopted := false
		w.update(func(s *Snapshot) {
			if s.settings.readLike(settings) {
				s.adopt(root)
				adopted = true
			}
		})
		if adopted || w.stopped() {
			return root
		}
	}
}

// Load loads the tree that a path belongs to and returns when all of its files
// are known. It returns nil if the path belongs to no tree.
func Load(fsys vfs.FS, path string, settings Settings, progress func(read, known int)) (*Snapshot, *Root, error) {
	s := &Snapshot{settings: settings.clone(), documents: map[string]*Document{}}
	p, ok := locate(fsys, path)
	if !ok {
		return s, nil, nil
	}
	root, err := loadRoot(fsys, p, s.settings, indexed, progress)
	if err != nil {
		return nil, nil, err
	}
	s.setRoot(root.completed(func() bool { return false }))
	return s, s.roots[0], nil
}

// LoadView is like Load, but leaves out the files that the default view of the
// tree does not reach, and makes no index until something needs it. Values depend
// on neither.
func LoadView(fsys vfs.FS, path string, settings Settings, progress func(read, known int)) (*Snapshot, *Root, error) {
	s := &Snapshot{settings: settings.clone(), documents: map[string]*Document{}}
	p, ok := locate(fsys, path)
	if !ok {
		return s, nil, nil
	}
	root, err := loadRoot(fsys, p, s.settings, unindexed, progress)
	if err != nil {
		return nil, nil, err
	}
	s.setRoot(root)
	return s, root, nil
}

// LoadSingle returns a snapshot with one file that belongs to no tree.
func LoadSingle(fsys vfs.FS, path string, settings Settings) (*Snapshot, error) {
	text, _, err := fsys.ReadFile(path, maxFileSize)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{settings: settings.clone(), documents: map[string]*Document{}}
	s.documents[path] = singleDocument(fsys, s.settings, path, 0, text)
	return s, nil
}

// indexing says when to find out which files mention which symbols.
type indexing bool

const (
	unindexed indexing = false // when something asks
	indexed   indexing = true  // right away, in parallel
)

// loadRoot reads what the default view of a project reaches.
func loadRoot(fsys vfs.FS, p project, settings *Settings, with indexing, progress func(read, known int)) (*Root, error) {
	chosen, ok := settings.dialect()
	if ok {
		p.dialect = chosen
	}
	l := newLoader(fsys, p.dir, p.dialect, 2000)
	l.summarize = with == indexed
	first, err := l.Load(p.root)
	if err != nil {
		return nil, err
	}
	root := &Root{
		Dir: p.dir, Kconfig: p.root, Dialect: p.dialect,
		settings: settings, loader: l, views: newViewSet(), tools: newToolSet(), alone: p.alone,
		cycles: &cycleCache{}, lines: &lineCache{}, models: newModelCache(), judgements: &judgements{}, dotConfig: &dotConfig{}, build: newBuildFiles(), code: &codeCache{}, renames: &renameTable{},
	}
	root.setPolicy(readPolicy(fsys, p.dir))
	_, _, root.Version = linuxVersion(fsys, p.dir)
	root.archs = findArchs(l, first)
	root.leastRustc = leastRustc(l, root.archs)
	root.arch = defaultArch(l, settings, root.archs)
	l.prefetch(p.root, root.plainVariables(root.arch), settings.workers(), progress)
	if !p.known && !ok && p.dialect == parser.Linux(0, 0) && foreign(l) {
		p.dialect, _ = parser.DialectByName("generic")
		p.known = true // do not look again
		return loadRoot(fsys, p, settings, with, progress)
	}
	// Link before the index is made: it may load files that only macro
	// definitions lead to.
	view := menu.Link(first, root.variables(root.arch), l)
	root.views.views[root.arch] = resolved(view)
	root.Sources = menu.NewSources(l.symbols, l.paths, l.all())
	if with == indexed {
		root.Sources.Index()
	}
	return root, nil
}

// foreign reports whether the files of a project that is not known are written
// in another dialect than that of Linux: more than a few statements are known
// to others only.
func foreign(l *loader) bool {
	n := 0
	for _, f := range l.all() {
		for _, e := range f.Tree.Errors() {
			if e.Code == parser.CodeDialectKeyword || e.Code == parser.CodeObsoleteSyntax {
				n++
			}
		}
	}
	return n >= 3
}

func resolved(view *menu.View) *lazyView {
	lazy := &lazyView{view: view}
	lazy.once.Do(func() {})
	return lazy
}

// completed returns the tree with the files that its view does not reach: those
// of other architectures, and those that nothing includes.
func (r *Root) completed(stop func() bool) *Root {
	if r.alone {
		return r
	}
	found := r.loader.walk(stop)
	r.loader.prefetchAll(found, r.settings.workers())
	next := *r
	next.Sources = menu.NewSources(r.loader.symbols, r.loader.paths, r.loader.all())
	next.Sources.Index()
	next.Complete = !stop()
	return &next
}

// adopt adds a tree and moves the documents below its directory into it.
func (s *Snapshot) adopt(root *Root) {
	if s.rootAt(root.Dir) != nil {
		return
	}
	s.setRoot(root)
	s.documents = maps.Clone(s.documents)
	for path, d := range s.documents {
		if s.Root(path) == s.rootAt(root.Dir) {
			s.place(nil, path, d.Version, d.Text().Text(), d.kind())
		}
	}
}

// complete replaces a tree by its completed version, with what changed in the
// tree since it was before put in again.
func (s *Snapshot) complete(before, root *Root) {
	now := s.rootAt(root.Dir)
	if now == nil || now.loader != root.loader {
		return
	}
	next := *root
	next.arch, next.dotConfig = now.arch, now.dotConfig
	next.build, next.openMakefiles = now.build, now.openMakefiles
	if root.tools != now.tools {
		next.tools, next.views = now.tools, now.views
	}
	root = &next
	hold := true
	for f := range now.Sources.Files() {
		// One that was just being read again may be missing.
		if before.Sources.File(f.ID) != f || root.Sources.File(f.ID) == nil {
			hold = hold && root.Sources.File(f.ID) == f
			root = root.with(root.Sources.With(f), true)
		}
	}
	for f := range before.Sources.Files() {
		if now.Sources.File(f.ID) == nil {
			hold = false
			root = root.with(root.Sources.Without(f.ID), true)
		}
	}
	for _, d := range s.documents {
		if d.file != nil && d.single == nil && d.dir == root.Dir {
			hold = hold && root.Sources.File(d.file.ID) == d.file
			root = root.with(root.Sources.With(d.file), true)
		}
	}
	if !hold {
		root = root.with(root.Sources, false)
	}
	s.setRoot(root)
}
