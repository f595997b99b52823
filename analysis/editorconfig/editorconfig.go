// Package editorconfig reads what .editorconfig files say of a file: those beside
// it and in the directories above, up to the one that says that it is the root. It
// follows the specification, version 0.17, and reads through package vfs only.
package editorconfig

import (
	"maps"
	"path/filepath"
	"strings"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// Name is what the files are called.
const Name = ".editorconfig"

// maxSize is how long a file may be, in bytes; longer ones are as if they were not
// there.
const maxSize = 1 << 20

// Properties are what was said of a file, by keys in lower case. Values are in lower
// case, too: those that have a meaning are.
type Properties map[string]string

// Reader reads the properties of files. It keeps what it has read for as long as it
// lives, and may be used from any number of goroutines.
type Reader struct {
	fsys vfs.FS

	mu    sync.Mutex
	files map[string]*file // by directory, nil where there is none
}

// NewReader returns a reader that has read nothing.
func NewReader(fsys vfs.FS) *Reader {
	return &Reader{fsys: fsys, files: map[string]*file{}}
}

// Properties returns what is said of the file with an absolute path. The file itself
// need not exist. Files that cannot be read say nothing.
func (r *Reader) Properties(path string) Properties {
	var found []*file // from the innermost outwards
	var dirs []string
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if f := r.file(dir); f != nil {
			found, dirs = append(found, f), append(dirs, dir)
			if f.root {
				break
			}
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	properties := Properties{}
	for i := len(found) - 1; i >= 0; i-- {
		name, err := filepath.Rel(dirs[i], path)
		if err != nil {
			continue
		}
		name = filepath.ToSlash(name)
		for _, s := range found[i].sections {
			if s.match(name) {
				maps.Copy(properties, s.properties)
			}
		}
	}
	maps.DeleteFunc(properties, func(_, value string) bool { return value == "unset" })
	return properties
}

// file returns the file in a directory, nil if there is none.
func (r *Reader) file(dir string) *file {
	r.mu.Lock()
	defer r.mu.Unlock()
	f, known := r.files[dir]
	if !known {
		if text, _, err := r.fsys.ReadFile(filepath.Join(dir, Name), maxSize); err == nil {
			f = parse(text)
		}
		r.files[dir] = f
	}
	return f
}

// file is one file.
type file struct {
	root     bool
	sections []section // in order
}

// section is what a file says of the files that match a pattern.
type section struct {
	pattern
	properties Properties
}

// parse reads the text of a file. Lines that cannot be read are as if they were not
// there, as the specification wants it.
func parse(text string) *file {
	f := &file{}
	current := Properties{} // what stands before the first section
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#' || line[0] == ';':
		case line[0] == '[' && line[len(line)-1] == ']':
			current = Properties{}
			f.sections = append(f.sections, section{newPattern(line[1 : len(line)-1]), current})
		default:
			key, value, ok := strings.Cut(line, "=")
			if key = strings.ToLower(strings.TrimSpace(key)); !ok || key == "" {
				continue
			}
			value = strings.ToLower(strings.TrimSpace(value))
			if len(f.sections) == 0 && key == "root" {
				f.root = value == "true"
			}
			current[key] = value
		}
	}
	return f
}
