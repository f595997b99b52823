package report

import (
	"io"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/docs"
)

// WriteChecks lists checks, by family.
func WriteChecks(w io.Writer, rules []check.Rule) error {
	p := newPrinter(w)
	longest := 0
	for _, r := range rules {
		longest = max(longest, len(r.ID))
	}
	first := true
	for _, family := range check.Families() {
		begun := false
		for _, r := range rules {
			if r.Family != family {
				continue
			}
			if !begun {
				if !first {
					p.printf("\n")
				}
				p.printf("%s\n", family)
				begun, first = true, false
			}
			page, _ := docs.Check(r.ID)
			p.printf("  %-*s  %-11s  %-3s  %s\n", longest, r.ID, r.Severity, enabled(r), page.Sentence)
		}
	}
	return p.flush()
}

// enabled says whether a check is looked for by default: on, off, or in some dialects
// only.
func enabled(r check.Rule) string {
	switch {
	case r.Off:
		return "off"
	case r.Only != nil:
		return strings.Join(r.Only, ", ")
	}
	return "on"
}

// WritePages writes the pages of checks.
func WritePages(w io.Writer, rules []check.Rule) error {
	p := newPrinter(w)
	for i, r := range rules {
		if i > 0 {
			p.printf("\n")
		}
		page, _ := docs.Check(r.ID)
		p.printf("%s", page.Text)
	}
	return p.flush()
}

type jsonCheck struct {
	ID       string   `json:"id"`
	Family   string   `json:"family"`
	Severity string   `json:"severity"`
	Enabled  bool     `json:"enabled"`
	Dialects []string `json:"dialects,omitempty"`
	Summary  string   `json:"summary"`
	URL      string   `json:"url"`
	Page     string   `json:"page,omitempty"`
}

// WriteChecksJSON writes checks as one JSON object, with their pages if that is asked
// for.
func WriteChecksJSON(w io.Writer, rules []check.Rule, pages bool) error {
	j := newJSON(w, nil)
	j.array("checks", func(next func()) {
		for _, r := range rules {
			page, _ := docs.Check(r.ID)
			out := jsonCheck{
				r.ID, string(r.Family), r.Severity.String(), !r.Off, r.Only, page.Paragraph, check.DocumentationURL(r.ID), "",
			}
			if pages {
				out.Page = page.Text
			}
			next()
			j.value(out)
		}
	})
	return j.close()
}
