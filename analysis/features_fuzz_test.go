package analysis

import (
	"testing"
)

// FuzzFeatures calls every feature at an offset of any text, as a file outside
// of any tree and as the root of one.
func FuzzFeatures(f *testing.F) {
	for _, text := range []string{
		"", "\n", "config A\n\tbool \"A\"\n\tdepends on A && (B = \"x\" || !C)\n\thelp\n\t  Text.\n",
		"mainmenu \"M\"\nx = $(a,$(1))\ny := $(x)\nsource \"$(y)/K\"\nconfig $(x)_A\n\tdefault $(x) if y\n",
		"if A\nmenu \"M\"\nchoice\nendif\nendmenu\nif\nendchoice\n",
		"# http://x/(a) Documentation/\nconfig A\n\thelp\n\t  <file:x>, <file: Documentation/a://b\n",
		"source \"*\"\nsource \"Kconfig\"\n", "config A\\\n B\n\tselect \"$(\x00\n", "config \r\n\tbool \"\xff$(\"\r\n",
	} {
		for _, offset := range []uint{0, 9, 33} {
			f.Add(text, offset, uint8(offset))
		}
	}
	f.Fuzz(func(t *testing.T, text string, at uint, dialect uint8) {
		if len(text) > 1<<16 {
			return
		}
		names := []string{"", "zephyr", "buildroot", "esp-idf", "busybox", "linux-7.3"}
		files := &fixture{disk: map[string]string{}, dir: fixtureDir()}
		for _, path := range []string{"Kconfig", "other/Kconfig"} {
			files.disk[files.absolute(path)] = text
		}
		settings := Settings{Dialect: names[int(dialect)%len(names)], Workers: 1}
		offset := int(at%uint(len(text)+3)) - 1
		s, _, err := Load(files.disk, files.dir, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		lone := *s
		lone.roots, lone.documents = nil, map[string]*Document{}
		lone.place(files.disk, files.absolute("Kconfig"), 1, text, documentKind{})
		for _, s := range []*Snapshot{s, &lone} {
			path := files.absolute("Kconfig")
			everyFeature(s, path, offset)
			everyOverview(s, path, min(offset, 3), offset+40)
			Search(s, text[:min(len(text), offset+1)], 3)
			if s.Text(path) != nil {
				checkTokens(t, s, path)
				checkSelections(t, s, path, min(max(offset, 0), len(text)))
			}
		}
	})
}
