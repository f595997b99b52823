package analysis

import (
	"fmt"
	"maps"
	"path/filepath"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// ErrTooLarge is wrapped by the errors about texts that are not taken.
var ErrTooLarge = fmt.Errorf("files of more than %d MiB are not read", maxFileSize>>20)

// Open makes a file a document. If the file belongs to a tree that is not
// loaded yet, loading it begins. What is named as configurations are, or as
// code is, becomes that; see IsConfigName and IsCodeName.
func (w *Workspace) Open(path string, version int32, text string) error {
	return w.open(path, version, text, kindOf(path))
}

// OpenConfig is Open for a file that the editor takes for a configuration,
// whatever its name.
func (w *Workspace) OpenConfig(path string, version int32, text string) error {
	return w.open(path, version, text, documentKind{config: true})
}

// OpenCode is Open for a file that the editor takes for code in a language with
// the given name, for which IsCodeLanguage is true. What is named as Kconfig files
// or configurations are is taken for that nonetheless: editors take a Makefile.kconfig
// for a Makefile.
func (w *Workspace) OpenCode(path string, version int32, text, language string) error {
	if IsKconfigName(filepath.Base(path)) || IsConfigName(path) || IsCodeName(path) {
		return w.Open(path, version, text)
	}
	return w.open(path, version, text, documentKind{code: codeLanguage(language)})
}

func (w *Workspace) open(path string, version int32, text string, kind documentKind) error {
	if len(text) > maxFileSize {
		return fmt.Errorf("%s: %w", path, ErrTooLarge)
	}
	known := false // to the tree that would hold it, as far as that is read
	w.update(func(s *Snapshot) {
		root := s.Root(path)
		known = root != nil && root.File(path) != nil || s.beingRead(path)
		s.documents = maps.Clone(s.documents)
		s.place(w.fsys, path, version, text, kind)
	})
	if !known {
		// A new file of a loaded tree, or one of a project inside of it.
		w.discover(path)
	}
	return nil
}

// place puts a document in the tree that holds it, or makes it a single file. A
// file that the tree includes is neither a configuration nor code, whatever its
// name.
func (s *Snapshot) place(fsys vfs.FS, path string, version int32, text string, kind documentKind) {
	root := s.Root(path)
	if kind != (documentKind{}) && (root == nil || root.File(path) == nil) {
		if kind.config {
			s.documents[path] = configDocument(root, path, version, text)
			return
		}
		d := codeDocument(root, path, version, newCodeText(text, kind.code))
		s.documents[path] = d
		s.setMakefile(d)
		return
	}
	if root != nil {
		key := relativeTo(root.Dir, path)
		f := root.loader.parse(key, text)
		s.documents[path] = &Document{Path: path, Version: version, file: f, dir: root.Dir}
		s.setRoot(root.replaced(f))
		return
	}
	s.documents[path] = singleDocument(fsys, s.settings, path, version, text)
}

// replaced returns the tree with a whole file replaced or added.
func (r *Root) replaced(f *menu.File) *Root {
	old := r.Sources.File(f.ID)
	return r.with(r.Sources.With(f), old != nil && menu.SameLinks(old, f))
}

// Edit is a replacement of the bytes [Start, End) by a text.
type Edit struct {
	Start, End int
	Text       string
}

// Change applies edits to a document, each to the text that the one before it
// left: edits is called with that until it reports false. The document has the given
// version then, whatever it had before. One that is not open is left alone.
func (w *Workspace) Change(path string, version int32, edits func(Text) (Edit, bool)) {
	var before *Root
	after := w.update(func(s *Snapshot) {
		d := s.documents[path]
		if d == nil {
			return
		}
		before = s.rootAt(d.dir)
		next := *d
		next.Version = version
		for {
			edit, more := edits(next.Text())
			if !more {
				break
			}
			s.edit(&next, edit)
		}
		s.documents = maps.Clone(s.documents)
		s.documents[path] = &next
	})
	if before != nil {
		if root := after.rootAt(before.Dir); root.views != before.views {
			w.follow(root)
		}
	}
}

// follow links the default view of a tree in the background after its source
// statements have changed, and adds the files that they newly lead to.
func (w *Workspace) follow(root *Root) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stopped() {
		return
	}
	w.background(func() {
		view := root.View(root.arch)
		added := false
		w.update(func(s *Snapshot) {
			now := s.rootAt(root.Dir)
			if now == nil || now.views != root.views {
				return // it has changed again
			}
			for id := range view.Files() {
				if now.Sources.File(id) != nil {
					continue
				}
				if f, err := now.loader.Load(now.Sources.Paths.String(uint32(id))); err == nil {
					now = now.with(now.Sources.With(f), true)
					added = true
				}
			}
			if added {
				s.setRoot(now)
			}
		})
		if added && w.events.Changed != nil {
			w.events.Changed()
		}
	})
}

// edit applies one edit to a document and to the tree that holds it.
func (s *Snapshot) edit(d *Document, e Edit) {
	if d.config != nil {
		d.config = d.config.edit(e)
		return
	}
	if d.code != nil {
		d.code = d.code.edit(e)
		s.setMakefile(d)
		return
	}
	root := d.single
	if root == nil {
		root = s.rootAt(d.dir)
	}
	tree, change := d.file.Tree.Edit(e.Start, e.End, e.Text)
	d.file = d.file.Edit(tree, change)
	root = root.with(root.Sources.WithEdit(d.file, change))
	if d.single != nil {
		d.single = root
		return
	}
	s.setRoot(root)
}

// CloseDocument makes the text on disk count again. It is read in the
// background; who asks for a settled snapshot waits for it.
func (w *Workspace) CloseDocument(path string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	next := *w.current.Load()
	d := next.documents[path]
	if d == nil {
		return
	}
	next.documents = maps.Clone(next.documents)
	delete(next.documents, path)
	if d.code != nil {
		if root := next.rootAt(d.dir); root != nil && root.openMakefiles[relativeTo(root.Dir, path)] != nil {
			next.setRoot(root.withMakefile(path, nil))
		}
	}
	if d.single != nil || d.file == nil || w.stopped() {
		w.current.Store(&next)
		return
	}
	before := next.pending
	job := &loading{done: make(chan struct{})}
	next.pending = job
	w.current.Store(&next)
	w.background(func() {
		changed := false
		defer func() {
			w.settle(job)
			if changed && w.events.Changed != nil {
				w.events.Changed()
			}
		}()
		if before != nil {
			<-before.done
		}
		changed = w.Files([]string{path})
	})
}
