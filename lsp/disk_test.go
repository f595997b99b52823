package lsp

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// disk is a file system in memory that changes while a server runs, is slow
// when a test wants it to be, and has faults.
type disk struct {
	mu    sync.Mutex
	files map[string]*diskFile // by absolute path
	dirs  map[string]map[string]fs.FileMode
	clock time.Time
	reads int // of files
	// gate, if set, lets each access pass only after a value was received from
	// it, or it was closed.
	gate chan struct{}
}

type diskFile struct {
	text     string
	modified time.Time
	size     int64 // told instead of the text's, if not 0
	err      error // instead of the text
}

func newDisk(files map[string]string) *disk {
	d := &disk{files: map[string]*diskFile{}, dirs: map[string]map[string]fs.FileMode{}, clock: time.Unix(1_700_000_000, 0)}
	for path, text := range files {
		d.write(path, text)
	}
	return d
}

// write creates or replaces a file.
func (d *disk) write(path, text string) { d.put(path, &diskFile{text: text}) }

func (d *disk) put(path string, f *diskFile) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.clock = d.clock.Add(time.Second)
	f.modified = d.clock
	d.files[path] = f
	mode := fs.FileMode(0)
	for path != filepath.Dir(path) {
		dir := filepath.Dir(path)
		if d.dirs[dir] == nil {
			d.dirs[dir] = map[string]fs.FileMode{}
		}
		d.dirs[dir][filepath.Base(path)] = mode
		path, mode = dir, fs.ModeDir
	}
}

func (d *disk) remove(path string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.files, path)
	delete(d.dirs[filepath.Dir(path)], filepath.Base(path))
}

func (d *disk) text(path string) (string, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.files[path]
	if f == nil {
		return "", false
	}
	return f.text, true
}

func (d *disk) pass() {
	if d.gate != nil {
		<-d.gate
	}
}

func (d *disk) ReadFile(path string, limit int64) (string, fs.FileInfo, error) {
	d.pass()
	info, err := d.stat(path)
	if err != nil {
		return "", nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.reads++
	f := d.files[path]
	switch {
	case f == nil:
		return "", nil, &fs.PathError{Op: "open", Path: path, Err: syscall.EISDIR}
	case f.err != nil:
		return "", nil, &fs.PathError{Op: "open", Path: path, Err: f.err}
	case info.Size() > limit:
		return "", nil, &vfs.TooLargeError{Path: path, Size: info.Size(), Limit: limit}
	}
	return f.text, info, nil
}

func (d *disk) Stat(path string) (fs.FileInfo, error) {
	d.pass()
	return d.stat(path)
}

func (d *disk) stat(path string) (fs.FileInfo, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if f := d.files[path]; f != nil {
		return fileInfo{filepath.Base(path), max(f.size, int64(len(f.text))), 0o666, f.modified}, nil
	}
	if _, ok := d.dirs[path]; ok {
		return fileInfo{filepath.Base(path), 0, fs.ModeDir | 0o777, d.clock}, nil
	}
	return nil, &fs.PathError{Op: "stat", Path: path, Err: os.ErrNotExist}
}

func (d *disk) ReadDir(path string) ([]fs.DirEntry, error) {
	d.pass()
	d.mu.Lock()
	defer d.mu.Unlock()
	dir, ok := d.dirs[path]
	if !ok {
		return nil, &fs.PathError{Op: "readdir", Path: path, Err: os.ErrNotExist}
	}
	var entries []fs.DirEntry
	for name, mode := range dir {
		entries = append(entries, fs.FileInfoToDirEntry(fileInfo{name, 0, mode, d.clock}))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

type fileInfo struct {
	name     string
	size     int64
	mode     fs.FileMode
	modified time.Time
}

func (i fileInfo) Name() string       { return i.name }
func (i fileInfo) Size() int64        { return i.size }
func (i fileInfo) Mode() fs.FileMode  { return i.mode }
func (i fileInfo) ModTime() time.Time { return i.modified }
func (i fileInfo) IsDir() bool        { return i.mode.IsDir() }
func (i fileInfo) Sys() any           { return nil }

var _ fs.FileInfo = fileInfo{}
var _ vfs.FS = (*disk)(nil)
