package git

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// testRepository makes a repository with files, and returns its directory.
func testRepository(t *testing.T, files map[string]string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is missing: revisions are not looked at")
	}
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	repo := filepath.Join(dir, "repo")
	for name, text := range files {
		write(t, filepath.Join(repo, name), text)
	}
	git(t, repo, "init", "-q")
	git(t, repo, "config", "user.name", "Test")
	git(t, repo, "config", "user.email", "test@localhost")
	git(t, repo, "add", ".")
	git(t, repo, "commit", "-q", "-m", "first")
	return repo
}

func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	c := exec.Command("git", args...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func openRevision(t *testing.T, dir, name string) *Revision {
	t.Helper()
	r, err := Open(context.Background(), vfs.OS{}, dir, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

func TestRevision(t *testing.T) {
	repo := testRepository(t, map[string]string{
		"Kconfig": "first\n", "same/Kconfig": "same\n", "gone/Kconfig": "gone\n", "gone/deep/Kconfig": "deep\n", "Makefile": "VERSION = 6\n",
	})
	write(t, filepath.Join(repo, "Kconfig"), "second\n")
	write(t, filepath.Join(repo, "new/Kconfig"), "new\n")
	write(t, filepath.Join(repo, ".config"), "CONFIG_A=y\n")
	write(t, filepath.Join(repo, ".kconfig-ls.yaml"), "checks: {}\n")
	if err := os.RemoveAll(filepath.Join(repo, "gone")); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{repo, filepath.Join(repo, "same")} {
		r := openRevision(t, dir, "HEAD")
		for name, want := range map[string]string{
			"Kconfig": "first\n", "same/Kconfig": "same\n", "gone/Kconfig": "gone\n", "gone/deep/Kconfig": "deep\n",
			".config": "CONFIG_A=y\n", ".kconfig-ls.yaml": "checks: {}\n", // as they are now
		} {
			path := filepath.Join(repo, name)
			text, info, err := r.ReadFile(path, 1<<20)
			if err != nil || text != want || info.Name() != filepath.Base(name) {
				t.Errorf("%s: %q, %v, want %q", name, text, err, want)
			}
			if !vfs.Exists(r, path) {
				t.Errorf("%s is not there", name)
			}
		}
		if _, _, err := r.ReadFile(filepath.Join(repo, "new/Kconfig"), 1<<20); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a new file is there: %v", err)
		}
		if vfs.Exists(r, filepath.Join(repo, "new/Kconfig")) {
			t.Error("a new file is there")
		}
		if _, _, err := r.ReadFile(filepath.Join(repo, "gone/Kconfig"), 2); err == nil {
			t.Error("a file that is too large was read")
		}
		if text, _, err := r.ReadFile(filepath.Join(repo, "gone/Kconfig"), 100); err != nil || text != "gone\n" {
			t.Errorf("after one that was too large: %q, %v", text, err)
		}
		for name, want := range map[string]string{
			".": ".config .git/ .kconfig-ls.yaml Kconfig Makefile gone/ new/ same/", "gone": "Kconfig deep/", "new": "",
		} {
			entries, err := r.ReadDir(filepath.Join(repo, name))
			var names []string
			for _, e := range entries {
				if e.IsDir() {
					names = append(names, e.Name()+"/")
				} else if hidden, _ := r.Stat(filepath.Join(repo, name, e.Name())); hidden != nil {
					names = append(names, e.Name())
				}
			}
			if got := strings.Join(names, " "); err != nil || got != want {
				t.Errorf("%s has %q, %v, want %q", name, got, err, want)
			}
		}
	}
}

func TestNoCommit(t *testing.T) {
	repo := testRepository(t, map[string]string{"Kconfig": "first\n"})
	for _, name := range []string{"nowhere", "", "--all", "HEAD:Kconfig", "HEAD~5", "nowhere..."} {
		r, err := Open(context.Background(), vfs.OS{}, repo, name)
		if err == nil {
			r.Close()
			t.Errorf("%q is a commit", name)
		}
	}
}

// TestNothingIsRun looks at a repository whose configuration is full of traps: each of
// them would leave a file behind.
func TestNothingIsRun(t *testing.T) {
	repo := testRepository(t, map[string]string{"Kconfig": "first\n", ".gitattributes": "* filter=trap diff=trap\n"})
	trap := filepath.Join(repo, "trap.sh")
	write(t, trap, "#!/bin/sh\necho \"$0 $*\" >> '"+filepath.Join(repo, "sprung")+"'\nexit 1\n")
	if err := os.Chmod(trap, 0o755); err != nil {
		t.Fatal(err)
	}
	blob := git(t, repo, "rev-parse", "HEAD:Kconfig")
	for _, setting := range []string{
		"core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.gitProxy", "core.askPass", "pager.rev-parse", "pager.ls-tree",
		"pager.cat-file", "diff.external", "diff.trap.command", "diff.trap.textconv", "filter.trap.clean", "filter.trap.smudge",
		"filter.trap.process", "gpg.program", "credential.helper", "alias.rev-parse", "alias.ls-tree", "remote.origin.uploadpack", "uploadpack.packObjectsHook",
	} {
		git(t, repo, "config", setting, trap)
	}
	hooks := filepath.Join(repo, "hooks")
	for _, hook := range []string{"post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc"} {
		write(t, filepath.Join(hooks, hook), "#!/bin/sh\n'"+trap+"' "+hook+"\n")
		if err := os.Chmod(filepath.Join(hooks, hook), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	git(t, repo, "config", "core.hooksPath", hooks)
	// A partial clone without the file: git would fetch it from what the configuration
	// says is a remote.
	git(t, repo, "config", "core.repositoryformatversion", "1")
	git(t, repo, "config", "extensions.partialClone", "origin")
	git(t, repo, "config", "remote.origin.promisor", "true")
	git(t, repo, "config", "remote.origin.url", "ext::"+trap)
	git(t, repo, "config", "protocol.ext.allow", "always")
	git(t, repo, "config", "protocol.allow", "always")
	if err := os.Remove(filepath.Join(repo, ".git", "objects", blob[:2], blob[2:])); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(repo, "sprung")); err != nil {
		t.Fatal(err) // by what made the repository
	}
	write(t, filepath.Join(repo, "Kconfig"), "second\n")

	r := openRevision(t, repo, "HEAD")
	if _, _, err := r.ReadFile(filepath.Join(repo, "Kconfig"), 1<<20); err == nil {
		t.Error("a file that is missing was read")
	}
	if _, err := r.ReadDir(repo); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(filepath.Join(repo, "sprung")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was run: %s", text)
	}
	// The traps are sharp.
	c := exec.Command("git", "status")
	c.Dir = repo
	_ = c.Run() // what it says does not matter
	if _, err := os.Stat(filepath.Join(repo, "sprung")); err != nil {
		t.Error("git itself springs none of the traps")
	}
}

// TestFind makes sure that git is not taken from the tree.
func TestFind(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is missing")
	}
	tree := t.TempDir()
	write(t, filepath.Join(tree, "bin", "git"), "#!/bin/sh\n")
	if err := os.Chmod(filepath.Join(tree, "bin", "git"), 0o755); err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(filepath.Join(tree, "bin"), elsewhere); err != nil {
		t.Skip(err)
	}
	list := slices.Concat([]string{"", ".", "bin", filepath.Join(tree, "bin"), elsewhere}, filepath.SplitList(os.Getenv("PATH")))
	path, err := find(strings.Join(list, string(filepath.ListSeparator)), tree)
	if err != nil || below(tree, path) {
		t.Errorf("%q, %v", path, err)
	}
	if path, err := find(strings.Join(list[:5], string(filepath.ListSeparator)), tree); !errors.Is(err, ErrMissing) {
		t.Errorf("%q, %v", path, err)
	}
}
