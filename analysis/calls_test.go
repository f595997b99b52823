package analysis

import (
	"fmt"
	"strings"
	"testing"
)

func TestEdges(t *testing.T) {
	checkCursors(t, "calls", func(f *fixture, path string, offset int) string {
		n, ok := NodeAt(f.snapshot, path, offset)
		if !ok {
			return "nothing"
		}
		var b strings.Builder
		write := func(n Node, places []Location) {
			fmt.Fprintf(&b, "  %s (%s) at %s in %s\n", n.Title, n.Detail, f.location(n.Selection), f.span(n.Location))
			for _, place := range places {
				fmt.Fprintf(&b, "    %s\n", f.location(place))
			}
		}
		write(n, nil)
		b.WriteString("to\n")
		for _, e := range EdgesTo(f.snapshot, n.Path, n.Symbol) {
			for _, place := range e.Places {
				if place.Path != e.Node.Path {
					t.Errorf("%s: %+v is not in its file", n.Title, e)
				}
			}
			write(e.Node, e.Places)
		}
		b.WriteString("from\n")
		for _, e := range EdgesFrom(f.snapshot, n.Path, n.Symbol) {
			for _, place := range e.Places {
				if place.Path != n.Path {
					t.Errorf("%s: %+v is not in its file", n.Title, e)
				}
			}
			write(e.Node, e.Places)
		}
		return b.String()
	})
}
