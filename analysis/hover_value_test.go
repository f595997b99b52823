package analysis

import (
	"strings"
	"testing"
)

// Hovers of symbols say what value they have and why, once the values are
// computed, and nothing of it before that.
func TestHoverValue(t *testing.T) {
	checkArchives(t, "hovervalue", func(f *fixture) string {
		var b strings.Builder
		for _, c := range f.cursors {
			if h, ok := Hover(f.snapshot, c.path, c.offset); ok && strings.Contains(h.Plain, "Under .config") {
				t.Error("a hover computes values")
			}
		}
		PrepareValues(f.snapshot)
		for _, c := range f.cursors {
			h, ok := Hover(f.snapshot, c.path, c.offset)
			if !ok {
				b.WriteString("nothing\n")
				continue
			}
			b.WriteString(h.Plain)
			b.WriteString("----\n")
			b.WriteString(h.Markdown)
			b.WriteString("====\n")
		}
		return b.String()
	})
}
