package analysis

import (
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// buildFiles remembers the directories of a tree as Kbuild sees them. All versions
// of a tree share it until something changes on disk.
type buildFiles struct {
	mu          sync.Mutex
	directories map[string]*directoryFiles // by path relative to the tree's
}

func newBuildFiles() *buildFiles {
	return &buildFiles{directories: map[string]*directoryFiles{}}
}

// directoryFiles are the files of one directory on disk that Kbuild cares about.
type directoryFiles struct {
	once sync.Once
	// What follows is set with the mutex of buildFiles held: others look at all
	// directories while one is being read.
	read      bool
	makefiles []makefileOnDisk // Kbuild before Makefile
	sources   map[string]bool  // by name
	rust      bool             // whether some of them are in Rust
	stamp     stamp            // of the directory, as of just before it was read
}

type makefileOnDisk struct {
	name  string
	text  *codeText
	stamp stamp
}

// isSourceName reports whether Kbuild makes an object of a file.
func isSourceName(name string) bool {
	switch path.Ext(name) {
	case ".c", ".S", ".rs":
		return true
	}
	return false
}

// directory returns the files of a directory, and reads them first if nobody has
// asked before.
func (b *buildFiles) directory(r *Root, dir string) *directoryFiles {
	b.mu.Lock()
	d := b.directories[dir]
	if d == nil {
		d = &directoryFiles{}
		b.directories[dir] = d
	}
	b.mu.Unlock()
	d.once.Do(func() {
		var read directoryFiles
		read.readFrom(r.loader.fsys, r.loader.absolute(dir))
		b.mu.Lock()
		defer b.mu.Unlock()
		d.read, d.makefiles, d.sources, d.rust, d.stamp = true, read.makefiles, read.sources, read.rust, read.stamp
	})
	return d
}

func (d *directoryFiles) readFrom(fsys vfs.FS, dir string) {
	d.stamp, _ = stampOf(fsys, dir)
	entries, err := fsys.ReadDir(dir)
	if err != nil {
		return // there is no such directory: nothing is built there
	}
	d.sources = map[string]bool{}
	for _, e := range entries {
		name := e.Name()
		switch {
		case isSourceName(name):
			d.sources[name] = true
			d.rust = d.rust || path.Ext(name) == ".rs"
		case isMakefileName(name):
			if text, info, err := fsys.ReadFile(filepath.Join(dir, name), maxFileSize); err == nil {
				d.makefiles = append(d.makefiles, makefileOnDisk{name, newCodeText(text, kbuild.Make), stamp{info.Size(), info.ModTime()}})
			}
		}
	}
	slices.SortFunc(d.makefiles, func(a, b makefileOnDisk) int { return strings.Compare(a.name, b.name) })
}

// text returns the text of a Makefile on disk if it was read, nil else.
func (b *buildFiles) text(relative string) Text {
	if !isMakefileName(path.Base(relative)) {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if d := b.directories[directoryOf(relative)]; d != nil {
		for _, m := range d.makefiles {
			if m.name == path.Base(relative) {
				return m.text
			}
		}
	}
	return nil
}

// stale reports whether what is remembered does not hold any longer, after a file
// on disk has changed, come or gone.
func (b *buildFiles) stale(fsys vfs.FS, absolute, relative string) bool {
	b.mu.Lock()
	d := b.directories[directoryOf(relative)]
	known := d != nil && d.read
	had := known && d.sources[path.Base(relative)]
	b.mu.Unlock()
	switch name := path.Base(relative); {
	case !known:
		return false
	case isMakefileName(name):
		return true
	case isSourceName(name):
		return had != vfs.Exists(fsys, absolute)
	}
	return false
}

// without returns what is remembered of other directories than that of a file.
func (b *buildFiles) without(relative string) *buildFiles {
	b.mu.Lock()
	defer b.mu.Unlock()
	next := &buildFiles{directories: maps.Clone(b.directories)}
	delete(next.directories, directoryOf(relative))
	return next
}

// changed returns Makefiles, as absolute paths, that may no longer be on disk as
// they were read.
func (b *buildFiles) changed(r *Root) []string {
	type known struct {
		dir   string
		stamp stamp
		files []makefileOnDisk
	}
	var all []known
	b.mu.Lock()
	for dir, d := range b.directories {
		if d.read {
			all = append(all, known{dir, d.stamp, d.makefiles})
		}
	}
	b.mu.Unlock()
	var found []string
	for _, k := range all {
		dir := r.loader.absolute(k.dir)
		now, _ := stampOf(r.loader.fsys, dir)
		same := now == k.stamp
		for _, m := range k.files {
			now, _ := stampOf(r.loader.fsys, filepath.Join(dir, m.name))
			same = same && now == m.stamp
		}
		if !same {
			found = append(found, filepath.Join(dir, "Makefile"))
		}
	}
	return found
}

// directoryOf returns the directory of a file, "" for the top of the tree.
func directoryOf(relative string) string {
	if dir := path.Dir(relative); dir != "." {
		return dir
	}
	return ""
}

// withMakefile returns the tree with the text of an open Makefile, or, with nil,
// with the one on disk.
func (r *Root) withMakefile(absolute string, text *codeText) *Root {
	relative := relativeTo(r.Dir, absolute)
	next := *r
	next.openMakefiles = maps.Clone(r.openMakefiles)
	if text == nil {
		delete(next.openMakefiles, relative)
		next.build = r.build.without(relative)
		return &next
	}
	if next.openMakefiles == nil {
		next.openMakefiles = map[string]*codeText{}
	}
	next.openMakefiles[relative] = text
	return &next
}
