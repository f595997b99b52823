package format_test

import (
	"flag"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/format"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

var randomTexts = flag.Int("format-texts", 5_000, "how many files TestRandom formats")

// TestRandom formats files put together of random lines with random indentation, in
// which help texts end where nobody would expect it.
func TestRandom(t *testing.T) {
	lines := []string{
		"config A", "menuconfig  B", "choice", "prompt \"p\"", "endchoice", "menu\t\"M\"", "endmenu", "if A", "endif", "comment \"c\"",
		"bool", "tristate  \"t\" if  A", "default y", "depends on A && \\", "depends\ton B", "select C", "help", "help", "help", "---help---",
		"some text", "config in a text", "# a comment", "#comment", "", "", "  ", "source \"f\"", "X := v  ", "X = $(f,a) ", "nonsense here",
		"mainmenu \"m\"", "$(info,x)", "string \"a \\", "# joined \\", "\x01", "visible if A", "int ; range",
	}
	blanks := []string{"", "", "\t", "\t", "\t\t", "  ", "    ", "        ", "\t  ", "   \t", "\t      "}
	ends := []string{"\n", "\n", "\n", "  \n", "\t\n", "\r\n"}
	r := rand.New(rand.NewPCG(1, 2))
	dialects := parser.Dialects()
	for range *randomTexts {
		var b strings.Builder
		kinds := 5
		if r.IntN(8) == 0 {
			kinds = len(ends)
		}
		for range 1 + r.IntN(14) {
			b.WriteString(blanks[r.IntN(len(blanks))])
			b.WriteString(lines[r.IntN(len(lines))])
			b.WriteString(ends[r.IntN(kinds)])
		}
		text := b.String()
		if r.IntN(10) == 0 {
			text = strings.TrimSuffix(text, "\n")
		}
		d := dialects[r.IntN(len(dialects))]
		style := format.StyleOf(d)
		style.Nested, style.OneUnit = r.IntN(3) == 0, r.IntN(2) == 0
		style.KeepBlanks, style.BetweenEntries, style.AroundIfs = r.IntN(8) == 0, r.IntN(2) == 0, r.IntN(3) == 0
		tree := parser.Parse(text, d)
		verify(t, d.String(), tree, style, format.All(tree, style))
		start := r.IntN(len(text) + 1)
		if part := format.Edits(tree, style, start, start+r.IntN(len(text)+1)); !sameSaid(tree, part) {
			t.Fatalf("the edits of a part change the meaning: %+v of %q", part, text)
		}
	}
}
