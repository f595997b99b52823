// Package git looks at a revision of the repository that a tree lies in.
//
// It runs the user's git, which is not looked up in the repository, and only to read
// objects: neither the index nor the files are looked at by git, no filter, hook, pager
// or helper that the repository's own configuration names is run, and nothing is fetched.
// It is the only package of the commands that starts processes.
package git

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// ErrMissing is the error about a machine without git.
var ErrMissing = errors.New("git is not found in PATH, and revisions cannot be looked at without it: install it, or leave out --diff")

// repository is a repository as the user's git sees it.
type repository struct {
	git string // the absolute path of the program
	dir string // where it runs
	// top is the absolute path of the working tree.
	top string
}

// open finds the repository that a directory lies in.
func open(ctx context.Context, dir string) (*repository, error) {
	r := &repository{dir: dir}
	var err error
	if r.git, err = find(os.Getenv("PATH"), dir); err != nil {
		return nil, err
	}
	prefix, err := r.output(ctx, "rev-parse", "--show-prefix")
	if err != nil {
		return nil, err
	}
	// The place of the repository is told by the path below it, for what git calls the
	// top has its links resolved.
	r.top = dir
	for range strings.Count(strings.TrimSuffix(prefix, "\n"), "/") {
		r.top = filepath.Dir(r.top)
	}
	if inside, err := find(os.Getenv("PATH"), r.top); err != nil || inside != r.git {
		return nil, ErrMissing // it lies in the repository itself
	}
	return r, nil
}

// find returns the first git of a list of directories that are absolute and do not lie
// in a directory.
func find(list, outside string) (string, error) {
	for _, dir := range filepath.SplitList(list) {
		if !filepath.IsAbs(dir) {
			continue
		}
		path, err := exec.LookPath(filepath.Join(dir, "git"))
		if err == nil && !below(outside, path) {
			return path, nil
		}
	}
	return "", ErrMissing
}

// below reports whether a file lies in a directory, links resolved.
func below(dir, file string) bool {
	for _, path := range []string{file, resolved(file)} {
		for _, top := range []string{dir, resolved(dir)} {
			if rel, err := filepath.Rel(top, path); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
				return true
			}
		}
	}
	return false
}

func resolved(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// command returns git with arguments that read objects.
func (r *repository) command(ctx context.Context, args ...string) *exec.Cmd {
	args = append([]string{
		"--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs",
		"-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull, "-c", "core.pager=cat",
	}, args...)
	c := exec.CommandContext(ctx, r.git, args...)
	c.Dir = r.dir
	// What is missing in a partial clone is not fetched: a remote is a command, in
	// the end. Older versions only know that no protocol is allowed.
	c.Env = append(os.Environ(), "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")
	return c
}

// output returns what git prints.
func (r *repository) output(ctx context.Context, args ...string) (string, error) {
	c := r.command(ctx, args...)
	var message bytes.Buffer
	c.Stderr = &message
	out, err := c.Output()
	if err == nil {
		return string(out), nil
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if text := strings.TrimSpace(message.String()); text != "" {
		text, _, _ = strings.Cut(text, "\n")
		return "", errors.New("git says: " + strings.TrimPrefix(text, "fatal: "))
	}
	return "", fmt.Errorf("git: %w", err)
}

// commit returns the id of the commit that the user names. With "..." at the end it is
// the last one that it and HEAD have in common.
func (r *repository) commit(ctx context.Context, rev string) (string, error) {
	name, ancestor := strings.CutSuffix(rev, "...")
	id, err := r.output(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	if err != nil {
		if ctx.Err() != nil {
			return "", err
		}
		return "", fmt.Errorf("%s names no commit of %s: name a branch, a tag or a commit that the clone has (a shallow one may lack it)", name, r.top)
	}
	id = strings.TrimSpace(id)
	if ancestor {
		if id, err = r.output(ctx, "merge-base", id, "HEAD"); err != nil {
			return "", fmt.Errorf("%s and HEAD have no commit in common here: fetch more of the history", name)
		}
	}
	return strings.TrimSpace(id), nil
}

// files returns the ids of the files of a commit, by their paths with slashes.
func (r *repository) files(ctx context.Context, commit string) (map[string]string, error) {
	out, err := r.output(ctx, "ls-tree", "-r", "-z", "--full-tree", commit)
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for entry := range strings.SplitSeq(out, "\x00") {
		about, path, ok := strings.Cut(entry, "\t")
		fields := strings.Fields(about)
		if ok && len(fields) == 3 && strings.HasPrefix(fields[0], "100") { // no links and submodules
			files[path] = fields[2]
		}
	}
	return files, nil
}

// blobs reads files by their ids, from one process that runs as long as it is needed.
type blobs struct {
	mu      sync.Mutex
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

func (r *repository) blobs(ctx context.Context) (*blobs, error) {
	b := &blobs{command: r.command(ctx, "cat-file", "--batch")}
	var err error
	if b.in, err = b.command.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := b.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	b.out = bufio.NewReaderSize(out, 64<<10)
	return b, b.command.Start()
}

// read returns the text of a file.
func (b *blobs) read(id string, limit int64) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, err := io.WriteString(b.in, id+"\n"); err != nil {
		return "", err
	}
	header, err := b.out.ReadString('\n')
	if err != nil {
		return "", err
	}
	fields := strings.Fields(header)
	if len(fields) != 3 || fields[1] != "blob" {
		return "", errors.New("git cannot read " + id)
	}
	size, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil {
		return "", err
	}
	if size > limit {
		_, err := io.CopyN(io.Discard, b.out, size+1)
		return "", errors.Join(errTooLarge, err)
	}
	text := make([]byte, size+1) // with the line end behind it
	if _, err := io.ReadFull(b.out, text); err != nil {
		return "", err
	}
	return string(text[:size]), nil
}

var errTooLarge = errors.New("the file is too large")

func (b *blobs) close() {
	_ = b.in.Close() // which ends it; there is nothing left to be told
	_ = b.command.Wait()
}
