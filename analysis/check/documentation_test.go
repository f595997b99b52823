package check

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDocumentation holds the codes against their documentation: each code has
// a section, and each section a code.
func TestDocumentation(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "diagnostics.md"))
	if err != nil {
		t.Fatal(err)
	}
	var sections []string
	for line := range strings.Lines(string(text)) {
		if title, ok := strings.CutPrefix(line, "## "); ok {
			sections = append(sections, strings.TrimSpace(title))
		}
	}
	var codes []string
	for _, r := range Rules() {
		codes = append(codes, r.ID)
	}
	for _, code := range codes {
		if !slices.Contains(sections, code) {
			t.Errorf("docs/diagnostics.md has no section %q", code)
		}
	}
	for _, section := range sections {
		if !slices.Contains(codes, section) {
			t.Errorf("docs/diagnostics.md has a section %q, which is no code", section)
		}
	}
}
