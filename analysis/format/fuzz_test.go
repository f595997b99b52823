package format_test

import (
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kconfig-ls/kconfig-ls/analysis/format"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// FuzzFormat formats texts in all dialects, whole and in part.
func FuzzFormat(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for i, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(seen.Replace(string(archive.Files[0].Data)), uint8(i), uint8(i), uint16(20), uint16(60))
	}
	f.Fuzz(func(t *testing.T, text string, dialect, property uint8, start, end uint16) {
		if len(text) > 4096 {
			return
		}
		d := parser.Dialects()[int(dialect)%len(parser.Dialects())]
		style := format.StyleOf(d)
		if property&1 != 0 {
			style = style.Override(map[string]string{"indent_style": "space", "indent_size": "3"})
		}
		if property&2 != 0 {
			style = style.Override(map[string]string{"trim_trailing_whitespace": "false", "insert_final_newline": "false"})
		}
		style.Nested = style.Nested != (property&4 != 0)
		style.OneUnit = style.OneUnit != (property&8 != 0)
		tree := parser.Parse(text, d)
		verify(t, "Kconfig", tree, style, format.All(tree, style))
		part := format.Edits(tree, style, int(start), max(int(start), int(end)))
		if !sameSaid(tree, part) {
			t.Errorf("the edits of a part change the meaning: %+v of %q", part, text)
		}
	})
}
