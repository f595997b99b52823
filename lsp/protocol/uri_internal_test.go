package protocol

import (
	"encoding/json"
	"errors"
	"testing"
)

// The functions under test take the system as a parameter, so that both are
// tested on either.
const (
	unix    = false
	windows = true
)

func TestPathAndURI(t *testing.T) {
	for _, test := range []struct {
		system    bool
		path, uri string
	}{
		{unix, "/", "file:///"},
		{unix, "/home/user/linux/Kconfig", "file:///home/user/linux/Kconfig"},
		{unix, "/a b/100%/#1?/Kconfig", "file:///a%20b/100%25/%231%3F/Kconfig"},
		{unix, "/дом/é/日本/😀", "file:///%D0%B4%D0%BE%D0%BC/%C3%A9/%E6%97%A5%E6%9C%AC/%F0%9F%98%80"},
		{unix, "/\xff\xfe", "file:///%FF%FE"},
		{unix, "/c:/x", "file:///c%3A/x"},
		{unix, `/a\b`, "file:///a%5Cb"},
		{unix, "/-._~!$&'()*+,;=:@", "file:///-._~%21%24%26%27%28%29%2A%2B%2C%3B%3D%3A%40"},
		{windows, `C:\`, "file:///C:/"},
		{windows, `C:\Users\a b\Kconfig`, "file:///C:/Users/a%20b/Kconfig"},
		{windows, `\\server\share\x y`, "file://server/share/x%20y"},
		{windows, `D:\é`, "file:///D:/%C3%A9"},
	} {
		uri := DocumentURI(test.uri)
		if got := uriFromPath(test.path, test.system); got != uri {
			t.Errorf("URI of %s: got %s, want %s", test.path, got, uri)
		}
		if got, err := uri.path(test.system); err != nil || got != test.path {
			t.Errorf("path of %s: got %s, %v, want %s", uri, got, err, test.path)
		}
		if got := parseURI(test.uri, test.system); got != uri {
			t.Errorf("%s is not a fixed point: %s", uri, got)
		}
	}
}

func TestNormalization(t *testing.T) {
	for _, test := range []struct {
		system   bool
		in, want string
	}{
		{unix, "file:///a%20b", "file:///a%20b"},
		{unix, "file:///a b", "file:///a%20b"},
		{unix, "file:///%61%2fb", "file:///a/b"},
		{unix, "file:///a/./b/../c//d/", "file:///a/c/d"},
		{unix, "file:///../a", "file:///a"},
		{unix, "file:/a", "file:///a"},
		{unix, "FILE:///a", "file:///a"},
		{unix, "file://localhost/a", "file:///a"},
		{unix, "file://LocalHost/a", "file:///a"},
		{unix, "file://Other/a", "file://other/a"},
		{unix, "file://", "file:///"},
		{unix, "file:///a?x#y", "file:///a"},
		{unix, "file:///100%/%zz/%4", "file:///100%25/%25zz/%254"},
		{unix, "file:///é", "file:///%C3%A9"},
		{unix, "file:///%c3%a9", "file:///%C3%A9"},
		{unix, "file:///c:/x", "file:///c%3A/x"},
		{windows, "file:///c%3A/Users", "file:///C:/Users"},
		{windows, "file:///c:/Users/", "file:///C:/Users"},
		{windows, "file:///C:", "file:///C:/"},
		{windows, "file://c:/Users", "file:///C:/Users"},
		{windows, "file:///C:/a%5Cb", "file:///C:/a/b"},
		{windows, "file://SERVER/share/", "file://server/share"},
		// What is no file URI stays as it is, byte by byte.
		{unix, "untitled:Untitled-1", "untitled:Untitled-1"},
		{unix, "vscode-remote://ssh%2Bhost/a/../b", "vscode-remote://ssh%2Bhost/a/../b"},
		{unix, "git:/a?%7B%7D", "git:/a?%7B%7D"},
		{unix, "file:a", "file:a"},
		{unix, "/a b", "/a b"},
		{unix, `C:\x`, `C:\x`},
		{unix, "", ""},
		{unix, ":", ":"},
	} {
		got := parseURI(test.in, test.system)
		if got != DocumentURI(test.want) {
			t.Errorf("%s: got %s, want %s", test.in, got, test.want)
		}
		if again := parseURI(string(got), test.system); again != got {
			t.Errorf("%s: normalized again: %s", got, again)
		}
	}
}

func TestNoPath(t *testing.T) {
	for _, uri := range []DocumentURI{"untitled:Untitled-1", "git:/a", "https://x/y", "", "/a", "file:a", "file://host/a", "file:///a%00b"} {
		if path, err := uri.path(unix); !errors.Is(err, ErrNotFile) {
			t.Errorf("%s: %q, %v", uri, path, err)
		}
	}
	for uri, want := range map[DocumentURI]string{"untitled:x": "untitled", "GIT:/a": "git", "/a": "", "1a:b": "", "a+b-c.d:": "a+b-c.d"} {
		if got := uri.Scheme(); got != want || uri.IsFile() {
			t.Errorf("%s: scheme %q", uri, got)
		}
	}
	if !DocumentURI("file://host/a").IsFile() {
		t.Error("a file on another host is a file")
	}
}

// TestURIDecoding checks that URIs are normalized on their way in, as values
// and as keys.
func TestURIDecoding(t *testing.T) {
	var v struct {
		URI  DocumentURI
		Keys map[DocumentURI]int
	}
	if err := json.Unmarshal([]byte(`{"URI":"file:///a b","Keys":{"file:///c/../d":1}}`), &v); err != nil {
		t.Fatal(err)
	}
	if v.URI != "file:///a%20b" || v.Keys["file:///d"] != 1 {
		t.Error(v)
	}
}

func FuzzURI(f *testing.F) {
	for _, s := range []string{"file:///a%20b", "file://%5C/", "file://%2fa/b", "file://c:/x", "file:///C:", "untitled:1", "file:////a", "file://h", "file:///%00"} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, windows bool) {
		uri := parseURI(s, windows)
		if again := parseURI(string(uri), windows); again != uri {
			t.Errorf("%q: normalized to %q, and then to %q", s, uri, again)
		}
		path, err := uri.path(windows)
		if err != nil {
			return
		}
		if back := uriFromPath(path, windows); back != uri {
			t.Errorf("%q: path %q, back to %q", uri, path, back)
		}
	})
}
