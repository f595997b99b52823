package format_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/kconfig-ls/kconfig-ls/analysis/format"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// verify checks that edits are in order and white space only, that they keep the
// meaning by what the rest of the analysis sees, and that formatting again changes
// nothing.
func verify(t testing.TB, name string, tree *parser.Tree, style format.Style, edits []format.Edit) {
	t.Helper()
	at := 0
	for _, e := range edits {
		st := tree.At(e.Statement)
		switch old := tree.Slice(e.Start, e.End); {
		case e.Start < at || e.End < e.Start:
			t.Fatalf("%s: the edit %+v overlaps the one before", name, e)
		case e.Start < int(st.Start) || e.End > int(st.End):
			t.Fatalf("%s: the edit %+v is outside of its statement", name, e)
		case old == e.Text:
			t.Fatalf("%s: the edit %+v changes nothing", name, e)
		case strings.TrimFunc(old+e.Text, unicode.IsSpace) != "":
			t.Fatalf("%s: the edit %+v of %q is about more than white space", name, e, old)
		}
		at = e.End
	}
	text := format.Apply(tree.Text(), edits)
	after := parser.Parse(text, tree.Dialect())
	if again := format.All(after, style); len(again) > 0 {
		t.Fatalf("%s: formatting again changes line %d: %+v of %q\nbefore: %q\nafter:  %q", name, after.Line(again[0].Start)+1, again[0],
			after.Slice(after.LineStart(after.Line(again[0].Start)), again[0].End), tree.Text(), text)
	}
	if a, b := said(tree), said(after); !slices.Equal(a, b) {
		t.Fatalf("%s: something else is said afterwards:\n%q\n%q", name, a, b)
	}
	symbols, paths := menu.NewNames(0), menu.NewNames(0)
	before := menu.NewFile(menu.FileID(paths.Number(name)), name, tree, symbols)
	sources := menu.NewSources(symbols, paths, []*menu.File{before})
	edited, change := tree.Edit(0, tree.Size(), text)
	file := before.Edit(edited, change)
	if s, viewsHold := sources.WithEdit(file, change); !s.SameMeaning(sources) || !s.SameDependencies(sources) {
		t.Fatalf("%s: the meaning is another one", name)
	} else if !viewsHold && !menu.SameLinks(before, file) && strings.Join(links(before), "") != strings.Join(links(file), "") {
		t.Fatalf("%s: other files are read", name)
	}
	for i, e := range edits {
		if one := edits[i : i+1]; format.Keeps(tree, one) && !sameSaid(tree, one) {
			t.Fatalf("%s: the edit %+v alone changes what is said", name, e)
		}
	}
	if a, b := helps(before), helps(file); !slices.Equal(a, b) {
		t.Fatalf("%s: other help texts are shown:\n%q\n%q", name, a, b)
	}
}

// sameSaid reports whether a file says the same after edits.
func sameSaid(t *parser.Tree, edits []format.Edit) bool {
	return slices.Equal(said(t), said(parser.Parse(format.Apply(t.Text(), edits), t.Dialect())))
}

// said returns the statements of a file and their tokens, without help texts.
func said(t *parser.Tree) []string {
	var all []string
	for st := range t.All() {
		for i := range st.Len() {
			text := st.TokenText(i)
			switch st.Token(i).Kind {
			case parser.HelpBody:
				text = strings.Join(strings.Fields(text), " ")
			case parser.Comment:
				text = "#" + strings.TrimSpace(text[1:])
			}
			all = append(all, st.Kind.String()+" "+text)
		}
	}
	return all
}

// helps returns the help texts of a file's entries as they are shown.
func helps(f *menu.File) []string {
	var all []string
	for st := range f.Tree.All() {
		if menu.HasAttributes(st.Kind) {
			text, _, _ := menu.Entry{File: f, Head: st}.Help()
			all = append(all, text)
		}
	}
	return all
}

// links returns the words of the lines that tie a file to others.
func links(f *menu.File) []string {
	var all []string
	for st := range f.Sources() {
		all = append(all, strings.Fields(st.Text())...)
	}
	return all
}
