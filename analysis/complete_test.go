package analysis

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

func TestComplete(t *testing.T) {
	checkCursors(t, "complete", func(f *fixture, path string, offset int) string {
		list := Complete(f.snapshot, path, offset, CompleteOptions{Limit: 100})
		return renderCompletions(f, list)
	})
}

func renderCompletions(f *fixture, list CompletionList) string {
	if len(list.Items) == 0 {
		return "nothing\n"
	}
	var b strings.Builder
	b.WriteString(f.span(list.Items[0].Replace) + "\n")
	for _, item := range list.Items {
		fmt.Fprintf(&b, "%s\n", strings.TrimRight(fmt.Sprintf("%q %s | %s", item.InsertText, item.Detail, item.Description), " |"))
	}
	if list.Incomplete {
		b.WriteString("and more\n")
	}
	return b.String()
}

func TestCompleteSnippets(t *testing.T) {
	f := newFixture(t, `
-- Kconfig --
mainmenu "Test"
config A
    bool "A"
    help
        Text.

conf$0
`)
	list := Complete(f.snapshot, f.cursors[0].path, f.cursors[0].offset, CompleteOptions{Snippets: true})
	if len(list.Items) == 0 {
		t.Fatal("nothing")
	}
	want := "config ${1:NAME}\n    ${2|bool,tristate,int,hex,string|} \"${3:prompt}\"\n    help\n        ${0:text}"
	if got := list.Items[0]; got.InsertText != want || !got.Snippet {
		t.Errorf("got %q, want %q", got.InsertText, want)
	}
}

// TestCompleteLimit checks that a page is cut, and what stays in it.
func TestCompleteLimit(t *testing.T) {
	var b strings.Builder
	b.WriteString("\n-- Kconfig --\nmainmenu \"T\"\nsource \"many\"\nconfig NEAR\n\tbool\n\tselect $0\nconfig NEAR_2\n\tbool\n-- many --\n")
	for i := range 500 {
		fmt.Fprintf(&b, "config FAR_%03d\n\tbool\n", i)
	}
	f := newFixture(t, b.String())
	list := Complete(f.snapshot, f.cursors[0].path, f.cursors[0].offset, CompleteOptions{Limit: 10})
	if len(list.Items) != 10 || !list.Incomplete || list.Items[0].Label != "NEAR_2" {
		t.Errorf("%d items, incomplete %t, first %q", len(list.Items), list.Incomplete, list.Items[0].Label)
	}
}

// TestCompleteReplaces asks at every place of texts with odd bytes in them: what
// is replaced contains the place.
func TestCompleteReplaces(t *testing.T) {
	for _, text := range []string{
		"00$(\x00", "00$(\x00 x\n", "x := $(\x00\r\n", "x := $(\r\n", "$(\r", "$(in\x00fo\n",
		"config A\n\tdefault $(x\x00 && \n", "config A\n\tdefault \"$(x\x00\" \n", "config A\n\tdefault \"$(x\" \n",
		"config A\n\tdefault '\\$(x' \r\r\n\tsel\r", "config A\n\tdefault $(in\\\nfo\n", "config A\n\tdefault $(in\\\r\nfo\r\n",
		"source \"sub/K\x00", "source \"sub\\\n/Kc\n", "source sub/$(\x00\n", "source \"\"\r\nrsource 'su\r", "source \"$(\x00/\" \n",
		"\xff\xe4\tco\x00nfig A\\\n \x01 de\x7fpends on A\xff\r\n", "config A\n\thelp\r\r\n\r\n",
	} {
		for _, dialect := range []string{"", "buildroot", "esp-idf", "zephyr", "linux-7.3"} {
			dir := fixtureDir()
			disk := vfstest.Memory{
				absoluteIn(dir, "Kconfig"):     "mainmenu \"T\"\nsource \"odd\"\nconfig B\n\tint \"b\"\nfn = $(1)\n",
				absoluteIn(dir, "odd"):         text,
				absoluteIn(dir, "sub/Kconfig"): "",
			}
			s, root, err := Load(disk, dir, Settings{Dialect: dialect, Workers: 1}, nil)
			if err != nil || root == nil {
				t.Fatalf("no tree: %v", err)
			}
			for offset := -1; offset <= len(text)+1; offset++ {
				checkReplaced(t, text, offset, Complete(s, absoluteIn(dir, "odd"), offset, CompleteOptions{}))
			}
		}
	}
}

