package parser

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// flatten renders all that a tree shows, so that trees can be compared.
func flatten(t *Tree) string {
	var b []byte
	for s := range t.All() {
		b = fmt.Appendf(b, "%d %s [%d,%d) line %d:", s.Index, s.Kind, s.Start, s.End, t.Line(int(s.Start)))
		for i := range s.Len() {
			tok := s.Token(i)
			b = append(append(b, ' '), tok.Kind.String()...) // no Appendf: most of the time goes here
			b = strconv.AppendUint(append(b, '['), uint64(tok.Start), 10)
			b = append(strconv.AppendUint(append(b, ','), uint64(tok.End), 10), ')')
		}
		b = append(b, '\n')
	}
	b = fmt.Appendf(b, "blocks %v\nlines %d\nerrors %v\n", t.Blocks(), t.Lines(), t.Errors())
	if s, ok := t.EndsUnterminated(); ok {
		b = fmt.Appendf(b, "unterminated %d\n", s.Index)
	}
	return string(b)
}

// edit is a replacement of the bytes [start, end).
type edit struct {
	start, end int
	text       string
}

func (e edit) apply(text string) string { return text[:e.start] + e.text + text[e.end:] }

// editAndCheck edits a tree and fails unless the result shows what a fresh
// parse shows, and shares with the tree what it says it shares.
func editAndCheck(t testing.TB, before *Tree, e edit) *Tree {
	t.Helper()
	after, change := before.Edit(e.start, e.end, e.text)
	text := e.apply(before.Text())
	if after.Text() != text {
		t.Fatalf("%+v: the text is not the edited one", e)
	}
	if got, want := flatten(after), flatten(Parse(text, before.Dialect())); got != want {
		t.Fatalf("%s: %+v of\n%q\n%s", before.Dialect(), e, before.Text(), cmp.Diff(want, got))
	}
	checkChange(t, before, after, change)
	return after
}

// checkChange fails unless all chunks outside of a change are shared.
func checkChange(t testing.TB, before, after *Tree, c Change) {
	t.Helper()
	if c.First < 0 || c.First > c.OldEnd || c.First > c.NewEnd || c.OldEnd > before.Chunks() || c.NewEnd > after.Chunks() ||
		before.Chunks()-c.OldEnd != after.Chunks()-c.NewEnd {
		t.Fatalf("bad change %+v of %d chunks to %d", c, before.Chunks(), after.Chunks())
	}
	for i := range c.First {
		if before.chunks[i] != after.chunks[i] {
			t.Fatalf("%+v: chunk %d is another", c, i)
		}
	}
	for i := c.OldEnd; i < before.Chunks(); i++ {
		j := c.NewEnd + i - c.OldEnd
		if before.chunks[i].chunk != after.chunks[j].chunk {
			t.Fatalf("%+v: chunk %d is not shared", c, i)
		}
		oldFrom, oldTo := before.Chunk(i)
		if from, to := after.Chunk(j); to-from != oldTo-oldFrom {
			t.Fatalf("%+v: chunk %d has other statements", c, i)
		}
		if before.EntryBefore(i) != after.EntryBefore(j) {
			t.Fatalf("%+v: chunk %d belongs to another entry", c, i)
		}
	}
}

// pasted are texts that random edits put in.
var pasted = []string{
	"", "\n", "\n\n", " ", "\t", "x", "A_B", "\"", "'", "\\", "\\\n", "#", "(", ")", "$(", "$(x)", "&&", "=", ":=",
	"\r\n", "\r", "\x00", "\xff", "é", "\n\thelp\n", "\n\thelp\n\t  text\n", "help", "---help---", "\nendif\n", "\nif A\n",
	"\nmenu \"m\"\n", "\nendmenu\n", "\nchoice\n", "\nendchoice\n", "\nconfig NEW\n\tbool \"new\"\n", "\tselect A\n", "NAME = value\n",
	"mainmenu \"m\"\n", "\n# comment\n", "                ", "\t\tdeep\n", "\nno indent\n",
}

