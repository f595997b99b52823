package analysis

import (
	"fmt"
	"strings"
	"testing"
)

// TestFormatting writes down the lines that change when the files of a tree are
// formatted, or what is between two cursors in them.
func TestFormatting(t *testing.T) {
	checkArchives(t, "formatting", func(f *fixture) string {
		return f.perFile(func(path string) string {
			edits := Format(f.snapshot, path)
			if len(f.cursors) == 2 && f.cursors[0].path == path {
				edits = FormatRange(f.snapshot, path, f.cursors[0].offset, f.cursors[1].offset)
			}
			text := f.snapshot.Text(path).Text()
			return UnifiedDiff(f.relative(path), text, Apply(text, edits))
		})
	})
}

// TestFormatTyped writes down the lines with a cursor after what stands before the
// cursor was typed.
func TestFormatTyped(t *testing.T) {
	checkArchives(t, "formattyped", func(f *fixture) string {
		var b strings.Builder
		for _, c := range f.cursors {
			text := f.snapshot.Text(c.path)
			before := strings.TrimRight(text.Slice(0, c.offset), " \t")
			edits := FormatTyped(f.snapshot, c.path, c.offset, before[len(before)-1:])
			line := text.Line(c.offset)
			lines := strings.Split(Apply(text.Text(), edits), "\n")
			fmt.Fprintf(&b, "%d: %q", line+1, lines[line])
			if len(edits) > 0 {
				b.WriteString(" (changed)")
			}
			b.WriteByte('\n')
		}
		return b.String()
	})
}

// TestFormatNothing formats what is no Kconfig file of the workspace.
func TestFormatNothing(t *testing.T) {
	f := newFixture(t, "-- Kconfig --\nmainmenu \"M\"\nconfig A\n   bool\n-- .config (open) --\n  CONFIG_A=y  \n")
	for _, name := range []string{".config", "elsewhere/Kconfig"} {
		path := f.absolute(name)
		if edits := Format(f.snapshot, path); edits != nil {
			t.Errorf("%s: Format returns %v", name, edits)
		}
		if edits := FormatRange(f.snapshot, path, 0, 10); edits != nil {
			t.Errorf("%s: FormatRange returns %v", name, edits)
		}
		if edits := FormatTyped(f.snapshot, path, 0, "\n"); edits != nil {
			t.Errorf("%s: FormatTyped returns %v", name, edits)
		}
	}
}
