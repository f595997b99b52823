package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/editorconfig"
	"github.com/kconfig-ls/kconfig-ls/analysis/format"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Format returns the edits that set a Kconfig file in the style of its project, sorted
// by place. The style is that of the dialect as the .editorconfig files above the file
// change it; see package format. Statements with an error, and what could be read
// otherwise afterwards, stay as they are; other kinds of files do as a whole.
func Format(s *Snapshot, path string) []Edit {
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	return joined(format.All(c.file.Tree, c.style(c.root.newStyles())))
}

// FormatRange is Format for the statements that touch the bytes [start, end). A help
// text is set as a whole.
func FormatRange(s *Snapshot, path string, start, end int) []Edit {
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	return joined(format.Edits(c.file.Tree, c.style(c.root.newStyles()), start, end))
}

// newStyles returns a reader of .editorconfig files that has read nothing so far. It
// is not kept for long, so that nobody has to say when such a file changes.
func (r *Root) newStyles() *editorconfig.Reader { return editorconfig.NewReader(r.loader.fsys) }

// style returns the style that the file is to be set in.
func (c scope) style(read *editorconfig.Reader) format.Style {
	style := format.StyleOf(c.root.Dialect)
	if c.root.Dir == "" {
		return style // a document that is no file
	}
	return style.Override(read.Properties(c.root.Path(c.file)))
}

// joined returns edits in which those that touch are one.
func joined(edits []format.Edit) []Edit {
	var all []Edit
	for _, e := range edits {
		if n := len(all); n > 0 && all[n-1].End == e.Start {
			all[n-1].End = e.End
			all[n-1].Text += e.Text
			continue
		}
		all = append(all, Edit{e.Start, e.End, e.Text})
	}
	return all
}

// FormatTyped returns the edit that sets the line at an offset right after somebody
// has typed a text there that ends before the offset: a line end, or the last letter of
// a keyword that closes a block. It returns nothing where there is nothing to do.
//
// A new line behind "help" is indented as its text, one behind the first line of an
// entry as its attributes, one that continues a line deeper than that, and one behind
// an attribute or a line of a help text as that. The end of a block is indented as its
// beginning.
func FormatTyped(s *Snapshot, path string, offset int, typed string) []Edit {
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	t := c.file.Tree
	line := t.Line(offset)
	start := t.LineStart(line)
	wanted, ok := "", false
	if typed == "\n" {
		wanted, ok = c.newLine(line)
	} else {
		wanted, ok = c.blockEnd(offset)
	}
	end := start + len(blanksAt(t, start))
	if !ok || t.Slice(start, end) == wanted {
		return nil
	}
	return []Edit{{start, end, wanted}}
}

// newLine returns the indentation of a line by the one before it.
func (c scope) newLine(line int) (blanks string, ok bool) {
	t := c.file.Tree
	if line == 0 {
		return "", false
	}
	start := t.LineStart(line)
	st := t.At(t.IndexAt(start - 1))
	before := blanksAt(t, t.LineStart(line-1))
	first := blanksAt(t, int(st.Start))
	style := c.style(c.root.newStyles())
	switch {
	case st.Kind == parser.HelpText:
		return before, st.Len() > 0 && start <= int(st.Token(0).End)+1
	case st.Kind == parser.Blank:
		return "", false
	case int(st.End) > start || int(st.End) == start && t.Slice(start-2, start) == "\\\n": // continued
		if t.LineStart(line-1) > int(st.Start) {
			return before, true
		}
		return first + style.Unit, true
	case st.Kind == parser.Help:
		return first + style.Help, true
	case st.Kind.IsAttribute():
		return first, true
	case st.Kind.IsSymbolDefinition(), st.Kind == parser.Configdefault, st.Kind == parser.Choice:
		return first + style.Unit, true
	case st.Kind.OpensBlock() && style.Nested:
		return first + style.Unit, true
	}
	return "", false
}

// blockEnd returns the indentation of the line at an offset if that is right behind a
// keyword that closes a block.
func (c scope) blockEnd(offset int) (blanks string, ok bool) {
	t := c.file.Tree
	i := t.IndexAt(offset - 1)
	if i < 0 {
		return "", false
	}
	st := t.At(i)
	if !st.Kind.ClosesBlock() || st.Len() != 1 || int(st.Token(0).End) != offset {
		return "", false
	}
	for _, b := range t.Blocks() {
		if b.Close == i && b.Closed {
			return blanksAt(t, int(t.At(b.Open).Start)), true
		}
	}
	return "", false
}

// blanksAt returns the blanks from an offset on.
func blanksAt(t *parser.Tree, offset int) string {
	end := offset
	for end < t.Size() {
		if c := t.Slice(end, end+1); c != " " && c != "\t" {
			break
		}
		end++
	}
	return t.Slice(offset, end)
}