// randomEdit makes up an edit of the kind that people and scripts make.
func randomEdit(r *rand.Rand, tree *Tree) edit {
	text := tree.Text()
	if len(text) == 0 {
		return edit{text: seeds[r.IntN(len(seeds))]}
	}
	at := r.IntN(len(text) + 1)
	switch r.IntN(12) {
	case 0: // where a line ends or begins
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			at += i + r.IntN(2)
		}
	case 1: // at a continuation
		if i := strings.Index(text[at:], "\\\n"); i >= 0 {
			at += i + r.IntN(3)
		}
	case 2: // inside quotes
		if i := strings.IndexByte(text[at:], '"'); i >= 0 {
			at += i + r.IntN(2)
		}
	case 3: // delete an end
		for _, word := range []string{"endif", "endmenu", "endchoice"} {
			if i := strings.Index(text[at:], word); i >= 0 {
				return edit{at + i, at + i + len(word), ""}
			}
		}
	case 4: // inside a help text
		if i := strings.Index(text[at:], "help\n"); i >= 0 {
			at = min(at+i+5+r.IntN(20), len(text))
		}
	case 5: // at the end of the file
		at = len(text) - min(r.IntN(3), len(text))
	case 6: // where a chunk begins
		if n := tree.Chunks(); n > 0 {
			at = min(max(int(tree.chunks[r.IntN(n)].start)+r.IntN(3)-1, 0), len(text))
		}
	}
	switch r.IntN(8) {
	case 0: // delete a part
		return edit{at, min(at+r.IntN(40), len(text)), ""}
	case 1: // delete a large part
		return edit{at, min(at+r.IntN(2000), len(text)), pasted[r.IntN(len(pasted))]}
	case 2: // paste lines
		return edit{at, at, strings.Repeat(pasted[r.IntN(len(pasted))], 1+r.IntN(60))}
	case 3: // paste a text
		return edit{at, at, seeds[r.IntN(len(seeds))]}
	default:
		return edit{at, min(at+r.IntN(3), len(text)), pasted[r.IntN(len(pasted))]}
	}
}

// TestSharedTrees edits one tree in several ways; none may see the others.
func TestSharedTrees(t *testing.T) {
	tree := Parse(generated(200, 1), Linux(6, 12))
	want := flatten(tree)
	for at := 0; at < tree.Size(); at += 97 {
		editAndCheck(t, tree, edit{at, min(at+5, tree.Size()), "if X\n"})
	}
	if flatten(tree) != want {
		t.Error("the tree has changed")
	}
}

// TestEdits makes the random edits of FuzzEdit for a while, always the same.
func TestEdits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 60 {
		tree := Parse(generated(10+r.IntN(400), uint64(n)), dialectFor(byte(n)))
		for range 30 {
			tree = editAndCheck(t, tree, randomEdit(r, tree))
		}
	}
}

// TestFarReachingEdits makes edits that change the meaning of much that is
// behind them, so that the first window is not enough.
func TestFarReachingEdits(t *testing.T) {
	entries := strings.Repeat("    config A\n        bool\n", 1500)
	lines := strings.Repeat("    depends on A && \\\n", 1500) + "    B\n"
	for _, test := range []struct {
		name, dialect, text string
		edit                edit
		chunks              int // at least so many are replaced
	}{
		{"entries become help", "linux-6.12", "config X\n" + entries + "config Y\n", edit{9, 9, "  help\n  text\n"}, 50},
		{"help becomes entries", "linux-6.12", "config X\n  help\n  text\n" + entries + "config Y\n", edit{11, 15, "bool"}, 1},
		{"a quote runs on", "zephyr", "config X\n" + lines, edit{14, 14, "\""}, 1},
		{"a quote ends", "zephyr", "config X\n  bool \"" + lines, edit{17, 17, "\"\n"}, 1},
		{"a line is continued", "linux-6.12", "config X\n  bool\n" + lines, edit{15, 15, " \\"}, 1},
		{"lines are pasted", "linux-6.12", "if A\n" + entries + "endif\n", edit{5, 5, generated(1000, 1)}, 1},
		{"lines are removed", "linux-6.12", "if A\n" + entries + "endif\n", edit{5, 5 + len(entries)/2, ""}, 1},
		{"all is removed", "linux-6.12", entries, edit{0, len(entries), ""}, 50},
		{"all is replaced", "linux-6.12", entries, edit{0, len(entries), lines}, 50},
	} {
		before := Parse(test.text, dialectNamed(t, test.dialect))
		after := editAndCheck(t, before, test.edit)
		_, change := before.Edit(test.edit.start, test.edit.end, test.edit.text)
		if n := change.OldEnd - change.First; n < test.chunks {
			t.Errorf("%s: only %d chunks are replaced", test.name, n)
		}
		// And back again.
		at := test.edit.start
		editAndCheck(t, after, edit{at, at + len(test.edit.text), test.text[at:test.edit.end]})
	}
}

