package report

import (
	"sort"
	"strings"
)

// Lines tells lines and columns of a text. Lines end at "\n" only, as the
// kernel's tools count them.
type Lines struct {
	text   string
	starts []uint32 // offsets; texts of 4 GiB are refused long before
}

// NewLines counts the lines of a text.
func NewLines(text string) *Lines {
	starts := make([]uint32, 1, strings.Count(text, "\n")+1)
	for at := 0; ; {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return &Lines{text, starts}
		}
		at += n + 1
		starts = append(starts, uint32(at))
	}
}

// Position returns the line and the column of a byte offset, counted from 1,
// columns in bytes. Offsets past the end count as the end.
func (l *Lines) Position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(l.text))
	i := sort.Search(len(l.starts), func(i int) bool { return int(l.starts[i]) > offset })
	return i, offset - int(l.starts[i-1]) + 1
}

// Text returns a line without its end, "" if there is no such line.
func (l *Lines) Text(line int) string {
	if line < 1 || line > len(l.starts) {
		return ""
	}
	text := l.text[l.starts[line-1]:]
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		text = text[:i]
	}
	return strings.TrimSuffix(text, "\r")
}
