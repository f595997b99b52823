package analysis

import (
	"maps"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// Workspace takes in changes and publishes snapshots. Its methods may be called
// from any goroutine; changes take effect in the order in which they are made.
// Reading and linking trees happens in the background.
type Workspace struct {
	fsys    vfs.FS
	events  Events
	current atomic.Pointer[Snapshot]

	mu    sync.Mutex // held while a snapshot is replaced, never while files are read
	loads sync.WaitGroup
	stop  chan struct{}
	// reading is held from reading files until they are in a snapshot, so that
	// an older text never replaces a newer one. It is locked before mu.
	reading sync.Mutex
}

// Events tells an owner of a workspace what happens in the background. The
// functions may be nil, are called from any goroutine, and must return soon.
type Events struct {
	// Changed is called after a snapshot was published that no caller asked
	// for: a tree was loaded.
	Changed func()
	// Progress is called while a tree is loaded, with the tree's directory, how
	// many files were read and how many are known to be read in all so far;
	// done is true in the last call.
	Progress func(dir string, read, known int, done bool)
	// Panicked is called if work in the background failed unexpectedly. The
	// workspace goes on with what it had.
	Panicked func(value any, stack []byte)
}

// NewWorkspace returns a workspace without documents.
func NewWorkspace(fsys vfs.FS, settings Settings, events Events) *Workspace {
	w := &Workspace{fsys: fsys, events: events, stop: make(chan struct{})}
	w.current.Store(&Snapshot{settings: settings.clone(), documents: map[string]*Document{}})
	return w
}

// Close stops what runs in the background and waits for it.
func (w *Workspace) Close() {
	w.mu.Lock()
	if !w.stopped() {
		close(w.stop)
	}
	w.mu.Unlock()
	w.loads.Wait()
}

func (w *Workspace) stopped() bool {
	select {
	case <-w.stop:
		return true
	default:
		return false
	}
}

// background runs f in a goroutine that Close waits for. A panic in it must not
// end the process: other trees and documents are not touched by it.
func (w *Workspace) background(f func()) {
	w.loads.Add(1)
	go func() {
		defer w.loads.Done()
		defer func() {
			if value := recover(); value != nil && w.events.Panicked != nil {
				w.events.Panicked(value, debug.Stack())
			}
		}()
		f()
	}()
}

// Snapshot returns the current state.
func (w *Workspace) Snapshot() *Snapshot { return w.current.Load() }

// update replaces the current snapshot by what change makes of a copy of it.
func (w *Workspace) update(change func(*Snapshot)) *Snapshot {
	w.mu.Lock()
	defer w.mu.Unlock()
	next := *w.current.Load()
	change(&next)
	w.current.Store(&next)
	return &next
}

// Files tells the workspace that files changed on disk, and reads them. Open
// documents keep their text. It reports whether anything that the workspace
// knows changed.
func (w *Workspace) Files(paths []string) bool {
	w.reading.Lock()
	defer w.reading.Unlock()
	type reread struct {
		path string
		root *Root // as of before
		file *menu.File
	}
	var all []reread
	var stale []string
	policies := map[string]statedPolicy{} // by the directory of the tree; no edit waits for reading them
	s := w.Snapshot()
	for _, path := range paths {
		root := s.Root(path)
		if root != nil && root.isPolicy(path) {
			policies[root.Dir] = readPolicy(w.fsys, root.Dir)
		}
		if root != nil && root.build.stale(w.fsys, path, relativeTo(root.Dir, path)) {
			stale = append(stale, path)
		}
		if root == nil || s.documents[path] != nil || root.File(path) == nil && !IsKconfigName(path) {
			continue
		}
		key := relativeTo(root.Dir, path)
		root.loader.forget(key)
		f, err := root.loader.Load(key)
		if err != nil {
			f = nil
		}
		all = append(all, reread{path, root, f})
	}
	changed := false
	w.update(func(s *Snapshot) {
		for _, path := range stale {
			if root := s.Root(path); root != nil {
				next := *root
				next.build = root.build.without(relativeTo(root.Dir, path))
				s.setRoot(&next)
				changed = true
			}
		}
		for _, path := range paths {
			root := s.Root(path)
			switch {
			case root == nil:
			case path == root.loader.absolute(".config"):
				next := *root
				next.dotConfig = &dotConfig{}
				s.setRoot(&next)
				changed = true
			case isRenameFile(filepath.Base(path)):
				next := *root
				next.renames = &renameTable{}
				s.setRoot(&next)
				changed = true
			}
			if root := s.Root(path); root != nil && root.isPolicy(path) {
				next := *root
				next.lines = &lineCache{} // what was not looked for may be wanted now
				stated, ok := policies[root.Dir]
				if !ok { // a tree that was loaded meanwhile
					stated = readPolicy(w.fsys, root.Dir)
				}
				next.setPolicy(stated)
				s.setRoot(&next)
				changed = true
			}
		}
		for _, r := range all {
			root := s.rootAt(r.root.Dir)
			if root == nil || root.loader != r.root.loader || s.documents[r.path] != nil {
				continue // loaded anew, or opened, meanwhile
			}
			old := root.File(r.path)
			switch {
			case r.file != nil && (old == nil || old.Tree.Text() != r.file.Tree.Text()):
				s.setRoot(root.replaced(r.file))
				changed = true
			case r.file == nil && old != nil && old.Path != root.Kconfig:
				s.setRoot(root.with(root.Sources.Without(old.ID), false))
				changed = true
			}
		}
	})
	return changed
}

// SetArch makes an architecture the default view of the tree in dir. It
// reports false if the tree is not loaded or does not have it.
func (w *Workspace) SetArch(dir, arch string) bool {
	ok := false
	w.update(func(s *Snapshot) {
		root := s.rootAt(dir)
		if root == nil || !slices.Contains(root.archs, arch) {
			return
		}
		next := *root
		next.arch = arch
		s.setRoot(&next)
		ok = true
	})
	return ok
}

// AdoptTools publishes a tree that WithTools(arch, ...) made, with all that has
// changed since before, from which it was made. The view is linked before
// others see it. It returns the tree that was published, nil if it was loaded
// anew or dropped meanwhile.
func (w *Workspace) AdoptTools(before, next *Root, arch string) *Root {
	next.View(arch)
	var adopted *Root
	w.update(func(s *Snapshot) {
		now := s.rootAt(before.Dir)
		if now == nil || now.loader != before.loader {
			return
		}
		with := now.withTools(arch, next.Tools(arch))
		if now.views == before.views { // so does the view of next
			with.views.take(next.views, arch)
			with.models.take(next.models, arch)
		}
		s.setRoot(with)
		adopted = with
	})
	if adopted != nil {
		w.follow(adopted)
	}
	return adopted
}

// Unsaved reports whether the text of an open document of a tree differs from
// what is on disk.
func (s *Snapshot) Unsaved(root *Root) bool {
	for _, d := range s.documents {
		if d.single != nil || d.file == nil || d.dir != root.Dir {
			continue
		}
		text, _, err := root.loader.fsys.ReadFile(d.Path, maxFileSize)
		if err != nil || text != d.Tree().Text() {
			return true
		}
	}
	return false
}

// SetSettings replaces the settings. Loaded trees are loaded anew if what they
// are read by has changed.
func (w *Workspace) SetSettings(settings Settings) {
	var again []string
	w.update(func(s *Snapshot) {
		old := s.settings
		s.settings = settings.clone()
		if old.readLike(&settings) {
			return
		}
		for _, r := range s.roots {
			again = append(again, r.Dir)
		}
		s.roots = nil
		s.documents = maps.Clone(s.documents)
		for _, d := range s.documents {
			s.place(w.fsys, d.Path, d.Version, d.Text().Text(), d.kind())
			again = append(again, d.Path)
		}
	})
	for _, path := range again {
		w.Discover(path)
	}
}

// rootAt returns the loaded tree of a directory, nil if there is none.
func (s *Snapshot) rootAt(dir string) *Root {
	for _, r := range s.roots {
		if r.Dir == dir {
			return r
		}
	}
	return nil
}

// setRoot replaces or adds a tree.
func (s *Snapshot) setRoot(root *Root) {
	s.roots = slices.Clone(s.roots)
	for i, r := range s.roots {
		if r.Dir == root.Dir {
			s.roots[i] = root
			return
		}
	}
	s.roots = append(s.roots, root)
	slices.SortFunc(s.roots, func(a, b *Root) int { return strings.Compare(a.Dir, b.Dir) })
}

// workers returns how many files are read at the same time.
func (s *Settings) workers() int {
	if s.Workers > 0 {
		return s.Workers
	}
	return runtime.GOMAXPROCS(0)
}
