package scan

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

func TestBelow(t *testing.T) {
	for _, test := range []struct {
		dir, path string
		want      bool
	}{
		{"/a", "/a", true}, {"/a", "/a/b", true}, {"/a", "/ab", false}, {"/a/b", "/a", false}, {"/", "/a", true},
	} {
		if got := below(filepath.FromSlash(test.dir), filepath.FromSlash(test.path)); got != test.want {
			t.Errorf("%s below %s: %t", test.path, test.dir, got)
		}
	}
}

func TestDisjoint(t *testing.T) {
	for _, test := range []struct{ in, want []string }{
		{nil, nil},
		{[]string{"/a", "/b"}, []string{"/a", "/b"}},
		{[]string{"/b", "/a/x", "/a"}, []string{"/b", "/a"}},
		{[]string{"/a", "/a/x", "/a"}, []string{"/a"}},
		{[]string{"/a/x", "/ax"}, []string{"/a/x", "/ax"}},
	} {
		var paths []Path
		for _, p := range test.in {
			paths = append(paths, Path{Absolute: filepath.FromSlash(p)})
		}
		var got []string
		for _, p := range disjoint(paths) {
			got = append(got, filepath.ToSlash(p.Absolute))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.in, got, test.want)
		}
	}
}

func TestUnreadable(t *testing.T) {
	for _, test := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "open", Path: "/x", Err: fs.ErrNotExist}, "x does not exist: name a Kconfig file, or a directory that has one"},
		{fs.ErrNotExist, "x does not exist: name a Kconfig file, or a directory that has one"},
		{&fs.PathError{Op: "open", Path: "/x", Err: fs.ErrPermission}, "x cannot be read: permission denied: make it readable, or leave it out"},
		{fmt.Errorf("while loading: %w", &vfs.TooLargeError{Path: "/x", Size: 70 << 20, Limit: 64 << 20}), "x is 70 MiB long; files of more than 64 MiB are not read: this is hardly a Kconfig file"},
		{&fs.PathError{Op: "read", Path: "/x", Err: errors.New("input/output error")}, "x cannot be read: input/output error"},
		{errors.New("broken"), "x cannot be read: broken"},
	} {
		if got := unreadable("x", test.err).Error(); got != test.want {
			t.Errorf("%v: %q, want %q", test.err, got, test.want)
		}
	}
}
