package analysis

import (
	"fmt"
	"slices"
	"strings"
)

// LineEdit replaces whole lines of a text: the bytes [Start, End).
type LineEdit struct {
	Start, End int
	Text       string
}

// LineEdits returns the edits that turn one text into another, sorted by place.
// They take few lines, though not always the fewest.
func LineEdits(before, after string) []LineEdit {
	a, b := linesOf(before), linesOf(after)
	starts := make([]int, len(a)+1)
	for i, line := range a {
		starts[i+1] = starts[i] + len(line)
	}
	var edits []LineEdit
	for _, h := range diffLines(a, b) {
		edits = append(edits, LineEdit{starts[h.a0], starts[h.a1], strings.Join(b[h.b0:h.b1], "")})
	}
	return edits
}

// linesOf returns the lines of a text with what ends them.
func linesOf(text string) []string {
	return slices.Collect(strings.Lines(text))
}

// hunk says that lines [a0, a1) of one text are lines [b0, b1) of another.
type hunk struct{ a0, a1, b0, b1 int }

// diffLines returns where two texts differ. Lines that occur once in each of
// them and are in the same order in both stay; between those only what the
// gaps begin and end with does. In configuration files nearly all lines occur
// once, so that this finds next to all there is to find, in n log n steps
// whatever the texts are.
func diffLines(a, b []string) []hunk {
	var hunks []hunk
	last := hunk{} // what is settled so far ends at a1 and b1
	gap := func(a1, b1 int) {
		h := trimmed(a, b, hunk{last.a1, a1, last.b1, b1})
		if h.a0 < h.a1 || h.b0 < h.b1 {
			hunks = append(hunks, h)
		}
	}
	all := trimmed(a, b, hunk{0, len(a), 0, len(b)})
	last = hunk{a1: all.a0, b1: all.b0}
	for _, m := range anchors(a, b, all) {
		gap(m[0], m[1])
		last = hunk{a1: m[0] + 1, b1: m[1] + 1}
	}
	gap(all.a1, all.b1)
	return hunks
}

// trimmed returns a hunk without the lines that both texts begin and end with
// there.
func trimmed(a, b []string, h hunk) hunk {
	for h.a0 < h.a1 && h.b0 < h.b1 && a[h.a0] == b[h.b0] {
		h.a0, h.b0 = h.a0+1, h.b0+1
	}
	for h.a0 < h.a1 && h.b0 < h.b1 && a[h.a1-1] == b[h.b1-1] {
		h.a1, h.b1 = h.a1-1, h.b1-1
	}
	return h
}

// anchors returns the longest run of lines, by their numbers in both texts,
// that occur once in each and are in the same order in both.
func anchors(a, b []string, h hunk) [][2]int {
	type seen struct{ inA, inB, a, b int }
	lines := make(map[string]*seen, h.a1-h.a0)
	for i := h.a0; i < h.a1; i++ {
		s := lines[a[i]]
		if s == nil {
			s = &seen{}
			lines[a[i]] = s
		}
		s.inA, s.a = s.inA+1, i
	}
	for i := h.b0; i < h.b1; i++ {
		if s := lines[b[i]]; s != nil {
			s.inB, s.b = s.inB+1, i
		}
	}
	// The longest increasing subsequence, by piles: each pile's top is the
	// smallest end of a run of its length.
	type card struct{ a, b, before int }
	var cards []card
	var piles []int
	for i := h.a0; i < h.a1; i++ {
		s := lines[a[i]]
		if s.inA != 1 || s.inB != 1 {
			continue
		}
		pile, _ := slices.BinarySearchFunc(piles, s.b, func(top, b int) int { return cards[top].b - b })
		before := -1
		if pile > 0 {
			before = piles[pile-1]
		}
		cards = append(cards, card{i, s.b, before})
		if pile == len(piles) {
			piles = append(piles, 0)
		}
		piles[pile] = len(cards) - 1
	}
	run := make([][2]int, len(piles))
	if len(piles) > 0 {
		for i, at := len(piles)-1, piles[len(piles)-1]; i >= 0; i, at = i-1, cards[at].before {
			run[i] = [2]int{cards[at].a, cards[at].b}
		}
	}
	return run
}

// diffContext is how many lines are shown around what differs.
const diffContext = 3

// UnifiedDiff returns the difference of two texts as "diff -u" prints it, ""
// if there is none.
func UnifiedDiff(name, before, after string) string {
	a, b := linesOf(before), linesOf(after)
	hunks := diffLines(a, b)
	if len(hunks) == 0 {
		return ""
	}
	var out strings.Builder
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", name, name)
	for len(hunks) > 0 {
		n := 1 // hunks whose contexts touch are shown together
		for n < len(hunks) && hunks[n].a0-hunks[n-1].a1 <= 2*diffContext {
			n++
		}
		writeHunks(&out, a, b, hunks[:n])
		hunks = hunks[n:]
	}
	return out.String()
}

func writeHunks(out *strings.Builder, a, b []string, hunks []hunk) {
	first, last := hunks[0], hunks[len(hunks)-1]
	lead := min(diffContext, first.a0)
	tail := min(diffContext, len(a)-last.a1)
	a0, a1, b0, b1 := first.a0-lead, last.a1+tail, first.b0-lead, last.b1+tail
	fmt.Fprintf(out, "@@ -%s +%s @@\n", diffRange(a0, a1), diffRange(b0, b1))
	write := func(sign byte, lines []string) {
		for _, line := range lines {
			out.WriteByte(sign)
			out.WriteString(line)
			if !strings.HasSuffix(line, "\n") {
				out.WriteString("\n\\ No newline at end of file\n")
			}
		}
	}
	at := a0
	for _, h := range hunks {
		write(' ', a[at:h.a0])
		write('-', a[h.a0:h.a1])
		write('+', b[h.b0:h.b1])
		at = h.a1
	}
	write(' ', a[at:a1])
}

// diffRange returns lines [from, to) as the head of a hunk has them.
func diffRange(from, to int) string {
	switch to - from {
	case 0:
		return fmt.Sprintf("%d,0", from)
	case 1:
		return fmt.Sprint(from + 1)
	}
	return fmt.Sprintf("%d,%d", from+1, to-from)
}
