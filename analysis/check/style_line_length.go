package check

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const codeStyleLineLength = "style-line-length"

// mostColumns is how long lines may be where the project's style does not say: what
// scripts/checkpatch.pl takes elsewhere.
const mostColumns = 100

// styleLineLength reports lines that are longer than the style of the project has them.
// It leaves out those with a macro reference or an address, which cannot be broken; see
// check_compliance.py of Zephyr.
func styleLineLength() FileCheck {
	rule := Rule{ID: codeStyleLineLength, Family: Style, Severity: Hint, Only: []string{"zephyr", "esp-idf"}}
	return FileCheck{Rules: []Rule{rule}, Run: func(p *FilePass) {
		style := p.Style()
		most := style.MaxLine
		if most == 0 {
			most = mostColumns
		}
		start := 0
		for line := range strings.Lines(p.File.Tree.Text()) {
			text := strings.TrimRight(line, "\r\n")
			// With tabs of up to 16 columns a short line cannot be too long.
			if len(text) > most/16 && !strings.Contains(text, "$(") && !strings.Contains(text, "://") {
				if n, over := columns(text, style.TabWidth, most); n > most {
					st := p.File.Tree.At(p.File.Tree.IndexAt(start))
					p.report(LineFinding{
						Code: codeStyleLineLength, Severity: Hint, At: p.line(st).bytes(uint32(start+over), uint32(start+len(text))),
						Message: fmt.Sprintf("the line has %d columns, and this project's style has %d at most: break it", n, most),
					})
				}
			}
			start += len(line)
		}
	}}
}

// columns returns how many columns a line has, and its first byte behind the most that
// it may have.
func columns(line string, tabWidth, most int) (n, over int) {
	over = -1
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if r == '\t' {
			n += tabWidth - n%tabWidth
		} else {
			n++
		}
		if n > most && over < 0 {
			over = i
		}
		i += size
	}
	return n, over
}
