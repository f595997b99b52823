package analysis

import (
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

// FuzzHoverComplete asks everything at any place of any text: nothing panics,
// and what comes back is bounded and lies in the text.
func FuzzHoverComplete(f *testing.F) {
	for _, seed := range []string{
		"mainmenu \"T\"\nconfig A\n\tbool \"A\" if B\n\tdepends on A && (B || !C) if D\n\tselect A\n\thelp\n\t  Text\n",
		"menu \"M\"\nvisible if A\nif X\nchoice\nprompt \"P\"\ndefault A\nconfig A\nbool \"b\"\nendchoice\nendif\nendmenu\n",
		"A := $(B,$(C),d\nB = $(shell,$(1))\nconfig $(A)_X\n\tdefault \"$(B,x)$(\"\nsource \"$(A)/",
		"source \"x\nrsource ../\"\ncomment\nif\nendif\nrange 1 $(\nimply\nconfig \\\n\n  A\ndefault 'a\n",
		"\r", "config A\r\r\n",
		"config A\r\n\tint\r\n\trange 0x 1\r\n\thelp\r\n\r\n",
		"\x00\xff$($(\"'config\n\tselect \xe4", "00$(\x00",
	} {
		for _, offset := range []int{0, 5, 20, len(seed) / 2, len(seed) - 1, len(seed)} {
			f.Add(seed, offset)
		}
	}
	f.Fuzz(func(t *testing.T, text string, offset int) {
		if len(text) > 1<<16 {
			t.Skip()
		}
		dir := fixtureDir()
		path := dir + "/Kconfig"
		disk := vfstest.Memory{path: text, dir + "/sub/Kconfig": "config SUB\n\tbool\n"}
		s, root, err := Load(disk, dir, Settings{Workers: 1}, nil)
		if err != nil || root == nil {
			if s, err = LoadSingle(disk, path, Settings{}); err != nil {
				t.Fatal(err)
			}
		}
		const most = 20_000
		if h, ok := Hover(s, path, offset); ok {
			if h.Start < 0 || h.End > len(text) || h.Start > h.End || len(h.Markdown) > most || len(h.Plain) > most {
				t.Errorf("hover of %d bytes at %d-%d", len(h.Markdown), h.Start, h.End)
			}
		}
		for _, snippets := range []bool{false, true} {
			list := Complete(s, path, offset, CompleteOptions{Limit: 50, Snippets: snippets})
			checkReplaced(t, text, offset, list)
			if len(list.Items) > 50 {
				t.Errorf("%d items", len(list.Items))
			}
			for _, item := range list.Items {
				if d, ok := ResolveCompletion(s, item.Data); ok && len(d.Markdown) > most {
					t.Errorf("%q has %d bytes", item.Label, len(d.Markdown))
				}
			}
		}
		if sig, ok := SignatureAt(s, path, offset); ok && sig.Active >= len(sig.Parameters) {
			t.Errorf("parameter %d of %d", sig.Active, len(sig.Parameters))
		}
	})
}
