package terminal

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestPrintable(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", ""},
		{"plain `text`", "plain `text`"},
		{"a\tb\nc", "a b c"},
		{"\x1b[31mred\x07\x00\x7f", `\x1b[31mred\a\x00\x7f`},
		{"\xff\xc3", `\xff\xc3`},
		{"grün 漢字 e\u0301", "grün 漢字 e\u0301"},
		{"\u202ebidi\u200b\u00a0", `\u202ebidi\u200b\u00a0`},
		{"\u009b31m", `\u009b31m`},
		{"\ufffd", "\ufffd"},
	} {
		if got := Printable(test.in); got != test.want {
			t.Errorf("%q: %q, want %q", test.in, got, test.want)
		}
	}
}

func TestCell(t *testing.T) {
	for _, test := range []struct {
		in, shown string
		columns   int
	}{
		{"a", "a", 1}, {" ", " ", 1}, {"ü", "ü", 1}, {"漢", "漢", 2}, {"Ａ", "Ａ", 2}, {"\u0301", "\u0301", 0},
		{"\x01", `\x01`, 4}, {"\xff", `\xff`, 4}, {"\u202e", `\u202e`, 6}, {"", "", 0},
	} {
		if shown, columns := Cell(test.in); shown != test.shown || columns != test.columns {
			t.Errorf("%q: %q %d, want %q %d", test.in, shown, columns, test.shown, test.columns)
		}
	}
}

func TestFileIsNoTerminal(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	getenv := func(string) string { return "" }
	if Is(f) || Is(nil) || Colors(f, getenv) || Columns(f, 77) != 77 {
		t.Error("a file is taken for a terminal")
	}
}

func TestProgress(t *testing.T) {
	var b strings.Builder
	p := NewProgress(&b)
	p.Show("too early")
	p.Done()
	if b.Len() > 0 {
		t.Errorf("a short run shows %q", b.String())
	}

	p = NewProgress(&b)
	p.next = time.Time{}
	p.Show("1 of 2\x1b")
	p.Show("too soon")
	p.Done()
	p.next = time.Time{}
	p.Show("too late")
	if want := "\r\x1b[K1 of 2\\x1b\r\x1b[K"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}

	var nobody *Progress
	nobody.Show("nothing")
	nobody.Done()
}
