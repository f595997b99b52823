package analysis

import (
	"fmt"
	"strings"
	"testing"
)

// TestDiagnose writes down all findings in the trees of testdata/diagnose, for
// every architecture that a tree has.
func TestDiagnose(t *testing.T) {
	checkArchives(t, "diagnose", func(f *fixture) string {
		var b strings.Builder
		show := func(found []Diagnostic) {
			for _, d := range found {
				fmt.Fprintf(&b, "%s %s [%s]\n\t%s\n", f.location(d.Location), d.Severity, d.Code, d.Message)
				for _, r := range d.Related {
					fmt.Fprintf(&b, "\t%s: %s\n", f.location(r.Location), r.Message)
				}
			}
		}
		if f.root == nil {
			for _, path := range f.paths {
				show(Diagnose(f.snapshot, path, true))
			}
			return b.String()
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
		return b.String()
	})
}