// TestCompleteConfigReplaces is TestCompleteReplaces for configurations.
func TestCompleteConfigReplaces(t *testing.T) {
	dir := fixtureDir()
	for _, text := range []string{
		"CONFIG_A=m\r\n# CONFIG_\r\nA\r\nCONFIG_I=\r\r\n", "CONFIG_A=\x00\n#  CONF\x00\n\xffCONFIG_\nCONFIG_S=\"\\\n", "\r\n\r\r\n \tCONFIG_I", "=\n#\r",
	} {
		disk := vfstest.Memory{absoluteIn(dir, "Kconfig"): fuzzTree, absoluteIn(dir, ".config"): text}
		s, root, err := Load(disk, dir, Settings{Workers: 1}, nil)
		if err != nil || root == nil {
			t.Fatalf("no tree: %v", err)
		}
		s = s.opened(absoluteIn(dir, ".config"), text)
		items := 0
		for offset := -1; offset <= len(text)+1; offset++ {
			list := Complete(s, absoluteIn(dir, ".config"), offset, CompleteOptions{})
			checkReplaced(t, text, offset, list)
			items += len(list.Items)
		}
		if items == 0 {
			t.Errorf("%q: nothing to complete", text)
		}
	}
}

// checkReplaced fails unless every completion replaces text around the offset, in
// one line.
func checkReplaced(t *testing.T, text string, offset int, list CompletionList) {
	t.Helper()
	for _, item := range list.Items {
		r := item.Replace
		if r.Start < 0 || r.End > len(text) || r.Start > offset || r.End < offset || strings.Contains(text[r.Start:r.End], "\n") {
			t.Errorf("%q at %d: %q replaces %d-%d", text, offset, item.Label, r.Start, r.End)
			return
		}
	}
}

// TestCompletePlaceBehindMacro checks what can follow a macro that is not closed,
// but ends with its token.
func TestCompletePlaceBehindMacro(t *testing.T) {
	for _, test := range []struct {
		text string // up to the place
		want string // the first item
	}{
		{"config A\n\tdefault $(", "error-if"},
		{"config A\n\tdefault \"$(inf", "info"},
		{"config A\n\tdefault $(x\x00 ", "&&"},
		{"config A\n\tdefault \"\\$(x\" ", "&&"},
	} {
		dir := fixtureDir()
		path := absoluteIn(dir, "odd")
		s, err := LoadSingle(vfstest.Memory{path: test.text + "\n"}, path, Settings{})
		if err != nil {
			t.Fatal(err)
		}
		list := Complete(s, path, len(test.text), CompleteOptions{})
		if len(list.Items) == 0 || list.Items[0].Label != test.want {
			t.Errorf("%q: %+v, want %q first", test.text, list.Items, test.want)
		}
	}
}

func TestResolveCompletion(t *testing.T) {
	f := newFixture(t, `
-- Kconfig --
mainmenu "Test"
config A
	bool "A"
	depends on A$0
`)
	list := Complete(f.snapshot, f.cursors[0].path, f.cursors[0].offset, CompleteOptions{})
	if len(list.Items) != 1 {
		t.Fatalf("%d items", len(list.Items))
	}
	d, ok := ResolveCompletion(f.snapshot, list.Items[0].Data)
	if !ok || !strings.Contains(d.Markdown, `bool "A"`) {
		t.Errorf("got %q", d.Markdown)
	}
	if _, ok := ResolveCompletion(f.snapshot, CompletionData{Dir: f.dir, Kind: CompletionSymbol, Name: "GONE"}); ok {
		t.Error("described a symbol that is not there")
	}
	for _, k := range keywordWords() {
		if d, ok := ResolveCompletion(f.snapshot, CompletionData{Kind: CompletionKeyword, Name: k.word}); !ok || d.Plain == "" {
			t.Errorf("%s is not explained", k.word)
		}
	}
}
