package analysis

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
)

// TestChecks writes down what checks that take their time find in the trees of
// testdata/checks, over all architectures, and what the lines are after each fix. A
// tree that was fixed must be rid of what was fixed, and have nothing new.
func TestChecks(t *testing.T) {
	hit := map[string]bool{}
	checkArchives(t, "checks", func(f *fixture) string {
		var b strings.Builder
		for _, d := range f.findings() {
			hit[d.Code] = true
			fmt.Fprintf(&b, "%s %s [%s]", f.location(d.Location), d.Severity, d.Code)
			if d.Archs != nil {
				fmt.Fprintf(&b, " on %s", strings.Join(d.Archs, ", "))
			}
			if d.Unnecessary {
				b.WriteString(", unnecessary")
			}
			fmt.Fprintf(&b, "\n\t%s\n", d.Message)
			for _, r := range d.Related {
				fmt.Fprintf(&b, "\t%s: %s\n", f.location(r.Location), r.Message)
			}
			if d.Fix != nil {
				f.showFix(t, &b, d.Diagnostic)
			}
		}
		return b.String()
	})
	for _, r := range lineRules() {
		if !hit[r.ID] {
			t.Errorf("no archive of testdata/checks has a finding %s", r.ID)
		}
	}
}

// lineRules returns the rules whose findings TestChecks must have seen.
func lineRules() []check.Rule {
	var rules []check.Rule
	for _, c := range check.FileChecks() {
		rules = append(rules, c.Rules...)
	}
	for _, c := range check.ModelChecks() {
		rules = append(rules, c.Rules...)
	}
	for _, c := range check.DeepChecks() {
		rules = append(rules, c.Rules...)
	}
	return rules
}

// findings returns what is wrong with the fixture's tree, in the views of all
// architectures, or with its files if it has no tree.
func (f *fixture) findings() []ArchDiagnostic {
	if f.root != nil {
		found, _ := DiagnoseAll(f.snapshot, f.root, Survey{Archs: f.root.Archs(), Unreached: true, Deep: f.isDeep()})
		return found
	}
	FindLines(f.snapshot)
	var all []ArchDiagnostic
	for _, path := range f.paths {
		for _, d := range Diagnose(f.snapshot, path, true) {
			all = append(all, ArchDiagnostic{Diagnostic: d})
		}
	}
	return all
}

// isDeep reports whether the settings of a fixture name the family deep, or one of its
// rules: others are not looked at in all configurations, so that each archive stays with
// its subject.
func (f *fixture) isDeep() bool {
	if _, ok := f.snapshot.settings.Checks[string(check.Deep)]; ok {
		return true
	}
	return slices.ContainsFunc(check.Rules(), func(r check.Rule) bool {
		_, ok := f.snapshot.settings.Checks[r.ID]
		return ok && r.Family == check.Deep
	})
}

// showFix writes the lines that a fix takes out and puts in, and looks at what is
// wrong with the tree afterwards.
func (f *fixture) showFix(t *testing.T, b *strings.Builder, d Diagnostic) {
	fmt.Fprintf(b, "\tfix: %s\n", d.Fix.Title)
	if d.Fix.KeepsMeaning {
		b.WriteString("\t(keeps the meaning)\n")
	}
	before := f.findings()
	fixed := &fixture{disk: maps.Clone(f.disk), dir: f.dir, paths: f.paths}
	for _, file := range d.Fix.Edits {
		old := f.snapshot.Text(file.Path).Text()
		text := Apply(old, file.Edits)
		fixed.disk[file.Path] = text
		removed, added := changedLines(old, text)
		for _, line := range removed {
			fmt.Fprintf(b, "\t- %s\n", line)
		}
		for _, line := range added {
			fmt.Fprintf(b, "\t+ %s\n", line)
		}
	}
	if f.root == nil {
		return
	}
	var err error
	if fixed.snapshot, fixed.root, err = Load(fixed.disk, f.dir, *f.snapshot.settings, nil); err != nil {
		t.Fatal(err)
	}
	count := func(found []ArchDiagnostic) map[string]int {
		n := map[string]int{}
		for _, d := range found {
			n[d.Code]++
		}
		return n
	}
	was, is := count(before), count(fixed.findings())
	if is[d.Code] >= was[d.Code] {
		t.Errorf("%s: after the fix %q there is as much [%s] as before", f.location(d.Location), d.Fix.Title, d.Code)
	}
	for code, n := range is {
		if d.Code == "undefined-compare" && code == check.CodeUndefinedSymbol {
			continue // "!X" is what was meant, and X is as undefined as before
		}
		switch family := familyOf(code); {
		case family == check.Style:
			continue // for the formatter
		case family == check.Dead && familyOf(d.Code) == check.Dead:
			continue // what comes to light then
		}
		if n > was[code] {
			t.Errorf("%s: the fix %q leads to [%s]", f.location(d.Location), d.Fix.Title, code)
		}
	}
}

// familyOf returns the family of a rule.
func familyOf(code string) check.Family {
	for _, r := range check.Rules() {
		if r.ID == code {
			return r.Family
		}
	}
	return ""
}

// changedLines returns the lines of two texts between those that they begin and end
// with alike.
func changedLines(old, text string) (removed, added []string) {
	a, b := strings.Split(old, "\n"), strings.Split(text, "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = slices.Delete(a, len(a)-1, len(a)), slices.Delete(b, len(b)-1, len(b))
	}
	return a, b
}
