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

// plain returns a paragraph without the marks of Markdown: of a link its text stays.
func plain(text string) string {
	var b strings.Builder
	for {
		before, link, ok := strings.Cut(text, "](")
		if !ok {
			break
		}
		_, after, closed := strings.Cut(link, ")")
		if !closed {
			break
		}
		open := strings.LastIndexByte(before, '[')
		if open < 0 {
			open = len(before)
			before += "["
		}
		b.WriteString(before[:open] + before[open+1:])
		text = after
	}
	b.WriteString(text)
	return strings.ReplaceAll(strings.ReplaceAll(b.String(), "`", ""), "*", "")
}
