package git

import (
	"cmp"
	"context"
	"crypto/sha1" //nolint:gosec // it is what git names files by
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/policy"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// Revision is a file system in which the files of a repository are as they were at a
// revision. Kconfig files that it does not have are not there; other files that it does
// not have, such as a .config, are as they are now, and so is what a tree says of checks.
type Revision struct {
	now    vfs.FS
	top    string
	ids    map[string]string // of the files of the revision, by path relative to top
	dirs   map[string]map[string]bool
	blobs  *blobs
	cancel context.CancelFunc
}

var _ vfs.FS = (*Revision)(nil)

// Open returns a revision of the repository that a directory lies in. The name is what
// git takes; with "..." at its end it stands for the last commit that it and HEAD have in
// common. Close must be called when it is no longer needed.
func Open(ctx context.Context, now vfs.FS, dir, name string) (*Revision, error) {
	repo, err := open(ctx, dir)
	if err != nil {
		return nil, err
	}
	commit, err := repo.commit(ctx, name)
	if err != nil {
		return nil, err
	}
	r := &Revision{now: now, top: repo.top, dirs: map[string]map[string]bool{}}
	if r.ids, err = repo.files(ctx, commit); err != nil {
		return nil, err
	}
	for file := range r.ids {
		for name, isDir := file, false; name != "."; name, isDir = path.Dir(name), true {
			dir := path.Dir(name)
			if r.dirs[dir] == nil {
				r.dirs[dir] = map[string]bool{}
			}
			if _, known := r.dirs[dir][path.Base(name)]; known {
				break
			}
			r.dirs[dir][path.Base(name)] = isDir
		}
	}
	ctx, r.cancel = context.WithCancel(ctx)
	if r.blobs, err = repo.blobs(ctx); err != nil {
		r.cancel()
		return nil, err
	}
	return r, nil
}

// Close ends what was started for the revision.
func (r *Revision) Close() {
	r.blobs.close()
	r.cancel()
}

// relative returns the path of a file in the repository, false for one outside of it.
func (r *Revision) relative(file string) (string, bool) {
	rel, err := filepath.Rel(r.top, file)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// then returns the id of a file at the revision. It is hidden if it is there now and
// was not then.
func (r *Revision) then(file string) (id string, hidden bool) {
	rel, ok := r.relative(file)
	if !ok || path.Base(rel) == policy.Name {
		return "", false
	}
	id = r.ids[rel]
	return id, id == "" && r.dirs[rel] == nil && analysis.IsKconfigName(path.Base(rel))
}

func notThere(op, file string) error { return &fs.PathError{Op: op, Path: file, Err: fs.ErrNotExist} }

// ReadFile returns the text of a file at the revision.
func (r *Revision) ReadFile(file string, limit int64) (string, fs.FileInfo, error) {
	id, hidden := r.then(file)
	if hidden {
		return "", nil, notThere("open", file)
	}
	text, info, err := r.now.ReadFile(file, limit)
	if id == "" || err == nil && idOf(text, len(id)) == id {
		return text, info, err
	}
	if text, err = r.blobs.read(id, limit); err != nil {
		return "", nil, &fs.PathError{Op: "read", Path: file, Err: err}
	}
	return text, entry{filepath.Base(file), int64(len(text)), 0}, nil
}

// idOf returns the name that git has for a text, whose hash takes so many digits.
func idOf(text string, digits int) string {
	h := sha1.New() //nolint:gosec // see above
	if digits == sha256.Size*2 {
		h = sha256.New()
	}
	_, _ = h.Write([]byte("blob " + strconv.Itoa(len(text)) + "\x00" + text)) // it cannot fail
	return hex.EncodeToString(h.Sum(nil))
}

// Stat describes a file of the revision.
func (r *Revision) Stat(file string) (fs.FileInfo, error) {
	id, hidden := r.then(file)
	if hidden {
		return nil, notThere("stat", file)
	}
	info, err := r.now.Stat(file)
	if err == nil {
		return info, nil
	}
	if id != "" {
		return entry{filepath.Base(file), 0, 0}, nil
	}
	if rel, ok := r.relative(file); ok && r.dirs[rel] != nil {
		return entry{filepath.Base(file), 0, fs.ModeDir}, nil
	}
	return nil, err
}

// ReadDir lists a directory of the revision.
func (r *Revision) ReadDir(dir string) ([]fs.DirEntry, error) {
	rel, ok := r.relative(dir)
	if !ok || r.dirs[rel] == nil {
		return r.now.ReadDir(dir)
	}
	names := map[string]bool{}
	now, err := r.now.ReadDir(dir)
	if err != nil {
		now = nil // it is gone
	}
	var entries []fs.DirEntry
	for _, e := range now {
		if _, hidden := r.then(filepath.Join(dir, e.Name())); !hidden || e.IsDir() {
			entries = append(entries, e)
			names[e.Name()] = true
		}
	}
	for name, isDir := range r.dirs[rel] {
		if names[name] {
			continue
		}
		e := entry{name: name}
		if isDir {
			e.mode = fs.ModeDir
		}
		entries = append(entries, fs.FileInfoToDirEntry(e))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// entry describes a file of the revision.
type entry struct {
	name string
	size int64
	mode fs.FileMode
}

func (e entry) Name() string       { return e.name }
func (e entry) Size() int64        { return e.size }
func (e entry) Mode() fs.FileMode  { return e.mode }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) IsDir() bool        { return e.mode.IsDir() }
func (e entry) Sys() any           { return nil }
