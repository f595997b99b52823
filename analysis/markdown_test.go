package analysis

import (
	"strings"
	"testing"
)

func TestEscapeMarkdown(t *testing.T) {
	for text, want := range map[string]string{
		"plain text":        "plain text",
		"a*b_c`d":           "a\\*b\\_c\\`d",
		"<b>&amp; [x](y)":   "\\<b\\>\\&amp; \\[x\\](y)",
		"# title":           "\\# title",
		"- item":            "\\- item",
		"1. one":            "1\\. one",
		"3) three":          "3\\) three",
		"a\nb\tc":           "a b c",
		"    code":          "code",
		"a \\ b":            "a \\\\ b",
		"![image](x) ~~s~~": "\\!\\[image\\](x) \\~\\~s\\~\\~",
		"12.5":              "12\\.5",
		"x - y = 1.":        "x - y = 1.",
	} {
		if got := escapeMarkdown(text); got != want {
			t.Errorf("escapeMarkdown(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestCodeSpan(t *testing.T) {
	for text, want := range map[string]string{
		"":         "",
		"A && B":   "`A && B`",
		"a`b":      "``a`b``",
		"`a``b":    "``` `a``b ```",
		"a\nb":     "`a b`",
		" ":        "",
		" padded ": "`  padded  `",
	} {
		if got := codeSpan(text); got != want {
			t.Errorf("codeSpan(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestDocumentIsBounded(t *testing.T) {
	d := &document{}
	for range 1000 {
		d.paragraph(words(strings.Repeat("word ", 100)))
		d.text(strings.Repeat("```\n", 100))
	}
	doc := d.documentation()
	if len(doc.Markdown) > maxDocument+8 || len(doc.Plain) > maxDocument+8 {
		t.Errorf("%d and %d bytes", len(doc.Markdown), len(doc.Plain))
	}
	if !strings.HasSuffix(doc.Markdown, "…") {
		t.Error("nothing tells that it was cut")
	}
}
