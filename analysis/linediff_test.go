package analysis

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// applied returns a text with edits applied to it.
func applied(text string, edits []LineEdit) string {
	for i := len(edits) - 1; i >= 0; i-- {
		e := edits[i]
		text = text[:e.Start] + e.Text + text[e.End:]
	}
	return text
}

func TestLineEdits(t *testing.T) {
	before := "# head\nCONFIG_A=y\nCONFIG_B=y\n\n#\n# Menu\n#\n# CONFIG_C is not set\nCONFIG_D=\"x\"\n"
	after := "# head\nCONFIG_A=y\n# CONFIG_B is not set\n\n#\n# Menu\n#\nCONFIG_C=y\nCONFIG_NEW=1\nCONFIG_D=\"x\"\n"
	edits := LineEdits(before, after)
	if got := applied(before, edits); got != after {
		t.Fatalf("applied: %q", got)
	}
	if len(edits) != 2 {
		t.Errorf("%d edits, want 2: %+v", len(edits), edits)
	}
	if edits := LineEdits(after, after); edits != nil {
		t.Errorf("no difference: %+v", edits)
	}
}

// FuzzLineEdits checks that edits lead to the other text, and, where there is a
// patch program, that it takes our differences.
func FuzzLineEdits(f *testing.F) {
	f.Add("a\nb\nc\n", "a\nc\n")
	f.Add("", "x")
	f.Add("x\ny", "y\nx\n")
	f.Add("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", "1\n3\n2\n4\n5\n6\n7\n8\n9\n9\n")
	f.Fuzz(func(t *testing.T, before, after string) {
		edits := LineEdits(before, after)
		if got := applied(before, edits); got != after {
			t.Fatalf("%q to %q: %+v leads to %q", before, after, edits, got)
		}
		for i, e := range edits {
			if e.Start > e.End || i > 0 && e.Start <= edits[i-1].End {
				t.Fatalf("%q to %q: the edits touch: %+v", before, after, edits)
			}
		}
		if (UnifiedDiff("x", before, after) == "") != (before == after) {
			t.Fatalf("%q to %q: %q", before, after, UnifiedDiff("x", before, after))
		}
	})
}

func TestUnifiedDiffIsAPatch(t *testing.T) {
	patch, err := exec.LookPath("patch")
	if err != nil {
		t.Skip("SKIPPED: there is no patch program")
	}
	numbers := func(skip, add string) string {
		var b strings.Builder
		for i := range 60 {
			line := "line " + strings.Repeat("i", i)
			if line != skip {
				b.WriteString(line + "\n")
			}
			if i == 40 {
				b.WriteString(add)
			}
		}
		return b.String()
	}
	for _, test := range [][2]string{
		{numbers("", ""), numbers("line iiii", "more\nand more\n")},
		{numbers("line ", ""), numbers("", "")},
		{"", "a\nb\n"},
		{"a\nb\n", ""},
		{"a\nb", "a\nb\n"},
		{"a\n", "a\nb"},
	} {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, []byte(test[0]), 0o666); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(patch, "-s", file)
		cmd.Stdin = strings.NewReader(UnifiedDiff("file", test[0], test[1]))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s\n%s", err, out, UnifiedDiff("file", test[0], test[1]))
		}
		got, err := os.ReadFile(file)
		if err != nil && test[1] != "" {
			t.Fatal(err)
		}
		if string(got) != test[1] {
			t.Errorf("patched to %q, want %q", got, test[1])
		}
	}
}
