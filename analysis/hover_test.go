package analysis

import "testing"

func TestHover(t *testing.T) {
	checkCursors(t, "hover", func(f *fixture, path string, offset int) string {
		h, ok := Hover(f.snapshot, path, offset)
		if !ok {
			return "nothing\n"
		}
		return f.span(h.Location) + "\n" + h.Markdown + "\n"
	})
}

func TestHoverPlain(t *testing.T) {
	f := newFixture(t, `
-- Kconfig --
mainmenu "Test"
config A$0
	bool "A *prompt*"
	depends on B && C
`)
	h, ok := Hover(f.snapshot, f.cursors[0].path, f.cursors[0].offset)
	want := "config A\n\tbool \"A *prompt*\"\n\nDefined at Kconfig:2\n\nDepends on:\n  - B\n  - C\n\n0 references"
	if !ok || h.Plain != want {
		t.Errorf("got %q, want %q", h.Plain, want)
	}
}
