package analysis

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
)

// gateCodes are the codes of findings about gates.
func gateCodes() []string {
	codes := []string{"rustc-version-out-of-date"}
	for _, c := range check.GateChecks() {
		for _, r := range c.Rules {
			codes = append(codes, r.ID)
		}
	}
	return codes
}

// TestDiagnoseGates writes down the findings about gates in the trees of
// testdata/diagnose_gates, for every architecture that a tree has, and in its open
// configurations, with what a fix makes of the lines that it changes.
func TestDiagnoseGates(t *testing.T) {
	codes := gateCodes()
	checkArchives(t, "diagnose_gates", func(f *fixture) string {
		var b strings.Builder
		show := func(found []Diagnostic) {
			for _, d := range found {
				if !slices.Contains(codes, d.Code) {
					continue
				}
				fmt.Fprintf(&b, "%s %s [%s]\n\t%s\n", f.location(d.Location), d.Severity, d.Code, d.Message)
				for _, r := range d.Related {
					fmt.Fprintf(&b, "\t%s: %s\n", f.location(r.Location), r.Message)
				}
				if d.Fix != nil {
					fmt.Fprintf(&b, "\tfix: %s\n%s", d.Fix.Title, f.fixed(d.Fix))
				}
			}
		}
		archs := f.root.Archs()
		if len(archs) == 0 {
			archs = []string{""}
		}
		for _, arch := range archs {
			if arch != "" {
				fmt.Fprintf(&b, "as %s sees it:\n", arch)
			}
			show(DiagnoseRoot(f.snapshot, f.root, arch))
		}
		for _, d := range f.snapshot.Documents() {
			if d.IsConfig() {
				show(Diagnose(f.snapshot, d.Path, true))
			}
		}
		return b.String()
	})
}

// fixed returns the lines that a fix changes, as they are then.
func (f *fixture) fixed(fix *Fix) string {
	var b strings.Builder
	for _, file := range fix.Edits {
		tree := f.snapshot.Text(file.Path)
		for _, e := range file.Edits {
			start := tree.LineStart(tree.Line(e.Start))
			end := tree.LineStart(tree.Line(max(e.End-1, e.Start)) + 1)
			text := tree.Slice(start, e.Start) + e.Text + tree.Slice(e.End, end)
			if text == "" {
				fmt.Fprintf(&b, "\t%d> (removed)\n", tree.Line(e.Start)+1)
			}
			for line := range strings.Lines(text) {
				fmt.Fprintf(&b, "\t%d> %s", tree.Line(e.Start)+1, line)
			}
		}
	}
	return b.String()
}
