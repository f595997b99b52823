package report

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

func TestLines(t *testing.T) {
	lines := NewLines("a\nbü\r\n\nlast")
	for _, test := range []struct{ offset, line, column int }{
		{-1, 1, 1}, {0, 1, 1}, {1, 1, 2}, {2, 2, 1}, {5, 2, 4}, {6, 2, 5}, {7, 3, 1}, {8, 4, 1}, {12, 4, 5}, {99, 4, 5},
	} {
		if line, column := lines.Position(test.offset); line != test.line || column != test.column {
			t.Errorf("offset %d: %d:%d, want %d:%d", test.offset, line, column, test.line, test.column)
		}
	}
	for line, want := range map[int]string{0: "", 1: "a", 2: "bü", 3: "", 4: "last", 5: ""} {
		if got := lines.Text(line); got != want {
			t.Errorf("line %d: %q, want %q", line, got, want)
		}
	}
	empty := NewLines("")
	if line, column := empty.Position(0); line != 1 || column != 1 || empty.Text(1) != "" {
		t.Errorf("empty text: %d:%d", line, column)
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("0123456789", 30)
	for _, test := range []struct {
		name       string
		line       string
		start, end int
		text, mark string
	}{
		{"plain", "config FOO", 7, 10, "config FOO", "       ^~~"},
		{"empty range", "config FOO", 7, 7, "config FOO", "       ^"},
		{"behind the line", "config", 6, 6, "config", "      ^"},
		{"far behind the line", "config", 99, 200, "config", "      ^"},
		{"tabs", "\ta\tb", 3, 4, "        a       b", "                ^"},
		{"a tab", "a\tb", 1, 2, "a       b", " ^~~~~~~"},
		{"wide", "漢字 b", 7, 8, "漢字 b", "     ^"},
		{"wide range", "a 漢字", 2, 8, "a 漢字", "  ^~~~"},
		{"combining", "e\u0301 b", 4, 5, "e\u0301 b", "  ^"},
		{"control", "\x01 b", 2, 3, `\x01 b`, "     ^"},
		{"bytes", "\xff\xfe b", 3, 4, `\xff\xfe b`, "         ^"},
		{"inside a character", "ü b", 1, 2, "ü b", "^"},
		{"cut behind", long, 3, 5, long[:38] + ellipsis, "   ^~"},
		{"cut on both sides", long, 150, 152, ellipsis + long[137:175] + ellipsis, "              ^~"},
		{"cut before", long, 299, 300, ellipsis + long[286:], "              ^"},
		{"at the end", long, 300, 300, ellipsis + long[287:], "              ^"},
		{"range longer than the line", long, 150, 300, ellipsis + long[137:175] + ellipsis, "              ^" + strings.Repeat("~", 24)},
		{"just fits", long[:40], 30, 31, long[:40], strings.Repeat(" ", 30) + "^"},
	} {
		got := excerpt(test.line, test.start, test.end, 40)
		mark := strings.Repeat(" ", got.before) + "^" + strings.Repeat("~", got.marked-1)
		if got.text != test.text || mark != test.mark {
			t.Errorf("%s:\n%s\n%s\nwant\n%s\n%s", test.name, got.text, mark, test.text, test.mark)
		}
	}
}

// FuzzExcerpt makes sure that every line can be shown, and that the mark stays
// within what is asked for.
func FuzzExcerpt(f *testing.F) {
	f.Add("\tdepends on FOO # 漢字\xff", 3, 8)
	f.Add(strings.Repeat("a\t", 500), 700, 800)
	f.Fuzz(func(t *testing.T, line string, start, end int) {
		const columns = 60
		got := excerpt(line, start, end, columns)
		if got.before < 0 || got.marked < 1 || got.before > columns || got.before+got.marked > columns+tabStop {
			t.Errorf("%q %d %d: %+v", line, start, end, got)
		}
		if strings.ContainsAny(got.text, "\x1b\r\t\x00") {
			t.Errorf("%q: shown as %q", line, got.text)
		}
	})
}

// sample is a report with everything in it.
func sample() *Report {
	text := "menu \"ü\"\n\tdepends on 漢字 FOO\n"
	path := filepath.FromSlash("/tree/sub dir/Kconfig")
	tree := parser.Parse(text, parser.Linux(6, 12))
	found := []analysis.ArchDiagnostic{
		{
			Diagnostic: analysis.Diagnostic{
				Location: analysis.Location{Path: path, Start: 29, End: 32},
				Code:     "undefined-symbol", Severity: check.Warning, Symbol: "FOO", Message: "`FOO`: 100%, <really>\x1b",
				Related: []analysis.RelatedLocation{{
					Location: analysis.Location{Path: path, Start: 0, End: 4}, Message: "`menu` begins here",
				}},
			},
			Archs: []string{"arm", "x86"},
		},
		{Diagnostic: analysis.Diagnostic{
			Location: analysis.Location{Path: path, Start: 0, End: len(text)},
			Code:     "a-new-code", Severity: check.Error, Message: "all of it",
		}},
		{Diagnostic: analysis.Diagnostic{
			Location: analysis.Location{Path: filepath.FromSlash("/elsewhere/Kconfig"), Start: 5, End: 6},
			Code:     "missing-source", Severity: check.Information, Message: "who knows",
		}},
		{Diagnostic: analysis.Diagnostic{
			Location: analysis.Location{Path: path, Start: 999, End: 999},
			Code:     "missing-end", Severity: check.Hint, Message: "at the end",
		}},
	}
	findings := Locate(func(p string) analysis.Text {
		if p == path {
			return tree
		}
		return nil
	}, found)
	r := &Report{}
	r.AddFindings(View{Root: filepath.FromSlash("/tree"), Arch: "all"}, findings, 3)
	r.AddFindings(View{Root: filepath.FromSlash("/other")}, nil, 1)
	return r
}

func TestSummary(t *testing.T) {
	want := Summary{Errors: 1, Warnings: 1, Information: 1, Hints: 1, Files: 4}
	got := sample().Summary()
	if got != want || got.Clean() {
		t.Errorf("%+v, clean: %t", got, got.Clean())
	}
	if got.String() != "1 error, 1 warning, 2 remarks in 4 files" {
		t.Errorf("%q", got)
	}
	calm := Summary{Hints: 1, Information: 2, Files: 1}
	if !calm.Clean() || calm.String() != "0 errors, 0 warnings, 3 remarks in 1 file" {
		t.Errorf("%q, clean: %t", calm, calm.Clean())
	}
}

func TestText(t *testing.T) {
	var b strings.Builder
	if err := WriteText(&b, sample(), TextOptions{Dir: filepath.FromSlash("/tree/sub dir"), Columns: 80}); err != nil {
		t.Fatal(err)
	}
	const want = "Kconfig:2:20: warning: `FOO`: 100%, <really>\\x1b (only for arm, x86) [undefined-symbol]\n" +
		"    2 |         depends on 漢字 FOO\n" +
		"      |                         ^~~\n" +
		"Kconfig:1:1: note: `menu` begins here\n" +
		"    1 | menu \"ü\"\n" +
		"      | ^~~~\n" +
		"Kconfig:1:1: error: all of it [a-new-code]\n" +
		"    1 | menu \"ü\"\n" +
		"      | ^~~~~~~~\n" +
		"/elsewhere/Kconfig:1:1: information: who knows [missing-source]\n" +
		"Kconfig:3:1: hint: at the end [missing-end]\n"
	if got := filepath.ToSlash(b.String()); got != filepath.ToSlash(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestColors(t *testing.T) {
	var b strings.Builder
	if err := WriteText(&b, sample(), TextOptions{Dir: filepath.FromSlash("/tree"), Columns: 80, Colors: true}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\x1b[1;35mwarning:\x1b[0m", "\x1b[1;31merror:\x1b[0m", "\x1b[1;36mnote:\x1b[0m", "\x1b[1;35m^~~\x1b[0m",
		"\x1b[1;36m^~~~\x1b[0m", "\x1b[2m[undefined-symbol]\x1b[0m",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is no %q in\n%s", want, b.String())
		}
	}
}

func TestJSON(t *testing.T) {
	var b strings.Builder
	if err := WriteJSON(&b, sample()); err != nil {
		t.Fatal(err)
	}
	const want = `{"version":1,"view":{"root":"/tree","arch":"all"},"views":[{"root":"/tree","arch":"all"},{"root":"/other","arch":""}],"diagnostics":[
{"file":"sub dir/Kconfig","line":2,"column":20,"endLine":2,"endColumn":23,"severity":"warning","code":"undefined-symbol","message":"` + "`FOO`" + `: 100%, <really>\u001b","symbol":"FOO","architectures":["arm","x86"],"related":[{"file":"sub dir/Kconfig","line":1,"column":1,"endLine":1,"endColumn":5,"message":"` + "`menu`" + ` begins here"}]},
{"file":"sub dir/Kconfig","line":1,"column":1,"endLine":3,"endColumn":1,"severity":"error","code":"a-new-code","message":"all of it","symbol":"","related":[]},
{"file":"/elsewhere/Kconfig","line":1,"column":1,"endLine":1,"endColumn":1,"severity":"information","code":"missing-source","message":"who knows","symbol":"","related":[]},
{"file":"sub dir/Kconfig","line":3,"column":1,"endLine":3,"endColumn":1,"severity":"hint","code":"missing-end","message":"at the end","symbol":"","related":[]}
],"summary":{"errors":1,"warnings":1,"information":1,"hints":1,"files":4}}
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	if !json.Valid([]byte(b.String())) {
		t.Error("it is no JSON")
	}
}

func TestGitHub(t *testing.T) {
	r := sample()
	r.Findings[0].Path = filepath.FromSlash("/tree/a:b,c%/Kconfig")
	var b strings.Builder
	if err := WriteGitHub(&b, r, filepath.FromSlash("/tree")); err != nil {
		t.Fatal(err)
	}
	const want = "::warning file=a%3Ab%2Cc%25/Kconfig,line=2,col=20,title=undefined-symbol::`FOO`: 100%25, <really>\\x1b (only for arm, x86)%0Asub dir/Kconfig:1: `menu` begins here\n" +
		"::error file=sub dir/Kconfig,line=1,col=1,title=a-new-code::all of it\n" +
		"::notice file=/elsewhere/Kconfig,line=1,col=1,title=missing-source::who knows\n" +
		"::notice file=sub dir/Kconfig,line=3,col=1,title=missing-end::at the end\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// full is a disk without room.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteErrors(t *testing.T) {
	r := sample()
	tree := parser.Parse("config A\n", parser.Linux(6, 12))
	for name, err := range map[string]error{
		"text":      WriteText(full{}, r, TextOptions{}),
		"JSON":      WriteJSON(full{}, r),
		"SARIF":     WriteSARIF(full{}, r, "v1"),
		"GitHub":    WriteGitHub(full{}, r, "/"),
		"tree":      WriteTreeText(full{}, tree),
		"tree JSON": WriteTreeJSON(full{}, tree, r),
	} {
		if !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
