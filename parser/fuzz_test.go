package parser

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// seeds are texts in the kernel's style with everything that matters in it.
var seeds = []string{
	"",
	"\n",
	"config A",
	"mainmenu \"Test\"\n\nconfig A\n\tbool \"a\"\n\tdefault y if B && !C\n\thelp\n\t  First line.\n\n\t    Second.\n\nconfig B\n\tdef_bool $(success,test -e x)\n",
	"if A\n\nmenu \"m\"\n\tdepends on B || \\\n\t\tC\n\tvisible if D\n\nchoice\n\tprompt \"c\"\n\tdefault E\n\nconfig E\n\tbool \"e\"\n\nif F\nconfig G\n\tbool \"g\"\nendif\n\nendchoice\n\nendmenu\n\nendif # A\n",
	"NAME := $(shell,echo \"a b\" # c)\nNAME += x\n$(warning-if,$(NAME),text)\nsource \"lib/$(NAME)/Kconfig\"\nsource lib/Kconfig\n",
	"config A\n\tint 'single \\' quote' if B\n\trange 0 0xff if C = \"x y\"\n\tselect D if E >= 3\n\timply F\n\tprompt \"p\"\n\tmodules\n",
	"comment \"c\"\n\tdepends on m\n---help---\noptional\nboolean\noption env=\"X\"\nset A=1\nwarning \"w\"\noutput yaml\nINSERT\n",
	"config A\n\thelp\nconfig B\n\n\nconfig C\n\thelp\n   three\n\ttab\n  two\n",
	"config A\r\n\tbool\r\n\thelp\r\n\t  text\r\n\r\n\t  more\r\nconfig B\r\n",
	"config A\n\tbool \"no end\n\tdefault $(x\n\tdepends on ((A && B) || !(C\n\tdefault \"$(x\"\n",
	"config A\n\tbool \"a \\\n b\"\n# comment \\\n continued\nX = a \\\n b\n",
	"\x00\xff\xfe@;\rconfig\x00A\n\t. bool\né\n",
	"endif\nendmenu\nendchoice\nmenu \"m\"\nif A\nendmenu\nendif\nbool\nhelp\n  x\n",
	"configdefault A\n\tdef_int 3\norsource \"*/Kconfig\"\nchoice X\n\tbool\n\toptional\nendchoice\n",
}

// dialectFor returns one of the dialects.
func dialectFor(n byte) Dialect {
	all := Dialects()
	return all[int(n)%len(all)]
}

// maxFuzzed is how long a text is that is worth a try: several chunks, of which
// an edit damages one or two.
const maxFuzzed = 8_000

// addSeeds gives a fuzz target the seeds and, if KCONFIG_LS_LINUX names a
// kernel tree, some of its files.
func addSeeds(f *testing.F, add func(text string, n byte)) {
	for i, text := range seeds {
		add(text, byte(i))
		add(text, 3)
	}
	if root := os.Getenv("KCONFIG_LS_LINUX"); root != "" {
		for i, path := range treeFiles(f, root) {
			if text, err := os.ReadFile(path); err == nil && i%20 == 0 && len(text) < maxFuzzed {
				add(string(text), byte(i))
			}
		}
	}
}

// FuzzParse checks that a tree is sound, whatever the text.
func FuzzParse(f *testing.F) {
	addSeeds(f, func(text string, n byte) { f.Add(text, n) })
	f.Fuzz(func(t *testing.T, text string, n byte) {
		checkTree(t, Parse(text, dialectFor(n)), text)
	})
}

// checkTree fails unless a tree's statements tile the text, its tokens lie in
// order inside their statements, and its errors lie inside the text.
func checkTree(t *testing.T, tree *Tree, text string) {
	t.Helper()
	if tree.Text() != text || tree.Slice(0, tree.Size()) != text || tree.Size() != len(text) {
		t.Fatal("the tree's text is not the input")
	}
	at, n := uint32(0), 0
	for s := range tree.All() {
		if s.Start != at || s.End <= s.Start || s.Index != n || tree.At(n).Start != at || tree.IndexAt(int(at)) != n {
			t.Fatalf("statement %d at [%d,%d), expected one at %d", s.Index, s.Start, s.End, at)
		}
		if s.Text() != text[s.Start:s.End] {
			t.Fatalf("statement %d has the text %q", n, s.Text())
		}
		checkStatement(t, tree, s)
		at, n = s.End, n+1
	}
	if int(at) != len(text) || n != tree.Len() {
		t.Fatalf("%d statements end at %d of %d", n, at, len(text))
	}
	before := uint32(0)
	for _, e := range tree.Errors() {
		if e.Start < before || e.End < e.Start || int(e.End) > len(text) || e.Message == "" || e.Code == "" || e.Severity == 0 {
			t.Fatalf("bad error %+v", e)
		}
		before = e.Start
	}
	for i, b := range tree.Blocks() {
		if b.Open >= b.Close || b.Close > tree.Len() || b.Parent >= i || b.Closed && openerOf(tree.At(b.Close).Kind) != b.Kind {
			t.Fatalf("bad block %+v", b)
		}
	}
	if tree.Lines() != strings.Count(text, "\n")+1 {
		t.Fatalf("%d lines", tree.Lines())
	}
}

// checkStatement calls all accessors of a statement.
func checkStatement(t *testing.T, tree *Tree, s Statement) {
	t.Helper()
	end := s.Start
	for i := range s.Len() {
		tok := s.Token(i)
		if tok.Start < end || tok.End <= tok.Start || tok.End > s.End {
			t.Fatalf("token %d of statement %d at [%d,%d)", i, s.Index, tok.Start, tok.End)
		}
		if s.TokenText(i) != tree.Slice(int(tok.Start), int(tok.End)) {
			t.Fatalf("token %d of statement %d is %q", i, s.Index, s.TokenText(i))
		}
		end = tok.End
	}
	_, _ = s.Name(), s.Keyword()
	if i, ok := s.Operand(); ok != (i < s.Len()) {
		t.Fatalf("operand %d %v of %d", i, ok, s.Len())
	}
	if i, ok := s.PromptToken(); ok {
		Unquote(s.TokenText(i))
	}
	from, to := s.Expression()
	if from > to || to > s.Len() {
		t.Fatalf("expression [%d,%d) of %d", from, to, s.Len())
	}
	if from, to, ok := s.Condition(); ok && (from > to || to > s.Len()) {
		t.Fatalf("condition [%d,%d) of %d", from, to, s.Len())
	}
}

// FuzzEdit makes random edits and checks after each that the tree shows what a
// fresh parse shows.
func FuzzEdit(f *testing.F) {
	addSeeds(f, func(text string, n byte) { f.Add(text, n, uint64(n)) })
	f.Fuzz(func(t *testing.T, text string, n byte, seed uint64) {
		if len(text) > maxFuzzed {
			return
		}
		r := rand.New(rand.NewPCG(seed, 1))
		tree := Parse(text, dialectFor(n))
		for range 6 {
			tree = editAndCheck(t, tree, randomEdit(r, tree))
		}
	})
}
