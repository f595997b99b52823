package editorconfig

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

func TestPattern(t *testing.T) {
	for _, test := range []struct {
		pattern  string
		yes, not []string
	}{
		{"*", []string{"Kconfig", "a/b/Kconfig"}, nil},
		{"Kconfig", []string{"Kconfig", "a/b/Kconfig"}, []string{"Kconfig.debug", "a/Kconfigs", "Kconfig/a"}},
		{"Kconfig*", []string{"Kconfig", "a/Kconfig.debug"}, []string{"Kconfig/a"}},
		{"/Kconfig", []string{"Kconfig"}, []string{"a/Kconfig"}},
		{"a/Kconfig", []string{"a/Kconfig"}, []string{"b/a/Kconfig", "Kconfig"}},
		{"a/*", []string{"a/b"}, []string{"a/b/c"}},
		{"a/**", []string{"a/b", "a/b/c"}, []string{"b/a"}},
		{"a/**/c", []string{"a/c", "a/b/c", "a/b/b/c"}, []string{"ac"}},
		{"**.in", []string{"x.in", "a/x.in"}, []string{"in"}},
		{"?.in", []string{"x.in"}, []string{"xx.in", ".in"}},
		{"a?b", nil, []string{"a/b"}},
		{"[ab].in", []string{"a.in", "b.in"}, []string{"c.in"}},
		{"[!ab].in", []string{"c.in"}, []string{"a.in"}},
		{"[a-c].in", []string{"b.in"}, []string{"d.in", "-.in"}},
		{"[a/b].in", nil, []string{"a.in"}},
		{"[^].in", []string{"^.in"}, []string{"a.in"}},
		{"[ab", []string{"[ab"}, []string{"a"}},
		{"{*.{c,h},Kconfig,Makefile.*}", []string{"x.c", "a/x.h", "Kconfig", "Makefile.am"}, []string{"x.d", "Makefile"}},
		{"{one}.in", []string{"{one}.in"}, []string{"one.in"}},
		{"{a,b", []string{"{a,b"}, []string{"a"}},
		{"a}", []string{"a}"}, []string{"a"}},
		{"{a,}.in", []string{"a.in", ".in"}, []string{"b.in"}},
		{"x{1..12}", []string{"x1", "x12", "a/x7"}, []string{"x0", "x13", "x", "xy"}},
		{"x{3..-1}", []string{"x-1", "x0", "x3"}, []string{"x4"}},
		{`\*.in`, []string{"*.in"}, []string{"a.in"}},
		{"a.b+c", []string{"a.b+c"}, []string{"aXb+c", "a.bbc"}},
		{strings.Repeat("a", maxPattern+1), nil, []string{strings.Repeat("a", maxPattern+1)}},
	} {
		p := newPattern(test.pattern)
		for _, name := range test.yes {
			if !p.match(name) {
				t.Errorf("[%s] does not match %s", test.pattern, name)
			}
		}
		for _, name := range test.not {
			if p.match(name) {
				t.Errorf("[%s] matches %s", test.pattern, name)
			}
		}
	}
}

func TestProperties(t *testing.T) {
	files := vfstest.Memory{
		"/.editorconfig": "[*]\nindent_style = space\nfrom = top\n",
		"/tree/.editorconfig": "\ufeff; a comment\n# another\nROOT = True\nroot_of = nothing\n\n" +
			"[Kconfig]\nindent_style = tab\nIndent_Size=8\nmax_line_length = Off\nno value\n= no key\n" +
			"[sub/Kconfig]\r\nindent_size = 4\r\nmax_line_length = unset\r\n",
		"/tree/sub/.editorconfig": "[K*]\nindent_size = 2\n[k*]\nindent_size = 3\n",
		"/other/.editorconfig":    "[*]\nfrom = other\nroot = true\n",
	}
	r := NewReader(files)
	for path, want := range map[string]string{
		"/tree/Kconfig":         "indent_size=8 indent_style=tab max_line_length=off",
		"/tree/sub/Kconfig":     "indent_size=2 indent_style=tab",
		"/tree/sub/sub/Kconfig": "indent_size=2 indent_style=tab max_line_length=off",
		"/tree/Makefile":        "",
		"/other/Kconfig":        "from=other indent_style=space root=true",
		"/Kconfig":              "from=top indent_style=space",
	} {
		properties := r.Properties(path)
		var got []string
		for _, key := range slices.Sorted(maps.Keys(properties)) {
			got = append(got, fmt.Sprintf("%s=%s", key, properties[key]))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

func FuzzPattern(f *testing.F) {
	f.Add("{*.{c,h},[!a-z]?**/x{1..3}}", "a/b.c")
	f.Fuzz(func(t *testing.T, text, path string) {
		newPattern(text).match(path)
		if literal := strings.Trim(path, "/\\*?[]{},"); literal == path && path != "" && strings.ToValidUTF8(path, "") == path &&
			!strings.ContainsAny(path, "\\*?[]{},") && !newPattern(path).match(path) {
			t.Errorf("%q does not match itself", path)
		}
	})
}
