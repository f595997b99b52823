package analysis

import (
	"bytes"
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

func TestEscapeMarkdown(t *testing.T) {
	for text, want := range map[string]string{
		"plain text":        "plain text",
		"a*b_c`d":           "a\\*b_c\\`d",
		"_a_ b_ c * d":      "\\_a\\_ b\\_ c * d",
		"<b>&amp; [x](y)":   "\\<b>\\&amp; \\[x\\](y)",
		"A && B < C | D":    "A && B < C | D",
		"~/.cargo/bin":      "~/.cargo/bin",
		"$(cc-option,-m)":   "$(cc-option,-m)",
		"# title":           "\\# title",
		"- item":            "\\- item",
		"1. one":            "1\\. one",
		"3) three":          "3\\) three",
		" 4) four":          "4\\) four",
		"a\nb\tc":           "a b c",
		"    code":          "code",
		"a \\ b":            "a \\ b",
		"![image](x) ~~s~~": "!\\[image\\](x) \\~\\~s\\~\\~",
		"12.5":              "12\\.5",
		"x - y = 1.":        "x - y = 1.",
	} {
		if got := escapeMarkdown(text); got != want {
			t.Errorf("escapeMarkdown(%q) = %q, want %q", text, got, want)
		}
	}
}

// FuzzEscapeMarkdown has Markdown show what was escaped: it is the text.
func FuzzEscapeMarkdown(f *testing.F) {
	for _, text := range []string{
		"a*b_c`d", "<b>&amp; [x](y)", "- - a", "1) x", "![i](j)", "~~a~~ ~b~", "a_ _b_ *c*", "\\* \\\\a", "# a #", "> a", "=", "a|b", "***", "___", "* * *",
		"<http://x> http://x", "&#35; &copy;", "[a]: b", "[^1]", "[ ] a", "+ a", " 1)", "<#@0>", "```", "~~~", "<!-- a -->", "<?x?>", "\\", "$a$",
	} {
		f.Add(text)
	}
	// Without the extension that finds addresses in plain text.
	markdown := goldmark.New(goldmark.WithExtensions(extension.Strikethrough, extension.Table, extension.TaskList))
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 200 || !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool {
			return r < ' ' && !strings.ContainsRune("\n\r\t", r) || r >= 0x7f && !(r > 0xa0 && r < 0x250)
		}) {
			t.Skip("long, or with characters that Markdown takes for blanks or leaves out")
		}
		escaped := escapeMarkdown(text)
		var out bytes.Buffer
		if err := markdown.Convert([]byte(escaped), &out); err != nil {
			t.Fatal(err)
		}
		want := strings.Trim(strings.Map(func(r rune) rune {
			if strings.ContainsRune("\n\r\t", r) {
				return ' '
			}
			return r
		}, text), " ")
		got := strings.TrimSuffix(out.String(), "\n")
		if want != "" {
			if !strings.HasPrefix(got, "<p>") || !strings.HasSuffix(got, "</p>") {
				t.Fatalf("%q, escaped %q, is no paragraph: %s", text, escaped, got)
			}
			got = got[len("<p>") : len(got)-len("</p>")]
		}
		if got = html.UnescapeString(got); got != want {
			t.Errorf("%q, escaped %q, is shown as %q", text, escaped, got)
		}
	})
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
