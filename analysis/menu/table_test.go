package menu

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// tableText renders a table of names.
func tableText(table []NamedSymbol) string {
	var names []string
	for _, s := range table {
		names = append(names, s.Name)
	}
	return strings.Join(names, " ")
}

func TestDefinedNames(t *testing.T) {
	symbols, paths := NewNames(0), NewNames(0)
	file := func(text string) *File {
		return NewFile(FileID(paths.Number("Kconfig")), "Kconfig", parser.Parse(text, parser.Linux(6, 12)), symbols)
	}
	s := NewSources(symbols, paths, []*File{file("config B\n\tselect Z\nconfig A\n")})
	first := s.DefinedNames()
	if got := tableText(first); got != "A B" {
		t.Errorf("got %q", got)
	}
	same := s.With(file("config B\n\tselect Y\nconfig A\n\tbool\n"))
	if again := same.DefinedNames(); &again[0] != &first[0] {
		t.Error("an edit that defines nothing new made the table anew")
	}
	// Changes that nobody asks about in between add up.
	after := same.With(file("config B\nconfig A\nconfig AA\n")).With(file("config AA\nconfig B\nconfig C\n"))
	if got := tableText(after.DefinedNames()); got != "AA B C" {
		t.Errorf("got %q", got)
	}
	if got := tableText(first); got != "A B" {
		t.Errorf("the old table became %q", got)
	}
	for i := range 2 * maxTableChanges {
		after = after.With(file(fmt.Sprintf("config N_%d\n", i)))
	}
	if got, want := tableText(after.DefinedNames()), fmt.Sprintf("N_%d", 2*maxTableChanges-1); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
