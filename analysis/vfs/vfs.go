// Package vfs is the one door through which the analysis reaches files. It
// exists so that nothing else in the analysis does IO, and so that tests can
// give it a tree in memory. It only reads.
package vfs

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"unsafe"
)

// FS reads files by absolute, cleaned paths of the operating system. It must
// be safe for concurrent use.
type FS interface {
	// ReadFile returns a file's text and its description as of just before it
	// was read. A file longer than limit bytes is not read; the error is then a
	// *TooLargeError.
	ReadFile(path string, limit int64) (string, fs.FileInfo, error)
	// Stat describes a file, following links.
	Stat(path string) (fs.FileInfo, error)
	// ReadDir lists a directory by name, without following links.
	ReadDir(path string) ([]fs.DirEntry, error)
}

// TooLargeError says that a file was not read because of its size.
type TooLargeError struct {
	Path        string
	Size, Limit int64 // in bytes
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%s is %d MiB long; files of more than %d MiB are not read", e.Path, e.Size>>20, e.Limit>>20)
}

// errNotRegular is the reason for not reading devices, pipes and the like, which
// could be read for ever.
var errNotRegular = errors.New("not a regular file")

// OS is the operating system's file system.
type OS struct{}

// ReadFile reads a regular file.
func (OS) ReadFile(path string, limit int64) (string, fs.FileInfo, error) {
	// Without O_NONBLOCK opening a pipe would wait for a writer.
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return "", nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", nil, err
	}
	if !info.Mode().IsRegular() {
		return "", nil, &fs.PathError{Op: "read", Path: path, Err: errNotRegular}
	}
	if info.Size() > limit {
		return "", nil, &TooLargeError{path, info.Size(), limit}
	}
	text, err := readAll(file, info.Size(), limit)
	if err != nil {
		return "", nil, err
	}
	if int64(len(text)) > limit { // it grew meanwhile
		return "", nil, &TooLargeError{path, int64(len(text)), limit}
	}
	return text, info, nil
}

// readAll reads a file of about the given size, up to one byte more than the
// limit. The size is a hint: files change while they are read, and some report
// none.
func readAll(file *os.File, size, limit int64) (string, error) {
	data := make([]byte, 0, size+1) // room to see the end
	for {
		n, err := file.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF || int64(len(data)) > limit {
			// Nobody else has the bytes, so they can be the string's: a copy
			// of every file of a tree is worth saving.
			return unsafe.String(unsafe.SliceData(data), len(data)), nil
		}
		if err != nil {
			return "", err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

// Stat describes a file, following links.
func (OS) Stat(path string) (fs.FileInfo, error) { return os.Stat(path) }

// ReadDir lists a directory.
func (OS) ReadDir(path string) ([]fs.DirEntry, error) { return os.ReadDir(path) }

// Exists reports whether there is a regular file at the path.
func Exists(fsys FS, path string) bool {
	info, err := fsys.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// Glob returns the regular files that match a pattern, in order. Patterns are
// those of path/filepath.Match, per path element; dir is prepended to a
// relative pattern.
func Glob(fsys FS, dir, pattern string) ([]string, error) {
	if _, err := filepath.Match(pattern, ""); err != nil {
		return nil, err
	}
	if !filepath.IsAbs(pattern) {
		pattern = filepath.Join(dir, pattern)
	}
	return glob(fsys, filepath.Clean(pattern)), nil
}

func glob(fsys FS, pattern string) []string {
	if !hasMeta(pattern) {
		if _, err := fsys.Stat(pattern); err != nil {
			return nil
		}
		return []string{pattern}
	}
	dir, element := filepath.Split(pattern)
	var matches []string
	for _, d := range glob(fsys, filepath.Clean(dir)) {
		entries, err := fsys.ReadDir(d)
		if err != nil {
			continue // no directory: nothing matches in it
		}
		for _, e := range entries {
			if ok, _ := filepath.Match(element, e.Name()); ok {
				matches = append(matches, filepath.Join(d, e.Name()))
			}
		}
	}
	return matches
}

func hasMeta(path string) bool {
	for i := range len(path) {
		switch path[i] {
		case '*', '?', '[':
			return true
		}
	}
	return false
}
