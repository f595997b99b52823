package menu

import "strings"

// unindent removes the indentation of a help text's first line from all of its
// lines, tabs counting to the next multiple of eight, as conf does.
func unindent(text string) string {
	lines := strings.Split(text, "\n")
	first := -1
	for i, line := range lines {
		line = strings.TrimRight(line, " \t\r")
		body := strings.TrimLeft(line, " \t")
		if body == "" {
			lines[i] = ""
			continue
		}
		width := 0
		for _, c := range line[:len(line)-len(body)] {
			if c == '\t' {
				width = width&^7 + 8
			} else {
				width++
			}
		}
		if first < 0 {
			first = width
		}
		lines[i] = strings.Repeat(" ", max(width-first, 0)) + body
	}
	return strings.Join(lines, "\n")
}
