package analysis

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each archive is a tree with gates. What is rendered are the conditions of each
// gate, what is gated on it with the chain and the state, what it excludes, and
// which tests of the toolchain symbols stand and fall with. The values are those of
// the .config part, if there is one.
func TestGates(t *testing.T) {
	checkArchives(t, "gates", func(f *fixture) string {
		report, err := GatesReport(context.Background(), f.snapshot, Configuration{Root: f.root}, false)
		if err != nil {
			return err.Error()
		}
		brief, err := GatesInBrief(f.snapshot, Configuration{Root: f.root})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(report.Gates, brief.Gates); diff != "" || brief.Gated != nil || brief.Excluded != nil || brief.Complete {
			t.Errorf("in brief the gates are others, or there are lists (-report +brief):\n%s", diff)
		}
		var b strings.Builder
		for _, g := range report.Gates {
			fmt.Fprintf(&b, "gate %s=%s (%s:%d)\n", g.Symbol, g.Value, g.Place.File, g.Place.Line)
			for _, c := range g.Conditions {
				fmt.Fprintf(&b, "\t%s: %s (%s:%d)\n", c.State, c.Text, c.Place.File, c.Place.Line)
				if c.Reason != "" || c.Fix != "" {
					fmt.Fprintf(&b, "\t\t%s | %s\n", c.Reason, c.Fix)
				}
			}
			if g.Hint != "" {
				fmt.Fprintf(&b, "\thint: %s\n", g.Hint)
			}
		}
		for _, g := range report.Gated {
			writeGating(&b, "gated ", g.Gating)
		}
		for _, x := range report.Excluded {
			fmt.Fprintf(&b, "excluded %s by %s: %s\n", strings.TrimSuffix(x.Symbol+" through "+x.Through, " through "), x.Gate, x.When)
		}
		c, err := f.snapshot.configured(Configuration{Root: f.root})
		if err != nil {
			t.Fatal(err)
		}
		f.root.gateSet(f.root.cachedModel(c.arch))
		for _, s := range c.model.Symbols {
			if !s.Defined || s.Name == "" {
				continue
			}
			for _, g := range GatingsOf(f.snapshot, f.root, "", s.Name) {
				if g.Tool {
					writeGating(&b, "tool ", g)
				}
			}
		}
		return b.String()
	})
}

func writeGating(b *strings.Builder, title string, g Gating) {
	kind := "transitive"
	if g.Direct {
		kind = "direct"
	}
	fmt.Fprintf(b, "%s%s on %s: %s, %s\n", title, g.Symbol, g.Title, kind, g.State)
	for _, s := range g.Chain {
		fmt.Fprintf(b, "\t%s needs %s (%s:%d: %s)\n", s.Symbol, s.Needs, filepath.ToSlash(s.Place.File), s.Place.Line, s.Text)
	}
	if g.Reason != "" {
		fmt.Fprintf(b, "\t%s | %s\n", g.Reason, g.Fix)
	}
}
