package analysis

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

// fuzzTree is a tree with symbols of all sorts.
const fuzzTree = `mainmenu "Test"
config MODULES
	bool "M"
	modules
menu "Menu"
config A
	tristate "A"
	select B if C
config B
	bool "B"
endmenu
config C
	bool "C"
	depends on A = y
choice
	prompt "Choice"
config D
	bool "D"
config E
	bool "E" if C
endchoice
config I
	int "I" if A
	range 1 I2
config I2
	int
	default 10
config H
	hex "H"
	default 0x1
config S
	string "S"
	default "$(shell,tool)"
config T
	def_bool $(success,tool)
config U
	bool "U" if T
`

// FuzzConfig opens any text as each kind of configuration, in a tree and outside
// of one, edits it, and calls every feature: none may fail, and an edited
// document must show what a fresh one does.
func FuzzConfig(f *testing.F) {
	for _, text := range []string{
		"", "\n", "CONFIG_A=y\n# CONFIG_B is not set\r\nCONFIG_I=99\nCONFIG_S=\"a\\\"", "#\n# Menu\n#\nCONFIG_A=m\n# end of Menu\n",
		"CONFIG_D=y\nCONFIG_E=y\nCONFIG_C=y\nCONFIG_A=y\n", "CONFIG_=\nCONFIG_\n=\n# CONFIG_ is not set\n", "CONFIG_H=x\nCONFIG_S=z\nCONFIG_T=n\nCONFIG_U=y\n",
		"# CONFIG_I is not set\nCONFIG_I2=3\x00\nCONFIG_y=y\nCONFIG_MODULES=n", "\xff\rCONFIG_A=y\r", "CONFIG_A=y\nCONFIG_A=y\nCONFIG_A=q\n",
	} {
		for _, offset := range []uint{0, 10, 33} {
			f.Add(text, "CONFIG_C=y\n", offset, uint(offset/3))
			f.Add(text, "", offset, uint(9))
		}
	}
	f.Fuzz(func(t *testing.T, text, replacement string, at, size uint) {
		if len(text)+len(replacement) > 1<<14 {
			return
		}
		files := &fixture{disk: vfstest.Memory{}, dir: fixtureDir()}
		files.disk[files.absolute("Kconfig")] = fuzzTree
		s, _, err := Load(files.disk, files.dir, Settings{Dialect: [...]string{"", "linux-6.1"}[at%2], Workers: 1}, nil)
		if err != nil {
			t.Fatal(err)
		}
		outside := *s
		outside.roots = nil
		start := int(at % uint(len(text)+1))
		end := start + int(size%uint(len(text)-start+1))
		for i, s := range []*Snapshot{s, s, s, &outside} {
			path := files.absolute([...]string{".config", "x_defconfig", "x.config", "prj.conf"}[i])
			edited := s.opened(path, text)
			everyConfigFeature(edited, path, start)
			d := *edited.documents[path]
			edited.edit(&d, Edit{start, end, replacement})
			edited.documents[path] = &d
			fresh := s.opened(path, text[:start]+replacement+text[end:])
			if !reflect.DeepEqual(fresh.documents[path].config, d.config) {
				t.Fatalf("%s: an edited text is taken apart otherwise than a fresh one", path)
			}
			checkTokens(t, edited, path)
			checkReplaced(t, text[:start]+replacement+text[end:], start, Complete(edited, path, start, CompleteOptions{}))
			checkSelections(t, edited, path, start)
			offset := min(start+len(replacement)/2, d.Text().Size())
			if diff := cmp.Diff(everyConfigFeature(fresh, path, offset), everyConfigFeature(edited, path, offset)); diff != "" {
				t.Fatalf("%s (-fresh +edited):\n%s", path, diff)
			}
		}
	})
}

// everyConfigFeature writes down what every feature says of a configuration.
func everyConfigFeature(s *Snapshot, path string, offset int) string {
	var b strings.Builder
	show := func(values ...any) { fmt.Fprintf(&b, "%+v\n", values) }
	for _, thorough := range []bool{false, true} {
		for _, d := range Diagnose(s, path, thorough) {
			show(d)
		}
	}
	hover, ok := Hover(s, path, offset)
	show(hover, ok)
	for _, find := range []func(*Snapshot, string, int) (Location, []Target){Definition, Declaration, Implementation} {
		origin, targets := find(s, path, offset)
		show(origin, targets)
	}
	show(References(s, path, offset, true), Highlights(s, path, offset), Selections(s, path, offset))
	show(Complete(s, path, offset, CompleteOptions{Snippets: true}), Outline(s, path), Folding(s, path), Links(s, path))
	show(Tokens(s, path, 0, s.Text(path).Size()), Tokens(s, path, offset, offset+20))
	_, signed := SignatureAt(s, path, offset)
	_, _, err := PrepareRename(s, path, offset)
	show(signed, err)
	return b.String()
}
