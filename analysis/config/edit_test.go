package config

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzEdit holds an edited file against one that is parsed anew.
func FuzzEdit(f *testing.F) {
	const text = "#\n# Title\n#\nCONFIG_A=y\n# CONFIG_B is not set\r\nCONFIG_C=\"x\"\n\nx\n"
	for _, replacement := range []string{"", "\n", "\r", "CONFIG_D=m\n", "x\ny", "#"} {
		for at := 0; at < len(text); at += 7 {
			f.Add(text, replacement, uint(at), uint(0))
			f.Add(text, replacement, uint(at), uint(9))
		}
	}
	f.Add("", "", uint(0), uint(0))
	f.Add("CONFIG_A=y", "\n", uint(10), uint(0))
	f.Fuzz(func(t *testing.T, text, replacement string, at, size uint) {
		start := int(at % uint(len(text)+1))
		end := start + int(size%uint(len(text)-start+1))
		got := Parse(text, "CONFIG_").Edit(start, end, replacement)
		want := Parse(text[:start]+replacement+text[end:], "CONFIG_")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q with [%d, %d) replaced by %q (-fresh +edited):\n%s", text, start, end, replacement, diff)
		}
	})
}
