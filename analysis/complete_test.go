package analysis

import (
	"fmt"
	"strings"
	"testing"
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
