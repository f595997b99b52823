package main

import (
	"fmt"
	"html"
	"strings"
)

// How large things are, in the units of the picture.
const (
	cellWidth  = 8.4
	cellHeight = 18
	left       = 12
	top        = 34
	baseline   = 13 // of a line, from its top
	fontSize   = 14
)

const (
	usualForeground = "#c5c8c6"
	usualBackground = "#1d1f21"
)

// draw returns the picture of lines, as wide as is said or as the longest one.
func draw(lines [][]span, title string, columns int) string {
	for _, line := range lines {
		width := 0
		for _, s := range line {
			width += s.width()
		}
		columns = max(columns, width)
	}
	width := int(2*left + float64(columns)*cellWidth + 0.5)
	height := top + cellHeight*len(lines) + left

	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="%d"><title>%s</title>`+"\n",
		width, height, width, height, fontSize, html.EscapeString(title))
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="8" fill="%s"/>`, width, height, window(lines))
	for i, colour := range []string{"#cc6666", "#f0c674", "#b5bd68"} {
		fmt.Fprintf(&b, `<circle cx="%d" cy="16" r="5" fill="%s"/>`, 18*(i+1), colour)
	}
	b.WriteString("\n")
	for row, line := range lines {
		drawLine(&b, line, top+cellHeight*row, window(lines))
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// window returns the background that most of the cells have.
func window(lines [][]span) string {
	cells := map[string]int{}
	most := usualBackground
	for _, line := range lines {
		for _, s := range line {
			_, background := s.colours()
			if cells[background] += s.width(); cells[background] > cells[most] {
				most = background
			}
		}
	}
	return most
}

// colours returns those of the text and of what is behind it.
func (s style) colours() (foreground, background string) {
	foreground, background = usualForeground, usualBackground
	if s.foreground != "" {
		foreground = s.foreground
	}
	if s.background != "" {
		background = s.background
	}
	if s.reverse {
		return background, foreground
	}
	return foreground, background
}

// drawLine writes a line whose upper edge is at y.
func drawLine(b *strings.Builder, line []span, y int, window string) {
	column := 0
	for _, s := range line {
		x, width := left+float64(column)*cellWidth, float64(s.width())*cellWidth
		column += s.width()
		foreground, background := s.colours()
		if background != window {
			fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`+"\n", x, y, width, cellHeight, background)
		}
		blanks := len(s.text) - len(strings.TrimLeft(s.text, " "))
		text := strings.TrimSpace(s.text)
		if text != "" {
			start := x + float64(blanks)*cellWidth
			fmt.Fprintf(b, `<text x="%.1f" y="%d" fill="%s"%s textLength="%.1f" xml:space="preserve">%s</text>`+"\n",
				start, y+baseline, foreground, s.attributes(), float64(span{text: text}.width())*cellWidth, html.EscapeString(text))
		}
		s.drawLines(b, x, width, y, foreground)
	}
}

// attributes returns those of a text element for the style.
func (s style) attributes() string {
	var b strings.Builder
	if s.bold {
		b.WriteString(` font-weight="bold"`)
	}
	if s.italic {
		b.WriteString(` font-style="italic"`)
	}
	if s.dim {
		b.WriteString(` opacity="0.6"`)
	}
	return b.String()
}

// drawLines draws the line below the text and the one through it.
func (s style) drawLines(b *strings.Builder, x, width float64, y int, colour string) {
	if s.struck {
		fmt.Fprintf(b, `<path d="M%.1f %d h%.1f" stroke="%s"/>`+"\n", x, y+baseline-4, width, colour)
	}
	if !s.underlined {
		return
	}
	if s.line != "" {
		colour = s.line
	}
	bottom := y + baseline + 3
	if !s.curly {
		fmt.Fprintf(b, `<path d="M%.1f %d h%.1f" stroke="%s"/>`+"\n", x, bottom, width, colour)
		return
	}
	fmt.Fprintf(b, `<path d="M%.1f %d`, x, bottom)
	for i := 0; float64(i)*4.2 < width-0.1; i++ {
		fmt.Fprintf(b, " q2.1 %d 4.2 0", 3-6*(i%2))
	}
	fmt.Fprintf(b, `" fill="none" stroke="%s"/>`+"\n", colour)
}
