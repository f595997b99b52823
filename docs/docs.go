// Package docs has the pages about checks, one for each.
package docs

import (
	"embed"
	"strings"
)

//go:embed checks/*.md
var checks embed.FS

// Page is what is written of a check.
type Page struct {
	// Text is the whole page in Markdown.
	Text string
	// Grade is how severe a finding is, and whether it is looked for, in words:
	// "Warning", "Hint, off by default".
	Grade string
	// Paragraph says what the check is about, in one line of plain text; Sentence is
	// the first sentence of it.
	Paragraph, Sentence string
}

// Check returns the page of a check, false if there is none.
func Check(id string) (Page, bool) {
	text, err := checks.ReadFile("checks/" + id + ".md")
	if err != nil {
		return Page{}, false
	}
	p := Page{Text: string(text)}
	_, body, _ := strings.Cut(p.Text, "\n\n*")
	grade, body, _ := strings.Cut(body, ".*")
	p.Grade = grade
	paragraph, _, _ := strings.Cut(body, "\n\n")
	p.Paragraph = strings.Join(strings.Fields(plain(paragraph)), " ")
	p.Sentence = p.Paragraph
	if end := strings.Index(p.Paragraph, ". "); end >= 0 {
		p.Sentence = p.Paragraph[:end+1]
	}
	return p, true
}

// plain returns a paragraph without the marks of Markdown: of a link its text stays, of
// code what is in it.
func plain(text string) string {
	var b strings.Builder
	for i, part := range strings.Split(text, "`") {
		if i%2 == 0 {
			part = strings.ReplaceAll(withoutLinks(part), "*", "")
		}
		b.WriteString(part)
	}
	return b.String()
}

// withoutLinks returns a text with the text of each link in its place.
func withoutLinks(text string) string {
	var b strings.Builder
	for {
		before, rest, opened := strings.Cut(text, "[")
		name, rest, named := strings.Cut(rest, "](")
		_, rest, closed := strings.Cut(rest, ")")
		if !opened || !named || !closed {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(before + name)
		text = rest
	}
}
