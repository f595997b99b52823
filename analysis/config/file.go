package config

import "strings"

// LineKind says what a line of a configuration file is.
type LineKind uint8

// The kinds of lines.
const (
	// Blank is an empty line.
	Blank LineKind = iota
	// Comment is a line that begins with "#" and sets nothing.
	Comment
	// Assign is "CONFIG_NAME=value".
	Assign
	// Unset is "# CONFIG_NAME is not set", which means n.
	Unset
	// Malformed is a line that conf ignores with a warning.
	Malformed
)

// Line is one line of a configuration file. Offsets are bytes from the start of
// the file.
type Line struct {
	Kind LineKind
	// Start and End are the line without its line end.
	Start, End uint32
	// NameStart and NameEnd are the symbol's name without the prefix.
	NameStart, NameEnd uint32
	// ValueStart is where the value begins. It goes to the end of the line.
	ValueStart uint32
}

// File is a configuration file: .config, a defconfig, or a fragment of one. It
// never changes.
type File struct {
	Text string
	// Prefix is what the names of symbols begin with, such as CONFIG_.
	Prefix string
	// Lines are the lines in order. A text that ends with a line end has no
	// empty line behind it.
	Lines []Line
}

// Parse takes a configuration file apart. It never fails: what is no
// assignment is Malformed. As conf_read_simple in scripts/kconfig/confdata.c.
func Parse(text, prefix string) *File {
	f := &File{Text: text, Prefix: prefix, Lines: make([]Line, 0, strings.Count(text, "\n")+1)}
	f.parse(0, len(text))
	return f
}

// parse appends the lines of the bytes [start, until), which begin a line and
// end behind a line end, or at the end of the text.
func (f *File) parse(start, until int) {
	for start < until {
		end, next := until, until
		if i := strings.IndexByte(f.Text[start:until], '\n'); i >= 0 {
			end, next = start+i, start+i+1
			if end > start && f.Text[end-1] == '\r' {
				end--
			}
		}
		f.Lines = append(f.Lines, f.line(start, end))
		start = next
	}
}

func (f *File) line(start, end int) Line {
	l := Line{Start: uint32(start), End: uint32(end)}
	text := f.Text[start:end]
	if i := strings.IndexByte(text, 0); i >= 0 {
		text = text[:i] // for conf the line ends there
	}
	switch {
	case text == "":
		return l
	case text[0] == '#':
		l.Kind = Comment
		rest, ok := strings.CutPrefix(text, "# "+f.Prefix)
		if !ok {
			return l
		}
		name, words, ok := strings.Cut(rest, " ")
		if !ok || words != "is not set" {
			return l
		}
		l.Kind = Unset
		l.NameStart = uint32(start + 2 + len(f.Prefix))
		l.NameEnd = l.NameStart + uint32(len(name))
		l.ValueStart = l.NameEnd + 1
		return l
	}
	l.Kind = Malformed
	rest, ok := strings.CutPrefix(text, f.Prefix)
	if !ok {
		return l
	}
	name, _, ok := strings.Cut(rest, "=")
	if !ok {
		return l
	}
	l.Kind = Assign
	l.NameStart = uint32(start + len(f.Prefix))
	l.NameEnd = l.NameStart + uint32(len(name))
	l.ValueStart = l.NameEnd + 1
	return l
}

// Name returns the name of the symbol that a line sets, without the prefix.
func (f *File) Name(l Line) string { return f.Text[l.NameStart:l.NameEnd] }

// Value returns what a line sets its symbol to, as it is written: "n" for a
// symbol that is not set.
func (f *File) Value(l Line) string {
	switch l.Kind {
	case Assign:
		value := f.Text[l.ValueStart:l.End]
		if i := strings.IndexByte(value, 0); i >= 0 {
			value = value[:i]
		}
		return value
	case Unset:
		return "n"
	}
	return ""
}

// Values returns what the lines set symbols to, by their names: without quotes,
// and the last one of several.
func (f *File) Values() map[string]string {
	values := map[string]string{}
	for _, l := range f.Lines {
		if l.Kind != Assign && l.Kind != Unset {
			continue
		}
		text := f.Value(l)
		if rest, ok := strings.CutPrefix(text, `"`); ok {
			if text, ok = (Rules{}).unquote(rest); !ok {
				continue
			}
		}
		values[f.Name(l)] = text
	}
	return values
}
