package toolchain

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// program is an executable file as it was found.
type program struct {
	path     string // how it is called, which some programs heed
	resolved string // what it is, behind links
	size     int64
	modified time.Time
}

// errOutOfBounds is why a program is not run that is there.
var errOutOfBounds = errors.New("it is in the workspace, or its path is relative")

// searcher finds programs.
type searcher struct {
	path  []string // absolute directories outside of the workspace
	bad   []string // the others of PATH
	areas []string // the directories of the workspace, with and without links
}

// newSearcher returns what finds programs on a PATH, but not in the
// directories of a workspace.
func newSearcher(path string, workspace []string) *searcher {
	s := &searcher{}
	for _, dir := range workspace {
		if dir == "" {
			continue
		}
		dir = filepath.Clean(dir)
		s.areas = append(s.areas, dir)
		if resolved, err := filepath.EvalSymlinks(dir); err == nil && resolved != dir {
			s.areas = append(s.areas, resolved)
		}
	}
	for _, dir := range filepath.SplitList(path) {
		switch {
		case dir == "":
			s.bad = append(s.bad, ".")
		case !filepath.IsAbs(dir), s.inside(dir):
			s.bad = append(s.bad, dir)
		default:
			s.path = append(s.path, dir)
		}
	}
	return s
}

// list returns the PATH for those that are run.
func (s *searcher) list() string { return strings.Join(s.path, string(filepath.ListSeparator)) }

// inside reports whether a path is in the workspace, as it is written or
// behind links.
func (s *searcher) inside(path string) bool {
	path = filepath.Clean(path)
	resolved, err := filepath.EvalSymlinks(path)
	if err != nil {
		resolved = path
	}
	for _, area := range s.areas {
		if within(area, path) || within(area, resolved) {
			return true
		}
	}
	return false
}

// within reports whether a path is a directory or below it.
func within(dir, path string) bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		dir, path = strings.ToLower(dir), strings.ToLower(path)
	}
	rest, ok := strings.CutPrefix(path, dir)
	return ok && dir != "" && (rest == "" || os.IsPathSeparator(rest[0]) || os.IsPathSeparator(dir[len(dir)-1]))
}

// find returns the program of a name. There is none if the error is
// fs.ErrNotExist; the error is errOutOfBounds if there is one that must not be
// run.
func (s *searcher) find(name string) (program, error) {
	if strings.ContainsAny(name, `/\`) || strings.ContainsRune(name, filepath.Separator) {
		if !filepath.IsAbs(name) {
			return program{}, errOutOfBounds
		}
		return s.check(name)
	}
	out := false
	for _, dir := range s.path {
		p, err := s.check(filepath.Join(dir, name))
		if err == nil {
			return p, nil
		}
		out = out || errors.Is(err, errOutOfBounds)
	}
	for _, dir := range s.bad {
		for _, area := range s.areas {
			file := filepath.Join(area, dir, name)
			if filepath.IsAbs(dir) {
				file = filepath.Join(dir, name)
			}
			_, err := s.check(file)
			out = out || errors.Is(err, errOutOfBounds)
		}
	}
	if out {
		return program{}, errOutOfBounds
	}
	return program{}, fs.ErrNotExist
}

// check returns the program that a file is.
func (s *searcher) check(path string) (program, error) {
	if runtime.GOOS == "windows" && !strings.EqualFold(filepath.Ext(path), ".exe") {
		path += ".exe"
	}
	info, err := os.Stat(path)
	if err != nil || !isExecutable(info) {
		return program{}, fs.ErrNotExist
	}
	resolved, err := filepath.EvalSymlinks(path)
	if err != nil {
		return program{}, fs.ErrNotExist
	}
	if s.inside(path) {
		return program{}, errOutOfBounds
	}
	return program{path, resolved, info.Size(), info.ModTime()}, nil
}

// isExecutable reports whether a file can be run.
func isExecutable(info fs.FileInfo) bool {
	return info.Mode().IsRegular() && (runtime.GOOS == "windows" || info.Mode().Perm()&0o111 != 0)
}
