package docs_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/docs"
)

var update = flag.Bool("update", false, "write the table of diagnostics.md anew")

// TestPages holds what the pages say of a check against what it is.
func TestPages(t *testing.T) {
	for _, r := range check.Rules() {
		page, ok := docs.Check(r.ID)
		if !ok {
			t.Errorf("%s has no page", r.ID)
			continue
		}
		grade := strings.ToLower(page.Grade)
		if !strings.HasPrefix(grade, r.Severity.String()) || strings.Contains(grade, "off by default") != r.Off {
			t.Errorf("the page of %s says %q; it is %s, off by default: %t", r.ID, page.Grade, r.Severity, r.Off)
		}
		for _, text := range []string{page.Sentence, page.Paragraph} {
			if len(text) < 10 || !strings.HasSuffix(text, ".") || strings.ContainsAny(text, "`\n") {
				t.Errorf("what %s is about: %q", r.ID, text)
			}
		}
	}
	if _, ok := docs.Check("../checks/syntax-error"); ok {
		t.Error("a path is a check")
	}
}

func TestPlain(t *testing.T) {
	page, _ := docs.Check("config-forbidden")
	if want := "A *_defconfig or a fragment sets"; !strings.HasPrefix(page.Sentence, want) {
		t.Errorf("%q, want %q", page.Sentence, want)
	}
}

// The lines around the table in diagnostics.md.
const (
	tableBegin = "<!-- The table is written by: go test ./docs -update -->\n"
	tableEnd   = "<!-- end of the table -->\n"
)

// TestIndex holds the table of all checks in diagnostics.md against the checks.
func TestIndex(t *testing.T) {
	text, err := os.ReadFile("diagnostics.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(text), tableBegin)
	table, after, ends := strings.Cut(rest, tableEnd)
	if !begins || !ends {
		t.Fatal("diagnostics.md has no place for the table")
	}
	want := index()
	if table == want {
		return
	}
	if !*update {
		t.Fatalf("run with -update to write it anew (-is +should be):\n%s", cmp.Diff(table, want))
	}
	if err := os.WriteFile("diagnostics.md", []byte(before+tableBegin+want+tableEnd+after), 0o644); err != nil { //nolint:gosec // documentation is for everybody
		t.Fatal(err)
	}
}

// index returns the table of all checks, by family.
func index() string {
	var b strings.Builder
	b.WriteString("| check | family | severity | by default | |\n|---|---|---|---|---|\n")
	for _, family := range check.Families() {
		for _, r := range check.Rules() {
			if r.Family != family {
				continue
			}
			enabled := "on"
			switch {
			case r.Off:
				enabled = "off"
			case r.Only != nil:
				enabled = "on in " + strings.Join(r.Only, ", ")
			}
			page, _ := docs.Check(r.ID)
			fmt.Fprintf(&b, "| [%s](checks/%s.md) | %s | %s | %s | %s |\n", r.ID, r.ID, family, r.Severity, enabled,
				strings.NewReplacer("|", `\|`, "*", `\*`, "<", `\<`, "$", `\$`).Replace(page.Sentence))
		}
	}
	return b.String()
}
