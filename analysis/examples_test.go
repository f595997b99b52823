package analysis

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
)

// example is a block of a page about a check.
type example struct {
	bad     bool
	dialect string // "" to find out
	text    string
}

// examplesOf returns the examples of a page: blocks that begin with "```kconfig bad" or
// "```kconfig good", which the name of a dialect can follow. What is in them is one
// Kconfig file, or several files as a txtar archive has them.
func examplesOf(page string) []example {
	var all []example
	lines := strings.SplitAfter(page, "\n")
	for i := 0; i < len(lines); i++ {
		words := strings.Fields(strings.TrimPrefix(lines[i], "```"))
		if !strings.HasPrefix(lines[i], "```") || len(words) < 2 || words[0] != "kconfig" {
			continue
		}
		e := example{bad: words[1] == "bad"}
		if len(words) > 2 {
			e.dialect = words[2]
		}
		for i++; i < len(lines) && !strings.HasPrefix(lines[i], "```"); i++ {
			e.text += lines[i]
		}
		all = append(all, e)
	}
	return all
}

// partName is the line that begins a file of an example.
var partName = regexp.MustCompile(`(?m)^-- (.+) --$`)

// finds reports whether an example has a finding of a rule, over all architectures.
func (e example) finds(t *testing.T, rule check.Rule) bool {
	archive := e.text
	if !strings.HasPrefix(archive, "-- ") {
		archive = "-- Kconfig --\n" + archive
	}
	if !strings.Contains(archive, "mainmenu ") {
		archive = strings.Replace(archive, "-- Kconfig --\n", "-- Kconfig --\nmainmenu \"Example\"\n\n", 1)
	}
	if rule.Family == check.Configs {
		archive = partName.ReplaceAllStringFunc(archive, func(line string) string {
			name := partName.FindStringSubmatch(line)[1]
			if IsConfigName(name) {
				return "-- " + name + " (open) --"
			}
			return line
		})
	}
	archive += "-- settings --\n"
	if e.dialect != "" {
		archive += "dialect=" + e.dialect + "\n"
	}
	if rule.Off || rule.Only != nil || rule.Family == check.Code { // code is read if somebody asks
		archive += "check " + rule.ID + "=on\n"
	}
	if rule.Family == check.Deep {
		archive += "check deep=default\n"
	}
	f := newFixture(t, archive)
	if f.root == nil {
		t.Fatalf("the example is no tree:\n%s", e.text)
	}
	found := f.findings()
	if rule.OfUser {
		for _, d := range DiagnoseRoot(f.snapshot, f.root, "") {
			found = append(found, ArchDiagnostic{Diagnostic: d})
		}
	}
	if rule.Family == check.Configs {
		for _, document := range f.snapshot.Documents() {
			for _, d := range Diagnose(f.snapshot, document.Path, true) {
				found = append(found, ArchDiagnostic{Diagnostic: d})
			}
		}
	}
	return slices.ContainsFunc(found, func(d ArchDiagnostic) bool { return d.Code == rule.ID })
}

// withoutExamples says of which rules about Kconfig files the pages have no examples, and
// why.
func withoutExamples() map[string]string {
	return map[string]string{
		"dead-here":                 "it is told in editors only",
		"crlf-line-ends":            "what ends a line cannot be seen",
		"excessive-source":          "it takes 200,000 inclusions",
		"expression-too-deep":       "it takes thousands of parentheses",
		"no-newline-at-eof":         "the lines of a block all end",
		"policy-invalid":            "it is about .kconfig-ls.yaml",
		"toolchain-condition-false": "it depends on the reader's tools",
		"unreadable-source":         "it depends on permissions",
	}
}

// TestExamples runs the examples of the pages about checks: those that are bad must have
// a finding of the check, those that are good must not.
func TestExamples(t *testing.T) {
	without := withoutExamples()
	for _, rule := range check.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join("..", "docs", "checks", rule.ID+".md"))
			if err != nil {
				t.Fatal(err)
			}
			good, bad := 0, 0
			for _, e := range examplesOf(string(page)) {
				switch found := e.finds(t, rule); {
				case e.bad && !found:
					t.Errorf("nothing is found in the bad example:\n%s", e.text)
				case !e.bad && found:
					t.Errorf("something is found in the good example:\n%s", e.text)
				case e.bad:
					bad++
				default:
					good++
				}
			}
			if rule.Family == check.Configs || without[rule.ID] != "" {
				return
			}
			if good == 0 || bad == 0 {
				t.Errorf("the page has %d bad and %d good examples that are right: it needs one of each", bad, good)
			}
		})
	}
}
