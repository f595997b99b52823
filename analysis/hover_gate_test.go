package analysis

import (
	"strings"
	"testing"
)

// Hovers of symbols say what they are gated on, once the values are computed, and
// nothing of it before that. What is rendered is the part of a hover that is about
// gates: its paragraphs and lists that begin with the title of a gate.
func TestHoverGate(t *testing.T) {
	checkArchives(t, "hovergate", func(f *fixture) string {
		for _, c := range f.cursors {
			if h, ok := Hover(f.snapshot, c.path, c.offset); ok && !IsConfigName(c.path) && strings.Contains(h.Plain, "needs") {
				t.Errorf("a hover computes gates: %s", h.Plain)
			}
		}
		PrepareValues(f.snapshot)
		for _, r := range f.snapshot.Roots() {
			r.Model("")
		}
		var b strings.Builder
		for _, c := range f.cursors {
			b.WriteString("at " + f.cursorLine(c) + "\n")
			h, ok := Hover(f.snapshot, c.path, c.offset)
			if !ok {
				b.WriteString("\tnothing\n")
				continue
			}
			for _, text := range []string{h.Plain, strings.ReplaceAll(h.Markdown, lineURL(f.dir, 0)[:len(lineURL(f.dir, 0))-len("#L0")], "TREE")} {
				b.WriteString("\t----\n")
				for block := range strings.SplitSeq(text, "\n\n") {
					first, _, _ := strings.Cut(block, "\n")
					if isGateTitle(first) {
						b.WriteString("\t" + strings.ReplaceAll(block, "\n", "\n\t") + "\n")
					}
				}
			}
		}
		return b.String()
	})
}

func isGateTitle(line string) bool {
	for _, title := range []string{"Rust:", "**Rust:**", "Toolchain:", "**Toolchain:**", "```kconfig", "And it needs"} {
		if strings.HasPrefix(line, title) {
			return true
		}
	}
	return strings.Contains(line, "needs it: ") || strings.Contains(line, "need it: ") || line == "CONFIG_RUST=y"
}
