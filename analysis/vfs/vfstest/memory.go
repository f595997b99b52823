// Package vfstest has a file system in memory for tests.
package vfstest

import (
	"io/fs"
	"path/filepath"
	"testing/fstest"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// Memory is a file system in memory for tests. Keys are absolute
// paths. It must not be changed while it is in use.
type Memory map[string]string

// ReadFile returns the text of a file.
func (m Memory) ReadFile(path string, limit int64) (string, fs.FileInfo, error) {
	text, ok := m[path]
	if !ok {
		return "", nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
	if int64(len(text)) > limit {
		return "", nil, &vfs.TooLargeError{Path: path, Size: int64(len(text)), Limit: limit}
	}
	info, err := m.Stat(path)
	return text, info, err
}

// Stat describes a file or directory.
func (m Memory) Stat(path string) (fs.FileInfo, error) { return m.fs().Stat(relative(path)) }

// ReadDir lists a directory.
func (m Memory) ReadDir(path string) ([]fs.DirEntry, error) { return m.fs().ReadDir(relative(path)) }

func (m Memory) fs() fstest.MapFS {
	files := make(fstest.MapFS, len(m))
	for path, text := range m {
		files[relative(path)] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// relative turns an absolute path into one of io/fs.
func relative(path string) string {
	path = filepath.ToSlash(path)[len(filepath.VolumeName(path)):]
	for len(path) > 0 && path[0] == '/' {
		path = path[1:]
	}
	if path == "" {
		return "."
	}
	return path
}
