package menu

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// plainVariables expand nothing but one variable.
type plainVariables struct{ value *string }

func (v plainVariables) Assign(_ *File, st parser.Statement) { *v.value = st.TokenText(st.Len() - 1) }

func (v plainVariables) Expand(_ *File, _ parser.Statement, token string) (string, bool) {
	return strings.ReplaceAll(parser.Unquote(token), "$(V)", *v.value), true
}

func (plainVariables) Defines(string) bool { return true }

// mapLoader has its files in memory.
type mapLoader map[string]*File

func (l mapLoader) Load(path string) (*File, error) {
	if f := l[path]; f != nil {
		return f, nil
	}
	return nil, fs.ErrNotExist
}

func (mapLoader) Glob(string) []string { return nil }

// tree links files with the given texts; the root is called Kconfig.
func tree(texts map[string]string) (*View, *Sources) {
	symbols, paths := NewNames(0), NewNames(0)
	loader, files := mapLoader{}, []*File(nil)
	for path, text := range texts {
		f := NewFile(FileID(paths.Number(path)), path, parser.Parse(text, parser.Linux(6, 12)), symbols)
		loader[path] = f
		files = append(files, f)
	}
	value := ""
	return Link(loader["Kconfig"], plainVariables{&value}, loader), NewSources(symbols, paths, files)
}

// walkText renders a walk: each entry with the openers around it.
func walkText(v *View, s *Sources) string {
	var b strings.Builder
	for visit := range v.Walk(s) {
		fmt.Fprintf(&b, "%s:%d %s", visit.File.Path, visit.File.Tree.Line(int(visit.Head.Start))+1, visit.Name)
		for e := visit.Around; e != nil; e = e.Outer {
			fmt.Fprintf(&b, " < %s:%d (%d)", e.File.Path, e.File.Tree.Line(int(e.Block.Start))+1, len(e.Conditions))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestWalk(t *testing.T) {
	v, s := tree(map[string]string{
		"Kconfig": "if A\nV := ONE\nsource \"t\"\nendif\nmenu \"M\"\ndepends on B\nvisible if C\nV := TWO\nsource \"t\"\nsource \"gone\"\nendmenu\nconfig LAST\n",
		"t":       "config $(V)_X\n\tbool\nif Q\nconfig IN\nendif\nmenu \"not closed\"\n",
	})
	want := `Kconfig:1 
t:1 ONE_X < Kconfig:1 (1)
t:3  < Kconfig:1 (1)
t:4 IN < t:3 (1) < Kconfig:1 (1)
t:6  < Kconfig:1 (1)
Kconfig:5 
t:1 TWO_X < Kconfig:5 (2)
t:3  < Kconfig:5 (2)
t:4 IN < t:3 (1) < Kconfig:5 (2)
t:6  < Kconfig:5 (2)
Kconfig:12 LAST
`
	if got := walkText(v, s); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	entries := v.ExpandedEntries(s, "TWO_X")
	if len(entries) != 1 || len(entries[0].Around) != 2 {
		t.Errorf("TWO_X: %v", entries)
	}
	if got := walkText(v, s.Without(FileID(s.FileByPath("t").ID))); got != "Kconfig:1 \nKconfig:5 \nKconfig:12 LAST\n" {
		t.Errorf("without a file: %s", got)
	}
}

// TestOrder compares the order of places with that of a walk.
func TestOrder(t *testing.T) {
	v, s := tree(map[string]string{
		"Kconfig": "config A\nsource \"one\"\nconfig B\nsource \"two\"\nconfig C\n",
		"one":     "config D\nsource \"three\"\nconfig E\n",
		"two":     "config F\n",
		"three":   "config G\nconfig H\n",
	})
	var entries []Entry
	for visit := range v.Walk(s) {
		entries = append(entries, visit.Entry)
	}
	order := v.Order(s)
	for i, a := range entries {
		for j, b := range entries {
			got := order.Compare(a.File, a.Head.Index, b.File, b.Head.Index)
			if got < 0 != (i < j) || got > 0 != (i > j) {
				t.Errorf("%s against %s: %d", a.Name(), b.Name(), got)
			}
		}
	}
}

func (plainVariables) Explain(*File, parser.Statement, string) Expansion { return Expansion{} }
