package parser

import (
	"strings"
	"testing"
	"time"
)

// TestLimits parses and edits texts that are long or deep in one respect. What
// is asserted of all is that each takes no more than a time that anything
// quadratic would exceed by far.
func TestLimits(t *testing.T) {
	const n = 100_000
	for name, text := range map[string]string{
		"long line":              "config " + strings.Repeat("A", 10<<20) + "\n",
		"long line of words":     "config A\n\tdepends on " + strings.Repeat("A && ", 1<<20) + "B\n",
		"long line continued":    "config A\n\tdepends on " + strings.Repeat("A && \\\n", 1<<19) + "B\n",
		"bad characters":         "config A\n" + strings.Repeat("@", 1<<19),
		"bad characters, spread": strings.Repeat("@ a\n", 1<<19),
		"carriage returns":       strings.Repeat("config A\r\n", n),
		"lone carriage returns":  strings.Repeat("config A\r", n),
		"NULs":                   strings.Repeat("\x00", 1<<19),
		"quotes":                 strings.Repeat("'\"\n", n),
		"nested ifs":             strings.Repeat("if A\n", n) + strings.Repeat("endif\n", n),
		"unclosed ifs":           strings.Repeat("if A\n", n),
		"unopened ifs":           strings.Repeat("endif\n", n),
		"menus closed by endif":  strings.Repeat("menu \"m\"\n", n) + strings.Repeat("endif\n", n),
		"sources in nested ifs":  strings.Repeat("if A\nsource \"x\"\n", n),
		"configs in a choice":    "choice\n" + strings.Repeat("if A\nsource \"x\"\n", n),
		"parentheses":            "if " + strings.Repeat("(", n) + "A" + strings.Repeat(")", n) + "\nendif\n",
		"negations":              "if " + strings.Repeat("!", n) + "A\nendif\n",
		"unclosed macros":        strings.Repeat("if $(", n),
		"macro in macro":         "if " + strings.Repeat("$(", n) + strings.Repeat(")", n) + "\nendif\n",
		"help":                   "config A\n\thelp\n" + strings.Repeat("\t  text\n\n", n),
		"blank helps":            strings.Repeat("config A\n\thelp\n", n),
		"blank lines":            strings.Repeat("\n", 1<<19),
		"backslashes":            strings.Repeat("\\\n", n) + strings.Repeat("\\", n),
	} {
		for _, d := range []Dialect{Linux(6, 12), dialectNamed(t, "zephyr")} {
			start := time.Now()
			tree := Parse(text, d)
			if got := len(tree.Errors()); got > maxErrors+1 {
				t.Errorf("%s: %d errors", name, got)
			}
			parsed := time.Since(start)
			start = time.Now()
			edited, _ := tree.Edit(len(text)/2, len(text)/2, "x")
			edited, _ = edited.Edit(len(text)/2, len(text)/2+1, "")
			edited, _ = edited.Edit(0, 0, "if A\n")
			if edited.Size() != len(text)+5 {
				t.Errorf("%s: %d bytes", name, edited.Size())
			}
			if took := time.Since(start); parsed > 3*time.Second || took > 3*time.Second {
				t.Errorf("%s: %s to parse, %s to edit, %s", name, parsed, took, d)
			} else {
				t.Logf("%s, %s: %s to parse, %s to edit", name, d, parsed, took)
			}
		}
	}
}

func dialectNamed(t testing.TB, name string) Dialect {
	d, ok := DialectByName(name)
	if !ok {
		t.Fatalf("unknown dialect %q", name)
	}
	return d
}

// TestTooManyErrors checks what stands for the errors that are left out.
func TestTooManyErrors(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       Severity
		message    string
	}{
		{"in lines", strings.Repeat("@\n", 1500), SeverityWarning, "and 500 more"},
		{"in one line", strings.Repeat("@", 1500) + "\n", SeverityWarning, "and 500 more"},
		{"with an error", strings.Repeat("@\n", 1500) + "foo\n", SeverityError, "and 501 more"},
		{"with a structural error", strings.Repeat("@\n", 1500) + "endif\n", SeverityError, "and 501 more"},
	} {
		errors := Parse(test.text, Linux(6, 12)).Errors()
		if len(errors) != maxErrors+1 {
			t.Errorf("%s: %d errors", test.name, len(errors))
			continue
		}
		last := errors[maxErrors]
		if last.Code != CodeTooManyErrors || last.Severity != test.want || !strings.HasPrefix(last.Message, test.message) {
			t.Errorf("%s: the last error is %+v", test.name, last)
		}
	}
}

// TestEditInLongLine edits a line of 10 MB.
func TestEditInLongLine(t *testing.T) {
	line := "config A\n\tdepends on " + strings.Repeat("SOME_SYMBOL && ", 10<<20/15) + "B\n"
	tree := Parse("config B\n\tbool\n\n"+line+"config C\n\tbool\n", Linux(6, 12))
	for _, e := range []edit{{5 << 20, 5 << 20, "\n"}, {5 << 20, 5<<20 + 1, "\""}, {5 << 20, 5<<20 + 1, "#"}, {16, 16, "x"}} {
		tree = editAndCheck(t, tree, e)
	}
}