// TestEditClamps checks edits with offsets outside of the text.
func TestEditClamps(t *testing.T) {
	tree := Parse("config A\n", Linux(6, 12))
	for _, e := range []edit{{-5, -1, "x"}, {100, 200, "x"}, {5, 2, "x"}, {-1, 100, ""}} {
		after, _ := tree.Edit(e.start, e.end, e.text)
		checkTree(t, after, after.Text())
	}
}

// generated makes up a Kconfig file of a number of lines in the kernel's style.
func generated(lines int, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 3))
	var b strings.Builder
	n := 0
	line := func(format string, args ...any) {
		fmt.Fprintf(&b, format+"\n", args...)
		n++
	}
	name := func() string {
		return fmt.Sprintf("%s_%d", []string{"DRIVER", "HAVE_THING", "ARCH_X", "NET"}[r.IntN(4)], r.IntN(500))
	}
	line("# SPDX-License-Identifier: GPL-2.0-only")
	line("menu \"Generated options\"")
	line("")
	for n < lines-1 {
		line("config %s", name())
		line("\ttristate \"Support for %s\"", name())
		line("\tdepends on %s && (%s || !%s)", name(), name(), name())
		for range r.IntN(4) {
			line("\tselect %s if %s", name(), name())
		}
		switch r.IntN(6) {
		case 0:
			line("\tdefault y if %s = \"value\" || %s >= 0x%x", name(), name(), r.IntN(99))
		case 1:
			line("\tdepends on %s || \\", name())
			line("\t\t%s", name())
		case 2:
			line("\tdef_bool $(cc-option,-f%s)", strings.ToLower(name()))
		}
		line("\thelp")
		for i := range 1 + r.IntN(6) {
			if i == 3 {
				line("")
			}
			line("\t  This text says when to enable the option and what it does,")
		}
		line("")
		switch r.IntN(20) {
		case 0:
			line("if %s", name())
			line("")
			line("source \"drivers/%s/Kconfig\"", strings.ToLower(name()))
			line("")
			line("endif # %s", name())
			line("")
		case 1:
			line("comment \"Options below need more memory\"")
			line("\tdepends on %s", name())
			line("")
		}
	}
	line("endmenu")
	return b.String()
}

// TestShared edits a tree at many places: what two trees share at the beginning and at
// the end is the same text in both, and nearly all of a long file.
func TestShared(t *testing.T) {
	text := strings.Repeat("config A\n\tbool \"A\"\n\tdepends on B && C\n\thelp\n\t  Text.\n\n", 200)
	tree := Parse(text, Linux(6, 12))
	textOf := func(tree *Tree, from, to int) string {
		var b strings.Builder
		for i := from; i < to; i++ {
			b.WriteString(tree.At(i).Text())
		}
		return b.String()
	}
	edits, shared := 0, 0
	for offset := 0; offset <= len(text); offset += 97 {
		edited, _ := tree.Edit(offset, min(offset+3, len(text)), "x\n")
		head, tail := tree.Shared(edited)
		if head+tail > min(tree.Len(), edited.Len()) {
			t.Fatalf("at %d: %d and %d of %d statements are shared", offset, head, tail, tree.Len())
		}
		edits++
		shared += head + tail
		if textOf(tree, 0, head) != textOf(edited, 0, head) ||
			textOf(tree, tree.Len()-tail, tree.Len()) != textOf(edited, edited.Len()-tail, edited.Len()) {
			t.Fatalf("at %d: what is shared differs", offset)
		}
	}
	if shared < edits*tree.Len()*8/10 {
		t.Errorf("only %d of %d statements are shared in %d edits", shared, edits*tree.Len(), edits)
	}
	if head, tail := tree.Shared(Parse(text, Linux(6, 12))); head != 0 || tail != 0 {
		t.Errorf("%d and %d statements are shared with a tree of its own", head, tail)
	}
	if head, tail := tree.Shared(tree); head != tree.Len() || tail != 0 {
		t.Errorf("a tree shares %d and %d statements with itself", head, tail)
	}
}
