package analysis

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestHints(t *testing.T) {
	checkArchives(t, "hints", func(f *fixture) string {
		var b strings.Builder
		for _, path := range f.paths {
			tree := f.snapshot.Text(path)
			if tree == nil {
				continue
			}
			fmt.Fprintf(&b, "%s\n", f.relative(path))
			all := Hints(f.snapshot, path, 0, math.MaxInt)
			for _, h := range all {
				line := tree.Line(h.Offset)
				fmt.Fprintf(&b, "\t%d: %s| %s\n", line+1, strings.TrimSpace(tree.Slice(tree.LineStart(line), h.Offset)), h.Label)
				for text := range strings.Lines(h.Tooltip.Plain) {
					fmt.Fprintf(&b, "\t\t%s\n", strings.TrimSuffix(text, "\n"))
				}
			}
			// A part of the file has those of the part.
			for start := 0; start < tree.Size(); start += 37 {
				end := start + 100
				want := slices.DeleteFunc(slices.Clone(all), func(h Hint) bool { return h.Offset < start || h.Offset > end })
				if got := Hints(f.snapshot, path, start, end); !slices.Equal(got, want) {
					t.Errorf("[%d, %d): got %+v, want %+v", start, end, got, want)
				}
			}
		}
		return b.String()
	})
}

func TestHiddenHints(t *testing.T) {
	f := newFixture(t, "-- Kconfig --\nmainmenu \"T\"\nX := x\nif A\nconfig A\n\tbool \"$(X)\"\nendif\n")
	path := absoluteIn(f.dir, "Kconfig")
	for hidden, want := range map[Annotations]int{0: 3, HintValues: 2, HintBlockEnds: 2, HintMacros: 2, HintValues | HintBlockEnds | HintMacros: 0} {
		f.snapshot.settings.Hidden = hidden
		if got := Hints(f.snapshot, path, 0, math.MaxInt); len(got) != want {
			t.Errorf("without %b: %+v", hidden, got)
		}
	}
}
