package report

import (
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/terminal"
)

// TextOptions says how a report is written for people.
type TextOptions struct {
	// Dir is the absolute path of the working directory. Files below it are
	// named relative to it, others by their absolute path.
	Dir string
	// Colors marks the parts of findings by colours.
	Colors bool
	// Columns is how wide source lines may be, in characters.
	Columns int
}

// minColumns is what remains of a source line on the narrowest terminal.
const minColumns = 40

// colors of the parts of a finding, empty for none.
type colors struct {
	file, severity, note, code, mark, off string
}

func (o TextOptions) colors(severity check.Severity) colors {
	if !o.Colors {
		return colors{}
	}
	c := colors{file: "\x1b[1m", note: "\x1b[1;36m", code: "\x1b[2m", off: "\x1b[0m"}
	switch severity {
	case check.Error:
		c.severity = "\x1b[1;31m"
	case check.Warning:
		c.severity = "\x1b[1;35m"
	default:
		c.severity = "\x1b[1;36m"
	}
	c.mark = c.severity
	return c
}

// WriteText writes the findings the way compilers do, each with its source
// line and its related places.
func WriteText(w io.Writer, r *Report, o TextOptions) error {
	p := newPrinter(w)
	for f := range r.counting() {
		writeFinding(p, f, o)
	}
	return p.flush()
}

func writeFinding(w printer, f *Finding, o TextOptions) {
	c := o.colors(f.Severity)
	archs := ""
	if len(f.Archs) > 0 {
		archs = " (only for " + strings.Join(f.Archs, ", ") + ")"
	}
	w.printf("%s%s:%s %s%s:%s %s%s %s[%s]%s\n", c.file, o.place(f.Place), c.off,
		c.severity, f.Severity, c.off, terminal.Printable(f.Message), terminal.Printable(archs), c.code, f.Code, c.off)
	writeSource(w, f.Place, o, c)
	for _, n := range f.Related {
		c.mark = c.note
		w.printf("%s%s:%s %snote:%s %s\n", c.file, o.place(n.Place), c.off, c.note, c.off, terminal.Printable(n.Message))
		writeSource(w, n.Place, o, c)
	}
}

// place names a place as compilers do.
func (o TextOptions) place(p Place) string {
	return terminal.Printable(DisplayPath(o.Dir, p.Path)) + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// DisplayPath returns how a file is named to a person in a directory: relative
// to it if the file lies below.
func DisplayPath(dir, path string) string { return filepath.FromSlash(relative(dir, path)) }

// writeSource writes a source line with a mark below the range.
func writeSource(w printer, p Place, o TextOptions, c colors) {
	if strings.TrimSpace(p.Text) == "" {
		return // the end of the file, or a text that is not known
	}
	end := p.EndColumn
	if p.EndLine != p.Line {
		end = len(p.Text) + 1
	}
	gutter := max(5, len(strconv.Itoa(p.Line)))
	shown := excerpt(p.Text, p.Column-1, end-1, max(o.Columns-gutter-3, minColumns))
	w.printf("%*d | %s\n", gutter, p.Line, shown.text)
	w.printf("%*s | %s%s^%s%s\n", gutter, "", strings.Repeat(" ", shown.before), c.mark,
		strings.Repeat("~", max(shown.marked-1, 0)), c.off)
}

// excerptLine is what is shown of a source line.
type excerptLine struct {
	text           string
	before, marked int // columns before the mark, and below the range
}

const (
	// tabStop is how far tabs reach in Kconfig files: help texts are delimited
	// by it.
	tabStop = 8
	// ellipsis stands for what is left out of a line.
	ellipsis = "…"
)

// excerpt returns the part of a line around the bytes [start, end) that fits
// into a number of columns.
func excerpt(line string, start, end, columns int) excerptLine {
	start = min(max(start, 0), len(line))
	end = min(max(end, start), len(line))
	// What is far away from the range is not even looked at.
	from := boundary(line, max(start-4*columns, 0))
	to := boundary(line, min(start+4*columns, len(line)))
	cells, total := layout(line[from:to])
	markStart, markEnd := total, total
	for _, c := range cells {
		if c.offset+from <= start {
			markStart = c.column
		}
		if c.offset+from < end {
			markEnd = c.column + c.columns
		}
	}
	if start == len(line) {
		markStart = total
	}
	markEnd = max(markEnd, markStart)
	if end == start {
		markEnd = markStart
	}

	x := extract{cells: cells, left: 0, right: total, moreLeft: from > 0, moreRight: to < len(line)}
	if x.moreLeft || x.moreRight || total > columns {
		if x.moreLeft || markStart > columns*2/3 {
			x.left = max(markStart-columns/3, 0)
		}
		x.right = x.left + columns - 2 // with room for what stands for the rest
	}
	return x.show(markStart, markEnd)
}

// cell is a character as it is shown.
type cell struct {
	text            string
	offset          int // in the text that was laid out
	column, columns int
}

// layout returns the characters of a text as they are shown, and how many
// columns they take.
func layout(text string) (cells []cell, total int) {
	for at := 0; at < len(text); {
		_, size := utf8.DecodeRuneInString(text[at:])
		c := cell{offset: at, column: total}
		if text[at] == '\t' {
			c.columns = tabStop - total%tabStop
			c.text = strings.Repeat(" ", c.columns)
		} else {
			c.text, c.columns = terminal.Cell(text[at : at+size])
		}
		total += c.columns
		cells = append(cells, c)
		at += size
	}
	return cells, total
}

// extract is the columns [left, right) of a line.
type extract struct {
	cells               []cell
	left, right         int
	moreLeft, moreRight bool // whether the line has more than the cells
}

func (x extract) show(markStart, markEnd int) excerptLine {
	var b strings.Builder
	var shown excerptLine
	if x.moreLeft || x.left > 0 {
		b.WriteString(ellipsis)
		shown.before = 1
	}
	begin, end := -1, 0 // the columns that are shown in the end
	for _, c := range x.cells {
		if c.column < x.left {
			continue
		}
		if c.column+c.columns > x.right {
			x.moreRight = true
			break
		}
		if begin < 0 {
			begin = c.column
		}
		b.WriteString(c.text)
		end = c.column + c.columns
	}
	if x.moreRight {
		b.WriteString(ellipsis)
	}
	shown.text = strings.TrimRight(b.String(), " ")
	shown.before += markStart - max(begin, 0)
	shown.marked = max(min(markEnd, end)-markStart, 1)
	return shown
}

// boundary returns the offset, or one shortly before it, where a character
// begins.
func boundary(s string, offset int) int {
	for i := range utf8.UTFMax {
		if at := offset - i; at <= 0 || at >= len(s) || utf8.RuneStart(s[at]) {
			return max(at, 0)
		}
	}
	return offset
}

// String words the summary: "3 errors, 41 warnings in 1606 files".
func (s Summary) String() string {
	text := plural(s.Errors, "error") + ", " + plural(s.Warnings, "warning")
	if n := s.Information + s.Hints; n > 0 {
		text += ", " + plural(n, "remark")
	}
	return text + " in " + plural(s.Files, "file")
}

func plural(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return strconv.Itoa(n) + " " + word
}
