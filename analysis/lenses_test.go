package analysis

import (
	"fmt"
	"strings"
	"testing"
)

func TestLenses(t *testing.T) {
	names := map[Annotations]string{LensReferences: "references", LensSelectedBy: "selected", LensValue: "value"}
	checkArchives(t, "lenses", func(f *fixture) string {
		var b strings.Builder
		for _, path := range f.paths {
			for _, lens := range Lenses(f.snapshot, path) {
				info, ok := LensOf(f.snapshot, path, lens.Symbol, lens.Kind)
				if !ok {
					t.Errorf("%+v says nothing", lens)
				}
				fmt.Fprintf(&b, "%s %s %s: %s\n", f.location(lens.Location), lens.Symbol, names[lens.Kind], info.Title)
				for _, place := range info.Places {
					fmt.Fprintf(&b, "\t%s\n", f.location(place))
				}
			}
		}
		return b.String()
	})
}
