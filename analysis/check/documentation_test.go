package check

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocumentation holds the rules against their documentation: each has a page
// that begins with its id and says how severe it is, and each page is that of a rule.
func TestDocumentation(t *testing.T) {
	dir := filepath.Join("..", "..", "docs", "checks")
	known := map[string]bool{}
	for _, r := range Rules() {
		known[r.ID] = true
		text, err := os.ReadFile(filepath.Join(dir, r.ID+".md"))
		if err != nil {
			t.Errorf("docs/checks has no page %s.md", r.ID)
			continue
		}
		if !strings.HasPrefix(string(text), "# "+r.ID+"\n\n*") {
			t.Errorf("docs/checks/%s.md does not begin with the id and the severity", r.ID)
		}
	}
	pages, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		if id, ok := strings.CutSuffix(page.Name(), ".md"); ok && !known[id] {
			t.Errorf("docs/checks/%s is the page of no rule", page.Name())
		}
	}
}
